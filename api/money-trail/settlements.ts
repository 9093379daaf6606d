import { In, type EntityManager } from 'typeorm';
import { LINE_KINDS, EXCLUSIONS, type LineKind } from '../../domain/clearing/entry';
import { FUNDS, fundName, fundOfNo } from '../../domain/clearing/funds';
import { periodOf, periodText } from '../../domain/clearing/period';
import { lineKeyText } from '../../domain/money-trail/keys';
import { total } from '../../domain/money-trail/sums';
import { add, type Fen, ZERO } from '../../domain/money';
import { fenOf, integerOf } from '../../store/columns';
import { XrClearingItem, XrSettlement, XrSettlementCorrection, XrSettlementFund, type XrClearingBatch } from '../../store/entities';
import { readCursor, writeCursor } from '../cursor';
import { z } from 'zod';
import type { TrailLevel, TrailNode } from './nodes';
import { pageAddress } from './nodes';
import type { TrailRows } from './gather';
import type { Seeds } from './seeds';

/** Pairs of cities whose settlements one trail lists at most; a whole batch is looked into line by line. */
const MOST_PAIRS = 40;
const PLACE = z.tuple([z.number().int(), z.number().int()]);

/** Settlements of one pair of cities, insurance and funds, in a batch that holds them still. */
interface Source {
  readonly batch: XrClearingBatch;
  readonly payingCity: string;
  readonly receivingCity: string;
  readonly insutype: string;
  readonly fundNos: readonly number[];
  readonly kind: LineKind | null;
}

export interface SettlementLevel {
  readonly level: TrailLevel | null;
  /** Sum of what their funds paid, and of the lines that they became; null where they are not listed. */
  readonly sums: { readonly settlements: Fen; readonly lines: Fen } | null;
  readonly note: string | null;
}

/** The settlements behind the flows of a trail: one page, with the sum of all. No person is named. */
export async function settlementLevel(manager: EntityManager, rows: TrailRows, seeds: Seeds, page: { readonly limit: number; readonly cursor?: string | undefined }): Promise<SettlementLevel> {
  if (seeds.settlement) return oneSettlement(manager, rows, seeds.settlement);
  const sources = sourcesOf(rows, seeds.lineKind);
  if (sources.length === 0) return { level: null, sums: null, note: null };
  if (sources.length > MOST_PAIRS) return { level: null, sums: null, note: `结算按清算行查看：涉及 ${sources.length} 组市（州）与险种，请从某一清算行或应付款看起。` };
  let [count, totalFen] = [0, ZERO];
  for (const source of sources) {
    const sum = await sumOf(manager, source);
    [count, totalFen] = [count + sum.count, add(totalFen, sum.fen)];
  }
  const lines = total(rows.flows.flatMap((flow) => flow.lines.filter(({ kind }) => seeds.lineKind === null || kind === seeds.lineKind)), ({ fen }) => fen);
  const { found, nextCursor } = await pageOfSources(manager, sources, page);
  const items = await nodesOf(manager, found, rows);
  return { level: { kind: 'settlement', count, totalFen, items, nextCursor }, sums: { settlements: totalFen, lines }, note: null };
}

function sourcesOf({ batches, flows }: TrailRows, kind: LineKind | null): Source[] {
  const sources = new Map<string, Source & { fundNos: number[] }>();
  for (const { lines, payingCity, receivingCity, insutype, fund } of flows) {
    const batch = batches.find(({ id }) => id === lines[0]?.batchId);
    // A batch that was taken back has given its settlements to the one that came after it.
    if (!batch || !['draft', 'approved', 'generating'].includes(batch.status)) continue;
    const key = [batch.id, payingCity, receivingCity, insutype].join('/');
    const source = sources.get(key) ?? { batch, payingCity, receivingCity, insutype, kind, fundNos: [] };
    source.fundNos.push(FUNDS[fund].no);
    sources.set(key, source);
  }
  return [...sources.values()];
}

function select(manager: EntityManager, { batch, payingCity, receivingCity, insutype, fundNos, kind }: Source) {
  return manager
    .createQueryBuilder(XrSettlement, 's')
    .innerJoin(XrSettlementFund, 'f', 'f.settlementId = s.id AND f.fundNo IN (:...fundNos)', { fundNos })
    .where({ office: batch.office, enteredWindow: periodOf(batch.period), payingCity, receivingCity, insutype, entry: kind === null ? In(Object.keys(LINE_KINDS)) : kind });
}

async function sumOf(manager: EntityManager, source: Source): Promise<{ count: number; fen: Fen }> {
  const row = await select(manager, source).select('COUNT(DISTINCT s.id)', 'n').addSelect('SUM(f.fen)', 'fen').getRawOne<{ n: unknown; fen: unknown }>();
  return { count: integerOf(row?.n ?? 0), fen: fenOf(row?.fen ?? null) };
}

async function pageOfSources(manager: EntityManager, sources: readonly Source[], { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined }) {
  const [first, after] = readCursor(cursor, PLACE) ?? [0, 0];
  const found: { row: XrSettlement; source: number }[] = [];
  for (let index = first; index < sources.length && found.length <= limit; index += 1) {
    const source = sources[index] as Source;
    const ids = await select(manager, source).select('s.id', 'id').distinct(true).andWhere('s.id > :after', { after: index === first ? after : 0 }).orderBy('s.id').limit(limit + 1 - found.length).getRawMany<{ id: unknown }>();
    const rows = ids.length === 0 ? [] : await manager.find(XrSettlement, { where: { id: In(ids.map(({ id }) => integerOf(id))) }, order: { id: 'ASC' } });
    found.push(...rows.map((row) => ({ row, source: index })));
  }
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return { found: shown.map(({ row }) => row), nextCursor: found.length > limit && last ? writeCursor([last.source, last.row.id]) : null };
}

async function oneSettlement(manager: EntityManager, rows: TrailRows, own: XrSettlement): Promise<SettlementLevel> {
  const corrections = await manager.findBy(XrSettlementCorrection, [{ originalId: own.id }, { correctionId: own.id }]);
  const ids = [...new Set([...corrections.flatMap(({ originalId, correctionId }) => [originalId, correctionId]), ...(own.reversalOf === null ? [] : [own.reversalOf])])].filter((id) => id !== own.id);
  const others = ids.length === 0 ? [] : await manager.find(XrSettlement, { where: { id: In(ids) }, order: { id: 'ASC' } });
  const items = await nodesOf(manager, [own, ...others], rows, own.id);
  return { level: { kind: 'settlement', count: items.length, totalFen: total(items.filter(({ undone }) => !undone), ({ amountFen }) => fenOf(amountFen)), items, nextCursor: null }, sums: null, note: null };
}

async function nodesOf(manager: EntityManager, rows: readonly XrSettlement[], trail: TrailRows, here?: number): Promise<TrailNode[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const funds = await manager.findBy(XrSettlementFund, { settlementId: In(ids) });
  const moved = await manager.find(XrClearingItem, { where: { settlementId: In(ids) }, order: { at: 'ASC' } });
  return rows.map((row) => {
    const wanted = trail.flows.filter(({ payingCity, receivingCity, insutype }) => payingCity === row.payingCity && receivingCity === row.receivingCity && insutype === row.insutype);
    const own = funds.filter(({ settlementId, fen }) => settlementId === row.id && fen !== 0);
    // Of a fund that the trail is not about the settlement tells nothing here.
    const parts = own.filter(({ fundNo }) => here !== undefined || wanted.some(({ fund }) => FUNDS[fund].no === fundNo));
    const lines = wanted.flatMap((flow) => flow.lines.filter(({ kind, fund }) => kind === row.entry && parts.some(({ fundNo }) => fundOfNo(fundNo) === fund)));
    const key = `${row.receivingCity}/${row.setl_id}`;
    return {
      kind: 'settlement',
      key,
      title: `结算 ${row.setl_id}`,
      note: [row.setl_time.slice(0, 10), row.fixmedins_code, { ...LINE_KINDS, ...EXCLUSIONS }[row.entry], ...moved.filter(({ settlementId }) => settlementId === row.id).map(movedText)].join(' · '),
      amountFen: add(ZERO, ...parts.map(({ fen }) => fen)),
      state: row.enteredWindow === 0 ? row.entry : row.status,
      stateName: row.enteredWindow === 0 ? '不进入清算' : row.status === 'reversed' ? '已冲正' : `列入 ${periodText(row.enteredWindow)} 清算`,
      undone: row.enteredWindow === 0,
      here: row.id === here,
      at: null,
      href: pageAddress('settlement', key),
      caseNo: null,
      parts: parts.map(({ fundNo, fen }) => ({ name: fundName(fundOfNo(fundNo)), fen })),
      links: lines.map((line) => ({ kind: 'line' as const, key: lineKeyText(line) })),
    };
  });
}

/** What was decided about a settlement that somebody objected to. */
export function movedText({ batchId, state, reason, movedTo }: XrClearingItem): string {
  if (state === 'movedOut') return `${batchId} 移出至 ${movedTo === null ? '下月' : periodText(movedTo)}：${reason}`;
  return state === 'kept' ? `${batchId} 异议未采纳：${reason}` : `${batchId} 有异议：${reason}`;
}
