import { checkAct } from '../../domain/office-case/check';
import { EFFECT, MAKER, type CaseDefinition, type OnOverdue } from '../../domain/office-case/definition';
import { eventText } from '../../domain/office-case/event-text';
import { dueEvents, nextMoment } from '../../domain/office-case/moments';
import { apply, openState } from '../../domain/office-case/state';
import { taskChanges } from '../../domain/office-case/tasks';
import type { CaseActName, CaseEvent, CaseState, Signer } from '../../domain/office-case/types';
import { definitionOf, sign } from '../support/office-definitions';

/** What the silence of parties means at the end of their term, and parties that are there in some months only. */
const GENERATE = { key: 'generate', zh: '生成', en: 'Generation', kind: 'automatic', operation: 'test.generate', summary: '生成' } as const;
const TERM = { hours: 32, remindAt: [0.5], escalateTo: 'approver' } as const;
const DUE = 1_000;

function chainOf(onOverdue: OnOverdue | undefined, more = {}): CaseDefinition {
  return definitionOf({
    operation: 'test.effect',
    chain: [
      GENERATE,
      sign({ key: 'precheck', role: 'reviewer', where: 'list:counties', need: 'all' }),
      sign({ key: 'confirm', zh: '确认', role: 'cityConfirmer', where: 'parties', need: 'all', objection: 'record', deadline: TERM, keepUnchanged: true, ...(onOverdue ? { onOverdue } : {}), ...more }),
      sign({ key: 'approve', role: 'approver', deadline: TERM }),
    ],
  });
}

const by: Signer = { userId: 'u', name: '', personKey: 'p', forUserId: 'u', forName: '', forPersonKey: 'p', chain: ['p'], role: 'r', division: '990100' };
const party = (slot: string) => ({ slot, division: '990100', zh: slot, mark: slot });

/** Submitted, generated with a result, and with the term of the step that is current. */
function atConfirm(definition: CaseDefinition, result: object, counties: readonly string[] = []): CaseState {
  const parties = { parties: ['a', 'b', 'c'].map(party), counties: counties.map(party) };
  const extract = { formHash: 'f', numbers: {}, divisions: {}, parties, amountFen: null, period: null, businessKey: 'x' };
  const opened = { caseNo: 'n', definition: 'test-case', definitionVersion: 1, division: '990000', parentDivision: '990000', rootDivision: '990000', makerId: 'u', extract, openedAt: 0 };
  const submitted = apply(definition, openState(opened), { type: 'acted', act: 'submit', step: MAKER, slot: null, round: 1, by, at: 1 });
  const timing = { startedAt: 2, spentMs: 0, since: 2, remindAt: [], dueAt: DUE };
  return apply(definition, submitted, { type: 'operated', step: 'generate', result, at: 2, timing });
}

const acted = (act: CaseActName, slot: string, at = 10): CaseEvent => ({ type: 'acted', act, step: 'confirm', slot, round: 1, by, at });
const payload = (act: CaseActName, slot: string) => ({ act, step: 'confirm', slot, round: 1, opinion: '意见', decision: '' });
const BY_RESULT: OnOverdue = { act: 'confirm', when: { step: 'generate', result: 'tacitConfirmation' } };

/** Definition and the result of the generation: what the end of the term brings. */
const ENDS: readonly (readonly [string, OnOverdue | undefined, object, string])[] = [
  ['nothing said', undefined, { tacitConfirmation: true }, 'escalated'],
  ['always', { act: 'confirm' }, {}, 'tacit'],
  ['where the month says so', BY_RESULT, { tacitConfirmation: true }, 'tacit'],
  ['where it says no', BY_RESULT, { tacitConfirmation: false }, 'escalated'],
  ['where it says nothing', BY_RESULT, {}, 'escalated'],
  ['where it says a word', BY_RESULT, { tacitConfirmation: 'true' }, 'escalated'],
];

test.each(ENDS)('silence, %s: %j and %j', (_what, onOverdue, result, expected) => {
  const definition = chainOf(onOverdue);
  const state = atConfirm(definition, result);
  expect(dueEvents(definition, state, DUE - 1)).toEqual([]);
  expect(dueEvents(definition, state, DUE).map(({ type }) => type)).toEqual([expected]);
});

test('only who was silent is confirmed by the system: in no name, as no signature, and the step goes on', () => {
  const definition = chainOf({ act: 'confirm' });
  const spoken = [acted('approve', 'a'), acted('object', 'b')].reduce((state, event) => apply(definition, state, event), atConfirm(definition, {}));
  const [event] = dueEvents(definition, spoken, DUE);
  expect(event).toEqual({ type: 'tacit', step: 'confirm', round: 1, slots: ['c'], at: DUE });
  if (!event) return;
  expect(eventText(definition, spoken, event)).toBe('确认期限已到，1 个席位未答复，视为确认（第 1 轮）');
  const after = apply(definition, spoken, event);
  expect(after.slots['confirm']?.map(({ slot, state, by: who, doneAt }) => [slot, state, who?.userId ?? null, doneAt])).toEqual([['a', 'signed', 'u', 10], ['b', 'objected', 'u', 10], ['c', 'tacit', null, DUE]]);
  expect(after).toMatchObject({ step: 'approve', status: 'inReview', signatures: spoken.signatures });
  expect(taskChanges(definition, spoken, after, event).map(({ step, slot, status, doneBy }) => [step, slot, status, doneBy])).toContainEqual(['confirm', 'c', 'done', null]);
  // Who comes after it is told; who had spoken before is told who did.
  expect(checkAct(definition, after, payload('approve', 'c'))).toMatchObject({ code: 'CASE_ALREADY_DECIDED', message: expect.stringContaining('由系统视为确认') });
  expect(checkAct(definition, after, payload('approve', 'a'))).toMatchObject({ code: 'CASE_ALREADY_DECIDED' });
});

test('a confirmation that came first leaves nothing to silence', () => {
  const definition = chainOf({ act: 'confirm' });
  const state = ['a', 'b', 'c'].reduce((each, slot) => apply(definition, each, acted('approve', slot, DUE)), atConfirm(definition, {}));
  expect(state.step).toBe('approve');
  expect(dueEvents(definition, { ...state, timing: null }, DUE)).toEqual([]);
});

test('who was asked besides (加签) is never taken for confirmed: the step waits for him and is escalated', () => {
  const definition = chainOf({ act: 'confirm' });
  const asked = apply(definition, atConfirm(definition, {}), { type: 'acted', act: 'addSigner', step: 'confirm', slot: 'a', round: 1, by, to: { userId: 'x' }, at: 5 });
  const [event] = dueEvents(definition, asked, DUE);
  const after = event ? apply(definition, asked, event) : asked;
  expect(after).toMatchObject({ step: 'confirm' });
  expect(nextMoment(after)).toBe(DUE);
  expect(dueEvents(definition, after, DUE).map(({ type }) => type)).toEqual(['escalated']);
});

test('silence is no signature that a later round keeps', () => {
  const definition = chainOf({ act: 'confirm' });
  const [event] = dueEvents(definition, atConfirm(definition, {}), DUE);
  let state = apply(definition, atConfirm(definition, {}), event as CaseEvent);
  state = apply(definition, state, { type: 'acted', act: 'return', step: 'approve', slot: '1', round: 1, by, at: DUE + 1 });
  state = apply(definition, state, { type: 'undone', step: 'generate', round: 1, at: DUE + 2 });
  state = apply(definition, state, { type: 'acted', act: 'submit', step: MAKER, slot: null, round: 2, by, at: DUE + 3 });
  state = apply(definition, state, { type: 'operated', step: 'generate', result: {}, at: DUE + 4 });
  expect(state.slots['confirm']?.map(({ state: stands, keptFrom }) => [stands, keptFrom])).toEqual([['open', null], ['open', null], ['open', null]]);
});

test('silence never reaches a review or an approval: they are escalated, however long it lasts', () => {
  const definition = chainOf({ act: 'confirm' });
  const [event] = dueEvents(definition, atConfirm(definition, {}), DUE);
  const after = { ...apply(definition, atConfirm(definition, {}), event as CaseEvent), timing: { startedAt: DUE, spentMs: 0, since: DUE, remindAt: [], dueAt: DUE * 2 } };
  expect(dueEvents(definition, after, DUE * 9).map(({ type }) => type)).toEqual(['escalated']);
});

test('a step whose list is empty is skipped; one with entries waits for each of them', () => {
  const definition = chainOf(undefined);
  expect(atConfirm(definition, {})).toMatchObject({ step: 'confirm', skipped: ['precheck'] });
  const asked = atConfirm(definition, {}, ['x', 'y']);
  expect(asked).toMatchObject({ step: 'precheck', skipped: [] });
  const one = apply(definition, asked, { type: 'acted', act: 'approve', step: 'precheck', slot: 'y', round: 1, by, at: 3 });
  expect(one.step).toBe('precheck');
  expect(apply(definition, one, { type: 'acted', act: 'approve', step: 'precheck', slot: 'x', round: 1, by: { ...by, personKey: 'q' }, at: 4 })).toMatchObject({ step: 'confirm' });
  expect(definition.chain.map(({ key }) => key)).not.toContain(EFFECT);
});
