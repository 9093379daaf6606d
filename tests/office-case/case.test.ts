import { In } from 'typeorm';
import { nextCases, rebuildCase } from '../../activities/office-case/rebuild';
import { KEPT_AN_HOUR, type UnkeptRefusals } from '../../activities/office-case/refusals';
import { applyChange } from '../../activities/people/change-apply';
import type { CommandResult } from '../../domain/commands';
import { DUTY_ACTS } from '../../domain/office-case/check';
import { AbnormalItem, CaseAct, CaseTask, OfficeCase } from '../../store/entities';
import { counting, definitionOf, partiesOf, PARTY_FIELDS, sign, STAFF } from '../support/office-definitions';
import { CITIES, delegate, PROVINCE, revokePost } from '../support/office-people';
import { openOfficeRig, type OfficeRig } from '../support/office-rig';

/** Office cases on a real Temporal server: from the draft to the effect, and the acts that race for it. */
const effect = counting();
const CHAIN = definitionOf({
  operation: 'test.effect',
  chain: [sign({ key: 'review', zh: '审核', role: 'reviewer' }), sign({ key: 'approve', zh: '审批', role: 'approver' })],
});
let rig: OfficeRig;
let serial = 0;

beforeAll(async () => {
  rig = await openOfficeRig({
    people: [
      ...STAFF,
      { id: 'maker-as-reviewer', role: 'reviewer', division: PROVINCE, human: 'maker-1' },
      { id: 'stand-in', role: 'statistician', division: PROVINCE },
      { id: 'second-stand-in', role: 'statistician', division: PROVINCE },
      ...['a', 'b', 'c'].map((name) => ({ id: `to-link-${name}`, role: 'reviewer' as const, division: PROVINCE })),
      { id: 'linking-maker', role: 'maker', division: PROVINCE },
      { id: 'other-linking-maker', role: 'maker', division: PROVINCE },
      { id: 'leaver', role: 'reviewer', division: PROVINCE },
    ],
    operations: { 'test.effect': effect.operation },
  });
}, 60_000);
afterAll(() => rig.close());

function begin(definition = CHAIN, form: Record<string, unknown> = {}): Promise<string> {
  serial += 1;
  return rig.open(definition, 'maker-1', PROVINCE, { subject: `事项${serial}`, ...form });
}

async function submitted(definition = CHAIN, form: Record<string, unknown> = {}): Promise<string> {
  const id = await begin(definition, form);
  expect(await rig.act(id, 'maker-1', 'submit')).toMatchObject({ status: 'done' });
  return id;
}

function codeOf(result: CommandResult): string | null {
  return result.status === 'refused' ? result.refusal.code : null;
}

const kinds = (id: string): Promise<string[]> =>
  rig.store.read(async (manager) => (await manager.find(CaseAct, { where: { caseId: id }, order: { seq: 'ASC' } })).map((row) => row.refusalCode ?? row.kind));

test('a case of two steps takes effect once, after the last signature', async () => {
  const id = await submitted();
  expect(await rig.act(id, 'reviewer-1', 'approve')).toMatchObject({ status: 'done', result: { status: 'inReview', step: 'approve' } });
  expect(effect.applied.filter((each) => id.includes(each.split('/')[0] ?? ''))).toEqual([]);
  expect(await rig.act(id, 'approver-1', 'approve')).toMatchObject({ status: 'done', result: { status: 'effective' } });
  await expect(rig.handle(id).result()).resolves.toMatchObject({ status: 'effective' });
  expect(effect.applied.filter((each) => id.includes(each.split('/')[0] ?? ''))).toHaveLength(1);
  const row = await rig.row(id);
  expect(row).toMatchObject({ status: 'effective', openKey: null, waitsFor: '', step: null });
  expect(codeOf(await rig.act(id, 'approver-1', 'urge', { step: 'maker' }))).toBe('CASE_ENDED');
});

test('61 a double click is one act, and the second of two approvers learns who was first', async () => {
  const id = await submitted();
  const payload = await rig.payload(id, 'reviewer-1', 'approve');
  const [first, second] = await Promise.all([rig.send(id, payload, 'click-1'), rig.send(id, payload, 'click-1')]);
  expect(first).toEqual(second);

  const both = await Promise.all(['approve' as const, 'return' as const].map(async (act, index) => [index, await rig.payload(id, 'approver-1', act)] as const));
  const results = await Promise.all(both.map(([index, each]) => rig.send(id, each, `tab-${index}`)));
  expect(results.map(({ status }) => status).sort()).toEqual(['done', 'refused']);
  const late = results.find((result) => result.status === 'refused');
  expect(late).toMatchObject({ refusal: { code: 'CASE_ALREADY_DECIDED', message: expect.stringMatching(/已由示例approver-1于 \d{4}-\d\d-\d\d \d\d:\d\d:\d\d (同意|退回补正)/) } });
  expect((await kinds(id)).filter((kind) => kind === 'CASE_ALREADY_DECIDED')).toHaveLength(1);
});

test('61 of two people of one role the second is refused', async () => {
  const id = await submitted();
  const payloads = await Promise.all(['reviewer-1', 'reviewer-2'].map((user) => rig.payload(id, user, 'approve')));
  const results = await Promise.all(payloads.map((payload) => rig.send(id, payload)));
  expect(results.map(codeOf).sort()).toEqual(['CASE_ALREADY_DECIDED', null].sort());
  expect((await rig.state(id)).signatures.filter(({ step }) => step === 'review')).toHaveLength(1);
});

test('62 a role that was lost after opening the case does not sign', async () => {
  const id = await submitted();
  const payload = await rig.payload(id, 'leaver', 'approve');
  await revokePost(rig.store, 'leaver', 'reviewer', rig.now() - 1);
  expect(codeOf(await rig.send(id, payload))).toBe('POST_MISSING');
  expect((await rig.state(id)).step).toBe('review');
});

test('63 neither a chain of delegations nor a second account lets the maker review', async () => {
  const id = await submitted();
  expect(codeOf(await rig.act(id, 'maker-as-reviewer', 'approve'))).toBe('FOUR_EYES');
  await delegate(rig.store, 'reviewer-2', 'stand-in');
  await delegate(rig.store, 'stand-in', 'maker-1');
  expect(codeOf(await rig.act(id, 'maker-1', 'approve', { for: 'reviewer-2' }))).toBe('FOUR_EYES');
  await delegate(rig.store, 'maker-as-reviewer', 'second-stand-in');
  expect(codeOf(await rig.act(id, 'second-stand-in', 'approve', { for: 'maker-as-reviewer' }))).toBe('FOUR_EYES');
  expect(await rig.act(id, 'stand-in', 'approve', { for: 'reviewer-2' })).toMatchObject({ status: 'done' });
  const [, signed] = (await rig.state(id)).signatures;
  expect(signed?.by).toMatchObject({ userId: 'stand-in', forUserId: 'reviewer-2' });
});

function link(userId: string, otherUserId: string): Promise<unknown> {
  return rig.store.write((manager) => applyChange(manager, { kind: 'linkAccounts', userId, otherUserId }, { caseId: 'test', now: rig.now() }));
}

test.each([
  ['the maker’s', 'linking-maker', 'to-link-a'],
  ['the reviewer’s', 'to-link-b', 'other-linking-maker'],
])('an account that is linked to another while the case is under way, with %s as the person: it does not review', async (_whose, kept, joined) => {
  const [makerId, reviewerId] = kept.startsWith('to-link') ? [joined, kept] : [kept, joined];
  serial += 1;
  const id = await rig.open(CHAIN, makerId, PROVINCE, { subject: `关联${serial}` });
  await rig.act(id, makerId, 'submit');
  // He opened the case and signed before the link was made; what counts is the decision.
  const opened = await rig.payload(id, reviewerId, 'approve');
  await link(kept, joined);
  expect(codeOf(await rig.send(id, opened))).toBe('FOUR_EYES');
  expect(codeOf(await rig.act(id, 'reviewer-1', 'approve'))).toBeNull();
});

test('two who both signed turn out to be one person: the case does not go on, and can be ended', async () => {
  const ids = [await submitted(), await submitted()];
  for (const id of ids) expect(codeOf(await rig.act(id, 'to-link-c', 'approve'))).toBeNull();
  await link('to-link-c', 'maker-1');
  const [id = '', other = ''] = ids;
  expect(await rig.act(id, 'approver-1', 'approve')).toMatchObject({ refusal: { code: 'FOUR_EYES', message: expect.stringContaining('经办的示例maker-1与审核的示例to-link-c') } });
  expect(codeOf(await rig.act(id, 'approver-1', 'reject'))).toBeNull();
  expect(codeOf(await rig.act(other, 'approver-1', 'return'))).toBeNull();
  expect(codeOf(await rig.act(other, 'maker-1', 'submit'))).toBe('FOUR_EYES');
  expect(codeOf(await rig.act(other, 'maker-1', 'void'))).toBeNull();
  expect(effect.applied.some((each) => [id, other].some((caseId) => caseId.endsWith(each.split('/')[0] ?? '-')))).toBe(false);
  await rig.store.write((manager) => applyChange(manager, { kind: 'unlinkAccounts', userId: 'maker-1' }, { caseId: 'test', now: rig.now() }));
});

test('66 a recall races the approval: one of them counts, and the other is told', async () => {
  const id = await submitted();
  const payloads = await Promise.all([rig.payload(id, 'maker-1', 'withdraw'), rig.payload(id, 'reviewer-1', 'approve')]);
  const results = await Promise.all(payloads.map((payload) => rig.send(id, payload)));
  expect(results.map(({ status }) => status).sort()).toEqual(['done', 'refused']);
  const codes = results.map(codeOf);
  const { status } = await rig.state(id);
  expect(status === 'withdrawn' ? codes : [...codes].reverse()).toEqual([null, status === 'withdrawn' ? 'CASE_ENDED' : 'ACT_NOT_ALLOWED']);
});

test('a forged, expired, foreign or used decision changes nothing and is recorded', async () => {
  const id = await submitted();
  const good = await rig.payload(id, 'reviewer-1', 'approve');
  const forged = `${good.decision.slice(0, -6)}AAAAAA`;
  expect(codeOf(await rig.send(id, { ...good, decision: forged }))).toBe('DECISION_INVALID');
  expect(codeOf(await rig.act(id, 'reviewer-1', 'approve', { signed: 'no decision' }))).toBe('DECISION_INVALID');
  expect(codeOf(await rig.act(id, 'reviewer-1', 'approve', { decision: { issuedAt: 1, expiresAt: 2 } }))).toBe('DECISION_EXPIRED');
  expect(codeOf(await rig.act(id, 'reviewer-1', 'approve', { decision: { step: 'approve' } }))).toBe('DECISION_INVALID');
  expect(codeOf(await rig.act(id, 'reviewer-1', 'approve', { decision: { round: 2 } }))).toBe('DECISION_INVALID');
  expect(codeOf(await rig.act(id, 'reviewer-1', 'approve', { decision: { caseId: 'office-case/x' } }))).toBe('DECISION_INVALID');
  expect(codeOf(await rig.act(id, 'reviewer-1', 'approve', { decision: { seenHash: 'f'.repeat(64) } }))).toBe('CASE_CHANGED');
  expect(codeOf(await rig.send(id, { ...good, opinion: '别的意见' }))).toBe('DECISION_INVALID');
  const urge = await rig.payload(id, 'maker-1', 'urge');
  expect(codeOf(await rig.send(id, urge))).toBeNull();
  expect(codeOf(await rig.send(id, urge))).toBe('DECISION_USED');
  const state = await rig.state(id);
  expect(state).toMatchObject({ status: 'submitted', step: 'review', urges: 1 });
  expect(await kinds(id)).toEqual([
    'submit', 'DECISION_INVALID', 'DECISION_INVALID', 'DECISION_EXPIRED', 'DECISION_INVALID', 'DECISION_INVALID', 'DECISION_INVALID',
    'CASE_CHANGED', 'DECISION_INVALID', 'urge', 'DECISION_USED',
  ]);
  expect(await rig.handle(id).query('state')).toEqual(JSON.parse(JSON.stringify(state)));
});

test('a signal counts like an update, and one that is no act is recorded as refused', async () => {
  const id = await submitted();
  await rig.signal(id, { act: 'approve' });
  await rig.signal(id, await rig.payload(id, 'reviewer-1', 'approve'));
  await rig.until(id, (state) => state.step === 'approve');
  expect(await kinds(id)).toEqual(['submit', 'COMMAND_MALFORMED', 'approve']);
});

test('who floods a case with what is no act, or with forged signatures, leaves a trace and does not fill it', async () => {
  const id = await submitted();
  const good = await rig.payload(id, 'reviewer-1', 'approve');
  const total = 120;
  for (let sent = 0; sent < total; sent += 40) {
    await Promise.all(Array.from({ length: 20 }, () => rig.signal(id, { act: 'approve' })));
    await Promise.all(Array.from({ length: 20 }, (_, index) => rig.signal(id, { ...good, opinion: `伪造${sent + index}` })));
  }
  // The genuine act counts in between, and is behind all that came before it.
  expect(codeOf(await rig.send(id, good))).toBeNull();
  const unkept = () => rig.store.read((manager) => manager.findOneBy(AbnormalItem, { workflowId: id, code: 'REFUSALS_UNKEPT' }));
  const refused = async (): Promise<number> => (await kinds(id)).filter((kind) => /^[A-Z]/.test(kind)).length;
  expect(await refused()).toBe(KEPT_AN_HOUR.unsigned);
  const { events } = await rig.handle(id).fetchHistory();
  const steps = (events ?? []).filter(({ markerRecordedEventAttributes: marker }) => marker).length;
  // Each forged signature has to be judged; of what is no act twenty an hour have a step, and those left over one at the end.
  expect(steps).toBeLessThanOrEqual(total / 2 + 20 + 5);
  expect(codeOf(await rig.act(id, 'approver-1', 'approve'))).toBeNull();
  await rig.handle(id).result();
  const after = (await unkept())?.detail as UnkeptRefusals;
  // None is lost; a step that is done again after a lost answer counts its own once more.
  expect(after.count + (await refused())).toBeGreaterThanOrEqual(total);
  expect(await refused()).toBe(KEPT_AN_HOUR.unsigned);
  expect(await unkept()).toMatchObject({ state: 'open', title: expect.stringContaining('次只计数') });
  expect(await rig.store.write((manager) => rebuildCase(manager, id, false))).toBeNull();
}, 60_000);

test('a returned case keeps its opinions, and unchanged parties keep their confirmation', async () => {
  const definition = definitionOf({
    key: 'test-parties',
    form: [...definitionOf().form, PARTY_FIELDS],
    chain: [
      sign({ key: 'confirm', zh: '市州确认', role: 'cityConfirmer', where: 'parties', need: 'all', objection: 'record', keepUnchanged: true }),
      sign({ key: 'recheck', zh: '复核', role: 'rechecker' }),
    ],
  });
  const id = await submitted(definition, { parties: partiesOf() });
  for (const [index, slot] of CITIES.entries()) expect(codeOf(await rig.act(id, `city-${index + 1}`, index === 1 ? 'object' : 'approve', { slot }))).toBeNull();
  expect(codeOf(await rig.act(id, 'rechecker-1', 'return', { opinion: '' }))).toBe('OPINION_REQUIRED');
  expect(codeOf(await rig.act(id, 'rechecker-1', 'return', { opinion: '第三市金额有误' }))).toBeNull();
  expect(await rig.state(id)).toMatchObject({ status: 'returned', round: 2, step: 'maker' });
  const form = { subject: (await rig.row(id)).businessKey, parties: partiesOf(['100', '100', '90']) };
  expect(codeOf(await rig.act(id, 'maker-1', 'amend', { form }))).toBeNull();
  expect(codeOf(await rig.act(id, 'maker-1', 'submit'))).toBeNull();
  const { slots } = await rig.state(id);
  expect(slots['confirm']?.map(({ state, keptFrom }) => [state, keptFrom])).toEqual([['signed', 1], ['open', null], ['open', null]]);
  const tasks = await rig.store.read((manager) => manager.findBy(CaseTask, { caseId: id, status: 'open' }));
  expect(tasks.map(({ slot, division, round }) => [slot, division, round]).sort()).toEqual([['990200', '990200', 2], ['990300', '990300', 2]]);
  const opinions = await rig.store.read((manager) => manager.findBy(CaseAct, { caseId: id, kind: 'return' }));
  expect(opinions.map(({ opinion }) => opinion)).toEqual(['第三市金额有误']);
});

test('a case is handed on, gets a further signer, rests, and is copied', async () => {
  const id = await submitted();
  expect(codeOf(await rig.act(id, 'reviewer-1', 'accept'))).toBeNull();
  expect(codeOf(await rig.act(id, 'maker-1', 'withdraw'))).toBe('ACT_NOT_ALLOWED');
  expect(codeOf(await rig.act(id, 'reviewer-1', 'transfer', { to: { userId: 'approver-1' } }))).toBe('ACT_TARGET_INVALID');
  expect(codeOf(await rig.act(id, 'reviewer-1', 'transfer', { to: { userId: 'reviewer-2' } }))).toBeNull();
  expect(codeOf(await rig.act(id, 'reviewer-1', 'approve'))).toBe('SLOT_ASSIGNED');
  expect(codeOf(await rig.act(id, 'reviewer-2', 'addSigner', { to: { userId: 'rechecker-1', role: 'rechecker' } }))).toBeNull();
  expect(codeOf(await rig.act(id, 'reviewer-2', 'suspend', { slot: '1' }))).toBeNull();
  expect(codeOf(await rig.act(id, 'reviewer-2', 'approve', { slot: '1' }))).toBe('ACT_NOT_ALLOWED');
  expect(codeOf(await rig.act(id, 'maker-1', 'resume', { step: 'maker' }))).toBeNull();
  expect(codeOf(await rig.act(id, 'reviewer-2', 'approve', { slot: '1' }))).toBeNull();
  expect((await rig.state(id)).step).toBe('review');
  expect(codeOf(await rig.act(id, 'rechecker-1', 'approve', { slot: 'added-1' }))).toBeNull();
  expect(await rig.state(id)).toMatchObject({ step: 'approve', status: 'inReview' });
  expect(codeOf(await rig.act(id, 'approver-1', 'copy', { to: { userId: 'stand-in' } }))).toBeNull();
  expect(codeOf(await rig.act(id, 'approver-1', 'reject'))).toBeNull();
  expect(await rig.state(id)).toMatchObject({ status: 'rejected', copies: [{ userId: 'stand-in' }] });
});

test('a title says in words what the form names, and follows the form', async () => {
  const fields = [{ name: 'city', zh: '市州', en: 'City', type: 'division', required: true }, { name: 'period', zh: '月份', en: 'Month', type: 'period', required: true }] as const;
  const definition = definitionOf({ key: 'test-title', zh: '测试拨付', form: [...definitionOf().form, ...fields], businessKey: ['city', 'period'] });
  const id = await begin(definition, { city: CITIES[0], period: '2026-09' });
  expect((await rig.row(id)).title).toBe('测试拨付 示例1市 2026年9月');
  const form = { subject: '改', city: CITIES[1], period: '2026-10' };
  expect(codeOf(await rig.act(id, 'maker-1', 'submit', { form }))).toBeNull();
  expect((await rig.row(id)).title).toBe('测试拨付 示例2市 2026年10月');
});

test('one open case a business key; a wrong form is refused by name', async () => {
  const id = await submitted(CHAIN, { subject: '同一事项' });
  const other = await begin(CHAIN, { subject: '同一事项' });
  expect(await rig.act(other, 'maker-1', 'submit')).toMatchObject({ refusal: { code: 'CASE_ALREADY_OPEN', message: expect.stringContaining(id.split('/').at(-1) ?? '') } });
  const wrong = await begin(CHAIN, { amount: -1 });
  expect(await rig.act(wrong, 'maker-1', 'submit')).toMatchObject({ refusal: { code: 'FORM_INVALID', message: expect.stringContaining('amount') } });
  expect(codeOf(await rig.act(wrong, 'maker-1', 'submit', { form: { subject: '改好', amount: 5 } }))).toBeNull();
});

test('the read model of every case here is what its acts say, and the workflow says the same', async () => {
  const ids = await rig.store.read((manager) => nextCases(manager, '', 100));
  expect(ids.length).toBeGreaterThan(10);
  for (const id of ids) expect(await rig.store.write((manager) => rebuildCase(manager, id, false))).toBeNull();

  // Every opinion that was accepted, of whatever round, stands in its act and can be read.
  const duties = await rig.store.read((manager) => manager.find(CaseAct, { where: { kind: In([...DUTY_ACTS]) } }));
  expect(duties.length).toBeGreaterThan(20);
  for (const { caseId, kind, opinion, round, step, slot } of duties) {
    expect(opinion).toMatch(/^(测试意见|第三市金额有误)$/);
    const { signatures } = await rig.state(caseId);
    expect(signatures.filter((each) => each.act === kind && each.round === round && each.step === step && (slot === null || each.slot === slot))).toHaveLength(1);
  }

  const [id = ''] = ids;
  await rig.store.write(async (manager) => {
    await manager.update(OfficeCase, { id }, { status: 'draft', waitsFor: '别的' });
    await manager.update(CaseTask, { caseId: id, step: 'review' }, { status: 'void' });
  });
  const deviation = await rig.store.write((manager) => rebuildCase(manager, id, true));
  expect(deviation?.columns).toEqual(expect.arrayContaining(['status', 'waitsFor', 'task 1/review/1']));
  expect(await rig.store.write((manager) => rebuildCase(manager, id, false))).toBeNull();
});

test('every run can be replayed', async () => {
  expect(await rig.replayAll()).toBeGreaterThan(0);
}, 120_000);
