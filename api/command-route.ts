import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { z } from 'zod';
import type { AdmissionPayloads } from '../domain/admission/payloads';
import type { AdmissionCommand } from '../domain/admission/types';
import type { OutcomeCode } from '../domain/outcomes';
import { commandAnswer, commandAccepted } from '../schemas/api/answers';
import { idempotencyKey } from '../schemas/api/text';
import type { Admission } from '../store/entities';
import { requireAdmission } from './admissions';
import type { Caller } from './auth';
import type { CommandOrder, CommandStatus } from './commands';
import { COMMAND_HEADERS, type ReplyHeaders, RETRY_AFTER_SECONDS } from './headers';
import { Problem, problemOfRefusal } from './problem';
import { BODY_ERRORS, COMMAND_ERRORS, type Call, defineRoute, type Example, type Method, type Reply, type Route } from './route';

const DEFAULT_WAIT_SECONDS = 10;
const MAX_WAIT_SECONDS = 60;

interface CommandSpec<C extends AdmissionCommand, B extends z.ZodType | undefined> {
  readonly command: C;
  readonly method: Method;
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  readonly body?: B;
  readonly query?: z.ZodObject;
  readonly errors?: readonly OutcomeCode[];
  readonly example: Example;
  /** What the workflow is told, from a checked body and the stay as the read model has it; may look things up. */
  payload(body: B extends z.ZodType ? z.output<B> : undefined, admission: Admission, call: Call): Promise<AdmissionPayloads[C]> | AdmissionPayloads[C];
}

/** A route that gives one command to the workflow of an existing admission. */
export function commandRoute<C extends AdmissionCommand, B extends z.ZodType | undefined = undefined>(spec: CommandSpec<C, B>): Route {
  const { payload, errors = [], ...words } = spec;
  return defineRoute({
    ...words,
    access: 'institution',
    answers: commandAnswers(200),
    errors: [...COMMAND_ERRORS, ...(spec.body ? BODY_ERRORS : []), 'ADMISSION_NOT_FOUND', ...errors],
    handle: async (call) => {
      const key = requireIdempotencyKey(call.request);
      const content = { command: spec.command, params: call.params, query: call.query ?? null, body: call.body ?? null };
      return giveCommand(call, key, hashOf(content, call.caller), 200, async () => {
        const admission = await requireAdmission(call);
        return {
          name: spec.command,
          workflowId: admission.workflowId,
          start: null,
          payload: await payload(call.body as never, admission, call),
        };
      });
    },
  });
}

/** A command of a stay, unless it names another process. */
export type PreparedCommand = Pick<CommandOrder, 'name' | 'workflowId' | 'start' | 'payload' | 'alongside'> & Partial<Pick<CommandOrder, 'process'>>;

/**
 * Takes a command in and answers with its result, or 202 when it is not there in time. `prepare` runs only for a key that
 * is new: a repeat is answered as the first time, whatever has changed since.
 */
export async function giveCommand(
  call: Call,
  key: string,
  bodyHash: string,
  doneStatus: 200 | 201,
  prepare: () => Promise<PreparedCommand>,
): Promise<Reply> {
  const { caller, parts } = call;
  const waitMs = waitOf(call.request) * 1000;
  const repeat = await parts.commands.findRepeat(caller.institution, key, bodyHash);
  if (repeat) return answer(call, repeat, true, waitMs, doneStatus);
  const prepared = await prepare();
  const { status, repeated } = await parts.commands.accept({
    process: 'admission',
    ...prepared,
    institution: caller.institution,
    idempotencyKey: key,
    bodyHash,
    operator: caller.operator,
  });
  return answer(call, status, repeated, waitMs, doneStatus);
}

async function answer(call: Call, status: CommandStatus, repeated: boolean, waitMs: number, doneStatus: 200 | 201): Promise<Reply> {
  const { parts, caller, request } = call;
  const result = await parts.commands.wait(status, caller.institution, waitMs, parts.stopping);
  const location = `/v1/commands/${status.id}`;
  const headers: ReplyHeaders = {
    ...(repeated ? { 'Idempotency-Replayed': 'true' } : {}),
    ...(request.headers.prefer === undefined ? {} : { 'Preference-Applied': `wait=${waitMs / 1000}` }),
  };
  if (!result) {
    return { status: 202, headers: { ...headers, Location: location, 'Retry-After': RETRY_AFTER_SECONDS }, body: { commandId: status.id, status: 'accepted', location } };
  }
  if (result.status === 'refused') {
    const problem = problemOfRefusal(result.refusal, status.id);
    throw new Problem(problem.code, problem.extras, headers);
  }
  return { status: doneStatus, headers, body: { commandId: status.id, status: 'done', result: result.result } };
}

/** Answers of every command, for the OpenAPI document. */
export function commandAnswers(doneStatus: 200 | 201): Route['answers'] {
  return {
    [doneStatus]: { description: '已办理', schema: commandAnswer, headers: COMMAND_HEADERS },
    202: {
      description: '已受理，未在等待时间内办完；按 Location 查询结果',
      schema: commandAccepted,
      headers: [...COMMAND_HEADERS, 'Location', 'Retry-After'],
    },
  };
}

/** Throws Problem when the header is missing or is no key. */
export function requireIdempotencyKey(request: Request): string {
  const key = request.headers['idempotency-key'];
  if (key === undefined || key === '') throw new Problem('IDEMPOTENCY_KEY_MISSING');
  if (!idempotencyKey.safeParse(key).success) throw new Problem('IDEMPOTENCY_KEY_INVALID');
  return key as string;
}

/** Seconds that the caller wants to wait for the result: `Prefer: wait=5`. */
export function waitOf(request: Request): number {
  const prefer = request.headers.prefer;
  if (prefer === undefined) return DEFAULT_WAIT_SECONDS;
  const seconds = /^wait=(\d{1,4})$/.exec(String(prefer).trim())?.[1];
  if (seconds === undefined || Number(seconds) > MAX_WAIT_SECONDS) throw new Problem('PREFER_INVALID');
  return Number(seconds);
}

/** SHA-256 of what the caller asked for, whatever the order of its members; another operator makes another content. */
export function hashOf(content: unknown, caller: Caller): string {
  return createHash('sha256').update(stableJson({ content, operator: caller.operator.id })).digest('hex');
}

function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
