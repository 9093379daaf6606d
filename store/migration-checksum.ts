import { createHash } from 'node:crypto';
import { type QueryRunner, Table, TableColumn } from 'typeorm';
import type { Dialect } from './connections';
import type { Migration } from './migrations';

/**
 * SHA-256 of what a migration does to an empty database: its tables, columns and keys, in order. It does not depend on how
 * the code is written nor on the version of TypeORM, so it changes only when the schema does.
 */
export async function checksumOf(migration: Migration, dialect: Dialect): Promise<string> {
  const steps: unknown[] = [];
  await migration.up(recorder(dialect, steps));
  return createHash('sha256').update(JSON.stringify(steps)).digest('hex');
}

/** A query runner that performs nothing: it finds nothing standing, and notes each change with its arguments. */
function recorder(dialect: Dialect, steps: unknown[]): QueryRunner {
  const dataSource = { options: { type: dialect === 'mysql' ? 'mysql' : 'better-sqlite3' } };
  const answer = (name: string) => async (...given: unknown[]): Promise<unknown> => {
    if (!/^(has|get)[A-Z]/.test(name)) steps.push([name, ...given.map(wordsOf)]);
    return name === 'query' ? [] : undefined;
  };
  return new Proxy({}, { get: (_target, name) => (name === 'dataSource' ? dataSource : answer(String(name))) }) as QueryRunner;
}

function wordsOf(given: unknown): unknown {
  if (given instanceof TableColumn) return columnWords(given);
  if (!(given instanceof Table)) return given;
  return {
    name: given.name,
    columns: given.columns.map(columnWords),
    uniques: given.uniques.map(({ name, columnNames }) => ({ name, columnNames })),
    indices: given.indices.map(({ name, columnNames }) => ({ name, columnNames })),
  };
}

function columnWords({ name, type, length, isNullable, isPrimary, isGenerated, charset, collation }: TableColumn): object {
  return { name, type, length, isNullable, isPrimary, isGenerated, charset, collation };
}
