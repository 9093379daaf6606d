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

/** One issue as statistics need it; times in epoch ms. */
export interface IssueFacts {
  readonly urgency: IssueUrgency;
  readonly state: IssueState;
  readonly rounds: number;
  readonly dueAt: number;
  readonly firstAnsweredAt: number | null;
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
}

/** 协同情况统计 at a moment. What is neither answered nor due counts as neither on time nor late. */
export function issueStatistics(issues: readonly IssueFacts[], at: number): IssueStatistics {
  const closed = issues.filter(({ state }) => state === 'closed');
  const answered = issues.filter(({ firstAnsweredAt }) => firstAnsweredAt !== null);
  const onTime = answered.filter(({ firstAnsweredAt, dueAt }) => (firstAnsweredAt ?? 0) <= dueAt).length;
  const overdue = issues.filter((issue) => issue.firstAnsweredAt === null && issue.state === 'handling' && issue.dueAt < at).length;
  return {
    total: issues.length,
    closed: closed.length,
    onTime,
    late: answered.length - onTime + overdue,
    closedInOneRound: closed.filter(({ rounds }) => rounds === 1).length,
    rounds: issues.reduce((sum, { rounds }) => sum + rounds, 0),
  };
}
