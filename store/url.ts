import { resolve } from 'node:path';
import { StoreError } from './errors';

/**
 * The file of `sqlite:<path>`, or undefined for a MySQL address. Throws StoreError `badUrl` for an in-memory database,
 * which could not be read and written over two connections.
 */
export function sqlitePathOf(databaseUrl: string): string | undefined {
  if (!databaseUrl.startsWith('sqlite:')) return undefined;
  const path = databaseUrl.slice('sqlite:'.length);
  if (path === '' || path.includes(':memory:')) throw new StoreError('badUrl', 'the database address must name a file: sqlite:<path>');
  return resolve(path);
}
