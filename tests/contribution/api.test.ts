import { randomUUID } from 'node:crypto';
import { operations } from '../../activities/batch/operations';
import { batchRoutes } from '../../api/routes/batches';
import type { RoleKey } from '../../domain/people/role-keys';
import { currentCaseDefinitions } from '../../schemas/processes/load-cases';
import { Batch, Division, Levy } from '../../store/entities';
import { openOfficeApi, type Desk, type OfficeAnswer, type OfficeApi } from '../office-api/rig';
import { serves } from '../support/serves';
import { addPersons, addUnits, COUNTY } from './register';

/** Assessment as people do it: begun over HTTP, confirmed and undone by cases that others sign. */
const CITY = '990100';
const KEYS = ['contrib-assessment-confirm', 'contrib-assessment-undo', 'contrib-assessment-row-undo'] as const;
const definitions = KEYS.flatMap((key) => currentCaseDefinitions()[key] ?? []);

let api: OfficeApi;
let maker: Desk;
let rechecker: Desk;
let approver: Desk;
let elsewhere: Desk;

beforeAll(async () => {
  const people = (['maker', 'rechecker', 'approver'] as const satisfies readonly RoleKey[]).map((role) => ({ id: `${role}-1`, role, division: COUNTY }));
  api = await openOfficeApi({ people: [...people, { id: 'maker-2', role: 'maker', division: '990200' }], definitions, operations, routes: batchRoutes, batches: true });
  const { store } = api.rig;
  await store.write((manager) => manager.insert(Division, { code: COUNTY, name: '示例县', level: 'county' as const, parent: CITY, validFrom: '2025-01-01', validTo: null }));
  await addUnits(store, [{ unitNo: 'U1' }]);
  await addPersons(store, [{ psnNo: 'P1', unitNo: 'U1' }, { psnNo: 'P2', unitNo: 'U1', baseFen: null }, { psnNo: 'F1', payerKind: '2', agreement: 1 }]);
  maker = await api.desk('maker-1');
  rechecker = await api.desk('rechecker-1');
  approver = await api.desk('approver-1');
  elsewhere = await api.desk('maker-2');
}, 60_000);
afterAll(() => api?.close());

const begin = (body: object, key: string = randomUUID()): Promise<OfficeAnswer> => maker.ask('POST /v1/batches', { body: { kind: 'contrib-assessment', division: COUNTY, period: '2026-11', ...body }, key });
async function until(id: string, state: string): Promise<OfficeAnswer> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await maker.ask(`GET /v1/batches/${id}`);
    if (answer.body.state === state) return answer;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${id} does not come to ${state}`);
}

test('begun by a maker, previewed, confirmed by another, undone by two more', async () => {
  const key = randomUUID();
  const begun = await begin({ parameters: { variant: 'allUnits' } }, key);
  expect([begun.status, begun.body.code]).toEqual([201, undefined]);
  const { id } = begun.body;
  const again = await begin({ parameters: { variant: 'allUnits' } }, key);
  expect([again.status, again.body.id, again.headers.get('Idempotency-Replayed')]).toEqual([201, id, 'true']);
  const previewed = await until(id, 'previewed');
  expect(previewed.body).toMatchObject({ total: 2, done: 1, rejected: 1, sums: { '310/1': 48_000, '310/2': 12_000, total: 60_000 }, before: null });
  expect((await maker.ask(`GET /v1/batches/${id}/rejects`)).body.items).toEqual([{ rowNo: 2, subject: 'P2', code: 'CONTRIB_BASE_MISSING', text: '没有申报缴费基数。' }]);

  const { confirmCaseNo } = previewed.body;
  expect((await maker.act(confirmCaseNo, 'submit')).status).toBe(200);
  expect((await maker.act(confirmCaseNo, 'approve')).status).toBeGreaterThanOrEqual(400);
  expect((await api.rig.store.read((manager) => manager.findOneByOrFail(Batch, { id }))).state).toBe('previewed');
  expect((await rechecker.act(confirmCaseNo, 'approve')).status).toBe(200);
  await until(id, 'done');
  serves('contrib-employer-unified-assess');

  const undo = currentCaseDefinitions()['contrib-assessment-undo'];
  if (!undo) throw new Error('no definition');
  const asked = await maker.apply(undo, COUNTY, { batchId: id, reason: '测试撤销' });
  expect([asked.status, asked.body.code]).toEqual([201, undefined]);
  expect((await rechecker.act(asked.body.caseNo, 'approve')).status).toBe(200);
  expect((await approver.act(asked.body.caseNo, 'approve')).status).toBe(200);
  expect((await until(id, 'undone')).body.undoCaseNo).toBe(asked.body.caseNo);
  expect(await api.rig.store.read((manager) => manager.countBy(Levy, { batchId: id, exchange: 10 }))).toBe(0);
});

test('cancelled over HTTP it leaves nothing, and its confirmation is refused', async () => {
  const { id } = (await begin({ parameters: { variant: 'flexible' } })).body;
  const { confirmCaseNo } = (await until(id, 'previewed')).body;
  const order = (name: string, desk: Desk = maker) => desk.ask(`POST /v1/batches/${id}/orders`, { body: { order: name, reason: '测试' }, key: randomUUID() });
  expect((await order('pause')).body.code).toBe('BATCH_ORDER_UNFIT');
  expect((await order('cancel', rechecker)).body.code).toBe('BATCH_START_REFUSED');
  expect((await order('cancel', elsewhere)).body.code).toBe('BATCH_NOT_FOUND');
  expect((await order('cancel')).status).toBe(200);
  await until(id, 'cancelled');
  expect((await maker.act(confirmCaseNo, 'submit')).body.code).toBe('BATCH_ORDER_UNFIT');
  expect(await api.rig.store.read((manager) => manager.countBy(Levy, { batchId: id }))).toBe(0);
});

test('lists are of the divisions that a person sees, newest first, and page', async () => {
  const first = await maker.ask('GET /v1/batches?limit=1');
  const second = await maker.ask(`GET /v1/batches?limit=1&cursor=${first.body.nextCursor}`);
  expect(first.body.items[0].createdAt).toBeGreaterThanOrEqual(second.body.items[0].createdAt);
  expect((await elsewhere.ask('GET /v1/batches')).body.items).toEqual([]);
  expect((await maker.ask(`GET /v1/batches?kind=contrib-assessment&state=undone&division=${COUNTY}&period=2026-11`)).body.items).toHaveLength(1);
  expect((await maker.ask('GET /v1/batch-kinds')).body.items).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'contrib-assessment', undoable: true })]));
});

test.each([
  [{ kind: 'no-such-kind', parameters: {} }, 'BATCH_KIND_UNKNOWN'],
  [{ kind: '__proto__', parameters: {} }, 'FIELD_INVALID'],
  [{ kind: 'constructor', parameters: {} }, 'BATCH_KIND_UNKNOWN'],
  [{ division: '990200', parameters: { variant: 'allUnits' } }, 'BATCH_START_REFUSED'],
  [{ parameters: { variant: 'everybody' } }, 'CONTRIB_PARAMETERS_INVALID'],
  [{ parameters: { variant: 'allUnits' }, period: null }, 'CONTRIB_PARAMETERS_INVALID'],
  [{ parameters: { variant: 'allUnits' }, period: '2026-13' }, 'FIELD_INVALID'],
  [{ parameters: { variant: 'allUnits' }, period: '1901-01' }, 'CONTRIB_PARAMETERS_INVALID'],
  [{ parameters: [] }, 'FIELD_INVALID'],
  [{ parameters: { variant: 'unit', units: [1] } }, 'CONTRIB_PARAMETERS_INVALID'],
])('%j is refused: %s, and nothing is begun', async (body, code) => {
  const before = await api.rig.store.read((manager) => manager.count(Batch));
  const answer = await begin(body);
  expect([answer.status < 500, answer.body.code]).toEqual([true, code]);
  expect(await api.rig.store.read((manager) => manager.count(Batch))).toBe(before);
});
