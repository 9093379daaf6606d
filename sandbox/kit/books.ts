import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

export type Db = Database.Database;

/** A counterparty's books: one SQLite file, WAL, full sync, so that kill -9 loses nothing that was answered. */
export interface Books {
  readonly db: Db;
  /** Pins what is committed now; the caller closes it. */
  snapshot(): Db;
  /** Runs `work` in one transaction. `durable` false skips the sync to disk, for messages that changed nothing. */
  write<T>(durable: boolean, work: () => T): T;
  /** Like `write`, nested: an error thrown by `work` undoes only what `work` did. */
  nested<T>(work: () => T): T;
  empty(): void;
  close(): void;
}

const COMMON_TABLES = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS serial (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
`;

/**
 * Opens (and creates where needed) the books in the file `path`. `tables` are the statements that create the counterparty's own,
 * `emptied` those that `empty` empties beside `meta`; a serial number that was given out once is never given out again.
 */
export function openBooks(path: string, tables: string, emptied: readonly string[]): Books {
  mkdirSync(dirname(path), { recursive: true });
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(COMMON_TABLES + tables);
  return {
    db,
    snapshot: () => openSnapshot(path),
    write: (durable, work) => {
      // A later full sync also covers what was written before it without one.
      db.pragma(`synchronous = ${durable ? 'FULL' : 'NORMAL'}`);
      return db.transaction(work).immediate();
    },
    nested: (work) => db.transaction(work)(),
    empty: () => {
      db.pragma('synchronous = FULL');
      db.transaction(() => {
        for (const table of ['meta', ...emptied]) db.prepare(`DELETE FROM ${table}`).run();
      }).immediate();
    },
    close: () => {
      db.close();
    },
  };
}

/** A read transaction that is held open sees the books as they stood when it began. */
function openSnapshot(path: string): Db {
  const view = new Database(path, { readonly: true });
  view.exec('BEGIN');
  view.prepare('SELECT count(*) FROM meta').get();
  return view;
}

const statements = new WeakMap<Db, Map<string, Database.Statement>>();

/** A statement, prepared once a connection. */
export function sql<P extends unknown[] | object = unknown[], R = unknown>(db: Db, text: string): Database.Statement<P extends unknown[] ? P : [P], R> {
  let known = statements.get(db);
  if (!known) statements.set(db, (known = new Map()));
  let statement = known.get(text);
  if (!statement) known.set(text, (statement = db.prepare(text)));
  return statement as unknown as Database.Statement<P extends unknown[] ? P : [P], R>;
}

/** The next number of a series, from 1. Must run inside a transaction. */
export function nextSerial(db: Db, name: string): number {
  const row = sql<[string], { last: number }>(
    db,
    'INSERT INTO serial (name, last) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last',
  ).get(name);
  if (!row) throw new Error(`no serial number for ${name}`);
  return row.last;
}

/** A value that was kept under a name, or undefined. */
export function kept(db: Db, name: string): string | undefined {
  return sql<[string], { value: string }>(db, 'SELECT value FROM meta WHERE name = ?').get(name)?.value;
}

/** Keeps a value under a name. Must run inside a transaction. */
export function keep(db: Db, name: string, value: string): void {
  sql(db, 'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(name, value);
}
