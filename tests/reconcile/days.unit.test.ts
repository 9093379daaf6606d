import { parseDateTime } from '../../domain/calendar';
import { bookingDays, daysFrom, isLate, isOver, minutesOf } from '../../domain/reconciliation/days';

const at = (text: string): number => parseDateTime(`2026-${text}:00`);

test.each([
  // moment          over
  ['11-12 23:59',    false],
  ['11-13 00:00',    false],
  ['11-13 00:09',    false],
  ['11-13 00:10',    true],
  ['11-20 12:00',    true],
])('12 November is over at %s: %s', (moment, over) => {
  expect(isOver('2026-11-12', at(moment))).toBe(over);
});

test.each([
  // sent            first          last
  ['11-12 10:00',    '2026-11-12',  '2026-11-12'],
  ['11-12 23:44',    '2026-11-12',  '2026-11-12'],
  ['11-12 23:45',    '2026-11-12',  '2026-11-13'],
  ['11-13 00:00',    '2026-11-13',  '2026-11-13'],
  ['12-31 23:59',    '2026-12-31',  '2027-01-01'],
])('a message of %s may be booked from %s to %s', (moment, first, last) => {
  expect(bookingDays(at(moment))).toEqual({ first, last });
});

test.each([
  // deadline   moment          late
  ['09:00',     '11-13 08:59',  false],
  ['09:00',     '11-13 09:00',  true],
  ['00:00',     '11-13 00:00',  true],
  ['23:30',     '11-13 23:29',  false],
])('12 November with deadline %s is late at %s: %s', (deadline, moment, late) => {
  expect(isLate('2026-11-12', deadline, at(moment))).toBe(late);
});

test('days and minutes', () => {
  expect(daysFrom('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  expect(daysFrom('2026-03-02', '2026-03-01')).toEqual([]);
  expect([minutesOf('00:00'), minutesOf('02:30'), minutesOf('23:59')]).toEqual([0, 150, 1439]);
});
