/** What a run of the watch found, by number. */
export interface WatchFindings {
  /** Pools whose use rate of a recent month is yellow or red. */
  readonly strained: number;
  /** Quotas whose temporary part ended with its year. */
  readonly expired: number;
  /** Payments newly traced, orders past their due date, issues without an answer in time. */
  readonly traced: number;
  readonly overdueOrders: number;
  /** Sides of closed months whose confirmations do not come to the clearing. */
  readonly residuals: number;
  /** Terms of cities to submit or pay a disbursement that are over. */
  readonly lateTerms: number;
  readonly lateIssues: number;
}

/** Steps of the watch over prepayment, payments and issues. */
export interface WatchSteps {
  watchPools(): Promise<Pick<WatchFindings, 'strained' | 'expired'>>;
  watchPayments(): Promise<Pick<WatchFindings, 'traced' | 'overdueOrders' | 'residuals' | 'lateTerms'>>;
  watchIssues(): Promise<Pick<WatchFindings, 'lateIssues'>>;
}
