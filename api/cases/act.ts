import { createHash, randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { attachmentsSeen } from '../../activities/office-case/attachments';
import { OFFICE_QUEUE, OFFICE_WORKFLOW, type OfficeCaseInput } from '../../activities/office-case/start';
import type { Refusal } from '../../domain/commands';
import { checkAct, decidedBefore } from '../../domain/office-case/check';
import { MAKER } from '../../domain/office-case/definition';
import { attachmentsHashOf, decisionSubject, seenHashOf } from '../../domain/office-case/digest';
import { checkForm } from '../../domain/office-case/form';
import type { ActPayload, CaseActName, OpenedCase } from '../../domain/office-case/types';
import { refusal } from '../../domain/refusal';
import { addWorkingTime, OFFICE_HOURS } from '../../domain/working-time';
import { signDecision } from '../../runtime/decisions';
import type { actBody } from '../../schemas/api/office-cases';
import type { CommandOrder } from '../commands';
import type { ProcessStart } from '../delivery';
import type { ApiParts } from '../parts';
import { Problem, problemOfRefusal } from '../problem';
import type { CallUser } from '../users';
import { type Who, whoFor } from './acting';
import { type FoundCase, requireCase } from './find';
import { type Reader, readerOf } from './reader';

export type ActBody = z.output<typeof actBody>;
type Act = Omit<ActPayload, 'decision'>;

/** What only the maker does: whatever step the page shows, it is the maker's place that is meant. */
const MAKERS_ACTS: readonly CaseActName[] = ['submit', 'amend', 'withdraw', 'void', 'urge'];
/** What the maker does as well as those who sign. */
const SHARED_ACTS: readonly CaseActName[] = ['copy', 'resume'];

/** The idempotency keys of a person are his own. */
export function keySpaceOf({ userId }: CallUser): string {
  return `u:${createHash('sha256').update(userId).digest('hex').slice(0, 28)}`;
}

export function operatorOf({ userId, name }: CallUser): CommandOrder['operator'] {
  return { id: userId, name, type: '1' };
}

/** An act that is ready to be given: signed for the person who is logged in. */
export type PreparedAct = Pick<CommandOrder, 'process' | 'name' | 'workflowId' | 'start' | 'payload'>;

/**
 * Checks what was seen against the case as it stands, and signs the decision for the person. Whether he may is judged with
 * the act, under the lock of the case. Throws Problem CASE_NOT_FOUND, CASE_ALREADY_DECIDED, CASE_CHANGED and what else speaks
 * against the act, whoever gives it.
 */
export async function prepareAct(parts: ApiParts, user: CallUser, caseNo: string, body: ActBody): Promise<PreparedAct> {
  const at = parts.people.now();
  const read = await parts.store.read(async (manager) => {
    const reader = await readerOf(manager, user, at);
    const found = await requireCase(manager, caseNo, reader);
    return { reader, found, attachments: await attachmentsSeen(manager, found.row.id) };
  });
  const { reader, found, attachments } = read;
  const act = actOf(found, reader, body);
  requireFit(found, act, body.seenHash, attachments);
  const payload: ActPayload = { ...act, decision: await sign(parts, user, whoFor(found, reader, act), found, act, attachments, at) };
  return { process: 'office-case', name: 'act', workflowId: found.row.id, start: startOfCase(found), payload };
}

/** Every act may start the process of its case: a draft has none yet, and one that was lost comes back by it. */
export function startOfCase({ row, definition }: FoundCase): ProcessStart {
  const input: OfficeCaseInput = { opened: row.opened as OpenedCase, definition };
  return { type: OFFICE_WORKFLOW, taskQueue: OFFICE_QUEUE, summary: `${definition.zh} ${row.caseNo}`, input };
}

/** The act with its place: the page names the step that it shows, the maker's acts are of step `maker`. */
export function actOf({ state }: FoundCase, reader: Pick<Reader, 'user'>, { act, step, slot = null, round, opinion, form, to }: ActBody): Act {
  const isMaker = state.makerId === reader.user.userId;
  const asMaker = MAKERS_ACTS.includes(act) || (SHARED_ACTS.includes(act) && isMaker && slot === null);
  const place = asMaker ? { step: MAKER, slot: null } : { step, slot };
  const target = to === undefined ? {} : { to: defined(to) };
  return { act, ...place, round, opinion, ...(form === undefined ? {} : { form }), ...target };
}

/** Throws Problem where the case, with its attachments (their digest), is no longer what was seen, or the act does not fit it. */
export function requireFit(found: FoundCase, act: Act, seenHash: string | undefined, attachments: string): void {
  const { definition, state } = found;
  const unfit = checkAct(definition, state, { ...act, decision: '' });
  const changed = unfit === null && seenHash !== undefined && seenHash !== seenHashOf(state, attachments);
  const reason = changed ? refusal('CASE_CHANGED') : unfit;
  if (reason) throw caseProblem(found, act, reason);
  if (act.form === undefined) return;
  requireForm(definition, act.form);
}

/** Throws Problem FORM_INVALID, naming each field. */
export function requireForm(definition: FoundCase['definition'], form: Readonly<Record<string, unknown>>): void {
  const problems = checkForm(definition, form);
  if (problems.length === 0) return;
  throw new Problem('FORM_INVALID', { errors: problems.map(({ path, message }) => ({ path: `form.${path}`, code: 'FORM_INVALID', message })) });
}

/** A refusal of an act as a problem; one that was decided before names who did, and when. */
export function caseProblem({ state }: FoundCase, act: Act, reason: Refusal, commandId?: string): Problem {
  const problem = problemOfRefusal(reason, commandId);
  if (problem.code !== 'CASE_ALREADY_DECIDED') return problem;
  const first = decidedBefore(state, { ...act, decision: '' });
  if (!first) return problem;
  const decided = { by: first.by.name, forWhom: first.by.forUserId === first.by.userId ? null : first.by.forName, act: first.act, at: first.at };
  return new Problem(problem.code, { ...problem.extras, decided });
}

/** Signs for the person who is logged in. It lives one working day. */
async function sign(parts: ApiParts, user: CallUser, who: Who, { state }: FoundCase, act: Act, attachments: string, at: number): Promise<string> {
  return signDecision(parts.people.decisionKey, {
    nonce: randomUUID(),
    ...who,
    ...decisionSubject(state, act, attachments),
    issuedAt: at,
    expiresAt: addWorkingTime(at, OFFICE_HOURS.to - OFFICE_HOURS.from),
    origin: user.origin.slice(0, 64),
  });
}

/** Signs the submission of a case that is being opened, in the transaction that opens it; it has no attachments yet. */
export function signSubmission(parts: ApiParts, user: CallUser, found: FoundCase, act: Act, at: number): Promise<string> {
  return sign(parts, user, { userId: user.userId, forUserId: user.userId }, found, act, attachmentsHashOf([]), at);
}

/** The problem of an act that was refused by its judge, with what the case has become meanwhile. */
export async function refusedAct(manager: EntityManager, caseNo: string, reader: Reader, body: ActBody, reason: Refusal, commandId: string): Promise<Problem> {
  const found = await requireCase(manager, caseNo, reader);
  const act = actOf(found, reader, body);
  // A run that had ended could not say who had been first; the case can.
  const now = reason.code === 'CASE_ENDED' || reason.code === 'CASE_CHANGED' ? checkAct(found.definition, found.state, { ...act, decision: '' }) : null;
  return caseProblem(found, act, now ?? reason, commandId);
}

function defined(to: NonNullable<ActBody['to']>): NonNullable<ActPayload['to']> {
  return Object.fromEntries(Object.entries(to).filter(([, value]) => value !== undefined));
}
