/** What a run of the watch found, by number. */
export interface WatchFindings {
  /** Pools whose use rate of a recent month is yellow or red. */
  readonly strained: number;
  /** Payments newly traced, orders past their due date, issues without an answer in time. */
  readonly traced: number;
  readonly overdueOrders: number;
  readonly lateIssues: number;
}

/** Steps of the watch over prepayment, payments and issues. */
export interface WatchSteps {
  watchPools(): Promise<Pick<WatchFindings, 'strained'>>;
  watchPayments(): Promise<Pick<WatchFindings, 'traced' | 'overdueOrders'>>;
  watchIssues(): Promise<Pick<WatchFindings, 'lateIssues'>>;
}
