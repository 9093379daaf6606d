import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { workChunk } from '../../activities/batch/chunk';
import { closePhase } from '../../activities/batch/close';
import type { BatchDeps } from '../../activities/batch/kind';
import { look } from '../../activities/batch/look';
import { openBatch } from '../../activities/batch/open';
import { move } from '../../activities/batch/orders';
import { BATCH_KINDS, kindOf } from '../../activities/batch/registry';
import { sumsOf } from '../../activities/batch/sums';
import { openRegisterFiles } from '../../activities/contribution/intake/files';
import { CHUNK_ROWS } from '../../activities/contribution/intake/freeze';
import { receiveRegister } from '../../activities/contribution/intake/receive';
import { personsOf, unitsOf } from '../../api/contribution/reads';
import { isRefusal } from '../../domain/refusal';
import { Batch, BatchReject, ContributionPerson, ContributionUnit, Division, Levy } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { onBothDatabases } from '../support/databases';
import { addPeople } from '../support/office-people';
import { COUNTY, personRow, registerCsv, unitRow, type FileRow } from './register';

const NOW = Date.parse('2026-11-20T09:00:00+08:00');

onBothDatabases('register intake', (database) => {
  let store: Store;
  let deps: BatchDeps;
  let folder = '';

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'anjie-intake-'));
    store = await database().openMigrated();
    deps = { store, now: () => NOW, registerFiles: openRegisterFiles(folder, database().keyRing) };
    await store.write((manager) => manager.insert(Division, { code: COUNTY, name: '示例县', level: 'county' as const, parent: '990100', validFrom: '2025-01-01', validTo: null }));
    await addPeople(store, [{ id: 'maker-1', role: 'maker', division: COUNTY }]);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const bytesOf = async function* (body: string | Buffer): AsyncGenerator<Buffer> {
    const all = Buffer.isBuffer(body) ? body : Buffer.from(body);
    for (let from = 0; from < all.length; from += 10_007) yield all.subarray(from, from + 10_007);
  };
  const send = async (body: string | Buffer, format: { format?: 'csv' | 'ndjson'; charset?: string } = {}): Promise<{ batch: Batch; repeated: boolean }> => {
    const files = deps.registerFiles;
    if (!files) throw new Error('no files');
    const received = await receiveRegister({ store, files, kinds: BATCH_KINDS, now: deps.now }, { format: 'csv', charset: 'utf-8', ...format, bytes: bytesOf(body), receivedBy: 'maker-1', mayKeep: () => undefined });
    if (isRefusal(received)) throw new Error(received.code);
    return received;
  };
  const through = async ({ id: batchId }: Batch): Promise<Batch> => {
    for (let seen = await look(deps, BATCH_KINDS, { batchId }, () => undefined); seen.work; seen = await look(deps, BATCH_KINDS, { batchId }, () => undefined)) {
      const { phase, open } = seen.work;
      for (const chunk of open) await workChunk(deps, BATCH_KINDS, { batchId, phase, chunk }, () => undefined);
      await closePhase(deps, BATCH_KINDS, { batchId, phase });
    }
    return store.read((manager) => manager.findOneByOrFail(Batch, { id: batchId }));
  };
  const order = (batch: Batch, name: 'confirm' | 'undo' | 'cancel') =>
    store.write(async (manager) => {
      const kind = kindOf(BATCH_KINDS, batch.kind);
      const row = await manager.findOneByOrFail(Batch, { id: batch.id });
      const refused = name === 'confirm' ? await kind.confirm?.(manager, row, {}) : name === 'undo' ? await kind.checkUndo?.(manager, row) : null;
      return refused ?? (await move(manager, kind, row, name, { now: NOW, reason: null }));
    });
  const confirmed = async (rows: readonly FileRow[]): Promise<Batch> => {
    const batch = await through((await send(registerCsv(rows))).batch);
    expect(await order(batch, 'confirm')).toBeNull();
    return batch;
  };
  const persons = () => store.read(async (manager) => (await personsOf(manager, [COUNTY], { limit: 100 })).items);
  const rejectsOf = ({ id }: Batch) => store.read((manager) => manager.find(BatchReject, { where: { batchId: id }, order: { rowNo: 'ASC', no: 'ASC' } }));
  const rowsOf = () => store.read(async (manager) => [await manager.count(ContributionUnit), await manager.count(ContributionPerson)]);

  test('rows hold once another person has confirmed them, all at once; names and numbers are masked', async () => {
    const batch = await through((await send(registerCsv([unitRow('D1'), personRow(1), personRow(2, { base: '7000.00' })]))).batch);
    expect(batch).toMatchObject({ state: 'previewed', total: 3, done: 3, rejected: 0 });
    expect(await store.read((manager) => sumsOf(manager, batch.id))).toEqual({ total: 1_300_000, 'count/added': 3, 'count/changed': 0, 'count/same': 0 });
    expect(await persons()).toEqual([]);
    expect(await order(batch, 'confirm')).toBeNull();
    expect(await persons()).toMatchObject([
      { psnNo: 'G0001', psn_name: '示**', certno: expect.stringMatching(/^990\*{11}/) as string, baseFen: 600_000, edition: 1 },
      { psnNo: 'G0002', baseFen: 700_000 },
    ]);
    expect((await store.read((manager) => unitsOf(manager, [COUNTY], { limit: 10, unitNo: 'D1' }))).items).toMatchObject([{ unitNo: 'D1', name: '示例单位D1' }]);
    expect((await store.read((manager) => personsOf(manager, ['990200'], { limit: 10 }))).items).toEqual([]);
  });

  test('a change is a new version; what says the same changes nothing; undone, the former hold again as new versions', async () => {
    await confirmed([unitRow('D1'), personRow(1), personRow(2)]);
    const second = await confirmed([unitRow('D1'), personRow(1, { base: '8000.00' }), personRow(2), personRow(3)]);
    expect(await store.read((manager) => sumsOf(manager, second.id))).toMatchObject({ 'count/added': 1, 'count/changed': 1, 'count/same': 2 });
    expect((await persons()).map(({ psnNo, baseFen, edition }) => [psnNo, baseFen, edition]).sort()).toEqual([['G0001', 800_000, 3], ['G0002', 600_000, 1], ['G0003', 600_000, 3]]);
    expect(await rowsOf()).toEqual([1, 4]);
    expect(await order(second, 'undo')).toBeNull();
    expect(await through(second)).toMatchObject({ state: 'undone' });
    expect((await persons()).map(({ psnNo, baseFen, edition }) => [psnNo, baseFen, edition]).sort()).toEqual([['G0001', 600_000, 4], ['G0002', 600_000, 1]]);
  });

  test('cancelled, nothing is left and the former hold on', async () => {
    await confirmed([unitRow('D1'), personRow(1)]);
    const { batch } = await send(registerCsv([personRow(1, { base: '9000.00' }), personRow(2)]));
    await through(batch);
    await order(batch, 'cancel');
    expect(await through(batch)).toMatchObject({ state: 'cancelled' });
    expect(await rowsOf()).toEqual([1, 1]);
    expect((await persons()).map(({ baseFen }) => baseFen)).toEqual([600_000]);
    expect(await confirmed([personRow(1, { base: '9000.00' })])).toMatchObject({ done: 1 });
    expect((await persons()).map(({ baseFen }) => baseFen)).toEqual([900_000]);
  });

  test('an undo is refused when another change came later, and when somebody was charged from it', async () => {
    const first = await confirmed([unitRow('D1'), personRow(1)]);
    const later = await confirmed([personRow(2)]);
    expect(await order(first, 'undo')).toMatchObject({ code: 'CONTRIB_REGISTER_CHANGED' });
    const assessment = await store.write((manager) => openBatch(manager, BATCH_KINDS, { kind: 'contrib-assessment', division: COUNTY, period: '2026-11', parameters: { variant: 'allUnits' }, makerId: 'maker-1' }, NOW));
    if (isRefusal(assessment)) throw new Error(assessment.message);
    await through(assessment);
    expect(await order(later, 'undo')).toMatchObject({ code: 'CONTRIB_REGISTER_IN_USE' });
    await order(assessment, 'confirm');
    expect(await order(later, 'undo')).toMatchObject({ code: 'CONTRIB_REGISTER_IN_USE' });
    await store.write((manager) => manager.update(Levy, { psnNo: 'G0002' }, { exchange: 0 }));
    expect(await order(later, 'undo')).toBeNull();
  });

  test('bad rows are listed with line and every reason, without their content; good ones go on', async () => {
    const batch = await through((await send(registerCsv([
      unitRow('D1'),
      unitRow('D2', { uscc: 'short', special: '2' }),
      personRow(1, { certno: '990101199001019999' }),
      personRow(2, { unit_no: 'D2' }),
      personRow(3, { division: '990102' }),
      personRow(4, { base: '1e3', from_month: '202613' }),
      personRow(5),
      personRow(5, { base: '9000.00' }),
      personRow(6, { payer_kind: '3', unit_no: '', insutype: '390', category: 'active', base: '' }),
      personRow(7, { psn_no: "x'; --" }),
      personRow(8, { psn_name: '"示例,八"' }),
      personRow(9, { insutype: '999' }),
      { record_type: 'X' },
    ])) ).batch);
    expect(batch).toMatchObject({ total: 13, done: 3, rejected: 10 });
    const rejects = await rejectsOf(batch);
    expect(rejects.map(({ rowNo, subject, code }) => [rowNo, subject, code])).toEqual([
      [2, 'D2', 'CONTRIB_ROW_FIELD'], [2, 'D2', 'CONTRIB_ROW_FIELD'], [3, 'G0001', 'CONTRIB_ROW_ID_NUMBER'], [4, 'G0002', 'CONTRIB_ROW_UNIT_UNKNOWN'], [5, 'G0003', 'CONTRIB_ROW_DIVISION'],
      [6, 'G0004', 'CONTRIB_ROW_FIELD'], [6, 'G0004', 'CONTRIB_ROW_FIELD'], [8, 'G0005', 'CONTRIB_ROW_DUPLICATE'], [9, 'G0006', 'CONTRIB_ROW_FIELD'], [10, '第 10 行', 'CONTRIB_ROW_FIELD'],
      [12, 'G0009', 'CONTRIB_ROW_FIELD'], [13, '第 13 行', 'CONTRIB_ROW_FIELD'],
    ]);
    expect(rejects.map(({ text }) => text).join('')).not.toContain('990101199001019999');
    expect(rejects.find(({ rowNo }) => rowNo === 8)?.text).toBe('与第 7 行重复。');
  });

  test('GB18030 and NDJSON say the same as UTF-8; over several chunks doubles and units of earlier ones are known', async () => {
    const rows = [unitRow('D1'), ...Array.from({ length: CHUNK_ROWS + 10 }, (_, n) => personRow(n)), personRow(3)];
    const first = await through((await send(iconv.encode(registerCsv(rows), 'gb18030'), { charset: 'gb18030' })).batch);
    expect(first).toMatchObject({ chunks: 2, total: rows.length, done: rows.length - 1, rejected: 1 });
    await order(first, 'confirm');
    const json = rows.map(({ base = '0', from_month, special, agreement, ...rest }) => JSON.stringify({
      ...rest, ...(rest.record_type === 'P' ? { base: Number(base) * 100, from_month: Number(from_month) } : { special: Number(special) }), agreement: Number(agreement),
    }));
    const total = rows.reduce((sum, { base = '0' }) => sum + Number(base) * 100, 0);
    const body = [`{"header":{"kind":"CONTRIB-REGISTER","version":1,"division":"${COUNTY}"}}`, ...json, `{"trailer":{"rows":${rows.length},"base":${total}}}`].join('\n');
    const second = await through((await send(body, { format: 'ndjson' })).batch);
    expect(await store.read((manager) => sumsOf(manager, second.id))).toMatchObject({ 'count/added': 0, 'count/changed': 0, 'count/same': rows.length - 1 });
  });

  test('the same content is worked once while its batch stands', async () => {
    const body = registerCsv([unitRow('D1')]);
    const { batch, repeated } = await send(body);
    expect(repeated).toBe(false);
    expect(await send(body)).toMatchObject({ repeated: true, batch: { id: batch.id } });
    await expect(send(registerCsv([unitRow('D2')]))).rejects.toThrow('BATCH_UNDER_WAY');
    await through(batch);
    await order(batch, 'cancel');
    await through(batch);
    expect((await send(body)).batch.id).not.toBe(batch.id);
  });

  test('what was sent lies encrypted', async () => {
    const { batch } = await send(registerCsv([unitRow('D1'), personRow(1)]));
    const { file } = batch.parameters as { file: string };
    const text: string[] = [];
    for await (const piece of deps.registerFiles?.read(file) ?? []) text.push(piece.toString('utf8'));
    expect(text.join('')).toContain('CONTRIB-REGISTER');
    await through(batch);
    const disk = await database().bytesOnDisk();
    if (disk) expect(disk.includes(Buffer.from(personRow(1).certno ?? ''))).toBe(false);
  });
});
