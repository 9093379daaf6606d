import { isFund, type FundKey } from '../clearing/funds';

/**
 * Accounts in the books of agencies (经办机构), kept per fund (`FISCAL:residentPool`) and, where it matters with whom, per
 * agency on the other side (`PREPAY:residentPool:990100`). Funds never share an account, so no entry can mix them.
 */
export const AGENCY_ACCOUNTS = {
  /** 应付: what this agency owes the other one. Credit. */
  XR_PAYABLE: '应付异地款',
  /** 应收: what the other one owes it. Debit. */
  XR_RECEIVABLE: '应收异地款',
  /** At a city what it paid ahead (debit); at the province what it holds for that city (credit). */
  PREPAY: '异地预付金',
  FISCAL: '财政专户存款',
  EXPEND: '支出户存款',
  INCOME: '收入户存款',
  PROVINCE_CLEARING: '省级清算户存款',
  FUND_EXPENSE: '异地就医基金支出',
  /** What a care place has paid its institutions for the insured of other places, less what clearings made others owe it for that. Zero when all is paid. */
  XR_ADVANCED: '垫付异地就医款',
  /** Paid by this agency and not yet confirmed by the receiver: per agency, and for all institutions together. */
  IN_TRANSIT: '在途资金',
  /** Contributions paid at tax and not arrived yet. Debit. */
  TAX_TRANSIT: '税务征收在途款',
  /** The other side of it while no income was booked (收入登账): paid for a levy. Credit. */
  CONTRIB_COLLECTED: '待登账保费',
  /** As that, paid without a receivable (无应收缴费). Credit. */
  CONTRIB_UNMATCHED: '待查缴费',
} as const;

export type AgencyAccountName = keyof typeof AGENCY_ACCOUNTS;
export type AgencyAccount = `${AgencyAccountName}:${string}`;

const AGENCY_ACCOUNT = new RegExp(`^(${Object.keys(AGENCY_ACCOUNTS).join('|')}):([A-Za-z]+)(?::([0-9]{6}))?$`);

/** `counterparty` is the six-digit division of the other agency. Throws RangeError for what is no such account. */
export function agencyAccount(name: AgencyAccountName, fund: FundKey, counterparty?: string): AgencyAccount {
  const account: AgencyAccount = `${name}:${fund}${counterparty === undefined ? '' : `:${counterparty}`}`;
  if (!isAgencyAccount(account)) throw new RangeError(`not an account of an agency: ${JSON.stringify(account)}`);
  return account;
}

export function isAgencyAccount(text: string): text is AgencyAccount {
  return partsOfAgencyAccount(text) !== null;
}

/** Parts of an agency's account, or null when the text is none. */
export function partsOfAgencyAccount(text: string): { name: AgencyAccountName; fund: FundKey; counterparty: string | null } | null {
  const [, name, fund, counterparty] = AGENCY_ACCOUNT.exec(text) ?? [];
  if (fund === undefined || !isFund(fund)) return null;
  return { name: name as AgencyAccountName, fund, counterparty: counterparty ?? null };
}
