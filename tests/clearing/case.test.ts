import { operations } from '../../activities/clearing';
import { partiesOf } from '../../activities/clearing/parties';
import { nameObjections } from '../../activities/clearing/register/objections';
import { remind } from '../../activities/office-case/happenings';
import { divisionTree } from '../../activities/people/divisions';
import { formatDate } from '../../domain/calendar';
import { DEFAULT_PARAMETERS } from '../../domain/clearing/parameters';
import { addMonths, periodOf, periodText } from '../../domain/clearing/period';
import type { XrRecord } from '../../domain/clearing/record';
import type { CaseDefinition } from '../../domain/office-case/definition';
import { loadCaseDefinitions } from '../../schemas/processes/load-cases';
import { Division, XrClearingBatch, XrClearingConfirmation, XrPayable, XrSettlement } from '../../store/entities';
import { addPeople, PROVINCE, type TestPerson } from '../support/office-people';
import { STAFF } from '../support/office-definitions';
import { type OfficeRig, openOfficeRig } from '../support/office-rig';
import { serves } from '../support/serves';
import { settlement, take } from './support';

/** The real definitions of clearing, from the maker to the payables, by Temporal. */
const definitions = loadCaseDefinitions();
const MONTHLY = definitions['xr-clear-monthly'] as CaseDefinition;
const UNDO = definitions['xr-clear-undo'] as CaseDefinition;
/** Three months ago: its reconciliation deadline has passed on every day of the year. */
const PERIOD = periodText(addMonths(periodOf(formatDate(Date.now()).slice(0, 7)), -3));
const PEOPLE: readonly TestPerson[] = [
  ...STAFF,
  { id: 'first-1', role: 'firstReviewer', division: PROVINCE },
  { id: 'city-maker', role: 'maker', division: '990200' },
  { id: 'city-reviewer', role: 'reviewer', division: '990200' },
];

let rig: OfficeRig;
let parties: readonly { readonly slot: string; readonly division: string; readonly zh: string }[];
let records: XrRecord[];

beforeAll(async () => {
  rig = await openOfficeRig({ people: PEOPLE, operations });
  parties = partiesOf(await rig.store.read((manager) => divisionTree(manager, Date.now())), PROVINCE);
  const day = (given: Partial<XrRecord>) => settlement({ businessDate: `${PERIOD}-12`, reconciledDate: `${PERIOD}-13`, setl_time: `${PERIOD}-12 10:00:00`, ...given });
  records = [day({}), day({}), day({ insuplc_admdvs: '990201', mdtrtarea_admdvs: '990101' })];
  await take({ store: rig.store, keyRing: rig.keyRing, now: rig.now }, records);
}, 60_000);
afterAll(() => rig?.close());

const confirmerOf = (division: string): string => STAFF.find(({ role, division: own }) => role === 'cityConfirmer' && own === division)?.id ?? '';
const batchOf = () => rig.store.read((manager) => manager.findOneBy(XrClearingBatch, { period: PERIOD, status: 'draft' })) as Promise<XrClearingBatch>;

test('generated, reviewed, confirmed by every city, an objection moved out, re-checked, approved; then withdrawn', async () => {
  serves('xr-clear-month-first-review', 'xr-clear-month-city-confirm', 'xr-clear-month-recheck', 'xr-clear-month-approve');
  const caseId = await rig.open(MONTHLY, 'maker-1', PROVINCE, { period: PERIOD, parties });
  await rig.act(caseId, 'maker-1', 'submit');
  const generated = await rig.until(caseId, ({ step }) => step === 'first-review');
  expect(generated.results['generate']).toMatchObject({ items: 3, payable: '3600.00' });
  await rig.act(caseId, 'first-1', 'approve');
  await rig.until(caseId, ({ step }) => step === 'city-confirm');

  // The first city objects to one of the two settlements that it pays.
  const { id: batchId } = await batchOf();
  const objection = { batchId, city: '990100', side: 'payable' as const, setlIds: [records[0]?.setl_id ?? ''], reasonCode: 'amount', reason: '金额待核', byUser: 'city-1', at: rig.now() };
  expect(await rig.store.write((manager) => nameObjections(manager, objection))).toBe(1);
  for (const { slot, division } of parties) {
    const act = slot === 'payable-990100' ? 'object' : 'approve';
    expect(await rig.act(caseId, confirmerOf(division), act, { slot, opinion: '测试意见' })).toMatchObject({ status: 'done' });
  }
  const settled = await rig.until(caseId, ({ step }) => step === 'recheck');
  expect(settled.results['objections']).toMatchObject({ objected: 1, confirmed: parties.length - 1, movedOut: 1 });
  expect(await rig.store.read((manager) => manager.countBy(XrClearingConfirmation, { batchId }))).toBe(parties.length);

  await rig.act(caseId, 'rechecker-1', 'approve');
  await rig.act(caseId, 'approver-1', 'approve');
  const approved = await rig.until(caseId, ({ status }) => status === 'effective');
  expect(approved.results['effect']).toMatchObject({ batchId, payables: 4, payable: '2400.00' });
  const moved = await rig.store.read((manager) => manager.findOneBy(XrSettlement, { setl_id: records[0]?.setl_id ?? '' }));
  expect(moved).toMatchObject({ entry: 'late', enteredWindow: addMonths(periodOf(PERIOD), 1) });

  const undo = await rig.open(UNDO, 'maker-1', PROVINCE, { batchId, reason: '测试撤销' });
  await rig.act(undo, 'maker-1', 'submit');
  await rig.act(undo, 'rechecker-1', 'approve');
  await rig.act(undo, 'approver-1', 'approve');
  await rig.until(undo, ({ status }) => status === 'effective');
  expect(await rig.store.read((manager) => manager.countBy(XrPayable, { batchId, status: 'void' }))).toBe(4);
}, 120_000);

test('an objection that names nothing sends the case back; what was generated is taken back and made anew', async () => {
  const caseId = await rig.open(MONTHLY, 'maker-1', PROVINCE, { period: PERIOD, parties });
  await rig.act(caseId, 'maker-1', 'submit');
  await rig.until(caseId, ({ step }) => step === 'first-review');
  await rig.act(caseId, 'first-1', 'approve');
  await rig.until(caseId, ({ step }) => step === 'city-confirm');
  for (const { slot, division } of parties) {
    await rig.act(caseId, confirmerOf(division), slot === 'receivable-990100' ? 'object' : 'approve', { slot, opinion: '测试意见' });
  }
  const back = await rig.until(caseId, ({ step, undoing }) => step === 'maker' && undoing.length === 0);
  expect(back).toMatchObject({ status: 'returned', round: 2, failure: { code: 'CLEARING_OBJECTION_EMPTY' } });
  expect(await rig.store.read((manager) => manager.findOneBy(XrClearingBatch, { caseId }))).toMatchObject({ status: 'withdrawn', items: 0 });
  await rig.act(caseId, 'maker-1', 'submit');
  const again = await rig.until(caseId, ({ step }) => step === 'first-review');
  expect(again.results['generate']).toMatchObject({ items: 2 });
}, 120_000);

test('parameters by maker and reviewer, a claim by a city', async () => {
  serves('xr-clear-month-parameters', 'xr-ul-month-claim');
  const form = {
    fromPeriod: formatDate(Date.now()).slice(0, 7), cutOffDay: 31, reconciledByDay: 20, lateLimitMonths: 1, medTypes: '21,11', claimByDay: 20, generateOnDay: 21,
    confirmByDay: 25, approveByDay: 31, tacitConfirmation: 'no', netting: 'no', countyPreCheck: 'no', reason: '测试调整',
  };
  const change = await rig.open(definitions['xr-clear-parameters'] as CaseDefinition, 'maker-1', PROVINCE, form);
  expect(await rig.act(change, 'maker-1', 'submit')).toMatchObject({ status: 'done' });
  expect(await rig.act(change, 'maker-1', 'approve', { step: 'review' })).toMatchObject({ status: 'refused' });
  await rig.act(change, 'reviewer-1', 'approve');
  const changed = await rig.until(change, ({ status }) => status === 'effective');
  expect(changed.results['effect']).toMatchObject({ version: 1, reassigned: 0 });

  const period = formatDate(Date.now()).slice(0, 7);
  const claim = await rig.open(definitions['xr-clear-claim'] as CaseDefinition, 'city-maker', '990200', { period, claimant: '990200', claimedCount: 1, claimedFen: 100 });
  expect(await rig.act(claim, 'city-maker', 'submit')).toMatchObject({ status: 'done' });
  await rig.act(claim, 'city-reviewer', 'approve');
  const claimed = await rig.until(claim, ({ status }) => status === 'effective');
  expect(claimed.results['effect']).toMatchObject({ claimed: '1.00', reconciled: '0.00', difference: '1.00' });
}, 60_000);

test('a month whose parameters ask for it: counties check first, a silent city is taken to have confirmed, and all of it is shown so', async () => {
  const period = periodText(addMonths(periodOf(PERIOD), 1));
  const counties = ['990101', '990201'].map((division) => ({ slot: `county-${division}`, division, zh: `示例区县 ${division}（预核）` }));
  await rig.store.write(async (manager) => {
    const nodes = counties.map(({ division: code }) => ({ code, name: `示例区县${code}`, level: 'county' as const, parent: `${code.slice(0, 4)}00`, validFrom: '2025-01-01', validTo: null }));
    await manager.insert(Division, nodes);
  });
  await addPeople(rig.store, counties.map(({ division }) => ({ id: `county-${division}`, role: 'reviewer' as const, division })));
  const opened = (form: object) => rig.open(MONTHLY, 'maker-1', PROVINCE, { period, parties, ...form });
  expect(await rig.act(await opened({ counties }), 'maker-1', 'submit')).toMatchObject({ refusal: { code: 'CLEARING_PARTIES_INCOMPLETE', message: expect.stringContaining('未启用区县预核') } });

  const parameters = { ...DEFAULT_PARAMETERS, medTypes: '21,11', fromPeriod: period, tacitConfirmation: 'yes', netting: 'no', countyPreCheck: 'yes', reason: '测试启用' };
  const change = await rig.open(definitions['xr-clear-parameters'] as CaseDefinition, 'maker-1', PROVINCE, parameters);
  await rig.act(change, 'maker-1', 'submit');
  await rig.act(change, 'reviewer-1', 'approve');
  await rig.until(change, ({ status }) => status === 'effective');
  expect(await rig.act(await opened({ counties: counties.slice(1) }), 'maker-1', 'submit')).toMatchObject({ refusal: { code: 'CLEARING_PARTIES_INCOMPLETE', message: expect.stringContaining('应为 2 个席位') } });

  const caseId = await opened({ counties });
  expect(await rig.act(caseId, 'maker-1', 'submit')).toMatchObject({ status: 'done' });
  const generated = await rig.until(caseId, ({ step }) => step === 'first-review');
  expect(generated.results['generate']).toMatchObject({ tacitConfirmation: true });
  await rig.act(caseId, 'first-1', 'approve');
  await rig.until(caseId, ({ step }) => step === 'county-precheck');
  for (const { slot, division } of counties) expect(await rig.act(caseId, `county-${division}`, 'approve', { slot })).toMatchObject({ status: 'done' });
  const waiting = await rig.until(caseId, ({ step }) => step === 'city-confirm');
  for (const side of ['payable', 'receivable']) await rig.act(caseId, confirmerOf('990100'), 'approve', { slot: `${side}-990100` });
  // The end of the term, as the run's timer brings it; what it brought is caught up with by the next act.
  await remind(rig.deps, { caseId, version: waiting.version, at: waiting.timing?.dueAt ?? 0 });
  await rig.act(caseId, 'maker-1', 'urge');
  const settled = await rig.until(caseId, ({ step }) => step === 'recheck');
  expect(settled.results['objections']).toMatchObject({ confirmed: 2, tacit: parties.length - 2, objected: 0 });
  const { batchId } = settled.results['generate'] as { batchId: string };
  const said = await rig.store.read((manager) => manager.findBy(XrClearingConfirmation, { batchId }));
  expect(said.map(({ city, side, state, byUser }) => `${city} ${side} ${state} ${byUser}`).sort()).toEqual(
    parties.map(({ division, slot }) => `${division} ${slot.split('-')[0]} ${division === '990100' ? 'confirmed city-1' : 'tacit null'}`).sort(),
  );
}, 120_000);
