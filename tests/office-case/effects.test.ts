import { AbnormalItem, CaseOperation } from '../../store/entities';
import { counting, definitionOf, sign, STAFF } from '../support/office-definitions';
import { PROVINCE } from '../support/office-people';
import { openOfficeRig, type OfficeRig } from '../support/office-rig';

/** Operations that succeed late, refuse, or cannot be carried out at all; what was done before them is undone. */
const reserve = counting();
const counts = { flaky: 0, dead: 0, long: 0, undo: 0 };
const undone: string[] = [];
let rig: OfficeRig;

beforeAll(async () => {
  rig = await openOfficeRig({
    people: STAFF,
    time: 'skipping',
    operations: {
      'test.reserve': reserve.operation,
      'test.flaky': {
        apply: async () => {
          counts.flaky += 1;
          if (counts.flaky < 4) throw new Error('the register is away');
          return { result: { attempts: counts.flaky } };
        },
      },
      'test.dead': {
        apply: async () => {
          counts.dead += 1;
          throw new Error('the register is gone');
        },
      },
      'test.refusing': {
        check: async (_manager, { step, form }) => (step === 'effect' && form['subject'] === '提交即拒' ? { code: 'NO_FEES', message: '不应提交' } : null),
        apply: async () => ({ code: 'AMOUNT_MISMATCH', message: '余额不足，不能登记。' }),
      },
      'test.stuck': {
        run: async () => ({ code: 'AMOUNT_MISMATCH', message: '拒绝' }),
        compensate: async () => {
          counts.undo += 1;
          if (counts.undo < 14) throw new Error('cannot be undone yet');
        },
      },
      'test.long': {
        run: async (_deps, _context, heartbeat) => {
          counts.long += 1;
          heartbeat({ done: 1, total: 2 });
          if (counts.long === 1) throw new Error('half-way');
          return counts.long < 3 ? { result: { total: 2 } } : { code: 'AMOUNT_MISMATCH', message: '第二次拒绝' };
        },
        compensate: async (_manager, { caseNo }) => void undone.push(caseNo),
      },
    },
  });
}, 60_000);
afterAll(() => rig.close());

async function through(operation: string, subject: string): Promise<string> {
  const definition = definitionOf({
    key: `test-${operation.split('.')[1]}`,
    operation,
    chain: [
      { key: 'reserve', zh: '预留', en: 'Reserve', kind: 'automatic', operation: 'test.reserve', summary: '预留额度' },
      sign({ key: 'review', zh: '审核', role: 'reviewer' }),
    ],
  });
  const id = await rig.open(definition, 'maker-1', PROVINCE, { subject });
  expect(await rig.act(id, 'maker-1', 'submit')).toMatchObject({ status: 'done' });
  await rig.until(id, ({ step }) => step === 'review');
  expect(await rig.act(id, 'reviewer-1', 'approve')).toMatchObject({ status: 'done' });
  return id;
}

const caseNoOf = (id: string): string => id.split('/').at(-1) ?? '';

test('an effect that fails is tried again and stands once', async () => {
  const id = await through('test.flaky', '重试');
  const state = await rig.until(id, ({ status }) => status === 'effective');
  expect(state.results).toMatchObject({ effect: { attempts: 4 }, reserve: { done: 'reserve' } });
  const receipts = await rig.store.read((manager) => manager.findBy(CaseOperation, { caseId: id }));
  expect(receipts.map(({ step, state: stands }) => [step, stands]).sort()).toEqual([['effect', 'applied'], ['reserve', 'applied']]);
}, 60_000);

test('an effect that cannot be carried out is given up, what was done is undone, and the case says so', async () => {
  const id = await through('test.dead', '放弃');
  await rig.advance(60 * 60_000);
  const state = await rig.until(id, ({ status }) => status === 'failed');
  expect(counts.dead).toBe(20);
  expect(state).toMatchObject({ failure: { code: 'OPERATION_FAILED' }, undoing: [], applied: [] });
  expect(reserve.undone).toContain(`${caseNoOf(id)}/reserve`);
  await expect(rig.handle(id).result()).resolves.toMatchObject({ status: 'failed' });
}, 60_000);

test('an effect that refuses fails the case with its words; one that refuses at once is not even submitted', async () => {
  const id = await through('test.refusing', '拒绝');
  const state = await rig.until(id, ({ status }) => status === 'failed');
  expect(state.failure).toEqual({ code: 'AMOUNT_MISMATCH', message: '余额不足，不能登记。' });
  expect((await rig.row(id)).openKey).toBeNull();
  const receipts = await rig.store.read((manager) => manager.findBy(CaseOperation, { caseId: id }));
  expect(receipts.map(({ step, state: stands }) => [step, stands])).toEqual([['reserve', 'undone']]);
  const wrong = await rig.open(definitionOf({ key: 'test-at-once', operation: 'test.refusing' }), 'maker-1', PROVINCE, { subject: '提交即拒' });
  expect(await rig.act(wrong, 'maker-1', 'submit')).toMatchObject({ refusal: { code: 'NO_FEES', message: '不应提交' } });
  expect(await rig.state(wrong)).toMatchObject({ status: 'draft' });
}, 60_000);

test('long work is tried again where it stopped; when it refuses after a part, it undoes itself first', async () => {
  const id = await through('test.long', '长');
  await rig.until(id, ({ status }) => status === 'effective');
  expect([counts.long, undone]).toEqual([2, []]);
  const other = await through('test.long', '长拒');
  await rig.until(other, ({ status }) => status === 'failed');
  expect(undone).toEqual([caseNoOf(other)]);
  expect(reserve.undone).toContain(`${caseNoOf(other)}/reserve`);
}, 60_000);

test('an undo that fails goes on until it is done, and a person is told meanwhile', async () => {
  const id = await through('test.stuck', '回退受阻');
  await rig.advance(60 * 60_000);
  const state = await rig.until(id, ({ status }) => status === 'failed');
  expect(state).toMatchObject({ undoing: [], failure: { code: 'AMOUNT_MISMATCH' } });
  expect(counts.undo).toBe(14);
  const items = await rig.store.read((manager) => manager.findBy(AbnormalItem, { workflowId: id }));
  expect(items.map(({ code, state: stands, resolution }) => [code, stands, resolution])).toEqual([['UNDO_WAITS', 'closed', '已回退']]);
}, 60_000);

test('every run can be replayed', async () => {
  expect(await rig.replayAll()).toBeGreaterThan(0);
}, 120_000);
