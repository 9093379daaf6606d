import fc from 'fast-check';
import { checkAct, DUTY_ACTS, officeOf } from '../../domain/office-case/check';
import { EFFECT, MAKER, stepOf } from '../../domain/office-case/definition';
import { barredBy, humansOf, joinedSince, needsFourEyes } from '../../domain/office-case/four-eyes';
import { dueEvents } from '../../domain/office-case/moments';
import { apply, hasEnded, isFinal, openState, workOf } from '../../domain/office-case/state';
import { CASE_ACTS, type ActPayload, type CaseEvent, type CaseState, type Signer } from '../../domain/office-case/types';
import { definitionOf, sign } from '../support/office-definitions';

/**
 * Random people with several accounts each act at random, in their own right or by chains of delegations, on a chain with
 * everything in it; terms end in silence, and accounts are linked to one person while the case is under way. Authority is not
 * asked here, which is the worst case: everybody holds every role.
 */
const DEFINITION = definitionOf({
  operation: 'test.effect',
  deadline: { hours: 8, remindAt: [0.5], escalateTo: 'approver' },
  chain: [
    sign({ key: 'confirm', role: 'cityConfirmer', where: 'parties', need: 'all', objection: 'record', keepUnchanged: true, onOverdue: { act: 'confirm' } }),
    sign({ key: 'review', role: 'reviewer', need: 2 }),
    { key: 'reserve', zh: '预留', en: 'Reserve', kind: 'automatic', operation: 'test.reserve', summary: '预留' },
    sign({ key: 'recheck', role: 'rechecker', returnTo: 'review', keepUnchanged: true }),
    sign({ key: 'accept', role: 'maker', different: false, need: 'any' }),
    sign({ key: 'approve', role: 'approver', when: { field: 'amount', atLeast: 100 } }),
  ],
});
const HUMANS = 12;
const MAKER_ACCOUNT = 'account-0';

/** Accounts `account-n`; the human that is known behind it is n modulo the number of humans, so each has two from the start. */
const humanOf = (account: number): string => `human-${account % HUMANS}`;

/** Humans who turned out to be one: the key of the one that counts, by the key that an account began with. */
type Links = ReadonlyMap<string, string>;
const today = (links: Links, human: string): string => links.get(human) ?? human;

/** All accounts of the other become accounts of the one (关联账号). */
function linked(links: Links, one: string, other: string): Links {
  const [kept, joined] = [today(links, one), today(links, other)];
  const humans = Array.from({ length: HUMANS }, (_, index) => humanOf(index));
  return new Map(humans.map((human) => [human, today(links, human) === joined ? kept : today(links, human)]));
}

const account = fc.nat({ max: HUMANS * 2 - 1 });
const command = fc.record({
  user: fc.oneof({ weight: 9, arbitrary: account }, { weight: 2, arbitrary: fc.constant(0) }),
  /** Accounts on the way from the holder of the post; empty for one's own right. */
  way: fc.oneof({ weight: 3, arbitrary: fc.constant<number[]>([]) }, { weight: 1, arbitrary: fc.array(account, { maxLength: 3 }) }),
  act: fc.oneof({ weight: 30, arbitrary: fc.constant('approve' as const) }, { weight: 3, arbitrary: fc.constant('submit' as const) }, { weight: 1, arbitrary: fc.constant('withdraw' as const) }, fc.constantFrom(...CASE_ACTS)),
  slot: fc.nat({ max: 5 }),
  /** Amount of a new form; the marks of the parties follow from it. */
  amount: fc.constantFrom(50, 100),
  stale: fc.boolean(),
  works: fc.integer({ min: 0, max: 9 }),
  /** The term of the step ends before the act. */
  overdue: fc.oneof({ weight: 39, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  /** Accounts that are linked before the act. */
  link: fc.oneof({ weight: 199, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.tuple(account, account) }),
});
type Given = typeof command extends fc.Arbitrary<infer T> ? T : never;

/** As the judge names a signer: with the keys of today of everybody on the way, and those that their accounts began with. */
function signerOf(user: number, way: readonly number[], role: string, links: Links = new Map()): Signer {
  const holder = way[0] ?? user;
  const keyOf = (one: number): string => today(links, humanOf(one));
  const keys = [...way, user].map(keyOf);
  const own = [...links.keys()].filter((human) => keys.includes(today(links, human)));
  return {
    userId: `account-${user}`, name: '', personKey: keyOf(user),
    forUserId: `account-${holder}`, forName: '', forPersonKey: keyOf(holder),
    chain: [...new Set([...keys, ...own])], role, division: '990000',
  };
}

function extractOf(amount: number): CaseState['extract'] {
  const parties = ['a', 'b', 'c'].map((slot, index) => ({ slot, division: '990100', zh: slot, mark: index === 0 ? 'same' : `m${amount}` }));
  return { formHash: `f${amount}`, numbers: { amount }, divisions: {}, parties: { parties }, amountFen: amount, period: null, businessKey: 'x' };
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

/** What the end of the term brings by itself. */
function silence(state: CaseState, at: number): CaseEvent | null {
  const timing = { startedAt: 0, spentMs: 0, since: 0, remindAt: [], dueAt: at };
  return (state.status === 'suspended' ? [] : dueEvents(DEFINITION, { ...state, timing }, at))[0] ?? null;
}

function judged(state: CaseState, given: Given, at: number, links: Links): CaseEvent | null {
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
  const signer = signerOf(user, way, 'reviewer', links);
  const office = officeOf(state, payload);
  if (office.kind === 'maker' && signer.forUserId !== MAKER_ACCOUNT) return null;
  const chainStep = office.kind === 'maker' ? null : stepOf(DEFINITION, step);
  const place = office.kind === 'maker' ? null : office.slot.slot;
  if (needsFourEyes(act) && barredBy(DEFINITION, state, chainStep, place, signer)) return null;
  if ((act === 'approve' || act === 'object') && joinedSince(state.signatures, (key) => [today(links, key)])) return null;
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
  expect(duties.every((one) => duties.every((other) => one.duty === other.duty || disjoint(one.by, other.by)))).toBe(true);
  for (const slots of Object.values(after.slots)) {
    const done = slots.filter((each) => each.by);
    expect(done.every((one) => done.every((other) => one === other || !one.by || !other.by || disjoint(one.by, other.by)))).toBe(true);
  }
  expect(after.signatures.slice(0, before.signatures.length)).toEqual(before.signatures);
  expect(after.version).toBe(before.version + 1);
  expect(history.filter((event) => event.type === 'operated' && event.step === EFFECT).length).toBeLessThanOrEqual(1);
  if (after.step === EFFECT && before.step !== EFFECT) expectAllSigned(after);
  expect(after.applied.length + after.undoing.length).toBeLessThanOrEqual(2);
}

/** Whoever turned out to be one person by now: nothing takes effect on two duties of his. */
function expectDifferentPeople({ signatures }: CaseState, links: Links): void {
  const peopleOf = (by: Signer): string[] => [...humansOf(by)].map((human) => today(links, human));
  const duties = signatures.filter((each) => each.different);
  for (const one of duties) for (const other of duties) if (one.duty !== other.duty) expect(peopleOf(one.by).filter((human) => peopleOf(other.by).includes(human))).toEqual([]);
}

function expectAllSigned(state: CaseState): void {
  for (const step of DEFINITION.chain) {
    if (step.kind !== 'sign') continue;
    if (state.skipped.includes(step.key)) expect(state.extract.amountFen).toBeLessThan(100);
    else expect(state.slots[step.key]?.every((slot) => slot.state === 'signed' || slot.state === 'objected' || (slot.state === 'tacit' && step.key === 'confirm'))).toBe(true);
  }
}

test('no human ever does two duties, no opinion is lost, the effect runs once', () => {
  let effective = 0;
  let rounds = 0;
  const seen = new Map<string, number>();
  const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  fc.assert(
    fc.property(fc.array(command, { minLength: 20, maxLength: 250, size: 'max' }), (commands) => {
      let state = first();
      const history: CaseEvent[] = [];
      let links: Links = new Map();
      for (const [at, given] of commands.entries()) {
        if (given.link) links = linked(links, humanOf(given.link[0]), humanOf(given.link[1]));
        const event = work(state, given.works, at) ?? (given.overdue ? silence(state, at) : null) ?? judged(state, given, at, links);
        if (!event) continue;
        history.push(event);
        const next = apply(DEFINITION, state, event);
        check(state, next, history);
        if (next.step === EFFECT && state.step !== EFFECT) expectDifferentPeople(next, links);
        if (event.type === 'tacit') expect(next.signatures).toEqual(state.signatures);
        count(event.type === 'acted' ? (event.by.userId === event.by.forUserId ? event.act : `${event.act} by delegation`) : event.type);
        if (links.size > 0 && event.type === 'acted' && event.act === 'approve') count('approve with links');
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
  // The walk reaches what it is about: every act and happening, cases that take effect, and cases of several rounds.
  expect([...CASE_ACTS, 'approve by delegation', 'tacit', 'escalated', 'undone', 'operationFailed', 'approve with links'].filter((what) => !seen.has(what))).toEqual([]);
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
