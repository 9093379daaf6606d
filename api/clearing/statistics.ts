import type { EntityManager } from 'typeorm';
import { detailsOf } from '../../activities/clearing/details';
import { inHospitalOf } from '../../activities/clearing/in-hospital';
import { type GroupSum, statisticsOf } from '../../activities/clearing/statistics';
import { EXCLUSIONS, LINE_KINDS } from '../../domain/clearing/entry';
import { FUND_KEYS, type FundKey, fundName } from '../../domain/clearing/funds';
import { cityTotals } from '../../domain/clearing/lines';
import { addMonths, monthsBetween, periodOf, periodText } from '../../domain/clearing/period';
import { cityOf, NATIONAL_OFFICE, provinceOf, RECORD_TYPES } from '../../domain/clearing/record';
import { add, type Fen, ZERO } from '../../domain/money';
import type { Institution } from '../../runtime/institutions';
import { labelOf } from '../../schemas/national/code-tables';
import { XrClearingBatch, XrClearingLine, XrClearingPair } from '../../store/entities';
import type { Transactions } from '../../store/transactions';
import { Problem } from '../problem';
import type { ColumnType, Table, TableCell, TableColumn } from '../tables/table';
import { type ClearingScope, seesFlow } from './scope';

export interface StatisticAsked {
  readonly period: string;
  readonly to?: string | undefined;
}

/** What a statistic is made from: the books, whose rows are seen, and the institutions that this installation serves. */
export interface StatisticSources {
  readonly store: Transactions;
  readonly scope: ClearingScope;
  readonly institutions: readonly Pick<Institution, 'fixmedinsCode' | 'name' | 'admdvs'>[];
}

export interface Statistic {
  readonly zh: string;
  make(sources: StatisticSources, asked: StatisticAsked): Promise<Table>;
}

const MOST_MONTHS = 24;

function column(name: string, zh: string, type: ColumnType = 'text'): TableColumn {
  return { name, zh, type };
}

const COUNT = column('settlements', '人次', 'count');
const AMOUNTS = [column('medfeeFen', '医疗费总额', 'fen'), column('cashFen', '个人现金', 'fen')];
const FUND_COLUMNS = FUND_KEYS.map((fund) => column(`${fund}Fen`, fundName(fund), 'fen'));
const CARE_CITY = column('receivingCity', '就医地', 'division');
const INSURED_CITY = column('payingCity', '参保地', 'division');
const INSTITUTION = column('fixmedins_code', '医药机构');
const INSUTYPE = column('insutype', '险种', 'insutype');
const MED_TYPE = [column('med_type', '医疗类别'), column('med_typeName', '医疗类别名称')];
const DISEASE = column('dise_codg', '病种编码');

function grouped(zh: string, grouping: Parameters<typeof statisticsOf>[3], columns: readonly TableColumn[], row: (sum: GroupSum) => readonly TableCell[]): Statistic {
  return {
    zh,
    make: async ({ store, scope }, { period }) => {
      const sums = await Promise.all(scope.offices.map((office) => statisticsOf(store, { office, cities: scope.cities }, periodOf(period), grouping)));
      return { columns, rows: sums.flat().map(row) };
    },
  };
}

function fundCells({ funds }: { readonly funds: ReadonlyMap<FundKey, Fen> }): number[] {
  return FUND_KEYS.map((fund) => funds.get(fund) ?? ZERO);
}

/** 统计分析 by the last part of its address. */
export const STATISTICS: Readonly<Record<string, Statistic>> = {
  settlements: grouped('就医结算情况统计', 'kindOfVisit', [INSUTYPE, ...MED_TYPE, COUNT, ...AMOUNTS, ...FUND_COLUMNS], (sum) => [
    sum.key[0] ?? '', sum.key[1] ?? '', labelOf('med_type', sum.key[1] ?? ''), sum.settlements, sum.medfee, sum.cash, ...fundCells(sum),
  ]),
  diseases: grouped('病种就医情况统计', 'disease', [DISEASE, COUNT, ...AMOUNTS, ...FUND_COLUMNS], (sum) => [
    sum.key[0] ?? '', sum.settlements, sum.medfee, sum.cash, ...fundCells(sum),
  ]),
  institutions: grouped('定点医疗机构统计', 'institution', [CARE_CITY, INSTITUTION, COUNT, ...AMOUNTS], (sum) => [...sum.key, sum.settlements, sum.medfee, sum.cash]),
  'hospital-funds': grouped('就医费用按医院统计（基金类别）', 'institution', [CARE_CITY, INSTITUTION, COUNT, ...FUND_COLUMNS], (sum) => [...sum.key, sum.settlements, ...fundCells(sum)]),
  'hospital-structure': grouped(
    '就医费用按医院统计（费用结构）',
    'institution',
    [CARE_CITY, INSTITUTION, COUNT, ...AMOUNTS, column('inscpFen', '符合政策范围', 'fen'), column('preselfpayFen', '先行自付', 'fen'), column('overlmtFen', '超限价自费', 'fen'), column('ownpayFen', '全自费', 'fen')],
    (sum) => [...sum.key, sum.settlements, sum.medfee, sum.cash, ...sum.structure],
  ),
  'by-period': { zh: '就医费用按期统计', make: byPeriod },
  'by-city': { zh: '就医费用按市（州）统计', make: byCity },
  'cross-province': { zh: '跨省就医情况统计', make: crossProvince },
  details: { zh: '就医费用明细统计', make: details },
  'in-hospital': { zh: '在院信息统计', make: inHospital },
};

/** One row a month and insurance, from the clearings that stand. */
async function byPeriod({ store, scope }: StatisticSources, { period, to = period }: StatisticAsked): Promise<Table> {
  const months = monthsBetween(periodOf(period), periodOf(to)) + 1;
  if (months < 1 || months > MOST_MONTHS) throw new Problem('QUERY_INVALID', { detail: `月份须先后有序，至多 ${MOST_MONTHS} 个月` });
  const rows: TableCell[][] = [];
  for (let month = 0; month < months; month += 1) {
    const text = periodText(addMonths(periodOf(period), month));
    const { lines, pairs } = await store.read((manager) => standing(manager, scope, text));
    for (const insutype of [...new Set(pairs.map((pair) => pair.insutype))].sort()) {
      const own = pairs.filter((pair) => pair.insutype === insutype);
      const funds = FUND_KEYS.map((fund) => add(...lines.filter((line) => line.insutype === insutype && line.fund === fund).map(({ fen }) => fen)));
      rows.push([text, insutype, sumOf(own.map(({ settlements }) => settlements)), add(...own.map(({ medfeeFen }) => medfeeFen)), add(...own.map(({ cashFen }) => cashFen)), ...funds]);
    }
  }
  return { columns: [column('period', '月份'), INSUTYPE, COUNT, ...AMOUNTS, ...FUND_COLUMNS], rows };
}

/** What each city owes and is owed by each fund. */
async function byCity({ store, scope }: StatisticSources, { period }: StatisticAsked): Promise<Table> {
  const { lines } = await store.read((manager) => standing(manager, scope, period));
  const rows = cityTotals(lines)
    .filter(({ city }) => scope.cities === null || scope.cities.includes(city))
    .map(({ city, insutype, fund, payable, receivable }) => [city, insutype, fundName(fund), payable, receivable]);
  return { columns: [column('city', '市（州）', 'division'), INSUTYPE, column('fund', '基金'), column('payableFen', '应付', 'fen'), column('receivableFen', '应收', 'fen')], rows };
}

/** What each city owes and is owed across the province's border: settlements of a month, which the national office clears. */
async function crossProvince({ store, scope }: StatisticSources, { period }: StatisticAsked): Promise<Table> {
  const own = (city: string): boolean => scope.offices.includes(provinceOf(city)) && (scope.cities === null || scope.cities.includes(city));
  const sums = await statisticsOf(store, { office: NATIONAL_OFFICE, cities: scope.cities }, periodOf(period), 'flow');
  const rows = (['insured', 'care'] as const).flatMap((side) =>
    sums.flatMap((sum) => {
      const [payingCity = '', receivingCity = '', insutype = ''] = sum.key;
      const [city, other] = side === 'insured' ? [payingCity, receivingCity] : [receivingCity, payingCity];
      return own(city) ? [[CROSS_SIDES[side], city, other, insutype, sum.settlements, sum.medfee, sum.cash, ...fundCells(sum)]] : [];
    }),
  );
  const columns = [column('side', '作为'), column('city', '市（州）', 'division'), column('otherCity', '对方', 'division'), INSUTYPE, COUNT, ...AMOUNTS, ...FUND_COLUMNS];
  return { columns, rows };
}

const CROSS_SIDES = { insured: '参保地', care: '就医地' } as const;

/** Every settlement of the window, without persons; read while it is written out. */
function details({ store, scope }: StatisticSources, { period }: StatisticAsked): Promise<Table> {
  const columns = [
    column('businessDate', '业务日期', 'date'), INSURED_CITY, CARE_CITY, INSTITUTION, column('setl_id', '结算号'), column('recordTypeName', '记录'), column('entryName', '类别'),
    INSUTYPE, ...MED_TYPE, DISEASE, ...AMOUNTS, ...FUND_COLUMNS,
  ];
  async function* rows(): AsyncGenerator<readonly TableCell[]> {
    for (const office of scope.offices) {
      for await (const each of detailsOf(store, { office, cities: scope.cities }, periodOf(period))) {
        yield [
          each.businessDate, each.payingCity, each.receivingCity, each.institution, each.setlId, RECORD_TYPES[each.recordType], { ...LINE_KINDS, ...EXCLUSIONS }[each.entry],
          each.insutype, each.medType, labelOf('med_type', each.medType), each.disease, each.medfee, each.cash, ...fundCells(each),
        ];
      }
    }
  }
  return Promise.resolve({ columns, rows: rows() });
}

/** Who of another city is in the hospitals of this installation, by hospital and insured city. */
async function inHospital({ store, scope, institutions }: StatisticSources, { period }: StatisticAsked): Promise<Table> {
  const places = institutions.filter(({ admdvs }) => scope.offices.includes(provinceOf(admdvs)));
  const names = new Map(places.map(({ fixmedinsCode, name }) => [fixmedinsCode, name]));
  const found = await inHospitalOf(store, places, periodOf(period));
  const columns = [
    CARE_CITY, INSTITUTION, column('institutionName', '机构名称'), INSURED_CITY, INSUTYPE, column('opening', '期初在院', 'count'), column('admitted', '本期入院', 'count'),
    column('discharged', '本期出院', 'count'), column('inHospital', '期末在院', 'count'), column('inHospitalFen', '期末在院累计费用', 'fen'),
  ];
  const rows = found
    .filter(({ careCity, insuredCity }) => seesFlow(scope, {}, { payingCity: insuredCity, receivingCity: careCity }))
    .map((each) => [
      each.careCity, each.institution, names.get(each.institution) ?? '', each.insuredCity, each.insutype, each.opening, each.admitted, each.discharged, each.closing, each.medfee,
    ]);
  return { columns, rows };
}

/** A scope narrowed to one city. Throws Problem DIVISION_OUT_OF_SCOPE for a city that is not the person's. */
export function narrowed(scope: ClearingScope, city: string | undefined): ClearingScope {
  if (city === undefined) return scope;
  const seen = scope.cities === null ? scope.offices.includes(provinceOf(city)) : scope.cities.includes(cityOf(city));
  if (!seen) throw new Problem('DIVISION_OUT_OF_SCOPE');
  return { ...scope, cities: [cityOf(city)] };
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
