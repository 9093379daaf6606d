import { familyWithin } from '../benefits/invariants';
import { invoiceSplit } from '../benefits/sheet';
import { add, formatYuanGrouped as yuan, subtract, type Fen } from '../money';
import { depositBalance, movementsBefore } from './deposits';
import type { DepositMovement, SheetInput, SheetSettlement } from './input';
import type { SumRow } from './model';

const METHODS: Readonly<Record<string, string>> = { cash: '现金', card: '银行卡', wechat: '微信', alipay: '支付宝', transfer: '转账' };

const row = (label: string, amount: Fen, how = '', level: SumRow['level'] = 0): SumRow => ({ label, amount, how, level });

/** How the total falls on funds, hospital and person. */
export function burdenRows(settlement: SheetSettlement): SumRow[] {
  const s = settlement;
  const { selfPay, ownPay, deductible } = invoiceSplit(s);
  const hospital = s.hosp_part_amt === 0 ? [] : [row('医院负担', s.hosp_part_amt, '由医疗机构承担，患者不付')];
  const lessHospital = s.hosp_part_amt === 0 ? '' : ` − 医院负担 ${yuan(s.hosp_part_amt)}`;
  const aided = s.maf_pay > 0 ? '医疗救助支付前的起付线' : '含在个人自付内';
  return [
    row(
      '医疗费总额',
      s.medfee_sumamt,
      `全自费 ${yuan(s.fulamt_ownpay_amt)} ＋ 超限价 ${yuan(s.overlmt_selfpay)} ＋ 先行自付 ${yuan(s.preselfpay_amt)} ＋ 符合范围 ${yuan(s.inscp_scp_amt)}`,
    ),
    row('基金支付合计', s.fund_pay_sumamt, '见基金支付'),
    ...hospital,
    row('个人负担合计', s.psn_part_amt, `总额 ${yuan(s.medfee_sumamt)} − 基金 ${yuan(s.fund_pay_sumamt)}${lessHospital}`),
    row('个人自付', selfPay, `符合范围 ${yuan(s.inscp_scp_amt)} ＋ 先行自付 ${yuan(s.preselfpay_amt)} − 基金 ${yuan(s.fund_pay_sumamt)}${lessHospital}`, 1),
    row('个人自负（起付线）', deductible, aided, 1),
    row('个人自费', ownPay, `全自费 ${yuan(s.fulamt_ownpay_amt)} ＋ 超限价 ${yuan(s.overlmt_selfpay)}`, 1),
  ];
}

/** How the person's share is paid, and what becomes of the deposit. */
export function paymentRows(input: Pick<SheetInput, 'settlement' | 'deposits' | 'earlierAlike'>): SumRow[] {
  const s = input.settlement;
  const within = familyWithin(s);
  const before = movementsBefore(input.deposits, s, input.earlierAlike);
  const deposit = depositBalance(before);
  const left = subtract(subtract(deposit, s.depositApplied), s.depositRefund);
  const family = within || s.acct_mulaid_pay === 0 ? '' : ` − 共济 ${yuan(s.acct_mulaid_pay)}`;
  return [
    row('个人账户支付', s.acct_pay, `支付前 ${yuan(add(s.balc, ownAccount(s, within)))}，支付后余额 ${yuan(s.balc)}`),
    familyRow(s.acct_mulaid_pay, within),
    row('个人现金支付', s.psn_cash_pay, `个人负担 ${yuan(s.psn_part_amt)} − 个人账户 ${yuan(s.acct_pay)}${family}`),
    row('预交金', deposit, receiptsText(before)),
    row('预交金抵扣', s.depositApplied, '用于个人现金支付', 1),
    ...(s.kind === 'interim' && left !== 0 ? [row('结转继续使用', left, '中途结算不退预交金', 1)] : []),
    row('应退预交金', s.depositRefund, s.depositRefund === 0 ? '' : `预交金 ${yuan(deposit)} − 抵扣 ${yuan(s.depositApplied)}`),
    row('应补交现金', s.topUp, s.topUp === 0 ? '' : `现金 ${yuan(s.psn_cash_pay)} − 抵扣 ${yuan(s.depositApplied)}`),
  ];
}

function familyRow(paid: Fen, within: boolean): SumRow {
  if (paid === 0) return row('家庭共济账户支付', paid);
  return within ? row('家庭共济账户支付', paid, '含在个人账户支付内', 1) : row('家庭共济账户支付', paid, '由家庭成员的个人账户支付');
}

/** What the person's own account paid: the family's part is no money of it. */
function ownAccount(s: SheetSettlement, within: boolean): Fen {
  return within ? subtract(s.acct_pay, s.acct_mulaid_pay) : s.acct_pay;
}

const MOST_RECEIPTS = 6;

function receiptsText(movements: readonly DepositMovement[]): string {
  const undone = movements.map(({ kind }) => kind).lastIndexOf('restored');
  const since = undone >= 0 ? [`撤销结算恢复 ${yuan(depositBalance(movements.slice(0, undone + 1)))}`] : [];
  const own = movements.slice(undone + 1).map(({ kind, amountFen, method, at }) => {
    const what = kind === 'received' ? '' : kind === 'refunded' ? '退 ' : '抵扣 ';
    return `${at.slice(5, 10)} ${what}${method === null ? '' : (METHODS[method] ?? method)} ${yuan(amountFen)}`;
  });
  const told = [...since, ...own];
  return told.length > MOST_RECEIPTS ? `${told.length} 笔收退的余额` : told.join('；');
}
