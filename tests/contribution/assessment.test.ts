import { workChunk } from '../../activities/batch/chunk';
import { closePhase } from '../../activities/batch/close';
import type { BatchDeps } from '../../activities/batch/kind';
import { look } from '../../activities/batch/look';
import { openBatch } from '../../activities/batch/open';
import { move } from '../../activities/batch/orders';
import { BATCH_KINDS, kindOf } from '../../activities/batch/registry';
import { sumsOf } from '../../activities/batch/sums';
import { ASSESSMENT } from '../../activities/contribution/assessment';
import { levyNoOf } from '../../domain/contribution/levy-no';
import { isRefusal } from '../../domain/refusal';
import type { Refusal } from '../../domain/commands';
import { Batch, BatchReject, ContributionPerson, ContributionRegister, Division, Levy, OfficeCase } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { onBothDatabases } from '../support/databases';
import { addPeople } from '../support/office-people';
import { addPersons, addUnits, COUNTY } from './register';

const NOW = Date.parse('2026-11-20T09:00:00+08:00');
const UNITS = ['U1', 'U2', 'U3'];

onBothDatabases('assessment of receivables', (database) => {
  let store: Store;
  let deps: BatchDeps;

  beforeEach(async () => {
    store = await database().openMigrated();
    deps = { store, now: () => NOW };
    await store.write((manager) => manager.insert(Division, [
      { code: '990100', name: '示例市', level: 'city' as const, parent: null, validFrom: '2025-01-01', validTo: null },
      { code: COUNTY, name: '示例县', level: 'county' as const, parent: '990100', validFrom: '2025-01-01', validTo: null },
    ]));
    await addPeople(store, [{ id: 'maker-1', role: 'maker', division: COUNTY }]);
    await addUnits(store, [...UNITS.map((unitNo) => ({ unitNo })), { unitNo: 'S1', special: 1 }]);
    await addPersons(store, [
      ...UNITS.flatMap((unitNo, index) => Array.from({ length: 4 }, (_, n) => ({ psnNo: `${unitNo}P${n}`, unitNo, baseFen: 500_000 + 100_000 * index + n }))),
      { psnNo: 'U1P8', unitNo: 'U1', baseFen: null },
      { psnNo: 'U1P9', unitNo: 'U1', category: 'retired' },
      { psnNo: 'S1P1', unitNo: 'S1' },
      { psnNo: 'F1', payerKind: '2', agreement: 1 },
      { psnNo: 'F2', payerKind: '2' },
      ...['R1', 'R2', 'R3'].map((psnNo) => ({ psnNo, insutype: '390', payerKind: '3' as const, category: 'resident' as const, baseFen: null })),
      { psnNo: 'R4', insutype: '390', payerKind: '3', category: 'aided', baseFen: null },
    ]);
  });

  const tryOpen = (parameters: object, period = '2026-11') =>
    store.write((manager) => openBatch(manager, BATCH_KINDS, { kind: ASSESSMENT, division: COUNTY, period, parameters, makerId: 'maker-1' }, NOW));
  const open = async (parameters: object, period?: string): Promise<Batch> => {
    const batch = await tryOpen(parameters, period);
    if (isRefusal(batch)) throw new Error(batch.message);
    return batch;
  };
  const through = async ({ id: batchId }: Batch): Promise<Batch> => {
    for (let seen = await look(deps, BATCH_KINDS, { batchId }, () => undefined); seen.work; seen = await look(deps, BATCH_KINDS, { batchId }, () => undefined)) {
      const { phase, open: chunks } = seen.work;
      for (const chunk of chunks) await workChunk(deps, BATCH_KINDS, { batchId, phase, chunk }, () => undefined);
      await closePhase(deps, BATCH_KINDS, { batchId, phase });
    }
    return store.read((manager) => manager.findOneByOrFail(Batch, { id: batchId }));
  };
  const order = (batch: Batch, name: 'confirm' | 'undo' | 'cancel') =>
    store.write(async (manager) => move(manager, kindOf(BATCH_KINDS, batch.kind), await manager.findOneByOrFail(Batch, { id: batch.id }), name, { now: NOW, reason: null }));
  const leviesOf = ({ id }: Batch) => store.read((manager) => manager.find(Levy, { where: { batchId: id }, order: { id: 'ASC' } }));
  const refused = (outcome: Batch | Refusal): string => (isRefusal(outcome) ? outcome.code : 'none');

  test('a unit pays the sum of its persons, who are the split of it; exceptions are listed; another person is asked', async () => {
    const batch = await through(await open({ variant: 'allUnits' }));
    expect(batch).toMatchObject({ state: 'previewed', total: 14, done: 13, rejected: 1 });
    const levies = await leviesOf(batch);
    for (const unitNo of UNITS) {
      for (const part of ['1', '2']) {
        const total = levies.filter((each) => each.unitNo === unitNo && each.part === part && each.rowLevel === 1);
        const split = levies.filter((each) => each.unitNo === unitNo && each.part === part && each.rowLevel === 2);
        expect(total).toHaveLength(1);
        expect(split).toHaveLength(4);
        expect(total[0]).toMatchObject({ psncnt: 4, psnNo: null, exchange: 10, money: 0, dueDate: '2026-11-25', amtFen: split.reduce((sum, each) => sum + each.amtFen, 0) });
      }
    }
    const payable = levies.filter(({ rowLevel }) => rowLevel === 1).reduce((sum, { amtFen }) => sum + amtFen, 0);
    expect(await store.read((manager) => sumsOf(manager, batch.id))).toMatchObject({ total: payable });
    expect(levies.some(({ unitNo }) => unitNo === 'S1')).toBe(false);
    const rejects = await store.read((manager) => manager.findBy(BatchReject, { batchId: batch.id }));
    expect(rejects).toMatchObject([{ subject: 'U1P8', code: 'CONTRIB_BASE_MISSING' }]);
    const drafted = await store.read((manager) => manager.findOneByOrFail(OfficeCase, { caseNo: batch.confirmCaseNo ?? '' }));
    expect(drafted).toMatchObject({ definition: 'contrib-assessment-confirm', status: 'draft', makerId: 'maker-1', form: { batchId: batch.id, amountFen: payable } });
  });

  test('nobody is charged twice for a month, not by another variant either', async () => {
    await order(await through(await open({ variant: 'unit', units: ['U1'] })), 'confirm');
    const again = await through(await open({ variant: 'allUnits' }));
    expect(again).toMatchObject({ done: 9, rejected: 5 });
    const codes = await store.read((manager) => manager.findBy(BatchReject, { batchId: again.id, code: 'LEVY_OVERLAP' }));
    expect(codes.map(({ subject }) => subject)).toEqual(['U1P0', 'U1P1', 'U1P2', 'U1P3']);
  });

  test('a second assessment of the same payers waits for the first', async () => {
    const first = await through(await open({ variant: 'allUnits' }));
    expect(refused(await tryOpen({ variant: 'unit', units: ['U2'] }))).toBe('BATCH_UNDER_WAY');
    expect(refused(await tryOpen({ variant: 'flexible' }))).toBe('none');
    await order(first, 'cancel');
    await through(first);
    expect(await leviesOf(first)).toEqual([]);
    expect(refused(await tryOpen({ variant: 'unit', units: ['U2'] }))).toBe('none');
  });

  test('the register may change while a batch runs: it sees what stood when it was frozen', async () => {
    const batch = await open({ variant: 'allUnits' });
    await look(deps, BATCH_KINDS, { batchId: batch.id }, () => undefined);
    await store.write(async (manager) => {
      const old = await manager.findOneByOrFail(ContributionPerson, { psnNo: 'U2P0' });
      const { id, ...rest } = old;
      await manager.insert(ContributionPerson, { ...rest, baseFen: 2_000_000 as never, edition: 1, formerId: id });
      await manager.update(ContributionPerson, { id }, { untilEdition: 1 });
      await manager.insert(ContributionPerson, { ...rest, psnNo: 'U2P7', edition: 1 });
      await manager.insert(ContributionRegister, { division: COUNTY, edition: 1, handedOut: 1 });
    });
    const levies = await leviesOf(await through(batch));
    expect(levies.find(({ psnNo, part }) => psnNo === 'U2P0' && part === '1')).toMatchObject({ baseFen: 600_000 });
    expect(levies.some(({ psnNo }) => psnNo === 'U2P7')).toBe(false);
  });

  test.each([
    [{ variant: 'specialUnits' }, ['S1P1']],
    [{ variant: 'flexible' }, ['F1']],
    [{ variant: 'allResidents' }, ['R1', 'R2', 'R3', 'R4']],
    [{ variant: 'resident', persons: ['R2'] }, ['R2']],
    [{ variant: 'specialPersons' }, ['R4']],
    [{ variant: 'retireBackpay', persons: ['F2'], months: { from: '2026-08', through: '2026-10' } }, ['F2']],
    [{ variant: 'retireLump', persons: ['F2'], months: { from: '2026-11', through: '2027-10' } }, ['F2']],
    [{ variant: 'personDetail', persons: ['F2'], months: { from: '2026-10', through: '2026-10' } }, ['F2']],
    [{ variant: 'unitBackpay', units: ['U3'], months: { from: '2026-09', through: '2026-10' } }, ['U3P0', 'U3P1', 'U3P2', 'U3P3']],
  ] as const)('%j charges those it is for', async (parameters, persons) => {
    const batch = await through(await open(parameters));
    const levies = await leviesOf(batch);
    expect([...new Set(levies.flatMap(({ psnNo }) => psnNo ?? []))].sort()).toEqual(persons);
    if ('months' in parameters) expect(new Set(levies.map((each) => each.accrym_begn)).size).toBe(parameters.variant === 'retireLump' ? 12 : parameters.variant === 'retireBackpay' ? 3 : parameters.variant === 'unitBackpay' ? 2 : 1);
  });

  test('undone as a whole while nothing was sent; refused once something was; by row with its split', async () => {
    const batch = await through(await open({ variant: 'allUnits' }));
    await order(batch, 'confirm');
    const kind = kindOf(BATCH_KINDS, ASSESSMENT);
    const levies = await leviesOf(batch);
    const numberOf = (unitNo: string, part: string, rowLevel: number): string => {
      const row = levies.find((each) => each.unitNo === unitNo && each.part === part && each.rowLevel === rowLevel);
      return levyNoOf({ id: row?.id ?? 0, poolArea: '990100', cashym: 202611, line: 'ZG' });
    };
    const undoRow = (row: string) => store.write(async (manager) => kind.undoRow?.(manager, await manager.findOneByOrFail(Batch, { id: batch.id }), row, NOW));
    expect(await undoRow(numberOf('U1', '1', 2))).toMatchObject({ code: 'LEVY_IN_USE' });
    expect(await undoRow('990100202611ZG99999999999999')).toMatchObject({ code: 'LEVY_NOT_FOUND' });
    expect(await undoRow(numberOf('U1', '1', 1))).toBeNull();
    expect(await undoRow(numberOf('U1', '1', 1))).toMatchObject({ code: 'LEVY_IN_USE' });
    expect((await leviesOf(batch)).filter(({ exchange }) => exchange === 0)).toHaveLength(5);
    await store.write((manager) => manager.update(Levy, { unitNo: 'U2', part: '1', rowLevel: 1 }, { exchange: 30 }));
    expect(await store.read(async (manager) => kind.checkUndo?.(manager, await manager.findOneByOrFail(Batch, { id: batch.id })))).toMatchObject({ code: 'LEVY_IN_USE' });
    await store.write((manager) => manager.update(Levy, { unitNo: 'U2', part: '1', rowLevel: 1 }, { exchange: 10 }));
    await order(batch, 'undo');
    expect(await through(batch)).toMatchObject({ state: 'undone' });
    expect((await leviesOf(batch)).every(({ exchange }) => exchange === 0)).toBe(true);
    // What was undone can be assessed anew.
    expect(await through(await open({ variant: 'allUnits' }))).toMatchObject({ done: 13, rejected: 1 });
  });
});
