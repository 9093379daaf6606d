import type { EntityManager } from 'typeorm';
import { formatDate } from '../../domain/calendar';
import type { FundKey } from '../../domain/clearing/funds';
import { fundName } from '../../domain/clearing/funds';
import type { Refusal } from '../../domain/commands';
import { draftLines, type DraftProblem, type OpenPayable, type OrderLine, type Withholding } from '../../domain/disbursement/order';
import { drawEntries, fundingEntries, type Part } from '../../domain/disbursement/vouchers';
import { add, negate, subtract, ZERO, type Fen } from '../../domain/money';
import { isRefusal, refusal } from '../../domain/refusal';
import { FundRequest, PaymentOrder, XrPayable, type BankAccount, type PaymentOrderLine } from '../../store/entities';
import { lockPool, poolBalance } from '../xr-prepayment/pools';
import { watchUseRate } from '../xr-prepayment/use-rate';
import { lockAccount } from './accounts';
import { insertOrder, linesOfOrder, voidOrder } from './orders';
import { forwardable, forwardedOf, lockEach, lockPayablesOf, lockReceivablesOf, movePayable, orderable } from './payables';
import { mirrorMovement, postMovement, type Movement } from './post';

/** What a disbursement (拨付) is about, as its case says it. */
export interface Disbursement {
  /** Division that pays. */
  readonly payer: string;
  readonly batchId: string;
  readonly fund: FundKey;
  /** What the approvers saw: must be what is payable. */
  readonly payableFen: Fen;
  /** At most so much comes out of the pool; null: as much as there is. */
  readonly drawFen: Fen | null;
  readonly withheld: readonly Withholding[];
  /** Version of the payee's account that the approvers saw. */
  readonly payeeAccountId: number;
  readonly subject: string | null;
  readonly dueDate: string;
  readonly caseNo: string;
  /** Epoch ms. */
  readonly at: number;
}

/** A disbursement that could be issued now. */
interface Draft {
  readonly payables: readonly OpenPayable[];
  readonly payee: string;
  readonly period: string;
  readonly account: BankAccount;
}

/** Why a disbursement cannot be approved as it stands, or null. The pool is no reason: what it cannot give is paid. */
export async function disbursementProblem(manager: EntityManager, disbursement: Disbursement): Promise<Refusal | null> {
  const draft = await draftOf(manager, disbursement);
  if (isRefusal(draft)) return draft;
  const lines = draftLines(draft.payables, disbursement.withheld, { wanted: ZERO, pool: ZERO });
  return isProblem(lines) ? draftRefusal(lines) : null;
}

/** Asks for the funds (用款申请) of an approved disbursement, at most what it will pay. A case asks once. */
export async function requestFunds(manager: EntityManager, disbursement: Disbursement, planNo: string): Promise<Refusal | { amountFen: Fen }> {
  const problem = await disbursementProblem(manager, disbursement);
  if (problem) return problem;
  const { payer, fund, caseNo, withheld, at } = disbursement;
  const amountFen = subtract(disbursement.payableFen, add(ZERO, ...withheld.flatMap(({ deduction, reserve }) => [deduction, reserve])));
  const row = { caseNo, city: payer, fund, planNo, amountFen, state: 'requested' as const, at };
  const standing = await manager.findOneBy(FundRequest, { caseNo });
  if (standing) await manager.update(FundRequest, { id: standing.id }, row);
  else await manager.insert(FundRequest, { ...row, orderId: null });
  return { amountFen };
}

/** Takes a request for funds back that no order was issued for. */
export async function dropFundRequest(manager: EntityManager, caseNo: string): Promise<void> {
  await manager.update(FundRequest, { caseNo, state: 'requested' }, { state: 'void' });
}

/**
 * Issues the order (拨付单): takes out of the city's pool what it asks for and the pool has, in the books of province and city,
 * and grants the funds for the rest. The pool is locked from the reading of its balance to the entry.
 */
export async function issueDisbursement(manager: EntityManager, disbursement: Disbursement): Promise<Refusal | PaymentOrder> {
  const { payer: city, fund, batchId, withheld, drawFen, caseNo, at } = disbursement;
  const draft = await draftOf(manager, disbursement);
  if (isRefusal(draft)) return draft;
  const { payee: province, period } = draft;
  const pool = await lockPool(manager, { city, fund }, province, at);
  const balance = pool.province === province ? await poolBalance(manager, pool) : ZERO;
  const lines = draftLines(draft.payables, withheld, { wanted: drawFen ?? disbursement.payableFen, pool: balance });
  if (isProblem(lines)) return draftRefusal(lines);
  const { payeeAccountId, subject, dueDate } = disbursement;
  const head = { kind: 'clearing' as const, payer: city, payee: province, city, fund, period, batchId, payeeAccountId, subject, dueDate, caseNo, at };
  const order = await insertOrder(manager, head, lines);
  for (const { payableId, drawn, pay } of lines) await movePayable(manager, payableId, { drawn: add(drawn, pay), paid: drawn });
  await postIssue(manager, order, lines);
  await manager.update(FundRequest, { caseNo }, { orderId: order.id, amountFen: order.dueFen, state: 'granted' });
  await watchUseRate(manager, { city, fund, province, period }, at);
  return order;
}

/** Passes on to a care place (转付) what has reached the province for it by a fund of a batch. */
export async function issueForward(manager: EntityManager, disbursement: Disbursement & { readonly payee: string }): Promise<Refusal | PaymentOrder> {
  const draft = await forwardDraft(manager, disbursement);
  if (isRefusal(draft)) return draft;
  const lines = draftLines(draft.payables, [], { wanted: ZERO, pool: ZERO });
  if (isProblem(lines)) return draftRefusal(lines);
  const { payer, payee, fund, batchId, payeeAccountId, subject, dueDate, caseNo, at } = disbursement;
  return insertOrder(manager, { kind: 'forward', payer, payee, city: payee, fund, period: draft.period, batchId, payeeAccountId, subject, dueDate, caseNo, at }, lines);
}

/** Why a 转付 cannot be approved as it stands, or null. */
export async function forwardProblem(manager: EntityManager, disbursement: Disbursement & { readonly payee: string }): Promise<Refusal | null> {
  const draft = await forwardDraft(manager, disbursement);
  return isRefusal(draft) ? draft : null;
}

/** Why an order cannot be voided, or null: it is void, something was paid for it, or the province has passed on what it drew. */
export async function voidProblem(manager: EntityManager, order: PaymentOrder): Promise<Refusal | null> {
  if (order.voidedAt !== null) return refusal('ORDER_VOID');
  if (order.paidFen > 0) return refusal('ORDER_PAID');
  if (order.kind !== 'clearing') return null;
  const lines = await linesOfOrder(manager, order.id);
  const payables = await lockEach(manager, lines.flatMap(({ payableId }) => payableId ?? []));
  return (await isPassedOn(manager, payables, lines)) ? refusal('ORDER_FORWARDED') : null;
}

/**
 * Voids an order (审批撤销, 作废) that nothing was paid for: what it drew goes back to the pool, what it was made for is
 * payable again. Refused when the province has passed on what was drawn.
 */
export async function voidDisbursement(manager: EntityManager, order: PaymentOrder, at: number): Promise<Refusal | null> {
  const problem = (await voidProblem(manager, order)) ?? (await voidOrder(manager, order, at));
  if (problem || order.kind !== 'clearing') return problem;
  const lines = await linesOfOrder(manager, order.id);
  await lockPool(manager, { city: order.city, fund: order.fund }, order.payee, at);
  for (const { payableId, drawnFen, dueFen } of lines) {
    if (payableId !== null) await movePayable(manager, payableId, { drawn: negate(add(drawnFen, dueFen)), paid: negate(drawnFen) });
  }
  const day = formatDate(at);
  if (order.drawnFen > 0) await mirrorMovement(manager, drawKey(order), [order.payer, order.payee], `作废 ${order.orderNo} 预付金抵扣`, day);
  if (order.dueFen > 0) await mirrorMovement(manager, fundingKey(order), [order.payer], `作废 ${order.orderNo} 用款`, day);
  await manager.update(FundRequest, { orderId: order.id }, { state: 'void' });
  return null;
}

async function draftOf(manager: EntityManager, { payer, batchId, fund, payableFen, payeeAccountId }: Disbursement): Promise<Draft | Refusal> {
  const account = await lockPayeeOf(manager, batchId, payer, fund);
  const rows = await lockPayablesOf(manager, { batchId, payingCity: payer, fund });
  return drafted(rows, orderable(rows), { payableFen, payeeAccountId, account, payee: rows[0]?.office });
}

async function forwardDraft(manager: EntityManager, { payer, payee, batchId, fund, payableFen, payeeAccountId }: Disbursement & { readonly payee: string }): Promise<Draft | Refusal> {
  const account = await lockAccount(manager, payee, 'clearing');
  const rows = (await lockReceivablesOf(manager, { batchId, receivingCity: payee, fund })).filter(({ office }) => office === payer);
  return drafted(rows, await forwardable(manager, rows), { payableFen, payeeAccountId, account, payee });
}

/** The account of the province that clears; locked before the payables, as everywhere. */
async function lockPayeeOf(manager: EntityManager, batchId: string, payingCity: string, fund: FundKey): Promise<BankAccount | null> {
  const any = await manager.findOneBy(XrPayable, { batchId, payingCity, fund });
  return any ? lockAccount(manager, any.office, 'clearing') : null;
}

function drafted(
  rows: readonly XrPayable[],
  payables: readonly OpenPayable[],
  seen: { readonly payableFen: Fen; readonly payeeAccountId: number; readonly account: BankAccount | null; readonly payee: string | undefined },
): Draft | Refusal {
  const first = rows[0];
  if (!first || seen.payee === undefined || payables.length === 0) return refusal('ORDER_NOTHING_PAYABLE');
  const sum = add(ZERO, ...payables.map(({ available }) => available));
  if (sum !== seen.payableFen) return refusal('ORDER_AMOUNT_DIFFERS', `应付 ${sum} 分，申请 ${seen.payableFen} 分，请按清算结果改正。`);
  if (!seen.account) return refusal('ACCOUNT_NOT_REVIEWED');
  if (seen.account.id !== seen.payeeAccountId) return refusal('ACCOUNT_CHANGED');
  return { payables, payee: seen.payee, period: first.period, account: seen.account };
}

async function postIssue(manager: EntityManager, order: PaymentOrder, lines: readonly OrderLine[]): Promise<void> {
  const drawn: Part[] = lines.filter((line) => line.drawn > 0).map((line) => ({ payingCity: line.payingCity, receivingCity: line.receivingCity, fen: line.drawn }));
  const movement = (key: string, kind: string, what: string): Movement => ({ key, kind, memo: `${order.orderNo} ${fundName(order.fund)} ${what}`, businessDate: formatDate(order.issuedAt) });
  if (drawn.length > 0) await postMovement(manager, movement(drawKey(order), 'xrDraw', '预付金抵扣'), drawEntries(order.payee, order.city, order.fund, drawn));
  if (order.dueFen > 0) await postMovement(manager, movement(fundingKey(order), 'xrFunding', '用款'), fundingEntries(order.payer, order.fund, order.dueFen));
}

async function isPassedOn(manager: EntityManager, payables: readonly XrPayable[], lines: readonly PaymentOrderLine[]): Promise<boolean> {
  const forwarded = await forwardedOf(manager, payables.map(({ id }) => id));
  return payables.some((payable) => {
    const own = add(ZERO, ...lines.filter(({ payableId }) => payableId === payable.id).map(({ drawnFen }) => drawnFen));
    return subtract(payable.paidFen, own) < (forwarded.get(payable.id) ?? ZERO);
  });
}

function drawKey({ orderNo }: PaymentOrder): string {
  return `xr-order/${orderNo}/draw`;
}

function fundingKey({ orderNo }: PaymentOrder): string {
  return `xr-order/${orderNo}/funding`;
}

function isProblem(lines: readonly OrderLine[] | DraftProblem): lines is DraftProblem {
  return 'problem' in lines;
}

function draftRefusal(problem: DraftProblem): Refusal {
  switch (problem.problem) {
    case 'nothing':
      return refusal('ORDER_NOTHING_PAYABLE');
    case 'unknownPayable':
      return refusal('ORDER_WITHHELD_INVALID', `扣款或预留所列 ${problem.payableId} 不在本单应付之内，或重复。`);
    case 'withheldExceeds':
      return refusal('ORDER_WITHHELD_INVALID', `${problem.payableId} 的扣款与预留超过应付。`);
    default:
      return problem satisfies never;
  }
}
