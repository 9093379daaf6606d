import type { EntityManager } from 'typeorm';
import { type GroupSum, statisticsOf } from '../../activities/clearing/statistics';
import { FUND_KEYS, fundName } from '../../domain/clearing/funds';
import { cityTotals } from '../../domain/clearing/lines';
import { addMonths, monthsBetween, periodOf, periodText } from '../../domain/clearing/period';
import { add, ZERO } from '../../domain/money';
import { codeTables } from '../../schemas/national/code-tables';
import { XrClearingBatch, XrClearingLine, XrClearingPair } from '../../store/entities';
import type { Transactions } from '../../store/transactions';
import { Problem } from '../problem';
import { type ClearingScope, seesFlow } from './scope';
import type { CsvCell } from './csv';

/** A statistic as columns and rows; amounts in fen under names that end in Fen. */
export interface StatisticTable {
  readonly columns: readonly { readonly name: string; readonly zh: string }[];
  readonly rows: readonly (readonly CsvCell[])[];
}

export interface StatisticAsked {
  readonly period: string;
  readonly to?: string | undefined;
}

type Statistic = (store: Transactions, scope: ClearingScope, asked: StatisticAsked) => Promise<StatisticTable>;

const MOST_MONTHS = 24;
const COUNT = { name: 'settlements', zh: '人次' };
const AMOUNTS = [{ name: 'medfeeFen', zh: '医疗费总额' }, { name: 'cashFen', zh: '个人现金' }];
const FUND_COLUMNS = FUND_KEYS.map((fund) => ({ name: `${fund}Fen`, zh: fundName(fund) }));
const CITY = { name: 'receivingCity', zh: '就医地' };
const INSTITUTION = { name: 'fixmedins_code', zh: '医药机构' };

function nameOf(table: string, code: string): string {
  return codeTables[table]?.values[code] ?? code;
}

function grouped(grouping: Parameters<typeof statisticsOf>[3], columns: StatisticTable['columns'], row: (sum: GroupSum) => readonly CsvCell[]): Statistic {
  return async (store, scope, { period }) => {
    const sums = await Promise.all(scope.offices.map((office) => statisticsOf(store, { office, cities: scope.cities }, periodOf(period), grouping)));
    return { columns, rows: sums.flat().map(row) };
  };
}

function fundCells({ funds }: GroupSum): number[] {
  return FUND_KEYS.map((fund) => funds.get(fund) ?? ZERO);
}

/** 统计分析 by the last part of its address. */
export const STATISTICS: Readonly<Record<string, Statistic>> = {
  /** 就医结算情况统计 */
  settlements: grouped(
    'kindOfVisit',
    [{ name: 'insutype', zh: '险种' }, { name: 'med_type', zh: '医疗类别' }, { name: 'med_typeName', zh: '医疗类别名称' }, COUNT, ...AMOUNTS, ...FUND_COLUMNS],
    (sum) => [sum.key[0] ?? '', sum.key[1] ?? '', nameOf('med_type', sum.key[1] ?? ''), sum.settlements, sum.medfee, sum.cash, ...fundCells(sum)],
  ),
  /** 病种就医情况统计 */
  diseases: grouped('disease', [{ name: 'dise_codg', zh: '病种编码' }, COUNT, ...AMOUNTS, ...FUND_COLUMNS], (sum) => [
    sum.key[0] ?? '', sum.settlements, sum.medfee, sum.cash, ...fundCells(sum),
  ]),
  /** 定点医疗机构统计 */
  institutions: grouped('institution', [CITY, INSTITUTION, COUNT, ...AMOUNTS], (sum) => [...sum.key, sum.settlements, sum.medfee, sum.cash]),
  /** 就医费用按医院统计（基金类别） */
  'hospital-funds': grouped('institution', [CITY, INSTITUTION, COUNT, ...FUND_COLUMNS], (sum) => [...sum.key, sum.settlements, ...fundCells(sum)]),
  /** 就医费用按医院统计（费用结构） */
  'hospital-structure': grouped(
    'institution',
    [
      CITY, INSTITUTION, COUNT, ...AMOUNTS,
      { name: 'inscpFen', zh: '符合政策范围' }, { name: 'preselfpayFen', zh: '先行自付' }, { name: 'overlmtFen', zh: '超限价自费' }, { name: 'ownpayFen', zh: '全自费' },
    ],
    (sum) => [...sum.key, sum.settlements, sum.medfee, sum.cash, ...sum.structure],
  ),
  'by-period': byPeriod,
  'by-city': byCity,
};

/** 就医费用按期统计: one row a month and insurance, from the clearings that stand. */
async function byPeriod(store: Transactions, scope: ClearingScope, { period, to = period }: StatisticAsked): Promise<StatisticTable> {
  const months = monthsBetween(periodOf(period), periodOf(to)) + 1;
  if (months < 1 || months > MOST_MONTHS) throw new Problem('QUERY_INVALID', { detail: `月份须先后有序，至多 ${MOST_MONTHS} 个月` });
  const rows: CsvCell[][] = [];
  for (let month = 0; month < months; month += 1) {
    const text = periodText(addMonths(periodOf(period), month));
    const { lines, pairs } = await store.read((manager) => standing(manager, scope, text));
    for (const insutype of [...new Set(pairs.map((pair) => pair.insutype))].sort()) {
      const own = pairs.filter((pair) => pair.insutype === insutype);
      const funds = FUND_KEYS.map((fund) => add(...lines.filter((line) => line.insutype === insutype && line.fund === fund).map(({ fen }) => fen)));
      rows.push([text, insutype, sumOf(own.map(({ settlements }) => settlements)), add(...own.map(({ medfeeFen }) => medfeeFen)), add(...own.map(({ cashFen }) => cashFen)), ...funds]);
    }
  }
  return { columns: [{ name: 'period', zh: '月份' }, { name: 'insutype', zh: '险种' }, COUNT, ...AMOUNTS, ...FUND_COLUMNS], rows };
}

/** 就医费用按市（州）统计: what each city owes and is owed by each fund. */
async function byCity(store: Transactions, scope: ClearingScope, { period }: StatisticAsked): Promise<StatisticTable> {
  const { lines } = await store.read((manager) => standing(manager, scope, period));
  const rows = cityTotals(lines)
    .filter(({ city }) => scope.cities === null || scope.cities.includes(city))
    .map(({ city, insutype, fund, payable, receivable }) => [city, insutype, fundName(fund), payable, receivable]);
  const columns = [
    { name: 'city', zh: '市（州）' }, { name: 'insutype', zh: '险种' }, { name: 'fund', zh: '基金' }, { name: 'payableFen', zh: '应付' }, { name: 'receivableFen', zh: '应收' },
  ];
  return { columns, rows };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

/** Lines and pairs of the clearings of a month that stand: approved, or under review. */
async function standing(manager: EntityManager, scope: ClearingScope, period: string): Promise<{ lines: XrClearingLine[]; pairs: XrClearingPair[] }> {
  const lines: XrClearingLine[] = [];
  const pairs: XrClearingPair[] = [];
  for (const office of scope.offices) {
    const batches = await manager.findBy(XrClearingBatch, [{ office, period, status: 'approved' }, { office, period, status: 'draft' }]);
    const batch = batches.find(({ status }) => status === 'approved') ?? batches[0];
    if (!batch) continue;
    lines.push(...(await manager.findBy(XrClearingLine, { batchId: batch.id })).filter((line) => seesFlow(scope, {}, line)));
    pairs.push(...(await manager.findBy(XrClearingPair, { batchId: batch.id })).filter((pair) => seesFlow(scope, {}, pair)));
  }
  return { lines, pairs };
}
