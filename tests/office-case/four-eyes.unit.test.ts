import fc from 'fast-check';
import { checkAct, DUTY_ACTS, officeOf } from '../../domain/office-case/check';
import { EFFECT, MAKER, stepOf } from '../../domain/office-case/definition';
import { barredBy, humansOf } from '../../domain/office-case/four-eyes';
import { apply, hasEnded, isFinal, openState, workOf } from '../../domain/office-case/state';
import { CASE_ACTS, type ActPayload, type CaseEvent, type CaseState, type Signer } from '../../domain/office-case/types';
import { definitionOf, sign } from '../support/office-definitions';

/**
 * Random people with several accounts each act at random, in their own right or by chains of delegations, on a chain with
 * everything in it. Authority is not asked here, which is the worst case: everybody holds every role.
 */
const DEFINITION = definitionOf({
  operation: 'test.effect',
  chain: [
    sign({ key: 'confirm', role: 'cityConfirmer', where: 'parties', need: 'all', objection: 'record', keepUnchanged: true }),
    sign({ key: 'review', role: 'reviewer', need: 2 }),
    { key: 'reserve', zh: '预留', en: 'Reserve', kind: 'automatic', operation: 'test.reserve', summary: '预留' },
    sign({ key: 'recheck', role: 'rechecker', returnTo: 'review', keepUnchanged: true }),
    sign({ key: 'accept', role: 'maker', different: false, need: 'any' }),
    sign({ key: 'approve', role: 'approver', when: { field: 'amount', atLeast: 100 } }),
  ],
});
const HUMANS = 12;
const MAKER_ACCOUNT = 'account-0';

/** Accounts `account-n`; the human behind is n modulo the number of humans, so each human has two. */
const humanOf = (account: number): string => `human-${account % HUMANS}`;

const account = fc.nat({ max: HUMANS * 2 - 1 });
const command = fc.record({
  user: fc.oneof({ weight: 9, arbitrary: account }, { weight: 2, arbitrary: fc.constant(0) }),
  /** Accounts on the way from the holder of the post; empty for one's own right. */
  way: fc.oneof({ weight: 3, arbitrary: fc.constant<number[]>([]) }, { weight: 1, arbitrary: fc.array(account, { maxLength: 3 }) }),
  act: fc.oneof({ weight: 30, arbitrary: fc.constant('approve' as const) }, { weight: 3, arbitrary: fc.constant('submit' as const) }, fc.constantFrom(...CASE_ACTS)),
  slot: fc.nat({ max: 5 }),
  /** Amount of a new form; the marks of the parties follow from it. */
  amount: fc.constantFrom(50, 100),
  stale: fc.boolean(),
  works: fc.integer({ min: 0, max: 9 }),
});

function signerOf(user: number, way: readonly number[], role: string): Signer {
  const holder = way[0] ?? user;
  return {
    userId: `account-${user}`, name: '', personKey: humanOf(user),
    forUserId: `account-${holder}`, forName: '', forPersonKey: humanOf(holder),
    chain: [...way, user].map(humanOf), role, division: '990000',
  };
}

function extractOf(amount: number): CaseState['extract'] {
  const parties = ['a', 'b', 'c'].map((slot, index) => ({ slot, division: '990100', zh: slot, mark: index === 0 ? 'same' : `m${amount}` }));
  return { formHash: `f${amount}`, numbers: { amount }, divisions: {}, parties, amountFen: amount, period: null, businessKey: 'x' };
}

function first(): CaseState {
  return openState({
    caseNo: 'n', definition: 'test-case', definitionVersion: 1, division: '990000', parentDivision: '990000', rootDivision: '990000',
    makerId: MAKER_ACCOUNT, extract: extractOf(100), openedAt: 0,
  });
}

/** What the case does by itself; some operations refuse. */
function work(state: CaseState, works: number, at: number): CaseEvent | null {
  const due = workOf(DEFINITION, state);
  if (!due) return null;
  if (due.kind === 'undo') return { type: 'undone', step: due.step, round: due.round, at };
  const refusal = { code: 'OPERATION_FAILED', message: '测试' } as const;
  return works === 0 ? { type: 'operationFailed', step: due.step, refusal, undoItself: true, at } : { type: 'operated', step: due.step, result: {}, at };
}

function judged(state: CaseState, given: typeof command extends fc.Arbitrary<infer T> ? T : never, at: number): CaseEvent | null {
  const { user, way, act, amount } = given;
  const isMaker = ['submit', 'amend', 'withdraw', 'void', 'urge'].includes(act);
  const step = isMaker ? MAKER : (state.step ?? MAKER);
  const slots = state.slots[step] ?? [];
  const slot = slots.length === 0 ? null : (slots[given.slot % slots.length]?.slot ?? null);
  const payload: ActPayload = {
    act, step, slot, round: given.stale && state.round > 1 ? state.round - 1 : state.round, opinion: '意见', decision: '',
    to: act === 'transfer' || act === 'addSigner' || act === 'copy' ? { userId: 'account-3' } : act === 'return' && given.slot > 2 ? { step: 'review' } : undefined,
    ...(act === 'amend' || act === 'submit' ? { form: { amount } } : {}),
  };
  if (checkAct(DEFINITION, state, payload)) return null;
  const signer = signerOf(user, way, 'reviewer');
  const office = officeOf(state, payload);
  if (office.kind === 'maker' && signer.forUserId !== MAKER_ACCOUNT) return null;
  const chainStep = office.kind === 'maker' ? null : stepOf(DEFINITION, step);
  const place = office.kind === 'maker' ? null : office.slot.slot;
  if (barredBy(DEFINITION, state, chainStep, place, signer)) return null;
  const extract = payload.form ? { extract: extractOf(amount) } : {};
  return { type: 'acted', act, step, slot: place, round: payload.round, by: signer, at, to: payload.to, ...extract };
}

function disjoint(a: Signer, b: Signer): boolean {
  const of = humansOf(b);
  return [...humansOf(a)].every((human) => !of.has(human));
}

/** The promises that hold after every event, whatever happened. */
function check(before: CaseState, after: CaseState, history: readonly CaseEvent[]): void {
  const duties = after.signatures.filter((each) => each.different);
  for (const one of duties) for (const other of duties) if (one.duty !== other.duty) expect(disjoint(one.by, other.by)).toBe(true);
  for (const slots of Object.values(after.slots)) {
    const done = slots.filter((each) => each.by);
    for (const one of done) for (const other of done) if (one !== other && one.by && other.by) expect(disjoint(one.by, other.by)).toBe(true);
  }
  expect(after.signatures.slice(0, before.signatures.length)).toEqual(before.signatures);
  expect(after.version).toBe(before.version + 1);
  expect(history.filter((event) => event.type === 'operated' && event.step === EFFECT).length).toBeLessThanOrEqual(1);
  if (after.step === EFFECT && before.step !== EFFECT) expectAllSigned(after);
  expect(after.applied.length + after.undoing.length).toBeLessThanOrEqual(2);
}

function expectAllSigned(state: CaseState): void {
  for (const step of DEFINITION.chain) {
    if (step.kind !== 'sign') continue;
    if (state.skipped.includes(step.key)) expect(state.extract.amountFen).toBeLessThan(100);
    else expect(state.slots[step.key]?.every((slot) => slot.state === 'signed' || slot.state === 'objected')).toBe(true);
  }
}

test('no human ever does two duties, no opinion is lost, the effect runs once', () => {
  let effective = 0;
  let rounds = 0;
  fc.assert(
    fc.property(fc.array(command, { minLength: 20, maxLength: 250, size: 'max' }), (commands) => {
      let state = first();
      const history: CaseEvent[] = [];
      for (const [at, given] of commands.entries()) {
        const event = work(state, given.works, at) ?? judged(state, given, at);
        if (!event) continue;
        history.push(event);
        const next = apply(DEFINITION, state, event);
        check(state, next, history);
        if (isFinal(state.status)) expect(next.status).toBe(state.status);
        state = next;
        if (hasEnded(state)) break;
      }
      // Every opinion stands in its act: what was accepted as a duty is among the signatures, in order.
      const acts = history.flatMap((event) => (event.type === 'acted' && [...DUTY_ACTS, 'submit'].includes(event.act) ? [event.by.userId] : []));
      expect(state.signatures.map(({ by }) => by.userId)).toEqual(acts);
      effective += state.status === 'effective' ? 1 : 0;
      rounds = Math.max(rounds, state.round);
    }),
    { numRuns: 600, seed: 20261122 },
  );
  // The walk reaches what it is about: cases that take effect, and cases of several rounds.
  expect(effective).toBeGreaterThan(5);
  expect(rounds).toBeGreaterThan(2);
});

test('a judge without four eyes is found out by the same promises', () => {
  const maker = signerOf(0, [], 'maker');
  const alias = signerOf(HUMANS, [], 'reviewer');
  expect(alias.userId).not.toBe(maker.userId);
  const submitted = apply(DEFINITION, first(), { type: 'acted', act: 'submit', step: MAKER, slot: null, round: 1, by: maker, at: 1 });
  expect(barredBy(DEFINITION, submitted, stepOf(DEFINITION, 'confirm'), 'a', alias)).toMatchObject({ step: MAKER });
  const signed = apply(DEFINITION, submitted, { type: 'acted', act: 'approve', step: 'confirm', slot: 'a', round: 1, by: alias, at: 2 });
  expect(() => check(submitted, signed, [])).toThrow();
});
