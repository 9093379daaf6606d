import { hashOf, requireIdempotencyKey, waitOf } from '../command-route';
import type { CommandOrder, CommandStatus } from '../commands';
import { type ReplyHeaders, RETRY_AFTER_SECONDS } from '../headers';
import { problemOfRefusal } from '../problem';
import type { Call, Reply } from '../route';
import { type ActBody, keySpaceOf, operatorOf, prepareAct, type PreparedAct, refusedAct } from './act';
import { requireCase } from './find';
import { openDraft, prepareSubmission, type CaseToOpen } from './open';
import { readerOf } from './reader';
import { viewCase } from './view';

/**
 * Commands on office cases: a row is committed before the process is asked, a repeat of its key is answered by the first
 * one's outcome, and what is not done in time is answered 202 and carried out nevertheless.
 */

/** Opens a case and, where wanted, submits it at once. */
export async function giveNewCase(call: Call<unknown, CaseToOpen>): Promise<Reply> {
  const given = orderOf(call, { open: call.body });
  const repeat = await call.parts.commands.findRepeat(given.institution, given.idempotencyKey, given.bodyHash);
  if (repeat) return answerNewCase(call, repeat, true);
  const { body } = call;
  if (!body.submit) {
    const { status, repeated } = await openDraft(call, given);
    return answerNewCase(call, status, repeated);
  }
  const { status, repeated } = await call.parts.commands.accept({ ...given, ...(await prepareSubmission(call)) });
  return answerNewCase(call, status, repeated);
}

async function answerNewCase(call: Call<unknown, CaseToOpen>, status: CommandStatus, repeated: boolean): Promise<Reply> {
  const caseNo = caseNoOf(status);
  return answer(call, { status, repeated, caseNo, doneStatus: 201, body: null });
}

/** Gives one act. */
export async function giveAct(call: Call<unknown, ActBody>): Promise<Reply> {
  const caseNo = call.params['caseNo'] ?? '';
  const given = orderOf(call, { act: call.body, caseNo });
  const repeat = await call.parts.commands.findRepeat(given.institution, given.idempotencyKey, given.bodyHash);
  const { status, repeated } = repeat
    ? { status: repeat, repeated: true }
    : await call.parts.commands.accept({ ...given, ...(await prepareAct(call.parts, call.user, caseNo, call.body)) });
  return answer(call, { status, repeated, caseNo, doneStatus: 200, body: call.body });
}

/** Who gives the command, under which key, with what content. */
export type GivenOrder = Omit<CommandOrder, keyof PreparedAct>;

export function orderOf(call: Call, content: object, key: string = requireIdempotencyKey(call.request)): GivenOrder {
  const operator = operatorOf(call.user);
  const institution = keySpaceOf(call.user);
  return { institution, idempotencyKey: key, bodyHash: hashOf(content, { institution, operator }), operator };
}

interface Given {
  readonly status: CommandStatus;
  readonly repeated: boolean;
  readonly caseNo: string;
  readonly doneStatus: 200 | 201;
  /** The act, to say what the case has become where it was refused; null where the case was opened by it. */
  readonly body: ActBody | null;
}

/** The case as it stands once the command is done; 202 where that takes longer than the caller waits. */
async function answer(call: Call, { status, repeated, caseNo, doneStatus, body }: Given): Promise<Reply> {
  const { parts, user, request } = call;
  const waitMs = waitOf(request) * 1000;
  const result = await parts.commands.wait(status, keySpaceOf(user), waitMs, parts.stopping);
  const headers: ReplyHeaders = {
    ...(repeated ? { 'Idempotency-Replayed': 'true' } : {}),
    ...(request.headers.prefer === undefined ? {} : { 'Preference-Applied': `wait=${waitMs / 1000}` }),
  };
  if (!result) {
    const location = locationOf(status.id);
    return { status: 202, headers: { ...headers, Location: location, 'Retry-After': RETRY_AFTER_SECONDS }, body: { commandId: status.id, status: 'accepted', location, caseNo } };
  }
  return parts.store.read(async (manager) => {
    const reader = await readerOf(manager, user, parts.people.now());
    if (result.status === 'refused') {
      const { refusal } = result;
      const problem = body ? await refusedAct(manager, caseNo, reader, body, refusal, status.id) : problemOfRefusal(refusal, status.id);
      throw problem.with(headers);
    }
    const found = await requireCase(manager, caseNo, reader);
    return { status: doneStatus, headers, body: await viewCase(manager, parts, found, reader) };
  });
}

export function locationOf(commandId: string): string {
  return `/v1/office-commands/${commandId}`;
}

/** `office-case/<definition>/<division>/<caseNo>`. */
export function caseNoOf({ workflowId }: Pick<CommandStatus, 'workflowId'>): string {
  return workflowId.split('/').at(-1) ?? '';
}
