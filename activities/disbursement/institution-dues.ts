import { In, type EntityManager } from 'typeorm';
import { FUNDS, type FundKey } from '../../domain/clearing/funds';
import { periodOf } from '../../domain/clearing/period';
import type { Refusal } from '../../domain/commands';
import type { InstitutionDue } from '../../domain/disbursement/institution';
import { add, fen, subtract, ZERO, type Fen } from '../../domain/money';
import { refusal } from '../../domain/refusal';
import { prepaymentRules } from '../../schemas/processes/xr-prepayment-rules';
import { insertRows } from '../../store/bulk';
import { fenOf } from '../../store/columns';
import { PaymentOrder, PaymentOrderLine, XrClearingBatch, XrClearingLine, XrInstitutionDue, XrInstitutionDuePart, XrPayable } from '../../store/entities';
import { lockRow } from '../../store/rows';

/** What a care city has to pay its institutions by one fund of a clearing. */
export interface DuesKey {
  readonly batchId: string;
  readonly city: string;
  readonly fund: FundKey;
}

export type NewDue = Pick<XrInstitutionDue, 'institution' | 'payingCity' | 'insutype' | 'fen'>;

const COLUMNS = ['batch_id', 'city', 'institution', 'paying_city', 'insutype', 'fund', 'fen', 'ordered_fen'] as const;

/**
 * The approved batch, kept from being withdrawn until the transaction ends, with the dues of a city and fund written down.
 * The first who asks sums the settlements up; they must come to the clearing's own lines, to the fen.
 */
export async function lockDues(manager: EntityManager, key: DuesKey): Promise<XrClearingBatch | Refusal> {
  const batch = await lockRow(manager, XrClearingBatch, { id: key.batchId });
  if (!batch) return refusal('CLEARING_BATCH_NOT_FOUND');
  if (batch.status !== 'approved') return refusal('CLEARING_NOT_APPROVED');
  if (await manager.existsBy(XrInstitutionDue, { ...key })) return batch;
  const dues = await sumDues(manager, batch, key);
  const strayed = await strayOf(manager, key, dues);
  if (strayed !== null) return refusal('CLEARING_UNBALANCED', `定点机构合计与清算不符：${strayed}。`);
  const { batchId, city, fund } = key;
  await insertRows(manager, 'xr_institution_due', COLUMNS, dues.map((due) => [batchId, city, due.institution, due.payingCity, due.insutype, fund, due.fen, 0]));
  return batch;
}

/** Dues as they were written down, or as they would be. */
export async function readDues(manager: EntityManager, batch: XrClearingBatch, key: DuesKey): Promise<(InstitutionDue & NewDue)[]> {
  const rows = await manager.find(XrInstitutionDue, { where: { ...key }, order: { id: 'ASC' } });
  if (rows.length > 0) return rows;
  return (await sumDues(manager, batch, key)).map((due, index) => ({ ...due, id: index + 1, orderedFen: ZERO }));
}

/** One paying city after another, so that the index of the window is read and no more. */
async function sumDues(manager: EntityManager, { office, period }: XrClearingBatch, { batchId, city, fund }: DuesKey): Promise<NewDue[]> {
  const lines = await manager.findBy(XrClearingLine, { batchId, receivingCity: city, fund });
  const hint = manager.dataSource.options.type === 'mysql' ? 'FORCE INDEX (ix_xr_settlement_window)' : 'INDEXED BY ix_xr_settlement_window';
  const dues: NewDue[] = [];
  for (const payingCity of [...new Set(lines.map((line) => line.payingCity))].sort()) {
    const rows: { institution: string; insutype: string; fen: unknown }[] = await manager.query(
      `SELECT s.fixmedins_code AS institution, s.insutype AS insutype, SUM(f.fen) AS fen FROM xr_settlement s ${hint} ` +
        'JOIN xr_settlement_fund f ON f.settlement_id = s.id AND f.fund_no = ? ' +
        'WHERE s.office = ? AND s.entered_window = ? AND s.paying_city = ? AND s.receiving_city = ? ' +
        'GROUP BY s.fixmedins_code, s.insutype ORDER BY s.fixmedins_code, s.insutype',
      [FUNDS[fund].no, office, periodOf(period), payingCity, city],
    );
    for (const { institution, insutype, fen: sum } of rows) {
      const amount = fenOf(sum);
      if (amount !== 0) dues.push({ institution, payingCity, insutype, fen: amount });
    }
  }
  return dues;
}

/** The flow by which institutions' sums and the clearing's lines differ, or null. */
async function strayOf(manager: EntityManager, { batchId, city, fund }: DuesKey, dues: readonly NewDue[]): Promise<string | null> {
  const lines = await manager.findBy(XrClearingLine, { batchId, receivingCity: city, fund });
  const sums = new Map<string, Fen>();
  const book = ({ payingCity, insutype }: Pick<NewDue, 'payingCity' | 'insutype'>, amount: Fen): unknown =>
    sums.set(`${payingCity}/${insutype}`, add(sums.get(`${payingCity}/${insutype}`) ?? ZERO, amount));
  for (const line of lines) book(line, line.fen);
  for (const due of dues) book(due, fen(-due.fen));
  return [...sums].find(([, rest]) => rest !== 0)?.[0] ?? null;
}

/** What institutions of a city owe by a fund, from any clearing where their corrections outweighed. */
export function owingDues(manager: EntityManager, city: string, fund: FundKey): Promise<XrInstitutionDue[]> {
  return manager.createQueryBuilder(XrInstitutionDue, 'due').where('due.city = :city AND due.fund = :fund AND due.fen < due.orderedFen', { city, fund }).orderBy('due.id').getMany();
}

/** Which dues may be paid now: all where the care place advances, else those whose receivable has arrived in full. */
export async function coveredDues(manager: EntityManager, { batchId, city, fund }: DuesKey): Promise<(due: Pick<InstitutionDue, 'payingCity' | 'insutype'>) => boolean> {
  if (prepaymentRules.careAdvances) return () => true;
  const receivables = await manager.findBy(XrPayable, { batchId, receivingCity: city, fund, status: 'open' });
  const received = await receivedOf(manager, receivables.map(({ id }) => id));
  const outstanding = receivables.filter(({ id, fen: amount }) => subtract(amount, received.get(id) ?? ZERO) > 0);
  const waiting = new Set(outstanding.map(({ payingCity, insutype }) => `${payingCity}/${insutype}`));
  return ({ payingCity, insutype }) => !waiting.has(`${payingCity}/${insutype}`);
}

/** What care places have confirmed as received (转付), by payable. */
export async function receivedOf(manager: EntityManager, payableIds: readonly string[]): Promise<Map<string, Fen>> {
  const sums = new Map<string, Fen>();
  if (payableIds.length === 0) return sums;
  const lines = await manager.findBy(PaymentOrderLine, { payableId: In([...payableIds]) });
  const orders = lines.length === 0 ? [] : await manager.findBy(PaymentOrder, { id: In([...new Set(lines.map(({ orderId }) => orderId))]), kind: 'forward' });
  const forwards = new Set(orders.map(({ id }) => id));
  for (const { orderId, payableId, receivedFen } of lines) {
    if (payableId !== null && forwards.has(orderId)) sums.set(payableId, add(sums.get(payableId) ?? ZERO, receivedFen));
  }
  return sums;
}

/** Writes down what an order settles of dues. Throws Error when a due would be paid twice. */
export async function orderDues(manager: EntityManager, orderId: number, parts: readonly { readonly dueId: number; readonly fen: Fen }[]): Promise<void> {
  for (const part of parts) await moveDue(manager, part.dueId, part.fen);
  await manager.insert(XrInstitutionDuePart, parts.map((part) => ({ orderId, ...part })));
}

/** Makes what a void order settled due again. */
export async function releaseDues(manager: EntityManager, orderId: number): Promise<void> {
  const parts = await manager.find(XrInstitutionDuePart, { where: { orderId }, order: { dueId: 'ASC' } });
  for (const { dueId, fen: amount } of parts) await moveDue(manager, dueId, fen(-amount));
}

async function moveDue(manager: EntityManager, id: number, change: Fen): Promise<void> {
  const due = await lockRow(manager, XrInstitutionDue, { id });
  if (!due) throw new Error(`due ${id} is gone`);
  const orderedFen = add(due.orderedFen, change);
  const [least, most] = due.fen < 0 ? [due.fen, ZERO] : [ZERO, due.fen];
  if (orderedFen < least || orderedFen > most) throw new Error(`due ${id} would not add up: ${orderedFen} of ${due.fen}`);
  await manager.update(XrInstitutionDue, { id }, { orderedFen });
}

/** Whether an order to an institution stands for a batch. */
export async function hasInstitutionOrders(manager: EntityManager, batchId: string): Promise<boolean> {
  const orders = await manager.findBy(PaymentOrder, { batchId, kind: 'inst' });
  return orders.some(({ voidedAt }) => voidedAt === null);
}
