import { LessThan, type EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import { ISSUE_CATEGORIES, ISSUE_URGENCIES, type IssueCategory, type IssueUrgency } from '../../domain/coordination/issue';
import { refusal } from '../../domain/refusal';
import { addWorkingTime } from '../../domain/working-time';
import { CoordinationIssue } from '../../store/entities';
import { lockRow } from '../../store/rows';
import { raiseItem } from '../abnormal/items';
import { textIn } from '../disbursement/form';
import type { OperationContext, RegisterOperation } from '../office-case/operations';
import { divisionTree } from '../people/divisions';

/** Working hours of a day of the office. */
const DAY_HOURS = 8;
/** Looked at in one run of the watch. */
const MOST = 500;
/** Answers after which the office above is told that the two sides do not agree [practice]. */
const ROUNDS_TO_TELL = 3;

/** Fifteen digits or more in a row: an ID or card number, which a title may not show. */
const LONG_NUMBER = /\d{15}/;

/** 分派: the issue enters the register and waits for the peer. The clock of its urgency starts. */
export const dispatch: RegisterOperation = {
  check: issueProblem,
  apply: async (manager, context) => {
    const problem = await issueProblem(manager, context);
    if (problem) return problem;
    const { caseId, caseNo, division, form, now } = context;
    const urgency = textIn(form, 'urgency') as IssueUrgency;
    const dueAt = addWorkingTime(now, ISSUE_URGENCIES[urgency].workingDays * DAY_HOURS);
    const row = { caseId, issueNo: caseNo, raisedBy: division, peer: textIn(form, 'peer'), category: textIn(form, 'category') as IssueCategory, urgency, title: textIn(form, 'title'), state: 'handling' as const, dueAt };
    const standing = await manager.findOneBy(CoordinationIssue, { caseId });
    if (standing) await manager.update(CoordinationIssue, { id: standing.id }, { ...row, closedAt: null });
    else await manager.insert(CoordinationIssue, { ...row, rounds: 0, openedAt: now, firstAnsweredAt: null, answeredAt: null, closedAt: null });
    return { result: { issueNo: caseNo, dueAt } };
  },
  compensate: (manager, context) => move(manager, context, (issue) => ({ ...issue, state: 'withdrawn', closedAt: context.now })),
};

/** 处理: the peer has answered; one round more. */
export const answer: RegisterOperation = {
  apply: async (manager, context) => {
    const { now } = context;
    await move(manager, context, (issue) => ({ ...issue, state: 'answered', rounds: issue.rounds + 1, answeredAt: now, firstAnsweredAt: issue.firstAnsweredAt ?? now }));
    return { result: { answeredAt: now } };
  },
  compensate: (manager, context) => move(manager, context, (issue) => ({ ...issue, state: 'handling' })),
};

/** 问题结果确认: the side that raised it accepts the answer. */
export const close: RegisterOperation = {
  apply: async (manager, context) => {
    await move(manager, context, (issue) => ({ ...issue, state: 'closed', closedAt: context.now }));
    return { result: { closedAt: context.now } };
  },
};

/** Raises an item for each issue whose answer is late, and for each on which the sides do not agree. Returns how many are late. */
export async function watchIssues(manager: EntityManager, at: number): Promise<number> {
  const open = await manager.find(CoordinationIssue, { where: { state: 'handling', dueAt: LessThan(at) }, order: { id: 'ASC' }, take: MOST });
  for (const issue of open) await tell(manager, issue, 'ISSUE_OVERDUE', issue.peer, `协同问题 ${issue.issueNo}（${ISSUE_URGENCIES[issue.urgency].zh}）逾期未答复`, at);
  const disputed = await manager.find(CoordinationIssue, { where: { state: 'handling' }, order: { rounds: 'DESC', id: 'ASC' }, take: MOST });
  for (const issue of disputed.filter(({ rounds }) => rounds >= ROUNDS_TO_TELL)) {
    const root = (await divisionTree(manager, at)).rootOf(issue.raisedBy);
    await tell(manager, issue, 'ISSUE_DISPUTED', root, `协同问题 ${issue.issueNo} 已答复 ${issue.rounds} 次仍不认可，请上级裁定`, at);
  }
  return open.length;
}

function tell(manager: EntityManager, { caseId, issueNo }: CoordinationIssue, code: string, institution: string, title: string, at: number): Promise<void> {
  return raiseItem(manager, { workflowId: caseId, code, subject: issueNo.slice(0, 100), institution, process: 'xr-issue-coordination', title, at });
}

async function issueProblem(manager: EntityManager, { form, division, now }: OperationContext): Promise<Refusal | null> {
  const peer = textIn(form, 'peer');
  if (!Object.hasOwn(ISSUE_CATEGORIES, textIn(form, 'category')) || !Object.hasOwn(ISSUE_URGENCIES, textIn(form, 'urgency'))) return refusal('ISSUE_INVALID');
  if (peer === division || LONG_NUMBER.test(textIn(form, 'title'))) return refusal('ISSUE_INVALID');
  return (await divisionTree(manager, now)).find(peer) ? null : refusal('ISSUE_INVALID', `没有辖区 ${peer}。`);
}

async function move(manager: EntityManager, { caseId }: OperationContext, change: (issue: CoordinationIssue) => CoordinationIssue): Promise<void> {
  const issue = await lockRow(manager, CoordinationIssue, { caseId });
  if (!issue) return;
  const { state, rounds, firstAnsweredAt, answeredAt, closedAt } = change(issue);
  await manager.update(CoordinationIssue, { id: issue.id }, { state, rounds, firstAnsweredAt, answeredAt, closedAt });
}
