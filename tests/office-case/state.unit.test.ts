import { checkAct } from '../../domain/office-case/check';
import { MAKER, type CaseDefinition } from '../../domain/office-case/definition';
import { apply, openState } from '../../domain/office-case/state';
import type { ActPayload, CaseActName, CaseState, Signer } from '../../domain/office-case/types';
import { definitionOf, sign } from '../support/office-definitions';

/** The chain as tables: who acts on what, and where the case stands afterwards. */
function signer(name: string): Signer {
  return { userId: name, name, personKey: name, forUserId: name, forName: name, forPersonKey: name, chain: [name], role: 'reviewer', division: '990000' };
}

function opened(amount: number): CaseState {
  const parties = ['a', 'b', 'c'].map((slot) => ({ slot, division: '990100', zh: slot, mark: slot }));
  const extract = { formHash: `f${amount}`, numbers: { amount }, divisions: {}, parties: { parties }, amountFen: amount, period: null, businessKey: 'x' };
  return openState({ caseNo: 'n', definition: 'test-case', definitionVersion: 1, division: '990000', parentDivision: '990000', rootDivision: '990000', makerId: 'maker', extract, openedAt: 0 });
}

/** `act` or `act:slot`, or `return>step`, on whatever step is current; throws when the act does not fit. */
function play(definition: CaseDefinition, acts: readonly string[], amount = 100): CaseState {
  return ['submit', ...acts].reduce((state, text, index) => {
    const [, act = '', , slot = null, , target] = /^(\w+)(:([\w-]+))?(>([\w-]+))?$/.exec(text) ?? [];
    const step = act === 'submit' || act === 'withdraw' ? MAKER : (state.step ?? MAKER);
    const to = target === undefined ? (act === 'addSigner' ? { userId: 'extra' } : undefined) : { step: target };
    const payload: ActPayload = { act: act as CaseActName, step, slot, round: state.round, opinion: '意见', decision: '', to };
    const refusal = checkAct(definition, state, payload);
    if (refusal) throw new Error(`${text}: ${refusal.code}`);
    return apply(definition, state, { type: 'acted', act: payload.act, step, slot, round: state.round, by: signer(`${step}-${slot}-${index}`), at: index, to });
  }, opened(amount));
}

const review = sign({ key: 'review', role: 'reviewer' });
const approve = sign({ key: 'approve', role: 'approver' });
const parties = (need: 'all' | 'any' | number, more = {}): CaseDefinition =>
  definitionOf({ chain: [sign({ key: 'confirm', role: 'cityConfirmer', where: 'parties', need, ...more }), approve] });

/** Definition, acts, and where the case stands: status, step, round. */
const TABLE: readonly (readonly [string, CaseDefinition, readonly string[], string])[] = [
  ['all of the parties', parties('all'), ['approve:a', 'approve:c'], 'inReview confirm 1'],
  ['all of the parties have signed', parties('all'), ['approve:a', 'approve:c', 'approve:b'], 'inReview approve 1'],
  ['any of the parties', parties('any'), ['approve:b'], 'inReview approve 1'],
  ['two of three', parties(2), ['approve:b'], 'inReview confirm 1'],
  ['two of three have signed', parties(2), ['approve:b', 'approve:a'], 'inReview approve 1'],
  ['an objection is recorded', parties('all', { objection: 'record' }), ['approve:a', 'object:b', 'approve:c'], 'inReview approve 1'],
  ['an objection returns', parties('all', { objection: 'return' }), ['approve:a', 'object:b'], 'returned maker 2'],
  ['two of three can never be had', parties(2, { objection: 'record' }), ['object:a', 'object:b'], 'returned maker 2'],
  ['an added signer must sign too', parties('any'), ['addSigner:a', 'approve:a'], 'inReview confirm 1'],
  ['an added signer has signed', parties('any'), ['addSigner:a', 'approve:a', 'approve:added-1'], 'inReview approve 1'],
  ['two seats', definitionOf({ chain: [{ ...review, need: 2 }, approve] }), ['approve:1', 'approve:2'], 'inReview approve 1'],
  ['a return goes to the maker', definitionOf({ chain: [review, approve] }), ['approve', 'return'], 'returned maker 2'],
  ['submitted again it begins at the first step', definitionOf({ chain: [review, approve] }), ['approve', 'return', 'submit'], 'submitted review 2'],
  ['a return to an earlier step', definitionOf({ chain: [review, { ...approve, returnTo: 'review' }] }), ['approve', 'return>review'], 'inReview review 2'],
  ['from there on again', definitionOf({ chain: [review, { ...approve, returnTo: 'review' }] }), ['approve', 'return>review', 'approve'], 'inReview approve 2'],
  ['without an effect the last signature is the end', definitionOf({ chain: [review] }), ['approve'], 'effective null 1'],
  ['with one the registration comes next', definitionOf({ chain: [review], operation: 'test.effect' }), ['approve'], 'approved effect 1'],
  ['a rejection ends the case', definitionOf({ chain: [review, approve] }), ['reject'], 'rejected null 1'],
  ['a recall ends it', definitionOf({ chain: [review] }), ['withdraw'], 'withdrawn null 1'],
];

test.each(TABLE)('%s', (_what, definition, acts, stands) => {
  const { status, step, round } = play(definition, acts);
  expect(`${status} ${step} ${round}`).toBe(stands);
});

test('a step is skipped below its amount, and only then', () => {
  const definition = definitionOf({ chain: [review, { ...approve, when: { field: 'amount', atLeast: 1_000 } }] });
  expect(play(definition, ['approve'], 999)).toMatchObject({ status: 'effective', skipped: ['approve'] });
  expect(play(definition, ['approve'], 1_000)).toMatchObject({ step: 'approve', skipped: [] });
});

test('who falls away when enough have signed is told so, and cannot sign any more', () => {
  const state = play(parties('any'), ['approve:b']);
  expect(state.slots['confirm']?.map(({ state: stands }) => stands)).toEqual(['void', 'signed', 'void']);
  const late: ActPayload = { act: 'approve', step: 'confirm', slot: 'a', round: 1, opinion: '', decision: '' };
  expect(checkAct(parties('any'), state, late)).toMatchObject({ code: 'CASE_ALREADY_DECIDED', message: expect.stringContaining('confirm-b') });
});

/** Acts that do not fit, whoever asks: definition, what happened before, the act. */
const REFUSED: readonly (readonly [string, readonly string[], string, string])[] = [
  ['an objection where there is none', [], 'object', 'ACT_NOT_ALLOWED'],
  ['a return to a step that is not named', ['approve'], 'return>review', 'ACT_TARGET_INVALID'],
  ['a slot that is not there', [], 'approve:9', 'CASE_STEP_UNKNOWN'],
  ['resuming what does not rest', [], 'resume', 'ACT_NOT_ALLOWED'],
  ['signing while the case rests', ['suspend'], 'approve', 'ACT_NOT_ALLOWED'],
  ['anything after the end', ['reject'], 'copy', 'CASE_ENDED'],
];

test.each(REFUSED)('%s is refused', (_what, before, act, code) => {
  expect(() => play(definitionOf({ chain: [review, approve] }), [...before, act])).toThrow(code);
});
