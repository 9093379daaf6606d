import type { EntityManager } from 'typeorm';
import type { PoolKey } from '../../activities/xr-prepayment/pools';
import { agencyAccount } from '../../domain/ledger';
import { fen, negate, ZERO, type Fen } from '../../domain/money';
import { fenOf, integerOf } from '../../store/columns';
import { JournalEntry, JournalLine } from '../../store/entities';

/** An entry of the province's books that moved a pool; `amount` above zero fills it. */
export interface Movement {
  readonly id: number;
  readonly entryKey: string;
  readonly businessDate: string;
  readonly kind: string;
  readonly memo: string;
  readonly amount: Fen;
  readonly postedAt: number;
}

type Pool = PoolKey & { readonly province: string };

/** Entries of a pool, newest first, those before an id. */
export async function movementsOf(manager: EntityManager, pool: Pool, take: number, before: number | null): Promise<Movement[]> {
  const select = linesOf(manager, pool)
    .select(['entry.id AS id', 'entry.entryKey AS entry_key', 'entry.businessDate AS business_date', 'entry.kind AS kind', 'entry.memo AS memo', 'entry.postedAt AS posted_at', 'line.amountFen AS amount'])
    .orderBy('entry.id', 'DESC')
    .limit(take);
  if (before !== null) select.andWhere('entry.id < :before', { before });
  const rows = await select.getRawMany<Record<'id' | 'posted_at' | 'amount', unknown> & Record<'entry_key' | 'business_date' | 'kind' | 'memo', string>>();
  return rows.map((row) => ({
    id: integerOf(row.id),
    entryKey: row.entry_key,
    businessDate: row.business_date,
    kind: row.kind,
    memo: row.memo,
    amount: negate(fenOf(row.amount)),
    postedAt: integerOf(row.posted_at),
  }));
}

/** 预付金余额表 of a month: what it opened with, what came in, was drawn and given back, what is left. Undone entries count with what they undo. */
export interface MonthBalance {
  readonly opening: Fen;
  readonly paidIn: Fen;
  readonly drawn: Fen;
  readonly returned: Fen;
  readonly closing: Fen;
}

const KINDS = { xrReceived: 'paidIn', xrDraw: 'drawn', xrReturn: 'returned' } as const;

export async function monthBalance(manager: EntityManager, pool: Pool, period: string): Promise<MonthBalance> {
  const rows = await linesOf(manager, pool)
    .leftJoin(JournalEntry, 'original', 'original.id = entry.reverses')
    .select(`CASE WHEN entry.businessDate < :first THEN 'opening' ELSE COALESCE(original.kind, entry.kind) END`, 'what')
    .addSelect('SUM(line.amountFen)', 'total')
    .andWhere('entry.businessDate <= :last', { first: `${period}-01`, last: `${period}-31` })
    .groupBy(`CASE WHEN entry.businessDate < :first THEN 'opening' ELSE COALESCE(original.kind, entry.kind) END`)
    .getRawMany<{ what: string; total: unknown }>();
  const sums = { opening: ZERO, paidIn: ZERO, drawn: ZERO, returned: ZERO };
  for (const { what, total } of rows) {
    const name = what === 'opening' ? 'opening' : KINDS[what as keyof typeof KINDS];
    if (name === undefined) throw new Error(`an entry of kind ${what} moved the pool of ${pool.city} ${pool.fund}`);
    sums[name] = fen(sums[name] - fenOf(total));
  }
  return { ...sums, closing: fen(sums.opening + sums.paidIn + sums.drawn + sums.returned) };
}

function linesOf(manager: EntityManager, { city, fund, province }: Pool) {
  return manager
    .createQueryBuilder(JournalLine, 'line')
    .innerJoin(JournalEntry, 'entry', 'entry.id = line.entryId')
    .where('line.account = :account AND entry.institution = :province', { account: agencyAccount('PREPAY', fund, city), province });
}
