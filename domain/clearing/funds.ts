/**
 * The funds (基金) that cross-region money is owed by. They never share a sum: a line, a payable, a document belongs to one.
 * `codes` are those of `fund_pay_type` (schemas/national/code-tables.ts); `no` stands for the fund in rows that are many and
 * narrow, and never changes.
 */
export const FUNDS = {
  employeePool: { no: 1, zh: '职工统筹', en: 'Employee pool', codes: ['310100', '310101'] },
  account: { no: 2, zh: '个人账户', en: 'Personal account', codes: ['310200', '310201', '390500'] },
  civilServant: { no: 3, zh: '公务员补助', en: 'Civil servant subsidy', codes: ['320100', '320101', '320200'] },
  largeAmount: { no: 4, zh: '职工大额', en: 'Large amounts', codes: ['330100', '330101'] },
  residentPool: { no: 5, zh: '居民统筹', en: 'Resident pool', codes: ['390100', '390101'] },
  seriousIllness: { no: 6, zh: '居民大病', en: 'Serious illness', codes: ['390200', '390201'] },
  aid: { no: 7, zh: '医疗救助', en: 'Medical aid', codes: ['610100', '610101'] },
  maternity: { no: 8, zh: '生育', en: 'Maternity', codes: ['510100', '510101'] },
  other: {
    no: 9,
    zh: '其他基金',
    en: 'Other funds',
    codes: [
      '310500', '330200', '340100', '340200', '350100', '360100', '370100', '370200', '390400', '410100', '610200', '640100', '910100',
      '999997',
    ],
  },
} as const satisfies Record<string, { no: number; zh: string; en: string; codes: readonly string[] }>;

export type FundKey = keyof typeof FUNDS;

/** All funds in the order in which tables and documents show them. */
export const FUND_KEYS = Object.keys(FUNDS) as readonly FundKey[];

/** Parts of a settlement that nobody owes across regions: the hospital's own share and the patient's. */
const NOT_OWED: ReadonlySet<string> = new Set(['630100', '999998', '999999']);

const BY_CODE: ReadonlyMap<string, FundKey> = new Map(FUND_KEYS.flatMap((fund) => FUNDS[fund].codes.map((code) => [code, fund] as const)));

/** The fund of a `fund_pay_type`; `notOwed` for the hospital's and the patient's own parts; null for a code not in the list. */
export function fundOf(fundPayType: string): FundKey | 'notOwed' | null {
  return BY_CODE.get(fundPayType) ?? (NOT_OWED.has(fundPayType) ? 'notOwed' : null);
}

export function isFund(text: string): text is FundKey {
  return Object.hasOwn(FUNDS, text);
}

/** Chinese name of a fund. Throws RangeError when there is no such fund. */
export function fundName(fund: string): string {
  if (!isFund(fund)) throw new RangeError(`no such fund: ${JSON.stringify(fund)}`);
  return FUNDS[fund].zh;
}

/** The fund of a number. Throws RangeError when there is none. */
export function fundOfNo(no: number): FundKey {
  const fund = FUND_KEYS.find((key) => FUNDS[key].no === no);
  if (!fund) throw new RangeError(`no fund of number ${no}`);
  return fund;
}
