import { counting, partiesOf } from '../support/office-definitions';
import { delegate, PROVINCE, revokePost } from '../support/office-people';
import { CHANGED, CITIES_SIGN, ONE, PEOPLE, STUCK, THREE } from './definitions';
import { type Desk, type OfficeApi, openOfficeApi } from './rig';

/** Office cases from beginning to end, as the workbench gives them: by HTTP, each person in a session of his own. */
const effect = counting();
let stuck = true;
const registerOrNot = async (): Promise<{ result: object }> => {
  if (stuck) throw new Error('示例参保甲的登记处没有应答');
  return { result: {} };
};
let api: OfficeApi;
let maker: Desk;
let reviewer: Desk;
let reviewer2: Desk;
let rechecker: Desk;
let approver: Desk;
let serial = 0;

beforeAll(async () => {
  api = await openOfficeApi({ people: PEOPLE, definitions: [THREE, ONE, CITIES_SIGN, STUCK, CHANGED], operations: { 'test.effect': effect.operation, 'test.stuck': { apply: registerOrNot } } });
  [maker, reviewer, reviewer2, rechecker, approver] = (await Promise.all(['maker-1', 'reviewer-1', 'reviewer-2', 'rechecker-1', 'approver-1'].map((id) => api.desk(id)))) as [Desk, Desk, Desk, Desk, Desk];
}, 60_000);
afterAll(() => api?.close());

async function submitted(form: Record<string, unknown> = {}): Promise<string> {
  serial += 1;
  const { status, body } = await maker.apply(THREE, PROVINCE, { subject: `事项${serial}`, amount: 123_456, ...form });
  expect([status, body.code]).toEqual([201, undefined]);
  return body.caseNo;
}

test('applied for, returned, amended, signed three times, effective', async () => {
  const caseNo = await submitted({ period: '2026-10', person: '示例参保甲', rows: [{ item: '甲', cents: 1 }, { item: '乙', cents: 2 }] });
  const seen = await reviewer.read(caseNo);
  expect(seen.body).toMatchObject({
    status: 'submitted', statusName: '已提交', step: 'review', slot: '1', round: 1, makerName: '示例maker-1', division: PROVINCE, divisionName: '示例省',
    amountFen: 123_456, amountText: { yuan: '1,234.56', words: '壹仟贰佰叁拾肆元伍角陆分' }, dueState: 'ok', temporalUrl: null, formChanges: [],
    waitsFor: expect.stringContaining('审核'),
  });
  // The person that the case is about is masked for all but the maker; people of the office are named.
  expect(seen.body.form.person).toMatch(/^示\*+$|\*/);
  expect((await maker.read(caseNo)).body.form.person).toBe('示例参保甲');
  expect(seen.body.mayAct).toEqual(expect.arrayContaining(['approve', 'return', 'reject', 'transfer', 'accept']));
  expect((await maker.read(caseNo)).body.mayAct).toEqual(expect.arrayContaining(['withdraw', 'urge']));

  const returned = await reviewer.act(caseNo, 'return', { opinion: '金额有误，请补正' });
  expect(returned).toMatchObject({ status: 200, body: { status: 'returned', round: 2, step: 'maker' } });
  const amended = await maker.act(caseNo, 'submit', {
    opinion: '已补正', form: { subject: `事项${serial}`, amount: 200_000, period: '2026-10', person: '示例参保甲', rows: [{ item: '甲', cents: 1 }, { item: '乙', cents: 3 }] },
  });
  expect(amended).toMatchObject({ status: 200, body: { status: 'submitted', round: 2, amountFen: 200_000 } });
  const again = await reviewer.read(caseNo);
  expect(again.body.formChanges).toEqual([
    { field: 'amount', before: 123_456, after: 200_000 },
    { field: 'rows.1.cents', before: 2, after: 3 },
  ]);

  expect(await reviewer.act(caseNo, 'approve', { opinion: '同意' })).toMatchObject({ status: 200, body: { status: 'inReview', step: 'recheck', mayAct: [] } });
  expect(await rechecker.act(caseNo, 'approve')).toMatchObject({ status: 200, body: { step: 'approve' } });
  // What the last one looks at before he signs: the sum in words, and who has done what and may do no more.
  const briefing = await approver.ask(`GET /v1/office-cases/${caseNo}/briefing`);
  expect(briefing).toMatchObject({ status: 200, body: { amounts: [{ fen: 200_000, yuan: '2,000.00', words: '贰仟元整' }], comparison: null, moved: null, pools: [], duties: { more: 0 } } });
  const cells = (userId: string): string[] => briefing.body.duties.rows.find((each: { userId: string }) => each.userId === userId).cells.map(({ state }: { state: string }) => state);
  expect(briefing.body.duties.columns.map(({ zh }: { zh: string }) => zh)).toEqual(['经办', '审核', '复核', '审批']);
  expect(cells('maker-1')).toEqual(['signed', 'incompatible', 'incompatible', 'incompatible']);
  expect(cells('reviewer-1').slice(0, 2)).toEqual(['none', 'signed']);
  expect(cells('approver-1').at(-1)).toBe('may');
  // The second account of the maker is the same human.
  expect(cells('maker-as-reviewer')[1]).toBe('barred');
  expect((await approver.ask('GET /v1/office-cases/no-such-case/briefing')).body).toMatchObject({ code: 'CASE_NOT_FOUND' });
  const last = await approver.act(caseNo, 'approve', { opinion: '批准' });
  expect(last).toMatchObject({ status: 200, body: { status: 'effective', statusName: '已生效', step: null, waitsFor: '', mayAct: [] } });
  expect(effect.applied.filter((each) => each.startsWith(caseNo))).toEqual([`${caseNo}/effect`]);
  expect(last.body.chain.map((step: { key: string; state: string }) => [step.key, step.state])).toEqual([['review', 'done'], ['recheck', 'done'], ['approve', 'done']]);
  expect(last.body.chain[0].slots[0]).toMatchObject({ by: '示例reviewer-1', opinion: '同意', state: 'signed' });
  expect(last.body.timeline.map((entry: { act: string }) => entry.act)).toEqual(['submit', 'return', 'submit', 'approve', 'approve', 'approve', 'operated']);
  expect(last.body.timeline[1]).toMatchObject({ actName: '退回补正', by: '示例reviewer-1', role: '审核岗', opinion: '金额有误，请补正', round: 1 });
  const paged = await maker.ask(`GET /v1/office-cases/${caseNo}/timeline?limit=3`);
  expect(paged.body.items).toHaveLength(3);
  const rest = await maker.ask(`GET /v1/office-cases/${caseNo}/timeline?limit=50&cursor=${paged.body.nextCursor}`);
  expect(rest.body.items).toHaveLength(4);
});

test('a draft waits for its maker and has no process; the submission starts one', async () => {
  const before = await api.workflows();
  const key = 'draft-1';
  const body = { definition: THREE.key, division: PROVINCE, form: { subject: '草稿事项' }, submit: false };
  const draft = await maker.ask('POST /v1/office-cases', { body, key });
  expect(draft).toMatchObject({ status: 201, body: { status: 'draft', step: 'maker', waitsFor: '等待经办提交', mayAct: expect.arrayContaining(['submit', 'amend', 'void']) } });
  const repeat = await maker.ask('POST /v1/office-cases', { body, key });
  expect([repeat.body.caseNo, repeat.headers.get('idempotency-replayed')]).toEqual([draft.body.caseNo, 'true']);
  expect(await maker.ask('POST /v1/office-cases', { body: { ...body, form: { subject: '别的' } }, key })).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  expect(await api.workflows()).toBe(before);
  expect((await maker.act(draft.body.caseNo, 'submit')).body).toMatchObject({ status: 'submitted', caseNo: draft.body.caseNo });
});

test('numbers are drawn without gaps, and one business is under way once', async () => {
  const first = await maker.apply(THREE, PROVINCE, { subject: '唯一事项' });
  expect(first.status).toBe(201);
  const second = await maker.apply(THREE, PROVINCE, { subject: '唯一事项' });
  expect(second).toMatchObject({ status: 409, body: { code: 'CASE_ALREADY_OPEN' } });
  expect(await maker.act(first.body.caseNo, 'withdraw')).toMatchObject({ status: 200, body: { status: 'withdrawn' } });
  const third = await maker.apply(THREE, PROVINCE, { subject: '唯一事项' });
  // The refused one took no number.
  const serials = [first, third].map(({ body }) => Number(body.caseNo.slice(-4)));
  expect((serials[1] ?? 0) - (serials[0] ?? 0)).toBe(1);
  expect(third.body.related).toEqual([{ kind: '办件', id: first.body.caseNo, title: '三级审批件 唯一事项（已撤回）', href: `/cases/${first.body.caseNo}` }]);
});

describe('what is refused', () => {
  test('a definition that was changed without a new version: which, and what to do', async () => {
    await api.rig.open({ ...CHANGED, zh: '改动前' }, 'maker-1', PROVINCE, { subject: '改动前的一件' });
    const refused = { status: 409, body: { code: 'DEFINITION_CHANGED', detail: expect.stringMatching(/test-changed.*提高到 2/), next: expect.stringContaining('version') } };
    expect(await maker.apply(CHANGED, PROVINCE, { subject: '新的一件' })).toMatchObject(refused);
    const draft = { definition: CHANGED.key, division: PROVINCE, form: {}, submit: false };
    expect(await maker.ask('POST /v1/office-cases', { body: draft, key: 'changed-draft' })).toMatchObject(refused);
  });

  test('one’s own case: by the account, by a linked account, by delegation', async () => {
    const caseNo = await submitted();
    const second = await api.desk('maker-as-reviewer');
    expect((await second.read(caseNo)).body.mayAct).not.toContain('approve');
    expect(await second.act(caseNo, 'approve', { step: 'review' })).toMatchObject({ status: 403, body: { code: 'FOUR_EYES' } });
    await delegate(api.rig.store, 'reviewer-2', 'maker-1');
    expect((await maker.read(caseNo)).body.mayAct).not.toContain('approve');
    expect(await maker.act(caseNo, 'approve', { step: 'review', slot: '1' })).toMatchObject({ status: 403, body: { code: 'FOUR_EYES' } });
    // Refused acts stand in the record.
    const { body } = await maker.ask(`GET /v1/office-cases/${caseNo}/timeline`);
    expect(body.items.map(({ refusalCode }: { refusalCode: string | null }) => refusalCode)).toEqual([null, 'FOUR_EYES', 'FOUR_EYES']);
  });

  test('what changed since it was seen: 409', async () => {
    const caseNo = await submitted();
    const { body: seen } = await reviewer.read(caseNo);
    expect(await reviewer.act(caseNo, 'approve', { seenHash: '0'.repeat(64) })).toMatchObject({ status: 409, body: { code: 'CASE_CHANGED' } });
    await reviewer2.act(caseNo, 'return', { opinion: '请补正' });
    await maker.act(caseNo, 'submit', { form: { subject: `事项${serial}`, amount: 1 } });
    const late = await reviewer.act(caseNo, 'approve', { seenHash: seen.seenHash });
    expect(late).toMatchObject({ status: 409, body: { code: 'CASE_CHANGED' } });
  });

  test('62 a role that was lost between opening and signing', async () => {
    const caseNo = await submitted();
    const leaver = await api.desk('leaver');
    const { body: seen } = await leaver.read(caseNo);
    expect(seen.mayAct).toContain('approve');
    await revokePost(api.rig.store, 'leaver', 'reviewer', Date.now());
    const body = { act: 'approve', step: 'review', slot: '1', round: 1, opinion: '', seenHash: seen.seenHash };
    const answer = await leaver.ask(`POST /v1/office-cases/${caseNo}/acts`, { body, key: 'leaver' });
    expect([403, 404]).toContain(answer.status);
    expect((await reviewer.read(caseNo)).body.status).toBe('submitted');
  });

  test('61 a double click is one act', async () => {
    const caseNo = await submitted();
    const { body: seen } = await reviewer.read(caseNo);
    const body = { act: 'approve', step: 'review', slot: '1', round: 1, opinion: '同意', seenHash: seen.seenHash };
    const answers = await Promise.all([1, 2, 3].map(() => reviewer.ask(`POST /v1/office-cases/${caseNo}/acts`, { body, key: `click-${caseNo}` })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { body: view } = await reviewer.read(caseNo);
    expect(view.timeline.filter(({ act }: { act: string }) => act === 'approve')).toHaveLength(1);
  });

  test('61 two approvers at once: the second learns who was first and when', async () => {
    const caseNo = await submitted();
    const seen = (await reviewer.read(caseNo)).body;
    const body = { act: 'approve', step: 'review', slot: '1', round: 1, opinion: '', seenHash: seen.seenHash };
    const both = await Promise.all([reviewer, reviewer2].map((desk) => desk.ask(`POST /v1/office-cases/${caseNo}/acts`, { body, key: `both-${caseNo}` })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = both[0]?.status === 200 ? '示例reviewer-1' : '示例reviewer-2';
    const late = both.find(({ status }) => status === 409)?.body;
    expect(late).toMatchObject({ code: 'CASE_ALREADY_DECIDED', decided: { by: winner, act: 'approve', at: expect.any(Number) }, detail: expect.stringContaining(winner) });
    // Much later, from a page that was left open, the answer is the same.
    const muchLater = await reviewer2.ask(`POST /v1/office-cases/${caseNo}/acts`, { body, key: `later-${caseNo}` });
    expect(muchLater).toMatchObject({ status: 409, body: { code: 'CASE_ALREADY_DECIDED', decided: { by: winner } } });
  });

  test('66 withdrawn and approved at once: one happens, the other is told', async () => {
    for (let round = 0; round < 3; round += 1) {
      const caseNo = await submitted();
      const [a, b] = await Promise.all([maker.act(caseNo, 'withdraw'), reviewer.act(caseNo, 'approve')]);
      expect([a.status, b.status].sort()).toEqual([200, 409]);
      expect(a.status === 200 ? ['CASE_ENDED', 'CASE_CHANGED'] : ['ACT_NOT_ALLOWED', 'CASE_CHANGED']).toContain((a.status === 200 ? b : a).body.code);
      const { body } = await reviewer.read(caseNo);
      expect(body.status).toBe(a.status === 200 ? 'withdrawn' : 'inReview');
    }
  });

  test('a delegate signs for the one who delegated, and the page says so', async () => {
    const caseNo = await submitted();
    const standIn = await api.desk('stand-in');
    expect((await standIn.read(caseNo)).body.mayAct).toEqual([]);
    await delegate(api.rig.store, 'reviewer-1', 'stand-in');
    expect((await standIn.read(caseNo)).body.mayAct).toContain('approve');
    const answer = await standIn.act(caseNo, 'approve');
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body.chain[0].slots[0]).toMatchObject({ by: '示例stand-in', forWhom: '示例reviewer-1' });
    expect((await standIn.ask('GET /v1/inbox?view=done')).body.items[0]).toMatchObject({ caseNo, step: 'review', status: 'inReview' });
  });

  test('sessions that ended, and writes by cookie without their mark', async () => {
    const caseNo = await submitted();
    const gone = await api.desk('reviewer-1');
    await gone.logOut();
    expect(await gone.ask('GET /v1/inbox')).toMatchObject({ status: 401, body: { code: 'SESSION_INVALID' } });
    expect(await api.ask('GET /v1/inbox')).toMatchObject({ status: 401, body: { code: 'SESSION_MISSING' } });
    const { body: seen } = await reviewer.read(caseNo);
    const body = { act: 'approve', step: 'review', slot: '1', round: 1, opinion: '', seenHash: seen.seenHash };
    const cookie = `anjie_session=${reviewer.token}`;
    const path = `POST /v1/office-cases/${caseNo}/acts`;
    expect(await api.ask(path, { body, key: 'csrf-1', headers: { cookie } })).toMatchObject({ status: 403, body: { code: 'CSRF_INVALID' } });
    expect(await api.ask(path, { body, key: 'csrf-1', headers: { cookie, 'x-anjie-csrf': 'x'.repeat(43) } })).toMatchObject({ status: 403, body: { code: 'CSRF_INVALID' } });
    expect(await api.ask(path, { body, key: 'csrf-1', headers: { cookie, 'x-anjie-csrf': reviewer.csrf, origin: 'http://other.example' } })).toMatchObject({ status: 403, body: { code: 'ORIGIN_REFUSED' } });
    expect(await api.ask(path, { body, key: 'csrf-1', headers: { cookie, 'x-anjie-csrf': reviewer.csrf } })).toMatchObject({ status: 200 });
  });

  test('a case of another city is not there', async () => {
    const here = await api.desk('city-maker');
    const there = await api.desk('other-city-maker');
    const { body } = await here.apply(ONE, '990100', { subject: '本市事项' });
    expect(body.caseNo).toEqual(expect.any(String));
    expect(await there.read(body.caseNo)).toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
    expect(await there.apply(ONE, '990100', { subject: '越界' })).toMatchObject({ status: 403, body: { code: 'CASE_START_REFUSED' } });
    expect((await maker.read(body.caseNo)).status).toBe(200);
  });
});

test('cities sign side by side, each in its own seat', async () => {
  const { body } = await maker.apply(CITIES_SIGN, PROVINCE, { subject: '市州确认', parties: partiesOf() });
  const cities = await Promise.all([1, 2, 3].map((index) => api.desk(`city-${index}`)));
  const views = await Promise.all(cities.map((city) => city.read(body.caseNo)));
  expect(views.map((view) => view.body.slot)).toEqual(['990100', '990200', '990300']);
  const [objected, ...rest] = await Promise.all(cities.map((city, index) => city.act(body.caseNo, index === 0 ? 'object' : 'approve', { opinion: '意见' })));
  expect([objected, ...rest].map((answer) => answer?.status)).toEqual([200, 200, 200]);
  const { body: ended } = await maker.read(body.caseNo);
  expect(ended.chain[0].slots.map(({ state }: { state: string }) => state)).toEqual(['objected', 'signed', 'signed']);
  expect(ended.status).toBe('effective');
});

test('why: for whom, since when, until when; where it lies in Temporal for operations', async () => {
  const caseNo = await submitted();
  await maker.act(caseNo, 'urge', { step: 'maker' });
  const { body } = await reviewer.ask(`GET /v1/office-cases/${caseNo}/why`);
  expect(body).toMatchObject({ status: '运行中', text: expect.stringMatching(/等待审核（示例省 审核岗）自 \d{4}-\d\d-\d\d \d\d:\d\d；催办 1 次；期限 /) });
  const ops = await api.desk('ops-1');
  const id = encodeURIComponent(`office-case/${THREE.key}/${PROVINCE}/${caseNo}`);
  expect((await ops.ask(`GET /v1/processes/${id}/why`)).body.text).toBe(body.text);
  expect((await ops.read(caseNo)).body.temporalUrl).toBe(`http://127.0.0.1:8233/namespaces/default/workflows/${id}`);
  expect(await ops.ask('GET /v1/processes/office-case%2F..%2F..%2Fx/why')).toMatchObject({ status: 404, body: { code: 'PROCESS_NOT_FOUND' } });
});

test('why: what is being tried, how often, with what code, when again; names nobody', async () => {
  const { body: opened } = await maker.apply(STUCK, PROVINCE, { subject: '受阻' });
  expect(await reviewer.act(opened.caseNo, 'approve')).toMatchObject({ status: 200, body: { status: 'approved', waitsFor: '正在登记' } });
  let text = '';
  for (let look = 0; look < 60 && !/下次 \d\d:\d\d:\d\d/.test(text); look += 1) {
    text = (await reviewer.ask(`GET /v1/office-cases/${opened.caseNo}/why`)).body.text;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(text).toMatch(/^正在登记.*；正在执行 operate(，自 \d\d:\d\d:\d\d)?，第 \d+ 次，上次失败 \S+，下次 \d\d:\d\d:\d\d$/);
  expect(text).not.toContain('示例参保甲');
  expect(await reviewer.act(opened.caseNo, 'approve', { step: 'review', slot: '1' })).toMatchObject({ status: 409, body: { code: 'CASE_ALREADY_DECIDED' } });
  stuck = false;
  await api.rig.until(`office-case/${STUCK.key}/${PROVINCE}/${opened.caseNo}`, (state) => state.status === 'effective');
}, 30_000);

test('the catalogue says what the caller may begin, and where', async () => {
  const { body } = await maker.ask('GET /v1/case-definitions');
  expect(body.items.map(({ key, mayStart, startDivisions }: { key: string; mayStart: boolean; startDivisions: string[] }) => [key, mayStart, startDivisions])).toEqual([
    [THREE.key, true, [PROVINCE]], [ONE.key, true, [PROVINCE]], [CITIES_SIGN.key, true, [PROVINCE]], [STUCK.key, true, [PROVINCE]],
    [CHANGED.key, true, [PROVINCE]],
  ]);
  const { body: none } = await approver.ask('GET /v1/case-definitions');
  expect(none.items.every(({ mayStart }: { mayStart: boolean }) => !mayStart)).toBe(true);
});
