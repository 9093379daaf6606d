import type { EntityManager, EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity';
import { isUniqueViolation } from './errors';

/**
 * Reads one row and keeps others from changing it until the transaction ends. Whoever reads a value in order to write
 * a new one from it uses this, or a single UPDATE: on MySQL a plain read locks nothing.
 */
export function lockRow<E extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<E>,
  where: FindOptionsWhere<E>,
): Promise<E | null> {
  const isMysql = manager.dataSource.options.type === 'mysql';
  return manager.findOne(entity, isMysql ? { where, lock: { mode: 'pessimistic_write' } } : { where });
}

/** Inserts a row unless one with the same unique key stands. True when it was inserted. */
export async function insertOnce<E extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<E>,
  row: QueryDeepPartialEntity<E>,
): Promise<boolean> {
  try {
    await manager.insert(entity, row);
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}
