import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { formatDateTime, parseDate, parseDateTime } from '../../domain/calendar';
import { addWorkingTime, isWorkingDay, KNOWN_YEARS, missingYear, unknownYearIn, workingTimeBetween } from '../../domain/working-time';

/** From, working hours, and when they have passed; a working day is 09:00–17:00. */
const TABLE: readonly (readonly [string, number, string, string])[] = [
  ['2026-03-02 10:15', 0, '2026-03-02 10:15', 'nothing to wait for'],
  ['2026-03-02 10:15', 2, '2026-03-02 12:15', 'within the day'],
  ['2026-03-02 16:00', 2, '2026-03-03 10:00', 'over night'],
  ['2026-03-06 16:00', 2, '2026-03-09 10:00', 'over a weekend'],
  ['2026-03-07 11:00', 1, '2026-03-09 10:00', 'begun on a Saturday'],
  ['2026-03-02 08:00', 8, '2026-03-02 17:00', 'a whole day ends at its end'],
  ['2026-03-02 18:00', 1, '2026-03-03 10:00', 'begun after hours'],
  ['2026-09-30 16:00', 2, '2026-10-08 10:00', 'over the National Day, seven days'],
  ['2026-10-09 16:00', 2, '2026-10-10 10:00', 'the Saturday after it is worked'],
  ['2026-09-18 16:00', 2, '2026-09-20 10:00', 'so is the Sunday before it'],
  ['2026-02-13 16:00', 10, '2026-02-24 10:00', 'Spring Festival: the 14th is worked, then nine days off'],
  ['2025-09-26 16:30', 1, '2025-09-28 09:30', '2025: a Sunday worked before the long holiday'],
  ['2025-09-30 16:00', 2, '2025-10-09 10:00', '2025: National Day and Mid-Autumn, eight days'],
  ['2025-12-31 16:00', 2, '2026-01-04 10:00', 'over the year: Sunday the 4th is worked'],
];

const at = (text: string): number => parseDateTime(`${text}:00`);

test.each(TABLE)('%s and %d working hours: %s (%s)', (from, hours, until) => {
  expect(formatDateTime(addWorkingTime(at(from), hours))).toBe(`${until}:00`);
  expect(workingTimeBetween(at(from), at(until))).toBe(hours);
});

test('a term and the time between are each other\'s inverse', () => {
  const moment = fc.integer({ min: at('2025-01-01 00:00'), max: at('2026-12-01 00:00') });
  fc.assert(
    fc.property(moment, fc.integer({ min: 1, max: 400 }), (from, quarters) => {
      const until = addWorkingTime(from, quarters / 4);
      expect(workingTimeBetween(from, until)).toBeCloseTo(quarters / 4, 9);
      expect(isWorkingDay(formatDateTime(until).slice(0, 10))).toBe(true);
    }),
  );
});

test('a term is a number of hours that people can wait', () => {
  for (const hours of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => addWorkingTime(0, hours)).toThrow(RangeError);
});

/** The first year without a file, whatever years there are when the test runs. */
const UNKNOWN = Math.max(...KNOWN_YEARS) + 1;

test('a year without a file goes by the week alone, and a term that reaches into it says so', () => {
  const [before, after] = [at(`${UNKNOWN - 1}-12-30 10:00`), at(`${UNKNOWN}-01-15 10:00`)];
  expect([unknownYearIn(before, after), unknownYearIn(before, before + 3_600_000), unknownYearIn(after, after)]).toEqual([UNKNOWN, null, UNKNOWN]);
  const week = Array.from({ length: 7 }, (_, day) => isWorkingDay(`${UNKNOWN}-10-0${day + 1}`));
  expect(week.filter(Boolean)).toHaveLength(5);
});

/** The day, and whether the next year's or this year's file is missing on it. */
const MISSING: readonly (readonly [string, number | null])[] = [
  [`${UNKNOWN - 1}-11-30 23:59`, null],
  [`${UNKNOWN - 1}-12-01 00:00`, UNKNOWN],
  [`${UNKNOWN}-01-01 00:00`, UNKNOWN],
  [`${UNKNOWN}-07-01 00:00`, UNKNOWN],
  [`${UNKNOWN - 2}-12-31 23:59`, null],
];
test.each(MISSING)('at %s the year that should be known and is not is %s', (moment, year) => expect(missingYear(at(moment))).toBe(year));

test('each file of the calendar fits its year and its week', () => {
  const files = readdirSync('schemas/calendar').filter((file) => file.endsWith('.json'));
  expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(KNOWN_YEARS);
  for (const file of files) {
    const { year, source, daysOff, workdays } = JSON.parse(readFileSync(`schemas/calendar/${file}`, 'utf8')) as { year: number; source: string; daysOff: string[]; workdays: string[] };
    expect(source).toContain(String(year));
    for (const day of [...daysOff, ...workdays]) expect([day.slice(0, 4), formatDateTime(parseDate(day)).slice(0, 10)]).toEqual([String(year), day]);
    for (const day of workdays) expect([0, 6]).toContain(new Date(`${day}T12:00:00Z`).getUTCDay());
    expect(daysOff.filter((day) => workdays.includes(day))).toEqual([]);
    expect(new Set(daysOff).size).toBe(daysOff.length);
  }
});
