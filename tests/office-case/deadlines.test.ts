import { settleCalendar, tellMissingCalendar } from '../../activities/office-case/calendar-watch';
import { formatDateTime, parseDateTime } from '../../domain/calendar';
import { addWorkingTime, KNOWN_YEARS } from '../../domain/working-time';
import { AbnormalItem, CaseAct, CaseTask } from '../../store/entities';
import { definitionOf, partiesOf, PARTY_FIELDS, sign, STAFF } from '../support/office-definitions';
import { CITIES, PROVINCE } from '../support/office-people';
import { openOfficeRig, type OfficeRig } from '../support/office-rig';

/**
 * The National Day of 2026 with the Saturday that is worked for it, moved by whole weeks so that it lies ahead: time can be
 * skipped forward only, and the table must fit whenever the test runs.
 */
jest.mock('../../schemas/calendar/2026.json', () => {
  const { daysOff, workdays, ...rest } = jest.requireActual<{ daysOff: string[]; workdays: string[] }>('../../schemas/calendar/2026.json');
  const [WEEK, shanghai] = [7 * 86_400_000, 8 * 3_600_000];
  const monday = Date.parse('2026-09-28T00:00:00+08:00');
  const ahead = WEEK * Math.ceil((Date.now() + 86_400_000 - monday) / WEEK);
  const move = (day: string): string => new Date(Date.parse(`${day}T00:00:00+08:00`) + ahead + shanghai).toISOString().slice(0, 10);
  const ofAutumn = (day: string): boolean => day >= '2026-09-28' && day <= '2026-10-10';
  return { ...rest, daysOff: daysOff.filter(ofAutumn).map(move), workdays: workdays.filter(ofAutumn).map(move), ahead };
});
const { ahead: AHEAD_MS } = jest.requireMock<{ ahead: number }>('../../schemas/calendar/2026.json');
/** A moment of the autumn of 2026, moved as the table is (epoch ms). */
const moved = (text: string): number => parseDateTime(`${text}:00`) + AHEAD_MS;

/** Terms of real workflows, with time that passes as soon as everybody only waits. */
const TERM = definitionOf({
  key: 'test-term',
  deadline: { hours: 40, remindAt: [0.5, 0.8], escalateTo: 'approver' },
  chain: [sign({ key: 'review', zh: '审核', role: 'reviewer' })],
});
const DAY_MS = 86_400_000;
let rig: OfficeRig;

beforeAll(async () => {
  rig = await openOfficeRig({ people: [...STAFF, { id: 'reviewer-3', role: 'reviewer', division: PROVINCE }], time: 'skipping' });
}, 60_000);
afterAll(() => rig.close());

async function begin(subject: string): Promise<string> {
  const id = await rig.open(TERM, 'maker-1', PROVINCE, { subject });
  expect(await rig.act(id, 'maker-1', 'submit')).toMatchObject({ status: 'done' });
  return id;
}

const acts = (id: string): Promise<CaseAct[]> => rig.store.read((manager) => manager.find(CaseAct, { where: { caseId: id }, order: { seq: 'ASC' } }));

test('64 a legal holiday in between: reminders and escalation come at the right time of Beijing, and the worked Saturday counts', async () => {
  await rig.advance(moved('2026-09-28 10:15') - rig.now());
  const id = await begin('国庆');
  await rig.advance(14 * DAY_MS);
  await rig.until(id, ({ escalatedAt }) => escalatedAt !== null);
  const told = (await acts(id)).filter(({ kind }) => kind !== 'submit').map(({ kind, at }) => `${formatDateTime(at - AHEAD_MS).slice(0, 16)} ${kind}`);
  // Wednesday at half of the term, then seven days off; Friday the 9th at 80 %, and its end on Saturday the 10th, which is worked.
  expect(told).toEqual(['2026-09-30 14:15 reminded', '2026-10-09 10:15 reminded', '2026-10-10 10:15 escalated']);
  const workflow = await rig.handle(id).query<readonly { at: number; text: string }[]>('timeline');
  expect(workflow.map(({ at }) => at)).toEqual((await acts(id)).map(({ at }) => at));
}, 60_000);

test('a month of silence: two reminders, one escalation in working time, and the case can still be decided', async () => {
  const id = await begin('沉默');
  const opened = (await rig.state(id)).timing?.startedAt ?? 0;
  await rig.advance(31 * DAY_MS);
  const state = await rig.until(id, ({ escalatedAt }) => escalatedAt !== null);
  expect(state.reminded).toEqual([0.5, 0.8]);
  // The escalation came in office hours, 40 of them after the case was opened; timers are a little late, never early.
  expect((state.escalatedAt ?? 0) - addWorkingTime(opened, 40)).toBeGreaterThanOrEqual(0);
  expect((state.escalatedAt ?? 0) - addWorkingTime(opened, 40)).toBeLessThan(60_000);
  expect((await acts(id)).map(({ kind }) => kind)).toEqual(['submit', 'reminded', 'reminded', 'escalated']);
  const open = await rig.store.read((manager) => manager.findBy(CaseTask, { caseId: id, status: 'open' }));
  expect(open.map(({ slot, role }) => [slot, role]).sort()).toEqual([['1', 'reviewer'], ['escalation', 'approver']]);

  expect(await rig.act(id, 'approver-1', 'transfer', { to: { userId: 'reviewer-3' } })).toMatchObject({ status: 'done' });
  expect(await rig.act(id, 'reviewer-1', 'approve')).toMatchObject({ refusal: { code: 'SLOT_ASSIGNED' } });
  expect(await rig.act(id, 'reviewer-3', 'approve')).toMatchObject({ status: 'done', result: { status: 'effective' } });
  expect(await rig.store.read((manager) => manager.countBy(CaseTask, { caseId: id, status: 'open' }))).toBe(0);
}, 60_000);

test('a case that rests is not reminded of; resumed, it has the rest of its term', async () => {
  const id = await begin('挂起');
  expect(await rig.act(id, 'reviewer-1', 'suspend')).toMatchObject({ status: 'done' });
  await rig.advance(31 * DAY_MS);
  expect((await acts(id)).map(({ kind }) => kind)).toEqual(['submit', 'suspend']);
  expect(await rig.act(id, 'maker-1', 'resume', { step: 'maker' })).toMatchObject({ status: 'done' });
  const { timing } = await rig.state(id);
  expect(timing?.dueAt).toBeGreaterThan(rig.now());
  await rig.advance(14 * DAY_MS);
  expect((await rig.until(id, ({ escalatedAt }) => escalatedAt !== null)).reminded).toEqual([0.5, 0.8]);
}, 60_000);

test('65 an approval at the very time-out: both are recorded in one order, and the approval counts', async () => {
  for (let round = 0; round < 4; round += 1) {
    const id = await begin(`准点${round}`);
    const due = (await rig.state(id)).timing?.dueAt ?? 0;
    const payload = await rig.payload(id, 'reviewer-1', 'approve', { decision: { expiresAt: due + 14 * DAY_MS, issuedAt: due - 1_000 } });
    const wait = due - rig.now() - 2;
    const [, result] = await Promise.all([rig.advance(wait + round), (async () => rig.send(id, payload))()]);
    expect(result).toMatchObject({ status: 'done' });
    const order = (await acts(id)).map(({ kind }) => kind).filter((kind) => kind !== 'reminded');
    expect([['submit', 'approve'], ['submit', 'escalated', 'approve']]).toContainEqual(order);
    expect(await rig.state(id)).toMatchObject({ status: 'effective' });
  }
}, 60_000);

const SILENT = definitionOf({
  key: 'test-silence',
  form: [...definitionOf().form, PARTY_FIELDS],
  deadline: { hours: 16, remindAt: [0.5], escalateTo: 'approver' },
  chain: [
    sign({ key: 'confirm', zh: '市州确认', role: 'cityConfirmer', where: 'parties', need: 'all', onOverdue: { act: 'confirm' } }),
    sign({ key: 'approve', zh: '审批', role: 'approver' }),
  ],
});

async function twoOfThree(subject: string): Promise<string> {
  const id = await rig.open(SILENT, 'maker-1', PROVINCE, { subject, parties: partiesOf() });
  expect(await rig.act(id, 'maker-1', 'submit')).toMatchObject({ status: 'done' });
  for (const index of [0, 1]) expect(await rig.act(id, `city-${index + 1}`, 'approve', { slot: CITIES[index] ?? '' })).toMatchObject({ status: 'done' });
  return id;
}

test('a city that is silent to the end is confirmed by the system, an approval never; the act has nobody behind it', async () => {
  const id = await twoOfThree('默认');
  await rig.advance(20 * DAY_MS);
  const state = await rig.until(id, ({ step, escalatedAt }) => step === 'approve' && escalatedAt !== null);
  expect(state.slots['confirm']?.map(({ state: stands }) => stands)).toEqual(['signed', 'signed', 'tacit']);
  expect(state.slots['approve']?.map(({ state: stands }) => stands)).toEqual(['open']);
  const [act] = (await acts(id)).filter(({ kind }) => kind === 'tacit');
  expect(act).toMatchObject({ userId: null, personKey: null, step: 'confirm', text: '市州确认期限已到，1 个席位未答复，视为确认（第 1 轮）' });
  expect(state.signatures.map(({ by }) => by.userId)).toEqual(['maker-1', 'city-1', 'city-2']);
  const late = await rig.act(id, 'city-3', 'approve', { step: 'confirm', slot: CITIES[2] });
  expect(late).toMatchObject({ refusal: { code: 'CASE_ALREADY_DECIDED', message: expect.stringContaining('由系统视为确认') } });
}, 60_000);

test('a confirmation at the very time-out: it counts, or silence did before it and it is told', async () => {
  for (let round = 0; round < 4; round += 1) {
    const id = await twoOfThree(`准点确认${round}`);
    const due = (await rig.state(id)).timing?.dueAt ?? 0;
    const payload = await rig.payload(id, 'city-3', 'approve', { slot: CITIES[2], decision: { expiresAt: due + 14 * DAY_MS, issuedAt: due - 1_000 } });
    const [, result] = await Promise.all([rig.advance(due - rig.now() - 2 + round), rig.send(id, payload)]);
    const { slots } = await rig.until(id, ({ step }) => step === 'approve');
    const [stands, told] = [slots['confirm']?.[2]?.state, result.status === 'refused' ? result.refusal.code : 'done'];
    expect([['signed', 'done'], ['tacit', 'CASE_ALREADY_DECIDED']]).toContainEqual([stands, told]);
    expect((await acts(id)).filter(({ kind }) => kind === 'tacit')).toHaveLength(stands === 'tacit' ? 1 : 0);
    expect(await rig.act(id, 'approver-1', 'approve')).toMatchObject({ result: { status: 'effective' } });
  }
}, 60_000);

test('a year whose days off should be known and are not is told once, and settled when they are', async () => {
  const [known = 0] = KNOWN_YEARS;
  const december = parseDateTime(`${Math.max(...KNOWN_YEARS)}-12-01 09:00:00`);
  const items = () => rig.store.read((manager) => manager.find(AbnormalItem, { where: { code: 'CALENDAR_MISSING' }, order: { id: 'ASC' } }));
  await rig.store.write(async (manager) => {
    await manager.delete(AbnormalItem, { code: 'CALENDAR_MISSING' });
    await tellMissingCalendar(manager, december - DAY_MS);
  });
  expect(await items()).toEqual([]);
  await rig.store.write((manager) => tellMissingCalendar(manager, december));
  await rig.store.write((manager) => tellMissingCalendar(manager, december + DAY_MS));
  expect(await items()).toMatchObject([{ subject: String(Math.max(...KNOWN_YEARS) + 1), state: 'open', openedAt: december }]);
  await rig.store.write(async (manager) => {
    await manager.update(AbnormalItem, { code: 'CALENDAR_MISSING' }, { subject: String(known) });
    await settleCalendar(manager, december);
  });
  expect(await items()).toMatchObject([{ subject: String(known), state: 'closed', resolution: '放假安排已录入' }, { state: 'open' }]);
});

test('every run can be replayed', async () => {
  expect(await rig.replayAll()).toBeGreaterThan(0);
}, 120_000);
