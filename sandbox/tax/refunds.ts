import { formatDate, formatDateTime } from '../../domain/calendar';
import { nextSerial, sql, type Db } from '../kit/books';
import { newReceiptNo, standingReceipt, undo, type KeptReceipt } from './cashier';

/** An application for a refund (退费申请), all amounts positive fen. */
export interface Application {
  readonly dcla_no: string;
  readonly receipt: number;
  readonly taxrpt_no: string;
  readonly amt: number;
  readonly inte: number;
  readonly latefee: number;
  readonly paid: number;
  /** `applied` → `sent` (TK) → `agreed` | `refused` (TF) → `paid` | `failed` → `agreed` again. */
  readonly state: 'applied' | 'sent' | 'agreed' | 'refused' | 'paid' | 'failed';
  /** So many attempts of the treasury will fail. */
  readonly fails: number;
}

export function findApplication(db: Db, dcla_no: string): Application | undefined {
  return sql<[string], Application>(db, 'SELECT * FROM application WHERE dcla_no = ?').get(dcla_no);
}

/**
 * A payer asks a payment back: the whole receipt, or `amountFen` of its principal. Returns the application number, `nothing`
 * when no payment stands, or the day on which it will have entered the treasury, before which only a 票作废 is possible.
 */
export function applyForRefund(db: Db, levy_no: string, at: number, { amountFen, fails = 0 }: { amountFen?: number | undefined; fails?: number | undefined }): { dcla_no: string } | 'nothing' | { until: string } {
  const receipt = standingReceipt(db, levy_no);
  if (!receipt || (amountFen !== undefined && amountFen > receipt.amt)) return 'nothing';
  if (receipt.intsury_date > formatDate(at)) return { until: receipt.intsury_date };
  const whole = amountFen === undefined || amountFen === receipt.amt;
  const [amt, inte, latefee] = whole ? [receipt.amt, receipt.inte, receipt.latefee] : [amountFen, 0, 0];
  const dcla_no = `TF${receipt.poolarea_no}${String(nextSerial(db, 'application')).padStart(10, '0')}`;
  sql<object>(
    db,
    `INSERT INTO application (dcla_no, receipt, taxrpt_no, amt, inte, latefee, paid, state, fails, applied_at)
       VALUES (@dcla_no, @receipt, @taxrpt_no, @amt, @inte, @latefee, @paid, 'applied', @fails, @applied_at)`,
  ).run({
    dcla_no, receipt: receipt.id, taxrpt_no: newReceiptNo(db, receipt.poolarea_no, at), amt, inte, latefee, paid: amt + inte + latefee, fails,
    applied_at: formatDateTime(at),
  });
  return { dcla_no };
}

/** The treasury pays an agreed refund, or fails to (退库失败, the account is wrong). */
export function payRefund(db: Db, dcla_no: string, at: number): 'paid' | 'failed' | 'notAgreed' {
  const application = findApplication(db, dcla_no);
  if (application?.state !== 'agreed') return 'notAgreed';
  const failed = application.fails > 0;
  sql<[string, number, string]>(db, 'UPDATE application SET state = ?, fails = ? WHERE dcla_no = ?').run(failed ? 'failed' : 'paid', Math.max(0, application.fails - 1), dcla_no);
  sql<[string, number, string]>(db, 'INSERT INTO refund_result (dcla_no, succeeded, at) VALUES (?, ?, ?)').run(dcla_no, failed ? 0 : 1, formatDateTime(at));
  if (failed) return 'failed';
  const receipt = sql<[number], KeptReceipt>(db, 'SELECT * FROM receipt WHERE id = ?').get(application.receipt);
  if (!receipt) throw new Error(`application ${dcla_no} has no receipt`);
  undo(db, receipt, { kind: '03', amt: application.amt, inte: application.inte, latefee: application.latefee }, application.taxrpt_no, at, formatDate(at), dcla_no);
  return 'paid';
}
