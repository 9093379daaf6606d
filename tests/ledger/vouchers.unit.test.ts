import type { FundRow } from '../../domain/benefits/invariants';
import type { SettlementAmounts } from '../../domain/admission/types';
import {
  accountName,
  depositApplicationEntry,
  depositEntry,
  depositRefundEntry,
  fundAccount,
  isAccount,
  mirrored,
  settlementEntry,
  topUpEntry,
  VoucherError,
  type LedgerLine,
} from '../../domain/ledger';
import { fen, type Fen } from '../../domain/money';

const NONE = {
  fulamt_ownpay_amt: 0, overlmt_selfpay: 0, preselfpay_amt: 0, inscp_scp_amt: 0, act_pay_dedc: 0, hifp_pay: 0, cvlserv_pay: 0,
  hifes_pay: 0, hifmi_pay: 0, hifob_pay: 0, hifdm_pay: 0, maf_pay: 0, oth_pay: 0, balc: 0,
};

/** medfee = fund + part + hospital; part = account (+ family) + cash. Fen. */
function amounts(medfee: number, fund: number, part: number, account: number, family: number, cash: number, hospital: number): SettlementAmounts {
  return {
    ...NONE, medfee_sumamt: medfee, fund_pay_sumamt: fund, psn_part_amt: part,
    acct_pay: account, acct_mulaid_pay: family, psn_cash_pay: cash, hosp_part_amt: hospital,
  } as unknown as SettlementAmounts;
}

function rows(...pairs: readonly [string, number][]): FundRow[] {
  return pairs.map(([fund_pay_type, amount]) => ({ fund_pay_type, fund_payamt: amount as Fen }));
}

function written(lines: readonly LedgerLine[]): string {
  return lines.map(({ account, amount }) => `${account} ${amount > 0 ? '+' : ''}${amount}`).join(' | ');
}

describe('settlement entry', () => {
  // what                                    medfee   fund    part   acct family   cash  hosp   funds                                     entry
  test.each<[string, SettlementAmounts, FundRow[], string]>([
    ['one fund, cash',               amounts(100000, 70000, 30000,     0,    0, 30000,    0), rows(['310100', 70000]),                     'fund:310100 +70000 | patient:receivable +30000 | income:medical -100000'],
    ['two funds',                    amounts(100000, 80000, 20000,     0,    0, 20000,    0), rows(['390100', 70000], ['390200', 10000]),  'fund:390100 +70000 | fund:390200 +10000 | patient:receivable +20000 | income:medical -100000'],
    ['rows of one fund are one',     amounts(100000, 80000, 20000,     0,    0, 20000,    0), rows(['310100', 70000], ['310100', 10000]),  'fund:310100 +80000 | patient:receivable +20000 | income:medical -100000'],
    ['personal account',             amounts(100000, 70000, 30000, 12000,    0, 18000,    0), rows(['310100', 70000]),                     'fund:310100 +70000 | account:personal +12000 | patient:receivable +18000 | income:medical -100000'],
    ['account rows are no fund',     amounts(100000, 70000, 30000, 12000,    0, 18000,    0), rows(['310100', 70000], ['310200', 12000]),  'fund:310100 +70000 | account:personal +12000 | patient:receivable +18000 | income:medical -100000'],
    ['cash rows are no fund',        amounts(100000, 70000, 30000,     0,    0, 30000,    0), rows(['310100', 70000], ['999998', 30000]),  'fund:310100 +70000 | patient:receivable +30000 | income:medical -100000'],
    ['family account beside',        amounts(100000, 70000, 30000, 12000, 5000, 13000,    0), rows(['310100', 70000]),                     'fund:310100 +70000 | account:personal +12000 | account:family +5000 | patient:receivable +13000 | income:medical -100000'],
    ['family account within',        amounts(100000, 70000, 30000, 12000, 5000, 18000,    0), rows(['310100', 70000]),                     'fund:310100 +70000 | account:personal +7000 | account:family +5000 | patient:receivable +18000 | income:medical -100000'],
    ['hospital carries a part',      amounts(100000, 70000, 28000,     0,    0, 28000, 2000), rows(['310100', 70000]),                     'fund:310100 +70000 | patient:receivable +28000 | hospital:share +2000 | income:medical -100000'],
    ['funds pay all',                amounts(100000,100000,     0,     0,    0,     0,    0), rows(['390100', 90000], ['610100', 10000]),  'fund:390100 +90000 | fund:610100 +10000 | income:medical -100000'],
    ['no fund, no rows',             amounts( 50000,     0, 50000,     0,    0, 50000,    0), [],                                          'patient:receivable +50000 | income:medical -50000'],
    ['fund total without its parts', amounts(100000, 70000, 30000,     0,    0, 30000,    0), [],                                          'fund:unspecified +70000 | patient:receivable +30000 | income:medical -100000'],
    ['one fen',                      amounts(     1,     1,     0,     0,    0,     0,    0), rows(['310100', 1]),                         'fund:310100 +1 | income:medical -1'],
    ['nothing',                      amounts(     0,     0,     0,     0,    0,     0,    0), [],                                          'patient:receivable 0 | income:medical 0'],
  ])('%s', (_, settled, funds, entry) => {
    expect(written(settlementEntry(settled, funds))).toBe(entry);
    expect(settlementEntry(settled, funds).reduce((sum, line) => sum + line.amount, 0)).toBe(0);
  });

  test.each<[string, SettlementAmounts, FundRow[]]>([
    ['parts below the total',       amounts(100000, 70000, 29999,     0,    0, 29999,    0), rows(['310100', 70000])],
    ['parts above the total',       amounts(100000, 70000, 30000,     0,    0, 30000,    1), rows(['310100', 70000])],
    ['fund rows below their sum',   amounts(100000, 70000, 30000,     0,    0, 30000,    0), rows(['310100', 69999])],
    ['a fund row that is missing',  amounts(100000, 70000, 30000,     0,    0, 30000,    0), rows(['310100', 60000], ['310200', 10000])],
    ['accounts beyond the part',    amounts(100000, 70000, 30000, 12000,    0, 18001,    0), rows(['310100', 70000])],
    ['family neither in nor beside', amounts(100000, 70000, 30000, 12000, 5000, 15000,    0), rows(['310100', 70000])],
  ])('%s is refused', (_, settled, funds) => {
    expect(() => settlementEntry(settled, funds)).toThrow(VoucherError);
  });
});

describe('deposit entries', () => {
  test.each([
    ['received', depositEntry(fen(800000)),            'cash +800000 | patient:deposit -800000'],
    ['applied',  depositApplicationEntry(fen(300000)), 'patient:deposit +300000 | patient:receivable -300000'],
    ['refunded', depositRefundEntry(fen(500000)),      'patient:deposit +500000 | cash -500000'],
    ['topped up', topUpEntry(fen(1)),                  'cash +1 | patient:receivable -1'],
    ['mirrored', mirrored(depositEntry(fen(800000))),  'cash -800000 | patient:deposit +800000'],
  ])('%s', (_, lines, entry) => {
    expect(written(lines)).toBe(entry);
  });

  test.each([0, -1])('an amount of %i fen is refused', (amount) => {
    for (const build of [depositEntry, depositRefundEntry, depositApplicationEntry, topUpEntry]) {
      expect(() => build(fen(amount))).toThrow(RangeError);
    }
  });
});

test('accounts have Chinese names', () => {
  expect([accountName('cash'), accountName('fund:310100'), accountName('fund:999109')]).toEqual([
    '现金及银行收款', '应收医保基金 职工基本医疗保险统筹基金', expect.stringContaining('应收医保基金'),
  ]);
  expect(() => accountName('fund:')).toThrow(RangeError);
  expect(() => fundAccount('')).toThrow(RangeError);
  expect(['cash', 'fund:390200', 'toString', 'fund:x y', ''].map(isAccount)).toEqual([true, true, false, false, false]);
});
