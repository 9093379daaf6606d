import fc from 'fast-check';
import { afterOrder, afterPhase, phaseOf, type BatchOrder, type BatchStanding } from '../../domain/batch/state';
import type { BatchState } from '../../domain/batch/types';
import { isRefusal } from '../../domain/refusal';

const ORDERS: readonly BatchOrder[] = ['pause', 'resume', 'cancel', 'confirm', 'undo'];
const STATES: readonly BatchState[] = ['accepted', 'refused', 'working', 'previewed', 'posting', 'done', 'discarding', 'cancelled', 'undoing', 'undone'];

test.each([
  ['work', { confirms: true, posts: false }, 'previewed'],
  ['work', { confirms: false, posts: true }, 'posting'],
  ['work', { confirms: false, posts: false }, 'done'],
  ['post', { confirms: true, posts: true }, 'done'],
  ['discard', { confirms: true, posts: false }, 'cancelled'],
  ['undo', { confirms: true, posts: true }, 'undone'],
] as const)('after %s of %j a batch stands %s', (phase, traits, state) => {
  expect(afterPhase(phase, traits)).toBe(state);
});

test.each(STATES)('%s takes the orders that fit it and no others', (state) => {
  const taken = ORDERS.filter((order) => !isRefusal(afterOrder(order, { state, hold: null }, { confirms: true, posts: true })));
  expect(taken).toEqual({ accepted: ['cancel'], working: ['pause', 'cancel'], previewed: ['cancel', 'confirm'], posting: ['pause'], done: ['undo'], discarding: ['pause'], undoing: ['pause'] }[state as string] ?? []);
});

test('what is held goes on only when it is told to, where it was', () => {
  const held: BatchStanding = { state: 'posting', hold: 'failed' };
  expect(afterOrder('resume', held, { confirms: true, posts: true })).toEqual({ state: 'posting', hold: null });
  expect(afterOrder('pause', held, { confirms: true, posts: true })).toMatchObject({ code: 'BATCH_ORDER_UNFIT' });
});

test('whatever is ordered, a batch has effect only after a confirmation and ends only once', () => {
  const traits = { confirms: true, posts: true };
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...ORDERS), fc.constant('phase' as const)), { maxLength: 40 }), (steps) => {
      let standing: BatchStanding = { state: 'accepted', hold: null };
      let confirmed = false;
      let effect = false;
      for (const step of steps) {
        const before = standing;
        if (step === 'phase') {
          const phase = phaseOf(standing);
          if (standing.state === 'accepted') standing = { state: 'working', hold: null };
          else if (phase && !standing.hold) standing = { state: afterPhase(phase, traits), hold: null };
        } else {
          const next = afterOrder(step, standing, traits);
          if (!isRefusal(next)) standing = next;
          if (step === 'confirm' && !isRefusal(next)) confirmed = true;
        }
        if (standing.state === 'posting' || standing.state === 'done') effect = true;
        expect(effect && !confirmed).toBe(false);
        if (['refused', 'cancelled', 'undone'].includes(before.state)) expect(standing).toEqual(before);
        if (standing.state === 'cancelled') expect(effect).toBe(false);
      }
    }),
    { numRuns: 500 },
  );
});
