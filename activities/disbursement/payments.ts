import type { EntityManager } from 'typeorm';
import { addDays, formatDate } from '../../domain/calendar';
import { fundName } from '../../domain/clearing/funds';
import type { Refusal } from '../../domain/commands';
import type { AccountPurpose } from '../../domain/disbursement/bank-account';
import { outstanding, splitProblem, spread } from '../../domain/disbursement/payment';
import { paidEntries } from '../../domain/disbursement/vouchers';
import type { Fen } from '../../domain/money';
import { isRefusal, refusal } from '../../domain/refusal';
import { prepaymentRules } from '../../schemas/processes/xr-prepayment-rules';
import { Payment, PaymentOrder, PaymentSplit } from '../../store/entities';
import { insertOnce, lockRow } from '../../store/rows';
import { currentAccount } from './accounts';
import { nextNumber, PAYMENT_LETTERS } from './numbers';
import { lockOrder } from './order-state';
import { linesOfOrder } from './orders';
import { addToOrders, moveOf, partsOf, type Portion } from './portions';
import { mirrorMovement, postMovement, type Movement } from './post';
import { closeTrace } from './traces';

/** A transfer as the payer's cashier reads it from the bank receipt. */
export interface Transfer {
  /** Division that paid. */
  readonly payer: string;
  readonly receiptNo: string;
  /** yyyy-MM-dd */
  readonly paidOn: string;
  readonly amount: Fen;
  /** Which of the payer's accounts it left. */
  readonly purpose: AccountPurpose;
  readonly splits: readonly { readonly orderNo: string; readonly fen: Fen }[];
  readonly remark: string | null;
  readonly caseNo: string;
  /** Epoch ms. */
  readonly at: number;
}

const RECEIPT_NO = /^[0-9A-Za-z-]{4,60}$/;

/** Why a transfer cannot be confirmed as it stands, or null. */
export async function transferProblem(manager: EntityManager, transfer: Transfer): Promise<Refusal | null> {
  const checked = await checkTransfer(manager, transfer);
  return isRefusal(checked) ? checked : null;
}

/** 付款确认: records the transfer, spreads it over the orders' lines, and books it as in transit. */
export async function confirmPaid(manager: EntityManager, transfer: Transfer): Promise<Refusal | Payment> {
  const checked = await checkTransfer(manager, transfer);
  if (isRefusal(checked)) return checked;
  const { first, receiptKey, payerAccountId, portions } = checked;
  const { payer, receiptNo, paidOn, amount, remark, caseNo, at } = transfer;
  const row = {
    paymentNo: await nextNumber(manager, payer, PAYMENT_LETTERS, at),
    payer,
    payee: first.payee,
    institution: first.institution,
    fund: first.fund,
    receiptNo,
    receiptKey,
    paidOn,
    amountFen: amount,
    payerAccountId,
    remark,
    state: 'paid' as const,
    receivedOn: null,
    bouncedOn: null,
    bounceReason: null,
    traceFrom: addDays(paidOn, prepaymentRules.traceDays),
    paidCaseNo: caseNo,
    receivedCaseNo: null,
    at,
  };
  if (!(await insertOnce(manager, Payment, row))) return refusal('RECEIPT_NO_USED');
  const payment = await lockRow(manager, Payment, { paymentNo: row.paymentNo });
  if (!payment) throw new Error(`payment ${row.paymentNo} is gone`);
  await manager.insert(PaymentSplit, portions.map(({ order, line, fen }) => ({ paymentId: payment.id, orderId: order.id, lineNo: line.lineNo, fen })));
  await addToOrders(manager, portions, 'paid', 1);
  await postMovement(manager, movementOf(payment, paidKey(payment), 'xrPaid', '付款', paidOn), paidEntries(moveOf(payment, first), amount));
  return payment;
}

/** 付款确认撤销: the transfer belonged elsewhere. Only before 收款确认; the receipt number is free again. */
export async function undoPaid(manager: EntityManager, paymentNo: string, payer: string, at: number): Promise<Refusal | Payment> {
  const payment = await standingPayment(manager, paymentNo, 'payer', payer);
  if (isRefusal(payment)) return payment;
  await takeBack(manager, payment, `撤销付款确认 ${paymentNo}`, formatDate(at));
  await manager.update(Payment, { id: payment.id }, { state: 'undone', receiptKey: null });
  await closeTrace(manager, payment.id, 'undone', at);
  return { ...payment, state: 'undone', receiptKey: null };
}

/** 退票: the bank gave the money back. Its orders are stopped until the payee's account is settled. */
export async function bouncePayment(
  manager: EntityManager,
  bounce: { readonly paymentNo: string; readonly payer: string; readonly bouncedOn: string; readonly reason: string; readonly at: number },
): Promise<Refusal | Payment> {
  const payment = await standingPayment(manager, bounce.paymentNo, 'payer', bounce.payer);
  if (isRefusal(payment)) return payment;
  const { bouncedOn, reason, at } = bounce;
  if (bouncedOn < payment.paidOn || bouncedOn > formatDate(at)) return refusal('PAYMENT_DATE_INVALID');
  await takeBack(manager, payment, `退票 ${payment.paymentNo}`, bouncedOn, 'bounced');
  await manager.update(Payment, { id: payment.id }, { state: 'bounced', bouncedOn, bounceReason: reason });
  await closeTrace(manager, payment.id, 'bounced', at);
  return { ...payment, state: 'bounced', bouncedOn, bounceReason: reason };
}

/** A payment that was confirmed as paid and not as received, of that payer or payee, locked. */
export async function standingPayment(manager: EntityManager, paymentNo: string, side: 'payer' | 'payee', division: string): Promise<Payment | Refusal> {
  const payment = await lockRow(manager, Payment, { paymentNo });
  if (!payment || payment[side] !== division) return refusal('PAYMENT_NOT_FOUND');
  switch (payment.state) {
    case 'paid':
      return payment;
    case 'received':
      return refusal('PAYMENT_RECEIVED');
    case 'undone':
    case 'bounced':
      return refusal('PAYMENT_ENDED');
    default:
      return payment.state satisfies never;
  }
}

export function movementOf(payment: Payment, key: string, kind: string, what: string, businessDate: string): Movement {
  return { key, kind, memo: `${payment.paymentNo} ${fundName(payment.fund)} ${what}`, businessDate };
}

async function takeBack(manager: EntityManager, payment: Payment, memo: string, businessDate: string, stop?: 'bounced'): Promise<void> {
  await addToOrders(manager, await partsOf(manager, payment.id), 'paid', -1, stop);
  await mirrorMovement(manager, paidKey(payment), [payment.payer], memo, businessDate);
}

function paidKey({ paymentNo }: Payment): string {
  return `xr-payment/${paymentNo}/paid`;
}

interface Checked {
  readonly first: PaymentOrder;
  readonly receiptKey: string;
  readonly payerAccountId: number;
  readonly portions: readonly Portion[];
}

async function checkTransfer(manager: EntityManager, transfer: Transfer): Promise<Checked | Refusal> {
  const { payer, receiptNo, paidOn, amount, purpose, splits, at } = transfer;
  if (!RECEIPT_NO.test(receiptNo)) return refusal('RECEIPT_NO_INVALID');
  const problem = splitProblem(amount, splits);
  if (problem) return refusal('PAYMENT_SPLIT_INVALID', SPLIT_WORDS[problem]);
  const account = await currentAccount(manager, payer, purpose);
  if (!account) return refusal('ACCOUNT_NOT_REVIEWED', '付款账户没有经审核的登记，请先维护银行账户。');
  const receiptKey = `${account.bankCode}/${receiptNo}`;
  if (await manager.existsBy(Payment, { receiptKey })) return refusal('RECEIPT_NO_USED');
  const portions: Portion[] = [];
  for (const split of [...splits].sort((a, b) => (a.orderNo < b.orderNo ? -1 : 1))) {
    const part = await portionsOf(manager, transfer, split);
    if (isRefusal(part)) return part;
    portions.push(...part);
  }
  const orders = portions.map(({ order }) => order);
  const [first] = orders;
  if (!first) return refusal('PAYMENT_SPLIT_INVALID');
  if (orders.some(({ kind, payee, institution, fund }) => kind !== first.kind || payee !== first.payee || institution !== first.institution || fund !== first.fund)) {
    return refusal('PAYMENT_SPLIT_INVALID', '一笔付款只能对应同一收款方、同一基金、同一种付款单。');
  }
  const issued = orders.map(({ issuedAt }) => formatDate(issuedAt)).sort().at(-1) ?? paidOn;
  if (paidOn < issued || paidOn > formatDate(at)) return refusal('PAYMENT_DATE_INVALID');
  return { first, receiptKey, payerAccountId: account.id, portions };
}

async function portionsOf(manager: EntityManager, { payer }: Transfer, { orderNo, fen }: { orderNo: string; fen: Fen }): Promise<Portion[] | Refusal> {
  const order = await lockOrder(manager, orderNo);
  if (!order || order.payer !== payer) return refusal('ORDER_NOT_FOUND', `没有付款单 ${orderNo}，或不由本机构付款。`);
  if (order.voidedAt !== null) return refusal('ORDER_VOID', `付款单 ${orderNo} 已作废。`);
  if (order.stopReason !== null) return refusal('ORDER_STOPPED', `付款单 ${orderNo} 已停付，请先核对收款账户。`);
  const lines = await linesOfOrder(manager, order.id);
  const parts = spread(fen, lines.map(({ lineNo, dueFen, paidFen }) => ({ lineNo, due: dueFen, paid: paidFen })));
  if (!parts) return refusal('PAYMENT_EXCEEDS', `付款单 ${orderNo} 尚应付 ${outstanding({ due: order.dueFen, paid: order.paidFen })} 分。`);
  return parts.map((part) => {
    const line = lines.find(({ lineNo }) => lineNo === part.lineNo);
    if (!line) throw new Error(`order ${orderNo} has no line ${part.lineNo}`);
    return { order, line, fen: part.fen };
  });
}

const SPLIT_WORDS = {
  empty: '请至少列一张付款单。',
  duplicate: '同一付款单列了两次。',
  notPositive: '每张付款单的金额须大于零。',
  sumDiffers: '各付款单金额之和须等于付款金额。',
} as const;
