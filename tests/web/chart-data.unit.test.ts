import { figureOf, isWhole, type Point } from '../../web/chart-data';

const point = (label: string, value: number, series = ''): Point => ({ label, series, value });

test('bars: summed up by label, the greatest first, what is too many together', () => {
  const points = [...Array.from({ length: 20 }, (_, index) => point(`h${index}`, 100 * (index + 1))), point('h0', 100_000)];
  const { labels, series, unit } = figureOf(points, { shape: 'bar', amounts: true, rest: '其他' });
  expect([labels.length, labels[0], labels[1], labels.at(-1), unit]).toEqual([15, 'h0', 'h19', '其他', 'yuan']);
  // h1 … h6 are together: 2 + 3 + … + 7 yuan.
  expect([series[0]?.values[0], series[0]?.values.at(-1)]).toEqual([1_001, 27]);
});

test('a course over time: in the order of time, a line a series', () => {
  const points = [point('2026-10', 300, '职工'), point('2026-09', 100, '职工'), point('2026-10', 50, '居民'), point('2026-10', 1, '居民')];
  expect(figureOf(points, { shape: 'line', amounts: true, rest: '' })).toEqual({
    labels: ['2026-09', '2026-10'], unit: 'yuan', series: [{ name: '职工', values: [1, 3] }, { name: '居民', values: [0, 0.51] }],
  });
});

test.each([
  ['amounts from 100,000 yuan on are in 万元', true, 10_000_000, 'wan', 10],
  ['smaller ones in yuan', true, 9_999_999, 'yuan', 99_999.99],
  ['a great contra entry too', true, -10_000_000, 'wan', -10],
  ['pieces are pieces', false, 10_000_000, 'count', 10_000_000],
])('%s', (_title, amounts, value, unit, drawn) => {
  const figure = figureOf([point('a', value)], { shape: 'bar', amounts, rest: '' });
  expect([figure.unit, figure.series[0]?.values]).toEqual([unit, [drawn]]);
});

test('shares are of a whole: nothing below zero, and something in all', () => {
  const of = (...values: number[]) => isWhole(figureOf(values.map((value, index) => point(String(index), value)), { shape: 'share', amounts: true, rest: '' }));
  expect([of(1, 2), of(0, 0), of(1, -1), of()]).toEqual([true, false, false, false]);
});
