import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { openBatch } from '../../activities/batch/open';
import { BATCH_KINDS } from '../../activities/batch/registry';
import { batchStart } from '../../activities/batch/wake';
import { divisionTree } from '../../activities/people/divisions';
import { isRefusal } from '../../domain/refusal';
import { scopeOf } from '../../domain/people/divisions';
import type { batchOrder, batchToOpen } from '../../schemas/api/batches';
import { Batch } from '../../store/entities';
import { keySpaceOf } from '../cases/act';
import { orderOf } from '../cases/give';
import { waitOf } from '../command-route';
import type { CommandStatus, ProcessOfOrder } from '../commands';
import type { ProcessStart } from '../delivery';
import { type ReplyHeaders, RETRY_AFTER_SECONDS } from '../headers';
import { Problem, problemOfRefusal } from '../problem';
import type { Call, Reply } from '../route';
import { viewBatch } from './view';

type NewBatchCall = Call<unknown, z.output<typeof batchToOpen>>;

/** Opens a batch; its workflow is told in the same transaction. */
export async function giveNewBatch(call: NewBatchCall): Promise<Reply> {
  const { body, parts, user } = call;
  const given = orderOf(call, { openBatch: body });
  const repeat = await parts.commands.findRepeat(given.institution, given.idempotencyKey, given.bodyHash);
  if (repeat) return answer(call, repeat, true, 201);
  requireStart(call);
  const alongside = async (manager: EntityManager): Promise<ProcessOfOrder> => {
    const { kind, division, period = null, parameters } = body;
    const batch = await openBatch(manager, BATCH_KINDS, { kind, division, period, parameters, makerId: user.userId }, parts.people.now());
    if (isRefusal(batch)) throw problemOfRefusal(batch);
    return processOf(batch, {});
  };
  const { status, repeated } = await parts.commands.accept({ ...given, process: 'batch', name: 'proceed', workflowId: '', start: null, payload: {}, alongside });
  return answer(call, status, repeated, 201);
}

/** Pauses, resumes or cancels a batch. */
export async function giveBatchOrder(call: Call<unknown, z.output<typeof batchOrder>>): Promise<Reply> {
  const { body, parts, params } = call;
  const id = params['batchId'] ?? '';
  const given = orderOf(call, { batchOrder: body, id });
  const repeat = await parts.commands.findRepeat(given.institution, given.idempotencyKey, given.bodyHash);
  if (repeat) return answer(call, repeat, true, 200);
  const batch = await parts.store.read((manager) => requireBatch(manager, call, id));
  if (!mayStart(call, batch)) throw new Problem('BATCH_START_REFUSED');
  const { order, ...payload } = body;
  const { status, repeated } = await parts.commands.accept({ ...given, process: 'batch', name: order, ...processOf(batch, payload) });
  return answer(call, status, repeated, 200);
}

function processOf(batch: Batch, payload: object): ProcessOfOrder {
  const { workflowId, start } = batchStart(batch);
  return { workflowId, start: start as ProcessStart, payload };
}

/** The batch as it stands once the order is carried out; 202 where that takes longer than the caller waits. */
async function answer(call: Call, status: CommandStatus, repeated: boolean, doneStatus: 200 | 201): Promise<Reply> {
  const { parts, user, request } = call;
  const id = status.workflowId.split('/').at(-1) ?? '';
  const waitMs = waitOf(request) * 1000;
  const result = await parts.commands.wait(status, keySpaceOf(user), waitMs, parts.stopping);
  const headers: ReplyHeaders = {
    ...(repeated ? { 'Idempotency-Replayed': 'true' } : {}),
    ...(request.headers.prefer === undefined ? {} : { 'Preference-Applied': `wait=${waitMs / 1000}` }),
  };
  if (result?.status === 'refused') throw problemOfRefusal(result.refusal, status.id).with(headers);
  const location = `/v1/batches/${id}`;
  if (!result) return { status: 202, headers: { ...headers, Location: location, 'Retry-After': RETRY_AFTER_SECONDS }, body: { commandId: status.id, status: 'accepted', location } };
  return parts.store.read(async (manager) => ({ status: doneStatus, headers, body: await viewBatch(manager, parts, await requireBatch(manager, call, id)) }));
}

/** The batch, where it lies in a division of which the person may read cases. Throws Problem BATCH_NOT_FOUND. */
export async function requireBatch(manager: EntityManager, call: Pick<Call, 'user' | 'parts'>, id: string): Promise<Batch> {
  const batch = await manager.findOneBy(Batch, { id });
  if (!batch || !(await batchScope(manager, call)).includes(batch.division)) throw new Problem('BATCH_NOT_FOUND');
  return batch;
}

/** Divisions whose batches a person sees. */
export async function batchScope(manager: EntityManager, { user, parts }: Pick<Call, 'user' | 'parts'>): Promise<readonly string[]> {
  return scopeOf('case.read', user.assignments, await divisionTree(manager, parts.people.now()));
}

function requireStart(call: NewBatchCall): void {
  if (!Object.hasOwn(BATCH_KINDS, call.body.kind)) throw new Problem('BATCH_KIND_UNKNOWN');
  if (!mayStart(call, call.body)) throw new Problem('BATCH_START_REFUSED');
}

/** Whether a person holds a post that may begin and order such batches in the division. */
export function mayStart({ user }: Pick<Call, 'user'>, { kind, division }: Pick<Batch, 'kind' | 'division'>): boolean {
  const roles = BATCH_KINDS[kind]?.startRoles ?? [];
  return user.assignments.some((each) => each.division === division && roles.includes(each.role));
}
