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
  /** Whether a care place pays its institutions before the insured place's money has reached it. */
  readonly careAdvances: boolean;
  /** Days after the approval of a clearing by which its payments and receipts are all confirmed, or it is told. */
  readonly monthClosesDays: number;
  /** Working days after the approval of a clearing by which a city has submitted its disbursement, and paid it. */
  readonly disbursementSubmitDays: number;
  readonly disbursementPayDays: number;
  /** Answers after which the office above may rule on an issue (上级裁定). */
  readonly issueRulingRounds: number;
  /** Days within which a closed issue may be opened again, once. */
  readonly issueReopenDays: number;
  /** Whether the raiser's silence to the end of its term closes an answered issue. */
  readonly issueSilenceCloses: boolean;
}

/** Says in Chinese what is wrong with a set of rules, or null. */
export function rulesProblem(rules: PrepaymentRules): string | null {
  const decimals = (['quotaFactor', 'yellowFrom', 'redFrom'] as const).find((name) => !isPositiveDecimal(rules[name]));
  if (decimals !== undefined) return `${decimals} 须为正的十进制文本`;
  if (compareDecimals(parseDecimal(rules.yellowFrom), parseDecimal(rules.redFrom)) >= 0) return '黄色预警线须低于红色预警线';
  const days = (['payInDays', 'emergencyPayInDays', 'traceDays', 'monthClosesDays', 'disbursementSubmitDays', 'disbursementPayDays', 'issueReopenDays'] as const).find((name) => !isDays(rules[name]));
  if (days !== undefined) return `${days} 须为 1 至 366 的整数天`;
  if (rules.disbursementSubmitDays > rules.disbursementPayDays) return 'disbursementSubmitDays 不得晚于 disbursementPayDays';
  if (!isDays(rules.issueRulingRounds)) return 'issueRulingRounds 须为 1 至 366 的整数';
  const switches = (['careAdvances', 'issueSilenceCloses'] as const).find((name) => typeof rules[name] !== 'boolean');
  return switches === undefined ? null : `${switches} 须为 true 或 false`;
}

function isPositiveDecimal(text: string): boolean {
  return /^\d{1,3}(\.\d{1,4})?$/.test(text) && parseDecimal(text).units > 0n;
}

function isDays(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 366;
}
