import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { integerOf } from '../../store/columns';
import type { InboxView } from '../../schemas/api/inbox';
import type { Reader } from '../cases/reader';
import { readCursor, writeCursor } from '../cursor';
import { type Condition, dutiesOf } from './duties';
import { filtersOf, type InboxQuery, searchOf } from './filters';

/** A line of the inbox as a table has it. */
export interface InboxRow {
  readonly caseId: string;
  readonly step: string | null;
  readonly slot: string | null;
  readonly round: number;
  readonly openedAt: number;
  readonly dueAt: number | null;
  readonly doneAt: number | null;
  readonly unread: boolean;
}

export interface InboxRows {
  readonly rows: readonly InboxRow[];
  readonly cursor: string | null;
}

/** How a view is ordered: a moment, then the row's own number, both one way. */
interface Order {
  readonly column: 'opened_at' | 'due_at' | 'done_at' | 'copied_at';
  readonly newestFirst: boolean;
}

const ORDERS: Readonly<Record<InboxView, Order>> = {
  todo: { column: 'opened_at', newestFirst: false },
  delegated: { column: 'opened_at', newestFirst: false },
  overdue: { column: 'due_at', newestFirst: false },
  done: { column: 'done_at', newestFirst: true },
  mine: { column: 'opened_at', newestFirst: true },
  copies: { column: 'copied_at', newestFirst: true },
};

type Place = readonly [at: number, id: string | number];
const PLACE = z.tuple([z.number().int(), z.union([z.number().int(), z.string().max(200)])]);

/** Where a page is read from: the table, its columns once the page is known, and the conditions of which any makes a line. */
interface Source {
  readonly table: string;
  readonly columns: string;
  readonly any: readonly Condition[];
  readonly and: readonly Condition[];
}

const TASK_COLUMNS = 'id, case_id, step, slot, round, opened_at, due_at, done_at, 0 AS unread';
const CASE_COLUMNS = 'id, id AS case_id, step, NULL AS slot, round, opened_at, due_at, ended_at AS done_at, 0 AS unread';
/** Copies with what the filters of the inbox and its lines look at. */
const COPIES =
  '(SELECT c.id, c.case_id, c.user_id, c.copied_at, o.definition, o.division, o.period, o.amount_fen, o.case_no, o.business_key, o.step, o.round, o.due_at, o.ended_at, ' +
  'CASE WHEN r.read_at IS NULL THEN 1 ELSE 0 END AS unread FROM case_copy c JOIN office_case o ON o.id = c.case_id ' +
  'LEFT JOIN case_reading r ON r.case_id = c.case_id AND r.user_id = c.user_id) copies';
const COPY_COLUMNS = 'id, case_id, step, NULL AS slot, round, copied_at AS opened_at, due_at, ended_at AS done_at, unread';

/**
 * One page of a view, in an order that new work does not disturb. Each condition of the caller's duties is read along its
 * own index, no further than a page, and the short lists are merged.
 */
export async function inboxRows(manager: EntityManager, reader: Reader, query: InboxQuery): Promise<InboxRows> {
  const { view = 'todo', limit, cursor } = query;
  const order = ORDERS[view];
  const place = readCursor(cursor, PLACE);
  const source = await sourceOf(manager, reader, view, query);
  const found = source === null ? [] : await placesOf(manager, source, order, place, limit + 1);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const rows = source === null ? [] : await rowsOf(manager, source, shown.map(([, id]) => id));
  return { rows, cursor: found.length > limit && last !== undefined ? writeCursor(last) : null };
}

async function sourceOf(manager: EntityManager, reader: Reader, view: InboxView, query: InboxQuery): Promise<Source | null> {
  const { userId } = reader.user;
  const table = view === 'mine' ? 'office_case' : view === 'copies' ? COPIES : 'case_task';
  const ofCase = table !== 'case_task';
  const filters = filtersOf(query, reader, { division: ofCase ? 'division' : 'case_division' });
  const search = query.q === undefined ? [] : [ofCase ? anywhere(query.q) : await searched(manager, query.q)];
  const and = [...filters, ...search];
  if (view === 'mine') return { table, columns: CASE_COLUMNS, any: [{ sql: 'maker_id = ?', values: [userId] }], and };
  if (view === 'copies') return { table, columns: COPY_COLUMNS, any: [{ sql: 'user_id = ?', values: [userId] }], and };
  if (view === 'done') return { table, columns: TASK_COLUMNS, any: [{ sql: "done_by = ? AND status = 'done'", values: [userId] }], and };
  const overdue = view === 'overdue' ? [{ sql: 'due_at <= ?', values: [reader.at] }] : [];
  const any = dutiesOf(reader, view);
  return any.length === 0 ? null : { table, columns: TASK_COLUMNS, any, and: [...overdue, ...and] };
}

/** Rows that a search may find and that are listed by their numbers; more are found along the way instead. */
const MOST_FOUND = 500;

/** The rows of a number: few are named by their ids, so that a search does not walk through everything else. */
async function searched(manager: EntityManager, q: string): Promise<Condition> {
  const ranges = searchOf(q);
  const ids: (string | number)[] = [];
  for (const { sql, values } of ranges) {
    const rows: { id: unknown }[] = await manager.query(`SELECT id FROM case_task WHERE ${sql} LIMIT ${MOST_FOUND + 1}`, [...values]);
    ids.push(...rows.map(({ id }) => idOf(id)));
  }
  if (ids.length > MOST_FOUND) return anywhere(q);
  const wanted = [...new Set(ids)];
  return wanted.length === 0 ? { sql: '1 = 0', values: [] } : { sql: `id IN (${wanted.map(() => '?').join(', ')})`, values: wanted };
}

/** Along the way: where many rows are found, or few are looked at. */
function anywhere(q: string): Condition {
  const ranges = searchOf(q);
  return { sql: `(${ranges.map(({ sql }) => sql).join(' OR ')})`, values: ranges.flatMap(({ values }) => values) };
}

type Raw = Readonly<Record<string, unknown>>;

/**
 * The places of a page's lines. Nothing but the columns of the index is asked for, so that lines that a filter leaves out are
 * passed over without being read.
 */
async function placesOf(manager: EntityManager, { table, any, and }: Source, order: Order, place: Place | null, limit: number): Promise<readonly Place[]> {
  const { column } = order;
  const after = place === null ? [] : [afterOf(order, place)];
  const by = `ORDER BY ${column} ${order.newestFirst ? 'DESC' : 'ASC'}, id ${order.newestFirst ? 'DESC' : 'ASC'} LIMIT ${limit}`;
  const parts = any.map((one) => {
    const all = [one, ...after, ...and];
    return { sql: `SELECT * FROM (SELECT id, ${column} FROM ${table} WHERE ${all.map(({ sql }) => sql).join(' AND ')} ${by}) part`, values: all.flatMap(({ values }) => values) };
  });
  const sql = parts.length === 1 ? (parts[0]?.sql ?? '') : `${parts.map((part) => part.sql).join(' UNION ')} ${by}`;
  const found: Raw[] = await manager.query(sql, parts.flatMap(({ values }) => values));
  return found.map((raw) => [integerOf(raw[column]), idOf(raw['id'])] as const);
}

/** The lines of these ids, in their order. */
async function rowsOf(manager: EntityManager, { table, columns }: Source, ids: readonly (string | number)[]): Promise<readonly InboxRow[]> {
  if (ids.length === 0) return [];
  const found: Raw[] = await manager.query(`SELECT ${columns} FROM ${table} WHERE id IN (${ids.map(() => '?').join(', ')})`, [...ids]);
  const rows = new Map(found.map((raw) => [idOf(raw['id']), rowOf(raw)]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

function afterOf({ column, newestFirst }: Order, [at, id]: Place): Condition {
  const beyond = newestFirst ? '<' : '>';
  // The first half is what an index can begin at.
  return { sql: `${column} ${beyond}= ? AND (${column} ${beyond} ? OR id ${beyond} ?)`, values: [at, at, id] };
}

function rowOf(raw: Raw): InboxRow {
  return {
    caseId: String(raw['case_id']),
    step: textOf(raw['step']),
    slot: textOf(raw['slot']),
    round: integerOf(raw['round']),
    openedAt: integerOf(raw['opened_at']),
    dueAt: raw['due_at'] === null ? null : integerOf(raw['due_at']),
    doneAt: raw['done_at'] === null ? null : integerOf(raw['done_at']),
    unread: integerOf(raw['unread']) === 1,
  };
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

function idOf(value: unknown): string | number {
  return typeof value === 'string' && !/^\d+$/.test(value) ? value : integerOf(value);
}

/** Counts go no further than this: more is simply many. */
const MOST_COUNTED = 999;

/** How much there is to do, whatever the filters of the page. */
export async function inboxCounts(manager: EntityManager, reader: Reader): Promise<{ todo: number; delegated: number; overdue: number; copies: number }> {
  const count = async (view: 'todo' | 'delegated' | 'overdue'): Promise<number> => {
    let left = MOST_COUNTED;
    for (const { sql, values } of dutiesOf(reader, view)) {
      const late = view === 'overdue' ? { sql: `${sql} AND due_at <= ?`, values: [...values, reader.at] } : { sql, values };
      const [row]: { n: unknown }[] = await manager.query(`SELECT COUNT(*) AS n FROM (SELECT 1 FROM case_task WHERE ${late.sql} LIMIT ${left}) some`, [...late.values]);
      left -= integerOf(row?.n);
      if (left <= 0) return MOST_COUNTED;
    }
    return MOST_COUNTED - left;
  };
  return { todo: await count('todo'), delegated: await count('delegated'), overdue: await count('overdue'), copies: await unreadCopies(manager, reader) };
}

async function unreadCopies(manager: EntityManager, { user }: Reader): Promise<number> {
  const unread =
    'SELECT 1 FROM case_copy c WHERE c.user_id = ? AND NOT EXISTS (SELECT 1 FROM case_reading r WHERE r.case_id = c.case_id AND r.user_id = c.user_id)';
  const [row]: { n: unknown }[] = await manager.query(`SELECT COUNT(*) AS n FROM (${unread} LIMIT ${MOST_COUNTED}) some`, [user.userId]);
  return integerOf(row?.n);
}
