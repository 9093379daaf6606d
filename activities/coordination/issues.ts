import { LessThan, type EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import { ISSUE_CATEGORIES, ISSUE_ENDINGS, ISSUE_URGENCIES, type IssueCategory, type IssueUrgency } from '../../domain/coordination/issue';
import { isRefusal, refusal } from '../../domain/refusal';
import { prepaymentRules } from '../../schemas/processes/xr-prepayment-rules';
import { addWorkingTime } from '../../domain/working-time';
import { CoordinationIssue } from '../../store/entities';
import { lockRow } from '../../store/rows';
import { closeItem, raiseItem, type ItemKey } from '../abnormal/items';
import { optionalText, rowsIn, textIn } from '../disbursement/form';
import type { OperationContext, RegisterOperation } from '../office-case/operations';
import { divisionTree } from '../people/divisions';

/** Working hours of a day of the office. */
const DAY_HOURS = 8;
/** Looked at in one run of the watch. */
const MOST = 500;

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
    const reopens = optionalText(form, 'reopens');
    if (standing) await manager.update(CoordinationIssue, { id: standing.id }, { ...row, reopens, acceptedAt: null, closedAt: null, ending: null });
    else await manager.insert(CoordinationIssue, { ...row, rounds: 0, openedAt: now, firstAnsweredAt: null, answeredAt: null, closedAt: null, acceptedAt: null, reopens, ending: null });
    return { result: { issueNo: caseNo, dueAt } };
  },
  compensate: (manager, context) => move(manager, context, (issue) => ({ ...issue, state: 'withdrawn', closedAt: context.now })),
};

/** 受理: the peer has taken it on; from now on the raiser cannot withdraw it. */
export const accept: RegisterOperation = {
  apply: async (manager, context) => {
    await move(manager, context, (issue) => ({ ...issue, acceptedAt: context.now }));
    return { result: { acceptedAt: context.now } };
  },
  compensate: (manager, context) => move(manager, context, (issue) => ({ ...issue, acceptedAt: null })),
};

/** 处理: the peer has answered; one round more. What the raiser's silence will mean is decided here. */
export const answer: RegisterOperation = {
  apply: async (manager, context) => {
    const { now, actors } = context;
    if (answersItself(actors)) return refusal('FOUR_EYES', '发起问题的人不能代协办方答复。');
    await move(manager, context, (issue) => ({ ...issue, state: 'answered', rounds: issue.rounds + 1, answeredAt: now, firstAnsweredAt: issue.firstAnsweredAt ?? now }));
    return { result: { answeredAt: now, silenceCloses: prepaymentRules.issueSilenceCloses } };
  },
  compensate: (manager, context) => move(manager, context, (issue) => ({ ...issue, state: 'handling' })),
};

/** Who took an issue on may answer it, so that step asks for no other person; who raised it may not. */
function answersItself(actors: OperationContext['actors']): boolean {
  const raised = new Set(actors.filter(({ act }) => act === 'submit').map(({ personKey }) => personKey));
  return actors.some(({ act, step, personKey }) => act === 'approve' && step === 'handle' && raised.has(personKey));
}

/** 问题结果确认: the side that raised it accepts the answer, or was silent to the end of its term (自动关闭). */
export const close: RegisterOperation = {
  apply: async (manager, context) => {
    const ending = context.actors.some(({ act, step }) => act === 'approve' && step === 'confirm') ? 'accepted' : 'silent';
    await move(manager, context, (issue) => ({ ...issue, state: 'closed', closedAt: context.now, ending }));
    return { result: { closedAt: context.now, ending: ISSUE_ENDINGS[ending] } };
  },
};

/** 上级裁定: the office above decides an issue on which the sides do not agree. What its case still brings changes nothing of it. */
export const rule: RegisterOperation = {
  check: async (manager, context) => {
    const issue = await ruledBy(manager, context);
    return isRefusal(issue) ? issue : null;
  },
  apply: async (manager, context) => {
    const issue = await ruledBy(manager, context);
    if (isRefusal(issue)) return issue;
    await manager.update(CoordinationIssue, { id: issue.id }, { state: 'closed', closedAt: context.now, ending: 'ruled' });
    await closeItem(manager, itemOf(issue, 'ISSUE_DISPUTED'), '上级已裁定', context.now);
    return { result: { issueNo: issue.issueNo, ending: ISSUE_ENDINGS.ruled } };
  },
};

async function ruledBy(manager: EntityManager, { form, division, now }: OperationContext): Promise<CoordinationIssue | Refusal> {
  const issue = await lockRow(manager, CoordinationIssue, { issueNo: textIn(form, 'issueNo') });
  if (!issue || (await divisionTree(manager, now)).rootOf(issue.raisedBy) !== division) return refusal('ISSUE_RULING_REFUSED', '没有本省机构发起的这一问题。');
  const open = issue.state === 'handling' || issue.state === 'answered';
  return open && issue.rounds >= prepaymentRules.issueRulingRounds ? issue : refusal('ISSUE_RULING_REFUSED');
}

/** Raises an item for each issue whose answer is late, and for each on which the sides do not agree. Returns how many are late. */
export async function watchIssues(manager: EntityManager, at: number): Promise<number> {
  const open = await manager.find(CoordinationIssue, { where: { state: 'handling', dueAt: LessThan(at) }, order: { id: 'ASC' }, take: MOST });
  for (const issue of open) await tell(manager, issue, 'ISSUE_OVERDUE', issue.peer, `协同问题 ${issue.issueNo}（${ISSUE_URGENCIES[issue.urgency].zh}）逾期未答复`, at);
  const disputed = await manager.find(CoordinationIssue, { where: { state: 'handling' }, order: { rounds: 'DESC', id: 'ASC' }, take: MOST });
  for (const issue of disputed.filter(({ rounds }) => rounds >= prepaymentRules.issueRulingRounds)) {
    const root = (await divisionTree(manager, at)).rootOf(issue.raisedBy);
    await tell(manager, issue, 'ISSUE_DISPUTED', root, `协同问题 ${issue.issueNo} 已答复 ${issue.rounds} 次仍不认可，请上级裁定`, at);
  }
  return open.length;
}

function itemOf({ caseId, issueNo }: CoordinationIssue, code: string): ItemKey {
  return { workflowId: caseId, code, subject: issueNo.slice(0, 100) };
}

function tell(manager: EntityManager, issue: CoordinationIssue, code: string, institution: string, title: string, at: number): Promise<void> {
  return raiseItem(manager, { ...itemOf(issue, code), institution, process: 'xr-issue-coordination', title, at });
}

async function issueProblem(manager: EntityManager, context: OperationContext): Promise<Refusal | null> {
  const { form, division, now } = context;
  const peer = textIn(form, 'peer');
  if (!Object.hasOwn(ISSUE_CATEGORIES, textIn(form, 'category')) || !Object.hasOwn(ISSUE_URGENCIES, textIn(form, 'urgency'))) return refusal('ISSUE_INVALID');
  if (peer === division || LONG_NUMBER.test(textIn(form, 'title'))) return refusal('ISSUE_INVALID');
  if (rowsIn(form, 'parties').some((seat) => seat['division'] !== division)) return refusal('ISSUE_INVALID', '确认方须为发起机构。');
  if (!(await divisionTree(manager, now)).find(peer)) return refusal('ISSUE_INVALID', `没有辖区 ${peer}。`);
  const reopens = optionalText(form, 'reopens');
  return reopens === null ? null : reopenProblem(manager, reopens, context);
}

/** A closed issue is opened again once, by who raised it, within its days. */
async function reopenProblem(manager: EntityManager, issueNo: string, { caseId, division, now }: OperationContext): Promise<Refusal | null> {
  const closed = await lockRow(manager, CoordinationIssue, { issueNo });
  if (closed?.state !== 'closed' || closed.raisedBy !== division || closed.reopens !== null) return refusal('ISSUE_REOPEN_REFUSED');
  if (now > (closed.closedAt ?? 0) + prepaymentRules.issueReopenDays * 86_400_000) return refusal('ISSUE_REOPEN_REFUSED');
  const again = await manager.findBy(CoordinationIssue, { reopens: issueNo });
  return again.some((issue) => issue.caseId !== caseId && issue.state !== 'withdrawn') ? refusal('ISSUE_REOPEN_REFUSED') : null;
}

async function move(manager: EntityManager, { caseId }: OperationContext, change: (issue: CoordinationIssue) => CoordinationIssue): Promise<void> {
  const issue = await lockRow(manager, CoordinationIssue, { caseId });
  // A ruling stands: the case that runs out behind it changes nothing.
  if (!issue || issue.ending === 'ruled') return;
  const { state, rounds, acceptedAt, firstAnsweredAt, answeredAt, closedAt, ending } = change(issue);
  await manager.update(CoordinationIssue, { id: issue.id }, { state, rounds, acceptedAt, firstAnsweredAt, answeredAt, closedAt, ending });
}
