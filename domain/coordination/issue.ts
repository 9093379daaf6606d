import { divideHalfUp, formatDecimal } from '../money';

/** What an issue (问题协同) is about. */
export const ISSUE_CATEGORIES = {
  reconciliation: '对账未完成',
  transaction: '交易失败',
  filing: '备案有误',
  feeCheck: '费用协查',
  payment: '付款追查',
} as const;
export type IssueCategory = keyof typeof ISSUE_CATEGORIES;

/** Urgency with the working days in which the peer answers [practice]. */
export const ISSUE_URGENCIES = {
  critical: { zh: '特急', workingDays: 2 },
  urgent: { zh: '紧急', workingDays: 10 },
  normal: { zh: '一般', workingDays: 60 },
} as const;
export type IssueUrgency = keyof typeof ISSUE_URGENCIES;

export const ISSUE_STATES = { handling: '处理中', answered: '待确认', closed: '已关闭', withdrawn: '已撤回' } as const;
export type IssueState = keyof typeof ISSUE_STATES;

/** How an issue was closed: its answer accepted, by silence, by the office above. */
export const ISSUE_ENDINGS = { accepted: '已确认关闭', silent: '自动关闭', ruled: '上级裁定' } as const;
export type IssueEnding = keyof typeof ISSUE_ENDINGS;

/** One issue as statistics need it; times in epoch ms. */
export interface IssueFacts {
  readonly urgency: IssueUrgency;
  readonly state: IssueState;
  readonly rounds: number;
  readonly dueAt: number;
  readonly firstAnsweredAt: number | null;
  /** How it was closed; null while it is open. */
  readonly ending: IssueEnding | null;
  /** Whether it opens a closed one again. */
  readonly reopens: string | null;
}

export interface IssueStatistics {
  readonly total: number;
  readonly closed: number;
  /** First answers in time, and late ones, unanswered issues past their term included. */
  readonly onTime: number;
  readonly late: number;
  /** Issues whose first answer was accepted, of those closed. */
  readonly closedInOneRound: number;
  /** Answers of all issues together. */
  readonly rounds: number;
  /** Share of first answers in time among those in time or late, four digits; null where there are none. */
  readonly onTimeRate: string | null;
  /** Answers an answered issue took on average, two digits; null where there are none. */
  readonly averageRounds: string | null;
  /** Closed by silence, ruled by the office above, and opened again. */
  readonly silent: number;
  readonly ruled: number;
  readonly reopened: number;
}

/** 协同情况统计 at a moment. What is neither answered nor due counts as neither on time nor late. */
export function issueStatistics(issues: readonly IssueFacts[], at: number): IssueStatistics {
  const closed = issues.filter(({ state }) => state === 'closed');
  const answered = issues.filter(({ firstAnsweredAt }) => firstAnsweredAt !== null);
  const onTime = answered.filter(({ firstAnsweredAt, dueAt }) => (firstAnsweredAt ?? 0) <= dueAt).length;
  const overdue = issues.filter((issue) => issue.firstAnsweredAt === null && issue.state === 'handling' && issue.dueAt < at).length;
  const late = answered.length - onTime + overdue;
  const rounds = issues.reduce((sum, issue) => sum + issue.rounds, 0);
  const ended = (ending: IssueEnding): number => issues.filter((issue) => issue.ending === ending).length;
  return {
    total: issues.length,
    closed: closed.length,
    onTime,
    late,
    closedInOneRound: closed.filter((issue) => issue.rounds === 1).length,
    rounds,
    onTimeRate: onTime + late === 0 ? null : shareText(onTime, onTime + late, 4),
    averageRounds: answered.length === 0 ? null : shareText(rounds, answered.length, 2),
    silent: ended('silent'),
    ruled: ended('ruled'),
    reopened: issues.filter(({ reopens }) => reopens !== null).length,
  };
}

/** `part` ÷ `whole` with so many digits, rounded half up; `whole` above zero. */
function shareText(part: number, whole: number, digits: number): string {
  return formatDecimal({ units: divideHalfUp(BigInt(part) * 10n ** BigInt(digits), BigInt(whole)), scale: digits });
}
