import { Table, TableColumn, type QueryRunner, type TableColumnOptions } from 'typeorm';
import type { Dialect } from '../connections';

/**
 * The vocabulary of migrations: columns and tables that come out logically alike on SQLite and MySQL. Each step looks
 * first whether it is done already, because MySQL cannot roll DDL back and a migration that broke half-way runs again.
 */

/** A column, said once for both databases. */
export type ColumnOf = (dialect: Dialect) => TableColumnOptions;

export interface Keys {
  /** Columns of the primary key; a generated id is one by itself. */
  readonly primary?: readonly string[];
  readonly unique?: Readonly<Record<string, readonly string[]>>;
  readonly indexes?: Readonly<Record<string, readonly string[]>>;
  /** Rows stand in the order of the primary key on SQLite too, as they always do on MySQL; for narrow rows that are many. */
  readonly clustered?: boolean;
}

/** Case and accents matter in every text, as they do in SQLite. */
const MYSQL_TEXT = { charset: 'utf8mb4', collation: 'utf8mb4_bin' } as const;

export function text(name: string, length: number): ColumnOf {
  return (dialect) => ({ name, type: 'varchar', length: String(length), ...(dialect === 'mysql' ? MYSQL_TEXT : {}) });
}

export function longText(name: string): ColumnOf {
  return (dialect) => ({ name, type: 'text', ...(dialect === 'mysql' ? MYSQL_TEXT : {}) });
}

/** Integers of every meaning: fen, milliseconds, counters, row ids. */
export function integer(name: string): ColumnOf {
  return () => ({ name, type: 'bigint' });
}

export function businessTime(name: string): ColumnOf {
  return text(name, 19);
}

export function decimalText(name: string): ColumnOf {
  return text(name, 32);
}

/** Up to 16 MiB of ciphertext. */
export function encrypted(name: string): ColumnOf {
  return (dialect) => ({ name, type: dialect === 'mysql' ? 'mediumblob' : 'blob' });
}

export function generatedId(): ColumnOf {
  return (dialect) => ({
    name: 'id',
    type: dialect === 'mysql' ? 'bigint' : 'integer',
    isPrimary: true,
    isGenerated: true,
    generationStrategy: 'increment',
  });
}

export function nullable(column: ColumnOf): ColumnOf {
  return (dialect) => ({ ...column(dialect), isNullable: true });
}

export function dialectOf(runner: QueryRunner): Dialect {
  return runner.dataSource.options.type === 'mysql' ? 'mysql' : 'sqlite';
}

/** Creates a table with its keys, unless it stands. */
export async function createTable(runner: QueryRunner, name: string, columns: readonly ColumnOf[], keys: Keys = {}): Promise<void> {
  const dialect = dialectOf(runner);
  const primary = new Set(keys.primary ?? []);
  const table = new Table({
    name,
    engine: dialect === 'mysql' ? 'InnoDB' : undefined,
    ...(keys.clustered && dialect === 'sqlite' ? { withoutRowid: true } : {}),
    columns: columns.map((column) => {
      const options = column(dialect);
      return primary.has(options.name) ? { ...options, isPrimary: true } : options;
    }),
    uniques: Object.entries(keys.unique ?? {}).map(([key, names]) => ({ name: key, columnNames: [...names] })),
    indices: Object.entries(keys.indexes ?? {}).map(([key, names]) => ({ name: key, columnNames: [...names] })),
  });
  await runner.createTable(table, true);
}

/** Adds a column, which must be nullable, unless it stands. */
export async function addColumn(runner: QueryRunner, table: string, column: ColumnOf): Promise<void> {
  const options = column(dialectOf(runner));
  if (await runner.hasColumn(table, options.name)) return;
  await runner.addColumn(table, new TableColumn(options));
}

/** Drops a table with all its rows, if it stands. */
export async function dropTable(runner: QueryRunner, name: string): Promise<void> {
  await runner.dropTable(name, true);
}
