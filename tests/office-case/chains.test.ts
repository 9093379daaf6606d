import type { RegisterOperations } from '../../activities/office-case/operations';
import { deadlineOf, EFFECT, operationOf, type FormField } from '../../domain/office-case/definition';
import { isFinal } from '../../domain/office-case/state';
import type { CaseState } from '../../domain/office-case/types';
import { openSlots } from '../../domain/office-case/why';
import type { RoleKey } from '../../domain/people/role-keys';
import { loadCaseDefinitions } from '../../schemas/processes/load-cases';
import { CaseAct } from '../../store/entities';
import { counting } from '../support/office-definitions';
import { addPeople, CITIES, PROVINCE } from '../support/office-people';
import { openOfficeRig, type OfficeRig } from '../support/office-rig';

/**
 * The chain of every definition that ships, undoings included, with time skipped: at each step everybody is silent until the term is
 * over, it is escalated, and then signed. What the register operations do is proven where they are.
 */
const DAY_MS = 86_400_000;
const definitions = Object.values(loadCaseDefinitions());
let rig: OfficeRig;

beforeAll(async () => {
  const names = definitions.flatMap((definition) => [...definition.chain.map(({ key }) => key), EFFECT].map((step) => operationOf(definition, step))).filter((name) => name !== null);
  const operations: RegisterOperations = Object.fromEntries(names.map((name) => [name, counting().operation]));
  rig = await openOfficeRig({ people: [], operations, time: 'skipping' });
}, 60_000);
afterAll(() => rig?.close());

test.each(definitions.map((definition) => [definition.key, definition] as const))('%s: silent at each step, escalated, signed, effective', async (key, definition) => {
  const division = definition.startLevel.includes('province') ? PROVINCE : CITIES[0];
  const [role = 'maker'] = definition.startRoles;
  const maker = `maker-of-${key}`;
  await addPeople(rig.store, [{ id: maker, role: role as RoleKey, division }]);
  const id = await rig.open(definition, maker, division, formOf(definition.form, key));
  expect(await rig.act(id, maker, 'submit')).toMatchObject({ status: 'done' });
  const escalated = new Set<string>();
  for (let signers = 0; ; signers += 1) {
    let state: CaseState = await rig.until(id, (each) => isFinal(each.status) || openSlots(each).length > 0);
    const step = definition.chain.find((each) => each.key === state.step);
    if (step?.kind === 'sign' && deadlineOf(definition, step) && !escalated.has(step.key)) {
      const days = Math.ceil((deadlineOf(definition, step)?.hours ?? 8) / 8) * 2 + 14;
      await rig.advance(days * DAY_MS);
      escalated.add(step.key);
      state = await rig.until(id, (each) => isFinal(each.status) || each.escalatedAt !== null || each.step !== step.key);
    }
    const [slot] = openSlots(state);
    if (!slot) break;
    const signer = `signer-${signers}-of-${key}`;
    await addPeople(rig.store, [{ id: signer, role: slot.role as RoleKey, division: slot.division }]);
    expect(await rig.act(id, signer, 'approve', { slot: slot.slot })).toMatchObject({ status: 'done' });
  }
  expect((await rig.row(id)).status).toBe('effective');
  const kinds = await rig.store.read(async (manager) => (await manager.findBy(CaseAct, { caseId: id })).map(({ kind }) => kind));
  if (escalated.size > 0) expect(kinds.filter((kind) => kind === 'escalated' || kind === 'tacit').length).toBeGreaterThan(0);
}, 60_000);

/** A form that a definition takes: the plainest value of each field. */
function formOf(fields: readonly FormField[], key: string): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(field, key)]));
}

function valueOf(field: FormField, key: string): unknown {
  switch (field.type) {
    case 'fen':
    case 'integer':
      return Math.max(field.min ?? 1, 1);
    case 'date':
      return '2026-11-20';
    case 'period':
      return '2026-10';
    case 'division':
      return CITIES[1];
    case 'fund':
      return 'residentPool';
    case 'choice':
      return field.choices?.[0]?.value;
    case 'account':
      return '9900000000000001';
    case 'list':
      if (field.fields?.some(({ name }) => name === 'slot')) return [{ ...formOf(field.fields, key), slot: 'seat-1', division: CITIES[1], zh: '示例席位' }];
      return [formOf(field.fields ?? [], key)];
    case 'reference':
      return `REF-${key}`.slice(0, field.max ?? 40);
    default:
      return '示例';
  }
}
