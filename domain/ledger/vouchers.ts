import { familyWithin, isAccountRow, type FundRow } from '../benefits/invariants';
import type { SettlementAmounts } from '../admission/types';
import { add, negate, subtract, ZERO, type Fen } from '../money';
import { fundAccount, type Account } from './accounts';

/** A line of a journal entry: debit positive, credit negative, fen. */
export interface LedgerLine {
  readonly account: Account;
  readonly amount: Fen;
}

/** Amounts of a settlement that cannot be posted because their parts do not sum to their total. */
export class VoucherError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'VoucherError';
  }
}

/** Rows of setldetail that repeat what the patient pays in cash; no fund owes them. */
const PATIENT_ROWS: ReadonlySet<string> = new Set(['999998', '999999']);

/** 收预交金: cash comes in and is owed to the patient. */
export function depositEntry(amount: Fen): LedgerLine[] {
  return transfer('cash', 'patient:deposit', amount);
}

/** 退预交金: what is owed to the patient is paid back. */
export function depositRefundEntry(amount: Fen): LedgerLine[] {
  return transfer('patient:deposit', 'cash', amount);
}

/** 预交金抵扣: the deposit pays the patient's part. */
export function depositApplicationEntry(amount: Fen): LedgerLine[] {
  return transfer('patient:deposit', 'patient:receivable', amount);
}

/** 补缴: the patient pays what the deposit did not cover. */
export function topUpEntry(amount: Fen): LedgerLine[] {
  return transfer('cash', 'patient:receivable', amount);
}

/**
 * 结算: every fen of the bill is owed by a fund (one line a fund_pay_type), the personal or a family member's account,
 * the patient, or carried by the hospital; together they are the medical income. `amounts` is in the outside reading of
 * fund_pay_sumamt. Throws VoucherError when a part does not sum to its total (M5, M6, M8).
 */
export function settlementEntry(amounts: SettlementAmounts, funds: readonly FundRow[]): LedgerLine[] {
  requireEqual('基金＋个人＋医院＝总额', add(amounts.fund_pay_sumamt, amounts.psn_part_amt, amounts.hosp_part_amt), amounts.medfee_sumamt);
  const account = accountParts(amounts);
  const lines: LedgerLine[] = [
    ...fundLines(amounts.fund_pay_sumamt, funds),
    { account: 'account:personal', amount: account.personal },
    { account: 'account:family', amount: account.family },
    { account: 'patient:receivable', amount: amounts.psn_cash_pay },
    { account: 'hospital:share', amount: amounts.hosp_part_amt },
    { account: 'income:medical', amount: negate(amounts.medfee_sumamt) },
  ];
  const moving = lines.filter((line) => line.amount !== 0);
  requireEqual('借贷相等', add(...moving.map((line) => line.amount)), ZERO);
  // A bill of nothing (all lines returned) still leaves an entry that can be found and mirrored.
  return moving.length > 0 ? moving : lines.filter(({ account: name }) => name === 'patient:receivable' || name === 'income:medical');
}

/** The same lines with their signs turned. */
export function mirrored(lines: readonly LedgerLine[]): LedgerLine[] {
  return lines.map(({ account, amount }) => ({ account, amount: negate(amount) }));
}

/** One line a fund, rows of the same fund together, in the order of the answer. */
function fundLines(total: Fen, funds: readonly FundRow[]): LedgerLine[] {
  const owed = new Map<Account, Fen>();
  for (const row of funds) {
    if (isAccountRow(row.fund_pay_type) || PATIENT_ROWS.has(row.fund_pay_type)) continue;
    const account = fundAccount(row.fund_pay_type);
    owed.set(account, add(owed.get(account) ?? ZERO, row.fund_payamt));
  }
  if (owed.size === 0) return [{ account: 'fund:unspecified', amount: total }];
  requireEqual('基金明细之和＝基金支付总额', add(...owed.values()), total);
  return [...owed].map(([account, amount]) => ({ account, amount }));
}

function accountParts(amounts: SettlementAmounts): { personal: Fen; family: Fen } {
  const { acct_pay, acct_mulaid_pay, psn_cash_pay, psn_part_amt } = amounts;
  const within = familyWithin(amounts);
  if (!within) requireEqual('个账＋共济＋现金＝个人负担', add(acct_pay, acct_mulaid_pay, psn_cash_pay), psn_part_amt);
  return { personal: within ? subtract(acct_pay, acct_mulaid_pay) : acct_pay, family: acct_mulaid_pay };
}

function transfer(debit: Account, credit: Account, amount: Fen): LedgerLine[] {
  if (amount <= 0) throw new RangeError(`an amount to post is positive, not ${amount} fen`);
  return [
    { account: debit, amount },
    { account: credit, amount: negate(amount) },
  ];
}

function requireEqual(rule: string, left: Fen, right: Fen): void {
  if (left !== right) throw new VoucherError(`${rule}：${left} 分 ≠ ${right} 分`);
}
