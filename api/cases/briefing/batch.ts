import { In, Not, type EntityManager } from 'typeorm';
import { compare } from '../../../domain/clearing/comparison';
import { LINE_KINDS, type LineKind } from '../../../domain/clearing/entry';
import { fundName } from '../../../domain/clearing/funds';
import type { ClearingLine } from '../../../domain/clearing/lines';
import { addMonths, periodOf, periodText } from '../../../domain/clearing/period';
import { add, type Fen, ZERO } from '../../../domain/money';
import { total } from '../../../domain/money-trail/sums';
import { XrClearingBatch, XrClearingItem, XrClearingLine, XrSettlement, XrSettlementFund } from '../../../store/entities';
import { enteredRows } from '../../clearing/items';
import { seesFlow } from '../../clearing/scope';
import { pageAddress } from '../../money-trail/nodes';
import { insutypeName } from '../../money-trail/rows';
import type { TrailScope } from '../../money-trail/scope';
import { movedText } from '../../money-trail/settlements';
import type { Briefing } from './view';

type Comparison = NonNullable<Briefing['comparison']>;
type Moved = NonNullable<Briefing['moved']>;

const MOST_ITEMS = 20;
const MOVED_IN: readonly LineKind[] = ['late', 'contra', 'deduction'];

/** The lines of a batch that the person sees. */
export async function linesOfBatch(manager: EntityManager, { clearing }: TrailScope, batchId: string): Promise<XrClearingLine[]> {
  return (await manager.findBy(XrClearingLine, { batchId })).filter((line) => seesFlow(clearing, {}, line));
}

/** What the province clears in all; what a city owes and is owed. */
export function batchAmounts({ clearing: { cities }, money }: TrailScope, lines: readonly ClearingLine[]): { name: string; fen: Fen }[] {
  if (cities === null) return [{ name: '应付合计', fen: total(lines, ({ fen }) => fen) }];
  return cities.flatMap((city) => [
    { name: `${money.nameOf(city)}应付`, fen: total(lines.filter(({ payingCity }) => payingCity === city), ({ fen }) => fen) },
    { name: `${money.nameOf(city)}应收`, fen: total(lines.filter(({ receivingCity }) => receivingCity === city), ({ fen }) => fen) },
  ]);
}

/** Sums beside last month and the same month of last year: the whole by insurance and fund, then city by city and side. */
export async function batchComparison(manager: EntityManager, scope: TrailScope, { office, period }: XrClearingBatch, now: readonly ClearingLine[]): Promise<Comparison> {
  const [lastMonth, lastYear] = [monthOf(period, -1), monthOf(period, -12)];
  const [month, year] = [await approvedLines(manager, scope, office, lastMonth), await approvedLines(manager, scope, office, lastYear)];
  const by = (place: (line: ClearingLine) => string | null, name: (place: string) => string, whole: boolean): Comparison['items'] => {
    const grouped = (lines: readonly ClearingLine[]): ClearingLine[] => lines.flatMap((line) => {
      const payingCity = place(line);
      return payingCity === null ? [] : [{ ...line, payingCity }];
    });
    return compare(grouped(now), month && grouped(month), year && grouped(year)).map(({ payingCity, insutype, fund, ...rest }) => ({ ...rest, whole, name: `${name(payingCity)} ${insutypeName(insutype)} ${fundName(fund)}`.trim() }));
  };
  const { cities } = scope.clearing;
  const items = cities === null
    ? [...by(() => office, () => '全省', true), ...by((line) => line.payingCity, (city) => `${scope.money.nameOf(city)}应付`, false)]
    : [...by(({ payingCity }) => own(cities, payingCity), (city) => `${scope.money.nameOf(city)}应付`, false), ...by(({ receivingCity }) => own(cities, receivingCity), (city) => `${scope.money.nameOf(city)}应收`, false)];
  return { month: period, lastMonth, lastYear, items };
}

export function own(cities: readonly string[], city: string): string | null {
  return cities.includes(city) ? city : null;
}

export function monthOf(period: string, months: number): string {
  return periodText(addMonths(periodOf(period), months));
}

/** Lines of the approved clearing of a month; null where it was not cleared. */
export async function approvedLines(manager: EntityManager, scope: TrailScope, office: string, period: string): Promise<XrClearingLine[] | null> {
  const batch = await manager.findOneBy(XrClearingBatch, { office, period, status: 'approved' });
  return batch && linesOfBatch(manager, scope, batch.id);
}

/** Settlements that came from other months or correct them, and those that were objected to, each with its reason. */
export async function batchMoved(manager: EntityManager, scope: TrailScope, batch: XrClearingBatch): Promise<Moved> {
  return { in: await movedIn(manager, scope, batch), out: await movedOut(manager, scope, batch), href: pageAddress('batch', batch.id) };
}

async function movedIn(manager: EntityManager, scope: TrailScope, batch: XrClearingBatch): Promise<Moved['in']> {
  const lines = (await linesOfBatch(manager, scope, batch.id)).filter(({ kind }) => MOVED_IN.includes(kind));
  const rows: XrSettlement[] = [];
  for (const kind of MOVED_IN.filter((each) => lines.some((line) => line.kind === each))) {
    if (rows.length < MOST_ITEMS) rows.push(...(await enteredRows(manager, batch, scope.clearing, { kind, limit: MOST_ITEMS - rows.length })).rows);
  }
  const ids = rows.map(({ id }) => id);
  const earlier = await manager.findBy(XrClearingItem, { settlementId: In(ids), batchId: Not(batch.id), state: 'movedOut' });
  const originals = await manager.findBy(XrSettlement, { id: In(rows.flatMap(({ reversalOf }) => reversalOf ?? [])) });
  const funds = await manager.findBy(XrSettlementFund, { settlementId: In(ids) });
  const items = rows.map((row) => {
    const moved = earlier.find(({ settlementId }) => settlementId === row.id);
    const of = originals.find(({ id }) => id === row.reversalOf);
    const why = moved ? movedText(moved) : of ? `更正结算 ${of.setl_id}` : `业务日期 ${row.businessDate}，${row.reconciledDate} 对账相符`;
    return itemOf(row, funds, `${LINE_KINDS[row.entry as LineKind]}：${why}`);
  });
  return { count: lines.reduce((sum, { count }) => sum + count, 0), fen: total(lines, ({ fen }) => fen), items };
}

async function movedOut(manager: EntityManager, { clearing }: TrailScope, batch: XrClearingBatch): Promise<Moved['out']> {
  const decided = await manager.find(XrClearingItem, { where: { batchId: batch.id, state: In(['movedOut', 'objected']) }, order: { settlementId: 'ASC' } });
  const rows = decided.length === 0 ? [] : (await manager.findBy(XrSettlement, { id: In(decided.map(({ settlementId }) => settlementId)) })).filter((row) => seesFlow(clearing, {}, row));
  const funds = await manager.findBy(XrSettlementFund, { settlementId: In(rows.map(({ id }) => id)) });
  const items = rows.map((row) => itemOf(row, funds, decided.filter(({ settlementId }) => settlementId === row.id).map(movedText).join('；')));
  return { count: rows.length, fen: add(ZERO, ...funds.map(({ fen }) => fen)), items: items.slice(0, MOST_ITEMS) };
}

function itemOf(row: XrSettlement, funds: readonly XrSettlementFund[], reason: string): Moved['in']['items'][number] {
  const key = `${row.receivingCity}/${row.setl_id}`;
  return { key, title: `结算 ${row.setl_id}`, fen: add(ZERO, ...funds.filter(({ settlementId }) => settlementId === row.id).map(({ fen }) => fen)), reason, href: pageAddress('settlement', key) };
}
