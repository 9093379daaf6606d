import { isDeepStrictEqual } from 'node:util';
import type { EntityManager, EntityTarget } from 'typeorm';

/** A row of the read model that is not what its recorded events say. */
export interface Deviation {
  readonly id: string;
  /** Columns that differ. */
  readonly columns: readonly string[];
}

/** Names of the columns of a row that differ from what they should be. */
export function differingColumns(row: object, rebuilt: object): string[] {
  return Object.entries(rebuilt)
    .filter(([name, value]) => !isDeepStrictEqual(plain((row as Record<string, unknown>)[name]), plain(value)))
    .map(([name]) => name);
}

/** Ids of all rows after `after`, in order, so many at once. */
export async function nextIds(manager: EntityManager, entity: EntityTarget<{ id: string }>, after: string, count: number): Promise<string[]> {
  const rows = await manager
    .createQueryBuilder(entity, 'row')
    .select('row.id', 'id')
    .where('row.id > :after', { after })
    .orderBy('row.id')
    .limit(count)
    .getRawMany<{ id: string }>();
  return rows.map(({ id }) => id);
}

/** Members that are undefined are absent once stored; both mean the same. */
function plain(value: unknown): unknown {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);
}
