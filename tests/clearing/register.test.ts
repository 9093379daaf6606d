import { operations } from '../../activities/clearing';
import { nameObjections, type Objection } from '../../activities/clearing/register/objections';
import type { IntakeDeps } from '../../activities/clearing/intake/take';
import { partiesOf } from '../../activities/clearing/parties';
import type { OperationContext, RegisterOperation } from '../../activities/office-case/operations';
import type { XrRecord } from '../../domain/clearing/record';
import { DEFAULT_PARAMETERS } from '../../domain/clearing/parameters';
import { fen } from '../../domain/money';
import { DivisionTree } from '../../domain/people/divisions';
import {
  CaseAct, Division, PrintedDocument, XrClearingBatch, XrClearingConfirmation, XrClearingItem, XrClearingLine, XrClearingPair, XrMonthClaim, XrPayable,
  XrSettlement,
} from '../../store/entities';
import type { Store } from '../../store/open-store';
import { onBothDatabases } from '../support/databases';
import { deduction, NOW, PROVINCE, settlement, take } from './support';

const CASE = 'office-case/xr-clear-monthly/990000/1';
const BATCH = '990000-202610-1';
const NODES = [
  { code: PROVINCE, name: '示例省', level: 'province' as const, parent: null },
  { code: '990100', name: '示例一市', level: 'city' as const, parent: PROVINCE },
  { code: '990200', name: '示例二市', level: 'city' as const, parent: PROVINCE },
];
const PARTIES = partiesOf(new DivisionTree(NODES), PROVINCE);

onBothDatabases('register operations of clearing', (database) => {
  let store: Store;
  let deps: IntakeDeps;

  beforeEach(async () => {
    store = await database().openMigrated();
    deps = { store, keyRing: database().keyRing, now: () => NOW };
    await store.write((manager) => manager.insert(Division, NODES.map((node) => ({ ...node, validFrom: '2020-01-01', validTo: null }))));
  });

  const context = (form: object, more: Partial<OperationContext> = {}): OperationContext => ({
    caseId: CASE, caseNo: '1', definition: 'xr-clear-monthly', division: PROVINCE, period: '2026-10', form: { ...form }, step: 'x', actors: [], now: NOW, ...more,
  });
  const monthly = context({ period: '2026-10', parties: PARTIES });
  const operation = (name: string): RegisterOperation => operations[name] as RegisterOperation;
  const check = (name: string, of: OperationContext) => store.read(async (manager) => (await operation(name).check?.(manager, of)) ?? null);
  const run = (name: string, of: OperationContext) => operation(name).run?.({ store, now: () => NOW }, of, () => undefined);
  const apply = (name: string, of: OperationContext) => store.write(async (manager) => operation(name).apply?.(manager, of));
  const compensate = (name: string, of: OperationContext) => store.write(async (manager) => operation(name).compensate?.(manager, of));
  const batch = () => store.read((manager) => manager.findOneBy(XrClearingBatch, { id: BATCH }));
  const lines = () => store.read(async (manager) => (await manager.findBy(XrClearingLine, { batchId: BATCH })).map((line) => ({ ...line })));
  const pairs = () => store.read(async (manager) => (await manager.findBy(XrClearingPair, { batchId: BATCH })).map((pair) => ({ ...pair })));
  const rows = () => store.read((manager) => manager.find(XrSettlement, { where: {}, order: { id: 'ASC' } }));

  /** Both cities sign both seats, in their order; the named ones object. */
  async function confirm(objecting: readonly string[]): Promise<void> {
    await store.write(async (manager) => {
      for (const [index, { slot }] of PARTIES.entries()) {
        await manager.insert(CaseAct, {
          caseId: CASE, seq: index + 1, commandId: `c${index}`, at: NOW, kind: objecting.includes(slot) ? 'object' : 'approve', step: 'city-confirm', slot, round: 1,
          userId: `u${index}`, forUserId: `u${index}`, personKey: 'p', forPersonKey: 'p', role: 'cityConfirmer', opinion: null, text: '', refusalCode: null, event: {}, result: {},
        });
      }
    });
  }

  const objection = (record: XrRecord, more: Partial<Objection> = {}): Objection => ({
    batchId: BATCH, city: '990100', side: 'payable', setlIds: [record.setl_id], reasonCode: 'amount', reason: '金额待核', byUser: 'u0', at: NOW, ...more,
  });
  const name = (given: Objection) => store.write((manager) => nameObjections(manager, given));

  test('every city signs as payer and as receiver, neither more nor less', async () => {
    expect(await check('clearing.generate', monthly)).toBeNull();
    const change = (parties: readonly object[]) => check('clearing.generate', context({ period: '2026-10', parties }));
    expect(await change(PARTIES.slice(1))).toMatchObject({ code: 'CLEARING_PARTIES_INCOMPLETE' });
    expect(await change([...PARTIES, { slot: 'payable-980100', division: '980100' }])).toMatchObject({ code: 'CLEARING_PARTIES_INCOMPLETE' });
    expect(await change(PARTIES.map((party) => ({ ...party, division: '990200' })))).toMatchObject({ code: 'CLEARING_PARTIES_INCOMPLETE' });
  });

  test('objected items leave with their deductions and come in next month as late; sums are those of a new generation', async () => {
    const [stays, goes] = [settlement(), settlement()];
    await take(deps, [stays, goes, deduction(goes, 10_000, '2026-10-20')]);
    await run('clearing.generate', monthly);
    expect(await run('clearing.balance', monthly)).toMatchObject({ result: { balanced: true } });
    const before = { lines: await lines(), pairs: await pairs(), batch: await batch() };
    expect(await name(objection(goes))).toBe(1);
    await confirm(['payable-990100']);
    expect(await apply('clearing.settleObjections', monthly)).toMatchObject({ result: { confirmed: 3, objected: 1, movedOut: 2 } });
    expect((await rows()).map(({ enteredWindow, entry }) => [enteredWindow, entry])).toEqual([[202610, 'current'], [202611, 'late'], [202611, 'deduction']]);
    expect(await batch()).toMatchObject({ items: 1, movedOut: 2, payableFen: 120_000 });
    expect(await lines()).toHaveLength(2);
    expect(await run('clearing.balance', monthly)).toMatchObject({ result: { balanced: true } });
    const confirmations = await store.read((manager) => manager.findBy(XrClearingConfirmation, { batchId: BATCH }));
    expect(confirmations.map(({ city, side, state, fen: amount }) => [city, side, state, amount]).sort()).toEqual([
      ['990100', 'payable', 'objected', 230_000], ['990100', 'receivable', 'confirmed', 0],
      ['990200', 'payable', 'confirmed', 0], ['990200', 'receivable', 'confirmed', 230_000],
    ]);
    await compensate('clearing.settleObjections', monthly);
    expect(new Set(await lines())).toEqual(new Set(before.lines));
    expect(new Set(await pairs())).toEqual(new Set(before.pairs));
    expect(await batch()).toEqual(before.batch);
    expect((await rows()).map(({ enteredWindow, entry }) => [enteredWindow, entry])).toEqual([[202610, 'current'], [202610, 'current'], [202610, 'deduction']]);
  });

  test('a city that objects without naming anything sends the case back; naming is checked', async () => {
    const [ours, theirs] = [settlement(), settlement({ insuplc_admdvs: '990201', mdtrtarea_admdvs: '990101' })];
    await take(deps, [ours, theirs]);
    await run('clearing.generate', monthly);
    expect(await name(objection(theirs))).toMatchObject({ code: 'CLEARING_ITEM_NOT_IN_BATCH' });
    expect(await name(objection(ours, { batchId: 'none' }))).toMatchObject({ code: 'CLEARING_BATCH_NOT_FOUND' });
    await confirm(['receivable-990200']);
    expect(await apply('clearing.settleObjections', monthly)).toMatchObject({ code: 'CLEARING_OBJECTION_EMPTY' });
    expect(await store.read((manager) => manager.countBy(XrClearingConfirmation, {}))).toBe(0);
  });

  test('an objection that a city named and then confirmed is kept as not followed', async () => {
    const one = settlement();
    await take(deps, [one]);
    await run('clearing.generate', monthly);
    await name(objection(one));
    await confirm([]);
    expect(await apply('clearing.settleObjections', monthly)).toMatchObject({ result: { movedOut: 0 } });
    expect(await store.read((manager) => manager.findBy(XrClearingItem, {}))).toMatchObject([{ state: 'kept' }]);
  });

  test('approval creates payables by fund and locks the items; it can be withdrawn before anything is drawn', async () => {
    const one = settlement();
    await take(deps, [one, settlement({ insuplc_admdvs: '990201', mdtrtarea_admdvs: '990101', parts: { '310100': 30_000 } })]);
    await run('clearing.generate', monthly);
    expect(await apply('clearing.approve', monthly)).toMatchObject({ result: { payables: 3, payable: '1500.00' } });
    const payables = await store.read((manager) => manager.find(XrPayable, { where: {}, order: { id: 'ASC' } }));
    expect(payables.map(({ id, payingCity, receivingCity, fund, fen: amount, status }) => [id, payingCity, receivingCity, fund, amount, status])).toEqual([
      ['990000-202610-1-00001', '990100', '990200', 'account', 20_000, 'open'],
      ['990000-202610-1-00002', '990100', '990200', 'employeePool', 100_000, 'open'],
      ['990000-202610-1-00003', '990200', '990100', 'employeePool', 30_000, 'open'],
    ]);
    expect(await name(objection(one))).toMatchObject({ code: 'CLEARING_LOCKED' });
    const documents = () => store.read((manager) => manager.find(PrintedDocument, { where: { caseId: CASE } }));
    const issued = await documents();
    expect(issued.length).toBeGreaterThan(3);
    expect(new Set(issued.map(({ number }) => number)).size).toBe(issued.length);
    const undo = context({ batchId: BATCH, reason: '测试' }, { caseId: 'undo' });
    await store.write((manager) => manager.update(XrPayable, { id: payables[1]?.id ?? '' }, { drawnFen: fen(1) }));
    expect(await check('clearing.undo', undo)).toMatchObject({ code: 'CLEARING_PAID' });
    await expect(store.write(async (manager) => {
      if (((await operation('clearing.undo').apply?.(manager, undo)) as { code?: string }).code) throw new Error('refused');
    })).rejects.toThrow('refused');
    await store.write((manager) => manager.update(XrPayable, { id: payables[1]?.id ?? '' }, { drawnFen: fen(0) }));
    expect(await check('clearing.undo', undo)).toBeNull();
    expect(await apply('clearing.undo', undo)).toMatchObject({ result: { voided: 3, voidedDocuments: issued.length } });
    expect((await documents()).every(({ voidedAt }) => voidedAt !== null)).toBe(true);
    expect(await check('clearing.undo', undo)).toMatchObject({ code: 'CLEARING_NOT_APPROVED' });
    const again = { ...monthly, caseId: 'office-case/xr-clear-monthly/990000/2' };
    expect(await check('clearing.generate', again)).toBeNull();
    expect(await run('clearing.generate', again)).toMatchObject({ result: { batchId: '990000-202610-2', items: 2, payableFen: 150_000 } });
  });

  test('a batch that is no longer what was reviewed is not approved', async () => {
    await take(deps, [settlement()]);
    await run('clearing.generate', monthly);
    await store.write((manager) => manager.update(XrClearingLine, { batchId: BATCH, fund: 'account' }, { fen: fen(1) }));
    expect(await apply('clearing.approve', monthly)).toMatchObject({ code: 'CLEARING_UNBALANCED' });
  });

  test('approval that the case could not finish is taken back', async () => {
    await take(deps, [settlement()]);
    await run('clearing.generate', monthly);
    await apply('clearing.approve', monthly);
    await compensate('clearing.approve', monthly);
    expect(await batch()).toMatchObject({ status: 'draft', approvedAt: null });
    expect(await store.read((manager) => manager.countBy(XrPayable, {}))).toBe(0);
    await compensate('clearing.generate', monthly);
    expect(await batch()).toMatchObject({ status: 'withdrawn', items: 0 });
    expect(await run('clearing.generate', monthly)).toMatchObject({ result: { batchId: BATCH, items: 1 } });
  });

  const form = { ...DEFAULT_PARAMETERS, fromPeriod: '2026-10', medTypes: '21，14', tacitConfirmation: 'no', netting: 'yes', countyPreCheck: 'no', reason: '测试' };

  test('parameters hold from a month on, and what waits is entered anew', async () => {
    await take(deps, [settlement(), settlement({ med_type: '11' }), settlement({ businessDate: '2026-09-30', med_type: '11' })]);
    const change = context({ ...form, cutOffDay: 10 }, { caseId: 'parameters' });
    expect(await check('clearing.parameters', change)).toBeNull();
    expect(await run('clearing.parameters', change)).toEqual({ result: { version: 1, fromPeriod: '2026-10', reassigned: 2 } });
    expect((await rows()).map(({ enteredWindow, entry }) => [enteredWindow, entry])).toEqual([[202611, 'current'], [0, 'medType'], [202609, 'current']]);
    expect(await run('clearing.parameters', change)).toEqual({ result: { version: 1, fromPeriod: '2026-10', reassigned: 0 } });
    const back = context(form, { caseId: 'parameters-2' });
    expect(await run('clearing.parameters', { ...back, form: { ...form, medTypes: '21,11' } })).toMatchObject({ result: { version: 2, reassigned: 2 } });
    await take(deps, [settlement({ med_type: '11' }), settlement({ med_type: '14' })]);
    expect((await rows()).map(({ enteredWindow, entry }) => [enteredWindow, entry])).toEqual([
      [202610, 'current'], [202610, 'current'], [202609, 'current'], [202610, 'current'], [0, 'medType'],
    ]);
  });

  test.each([
    [{ fromPeriod: '2026-1' }, 'CLEARING_PERIOD_INVALID'],
    [{ cutOffDay: 0 }, 'CLEARING_PARAMETERS_INVALID'],
    [{ medTypes: '' }, 'CLEARING_PARAMETERS_INVALID'],
    [{ confirmByDay: 'x' }, 'CLEARING_PARAMETERS_INVALID'],
  ])('parameters %j are refused', async (change, code) => {
    expect(await check('clearing.parameters', context({ ...form, ...change }))).toMatchObject({ code });
  });

  test('parameters of a month that was cleared are refused', async () => {
    await run('clearing.generate', monthly);
    expect(await check('clearing.parameters', context(form))).toMatchObject({ code: 'CLEARING_PARAMETERS_TOO_LATE' });
  });

  test('a claim stands beside what was reconciled; a later one counts instead', async () => {
    await take(deps, [settlement({ fixmedins_code: 'H99020200001' }), settlement({ fixmedins_code: 'H99020200002', parts: { '310100': 500 } })]);
    const claim = (claimant: string, claimedFen: number, caseId: string) =>
      context({ period: '2026-10', claimant, claimedCount: 2, claimedFen }, { division: '990200', caseId });
    expect(await check('clearing.claim', claim('990200', 1, 'a'))).toBeNull();
    expect(await apply('clearing.claim', claim('990200', 120_600, 'a'))).toEqual({
      result: { claimed: '1206.00', reconciled: '1205.00', difference: '1.00', countDifference: 0 },
    });
    expect(await apply('clearing.claim', claim('990200', 120_500, 'b'))).toMatchObject({ result: { difference: '0.00' } });
    expect(await apply('clearing.claim', claim('H99020200002', 500, 'c'))).toMatchObject({ result: { difference: '0.00', countDifference: 1 } });
    const claims = await store.read((manager) => manager.find(XrMonthClaim, { where: {}, order: { caseId: 'ASC' } }));
    expect(claims.map(({ fixmedins_code, version }) => [fixmedins_code, version])).toEqual([['', 1], ['', 2], ['H99020200002', 1]]);
    await run('clearing.generate', monthly);
    expect(await check('clearing.claim', claim('990200', 1, 'd'))).toMatchObject({ code: 'CLEARING_CLAIM_LATE' });
  });
});
