import { fundOfNo, type FundKey } from '../../domain/clearing/funds';
import type { Period } from '../../domain/clearing/period';
import { add, type Fen, ZERO } from '../../domain/money';
import { fenOf, integerOf } from '../../store/columns';
import type { Transactions } from '../../store/transactions';
import { rangesOf } from './generate/ranges';
import { selectionOf } from './generate/sums';

/** What settlements may be grouped by. */
export const GROUPS = {
  kindOfVisit: ['insutype', 'med_type'],
  disease: ['dise_codg'],
  institution: ['receiving_city', 'fixmedins_code'],
  flow: ['paying_city', 'receiving_city', 'insutype'],
} as const;
export type Grouping = keyof typeof GROUPS;

/** Sums of one group: its key, settlements less reversals, amounts, and what each fund owes. */
export interface GroupSum {
  readonly key: readonly string[];
  readonly settlements: number;
  readonly medfee: Fen;
  readonly cash: Fen;
  /** Within the scope, first-own share, above the limit, wholly own. */
  readonly structure: readonly [Fen, Fen, Fen, Fen];
  readonly funds: ReadonlyMap<FundKey, Fen>;
}

/** Whose settlements count; null: all cities of the office. */
export interface StatisticsScope {
  readonly office: string;
  readonly cities: readonly string[] | null;
}

type Row = Readonly<Record<string, unknown>>;

/** Sums a window's settlements up by group: one range after another, so that no statement is long. A deduction is no visit of its own. */
export async function statisticsOf(store: Transactions, { office, cities }: StatisticsScope, window: Period, grouping: Grouping): Promise<GroupSum[]> {
  const columns = GROUPS[grouping];
  const groups = new Map<string, GroupSum>();
  const within = inCities(cities);
  const names = columns.map((name) => `s.${name}`).join(', ');
  const keyOf = (row: Row): string => JSON.stringify(columns.map((name) => String(row[name] ?? '')));
  for (const range of await store.read((manager) => rangesOf(manager, office, window))) {
    const [visits, funds] = await store.read(async (manager): Promise<[Row[], Row[]]> => {
      const { table, condition, values } = selectionOf(manager, { office, window, range });
      const all = [...values, ...within.values];
      const visitSums =
        `SUM(CASE s.record_type WHEN 'S' THEN 1 WHEN 'R' THEN -1 ELSE 0 END) AS n, SUM(s.medfee_sumamt) AS medfee, SUM(s.psn_cash_pay) AS cash, ` +
        'SUM(s.inscp_scp_amt) AS a, SUM(s.preselfpay_amt) AS b, SUM(s.overlmt_selfpay) AS c, SUM(s.fulamt_ownpay_amt) AS d';
      return [
        await manager.query(`SELECT ${names}, ${visitSums} FROM ${table} WHERE ${condition}${within.condition} GROUP BY ${names}`, all),
        await manager.query(
          `SELECT ${names}, f.fund_no AS fund, SUM(f.fen) AS fen FROM ${table} JOIN xr_settlement_fund f ON f.settlement_id = s.id ` +
            `WHERE ${condition}${within.condition} GROUP BY ${names}, f.fund_no`,
          all,
        ),
      ];
    });
    for (const row of visits) addVisits(groups, keyOf(row), row);
    for (const row of funds) addFund(groups, keyOf(row), row);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

/** Settlements (s) of cities as insured or as care place; of all for null. */
export function inCities(cities: readonly string[] | null): { readonly condition: string; readonly values: readonly string[] } {
  if (cities === null) return { condition: '', values: [] };
  return { condition: ` AND (s.paying_city IN (${marks(cities)}) OR s.receiving_city IN (${marks(cities)}))`, values: [...cities, ...cities] };
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

function groupOf(groups: Map<string, GroupSum>, key: string): GroupSum {
  const empty = { key: JSON.parse(key) as string[], settlements: 0, medfee: ZERO, cash: ZERO, structure: [ZERO, ZERO, ZERO, ZERO] as const, funds: new Map() };
  return groups.get(key) ?? empty;
}

function addVisits(groups: Map<string, GroupSum>, key: string, row: Row): void {
  const group = groupOf(groups, key);
  const [a, b, c, d] = group.structure;
  groups.set(key, {
    ...group,
    settlements: group.settlements + integerOf(row['n']),
    medfee: add(group.medfee, fenOf(row['medfee'])),
    cash: add(group.cash, fenOf(row['cash'])),
    structure: [add(a, fenOf(row['a'])), add(b, fenOf(row['b'])), add(c, fenOf(row['c'])), add(d, fenOf(row['d']))],
  });
}

function addFund(groups: Map<string, GroupSum>, key: string, row: Row): void {
  const group = groupOf(groups, key);
  const fund = fundOfNo(integerOf(row['fund']));
  const funds = new Map(group.funds).set(fund, add(group.funds.get(fund) ?? ZERO, fenOf(row['fen'])));
  groups.set(key, { ...group, funds });
}
