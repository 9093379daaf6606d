import { amountInWords } from '../../domain/amount-in-words';
import { fundName, type FundKey } from '../../domain/clearing/funds';
import { AGENCY_KINDS } from '../../domain/disbursement/agency';
import { ACCOUNT_PURPOSES, maskedAccount } from '../../domain/disbursement/bank-account';
import { ORDER_KINDS, ORDER_STATES, PAYMENT_STATES, STOP_REASONS } from '../../domain/disbursement/payment';
import type { CheckedPayable } from '../../activities/disbursement/month-check';
import { residualsOf } from '../../domain/disbursement/month-check';
import { LEVEL_NAMES, type UseRate } from '../../domain/xr-prepayment/use-rate';
import type { Agency, BankAccount, Payment, PaymentOrder, PaymentOrderLine, XrClearingBatch } from '../../store/entities';
import type { MoneyScope } from './scope';

export function viewPoolKey({ city, fund }: { readonly city: string; readonly fund: FundKey }, { nameOf }: MoneyScope) {
  return { city, cityName: nameOf(city), fund, fundName: fundName(fund) };
}

export function viewRate(period: string, { clearing, held, rate, level }: UseRate) {
  return { period, clearingFen: clearing, heldFen: held, rate, level, levelName: LEVEL_NAMES[level] };
}

/** Never the number itself: the last four digits are all that lists and copies show. */
export function viewAccount(row: BankAccount) {
  const { id, owner, division, purpose, version, holder, bankName, bankCode, tail, validFrom, reviewedBy, caseNo, at, replacedAt } = row;
  const accountMasked = maskedAccount(tail);
  return { id, owner, division, purpose, purposeName: ACCOUNT_PURPOSES[purpose], version, holder, bankName, bankCode, accountMasked, validFrom, reviewedBy, caseNo, current: replacedAt === null, at, replacedAt };
}

export function viewAgency({ id: _id, replacedAt, ...row }: Agency) {
  return { ...row, kindName: AGENCY_KINDS[row.kind], current: replacedAt === null };
}

export function viewOrder(row: PaymentOrder, { nameOf }: MoneyScope) {
  const { orderNo, kind, payer, payee, institution, fund, period, batchId, payableFen, deductionFen, reserveFen, drawnFen, dueFen, paidFen, receivedFen } = row;
  const { subject, dueDate, state, stopReason, caseNo, issuedAt, voidedAt } = row;
  return {
    orderNo, kind, kindName: ORDER_KINDS[kind], payer, payerName: nameOf(payer), payee, payeeName: nameOf(payee), institution, fund, fundName: fundName(fund), period, batch: batchId,
    payableFen, deductionFen, reserveFen, drawnFen, dueFen, dueText: amountInWords(dueFen), paidFen, receivedFen,
    subject, dueDate, state, stateName: ORDER_STATES[state], stopReason: stopReason === null ? null : STOP_REASONS[stopReason], caseNo, issuedAt, voidedAt,
  };
}

export function viewLine({ orderId: _orderId, payableId, ...row }: PaymentOrderLine) {
  return { ...row, payable: payableId };
}

export function viewPayment(row: Payment, traced: boolean, { nameOf }: MoneyScope) {
  const { paymentNo, payer, payee, institution, fund, receiptNo, paidOn, amountFen, state, receivedOn, bouncedOn, bounceReason, paidCaseNo, receivedCaseNo, at } = row;
  return {
    paymentNo, payer, payerName: nameOf(payer), payee, payeeName: nameOf(payee), institution, fund, fundName: fundName(fund), receiptNo, paidOn, amountFen, amountText: amountInWords(amountFen), state, stateName: PAYMENT_STATES[state],
    receivedOn, bouncedOn, bounceReason, traced, paidCaseNo, receivedCaseNo, at,
  };
}

/** A side is shown with the sums of what the person sees; a city sees its own side in full. */
export function viewMonthCheck({ id, period }: XrClearingBatch, rows: readonly CheckedPayable[], { has, nameOf }: MoneyScope) {
  const funds = [...new Set(rows.map(({ fund }) => fund))];
  const residuals = funds.flatMap((fund) =>
    residualsOf(rows.filter((row) => row.fund === fund))
      .filter(({ city }) => has(city))
      .map(({ side, city, clearing, confirmed, residual }) => ({ side, city, cityName: nameOf(city), fund, fundName: fundName(fund), clearingFen: clearing, confirmedFen: confirmed, residualFen: residual })),
  );
  const items = rows.map(({ payableId, clearing, drawn, confirmed, arrived, ...row }) => ({ payable: payableId, ...row, clearingFen: clearing, drawnFen: drawn, confirmedFen: confirmed, arrivedFen: arrived }));
  return { batch: id, period, equal: residuals.length === 0, residuals, items };
}
