import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { CommandResult, Refusal } from '../../domain/commands';
import { attachmentsSeen } from '../../activities/office-case/attachments';
import { seenHash as hashSeen, seenHashOf } from '../../domain/office-case/digest';
import { mayRepeat } from '../../domain/outcomes';
import { refusal } from '../../domain/refusal';
import type { bulkActBody, bulkPreviewBody, bulkResults } from '../../schemas/api/office-cases';
import { CaseRound } from '../../store/entities';
import { requireIdempotencyKey } from '../command-route';
import type { CommandStatus } from '../commands';
import type { ApiParts } from '../parts';
import { bodyOf, Problem } from '../problem';
import type { Call, Reply } from '../route';
import { type ActBody, actOf, keySpaceOf, prepareAct, refusedAct, requireFit } from './act';
import { placesOf } from './acting';
import { type FoundCase, findCase, requireCase } from './find';
import { cellChanges } from './form-changes';
import { orderOf } from './give';
import { readerOf, type Reader } from './reader';
import { maskChange } from './view';

type Preview = z.output<typeof bulkPreviewBody>;
type Bulk = z.output<typeof bulkActBody>;
type Result = z.input<typeof bulkResults>['items'][number];
type Item = Preview['items'][number];

/** Items under way at once: more would only wait for each other in the database and the worker. */
const AT_ONCE = 8;
/** Time that all items together get to be done, ms; the rest is told as accepted. */
const WAIT_MS = 25_000;

/** What would become of each item: whether the caller may sign it, and what changed since he saw it. Changes nothing. */
export async function previewBulk(call: Call<unknown, Preview>): Promise<Reply> {
  const { parts, user, body, request } = call;
  const items = await parts.store.read(async (manager) => {
    const reader = await readerOf(manager, user, parts.people.now());
    const results: Result[] = [];
    for (const item of body.items) results.push(await previewOf(manager, reader, body.act, item, request));
    return results;
  });
  return { status: 200, body: sumUp(items) };
}

async function previewOf(manager: EntityManager, reader: Reader, act: Preview['act'], item: Item, request: Call['request']): Promise<Result> {
  const named = { caseNo: item.caseNo, step: item.step, slot: item.slot ?? null, title: null, amountFen: null };
  try {
    const found = await requireCase(manager, item.caseNo, reader);
    const attachments = await attachmentsSeen(manager, found.row.id);
    const seen = seenHashOf(found.state, attachments);
    const known: Result = { ...named, title: found.row.title, amountFen: found.row.amountFen, seenHash: seen, ok: true };
    const changed = item.seenHash === undefined || item.seenHash === seen ? [] : await changesSince(manager, found, item.seenHash, attachments);
    const shown = { ...known, ...(changed.length > 0 ? { changed } : {}) };
    const problem = await problemOf(manager, found, reader, act, item, attachments);
    return problem ? { ...shown, ok: false, problem: bodyOf(problem, request) } : shown;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ...named, ok: false, problem: bodyOf(error, request) };
  }
}

/** What speaks against signing an item now, by the rules of the judge; null when nothing does. */
async function problemOf(manager: EntityManager, found: FoundCase, reader: Reader, act: Preview['act'], item: Item, attachments: string): Promise<Problem | null> {
  const { step, slot, round, seenHash } = item;
  try {
    requireFit(found, actOf(found, reader, { act, step, slot, round, opinion: '', seenHash: seenHash ?? '' }), seenHash, attachments);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  const places = await placesOf(manager, found, reader);
  const here = places.find((place) => place.step === step && (slot === undefined || slot === null || place.slot === slot));
  return here?.acts.includes(act) ? null : new Problem('RIGHT_MISSING', { detail: '您不能办理该席位：没有岗位，或已办理过本件的其他环节。' });
}

/** The changes of the form since the page was read, found by the digest of what it showed; none where attachments changed as well. */
async function changesSince(manager: EntityManager, { row, definition, state }: FoundCase, seenHash: string, attachments: string) {
  const steps = ['maker', ...definition.chain.map(({ key }) => key), null];
  const rounds = await manager.findBy(CaseRound, { caseId: row.id });
  const seen = rounds.find(({ round, formHash }) => steps.some((step) => hashSeen({ caseNo: state.caseNo, formHash, round, step, attachments }) === seenHash));
  if (!seen) return [];
  return cellChanges(seen.form as Record<string, unknown>, row.form as Record<string, unknown>).map(({ field, before, after }) => ({
    field,
    before: maskChange(definition.form, field, before) ?? null,
    after: maskChange(definition.form, field, after) ?? null,
  }));
}

/**
 * Signs items one by one, each a command of its own: what is refused of one does not touch the others. A repeat of the key
 * is answered as the first time, item by item. Throws Problem IDEMPOTENCY_KEY_REUSED for other items under the same key.
 */
export async function giveBulk(call: Call<unknown, Bulk>): Promise<Reply> {
  const key = requireIdempotencyKey(call.request);
  const deadline = Date.now() + WAIT_MS;
  const { items } = call.body;
  const results: Result[] = [];
  // The first item is taken in before the others: a key that was used for other items is refused as a whole.
  results[0] = await giveItem(call, key, 0, deadline);
  let next = 1;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await giveItem(call, key, index, deadline);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { status: 200, body: sumUp(results) };
}

async function giveItem(call: Call<unknown, Bulk>, key: string, index: number, deadline: number): Promise<Result> {
  const { parts, user, body, request } = call;
  const item = body.items[index] as Bulk['items'][number];
  const act: ActBody = { act: body.act, opinion: body.opinion, step: item.step, slot: item.slot, round: item.round, seenHash: item.seenHash };
  const order = orderOf(call, { bulk: body, index }, itemKey(key, index));
  const status =
    (await parts.commands.findRepeat(order.institution, order.idempotencyKey, order.bodyHash)) ?? (await take(parts, call, order, item.caseNo, act));
  if (status instanceof Problem) return { caseNo: item.caseNo, step: item.step, slot: item.slot ?? null, title: null, amountFen: null, ok: false, problem: bodyOf(status, request) };
  const result = await parts.commands.wait(status, keySpaceOf(user), Math.max(1, deadline - Date.now()), parts.stopping);
  return parts.store.read(async (manager) => {
    const found = await findCase(manager, item.caseNo);
    const reader = await readerOf(manager, user, parts.people.now());
    const shown = { caseNo: item.caseNo, step: item.step, slot: item.slot ?? null, title: found?.row.title ?? null, amountFen: found?.row.amountFen ?? null };
    if (!result) return { ...shown, ok: false, accepted: true };
    if (result.status === 'done') return { ...shown, ok: true };
    const problem = await problemOfItem(manager, reader, item.caseNo, act, result.refusal, status.id);
    // Of a case that he may not read nothing is told.
    return { ...shown, ...(problem.code === 'CASE_NOT_FOUND' ? { title: null, amountFen: null } : {}), ok: false, problem: bodyOf(problem, request) };
  });
}

async function problemOfItem(manager: EntityManager, reader: Reader, caseNo: string, act: ActBody, reason: Refusal, commandId: string): Promise<Problem> {
  try {
    return await refusedAct(manager, caseNo, reader, act, reason, commandId);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/**
 * Takes an item in. What is refused before the process is asked is kept as well, so that a repeat hears the same; what may be
 * tried again is told and not kept.
 */
async function take(parts: ApiParts, call: Call<unknown, Bulk>, order: ReturnType<typeof orderOf>, caseNo: string, act: ActBody): Promise<CommandStatus | Problem> {
  try {
    return (await parts.commands.accept({ ...order, ...(await prepareAct(parts, call.user, caseNo, act)) })).status;
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'IDEMPOTENCY_KEY_REUSED') throw error;
    if (mayRepeat(error.code)) return error;
    const refused: CommandResult = { status: 'refused', refusal: { ...refusal(error.code), ...(error.extras.detail === undefined ? {} : { message: error.extras.detail }) } };
    const unasked = { process: 'office-case', name: 'act', workflowId: `office-case/-/-/${caseNo}`, start: null, payload: { ...act } } as const;
    return (await parts.commands.recordDone({ ...order, ...unasked }, () => refused)).status;
  }
}

function itemKey(key: string, index: number): string {
  return `b-${createHash('sha256').update(`${key}/${index}`).digest('hex').slice(0, 60)}`;
}

function sumUp(items: readonly Result[]): z.input<typeof bulkResults> {
  const good = items.filter(({ ok }) => ok);
  return {
    items: [...items],
    ok: good.length,
    refused: items.filter(({ ok, accepted }) => !ok && accepted !== true).length,
    amountFen: good.reduce((sum, { amountFen }) => sum + (amountFen ?? 0), 0),
  };
}
