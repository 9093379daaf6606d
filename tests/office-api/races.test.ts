import { addWorkingTime } from '../../domain/working-time';
import { definitionOf, sign } from '../support/office-definitions';
import { PROVINCE } from '../support/office-people';
import { ONE, PEOPLE } from './definitions';
import { type Desk, type OfficeAnswer, type OfficeApi, openOfficeApi } from './rig';

/** Races 61, 64, 65 and 66 of the fault table over HTTP, with time that passes as soon as everybody only waits. */
const TERM = definitionOf({
  key: 'test-term',
  zh: '限时件',
  businessKey: [],
  deadline: { hours: 40, remindAt: [0.5, 0.8], escalateTo: 'approver' },
  chain: [sign({ key: 'review', zh: '审核', role: 'reviewer' })],
});
const DAY_MS = 86_400_000;
let api: OfficeApi;

beforeAll(async () => {
  api = await openOfficeApi({ people: PEOPLE, definitions: [TERM, ONE], time: 'skipping' });
}, 60_000);
afterAll(() => api?.close());

const idOf = (caseNo: string): string => `office-case/${TERM.key}/${PROVINCE}/${caseNo}`;

async function begin(): Promise<string> {
  const { status, body } = await (await api.desk('maker-1')).apply(TERM, PROVINCE, { subject: '限时事项' });
  expect([status, body.code]).toEqual([201, undefined]);
  return body.caseNo;
}

/** What the page of a desk sends, as it was seen before. */
async function seen(desk: Desk, caseNo: string): Promise<object> {
  const { step, slot, round, seenHash } = (await desk.read(caseNo)).body;
  return { step, slot, round, seenHash, opinion: '测试意见' };
}

const send = (desk: Desk, caseNo: string, body: object, key: string): Promise<OfficeAnswer> => desk.ask(`POST /v1/office-cases/${caseNo}/acts`, { body, key: `${key}-${caseNo}` });
const kinds = async (desk: Desk, caseNo: string): Promise<string[]> =>
  (await desk.ask(`GET /v1/office-cases/${caseNo}/timeline?limit=50`)).body.items.filter(({ refusalCode }: { refusalCode: string | null }) => refusalCode === null).map(({ act }: { act: string }) => act);

test('61 two tabs of two people, with different decisions, all at once: one counts, each other one hears who, what and when', async () => {
  for (let round = 0; round < 3; round += 1) {
    const caseNo = await begin();
    const [one, two] = [await api.desk('reviewer-1'), await api.desk('reviewer-2')];
    const page = await seen(one, caseNo);
    const given = [[one, 'approve', 'tab-1'], [two, 'return', 'tab-1'], [one, 'reject', 'tab-2'], [two, 'approve', 'tab-2']] as const;
    const answers = await Promise.all(given.map(([desk, act, key]) => send(desk, caseNo, { ...page, act }, key)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const winner = answers.findIndex(({ status }) => status === 200);
    const [desk, act] = given[winner] as (typeof given)[number];
    const decided = { by: `示例${desk.userId}`, act };
    for (const { body } of answers.filter(({ status }) => status === 409)) {
      expect(body).toMatchObject({ code: 'CASE_ALREADY_DECIDED', decided: { ...decided, at: expect.any(Number) }, detail: expect.stringContaining(decided.by) });
      expect(Math.abs(body.decided.at - api.rig.now())).toBeLessThan(60_000);
    }
    expect((await kinds(one, caseNo)).filter((each) => each !== 'operated')).toEqual(['submit', act]);
  }
});

test('64 an approver on leave: reminders and escalation in working time, and the timeline says why', async () => {
  const caseNo = await begin();
  const opened = (await api.rig.state(idOf(caseNo))).timing?.startedAt ?? 0;
  await api.rig.advance(31 * DAY_MS);
  await api.rig.until(idOf(caseNo), ({ escalatedAt }) => escalatedAt !== null);
  const approver = await api.desk('approver-1');
  expect(await kinds(approver, caseNo)).toEqual(['submit', 'reminded', 'reminded', 'escalated']);
  const { items } = (await approver.ask(`GET /v1/office-cases/${caseNo}/timeline?limit=50`)).body;
  const late = items[3].at - addWorkingTime(opened, 40);
  expect(late).toBeGreaterThanOrEqual(0);
  expect(late).toBeLessThan(60_000);
  expect(items[3].text).toMatch(/逾期|超期|升级|上级/);
  // It is now on the list of the one it was escalated to, and past its term.
  const inbox = (await approver.ask('GET /v1/inbox?view=overdue')).body;
  expect(inbox.items.map((item: { caseNo: string }) => item.caseNo)).toContain(caseNo);
  expect((await send(await api.desk('reviewer-1'), caseNo, { ...(await seen(approver, caseNo)), slot: '1', act: 'approve' }, 'late')).status).toBe(200);
}, 60_000);

test('65 an approval at the very time-out: it counts, and the escalation is before it or not at all', async () => {
  for (let round = 0; round < 4; round += 1) {
    const caseNo = await begin();
    const due = (await api.rig.state(idOf(caseNo))).timing?.dueAt ?? 0;
    const page = await seen(await api.desk('reviewer-1'), caseNo);
    const advancing = api.rig.advance(due - api.rig.now() - 2 + round);
    // His session of that moment.
    const desk = await api.desk('reviewer-1');
    const [answer] = await Promise.all([send(desk, caseNo, { ...page, act: 'approve' }, 'due'), advancing]);
    expect(answer).toMatchObject({ status: 200, body: { status: 'effective', step: null } });
    const order = (await kinds(desk, caseNo)).filter((each) => each !== 'reminded');
    expect([['submit', 'approve'], ['submit', 'escalated', 'approve']]).toContainEqual(order);
    expect(await api.rig.store.read((manager) => manager.countBy('CaseTask', { caseNo, status: 'open' }))).toBe(0);
  }
}, 60_000);

test('66 recalled by the maker at the very time-out, while it is approved: one happens, the other is told', async () => {
  for (let round = 0; round < 3; round += 1) {
    const caseNo = await begin();
    const due = (await api.rig.state(idOf(caseNo))).timing?.dueAt ?? 0;
    const page = await seen(await api.desk('reviewer-1'), caseNo);
    const advancing = api.rig.advance(due - api.rig.now() - 1 + round);
    const [maker, reviewer] = [await api.desk('maker-1'), await api.desk('reviewer-1')];
    const [recall, approval] = await Promise.all([
      send(maker, caseNo, { ...page, step: 'maker', slot: null, act: 'withdraw' }, 'recall'), send(reviewer, caseNo, { ...page, act: 'approve' }, 'approve'), advancing,
    ]);
    const [done, told] = recall.status === 200 ? [recall, approval] : [approval, recall];
    expect([done.status, told.status]).toEqual([200, 409]);
    expect(['CASE_ENDED', 'CASE_CHANGED', 'CASE_ALREADY_DECIDED', 'ACT_NOT_ALLOWED']).toContain(told.body.code);
    expect((await reviewer.read(caseNo)).body.status).toBe(done === recall ? 'withdrawn' : 'effective');
  }
}, 60_000);
