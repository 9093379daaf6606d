/** What is asked of a process and how it answers; the same for every process. */
import type { OutcomeCode } from './outcomes';

export interface Refusal {
  readonly code: OutcomeCode;
  /** One Chinese sentence for the person at the window. */
  readonly message: string;
  /** The platform's own code and words where it refused. */
  readonly platform?: { readonly infno: string; readonly code: string; readonly text: string };
}

/** How a command ended. A business refusal is a result, not a failure. */
export type CommandResult<T = unknown> =
  | { readonly status: 'done'; readonly result: T }
  | { readonly status: 'refused'; readonly refusal: Refusal };

/** Envelope of every command, for Update and Signal alike. */
export interface CommandEnvelope<P = unknown> {
  /** Unique id of the command; the workflow remembers the recent ones and answers a repeat with the first result. */
  readonly commandId: string;
  readonly payload: P;
  /** Operator (经办人) who asks: number and name go into the header of national transactions. */
  readonly operator: { readonly id: string; readonly name: string; readonly type: '1' | '2' | '3' };
}
