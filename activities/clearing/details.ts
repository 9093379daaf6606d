import type { Exclusion, LineKind } from '../../domain/clearing/entry';
import { fundOfNo, type FundKey } from '../../domain/clearing/funds';
import type { Period } from '../../domain/clearing/period';
import type { RecordType } from '../../domain/clearing/record';
import { add, type Fen, ZERO } from '../../domain/money';
import { fenOf, integerOf } from '../../store/columns';
import type { Transactions } from '../../store/transactions';
import { rangesOf } from './generate/ranges';
import { selectionOf } from './generate/sums';
import { inCities, type StatisticsScope } from './statistics';

/** One settlement, reversal or deduction of a window, with what each fund owes; without the person. */
export interface SettlementDetail {
  readonly setlId: string;
  readonly recordType: RecordType;
  readonly businessDate: string;
  readonly payingCity: string;
  readonly receivingCity: string;
  readonly institution: string;
  readonly insutype: string;
  readonly medType: string;
  readonly disease: string;
  readonly entry: LineKind | Exclusion;
  readonly medfee: Fen;
  readonly cash: Fen;
  readonly funds: ReadonlyMap<FundKey, Fen>;
}

type Row = Readonly<Record<string, unknown>>;

/** Settlements that are read at once. */
const AT_ONCE = 2_000;
const COLUMNS =
  's.id AS id, s.setl_id AS setl, s.record_type AS type, s.business_date AS day, s.paying_city AS paying, s.receiving_city AS receiving, s.fixmedins_code AS institution, ' +
  's.insutype AS insutype, s.med_type AS med, s.dise_codg AS disease, s.entry AS entry, s.medfee_sumamt AS medfee, s.psn_cash_pay AS cash';

/** The settlements of a window one after another, in the order in which they came, read as they are asked for. */
export async function* detailsOf(store: Transactions, { office, cities }: StatisticsScope, window: Period): AsyncGenerator<SettlementDetail> {
  const within = inCities(cities);
  for (const range of await store.read((manager) => rangesOf(manager, office, window))) {
    let after = range.fromId - 1;
    for (;;) {
      const { rows, funds } = await store.read(async (manager) => {
        const { table, condition, values } = selectionOf(manager, { office, window, range });
        const found: Row[] = await manager.query(
          `SELECT ${COLUMNS} FROM ${table} WHERE ${condition}${within.condition} AND s.id > ? ORDER BY s.id LIMIT ${AT_ONCE}`,
          [...values, ...within.values, after],
        );
        const ids = found.map(({ id }) => integerOf(id));
        const parts: Row[] =
          ids.length === 0 ? [] : await manager.query(`SELECT settlement_id AS id, fund_no AS fund, fen FROM xr_settlement_fund WHERE settlement_id IN (${ids.map(() => '?').join(', ')})`, ids);
        return { rows: found, funds: fundsById(parts) };
      });
      for (const row of rows) yield detailOf(row, funds.get(integerOf(row['id'])) ?? new Map<FundKey, Fen>());
      if (rows.length < AT_ONCE) break;
      after = integerOf(rows.at(-1)?.['id']);
    }
  }
}

function fundsById(parts: readonly Row[]): Map<number, Map<FundKey, Fen>> {
  const funds = new Map<number, Map<FundKey, Fen>>();
  for (const part of parts) {
    const id = integerOf(part['id']);
    const own = funds.get(id) ?? new Map<FundKey, Fen>();
    const fund = fundOfNo(integerOf(part['fund']));
    funds.set(id, own.set(fund, add(own.get(fund) ?? ZERO, fenOf(part['fen']))));
  }
  return funds;
}

function detailOf(row: Row, funds: ReadonlyMap<FundKey, Fen>): SettlementDetail {
  const text = (name: string): string => String(row[name] ?? '');
  return {
    setlId: text('setl'), recordType: text('type') as RecordType, businessDate: text('day'), payingCity: text('paying'), receivingCity: text('receiving'), institution: text('institution'),
    insutype: text('insutype'), medType: text('med'), disease: text('disease'), entry: text('entry') as LineKind | Exclusion,
    medfee: fenOf(row['medfee']), cash: fenOf(row['cash']), funds,
  };
}
