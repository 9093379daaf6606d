import { formatDateTime, parseDateTime } from '../../domain/calendar';
import { MAKER } from '../../domain/office-case/definition';
import { dueEvents, nextMoment } from '../../domain/office-case/moments';
import { apply, openState } from '../../domain/office-case/state';
import { taskChanges } from '../../domain/office-case/tasks';
import { timingAfter } from '../../domain/office-case/timing';
import type { CaseActName, CaseEvent, CaseState, Signer } from '../../domain/office-case/types';
import { why } from '../../domain/office-case/why';
import { KNOWN_YEARS } from '../../domain/working-time';
import { definitionOf, sign } from '../support/office-definitions';

/** The term of a step over a month of silence with the National Day in it, reckoned as the activity does. */
const DEFINITION = definitionOf({
  deadline: { hours: 40, remindAt: [0.5, 0.8], escalateTo: 'approver' },
  chain: [sign({ key: 'recheck', zh: '复核', role: 'rechecker' })],
});
const at = (text: string): number => parseDateTime(`${text}:00`);
const PERSON: Signer = {
  userId: 'u', name: '示例甲', personKey: 'p', forUserId: 'u', forName: '示例甲', forPersonKey: 'p', chain: ['p'], role: 'maker', division: '990000',
};

function recorded(state: CaseState, event: CaseEvent): CaseState {
  const timing = timingAfter(DEFINITION, state, apply(DEFINITION, state, event), event.at);
  return apply(DEFINITION, state, timing === undefined ? event : { ...event, timing });
}

function acted(state: CaseState, act: CaseActName, moment: string): CaseState {
  const step = act === 'submit' || act === 'urge' ? MAKER : 'recheck';
  return recorded(state, { type: 'acted', act, step, slot: step === MAKER ? null : '1', round: state.round, by: PERSON, at: at(moment) });
}

function submitted(moment: string): CaseState {
  const extract = { formHash: 'f', numbers: {}, divisions: {}, parties: {}, amountFen: null, period: null, businessKey: 'x' };
  const opened = { caseNo: 'n', definition: 'test-case', definitionVersion: 1, division: '990000', parentDivision: '990000', rootDivision: '990000', makerId: 'u', extract, openedAt: at(moment) };
  return acted(openState(opened), 'submit', moment);
}

/** Lets time pass until nothing happens by itself any more. */
function silence(from: CaseState): { state: CaseState; told: string[] } {
  const told: string[] = [];
  let state = from;
  for (let moment = nextMoment(state); moment !== null; moment = nextMoment(state)) {
    for (const event of dueEvents(DEFINITION, state, moment)) {
      state = recorded(state, event);
      told.push(`${formatDateTime(moment).slice(0, 16)} ${event.type === 'reminded' ? event.part : event.type}`);
    }
  }
  return { state, told };
}

test('40 hours over the National Day: reminders, escalation, and what the office says', () => {
  const { state, told } = silence(submitted('2026-09-28 10:15'));
  expect(told).toEqual(['2026-09-30 14:15 0.5', '2026-10-09 10:15 0.8', '2026-10-10 10:15 escalated']);
  expect(why(DEFINITION, state, at('2026-10-28 09:00'), { division: () => '省级', role: () => '复核岗' })).toBe(
    '等待复核（已超期）（省级 复核岗）自 2026-09-28 10:15；已提醒 2 次；已于 2026-10-10 10:15 超期；2026-10-10 10:15 已报上级',
  );
});

test('an urge is counted, in the words of the office', () => {
  const state = acted(submitted('2026-03-02 10:15'), 'urge', '2026-03-02 11:00');
  expect(why(DEFINITION, state, at('2026-03-02 11:00'), { division: () => '省级', role: () => '复核岗' })).toBe(
    '等待复核（省级 复核岗）自 2026-03-02 10:15；催办 1 次；期限 2026-03-09 10:15',
  );
});

test('the clock stands still while the case rests', () => {
  const begun = submitted('2026-03-02 09:00');
  expect(formatDateTime(begun.timing?.dueAt ?? 0)).toBe('2026-03-06 17:00:00');
  const resting = acted(begun, 'suspend', '2026-03-03 13:00');
  expect(nextMoment(resting)).toBeNull();
  const again = acted(resting, 'resume', '2026-03-16 09:00');
  // 12 of 40 hours were used up: half of the term is 8 hours away, the end 28.
  expect(again.timing?.remindAt.map(({ part, at: moment }) => [part, formatDateTime(moment)])).toEqual([
    [0.5, '2026-03-16 17:00:00'],
    [0.8, '2026-03-18 13:00:00'],
  ]);
  expect(formatDateTime(again.timing?.dueAt ?? 0)).toBe('2026-03-19 13:00:00');
});

test('a term that reaches into a year whose days off are not known says so, and no other does', () => {
  const year = Math.max(...KNOWN_YEARS);
  const into = submitted(`${year}-12-30 09:00`);
  expect(into.timing).toMatchObject({ unknownYear: year + 1 });
  expect(why(DEFINITION, into, at(`${year}-12-30 09:00`))).toContain(`（跨入 ${year + 1} 年，该年放假安排未录入，只按周末计算）`);
  expect(acted(into, 'suspend', `${year}-12-30 10:00`).timing).not.toHaveProperty('unknownYear');
  const within = submitted(`${year}-03-02 09:00`);
  expect(within.timing).not.toHaveProperty('unknownYear');
  expect(why(DEFINITION, within, at(`${year}-03-02 09:00`))).not.toContain('放假');
});

test('a reminder that went out does not go out again after a rest', () => {
  let state = submitted('2026-03-02 09:00');
  for (const event of dueEvents(DEFINITION, state, at('2026-03-04 13:00'))) state = recorded(state, event);
  state = acted(acted(state, 'suspend', '2026-03-04 14:00'), 'resume', '2026-03-05 09:00');
  expect(state.timing?.remindAt.map(({ part }) => part)).toEqual([0.8]);
});

test('an overdue step makes a task for the people it is escalated to, which ends with the step', () => {
  const { state } = silence(submitted('2026-03-02 09:00'));
  const event: CaseEvent = { type: 'acted', act: 'approve', step: 'recheck', slot: '1', round: 1, by: PERSON, at: at('2026-03-10 09:00') };
  const changes = taskChanges(DEFINITION, state, recorded(state, event), event);
  expect(changes.map(({ slot, role, status, doneBy }) => [slot, role, status, doneBy])).toEqual([
    ['1', 'rechecker', 'done', 'u'],
    ['escalation', 'approver', 'void', null],
  ]);
});
