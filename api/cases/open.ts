import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { LockedCase } from '../../activities/office-case/context';
import { openCase } from '../../activities/office-case/open';
import { checkSubmission } from '../../activities/office-case/submission';
import { type CaseDefinition, MAKER } from '../../domain/office-case/definition';
import type { CaseState } from '../../domain/office-case/types';
import type { DivisionNode } from '../../domain/people/divisions';
import { isRefusal } from '../../domain/refusal';
import type { caseToOpen } from '../../schemas/api/office-cases';
import type { CommandOrder, CommandStatus, ProcessOfOrder } from '../commands';
import { Problem, problemOfRefusal } from '../problem';
import type { Call } from '../route';
import type { CallUser } from '../users';
import { requireForm, signSubmission, startOfCase } from './act';
import { readerOf } from './reader';

export type CaseToOpen = z.output<typeof caseToOpen>;
type OpenCall = Call<unknown, CaseToOpen>;

/** Saves a case as a draft (草稿): its number and rows, no process yet. */
export async function openDraft(call: OpenCall, given: Pick<CommandOrder, 'institution' | 'idempotencyKey' | 'bodyHash' | 'operator'>): Promise<{ status: CommandStatus; repeated: boolean }> {
  const definition = await requireStart(call);
  requireKnownFields(definition, call.body.form);
  const order: CommandOrder = {
    ...given,
    ...unopened('openDraft'),
    alongside: async (manager) => ({ workflowId: (await openIn(manager, call, definition)).row.id, start: null, payload: {} }),
  };
  return call.parts.commands.recordDone(order, ({ workflowId }) => ({ status: 'done', result: { caseId: workflowId } }));
}

/** What opens a case and submits it: its number is drawn in the transaction that takes the command in. */
export async function prepareSubmission(call: OpenCall): Promise<Pick<CommandOrder, 'process' | 'name' | 'workflowId' | 'start' | 'payload' | 'alongside'>> {
  const definition = await requireStart(call);
  requireForm(definition, call.body.form);
  return { ...unopened('act'), alongside: (manager) => submissionIn(manager, call, definition) };
}

async function submissionIn(manager: EntityManager, call: OpenCall, definition: CaseDefinition): Promise<ProcessOfOrder> {
  const found = await openIn(manager, call, definition);
  const at = call.parts.people.now();
  // What would be refused anyway leaves no draft and takes no number; the judge asks again.
  const unfit = await checkSubmission(manager, call.parts.cases.operations, found, { act: 'submit', form: call.body.form, at });
  if (isRefusal(unfit)) throw problemOfRefusal(unfit);
  const act = { act: 'submit', step: MAKER, slot: null, round: 1, opinion: '' } as const;
  const decision = await signSubmission(call.parts, call.user, found, act, at);
  return { workflowId: found.row.id, start: startOfCase(found), payload: { ...act, decision } };
}

/** Of an order whose process is known only once its case is opened. */
function unopened(name: string): Pick<CommandOrder, 'process' | 'name' | 'workflowId' | 'start' | 'payload'> {
  return { process: 'office-case', name, workflowId: '', start: null, payload: {} };
}

async function openIn(manager: EntityManager, { parts, user, body }: OpenCall, definition: CaseDefinition): Promise<LockedCase> {
  const row = await openCase(manager, { definition, division: body.division, makerId: user.userId, form: body.form }, parts.people.now());
  if (isRefusal(row)) throw problemOfRefusal(row);
  return { row, definition, state: row.state as CaseState };
}

/** The definition of the case that is to be opened. Throws Problem where there is none, or not here, or not by this person. */
async function requireStart({ parts, user, body }: OpenCall): Promise<CaseDefinition> {
  const definition = Object.hasOwn(parts.cases.definitions, body.definition) ? parts.cases.definitions[body.definition] : undefined;
  if (!definition) throw new Problem('DEFINITION_UNKNOWN');
  const { tree } = await parts.store.read((manager) => readerOf(manager, user, parts.people.now()));
  if (!tree.find(body.division)) throw new Problem('DIVISION_NOT_FOUND');
  if (!startDivisions(definition, user, tree.nodes).includes(body.division)) throw new Problem('CASE_START_REFUSED');
  return definition;
}

/** Divisions in which a person may open a case of a definition: where he holds one of its roles, at one of its levels. */
export function startDivisions({ startRoles, startLevel }: CaseDefinition, { assignments }: Pick<CallUser, 'assignments'>, nodes: readonly DivisionNode[]): readonly string[] {
  const homes = assignments.filter(({ role }) => startRoles.includes(role)).map(({ division }) => division);
  return nodes.filter(({ code, level }) => homes.includes(code) && startLevel.includes(level)).map(({ code }) => code);
}

/** A draft may lack fields; what it has must be right. */
function requireKnownFields(definition: CaseDefinition, form: Readonly<Record<string, unknown>>): void {
  const optional = definition.form.map((field) => ({ ...field, required: false }));
  const chain = definition.chain.filter((step) => step.kind !== 'sign' || step.where !== 'parties' || form['parties'] !== undefined);
  const filled = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== null && value !== ''));
  requireForm({ ...definition, form: optional, chain, businessKey: [] }, filled);
}
