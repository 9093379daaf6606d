/**
 * What the caller does: `retry` the same request with the same key, `refuse` (the request is wrong or does not fit: change it),
 * `ask` (a person decides first), `stop` (do not go on: something on our side or an agreement is broken).
 */
export type OutcomeClass = 'retry' | 'refuse' | 'ask' | 'stop';

export interface Outcome {
  readonly title: string;
  readonly class: OutcomeClass;
  /** HTTP status. */
  readonly status: number;
  /** What to do next, one Chinese sentence. */
  readonly next: string;
}
