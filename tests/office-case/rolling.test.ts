import { CaseAct } from '../../store/entities';
import { definitionOf, sign, STAFF } from '../support/office-definitions';
import { PROVINCE } from '../support/office-people';
import { openOfficeRig, type OfficeRig } from '../support/office-rig';

/** A long case rolls over into new runs; nothing of it is lost, whatever comes while it rolls. */
const LONG = definitionOf({ key: 'test-long-case', chain: [sign({ key: 'review', role: 'reviewer' }), sign({ key: 'approve', role: 'approver' })] });
let rig: OfficeRig;

beforeAll(async () => {
  rig = await openOfficeRig({ people: STAFF, suggestRollAt: 40 });
}, 60_000);
afterAll(() => rig.close());

test('forty acts by update and signal over several runs are each there once, and the case goes on', async () => {
  const id = await rig.open(LONG, 'maker-1', PROVINCE, { subject: '长件' });
  expect(await rig.act(id, 'maker-1', 'submit')).toMatchObject({ status: 'done' });
  const firstRun = (await rig.handle(id).describe()).runId;
  for (let index = 0; index < 10; index += 1) {
    const urges = await Promise.all(Array.from({ length: 4 }, () => rig.payload(id, 'maker-1', 'urge')));
    const [first, second, third, fourth] = urges;
    if (!first || !second || !third || !fourth) throw new Error('four urges');
    await Promise.all([rig.send(id, first, `u${index}`), rig.send(id, first, `u${index}`), rig.send(id, second), rig.signal(id, third), rig.signal(id, fourth)]);
  }
  const state = await rig.until(id, ({ urges }) => urges === 40);
  expect((await rig.handle(id).describe()).runId).not.toBe(firstRun);
  expect(await rig.send(id, await rig.payload(id, 'maker-1', 'urge'), 'u0')).toEqual(expect.objectContaining({ status: 'done' }));
  expect((await rig.state(id)).urges).toBe(state.urges);
  expect(await rig.act(id, 'reviewer-1', 'approve')).toMatchObject({ status: 'done', result: { step: 'approve' } });
  expect(await rig.act(id, 'approver-1', 'approve')).toMatchObject({ status: 'done', result: { status: 'effective' } });
  expect(await rig.store.read((manager) => manager.countBy(CaseAct, { caseId: id }))).toBe(43);
  await expect(rig.handle(id).result()).resolves.toMatchObject({ status: 'effective' });
}, 60_000);

test('every run can be replayed', async () => {
  expect(await rig.replayAll()).toBeGreaterThan(0);
}, 120_000);
