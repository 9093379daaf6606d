import { codeTables } from '../../schemas/national/code-tables';
import { fundName } from '../clearing/funds';
import { AGENCY_ACCOUNTS, isAgencyAccount, partsOfAgencyAccount, type AgencyAccount } from './agency-accounts';

/** Accounts with a fixed name. Debit is positive: an asset grows with it, a liability or income shrinks. */
export const ACCOUNTS = {
  cash: '现金及银行收款',
  'patient:receivable': '应收患者现金',
  'patient:deposit': '预收患者预交金',
  'account:personal': '应收个人账户',
  'account:family': '应收个人账户共济',
  'hospital:share': '医院负担',
  'income:medical': '医疗收入',
  /** The centre gave a fund total without its parts. */
  'fund:unspecified': '应收医保基金（未分项）',
} as const;

export type FixedAccount = keyof typeof ACCOUNTS;
/** Receivable from one fund, by its fund_pay_type: `fund:310100`. */
export type FundAccount = `fund:${string}`;
export type Account = FixedAccount | FundAccount | AgencyAccount;

const FUND_ACCOUNT = /^fund:([0-9A-Za-z]{1,6})$/;

export function fundAccount(fundPayType: string): FundAccount {
  const account = `fund:${fundPayType}` as const;
  if (!FUND_ACCOUNT.test(account)) throw new RangeError(`not a fund_pay_type: ${JSON.stringify(fundPayType)}`);
  return account;
}

export function isAccount(text: string): text is Account {
  return Object.hasOwn(ACCOUNTS, text) || FUND_ACCOUNT.test(text) || isAgencyAccount(text);
}

/** Chinese name of an account, for vouchers and books. Throws RangeError when there is no such account. */
export function accountName(account: string): string {
  if (Object.hasOwn(ACCOUNTS, account)) return ACCOUNTS[account as FixedAccount];
  const agency = partsOfAgencyAccount(account);
  if (agency) return [AGENCY_ACCOUNTS[agency.name], fundName(agency.fund), agency.counterparty].filter((part) => part !== null).join(' ');
  const fundPayType = FUND_ACCOUNT.exec(account)?.[1];
  if (fundPayType === undefined) throw new RangeError(`no such account: ${JSON.stringify(account)}`);
  return `应收医保基金 ${codeTables['fund_pay_type']?.values[fundPayType] ?? fundPayType}`;
}
