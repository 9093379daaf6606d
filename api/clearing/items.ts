import { In, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { EXCLUSIONS, LINE_KINDS } from '../../domain/clearing/entry';
import { fundName, fundOfNo } from '../../domain/clearing/funds';
import { periodOf, periodText } from '../../domain/clearing/period';
import { XrClearingItem, XrClearingPair, XrSettlement, XrSettlementFund, type XrClearingBatch } from '../../store/entities';
import type { itemsQuery } from '../../schemas/api/clearing';
import { readCursor, writeCursor } from '../cursor';
import { Problem } from '../problem';
import { type ClearingScope, seesFlow } from './scope';

type Asked = z.output<typeof itemsQuery>;

/** Pairs of cities that one page looks into at most. */
const MOST_PAIRS = 500;

/**
 * One page of the settlements of a batch. The index stands by pair of cities, so the page goes from pair to pair and within
 * one by id; what is decided about is listed from the decisions.
 */
export async function itemsPageOf(manager: EntityManager, batch: XrClearingBatch, scope: ClearingScope, asked: Asked): Promise<object> {
  if (asked.institution !== undefined && (asked.city === undefined || asked.side !== 'receivable')) {
    throw new Problem('QUERY_INVALID', { detail: '按机构查询须同时给出 city 与 side=receivable' });
  }
  const { rows, nextCursor } = asked.decided ? await decidedRows(manager, batch, scope, asked) : await enteredRows(manager, batch, scope, asked);
  return { items: await viewItems(manager, batch.id, rows), nextCursor };
}

interface Rows {
  readonly rows: readonly XrSettlement[];
  readonly nextCursor: string | null;
}

/** Settlements that stand in a batch, page by page. */
export async function enteredRows(manager: EntityManager, batch: XrClearingBatch, scope: ClearingScope, asked: Pick<Asked, 'limit'> & Partial<Asked>): Promise<Rows> {
  const { limit, cursor, kind, institution, setlId } = asked;
  const place = readCursor(cursor, z.tuple([z.string(), z.string(), z.number().int()])) ?? ['', '', 0];
  const [paying, receiving, after] = place;
  const pairs = (await pairsOf(manager, batch.id, kind)).filter((pair) => seesFlow(scope, asked, pair));
  const from = `${paying}/${receiving}`;
  const rows: XrSettlement[] = [];
  for (const pair of pairs.filter((each) => keyOf(each) >= from).slice(0, MOST_PAIRS)) {
    const { payingCity, receivingCity } = pair;
    const found = await manager
      .createQueryBuilder(XrSettlement, 's')
      .where({ office: batch.office, enteredWindow: periodOf(batch.period), payingCity, receivingCity })
      .andWhere('s.id > :after', { after: keyOf(pair) === from ? after : 0 })
      .andWhere(kind === undefined ? '1 = 1' : { entry: kind })
      .andWhere(institution === undefined ? '1 = 1' : { fixmedins_code: institution })
      .andWhere(setlId === undefined ? '1 = 1' : { setl_id: setlId })
      .orderBy('s.id')
      .take(limit + 1 - rows.length)
      .getMany();
    rows.push(...found);
    if (rows.length > limit) break;
  }
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, nextCursor: rows.length > limit && last ? writeCursor([last.payingCity, last.receivingCity, last.id]) : null };
}

async function pairsOf(manager: EntityManager, batchId: string, kind: Asked['kind']): Promise<{ payingCity: string; receivingCity: string }[]> {
  const all = await manager.findBy(XrClearingPair, kind === undefined ? { batchId } : { batchId, kind });
  const distinct = new Map(all.map(({ payingCity, receivingCity }) => [`${payingCity}/${receivingCity}`, { payingCity, receivingCity }]));
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
}

function keyOf({ payingCity, receivingCity }: { payingCity: string; receivingCity: string }): string {
  return `${payingCity}/${receivingCity}`;
}

async function decidedRows(manager: EntityManager, batch: XrClearingBatch, scope: ClearingScope, asked: Asked): Promise<Rows> {
  const { limit, cursor, decided, city, side } = asked;
  const [after] = readCursor(cursor, z.tuple([z.number().int()])) ?? [0];
  const cities = city === undefined ? scope.cities : scope.cities === null || scope.cities.includes(city) ? [city] : [];
  const items = await manager
    .createQueryBuilder(XrClearingItem, 'i')
    .where({ batchId: batch.id, state: decided, ...(side === undefined ? {} : { side }), ...(cities === null ? {} : { city: In([...cities]) }) })
    .andWhere('i.settlementId > :after', { after })
    .orderBy('i.settlementId')
    .take(limit + 1)
    .getMany();
  const ids = items.slice(0, limit).map(({ settlementId }) => settlementId);
  const rows = ids.length === 0 ? [] : await manager.findBy(XrSettlement, { id: In(ids) });
  const last = ids.at(-1);
  return { rows: [...rows].sort((a, b) => a.id - b.id), nextCursor: items.length > limit && last !== undefined ? writeCursor([last]) : null };
}

async function viewItems(manager: EntityManager, batchId: string, rows: readonly XrSettlement[]): Promise<object[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [funds, decisions] = [
    await manager.findBy(XrSettlementFund, { settlementId: In(ids) }),
    await manager.findBy(XrClearingItem, { batchId, settlementId: In(ids) }),
  ];
  return rows.map((row) => {
    const decision = decisions.find(({ settlementId }) => settlementId === row.id);
    const parts = funds.filter(({ settlementId }) => settlementId === row.id).map(({ fundNo, fen }) => ({ fund: fundOfNo(fundNo), fundName: fundName(fundOfNo(fundNo)), fen }));
    const {
      setl_id, recordType, payingCity, receivingCity, county, fixmedins_code, insutype, med_type, setl_time, businessDate, reconciledDate, dise_codg,
      medfee_sumamt, psn_cash_pay, status, entry, enteredWindow,
    } = row;
    return {
      setl_id, recordType, payingCity, receivingCity, county, fixmedins_code, insutype, med_type, setl_time, businessDate, reconciledDate, dise_codg,
      medfee_sumamt, psn_cash_pay, status, entry, entryName: { ...LINE_KINDS, ...EXCLUSIONS }[entry],
      window: enteredWindow === 0 ? null : periodText(enteredWindow),
      funds: parts,
      decision: decision ? viewDecision(decision) : null,
    };
  });
}

function viewDecision({ state, city, side, reasonCode, reason, movedTo }: XrClearingItem): object {
  return { state, city, side, reasonCode, reason, movedTo: movedTo === null ? null : periodText(movedTo) };
}
