import { compareDecimals, parseDecimal } from '../money';

/** What a province decides about prepayment (异地预付金) and payments. Shares and factors are exact decimal text. */
export interface PrepaymentRules {
  /** Annual quota = this × the monthly average of the last quarter's clearing. */
  readonly quotaFactor: string;
  /** Use rate (month's clearing ÷ balance) from which a warning is yellow, and red. */
  readonly yellowFrom: string;
  readonly redFrom: string;
  /** Whether an emergency increase may be asked for only at red. */
  readonly emergencyOnlyAtRed: boolean;
  /** Days from the voucher to the money, for the annual pay-in and for an emergency one. */
  readonly payInDays: number;
  readonly emergencyPayInDays: number;
  /** Days after a payment by which its receipt must be confirmed, or it is traced. */
  readonly traceDays: number;
}

/** Says in Chinese what is wrong with a set of rules, or null. */
export function rulesProblem(rules: PrepaymentRules): string | null {
  const decimals = (['quotaFactor', 'yellowFrom', 'redFrom'] as const).find((name) => !isPositiveDecimal(rules[name]));
  if (decimals !== undefined) return `${decimals} 须为正的十进制文本`;
  if (compareDecimals(parseDecimal(rules.yellowFrom), parseDecimal(rules.redFrom)) >= 0) return '黄色预警线须低于红色预警线';
  const days = (['payInDays', 'emergencyPayInDays', 'traceDays'] as const).find((name) => !isDays(rules[name]));
  return days === undefined ? null : `${days} 须为 1 至 366 的整数天`;
}

function isPositiveDecimal(text: string): boolean {
  return /^\d{1,3}(\.\d{1,4})?$/.test(text) && parseDecimal(text).units > 0n;
}

function isDays(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 366;
}
