import { addDays, daysBetween, formatDateTime } from '../../domain/calendar';
import { fen, multiply, parseDecimal, share } from '../../domain/money';
import type { LevyRow } from '../../schemas/tax/fields';
import { nextSerial, sql, type Db } from '../kit/books';
import { groupOf, type Group } from './group';
import { budgetOf, treasuryOf, type Settings } from './settings';

/** A levy as the office keeps it; `detail` is the row as sent and the group of its file. */
export interface KeptLevy {
  readonly levy_no: string;
  readonly state: 'accepted' | 'refused' | 'cancelled';
  readonly payable: number;
  readonly dcla_no: string;
  readonly payer_kind: string;
  readonly amt: number;
  readonly inte: number;
  readonly latefee_way: string;
  readonly latefee: number;
  readonly due_date: string;
  readonly agrt_flag: string;
  readonly debit_from: number | null;
  readonly debit_until: number | null;
  readonly crossed: number;
  readonly detail: string;
}

/** The payer and what he pays for, as a receipt shows it. */
export const PAYER_FIELDS = [
  'payer_kind', 'uscc', 'tax_reg_no', 'emp_name', 'psn_no', 'cert_type', 'certno', 'psn_name', 'levy_item', 'levy_subitem', 'levy_detail', 'clct_type',
  'accrym_begn', 'accrym_end',
] as const;
export type PayerDetail = Pick<LevyRow, (typeof PAYER_FIELDS)[number]>;

export interface KeptReceipt extends Group {
  readonly id: number;
  readonly kind: string;
  readonly levy_no: string;
  readonly taxrpt_no: string;
  readonly taxrpt_row: string;
  readonly orig: number | null;
  readonly dcla_no: string;
  readonly insutype: string;
  readonly part: string;
  readonly amt: number;
  readonly inte: number;
  readonly latefee: number;
  readonly paid: number;
  readonly clct_time: string;
  readonly ursn_date: string;
  readonly intsury_date: string;
  readonly treasury: string;
  readonly budget: string;
  readonly channel: string;
  readonly detail: string;
  readonly voided: number;
}

export interface NewReceipt {
  readonly kind: '01' | '02' | '03';
  readonly taxrpt_no: string;
  readonly orig: number | null;
  readonly levy_no: string;
  readonly dcla_no: string;
  readonly group: Group;
  readonly insutype: string;
  readonly part: string;
  readonly amt: number;
  readonly inte: number;
  readonly latefee: number;
  /** Epoch ms. */
  readonly at: number;
  readonly channel: string;
  /** Empty where the row is never of the treasury. */
  readonly ursn_date: string;
  readonly intsury_date: string;
  readonly treasury: string;
  readonly budget: string;
  readonly detail: PayerDetail;
}

export function findLevy(db: Db, levy_no: string): KeptLevy | undefined {
  return sql<[string], KeptLevy>(db, 'SELECT * FROM levy WHERE levy_no = ?').get(levy_no);
}

/** Principal that was paid for a levy and neither voided nor refunded, fen. */
export function netOfLevy(db: Db, levy_no: string): number {
  return sql<[string], { net: number }>(db, 'SELECT coalesce(sum(amt), 0) AS net FROM receipt WHERE levy_no = ?').get(levy_no)?.net ?? 0;
}

/** The newest payment of a levy that stands: not voided, and not asked back. */
export function standingReceipt(db: Db, levy_no: string): KeptReceipt | undefined {
  return sql<[string], KeptReceipt>(
    db,
    `SELECT * FROM receipt r WHERE levy_no = ? AND kind = '01' AND voided = 0
        AND NOT EXISTS (SELECT 1 FROM application a WHERE a.receipt = r.id AND a.state <> 'refused') ORDER BY id DESC LIMIT 1`,
  ).get(levy_no);
}

/** 电子税票号码, of 18 digits: the year, the pool area, and the next number. */
export function newReceiptNo(db: Db, poolarea_no: string, at: number): string {
  return `4${formatDateTime(at).slice(2, 4)}${poolarea_no}${String(nextSerial(db, 'taxrpt_no')).padStart(9, '0')}`;
}

export function addReceipt(db: Db, { group, at, detail, ...receipt }: NewReceipt): number {
  const clct_time = formatDateTime(at);
  const added = sql<object>(
    db,
    `INSERT INTO receipt (kind, levy_no, taxrpt_no, taxrpt_row, orig, dcla_no, line, poolarea_no, admdvs, taxdept_code, period, batch_no, insutype, part,
         amt, inte, latefee, paid, clct_time, clct_day, ursn_date, intsury_date, treasury, budget, channel, detail)
       VALUES (@kind, @levy_no, @taxrpt_no, '1', @orig, @dcla_no, @line, @poolarea_no, @admdvs, @taxdept_code, @period, @batch_no, @insutype, @part,
         @amt, @inte, @latefee, @paid, @clct_time, @clct_day, @ursn_date, @intsury_date, @treasury, @budget, @channel, @detail)`,
  ).run({
    ...groupOf(group), ...receipt, paid: receipt.amt + receipt.inte + receipt.latefee, clct_time, clct_day: clct_time.slice(0, 10), detail: JSON.stringify(detail),
  });
  return Number(added.lastInsertRowid);
}

export interface Payment {
  /** Principal, fen; absent pays what is open. */
  readonly amountFen?: number | undefined;
  /** Pays although everything is paid. */
  readonly again?: boolean | undefined;
  /** Pays a dead levy, or in part where parts are not taken: at a counter that does not ask. */
  readonly force?: boolean | undefined;
  readonly channel?: string | undefined;
}

/** Why a payer was sent away. */
export type NoPayment = 'unknown' | 'dead' | 'paidAlready' | 'partRefused';

/**
 * Takes a payment of a levy: principal, the interest that the bureau assessed (with the payment that completes the principal), and
 * 滞纳金 by day or as fixed. Runs inside the caller's transaction. Returns the receipt's id.
 */
export function takePayment(db: Db, settings: Settings, levy_no: string, payment: Payment, at: number): number | NoPayment {
  const levy = findLevy(db, levy_no);
  if (!levy || !levy.payable) return 'unknown';
  if (levy.state !== 'accepted' && !payment.force) return 'dead';
  const net = netOfLevy(db, levy_no);
  const open = payment.again ? levy.amt : levy.amt - net;
  if (open <= 0) return 'paidAlready';
  const amt = payment.amountFen ?? open;
  if (amt < open && levy.payer_kind !== '1' && !payment.force) return 'partRefused';
  const detail = JSON.parse(levy.detail) as Pick<LevyRow, 'insutype' | 'part'> & PayerDetail & Group;
  const day = formatDateTime(at).slice(0, 10);
  const complete = amt >= open;
  return addReceipt(db, {
    kind: '01', taxrpt_no: newReceiptNo(db, detail.poolarea_no, at), orig: null, levy_no, dcla_no: levy.dcla_no, group: detail, insutype: detail.insutype,
    part: detail.part, amt, inte: complete ? levy.inte : 0, latefee: lateFee(settings, levy, amt, day, complete), at,
    channel: payment.channel ?? (levy.payer_kind === '1' ? '02' : '05'), ursn_date: addDays(day, settings.ursnDays), intsury_date: addDays(day, settings.treasuryDays),
    treasury: treasuryOf(settings, detail.poolarea_no, Number(levy.dcla_no.slice(-6))), budget: budgetOf(settings, detail.insutype), detail: payerOf(detail),
  });
}

export function payerOf(row: PayerDetail): PayerDetail {
  return Object.fromEntries(PAYER_FIELDS.map((name) => [name, row[name]])) as unknown as PayerDetail;
}

function lateFee(settings: Settings, levy: KeptLevy, amt: number, day: string, complete: boolean): number {
  if (levy.latefee_way === '2') return complete ? levy.latefee : 0;
  if (levy.latefee_way !== '1' || levy.due_date === '' || day <= levy.due_date) return 0;
  const rate = multiply(parseDecimal(settings.lateFeeRate), parseDecimal(String(daysBetween(levy.due_date, day))));
  return share(fen(amt), rate);
}

/** 票作废 before the money enters the treasury. Returns the receipt's id, or why not. */
export function voidPayment(db: Db, levy_no: string, at: number): number | 'nothing' | 'inTreasury' {
  const receipt = standingReceipt(db, levy_no);
  if (!receipt) return 'nothing';
  if (receipt.intsury_date <= formatDateTime(at).slice(0, 10)) return 'inTreasury';
  sql<[number]>(db, 'UPDATE receipt SET voided = 1 WHERE id = ?').run(receipt.id);
  return undo(db, receipt, { kind: '02', amt: receipt.amt, inte: receipt.inte, latefee: receipt.latefee }, newReceiptNo(db, receipt.poolarea_no, at), at, '');
}

interface Undoing {
  readonly kind: '02' | '03';
  /** What is undone, fen, not negative. */
  readonly amt: number;
  readonly inte: number;
  readonly latefee: number;
}

/** Books the negative of a receipt, or of a part of it. */
export function undo(db: Db, receipt: KeptReceipt, undoing: Undoing, taxrpt_no: string, at: number, intsury_date: string, dcla_no = receipt.dcla_no): number {
  return addReceipt(db, {
    kind: undoing.kind, taxrpt_no, orig: receipt.id, levy_no: receipt.levy_no, dcla_no, group: receipt, insutype: receipt.insutype, part: receipt.part,
    amt: minus(undoing.amt), inte: minus(undoing.inte), latefee: minus(undoing.latefee), at, channel: receipt.channel, ursn_date: '', intsury_date,
    treasury: receipt.treasury, budget: receipt.budget, detail: JSON.parse(receipt.detail) as PayerDetail,
  });
}

function minus(amount: number): number {
  return amount === 0 ? 0 : -amount;
}
