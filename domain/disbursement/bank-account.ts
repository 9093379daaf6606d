/** What an account of an agency or institution is for. `monthly`: 两定月结算. */
export const ACCOUNT_PURPOSES = { clearing: '清算', prepay: '预付金', monthly: '两定月结算' } as const;
export type AccountPurpose = keyof typeof ACCOUNT_PURPOSES;

export type AccountProblem = 'accountNo' | 'bankCode' | 'holder' | 'bankName' | 'purpose';

/** Chinese account numbers have 8 to 32 digits; parts are told apart by nothing. */
const ACCOUNT_NO = /^[0-9]{8,32}$/;
/** 联行号 of the payment system. */
const BANK_CODE = /^[0-9]{12}$/;

/** What of an account is not in form, or null. */
export function accountProblem(account: {
  readonly accountNo: unknown;
  readonly bankCode: unknown;
  readonly holder: unknown;
  readonly bankName: unknown;
  readonly purpose: unknown;
}): AccountProblem | null {
  if (typeof account.accountNo !== 'string' || !ACCOUNT_NO.test(account.accountNo)) return 'accountNo';
  if (typeof account.bankCode !== 'string' || !BANK_CODE.test(account.bankCode)) return 'bankCode';
  if (!isLine(account.holder)) return 'holder';
  if (!isLine(account.bankName)) return 'bankName';
  return isPurpose(account.purpose) ? null : 'purpose';
}

export function isPurpose(value: unknown): value is AccountPurpose {
  return typeof value === 'string' && Object.hasOwn(ACCOUNT_PURPOSES, value);
}

/** `**** 4321`: what lists and copies show of an account number, given its last four digits. */
export function maskedAccount(tail: string): string {
  return `**** ${tail}`;
}

/** One line of printable text of 2 to 100 characters. */
function isLine(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === value && value.length >= 2 && value.length <= 100 && !/\p{C}/u.test(value);
}
