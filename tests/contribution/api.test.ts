import { randomUUID } from 'node:crypto';
import { operations } from '../../activities/batch/operations';
import { batchRoutes } from '../../api/routes/batches';
import { contributionRoutes } from '../../api/routes/contribution';
import type { RoleKey } from '../../domain/people/role-keys';
import { currentCaseDefinitions } from '../../schemas/processes/load-cases';
import { Batch, ContributionFile, Division, Levy } from '../../store/entities';
import { openOfficeApi, type Desk, type OfficeAnswer, type OfficeApi } from '../office-api/rig';
import { serves } from '../support/serves';
import { addPersons, addUnits, COUNTY, personRow, registerCsv, unitRow } from './register';

/** Assessment as people do it: begun over HTTP, confirmed and undone by cases that others sign. */
const CITY = '990100';
const KEYS = ['contrib-assessment-confirm', 'contrib-assessment-undo', 'contrib-assessment-row-undo', 'contrib-register-confirm', 'contrib-register-undo'] as const;
const definitions = KEYS.flatMap((key) => currentCaseDefinitions()[key] ?? []);

let api: OfficeApi;
let maker: Desk;
let rechecker: Desk;
let approver: Desk;
let elsewhere: Desk;

beforeAll(async () => {
  const people = (['maker', 'rechecker', 'approver'] as const satisfies readonly RoleKey[]).map((role) => ({ id: `${role}-1`, role, division: COUNTY }));
  api = await openOfficeApi({ people: [...people, { id: 'maker-2', role: 'maker', division: '990200' }], definitions, operations, routes: [...batchRoutes, ...contributionRoutes], batches: true });
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

const sendFile = (raw: string | Buffer, desk: Desk = maker, type = 'text/csv') => desk.ask('POST /v1/contribution/register-files', { raw, headers: { 'content-type': type } });

test('a register file becomes a batch that another person confirms; what it holds and what was levied can be read', async () => {
  const body = registerCsv([unitRow('D1'), personRow(1), personRow(2, { certno: '990101199001019999' })]);
  const sent = await sendFile(body);
  expect([sent.status, sent.body.code, sent.headers.get('Location')]).toEqual([201, undefined, `/v1/batches/${sent.body.id}`]);
  const { id } = sent.body;
  const again = await sendFile(body);
  expect([again.status, again.body.id, again.headers.get('Idempotency-Replayed')]).toEqual([200, id, 'true']);
  const previewed = await until(id, 'previewed');
  expect(previewed.body).toMatchObject({ total: 3, done: 2, rejected: 1 });
  expect((await maker.ask('GET /v1/contribution/persons?psnNo=G0001')).body.items).toEqual([]);
  const { confirmCaseNo } = previewed.body;
  expect((await maker.act(confirmCaseNo, 'submit')).status).toBe(200);
  expect((await rechecker.act(confirmCaseNo, 'approve')).status).toBe(200);
  await until(id, 'done');
  expect((await maker.ask('GET /v1/contribution/persons?unitNo=D1')).body.items).toMatchObject([{ psnNo: 'G0001', psn_name: '示**', edition: 1 }]);
  expect((await maker.ask('GET /v1/contribution/units?unitNo=D1')).body.items).toMatchObject([{ unitNo: 'D1', special: 0 }]);
  expect((await elsewhere.ask('GET /v1/contribution/units')).body.items).toEqual([]);
  const first = await maker.ask('GET /v1/contribution/levies?period=2026-11&exchange=0&limit=1');
  const second = await maker.ask(`GET /v1/contribution/levies?period=2026-11&exchange=0&limit=1&cursor=${first.body.nextCursor}`);
  expect([first.body.items[0].rowLevel, second.body.items[0].unitNo]).toEqual([1, 'U1']);
  expect((await maker.ask(`GET /v1/contribution/levies?psnNo=P1&batch=${first.body.items[0].batchId}`)).body.items).toHaveLength(2);
});

test.each<readonly [string, string | Buffer, string, string]>([
  ['nothing', '', 'text/csv', 'CONTRIB_FILE_HEADER'],
  ['another head', 'H,XR-SETTLEMENTS,1,990101\n', 'text/csv', 'CONTRIB_FILE_HEADER'],
  ['a missing column', `H,CONTRIB-REGISTER,1,${COUNTY}\nrecord_type,division\nT,0,0\n`, 'text/csv', 'CONTRIB_FILE_HEADER'],
  ['no trailer', registerCsv([unitRow('D8')], { trailer: '' }), 'text/csv', 'CONTRIB_FILE_TRAILER'],
  ['rows after the trailer', `${registerCsv([unitRow('D8')])}more\n`, 'text/csv', 'CONTRIB_FILE_TRAILER'],
  ['wrong totals', registerCsv([personRow(8)], { trailer: 'T,1,1.00' }), 'text/csv', 'CONTRIB_FILE_TOTALS'],
  ['a total beyond all amounts', registerCsv([personRow(8)], { trailer: 'T,1,99999999999999' }), 'text/csv', 'CONTRIB_FILE_TRAILER'],
  ['a division that is not his', registerCsv([unitRow('D8')], { division: '990200' }), 'text/csv', 'BATCH_START_REFUSED'],
  ['bytes that are no UTF-8', Buffer.from([0x48, 0xff, 0xfe, 0x0a]), 'text/csv', 'TEXT_NOT_UTF8'],
  ['a charset that is not taken', registerCsv([unitRow('D8')]), 'text/csv; charset=utf-16', 'CONTENT_TYPE_UNSUPPORTED'],
  ['a line without end', 'x'.repeat(100_000), 'text/csv', 'CSV_MALFORMED'],
  ['JSON', '{}', 'application/json', 'CONTENT_TYPE_UNSUPPORTED'],
  ['NDJSON that is none', 'hello\n', 'application/x-ndjson', 'CONTRIB_FILE_HEADER'],
])('a register file with %s is refused, and nothing is kept', async (_what, raw, type, code) => {
  const before = await api.rig.store.read(async (manager) => [await manager.count(Batch), await manager.count(ContributionFile)]);
  const answer = await sendFile(raw, maker, type);
  expect([answer.status < 500, answer.body.code]).toEqual([true, code]);
  expect(await api.rig.store.read(async (manager) => [await manager.count(Batch), await manager.count(ContributionFile)])).toEqual(before);
});

test('a register batch is begun by its file alone', async () => {
  const { id: file } = await api.rig.store.read((manager) => manager.findOneByOrFail(ContributionFile, { division: COUNTY }));
  for (const parameters of [{}, { file }, { file: 'x' }, { file: 1 }]) {
    expect((await begin({ kind: 'contrib-register', period: null, parameters })).body.code).toBe('CONTRIB_PARAMETERS_INVALID');
  }
  expect((await sendFile(registerCsv([unitRow('D9')]), rechecker)).body.code).toBe('BATCH_START_REFUSED');
});
