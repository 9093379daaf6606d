import type { EntityManager } from 'typeorm';
import { formatDate } from '../../domain/calendar';
import { fundName } from '../../domain/clearing/funds';
import type { Refusal } from '../../domain/commands';
import { institutionDraft, type InstitutionDraft } from '../../domain/disbursement/institution';
import { fundingEntries } from '../../domain/disbursement/vouchers';
import { add, subtract, ZERO, type Fen } from '../../domain/money';
import { isRefusal, refusal } from '../../domain/refusal';
import { XrInstitutionDue, type PaymentOrder } from '../../store/entities';
import { lockAccount } from './accounts';
import { coveredDues, lockDues, orderDues, owingDues, releaseDues, type DuesKey } from './institution-dues';
import { insertOrder, voidOrder } from './orders';
import { mirrorMovement, postMovement } from './post';

/** What one institution is to get, as the approvers saw it. */
export interface InstitutionRow {
  readonly institution: string;
  readonly payableFen: Fen;
  readonly deductionFen: Fen;
  readonly payeeAccountId: number;
}

/** A disbursement of a care city to its institutions, as its case says it. */
export interface InstitutionDisbursement extends DuesKey {
  readonly rows: readonly InstitutionRow[];
  /** Σ over the rows of what is paid. */
  readonly amountFen: Fen;
  readonly subject: string | null;
  /** yyyy-MM-dd */
  readonly dueDate: string;
  readonly caseNo: string;
  /** Epoch ms. */
  readonly at: number;
}

interface Drafted {
  readonly period: string;
  readonly drafts: readonly { readonly row: InstitutionRow; readonly draft: InstitutionDraft }[];
}

/** Why institutions cannot be paid as the case says, or null. */
export async function institutionsProblem(manager: EntityManager, disbursement: InstitutionDisbursement): Promise<Refusal | null> {
  const drafted = await draftAll(manager, disbursement);
  return isRefusal(drafted) ? drafted : null;
}

/** Issues an order for each institution (拨付单) and moves the funds that they need to the expenditure account. */
export async function issueInstitutions(manager: EntityManager, disbursement: InstitutionDisbursement): Promise<Refusal | PaymentOrder[]> {
  const drafted = await draftAll(manager, disbursement);
  if (isRefusal(drafted)) return drafted;
  const { city, fund, batchId, subject, dueDate, caseNo, at } = disbursement;
  const orders: PaymentOrder[] = [];
  for (const { row, draft } of drafted.drafts) {
    const { institution, payeeAccountId } = row;
    const head = { kind: 'inst' as const, payer: city, payee: city, institution, city, fund, period: drafted.period, batchId, payeeAccountId, subject, dueDate, caseNo, at };
    const lines = draft.lines.map((line) => ({ ...line, payableId: null, receivingCity: city, reserve: ZERO, drawn: ZERO }));
    const order = await insertOrder(manager, head, lines);
    await orderDues(manager, order.id, draft.parts);
    const movement = { key: fundingKey(order), kind: 'xrFunding', memo: `${order.orderNo} ${fundName(fund)} 用款`, businessDate: formatDate(at) };
    if (order.dueFen > 0) await postMovement(manager, movement, fundingEntries(city, fund, order.dueFen));
    orders.push(order);
  }
  return orders;
}

/** Voids an order to an institution that nothing was paid for: what it was made for is due again. */
export async function voidInstitutionOrder(manager: EntityManager, order: PaymentOrder, at: number): Promise<Refusal | null> {
  const problem = await voidOrder(manager, order, at);
  if (problem) return problem;
  await releaseDues(manager, order.id);
  if (order.dueFen > 0) await mirrorMovement(manager, fundingKey(order), [order.payer], `作废 ${order.orderNo} 用款`, formatDate(at));
  return null;
}

/** Locks the accounts of the institutions, then the batch, as everywhere; drafts each order and compares it with what was seen. */
async function draftAll(manager: EntityManager, disbursement: InstitutionDisbursement): Promise<Drafted | Refusal> {
  const { rows, amountFen, dueDate, at, batchId, city, fund } = disbursement;
  const sorted = [...rows].sort((a, b) => (a.institution < b.institution ? -1 : 1));
  if (rows.length === 0) return refusal('ORDER_NOTHING_PAYABLE');
  if (new Set(rows.map(({ institution }) => institution)).size !== rows.length) return refusal('FORM_INVALID', '同一机构列了两次。');
  if (dueDate < formatDate(at)) return refusal('PAYMENT_DATE_INVALID', '付款期限不得早于今天。');
  for (const row of sorted) {
    const account = await lockAccount(manager, row.institution, 'monthly');
    if (!account) return refusal('ACCOUNT_NOT_REVIEWED', `${row.institution} 没有经审核的结算账户。`);
    if (account.id !== row.payeeAccountId) return refusal('ACCOUNT_CHANGED', `${row.institution} 的结算账户已变更。`);
  }
  const key = { batchId, city, fund };
  const batch = await lockDues(manager, key);
  if (isRefusal(batch)) return batch;
  const covered = await coveredDues(manager, key);
  const owing = await owingDues(manager, city, fund);
  const drafts: { row: InstitutionRow; draft: InstitutionDraft }[] = [];
  for (const row of sorted) {
    const { institution } = row;
    const dues = await manager.find(XrInstitutionDue, { where: { ...key, institution }, order: { id: 'ASC' } });
    const draft = institutionDraft(dues, owing.filter((due) => due.institution === institution), covered);
    if (!draft) return refusal('ORDER_NOTHING_PAYABLE', `${institution} 没有可拨付的款项：清算中没有、已开单，或应收尚未到账。`);
    if (draft.payable !== row.payableFen || draft.deduction !== row.deductionFen) {
      return refusal('ORDER_AMOUNT_DIFFERS', `${institution} 应付 ${draft.payable} 分、扣回 ${draft.deduction} 分，请按清算结果改正。`);
    }
    drafts.push({ row, draft });
  }
  const sum = add(ZERO, ...drafts.map(({ draft }) => draft.due));
  if (sum !== amountFen) return refusal('ORDER_AMOUNT_DIFFERS', `各机构实拨合计 ${sum} 分，申请 ${amountFen} 分，相差 ${subtract(amountFen, sum)} 分。`);
  return { period: batch.period, drafts };
}

function fundingKey({ orderNo }: PaymentOrder): string {
  return `xr-order/${orderNo}/funding`;
}

