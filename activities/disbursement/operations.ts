import type { EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import { isPurpose } from '../../domain/disbursement/bank-account';
import type { OrderKind } from '../../domain/disbursement/payment';
import { ZERO } from '../../domain/money';
import { isRefusal, refusal } from '../../domain/refusal';
import { Payment, PaymentOrder } from '../../store/entities';
import { issueOrderDocument } from '../documents/orders';
import { issuerOf } from '../documents/people';
import { voidDocumentAbout, type Voiding } from '../documents/void';
import type { OperationContext, RegisterOperation, RegisterOperations } from '../office-case/operations';
import { standingAccountOf } from './accounts';
import {
  disbursementProblem,
  dropFundRequest,
  forwardProblem,
  issueDisbursement,
  issueForward,
  requestFunds,
  voidDisbursement,
  voidProblem,
  type Disbursement,
} from './disburse';
import { institutionsProblem, issueInstitutions, voidInstitutionOrder, type InstitutionDisbursement } from './institutions';
import { fenIn, fundIn, integerIn, optionalFen, optionalText, rowsIn, textIn } from './form';
import { lockOrder, saveOrder } from './order-state';
import { bouncePayment, confirmPaid, standingPayment, transferProblem, undoPaid, type Transfer } from './payments';
import { arrivalProblem, confirmReceived, undoReceived, undoReceivedProblem, type Arrival, type ReceiptUndo } from './receipts';

function disbursementOf({ form, division, caseNo, now }: OperationContext): Disbursement {
  return {
    payer: division,
    batchId: textIn(form, 'batch'),
    fund: fundIn(form, 'fund'),
    payableFen: fenIn(form, 'payableFen'),
    drawFen: optionalFen(form, 'drawFen', null),
    withheld: rowsIn(form, 'withheld').map((row) => ({
      payableId: textIn(row, 'payable'),
      deduction: optionalFen(row, 'deductionFen', ZERO),
      reserve: optionalFen(row, 'reserveFen', ZERO),
    })),
    payeeAccountId: integerIn(form, 'payeeAccountId'),
    subject: optionalText(form, 'subject'),
    dueDate: textIn(form, 'dueDate'),
    caseNo,
    at: now,
  };
}

/** An order stands or falls with its printed form (拨付单). */
async function printed(manager: EntityManager, context: OperationContext, order: PaymentOrder | Refusal): Promise<{ result: object } | Refusal> {
  if (isRefusal(order)) return order;
  const document = await issueOrderDocument(manager, order, context);
  if (isRefusal(document)) return document;
  const { orderNo, payableFen, deductionFen, reserveFen, drawnFen, dueFen, state } = order;
  return { result: { orderNo, document: document.number, payableFen, deductionFen, reserveFen, drawnFen, dueFen, state } };
}

function shownPayment(payment: Payment | Refusal): { result: object } | Refusal {
  if (isRefusal(payment)) return payment;
  const { paymentNo, amountFen, state } = payment;
  return { result: { paymentNo, amountFen, state } };
}

/** 用款申请, before the order: asks for what the order may pay at most. */
const fundRequest: RegisterOperation = {
  check: (manager, context) => disbursementProblem(manager, disbursementOf(context)),
  apply: async (manager, context) => {
    const asked = await requestFunds(manager, disbursementOf(context), textIn(context.form, 'planNo'));
    return isRefusal(asked) ? asked : { result: asked };
  },
  compensate: (manager, { caseNo }) => dropFundRequest(manager, caseNo),
};

/** 拨付单 */
const order: RegisterOperation = {
  check: (manager, context) => disbursementProblem(manager, disbursementOf(context)),
  apply: async (manager, context) => printed(manager, context, await issueDisbursement(manager, disbursementOf(context))),
};

/** 转付单 */
const forward: RegisterOperation = {
  check: (manager, context) => forwardProblem(manager, forwardOf(context)),
  apply: async (manager, context) => printed(manager, context, await issueForward(manager, forwardOf(context))),
};

function forwardOf(context: OperationContext): Disbursement & { payee: string } {
  return { ...disbursementOf(context), payee: textIn(context.form, 'payee') };
}

function institutionsOf({ form, division, caseNo, now }: OperationContext): InstitutionDisbursement {
  return {
    batchId: textIn(form, 'batch'),
    city: division,
    fund: fundIn(form, 'fund'),
    amountFen: fenIn(form, 'amountFen'),
    rows: rowsIn(form, 'institutions').map((row) => ({
      institution: textIn(row, 'institution'),
      payableFen: fenIn(row, 'payableFen'),
      deductionFen: optionalFen(row, 'deductionFen', ZERO),
      payeeAccountId: integerIn(row, 'payeeAccountId'),
    })),
    subject: optionalText(form, 'subject'),
    dueDate: textIn(form, 'dueDate'),
    caseNo,
    at: now,
  };
}

/** 拨付定点机构: an order with its printed form for each institution. */
const institutions: RegisterOperation = {
  check: (manager, context) => institutionsProblem(manager, institutionsOf(context)),
  apply: async (manager, context) => {
    const issued = await issueInstitutions(manager, institutionsOf(context));
    if (isRefusal(issued)) return issued;
    const orders: object[] = [];
    for (const each of issued) {
      const document = await issueOrderDocument(manager, each, context);
      if (isRefusal(document)) return document;
      orders.push({ orderNo: each.orderNo, institution: each.institution, document: document.number, dueFen: each.dueFen });
    }
    return { result: { orders, dueFen: fenIn(context.form, 'amountFen') } };
  },
};

/** 审批撤销, 作废 of a disbursement, a 转付 or an order to an institution. */
const orderUndo: RegisterOperation = {
  check: async (manager, context) => {
    const found = await ownOrder(manager, context, DISBURSEMENTS);
    return isRefusal(found) ? found : voidProblem(manager, found);
  },
  apply: async (manager, context) => {
    const found = await ownOrder(manager, context, DISBURSEMENTS);
    if (isRefusal(found)) return found;
    const problem = found.kind === 'inst' ? await voidInstitutionOrder(manager, found, context.now) : await voidDisbursement(manager, found, context.now);
    if (problem) return problem;
    const document = await voidDocumentAbout(manager, 'disbursementOrder', found.orderNo, voidingOf(context));
    return { result: { orderNo: found.orderNo, document, state: 'void' } };
  },
};

const DISBURSEMENTS: readonly OrderKind[] = ['clearing', 'forward', 'inst'];

/** Who voids a printed form, when and why, as the case says it. */
export function voidingOf(context: OperationContext): Voiding {
  return { by: issuerOf(context), at: context.now, reason: textIn(context.form, 'reason').slice(0, 200) };
}

/** The order of that number among those of the case's division, locked. */
export async function ownOrder(manager: EntityManager, { form, division }: OperationContext, kinds: readonly OrderKind[]): Promise<PaymentOrder | Refusal> {
  const found = await lockOrder(manager, textIn(form, 'orderNo'));
  const owns = found && (found.payer === division || (found.kind === 'payIn' && found.payee === division));
  return found && owns && kinds.includes(found.kind) ? found : refusal('ORDER_NOT_FOUND');
}

/** 放行: the payee's account was looked at, and the order is paid to the version that holds now. */
const release: RegisterOperation = {
  check: async (manager, context) => {
    const released = await releaseOf(manager, context);
    return isRefusal(released) ? released : null;
  },
  apply: async (manager, context) => {
    const released = await releaseOf(manager, context);
    if (isRefusal(released)) return released;
    const { stopped, accountId } = released;
    await manager.update(PaymentOrder, { id: stopped.id }, { payeeAccountId: accountId });
    await saveOrder(manager, { ...stopped, payeeAccountId: accountId, stopReason: null });
    return { result: { orderNo: stopped.orderNo, payeeAccountId: accountId } };
  },
};

async function releaseOf(manager: EntityManager, { form, division }: OperationContext): Promise<{ stopped: PaymentOrder; accountId: number } | Refusal> {
  const orderNo = textIn(form, 'orderNo');
  const known = await manager.findOneBy(PaymentOrder, { orderNo, payer: division });
  if (!known) return refusal('ORDER_NOT_FOUND');
  const account = await standingAccountOf(manager, known.payeeAccountId);
  const stopped = await lockOrder(manager, orderNo);
  if (!stopped || stopped.stopReason === null) return refusal('ORDER_NOT_STOPPED');
  if (!account) return refusal('ACCOUNT_NOT_REVIEWED');
  if (account.id !== integerIn(form, 'payeeAccountId')) return refusal('ACCOUNT_CHANGED');
  const confirmed = account.id !== stopped.payeeAccountId || form['sameAccount'] === 'yes';
  return confirmed ? { stopped, accountId: account.id } : refusal('ACCOUNT_UNCHANGED');
}

function transferOf({ form, division, caseNo, now }: OperationContext): Transfer | Refusal {
  const purpose = form['payerAccount'];
  if (!isPurpose(purpose)) return refusal('ACCOUNT_INVALID');
  return {
    payer: division,
    receiptNo: textIn(form, 'receiptNo'),
    paidOn: textIn(form, 'paidOn'),
    amount: fenIn(form, 'amountFen'),
    purpose,
    splits: rowsIn(form, 'orders').map((row) => ({ orderNo: textIn(row, 'orderNo'), fen: fenIn(row, 'fen') })),
    remark: optionalText(form, 'remark'),
    caseNo,
    at: now,
  };
}

/** 付款确认 */
const paid: RegisterOperation = {
  check: async (manager, context) => {
    const transfer = transferOf(context);
    return isRefusal(transfer) ? transfer : transferProblem(manager, transfer);
  },
  apply: async (manager, context) => {
    const transfer = transferOf(context);
    return shownPayment(isRefusal(transfer) ? transfer : await confirmPaid(manager, transfer));
  },
};

/** 付款确认撤销 */
const paidUndo: RegisterOperation = {
  check: (manager, context) => payerProblem(manager, context),
  apply: async (manager, { form, division, now }) => shownPayment(await undoPaid(manager, textIn(form, 'paymentNo'), division, now)),
};

/** 退票 */
const bounced: RegisterOperation = {
  check: (manager, context) => payerProblem(manager, context),
  apply: async (manager, { form, division, now }) => {
    const bounce = { paymentNo: textIn(form, 'paymentNo'), payer: division, bouncedOn: textIn(form, 'bouncedOn'), reason: textIn(form, 'reason').slice(0, 200), at: now };
    return shownPayment(await bouncePayment(manager, bounce));
  },
};

async function payerProblem(manager: EntityManager, { form, division }: OperationContext): Promise<Refusal | null> {
  const payment = await standingPayment(manager, textIn(form, 'paymentNo'), 'payer', division);
  return isRefusal(payment) ? payment : null;
}

function arrivalOf({ form, division, caseNo, now }: OperationContext): Arrival {
  return { payee: division, paymentNo: textIn(form, 'paymentNo'), receivedOn: textIn(form, 'receivedOn'), amount: fenIn(form, 'amountFen'), caseNo, at: now };
}

/** 收款确认 */
const received: RegisterOperation = {
  check: (manager, context) => arrivalProblem(manager, arrivalOf(context)),
  apply: async (manager, context) => shownPayment(await confirmReceived(manager, arrivalOf(context))),
};

function receiptUndoOf({ form, division, now }: OperationContext): ReceiptUndo {
  return { paymentNo: textIn(form, 'paymentNo'), payer: textIn(form, 'payer'), payee: division, at: now };
}

/** 收款确认撤销 */
const receivedUndo: RegisterOperation = {
  check: (manager, context) => undoReceivedProblem(manager, receiptUndoOf(context)),
  apply: async (manager, context) => shownPayment(await undoReceived(manager, receiptUndoOf(context))),
};

export const disbursementOperations: RegisterOperations = {
  'disbursement.fundRequest': fundRequest,
  'disbursement.order': order,
  'disbursement.forward': forward,
  'disbursement.institutions': institutions,
  'disbursement.orderUndo': orderUndo,
  'disbursement.release': release,
  'payment.paid': paid,
  'payment.paidUndo': paidUndo,
  'payment.bounced': bounced,
  'payment.received': received,
  'payment.receivedUndo': receivedUndo,
};
