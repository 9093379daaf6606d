/** The daily reconciliation (日对账) as its workflows see it; rows and files stay in the database. */

export interface ReconcileInput {
  readonly institution: string;
  /** yyyy-MM-dd */
  readonly date: string;
}

/** One run over a day. A day may be run again; each run is a version of its own. */
export interface OpenedReconciliation extends ReconcileInput {
  readonly id: string;
  readonly version: number;
}

/** What one 3202 compares: it knows no insutype. */
export interface DetailScope {
  readonly clr_type: string;
  readonly clr_optins: string;
}

/** What one 3201 compares. */
export interface GroupKey extends DetailScope {
  readonly insutype: string;
}

export interface RoundInput {
  readonly opened: OpenedReconciliation;
  /** 0 for the first comparison; another after differences were dealt with. */
  readonly round: number;
}

export interface TotalsOutcome {
  readonly groups: number;
  readonly unbalanced: number;
  /** Where details are wanted: the totals differ, or a lost answer has to be proven. */
  readonly scopes: readonly DetailScope[];
}

export interface DetailsOutcome {
  readonly rows: number;
  /** Differences of this scope that are still to be dealt with. */
  readonly open: number;
}

/** `closed`: the day is over, the totals agree, every lost answer is proven; `balanced`: they agree so far. */
export interface ReconcileEnd {
  readonly date: string;
  readonly version: number;
  readonly state: 'closed' | 'balanced' | 'differs' | 'failed';
  readonly groups: number;
  /** Comparisons made. */
  readonly rounds: number;
  /** Differences that wait for a person or for a later run. */
  readonly open: number;
}

export interface ReconcileSteps {
  openReconciliation(input: ReconcileInput): Promise<OpenedReconciliation>;
  /** 3201 for every group of the day. */
  compareTotals(at: RoundInput): Promise<TotalsOutcome>;
  /** 9101 → 3202 → 9102 for one scope; differences are stored. */
  compareDetails(at: RoundInput & { readonly scope: DetailScope }): Promise<DetailsOutcome>;
  /** Adopts, undoes or hands over each open difference. */
  settleDifferences(at: RoundInput): Promise<void>;
  /** Once the day is over: what is still watched and was in none of the centre's files is proven absent. */
  proveAbsent(at: RoundInput & { readonly balanced: boolean }): Promise<void>;
  closeReconciliation(at: RoundInput & { readonly totals: TotalsOutcome }): Promise<ReconcileEnd>;
  /** The run could not be brought to an end; the next one starts anew. */
  failReconciliation(input: RoundInput & { readonly reason: string }): Promise<ReconcileEnd>;

  /** Days that have to be run now: the day before, and earlier ones that are not closed. */
  dueDays(input: { readonly institution: string }): Promise<readonly string[]>;
  /** Raises an abnormal item for each day whose run is missing; returns those days. */
  watchReconciliations(input: { readonly institution: string }): Promise<readonly string[]>;
}
