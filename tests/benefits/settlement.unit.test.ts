import { applyChange } from '../../domain/benefits/accumulators';
import { brokenInvariants } from '../../domain/benefits/invariants';
import { computeSettlement } from '../../domain/benefits/settlement';
import { applyDeposit, invoiceSplit } from '../../domain/benefits/sheet';
import { fen, formatYuanGrouped as yuan, parseYuan } from '../../domain/money';
import { fundSumOnWire } from '../../domain/national/fund-sum';
import { cases, inputOf, inScopeOnly, microCases, settleCase, splitOracleLine, sumsOf, ytdOf } from './oracle';

describe.each(cases)('case $id: $what', (one) => {
  const lines = one.lines.filter((line) => !('refused' in line));
  const result = settleCase(one.id);

  test.each(lines)('line $feedetl_sn $name is split as on the page', (line) => {
    const { selfpay_prop: _ratio, ...split } = splitOracleLine(line);
    const { det_item_fee_sumamt, fulamt_ownpay_amt, overlmt_amt, preselfpay_amt, inscp_scp_amt } = line;
    expect(split).toEqual({ det_item_fee_sumamt, fulamt_ownpay_amt, overlmt_amt, preselfpay_amt, inscp_scp_amt });
  });

  test('every amount of SETLINFO', () => {
    expect({ ...result.amounts, pool_prop_selfpay: result.poolPropSelfpay }).toEqual(one.setlinfo);
  });

  test('fund rows, which add up to the fund sum', () => {
    const rows = result.funds.map(({ fund_pay_type, fund_pay_type_name: name, fund_payamt }) => ({ fund_pay_type, name, fund_payamt }));
    expect(rows).toEqual(one.setldetail);
    expect(brokenInvariants(result.amounts, result.funds)).toEqual([]);
  });

  test('segments and tiers with base, ratio and result', () => {
    const computed = result.steps
      .filter((step) => ['poolSegment', 'seriousIllnessTier', 'aid'].includes(step.kind))
      .map((step) => [yuan(step.base), Number(step.ratio), yuan(step.result)]);
    const expected = one.steps.map((step) => [
      yuan(parseYuan('base' in step ? (step.base ?? '') : (step.amount ?? ''))),
      Number(step.ratio),
      yuan(parseYuan(step.fund)),
    ]);
    expect(computed).toEqual(expected);
  });

  test('sheet, deposit and accumulators after', () => {
    const { invoice, deposit, ytdAfter } = one.derived;
    expect(invoiceSplit(result.amounts)).toEqual({
      selfPay: invoice.个人自付,
      ownPay: invoice.个人自费,
      deductible: invoice.其中起付线,
    });
    expect(applyDeposit(fen(deposit.paidFen), result.amounts.psn_cash_pay)).toEqual({
      applied: deposit.appliedFen,
      refund: deposit.refundFen,
      topUp: deposit.topUpFen,
    });
    const after = applyChange(ytdOf(one.person), result.change);
    expect(after).toMatchObject({
      poolFen: ytdAfter.poolFen,
      burdenFen: ytdAfter.burdenFen ?? 0,
      seriousFen: ytdAfter.seriousFen,
      aidFen: ytdAfter.aidFen,
      admissions: ytdAfter.admissions,
    });
    expect(fundSumOnWire({ accountInFundSum: true }, result.amounts.fund_pay_sumamt, result.amounts.acct_pay)).toBe(one.derived.fund_pay_sumamt_profile_inside);
  });
});

test.each(microCases)('$id $rule', ({ person, inscpFen, expect: expected }) => {
  const { amounts, funds } = computeSettlement(inputOf(person, inScopeOnly(inscpFen)));
  expect(amounts).toMatchObject(expected);
  expect(brokenInvariants(amounts, funds)).toEqual([]);
});

test('a refused line reaches no total', () => {
  const stay = cases.find((one) => one.id === 'A');
  if (!stay) throw new Error('case A is missing');
  const accepted = stay.lines.filter((line) => !('refused' in line));
  expect(stay.lines.length - accepted.length).toBe(1);
  expect(sumsOf(stay.lines)).toEqual(sumsOf(accepted));
});

test('the steps of case A read like a calculation on paper', () => {
  expect(settleCase('A').steps.map((step) => step.text)).toEqual([
    '起付线 800.00，本次支付 800.00',
    '统筹 800.00–10,000.00：9,200.00 × 87% = 8,004.00',
    '统筹 10,000.00–15,700.63：5,700.63 × 92% = 5,244.58',
    '个人账户余额 1,500.00，可用于 4,667.85，支付 1,500.00',
    '个人现金 = 7,938.85 − 1,500.00 − 0.00 = 6,438.85',
  ]);
});
