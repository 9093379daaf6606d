import { taxRoutes } from '../../api/routes/tax';
import { fen } from '../../domain/money';
import { Division, TaxAside, TaxFile } from '../../store/entities';
import { COUNTY } from '../contribution/register';
import { openOfficeApi, type Desk, type OfficeApi } from '../office-api/rig';

let api: OfficeApi;
let maker: Desk;
let elsewhere: Desk;

beforeAll(async () => {
  api = await openOfficeApi({ people: [{ id: 'maker-1', role: 'maker', division: COUNTY }, { id: 'maker-2', role: 'maker', division: '990200' }], definitions: [], operations: {}, routes: taxRoutes });
  const file = {
    direction: 'in' as const, division: COUNTY, item: 'HP' as const, line: 'ZG' as const, poolarea_no: '990100', taxdept_code: '19901010000', period: '202611', batch_no: '', day: '2026-11-20', file_sn: 1,
    serialKey: null, bytes: 1, total: 1, amountFen: fen(5), note: null, refFileId: null, batchId: null, madeAt: '2026-11-20 08:00:00', createdAt: 1, sentAt: null, answeredAt: null, arrivals: 1,
  };
  await api.rig.store.write(async (manager) => {
    await manager.insert(Division, { code: COUNTY, name: '示例县', level: 'county' as const, parent: '990100', validFrom: '2025-01-01', validTo: null });
    await manager.insert(TaxFile, [
      { ...file, name: 'a.txt', sm3: 'a'.repeat(64), state: 'taken', code: null },
      { ...file, name: 'b.txt', sm3: 'b'.repeat(64), state: 'held', code: 'FILE_SUMS_DIFFER' },
    ]);
    await manager.insert(TaxAside, {
      division: COUNTY, sort: 'unmatched', code: 'TAX_NO_RECEIVABLE', levy_no: '', levyId: null, insutype: '310', part: '2', taxrpt_no: 'T1', taxrpt_row: '1', kind: '01', paidFen: fen(5), facts: null, fileId: 1,
      chunkNo: 0, rowNo: 1, movedBy: null, until: null, entryId: null, createdAt: 1,
    });
  });
  maker = await api.desk('maker-1');
  elsewhere = await api.desk('maker-2');
}, 60_000);
afterAll(() => api?.close());

test('files and rows put aside are listed and filtered, for those of the division alone', async () => {
  const first = (await maker.ask('GET /v1/tax/files?limit=1')).body;
  expect(first.items).toMatchObject([{ name: 'b.txt', state: 'held', code: 'FILE_SUMS_DIFFER', rows: 1 }]);
  expect((await maker.ask(`GET /v1/tax/files?limit=1&cursor=${first.nextCursor}`)).body.items).toMatchObject([{ name: 'a.txt' }]);
  expect((await maker.ask('GET /v1/tax/files?state=taken')).body.items).toHaveLength(1);
  expect((await maker.ask('GET /v1/tax/files?state=nothing')).status).toBe(400);
  expect((await maker.ask(`GET /v1/tax/files/${first.items[0].id}`)).body).toMatchObject({ name: 'b.txt' });
  expect((await maker.ask('GET /v1/tax/files/x1')).body.code).toBe('TAX_FILE_NOT_FOUND');
  expect((await maker.ask('GET /v1/tax/asides?sort=unmatched')).body.items).toMatchObject([{ title: '无应收缴费', taxrptNo: 'T1', paidFen: 5 }]);
  expect((await elsewhere.ask('GET /v1/tax/files')).body.items).toEqual([]);
  expect((await elsewhere.ask('GET /v1/tax/asides')).body.items).toEqual([]);
  expect((await elsewhere.ask(`GET /v1/tax/files/${first.items[0].id}`)).status).toBe(404);
});
