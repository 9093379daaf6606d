import { PROVINCE } from '../support/office-people';
import { delegate } from '../support/office-people';
import { CITIES_SIGN, ONE, PEOPLE, THREE } from './definitions';
import { counting, partiesOf } from '../support/office-definitions';
import { type Desk, type OfficeApi, openOfficeApi } from './rig';

/** What waits for whom: views, filters, pages, notices of change, many signatures at once. */
let api: OfficeApi;
let maker: Desk;
let reviewer: Desk;
let reviewer2: Desk;
const numbers: string[] = [];
let city = '';

type Item = { caseNo: string; step: string; slot: string; round: number; openedAt: number };

beforeAll(async () => {
  api = await openOfficeApi({ people: PEOPLE, definitions: [THREE, ONE, CITIES_SIGN], operations: { 'test.effect': counting().operation } });
  [maker, reviewer, reviewer2] = (await Promise.all(['maker-1', 'reviewer-1', 'reviewer-2'].map((id) => api.desk(id)))) as [Desk, Desk, Desk];
  for (let index = 1; index <= 12; index += 1) {
    const { body } = await maker.apply(THREE, PROVINCE, { subject: `收件${index}`, amount: index * 100, period: index % 2 === 0 ? '2026-10' : '2026-09' });
    numbers.push(body.caseNo);
  }
  const here = await api.desk('city-maker');
  city = (await here.apply(CITIES_SIGN, '990100', { subject: '市州件', parties: partiesOf() })).body.caseNo;
}, 120_000);
afterAll(() => api?.close());

const inbox = async (desk: Desk, query = ''): Promise<{ items: Item[]; counts: Record<string, number>; cursor: string | null }> => {
  const { status, body } = await desk.ask(`GET /v1/inbox${query}`);
  expect([status, body.code]).toEqual([200, undefined]);
  return body;
};
const caseNos = (items: readonly Item[]): string[] => items.map(({ caseNo }) => caseNo);

test('each sees what his posts make his duty, the oldest first', async () => {
  const todo = await inbox(reviewer, '?limit=100');
  expect(caseNos(todo.items)).toEqual(numbers);
  expect(todo.items[0]).toMatchObject({
    step: 'review', slot: '1', round: 1, title: '三级审批件 收件1', definitionName: '三级审批件', stepName: '审核', status: 'submitted', makerName: '示例maker-1',
    divisionName: '示例省', amountFen: 100, period: '2026-09', dueState: 'ok', doneAt: null,
  });
  expect(todo.counts).toEqual({ todo: 12, delegated: 0, overdue: 0, copies: 0 });
  expect((await inbox(maker)).items).toEqual([]);
  expect(caseNos((await inbox(await api.desk('city-1'))).items)).toEqual([city]);
  expect((await inbox(await api.desk('ops-1'))).items).toEqual([]);
  // His own case is no duty of his, even in another account of his.
  expect(caseNos((await inbox(maker, '?view=mine&limit=100')).items)).toEqual([...numbers].reverse());
});

test('pages do not shift when new work comes in', async () => {
  const first = await inbox(reviewer, '?limit=5');
  const { body } = await maker.apply(THREE, PROVINCE, { subject: '后来件', amount: 1 });
  const second = await inbox(reviewer, `?limit=5&cursor=${first.cursor}`);
  const third = await inbox(reviewer, `?limit=5&cursor=${second.cursor}`);
  expect(caseNos([...first.items, ...second.items, ...third.items])).toEqual([...numbers, body.caseNo]);
  expect(third.cursor).toBeNull();
  await maker.act(body.caseNo, 'withdraw');
  const beyond = Buffer.from(JSON.stringify([Date.now() + 1_000_000, 1])).toString('base64url');
  expect((await inbox(reviewer, `?cursor=${beyond}`)).items).toEqual([]);
});

test.each([
  ['definition=test-three', 12],
  ['definition=test-one', 0],
  ['division=990000', 12],
  ['division=990100', 0],
  ['division=123456', 0],
  ['period=2026-10', 6],
  ['amountFrom=300&amountTo=500', 3],
  ['q=收件1', 4],
  ['q=test-three-990000', 12],
  ['q=没有的', 0],
  ["q=%25' OR 1=1 --", 0],
])('filter %s finds %i', async (filter, count) => {
  expect((await inbox(reviewer, `?limit=100&${encodeURI(filter)}`)).items).toHaveLength(count);
});

test('a delegate has what is delegated apart from his own', async () => {
  const standIn = await api.desk('stand-in');
  expect((await inbox(standIn, '?view=delegated')).items).toEqual([]);
  await delegate(api.rig.store, 'reviewer-2', 'stand-in', 'reviewer');
  const delegated = await inbox(standIn, '?view=delegated&limit=100');
  expect(caseNos(delegated.items)).toEqual(numbers);
  expect(delegated.counts).toEqual({ todo: 0, delegated: 12, overdue: 0, copies: 0 });
});

test('what is handed to one person leaves the others’ lists', async () => {
  const [caseNo = ''] = numbers;
  expect(await reviewer.act(caseNo, 'transfer', { opinion: '请代办', to: { userId: 'reviewer-2' } })).toMatchObject({ status: 200 });
  expect(caseNos((await inbox(reviewer, '?limit=100')).items)).not.toContain(caseNo);
  expect(caseNos((await inbox(reviewer2, '?limit=100')).items)).toContain(caseNo);
  expect(await reviewer.act(caseNo, 'approve', { slot: '1' })).toMatchObject({ status: 403, body: { code: 'SLOT_ASSIGNED' } });
});

test('many at once: preview, per-item results, one forbidden, one changed, the same answers to a repeat', async () => {
  const [, , a = '', b = '', c = '', d = ''] = numbers;
  const seen = await Promise.all([a, b, c].map((caseNo) => reviewer.read(caseNo)));
  const item = (caseNo: string, seenHash: string): object => ({ caseNo, step: 'review', slot: '1', round: 1, seenHash });
  const hash = (index: number): string => seen[index]?.body.seenHash;
  await reviewer2.act(c, 'return', { opinion: '金额不对' });
  await maker.act(c, 'submit', { form: { subject: '收件5', amount: 555, period: '2026-09' } });
  const items = [item(a, hash(0)), item(b, hash(1)), item(c, hash(2)), { ...item(city, 'a'.repeat(64)), step: 'gone' }, item('none-1', 'b'.repeat(64))];

  const preview = await reviewer.ask('POST /v1/office-cases/bulk-acts/preview', { body: { act: 'approve', items } });
  expect(preview.body.items.map(({ ok, problem }: { ok: boolean; problem?: { code: string } }) => problem?.code ?? ok)).toEqual([true, true, 'CASE_ALREADY_DECIDED', 'CASE_STEP_UNKNOWN', 'CASE_NOT_FOUND']);
  expect(preview.body.items[2].changed).toEqual([{ field: 'amount', before: 500, after: 555 }]);
  expect(preview.body).toMatchObject({ ok: 2, refused: 3, amountFen: 700 });

  const body = { act: 'approve', opinion: '批量同意', items };
  const done = await reviewer.ask('POST /v1/office-cases/bulk-acts', { body, key: 'bulk-1' });
  expect(done.body.items.map(({ ok, problem }: { ok: boolean; problem?: { code: string } }) => problem?.code ?? ok)).toEqual([true, true, 'CASE_ALREADY_DECIDED', 'CASE_STEP_UNKNOWN', 'CASE_NOT_FOUND']);
  expect(done.body.items[4]).toMatchObject({ title: null, amountFen: null });
  const repeat = await reviewer.ask('POST /v1/office-cases/bulk-acts', { body, key: 'bulk-1' });
  const outcome = (answer: typeof done): unknown => answer.body.items.map(({ caseNo, ok, problem }: { caseNo: string; ok: boolean; problem?: { code: string } }) => [caseNo, ok, problem?.code]);
  expect(outcome(repeat)).toEqual(outcome(done));
  const other = { ...body, items: [item(d, hash(0))] };
  expect(await reviewer.ask('POST /v1/office-cases/bulk-acts', { body: other, key: 'bulk-1' })).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  for (const caseNo of [a, b]) {
    const { body: view } = await reviewer.read(caseNo);
    expect(view.timeline.filter(({ act }: { act: string }) => act === 'approve')).toHaveLength(1);
    expect(view.chain[0].slots[0].opinion).toBe('批量同意');
  }
  expect((await maker.read(d)).body.status).toBe('submitted');
});

test('two hundred at most', async () => {
  const items = Array.from({ length: 201 }, (_, index) => ({ caseNo: `none-${index}`, step: 'review', slot: '1', round: 1, seenHash: 'a'.repeat(64) }));
  expect(await reviewer.ask('POST /v1/office-cases/bulk-acts', { body: { act: 'approve', opinion: '', items }, key: 'many' })).toMatchObject({ status: 400, body: { code: 'FIELD_INVALID' } });
  expect(await reviewer.ask('POST /v1/office-cases/bulk-acts', { body: { act: 'reject', opinion: '', items: items.slice(0, 1) }, key: 'many' })).toMatchObject({ status: 400 });
});

describe('notices of change', () => {
  interface Line {
    readonly text: () => string;
    readonly ended: () => boolean;
    close(): void;
  }

  async function listen(desk: Desk): Promise<Line> {
    const abort = new AbortController();
    const response = await fetch(`${api.url}/v1/inbox/events`, { headers: { authorization: `Bearer ${desk.token}` }, signal: abort.signal });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    let text = '';
    let ended = false;
    void (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) text += decoder.decode(chunk, { stream: true });
    })().catch(() => undefined).finally(() => (ended = true));
    return { text: () => text, ended: () => ended, close: () => abort.abort() };
  }

  async function until(fits: () => boolean, ms = 8_000): Promise<void> {
    for (const end = Date.now() + ms; !fits(); ) {
      if (Date.now() > end) throw new Error('not in time');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  test('come to whom a change concerns, say nothing, and end with the session', async () => {
    const mine = await api.desk('reviewer-1');
    const other = await api.desk('city-2');
    const [heard, quiet] = await Promise.all([listen(mine), listen(other)]);
    await until(() => heard.text().includes('retry: 3000'));
    // The first look finds where the record stands now.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await maker.apply(THREE, PROVINCE, { subject: '通知件', amount: 77 });
    await until(() => heard.text().includes('event: change\ndata: {}\n\n'));
    expect(quiet.text()).not.toContain('change');
    expect(heard.text()).not.toMatch(/通知件|77|maker/);
    await mine.logOut();
    await until(() => heard.ended(), 20_000);
    expect(quiet.ended()).toBe(false);
    quiet.close();
  }, 40_000);

  test('a person has six lines at most', async () => {
    const lines: Line[] = [];
    for (let index = 0; index < 6; index += 1) lines.push(await listen(reviewer2));
    expect(await reviewer2.ask('GET /v1/inbox/events')).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } });
    for (const line of lines) line.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const again = await listen(reviewer2);
    again.close();
  });
});
