/** The sums that must hold in every settlement answer (amounts in the outside reading: account not in fund_pay_sumamt). */
import type { SettlementAmounts } from '../admission/types';
import { add, formatYuanGrouped as yuan, type Fen } from '../money';

export type InvariantId = 'M3' | 'M4' | 'M5' | 'M6' | 'M8' | 'negative';

export interface BrokenInvariant {
  readonly id: InvariantId;
  readonly message: string;
}

/** A row of setldetail. */
export interface FundRow {
  readonly fund_pay_type: string;
  readonly fund_payamt: Fen;
}

/** Codes of setldetail rows that are no fund: personal and family accounts. */
const ACCOUNT_ROWS: ReadonlySet<string> = new Set(['310200', '310201', '390500']);

/** Whether a row of setldetail is an account row, which is no fund money. */
export function isAccountRow(fundPayType: string): boolean {
  return ACCOUNT_ROWS.has(fundPayType);
}

/** Some platforms count the family member's account within acct_pay, some beside it (M6); psn_part_amt tells which. */
export function familyWithin(amounts: Pick<SettlementAmounts, 'acct_pay' | 'psn_cash_pay' | 'psn_part_amt'>): boolean {
  return add(amounts.acct_pay, amounts.psn_cash_pay) === amounts.psn_part_amt;
}

/**
 * Lists the invariants that do not hold; empty when all do. Rows are checked when there are any, since pure cash
 * settlements may come without.
 */
export function brokenInvariants(amounts: SettlementAmounts, rows: readonly FundRow[] = []): BrokenInvariant[] {
  const broken: BrokenInvariant[] = [];
  const expect = (id: InvariantId, what: string, left: Fen, right: Fen): void => {
    if (left !== right) broken.push({ id, message: `${what}：${yuan(left)} ≠ ${yuan(right)}` });
  };
  const a = amounts;
  expect(
    'M3',
    '全自费 + 超限价 + 先自付 + 符合范围 = 医疗费总额',
    add(a.fulamt_ownpay_amt, a.overlmt_selfpay, a.preselfpay_amt, a.inscp_scp_amt),
    a.medfee_sumamt,
  );
  expect(
    'M4',
    '各基金之和 = 基金支付总额',
    add(a.hifp_pay, a.cvlserv_pay, a.hifes_pay, a.hifmi_pay, a.hifob_pay, a.hifdm_pay, a.maf_pay, a.oth_pay),
    a.fund_pay_sumamt,
  );
  expect(
    'M5',
    '基金 + 个人负担 + 医院负担 = 医疗费总额',
    add(a.fund_pay_sumamt, a.psn_part_amt, a.hosp_part_amt),
    a.medfee_sumamt,
  );
  const accounts = familyWithin(a) ? a.acct_pay : add(a.acct_pay, a.acct_mulaid_pay);
  expect('M6', '个人账户 + 共济账户 + 现金 = 个人负担', add(accounts, a.psn_cash_pay), a.psn_part_amt);
  const funds = rows.filter((row) => !isAccountRow(row.fund_pay_type));
  if (funds.length > 0) {
    expect('M8', '基金分项之和 = 基金支付总额', add(...funds.map((row) => row.fund_payamt)), a.fund_pay_sumamt);
  }
  const negative = Object.entries(a).filter(([, amount]: [string, Fen]) => amount < 0);
  for (const [name] of negative) broken.push({ id: 'negative', message: `${name} 为负数` });
  return broken;
}
