import type { EntityManager } from 'typeorm';
import type { CommandResult, Refusal } from '../../domain/commands';
import { checkAct, checkShape, officeOf } from '../../domain/office-case/check';
import { stepName, stepOf } from '../../domain/office-case/definition';
import { decisionSubject, type DecisionSubject } from '../../domain/office-case/digest';
import { barredBy, joinedSince, needsFourEyes } from '../../domain/office-case/four-eyes';
import { apply } from '../../domain/office-case/state';
import type { CaseStepInput, CaseStepOutcome } from '../../domain/office-case/steps';
import type { ActCommand, ActPayload, CaseEvent, Signature, Signer } from '../../domain/office-case/types';
import { isRefusal, refusal } from '../../domain/refusal';
import type { Decision, DecisionProblem } from '../../runtime/decisions';
import { OfficeUser, SignedDecision } from '../../store/entities';
import { useDecision } from '../people/authority';
import { attachmentsSeen } from './attachments';
import { lockCase, type LockedCase, type OfficeDeps } from './context';
import { outcomeOf, record, resultOf, type Entry } from './record';
import { recordRefusal } from './refusals';
import { holderOf, keysToday, signerOf } from './signer';
import { checkSubmission } from './submission';

type Acted = Extract<CaseEvent, { type: 'acted' }>;

/**
 * Judges one act under the lock of its case and records it, whichever way it goes: the signed decision, whether the act
 * fits the case as it stands, the right to it at this moment, four eyes, and what was seen. A command that was judged
 * and recorded before is answered as it was then.
 */
export async function judge(deps: OfficeDeps, input: CaseStepInput & { readonly command: ActCommand }): Promise<CaseStepOutcome> {
  const { caseId, command } = input;
  const now = deps.now();
  const decision = await deps.verifyDecision(String(command.payload.decision), now);
  const answered = async (manager: EntityManager): Promise<CaseStepOutcome | undefined> => {
    const before = await resultOf(manager, caseId, command.commandId);
    return before ? outcomeOf(manager, input, before) : undefined;
  };
  return deps.store.write(
    async (manager) => {
      const locked = await lockCase(manager, caseId);
      const before = await answered(manager);
      if (before) return before;
      const entry = await judged(manager, deps, locked, command, decision, now);
      await (entry.event.type === 'refused' ? recordRefusal : record)(manager, locked, entry);
      return outcomeOf(manager, input, entry.result);
    },
    { verify: answered },
  );
}

async function judged(manager: EntityManager, deps: OfficeDeps, locked: LockedCase, command: ActCommand, decision: Decision | DecisionProblem, at: number): Promise<Entry> {
  const { commandId, payload } = command;
  const refused = (reason: Refusal, userId: string | null): Entry => ({
    commandId,
    event: { type: 'refused', act: String(payload.act).slice(0, 32), step: String(payload.step).slice(0, 64), slot: textOrNull(payload.slot), userId, refusal: reason, at },
    result: { status: 'refused', refusal: reason },
  });
  const malformed = checkShape(payload as unknown as Record<string, unknown>);
  if (malformed) return refused(malformed, null);
  const subject = decisionSubject(locked.state, payload, await attachmentsSeen(manager, locked.row.id));
  const counts = decisionCounts(subject, decision);
  if (isRefusal(counts)) return refused(counts, null);
  const userId = counts.userId;
  if (await manager.findOneBy(SignedDecision, { nonce: counts.nonce })) return refused(refusal('DECISION_USED'), userId);
  const problem = checkAct(locked.definition, locked.state, payload) ?? (counts.seenHash === subject.seenHash ? null : refusal('CASE_CHANGED'));
  if (problem) return refused(problem, userId);
  const signer = await signerOf(manager, locked, payload, counts, at);
  if (isRefusal(signer)) return refused(signer, userId);
  const event = await actedOf(manager, deps, locked, payload, signer, at);
  if (isRefusal(event)) return refused(event, userId);
  const used = await useDecision(manager, counts, at);
  if (used) return refused(used, userId);
  const next = apply(locked.definition, locked.state, event.event);
  return { commandId, event: event.event, result: doneAs(next), opinion: payload.opinion, form: event.form };
}

/** What the act is answered with: enough to show where the case stands now. */
function doneAs({ status, step, round, caseNo }: LockedCase['state']): CommandResult {
  return { status: 'done', result: { caseNo, status, step, round } };
}

/** The decision is genuine, alive and of this very act; what was seen is judged later, when the act fits at all. */
function decisionCounts(subject: DecisionSubject, decision: Decision | DecisionProblem): Decision | Refusal {
  if (decision === 'expired') return refusal('DECISION_EXPIRED');
  if (typeof decision === 'string') return refusal('DECISION_INVALID');
  const names = ['caseId', 'act', 'step', 'slot', 'round', 'opinionHash'] as const;
  return names.every((name) => decision[name] === subject[name]) ? decision : refusal('DECISION_INVALID', '签名决定与办理的环节、席位、轮次、动作或意见不符。');
}

interface Judged {
  readonly event: Acted;
  readonly form?: object;
}

async function actedOf(manager: EntityManager, deps: OfficeDeps, locked: LockedCase, payload: ActPayload, signer: Signer, at: number): Promise<Judged | Refusal> {
  const { definition, state } = locked;
  const { act, round, to } = payload;
  const office = officeOf(state, payload);
  const step = office.kind === 'maker' ? null : stepOf(definition, payload.step);
  const slot = office.kind === 'maker' ? null : office.slot.slot;
  if (needsFourEyes(act) && barredBy(definition, state, step, slot, signer)) return refusal('FOUR_EYES');
  const joined = GOES_ON.includes(act) ? joinedSince(state.signatures, await keysToday(manager, state.signatures)) : null;
  if (joined) return joinedRefusal(locked, joined);
  const target = await checkTarget(manager, locked, payload, at);
  if (target) return target;
  const event: Acted = { type: 'acted', act, step: payload.step, slot, round, by: signer, at, ...(to === undefined ? {} : { to }) };
  return act === 'submit' || act === 'amend' ? withForm(manager, deps, locked, payload, event, at) : { event };
}

/** Acts by which a case goes on towards its effect, so that all who signed before must still be different people. */
const GOES_ON: readonly ActPayload['act'][] = ['approve', 'object'];

function joinedRefusal({ definition }: LockedCase, [one, other]: readonly [Signature, Signature]): Refusal {
  const [first, second] = [one, other].map(({ step, by }) => `${stepName(definition, step)}的${by.name}`);
  return refusal('FOUR_EYES', `${first}与${second}的账号现已关联为同一人，本件不能再同意；请不予通过，由不同的人另行办理。`);
}

/** The person to whom a slot is handed, or who is asked to sign as well, may sign there; a copy goes once to anybody active. */
async function checkTarget(manager: EntityManager, { definition, state }: LockedCase, payload: ActPayload, at: number): Promise<Refusal | null> {
  const { act, to, step } = payload;
  if (to?.userId === undefined || (act !== 'transfer' && act !== 'addSigner' && act !== 'copy')) return null;
  const user = await manager.findOneBy(OfficeUser, { id: to.userId });
  if (user?.status !== 'active') return refusal('ACT_TARGET_INVALID', '没有这个在用的人员。');
  if (act === 'copy') return state.copies.some(({ userId }) => userId === to.userId) ? refusal('ACT_TARGET_INVALID', '已抄送给该人员。') : null;
  const office = officeOf(state, payload);
  if (office.kind === 'maker') return refusal('ACT_TARGET_INVALID');
  const { slot } = office;
  const added = act === 'addSigner';
  const place = { ...slot, assigneeId: null, role: to.role ?? slot.role, division: to.division ?? slot.division };
  const holder = await holderOf(manager, added ? place : { ...slot, assigneeId: null }, { userId: to.userId, forUserId: to.userId }, at);
  if (isRefusal(holder)) return refusal('ACT_TARGET_INVALID', '该人员在此辖区没有这个岗位。');
  const barred = barredBy(definition, state, stepOf(definition, step), added ? 'added-new' : slot.slot, holder);
  return barred ? refusal('ACT_TARGET_INVALID', '该人员已办理过本件的其他环节。') : null;
}

/** The form of a submission or an amendment, as it will stand. */
async function withForm(manager: EntityManager, deps: OfficeDeps, locked: LockedCase, payload: ActPayload, event: Acted, at: number): Promise<Judged | Refusal> {
  const form = payload.form ?? (locked.row.form as Record<string, unknown>);
  const act = payload.act === 'amend' ? 'amend' : 'submit';
  const extract = await checkSubmission(manager, deps.operations, locked, { act, form, at });
  return isRefusal(extract) ? extract : { event: { ...event, extract }, form };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value.slice(0, 64) : null;
}
