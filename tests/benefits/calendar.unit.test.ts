import {
  addDays,
  ageOn,
  dateProblem,
  dateTimeProblem,
  daysBetween,
  formatCompact,
  formatDate,
  formatDateTime,
  monthEnd,
  monthStart,
  parseDate,
  parseDateTime,
  yearEnd,
  yearStart,
} from '../../domain/calendar';

test.each`
  value                          | code
  ${'2026-11-22'}                | ${null}
  ${'2024-02-29'}                | ${null}
  ${'2000-02-29'}                | ${null}
  ${'1900-01-01'}                | ${null}
  ${'9999-12-31'}                | ${null}
  ${'2026-02-29'}                | ${'date.notReal'}
  ${'1900-02-29'}                | ${'date.notReal'}
  ${'2026-13-01'}                | ${'date.notReal'}
  ${'2026-00-10'}                | ${'date.notReal'}
  ${'2026-04-31'}                | ${'date.notReal'}
  ${'2026-11-00'}                | ${'date.notReal'}
  ${'20261122'}                  | ${'date.form'}
  ${'2026/11/22'}                | ${'date.form'}
  ${'2026-1-2'}                  | ${'date.form'}
  ${'２０２６-11-22'}            | ${'date.form'}
  ${' 2026-11-22'}               | ${'date.form'}
  ${'2026-11-22\n'}              | ${'date.form'}
  ${'2026-11-22 00:00:00'}       | ${'date.form'}
  ${'202613'}                    | ${'date.form'}
  ${'1763769600000'}             | ${'date.form'}
  ${1763769600000}               | ${'date.type'}
  ${null}                        | ${'date.type'}
  ${'0001-01-01'}                | ${'date.tooEarly'}
  ${'1899-12-31'}                | ${'date.tooEarly'}
`('date $value: $code', ({ value, code }) => {
  expect(dateProblem(value)?.code ?? null).toBe(code);
  if (code !== null && typeof value === 'string') expect(() => parseDate(value)).toThrow(RangeError);
});

test.each`
  value                                    | code
  ${'2026-11-22 08:30:00'}                 | ${null}
  ${'2026-11-22 23:59:59'}                 | ${null}
  ${'2026-11-22 24:00:00'}                 | ${'date.time'}
  ${'2026-11-22 08:60:00'}                 | ${'date.time'}
  ${'2026-11-22 08:30:60'}                 | ${'date.time'}
  ${'2026-02-29 08:30:00'}                 | ${'date.notReal'}
  ${'0001-01-01 00:00:00'}                 | ${'date.tooEarly'}
  ${'2026-11-22 08:30:00.123456'}          | ${'date.form'}
  ${'2026-11-22T08:30:00'}                 | ${'date.form'}
  ${'2026-11-22T08:30:00+08:00'}           | ${'date.form'}
  ${'2026-11-22 08:30:00 America/New_York'} | ${'date.form'}
  ${'2026-11-22 8:30:00'}                  | ${'date.form'}
  ${'2026-11-22'}                          | ${'date.form'}
  ${1763769600}                            | ${'date.type'}
`('date and time $value: $code', ({ value, code }) => {
  expect(dateTimeProblem(value)?.code ?? null).toBe(code);
  if (code !== null && typeof value === 'string') expect(() => parseDateTime(value)).toThrow(RangeError);
});

describe.each(['UTC', 'America/Los_Angeles', 'Asia/Shanghai', 'Pacific/Kiritimati'])('on a host in %s', (zone) => {
  const before = process.env['TZ'];
  beforeAll(() => {
    process.env['TZ'] = zone;
  });
  afterAll(() => {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });

  test.each`
    moment                                | text
    ${Date.UTC(2026, 10, 22, 15, 59, 59)} | ${'2026-11-22 23:59:59'}
    ${Date.UTC(2026, 10, 22, 16, 0, 0)}   | ${'2026-11-23 00:00:00'}
    ${Date.UTC(2026, 11, 31, 16, 0, 0)}   | ${'2027-01-01 00:00:00'}
    ${Date.UTC(2026, 2, 8, 10, 0, 0)}     | ${'2026-03-08 18:00:00'}
    ${0}                                  | ${'1970-01-01 08:00:00'}
  `('$text', ({ moment, text }) => {
    expect(formatDateTime(moment)).toBe(text);
    expect(formatDate(moment)).toBe(text.slice(0, 10));
    expect(formatCompact(moment)).toBe(text.replace(/\D/g, ''));
    expect(parseDateTime(text)).toBe(moment);
    expect(formatDateTime(parseDate(text.slice(0, 10)))).toBe(`${text.slice(0, 10)} 00:00:00`);
  });
});

test.each`
  from            | to              | days
  ${'2026-11-02'} | ${'2026-11-12'} | ${10}
  ${'2026-11-12'} | ${'2026-11-02'} | ${-10}
  ${'2024-02-28'} | ${'2024-03-01'} | ${2}
  ${'2026-12-31'} | ${'2027-01-01'} | ${1}
  ${'2026-01-01'} | ${'2027-02-05'} | ${400}
`('$from to $to: $days days', ({ from, to, days }) => {
  expect(daysBetween(from, to)).toBe(days);
  expect(addDays(from, days)).toBe(to);
});

test.each`
  date            | monthFrom       | monthTo         | yearFrom        | yearTo
  ${'2026-02-14'} | ${'2026-02-01'} | ${'2026-02-28'} | ${'2026-01-01'} | ${'2026-12-31'}
  ${'2024-02-01'} | ${'2024-02-01'} | ${'2024-02-29'} | ${'2024-01-01'} | ${'2024-12-31'}
  ${'2026-11-30'} | ${'2026-11-01'} | ${'2026-11-30'} | ${'2026-01-01'} | ${'2026-12-31'}
  ${'2026-12-31'} | ${'2026-12-01'} | ${'2026-12-31'} | ${'2026-01-01'} | ${'2026-12-31'}
`('month and year of $date', ({ date, monthFrom, monthTo, yearFrom, yearTo }) => {
  expect([monthStart(date), monthEnd(date), yearStart(date), yearEnd(date)]).toEqual([monthFrom, monthTo, yearFrom, yearTo]);
});

test.each`
  birth           | day             | age
  ${'1958-03-12'} | ${'2026-03-11'} | ${67}
  ${'1958-03-12'} | ${'2026-03-12'} | ${68}
  ${'2024-02-29'} | ${'2026-02-28'} | ${1}
  ${'2026-11-22'} | ${'2026-11-22'} | ${0}
`('born $birth, on $day aged $age', ({ birth, day, age }) => {
  expect(ageOn(birth, day)).toBe(age);
});
