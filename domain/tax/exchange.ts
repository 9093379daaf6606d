import type { OutcomeCode } from '../outcomes';
import type { FundKey } from '../clearing/funds';

/**
 * Ours: `ready` is to be written and sent, `sending` is under way, `sent`, `answered`. Theirs: `received`, `taken` by a batch, `waiting` for its forerunner, `held` as it is not what it says, `quarantined`, `stored`
 * without being worked.
 */
export type TaxFileState = 'ready' | 'sending' | 'sent' | 'answered' | 'received' | 'taken' | 'waiting' | 'held' | 'quarantined' | 'stored';

/** 无应收缴费, waiting rows, differences, and what was posted but a person must know. */
export type AsideSort = 'unmatched' | 'held' | 'break' | 'notice';

/** What is known of a file that arrived, beside its content. */
export interface ArrivalFacts {
  /** First finding over the whole file; null when there is none. */
  readonly finding: { readonly code: OutcomeCode; readonly message: string } | null;
  /** Another content has its serial. */
  readonly serialTaken: boolean;
  /** `none` where the item belongs to no levy batch. */
  readonly batch: 'none' | 'open' | 'unknown' | 'closed';
  /** The serial before its own, of the same day, has not come. */
  readonly earlierMissing: boolean;
  /** Whether something works such files. */
  readonly worked: boolean;
}

export interface ArrivalRules {
  readonly outOfOrder: 'post' | 'wait';
  readonly totalsDiffer: 'hold' | 'post';
}

export interface ArrivalJudgement {
  readonly state: Extract<TaxFileState, 'received' | 'waiting' | 'held' | 'quarantined' | 'stored'>;
  readonly code: OutcomeCode | null;
  readonly note: string | null;
}

const TOTALS: readonly OutcomeCode[] = ['FILE_ROWS_DIFFER', 'FILE_SUMS_DIFFER'];

/** Where a file goes that has arrived whole for the first time. */
export function judgeArrival({ finding, serialTaken, batch, earlierMissing, worked }: ArrivalFacts, rules: ArrivalRules): ArrivalJudgement {
  const tolerated = finding !== null && rules.totalsDiffer === 'post' && TOTALS.includes(finding.code);
  if (finding !== null && !tolerated) return { state: 'held', code: finding.code, note: finding.message };
  if (serialTaken) return { state: 'quarantined', code: 'FILE_SERIAL_REUSED', note: null };
  if (batch === 'unknown') return { state: 'quarantined', code: 'FILE_BATCH_UNKNOWN', note: null };
  if (batch === 'closed') return { state: 'quarantined', code: 'FILE_BATCH_CLOSED', note: null };
  if (!worked) return { state: 'stored', code: null, note: null };
  if (earlierMissing && rules.outOfOrder === 'wait') return { state: 'waiting', code: 'FILE_EARLIER_MISSING', note: null };
  return { state: 'received', code: earlierMissing ? 'FILE_EARLIER_MISSING' : (finding?.code ?? null), note: finding?.message ?? null };
}

/** Number of a levy batch as headers name it, at most 20 characters: `<division><year><serial 6>` of its id. */
export function batchNoOf(batchId: string): string {
  const [, division, year, serial] = /-(\d{6})-(\d{4})-(\d{1,8})$/.exec(batchId) ?? [];
  if (division === undefined || year === undefined || serial === undefined) throw new RangeError(`not the id of a batch: ${batchId}`);
  return `${division}${year}${serial.padStart(6, '0')}`;
}

/** 统筹区 of a division: its city. */
export function poolAreaOf(division: string): string {
  return `${division.slice(0, 4)}00`;
}

const FUNDS: Readonly<Record<string, FundKey>> = { '310': 'employeePool', '320': 'civilServant', '330': 'largeAmount', '390': 'residentPool', '510': 'maternity' };

/** The fund in whose books contributions of an insurance are. */
export function fundOfInsurance(insutype: string): FundKey {
  return FUNDS[insutype] ?? 'other';
}
