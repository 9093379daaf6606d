import { addWorkingTime } from '../../domain/working-time';
import { CaseAct, CaseTask } from '../../store/entities';
import { definitionOf, sign, STAFF } from '../support/office-definitions';
import { PROVINCE } from '../support/office-people';
import { openOfficeRig, type OfficeRig } from '../support/office-rig';

/** Terms of real workflows, with time that passes as soon as everybody only waits. */
const TERM = definitionOf({
  key: 'test-term',
  deadline: { hours: 40, remindAt: [0.5, 0.8], escalateTo: 'approver' },
  chain: [sign({ key: 'review', zh: '审核', role: 'reviewer' })],
});
const DAY_MS = 86_400_000;
let rig: OfficeRig;

beforeAll(async () => {
  rig = await openOfficeRig({ people: [...STAFF, { id: 'reviewer-3', role: 'reviewer', division: PROVINCE }], time: 'skipping' });
}, 60_000);
afterAll(() => rig.close());

async function begin(subject: string): Promise<string> {
  const id = await rig.open(TERM, 'maker-1', PROVINCE, { subject });
  expect(await rig.act(id, 'maker-1', 'submit')).toMatchObject({ status: 'done' });
  return id;
}

const acts = (id: string): Promise<CaseAct[]> => rig.store.read((manager) => manager.find(CaseAct, { where: { caseId: id }, order: { seq: 'ASC' } }));

test('a month of silence: two reminders, one escalation in working time, and the case can still be decided', async () => {
  const id = await begin('沉默');
  const opened = (await rig.state(id)).timing?.startedAt ?? 0;
  await rig.advance(31 * DAY_MS);
  const state = await rig.until(id, ({ escalatedAt }) => escalatedAt !== null);
  expect(state.reminded).toEqual([0.5, 0.8]);
  // The escalation came in office hours, 40 of them after the case was opened; timers are a little late, never early.
  expect((state.escalatedAt ?? 0) - addWorkingTime(opened, 40)).toBeGreaterThanOrEqual(0);
  expect((state.escalatedAt ?? 0) - addWorkingTime(opened, 40)).toBeLessThan(60_000);
  expect((await acts(id)).map(({ kind }) => kind)).toEqual(['submit', 'reminded', 'reminded', 'escalated']);
  const open = await rig.store.read((manager) => manager.findBy(CaseTask, { caseId: id, status: 'open' }));
  expect(open.map(({ slot, role }) => [slot, role]).sort()).toEqual([['1', 'reviewer'], ['escalation', 'approver']]);

  expect(await rig.act(id, 'approver-1', 'transfer', { to: { userId: 'reviewer-3' } })).toMatchObject({ status: 'done' });
  expect(await rig.act(id, 'reviewer-1', 'approve')).toMatchObject({ refusal: { code: 'SLOT_ASSIGNED' } });
  expect(await rig.act(id, 'reviewer-3', 'approve')).toMatchObject({ status: 'done', result: { status: 'effective' } });
  expect(await rig.store.read((manager) => manager.countBy(CaseTask, { caseId: id, status: 'open' }))).toBe(0);
}, 60_000);

test('a case that rests is not reminded of; resumed, it has the rest of its term', async () => {
  const id = await begin('挂起');
  expect(await rig.act(id, 'reviewer-1', 'suspend')).toMatchObject({ status: 'done' });
  await rig.advance(31 * DAY_MS);
  expect((await acts(id)).map(({ kind }) => kind)).toEqual(['submit', 'suspend']);
  expect(await rig.act(id, 'maker-1', 'resume', { step: 'maker' })).toMatchObject({ status: 'done' });
  const { timing } = await rig.state(id);
  expect(timing?.dueAt).toBeGreaterThan(rig.now());
  await rig.advance(14 * DAY_MS);
  expect((await rig.until(id, ({ escalatedAt }) => escalatedAt !== null)).reminded).toEqual([0.5, 0.8]);
}, 60_000);

test('65 an approval at the very time-out: both are recorded in one order, and the approval counts', async () => {
  for (let round = 0; round < 4; round += 1) {
    const id = await begin(`准点${round}`);
    const due = (await rig.state(id)).timing?.dueAt ?? 0;
    const payload = await rig.payload(id, 'reviewer-1', 'approve', { decision: { expiresAt: due + 14 * DAY_MS, issuedAt: due - 1_000 } });
    const wait = due - rig.now() - 2;
    const [, result] = await Promise.all([rig.advance(wait + round), (async () => rig.send(id, payload))()]);
    expect(result).toMatchObject({ status: 'done' });
    const order = (await acts(id)).map(({ kind }) => kind).filter((kind) => kind !== 'reminded');
    expect([['submit', 'approve'], ['submit', 'escalated', 'approve']]).toContainEqual(order);
    expect(await rig.state(id)).toMatchObject({ status: 'effective' });
  }
}, 60_000);

test('every run can be replayed', async () => {
  expect(await rig.replayAll()).toBeGreaterThan(0);
}, 120_000);
