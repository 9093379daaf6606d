import { In, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { amountInWords } from '../../domain/amount-in-words';
import { formatYuanGrouped } from '../../domain/money';
import { attachmentsHashOf, seenHashOf } from '../../domain/office-case/digest';
import { MAKER, stepOf } from '../../domain/office-case/definition';
import { currentSignStep } from '../../domain/office-case/slots';
import { STATUS_NAMES } from '../../domain/office-case/types';
import type { caseView } from '../../schemas/api/office-cases';
import { CaseAct, CaseRound, OfficeUser } from '../../store/entities';
import { attachmentsOf } from '../attachments/rows';
import type { ApiParts } from '../parts';
import { copiesOf } from './copies';
import { placesOf, type ActingPlace } from './acting';
import { viewChain } from './chain';
import { dueStateOf } from './due';
import { cellChanges } from './form-changes';
import type { FoundCase } from './find';
import { maskForm, maskValue } from './masking';
import { divisionName, type Reader } from './reader';
import { relatedOf } from './related';
import { viewAct } from './timeline';

/** Entries of the timeline that a case shows; the rest is on its own address. */
const SHOWN_ACTS = 300;

/** A case as its page shows it to one reader. */
export async function viewCase(manager: EntityManager, parts: ApiParts, found: FoundCase, reader: Reader): Promise<z.input<typeof caseView>> {
  const { row, definition, state } = found;
  const acts = (await manager.find(CaseAct, { where: { caseId: row.id }, order: { seq: 'DESC' }, take: SHOWN_ACTS })).reverse();
  const copies = await copiesOf(manager, row.id);
  const names = await namesOf(manager, [...peopleOf(found), ...copies.flatMap(({ userId, byUser }) => [userId, byUser])]);
  const places = await placesOf(manager, found, reader);
  const shown = shownPlace(found, places);
  const attachments = await attachmentsOf(manager, row.id);
  const uploaders = await namesOf(manager, attachments.flatMap(({ by, withdrawnBy }) => [by, ...(withdrawnBy === null ? [] : [withdrawnBy])]));
  return {
    caseNo: row.caseNo,
    definition: definition.key,
    definitionVersion: definition.version,
    zh: definition.zh,
    en: definition.en,
    division: row.division,
    divisionName: divisionName(reader, row.division),
    status: row.status,
    statusName: STATUS_NAMES[row.status],
    step: shown?.step ?? row.step,
    slot: shown?.slot ?? null,
    round: row.round,
    title: row.title,
    makerName: names(row.makerId),
    openedAt: row.openedAt,
    endedAt: row.endedAt,
    form: shownForm(found, reader),
    formChanges: await changesSinceLastRound(manager, found, reader),
    amountFen: row.amountFen,
    amountText: row.amountFen === null ? null : { yuan: formatYuanGrouped(row.amountFen), words: amountInWords(row.amountFen) },
    chain: viewChain(definition, state, acts, names, reader),
    timeline: acts.filter(({ kind }) => kind !== 'refused').map(viewAct),
    returnTo: returnTargets(found),
    mayAct: [...new Set(places.flatMap((place) => place.acts))],
    seenHash: seenHashOf(state, attachmentsHashOf(attachments)),
    dueAt: row.dueAt,
    dueState: dueStateOf(state.timing?.startedAt ?? row.openedAt, row.dueAt, reader.at),
    attachments: attachments.map(({ by, withdrawnBy, ...rest }) => ({ ...rest, by: uploaders(by), mine: by === reader.user.userId, withdrawnBy: withdrawnBy === null ? null : uploaders(withdrawnBy) })),
    copies: copies.map(({ userId, byUser, copiedAt, readAt }) => ({ userId, name: names(userId), by: names(byUser), at: copiedAt, readAt, mine: userId === reader.user.userId })),
    related: [...(await relatedOf(manager, found, reader))],
    results: state.results as Record<string, unknown>,
    failure: state.failure?.message ?? null,
    document: definition.document === undefined ? null : `/v1/office-cases/${row.caseNo}/document`,
    temporalUrl: reader.user.rights.includes('ops.read') ? parts.cases.temporalUrl(row.id) : null,
    waitsFor: row.waitsFor,
  };
}

/** Where 退回 may go from the current step: the maker, and the earlier step that the definition names. Empty where nothing is signed now. */
function returnTargets({ definition, state }: FoundCase): { step: string; zh: string; en: string }[] {
  const step = currentSignStep(definition, state);
  if (!step) return [];
  const named = step.returnTo === undefined || step.returnTo === MAKER ? [] : [stepOf(definition, step.returnTo)];
  return [{ step: MAKER, zh: '经办', en: 'Maker' }, ...named.map(({ key, zh, en }) => ({ step: key, zh, en }))];
}

/** The place that the page works with: where the reader can sign, else the step that the case is at. */
function shownPlace({ row }: FoundCase, places: readonly ActingPlace[]): ActingPlace | undefined {
  const deciding = places.find((place) => place.slot !== null && place.acts.some((act) => act === 'approve' || act === 'accept' || act === 'resume'));
  return deciding ?? places.find((place) => place.slot !== null && place.step === row.step);
}

/** The maker sees what he wrote; everybody else sees the persons that it speaks of masked. */
function shownForm({ row, definition }: FoundCase, { user }: Reader): Record<string, unknown> {
  const form = row.form as Record<string, unknown>;
  return row.makerId === user.userId ? form : maskForm(definition.form, form);
}

async function changesSinceLastRound(manager: EntityManager, { row, definition }: FoundCase, { user }: Reader) {
  if (row.round < 2) return [];
  const before = await manager.find(CaseRound, { where: { caseId: row.id }, order: { round: 'DESC' }, take: 2 });
  const earlier = before.find(({ round }) => round < row.round);
  if (!earlier) return [];
  const mask = (field: string, value: unknown): unknown => (row.makerId === user.userId ? value : maskChange(definition.form, field, value));
  return cellChanges(earlier.form as Record<string, unknown>, row.form as Record<string, unknown>).map(({ field, before: old, after }) => ({
    field,
    before: mask(field, old) ?? null,
    after: mask(field, after) ?? null,
  }));
}

/** Masks a change by the path of its field: `name`, or `rows.2.name`. */
export function maskChange(fields: FoundCase['definition']['form'], path: string, value: unknown): unknown {
  const [name, , column] = path.split('.');
  const field = fields.find((each) => each.name === name);
  return maskValue(column === undefined ? field : field?.fields?.find((each) => each.name === column), value);
}

function peopleOf({ row, state }: FoundCase): readonly string[] {
  const assigned = Object.values(state.slots).flat().flatMap(({ assigneeId }) => (assigneeId === null ? [] : [assigneeId]));
  return [row.makerId, ...assigned];
}

/** Names of users by their ids; an id that nobody has stands for itself. */
export async function namesOf(manager: EntityManager, ids: readonly string[]): Promise<(userId: string) => string> {
  const wanted = [...new Set(ids)];
  const users = wanted.length === 0 ? [] : await manager.findBy(OfficeUser, { id: In(wanted) });
  const names = new Map(users.map(({ id, name }) => [id, name]));
  return (userId) => names.get(userId) ?? userId;
}
