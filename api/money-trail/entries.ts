import { Brackets, type EntityManager } from 'typeorm';
import { linesOf } from '../../activities/ledger/lines';
import { accountName, partsOfAgencyAccount, type AgencyAccountName, type LedgerLine } from '../../domain/ledger';
import { bookedBy } from '../../domain/money-trail/keys';
import { add, type Fen, max, ZERO } from '../../domain/money';
import { JournalEntry } from '../../store/entities';
import type { TrailRows } from './gather';
import { inChunks } from './in-chunks';
import { pageAddress, type TrailNode } from './nodes';
import type { TrailScope } from './scope';
import { entryPrefixes } from './seeds';

/** A journal entry of the trail with its lines; `stands` is false where it was mirrored, and of the mirror. */
export interface TrailEntry {
  readonly row: JournalEntry;
  readonly lines: readonly LedgerLine[];
  readonly stands: boolean;
}

/** Ranges of keys in one statement. */
const RANGES = 100;
/** Lines of an entry that its node shows; an entry of a clearing has one for each other city. */
const MOST_LINES = 6;

/** The journal entries that booked a trail, in the books that the person may see; oldest first. */
export async function entriesOf(manager: EntityManager, scope: TrailScope, rows: TrailRows): Promise<TrailEntry[]> {
  const prefixes = entryPrefixes(rows.batches.map(({ id }) => id), rows.orders, rows.payments);
  const found: JournalEntry[] = [];
  for (let from = 0; from < prefixes.length; from += RANGES) found.push(...(await readRanges(manager, prefixes.slice(from, from + RANGES))));
  const seen = found.filter((row) => scope.money.has(row.institution) && concerns(row, rows)).sort((a, b) => a.id - b.id);
  const lines = new Map<number, LedgerLine[]>();
  await inChunks(seen.map(({ id }) => id), async (ids) => {
    for (const [id, own] of await linesOf(manager, ids)) lines.set(id, own);
    return [];
  });
  const mirrored = new Set(seen.flatMap(({ reverses }) => reverses ?? []));
  return seen.map((row) => ({ row, lines: lines.get(row.id) ?? [], stands: row.reverses === null && !mirrored.has(row.id) }));
}

function readRanges(manager: EntityManager, prefixes: readonly string[]): Promise<JournalEntry[]> {
  const ranges = new Brackets((where) => {
    for (const [index, prefix] of prefixes.entries()) {
      // The character behind the slash that ends every prefix.
      where.orWhere(`(e.entryKey >= :from${index} AND e.entryKey < :to${index})`, { [`from${index}`]: prefix, [`to${index}`]: `${prefix.slice(0, -1)}0` });
    }
  });
  return manager.createQueryBuilder(JournalEntry, 'e').where(ranges).getMany();
}

/** An entry of a clearing books a whole fund of an agency: it belongs to the trail where a payable of it does. */
function concerns({ entryKey, institution }: JournalEntry, { payables, batches }: TrailRows): boolean {
  const booked = bookedBy(entryKey);
  if (booked?.of !== 'clearing') return booked !== null;
  const own = payables.filter(({ batchId, fund }) => batchId === booked.batchId && fund === booked.fund);
  return batches.some(({ id }) => id === booked.batchId) && own.some(({ payingCity, receivingCity }) => payingCity === institution || receivingCity === institution);
}

/** Sum of the lines of an account (of a fund and counterparty where given), debit above zero. */
export function bookedOn(entries: readonly TrailEntry[], name: AgencyAccountName, about: { readonly fund?: string; readonly counterparty?: string | null } = {}): Fen {
  return add(ZERO, ...entries.flatMap(({ lines }) => lines).filter(({ account }) => {
    const parts = partsOfAgencyAccount(account);
    return parts?.name === name && (about.fund === undefined || parts.fund === about.fund) && (about.counterparty === undefined || parts.counterparty === about.counterparty);
  }).map(({ amount }) => amount));
}

/** An entry as a node: its amount is what it debits. */
export function entryNode({ row, lines, stands }: TrailEntry, here: string | null, nameOf: (division: string) => string): TrailNode {
  const booked = bookedBy(row.entryKey);
  const of =
    booked?.of === 'clearing' ? { kind: 'batch' as const, key: booked.batchId }
    : booked?.of === 'order' ? { kind: 'order' as const, key: booked.orderNo }
    : booked ? { kind: booked.what === 'received' ? ('receipt' as const) : ('payment' as const), key: booked.paymentNo }
    : null;
  const shown = lines.slice(0, MOST_LINES).map(({ account, amount }) => ({ name: accountText(account, nameOf), fen: amount }));
  return {
    kind: 'entry',
    key: row.entryKey,
    title: row.memo,
    note: `${nameOf(row.institution)}账簿第 ${row.chainNo} 号 · ${row.businessDate}${lines.length > MOST_LINES ? ` · 共 ${lines.length} 行` : ''}`,
    amountFen: add(ZERO, ...lines.map(({ amount }) => max(amount, ZERO))),
    state: row.reverses !== null ? 'contra' : stands ? 'posted' : 'mirrored',
    stateName: row.reverses !== null ? '反向登账' : stands ? '已记账' : '已冲销',
    undone: !stands,
    here: row.entryKey === here,
    at: row.postedAt,
    href: pageAddress('entry', row.entryKey),
    caseNo: null,
    parts: shown,
    links: of === null ? [] : [of],
  };
}

function accountText(account: string, nameOf: (division: string) => string): string {
  return accountName(account).replace(/ (\d{6})$/, (_, code: string) => ` ${nameOf(code)}`);
}
