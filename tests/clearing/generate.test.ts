import { execFile } from 'node:child_process';
import { generate } from '../../activities/clearing/generate/generate';
import { balanceOf } from '../../activities/clearing/generate/balance';
import { clearBatch } from '../../activities/clearing/generate/open-batch';
import type { IntakeDeps } from '../../activities/clearing/intake/take';
import { apportion, type ClearedItem } from '../../domain/clearing/lines';
import type { XrRecord } from '../../domain/clearing/record';
import { owedParts, cityOf } from '../../domain/clearing/record';
import { fen } from '../../domain/money';
import { XrClearingBatch, XrClearingChunk, XrClearingLine, XrClearingPair, XrSettlementFund } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { onBothDatabases } from '../support/databases';
import { NOW, PROVINCE, reversal, settlement, take } from './support';

const ORDER = { office: PROVINCE, period: '2026-10', caseId: 'office-case/xr-clear-monthly/990000/1', caseNo: '1', now: NOW };
const CITIES = ['990101', '990201', '990301', '990401'];

/** Settlements between four cities, three insurances' worth of funds, amounts that differ. */
function month(count: number): XrRecord[] {
  return Array.from({ length: count }, (_, index) =>
    settlement({
      insuplc_admdvs: CITIES[index % 4] ?? '',
      mdtrtarea_admdvs: CITIES[(index + 1 + (index % 3)) % 4] ?? '',
      insutype: index % 2 === 0 ? '310' : '390',
      parts: index % 2 === 0 ? { '310100': 1_000 + index, '310200': index % 7, '330100': index % 5 } : { '390100': 2_000 + index, '610100': 13 },
    }),
  );
}

function cleared(records: readonly XrRecord[]): ClearedItem[] {
  return records.map((record) => ({
    payingCity: cityOf(record.insuplc_admdvs),
    receivingCity: cityOf(record.mdtrtarea_admdvs),
    insutype: record.insutype,
    kind: record.recordType === 'R' ? 'contra' : 'current',
    parts: owedParts(record),
  }));
}

onBothDatabases('generation of a clearing', (database) => {
  let store: Store;
  let deps: IntakeDeps;

  beforeEach(async () => {
    store = await database().openMigrated();
    deps = { store, keyRing: database().keyRing, now: () => NOW };
  });

  const run = (order: Partial<typeof ORDER> = {}) => generate({ store, now: () => NOW }, { ...ORDER, ...order }, () => undefined);
  const generated = async (order: Partial<typeof ORDER> = {}) => {
    const outcome = await run(order);
    if ('code' in outcome) throw new Error(outcome.message);
    return outcome.result;
  };
  const linesOf = (batchId: string) =>
    store.read(async (manager) => {
      const rows = await manager.find(XrClearingLine, {
        where: { batchId },
        order: { payingCity: 'ASC', receivingCity: 'ASC', insutype: 'ASC', fund: 'ASC', kind: 'ASC' },
      });
      return rows.map(({ batchId: _, ...line }) => ({ ...line }));
    });

  test('comes to the lines of the pure rules, by kind, and balances with the settlements', async () => {
    const records = month(60);
    await take(deps, records.slice(0, 25));
    await take(deps, records.slice(25));
    const progress: { done: number; total: number }[] = [];
    const outcome = await generate({ store, now: () => NOW }, ORDER, (each) => progress.push(each));
    expect(progress).toEqual([{ done: 25, total: 60 }, { done: 60, total: 60 }]);
    const wanted = apportion(cleared(records));
    expect(outcome).toMatchObject({ result: { batchId: '990000-202610-1', items: 60, lines: wanted.length, payableFen: wanted.reduce((sum, line) => sum + line.fen, 0) } });
    expect(new Set(await linesOf('990000-202610-1'))).toEqual(new Set(wanted));
    const pairs = await store.read((manager) => manager.findBy(XrClearingPair, { batchId: '990000-202610-1' }));
    expect(pairs.reduce((sum, { settlements }) => sum + settlements, 0)).toBe(60);
    expect(pairs.reduce((sum, { medfeeFen }) => sum + medfeeFen, 0)).toBe(records.reduce((sum, { medfee_sumamt }) => sum + medfee_sumamt, 0));
    const batch = (await store.read((manager) => manager.findOneBy(XrClearingBatch, {}))) as XrClearingBatch;
    expect(await balanceOf(store, batch, () => undefined)).toEqual([]);
  });

  test('an amount that was altered behind our back is found before the first review lets it go', async () => {
    await take(deps, month(10));
    const { batchId } = await generated();
    await store.write((manager) => manager.query('UPDATE xr_settlement_fund SET fen = fen + 1 WHERE fund_no = 1'));
    const batch = (await store.read((manager) => manager.findOneBy(XrClearingBatch, { id: batchId }))) as XrClearingBatch;
    expect((await balanceOf(store, batch, () => undefined)).map(({ what }) => what)).toEqual(['310/employeePool 应付≠明细']);
  });

  test('asked again by its case it gives the same batch; what comes meanwhile goes to the next month', async () => {
    await take(deps, month(8));
    const first = await generated();
    await take(deps, month(3));
    expect(await generated()).toEqual(first);
    const december = Date.UTC(2026, 11, 30);
    const next = await generate({ store, now: () => december }, { ...ORDER, period: '2026-11', caseId: 'two', now: december }, () => undefined);
    expect(next).toMatchObject({ result: { batchId: '990000-202611-1', items: 3 } });
    expect((await linesOf('990000-202611-1')).map(({ kind }) => kind)).not.toContain('current');
  });

  test('a reversal after the window closed is a negative line of the next one; the closed one stays as it was', async () => {
    const records = month(6);
    await take(deps, records);
    const { batchId } = await generated();
    const before = await linesOf(batchId);
    const [undone] = records as [XrRecord];
    await take(deps, [reversal(undone, '2026-11-25')]);
    expect(await linesOf(batchId)).toEqual(before);
    const december = Date.UTC(2026, 11, 30);
    await generate({ store, now: () => december }, { ...ORDER, period: '2026-11', caseId: 'two', now: december }, () => undefined);
    const sum = (await linesOf('990000-202611-1')).reduce((total, line) => total + line.fen, 0);
    expect(sum).toBe(-owedParts(undone).reduce((total, part) => total + part.fen, 0));
  });

  test('generated fifty times anew it is the same to the fen', async () => {
    await take(deps, month(40));
    await take(deps, month(40));
    const first = await generated();
    const lines = await linesOf(first.batchId);
    for (let time = 0; time < 50; time += 1) {
      await store.write((manager) => clearBatch(manager, first.batchId));
      expect(await linesOf(first.batchId)).toEqual([]);
      expect(await generated()).toEqual(first);
    }
    expect(await linesOf(first.batchId)).toEqual(lines);
  });

  test.each([
    ['between two ranges', 'after-commit=kill@2'],
    ['before a range commits', 'after-answer-before-commit=kill@2'],
  ])('killed with -9 %s it goes on, and comes to the same lines', async (_title, failpoints) => {
    const records = month(40);
    for (let first = 0; first < 40; first += 10) await take(deps, records.slice(first, first + 10));
    expect(await inProcess(failpoints)).toBe('SIGKILL');
    const receipts = await store.read((manager) => manager.countBy(XrClearingChunk, {}));
    expect(receipts).toBe(failpoints.startsWith('after-commit') ? 2 : 1);
    const { batchId, items } = await generated();
    expect(items).toBe(40);
    expect(new Set(await linesOf(batchId))).toEqual(new Set(apportion(cleared(records))));
    expect(await store.read((manager) => manager.countBy(XrClearingChunk, {}))).toBe(4);
  });

  test('two runs at once count nothing twice', async () => {
    const records = month(40);
    for (let first = 0; first < 40; first += 10) await take(deps, records.slice(first, first + 10));
    const [one, two] = await Promise.all([generated(), generated()]);
    expect(two).toEqual(one);
    expect(new Set(await linesOf(one.batchId))).toEqual(new Set(apportion(cleared(records))));
  });

  test('refuses a month that is none, is not over, or stands approved; an empty month is an empty batch', async () => {
    expect(await run({ period: '2026-13' })).toMatchObject({ code: 'CLEARING_PERIOD_INVALID' });
    expect(await run({ period: '2026-11' })).toMatchObject({ code: 'CLEARING_WINDOW_NOT_OVER' });
    expect(await generated()).toMatchObject({ items: 0, lines: 0, payableFen: fen(0) });
    await store.write((manager) => manager.update(XrClearingBatch, { id: '990000-202610-1' }, { status: 'approved' }));
    expect(await run({ caseId: 'other' })).toMatchObject({ code: 'CLEARING_BATCH_EXISTS' });
    expect(await store.read((manager) => manager.countBy(XrSettlementFund, {}))).toBe(0);
  });

  /** Generates in a process of its own that kills itself at a fail-point; says by what signal it ended. */
  function inProcess(failpoints: string): Promise<string | null> {
    const script = `
      const { openStore } = require('./dist/store/open-store');
      const { openKeyRing } = require('./dist/runtime/keys');
      const { generate } = require('./dist/activities/clearing/generate/generate');
      const [databaseUrl, keyRing, order] = process.argv.slice(1);
      openStore({ databaseUrl, keyRing: openKeyRing(keyRing) })
        .then((store) => generate({ store, now: () => ${NOW} }, JSON.parse(order), () => undefined))
        .then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });`;
    const args = ['-e', script, database().databaseUrl, database().keyRing.path, JSON.stringify(ORDER)];
    return new Promise((resolve, reject) => {
      execFile(process.execPath, args, { env: { ...process.env, ANJIE_FAILPOINTS: failpoints } }, (error, _stdout, stderr) => {
        if (error && error.signal === null) reject(new Error(stderr));
        else resolve(error?.signal ?? null);
      });
    });
  }
});
