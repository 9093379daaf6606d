import { In, Like, type EntityManager } from 'typeorm';
import { issueDocument, type Issuing } from '../../activities/documents/issue';
import { openGazetteer } from '../../activities/documents/places';
import { useRateOf } from '../../activities/xr-prepayment/use-rate';
import { formatDate, monthEnd } from '../../domain/calendar';
import type { FundKey } from '../../domain/clearing/funds';
import type { Refusal } from '../../domain/commands';
import type { FundAmount, PrepayBalanceData, PrepayVoucherData } from '../../domain/documents/data';
import { add, type Fen, negate, subtract, ZERO } from '../../domain/money';
import { refusal } from '../../domain/refusal';
import { Payment, PaymentOrder, PaymentSplit, PrepayPool, PrintedDocument } from '../../store/entities';
import { monthBalance } from '../prepayment/movements';

interface Month {
  readonly province: string;
  /** yyyy-MM */
  readonly period: string;
  readonly fund: FundKey;
}

/**
 * Issues the 预付金余额表 of a province, month and fund from its books. DOCUMENT_NOT_READY before the month is over, or when
 * there is no pool.
 */
export async function issuePrepayBalance(manager: EntityManager, { province, period, fund }: Month, issuing: Issuing): Promise<PrintedDocument | Refusal> {
  if (formatDate(issuing.at) <= monthEnd(`${period}-01`)) return refusal('DOCUMENT_NOT_READY', `${period} 尚未结束。`);
  const pools = await manager.find(PrepayPool, { where: { province, fund }, order: { city: 'ASC' } });
  if (pools.length === 0) return refusal('DOCUMENT_NOT_READY', '没有预付金。');
  const gazetteer = await openGazetteer(manager, issuing.at);
  const replenished = await replenishedIn(manager, { province, period, fund });
  const rows: PrepayBalanceData['rows'][number][] = [];
  for (const pool of pools) {
    const { rate, level } = await useRateOf(manager, { ...pool, period });
    const { opening, paidIn, drawn, returned, closing } = await monthBalance(manager, pool, period);
    const urgent = replenished.get(pool.city) ?? ZERO;
    const of = (fen: Fen): FundAmount => ({ fund, fen });
    rows.push({
      city: gazetteer.place(pool.city), opening: of(opening), paidIn: of(subtract(paidIn, urgent)), replenished: of(urgent),
      used: of(negate(drawn)), returned: of(negate(returned)), closing: of(closing), rate, level,
    });
  }
  const data: PrepayBalanceData = { office: gazetteer.office(province), period, fund, rows, signers: { made: null, reviewed: null, approved: null } };
  return issueDocument(manager, { kind: 'prepayBalance', admdvs: province, party: null, period, caseId: null, subject: `${province}/${period}/${fund}`, data }, issuing);
}

/** What came in during the month for vouchers of an emergency increase (紧急调增), by city. */
async function replenishedIn(manager: EntityManager, { province, period, fund }: Month): Promise<Map<string, Fen>> {
  const vouchers = await manager.findBy(PrintedDocument, { kind: 'prepayVoucher', admdvs: province, fund });
  const urgent = vouchers.filter(({ data }) => (data as PrepayVoucherData).kind === 'emergency').map(({ subject }) => subject);
  const orders = urgent.length === 0 ? [] : await manager.findBy(PaymentOrder, { orderNo: In(urgent) });
  const splits = orders.length === 0 ? [] : await manager.findBy(PaymentSplit, { orderId: In(orders.map(({ id }) => id)) });
  const payments = splits.length === 0 ? [] : await manager.findBy(Payment, { id: In(splits.map(({ paymentId }) => paymentId)), state: 'received', receivedOn: Like(`${period}-%`) });
  const sums = new Map<string, Fen>();
  for (const { paymentId, orderId, fen } of splits) {
    const order = orders.find(({ id }) => id === orderId);
    if (order && payments.some(({ id }) => id === paymentId)) sums.set(order.city, add(sums.get(order.city) ?? ZERO, fen));
  }
  return sums;
}
