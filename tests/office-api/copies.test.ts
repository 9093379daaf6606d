import { batchWorkflowId } from '../../activities/batch/start';
import { rebuildCase } from '../../activities/office-case/rebuild';
import { phraseRoutes } from '../../api/routes/phrases';
import { AuditEvent, Batch, CaseCopy, CaseReading, OfficeCase } from '../../store/entities';
import { definitionOf, sign } from '../support/office-definitions';
import { PROVINCE } from '../support/office-people';
import { ONE, PEOPLE } from './definitions';
import { type Desk, type OfficeApi, openOfficeApi } from './rig';

const BACK = definitionOf({
  key: 'test-back',
  zh: '可退回初审件',
  businessKey: [],
  chain: [sign({ key: 'review', zh: '审核', role: 'reviewer' }), sign({ key: 'approve', zh: '审批', role: 'approver', returnTo: 'review' })],
});

/** Copies for information, remembered opinions, where a return goes, and why a process stands. */
let api: OfficeApi;
let maker: Desk;
let sender: Desk;
let reviewer: Desk;
let outsider: Desk;

beforeAll(async () => {
  api = await openOfficeApi({ people: PEOPLE, definitions: [ONE, BACK], routes: phraseRoutes });
  [maker, sender, reviewer, outsider] = (await Promise.all(['maker-1', 'city-maker', 'reviewer-1', 'other-city-maker'].map((id) => api.desk(id)))) as [Desk, Desk, Desk, Desk];
}, 120_000);
afterAll(() => api?.close());

const begin = async (subject: string): Promise<string> => (await sender.apply(ONE, '990100', { subject })).body.caseNo;
const copiesOf = async (desk: Desk, query = '') => (await desk.ask(`GET /v1/inbox?view=copies${query}`)).body;

test('a copy stands in the inbox unread until it is read, once, with the time', async () => {
  const [first, second] = [await begin('抄送甲'), await begin('抄送乙')];
  expect(await outsider.read(first)).toMatchObject({ status: 404 });
  for (const caseNo of [first, second]) expect(await sender.act(caseNo, 'copy', { to: { userId: 'other-city-maker' } })).toMatchObject({ status: 200 });

  const before = await copiesOf(outsider);
  expect(before.items).toMatchObject([{ caseNo: second, unread: true, slot: null }, { caseNo: first, unread: true }]);
  expect(before.counts).toEqual({ todo: 0, delegated: 0, overdue: 0, copies: 2 });
  expect((await copiesOf(outsider, '&limit=1')).cursor).not.toBeNull();
  expect((await copiesOf(outsider, `&limit=1&cursor=${(await copiesOf(outsider, '&limit=1')).cursor}`)).items).toMatchObject([{ caseNo: first }]);
  expect((await copiesOf(outsider, `&q=${first}&definition=test-one&division=990100`)).items).toMatchObject([{ caseNo: first }]);
  expect((await copiesOf(maker)).items).toEqual([]);

  // What is only looked at by a program stays unread; the sender sees so.
  expect((await sender.read(first)).body.copies).toMatchObject([{ userId: 'other-city-maker', by: '示例city-maker', readAt: null, mine: false }]);
  const read = await outsider.ask(`POST /v1/office-cases/${first}/reading`);
  expect(read).toMatchObject({ status: 200, body: { caseNo: first, readAt: expect.any(Number) } });
  expect((await outsider.ask(`POST /v1/office-cases/${first}/reading`)).body).toEqual(read.body);
  expect((await sender.read(first)).body.copies[0].readAt).toBe(read.body.readAt);
  expect((await outsider.read(first)).body.copies[0].mine).toBe(true);
  const after = await copiesOf(outsider);
  expect(after.items.map(({ caseNo, unread }: { caseNo: string; unread: boolean }) => [caseNo, unread])).toEqual([[second, true], [first, false]]);
  expect(after.counts.copies).toBe(1);
  const audited = await api.parts.store.read((manager) => manager.findBy(AuditEvent, { event: 'copy.read', userId: 'other-city-maker' }));
  expect(audited.map(({ subject }) => subject)).toEqual([`office-case/${first}`]);
});

test('who got no copy reads none, and nobody gets two', async () => {
  const caseNo = await begin('抄送丙');
  expect(await outsider.ask(`POST /v1/office-cases/${caseNo}/reading`)).toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
  expect(await reviewer.ask(`POST /v1/office-cases/${caseNo}/reading`)).toMatchObject({ status: 404, body: { code: 'COPY_NOT_FOUND' } });
  const to = { to: { userId: 'other-city-maker' } };
  await sender.act(caseNo, 'copy', to);
  expect(await sender.act(caseNo, 'copy', to)).toMatchObject({ status: 422, body: { code: 'ACT_TARGET_INVALID' } });
});

test('a rebuild brings back copies, and leaves what was read', async () => {
  const caseNo = await begin('抄送丁');
  await sender.act(caseNo, 'copy', { to: { userId: 'other-city-maker' } });
  await outsider.ask(`POST /v1/office-cases/${caseNo}/reading`);
  const { store } = api.parts;
  const { id } = await store.read((manager) => manager.findOneByOrFail(OfficeCase, { caseNo }));
  const sent = await store.read((manager) => manager.findOneByOrFail(CaseCopy, { caseId: id }));
  await store.write(async (manager) => {
    await manager.delete(CaseCopy, { caseId: id });
    await manager.insert(CaseCopy, { caseId: id, userId: 'reviewer-2', byUser: 'city-maker', copiedAt: 1 });
  });
  const wrong = { id, columns: ['copy reviewer-2', 'copy other-city-maker'] };
  expect(await store.read((manager) => rebuildCase(manager, id, false))).toEqual(wrong);
  expect(await store.write((manager) => rebuildCase(manager, id, true))).toEqual(wrong);
  expect(await store.read((manager) => rebuildCase(manager, id, false))).toBeNull();
  expect(await store.read((manager) => manager.findBy(CaseCopy, { caseId: id }))).toEqual([{ ...sent, id: expect.any(Number) }]);
  expect(await store.read((manager) => manager.countBy(CaseReading, { caseId: id }))).toBe(1);
});

test('a person’s own opinions: added, once each, twenty at most, removed, nobody else’s', async () => {
  const add = (text: string) => maker.ask('POST /v1/opinion-phrases', { body: { text } });
  const texts = (body: { items: { text: string }[] }): string[] => body.items.map(({ text }) => text);
  expect(texts((await add('已与原始单据核对。')).body)).toEqual(['已与原始单据核对。']);
  expect(texts((await add('已与原始单据核对。')).body)).toHaveLength(1);
  for (const bad of ['', ' 空格', '换\n行', '字'.repeat(101), '反\u202e向']) expect(await add(bad)).toMatchObject({ status: 400, body: { code: 'FIELD_INVALID' } });
  const many = await Promise.all(Array.from({ length: 21 }, (_, index) => add(`意见${index}`)));
  expect(many.map(({ status }) => status).sort()).toEqual([...Array<number>(19).fill(200), 409, 409]);
  const { items } = (await maker.ask('GET /v1/opinion-phrases')).body;
  expect(items).toHaveLength(20);
  expect((await reviewer.ask('GET /v1/opinion-phrases')).body).toEqual({ items: [] });
  const path = `DELETE /v1/opinion-phrases/${items[0].id}`;
  expect((await reviewer.ask(path)).body).toEqual({ items: [] });
  expect((await maker.ask('GET /v1/opinion-phrases')).body.items).toHaveLength(20);
  expect((await maker.ask(path)).body.items).toEqual(items.slice(1));
  expect(await maker.ask(path)).toMatchObject({ status: 200 });
  expect(await maker.ask('DELETE /v1/opinion-phrases/x')).toMatchObject({ status: 404, body: { code: 'PATH_INVALID' } });
  expect(await (await api.desk('ops-1')).ask('GET /v1/opinion-phrases')).toMatchObject({ status: 403 });
});

test('a case says where it may be returned to, and goes there', async () => {
  const approver = await api.desk('approver-1');
  const caseNo = (await maker.apply(BACK, PROVINCE, { subject: '退回件' })).body.caseNo as string;
  expect((await reviewer.read(caseNo)).body.returnTo).toEqual([{ step: 'maker', zh: '经办', en: 'Maker' }]);
  await reviewer.act(caseNo, 'approve');
  const { returnTo } = (await approver.read(caseNo)).body;
  expect(returnTo.map(({ step, zh }: { step: string; zh: string }) => [step, zh])).toEqual([['maker', '经办'], ['review', '审核']]);
  expect(await approver.act(caseNo, 'return', { to: { step: 'nowhere' } })).toMatchObject({ status: 422, body: { code: 'ACT_TARGET_INVALID' } });
  expect((await approver.act(caseNo, 'return', { to: { step: 'review' } })).body).toMatchObject({ status: 'inReview', step: 'review', round: 2 });
  await reviewer.act(caseNo, 'approve');
  expect((await approver.act(caseNo, 'return')).body).toMatchObject({ status: 'returned', round: 3, returnTo: [] });
});

test('why: a batch, and what the schedules start', async () => {
  const batch = {
    id: 'test-kind-990100-2026-0001', kind: 'test-kind', division: '990100', period: null, title: '测试批次', state: 'previewed' as const, hold: null, parameters: {}, frozen: null,
    chunks: 1, total: 9, done: 8, rejected: 1, phaseDone: 1, makerId: 'city-maker', confirmCaseNo: null, undoCaseNo: null, reason: null, createdAt: 1, phaseStartedAt: Date.UTC(2026, 10, 2, 1), finishedAt: null,
  };
  await api.parts.store.write((manager) => manager.insert(Batch, batch));
  const why = (desk: Desk, id: string) => desk.ask(`GET /v1/processes/${encodeURIComponent(id)}/why`);
  const id = batchWorkflowId(batch);
  expect((await why(sender, id)).body).toMatchObject({ workflowId: id, status: '没有在运行的流程', text: '待确认：共 9 行，已处理 8 行，未通过 1 行；本阶段自 2026-11-02 09:00；等待确认' });
  await api.parts.store.write((manager) => manager.update(Batch, { id: batch.id }, { state: 'working', hold: 'failed', reason: '第 1 块未能处理' }));
  expect((await why(sender, id)).body.text).toBe('处理中（因故停下，待处理）：共 9 行，已处理 8 行，未通过 1 行；本阶段自 2026-11-02 09:00；等待有人处理后恢复；第 1 块未能处理');
  const unseen = { status: 404, body: { code: 'PROCESS_NOT_FOUND' } };
  expect(await why(outsider, id)).toMatchObject(unseen);
  expect(await why(sender, id.replace('990100/', '990200/'))).toMatchObject(unseen);
  const ops = await api.desk('ops-1');
  for (const process of ['prepayment-watch-2026-11-02T00:00:00Z', 'reconcile-nightly/H99000000001-2026-11-02T00:00:00Z', 'reconcile/H99000000001/2026-11-01']) {
    expect(await why(ops, process)).toMatchObject({ status: 200, body: { text: '没有在运行的流程' } });
    expect(await why(sender, process)).toMatchObject(unseen);
  }
  expect(await why(ops, 'other-process')).toMatchObject(unseen);
});
