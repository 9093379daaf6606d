import type { EntityManager, EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity';
import { insertOnce, lockRow } from './rows';

/**
 * Gapless serial numbers from a counter row. They are taken in the transaction of what is numbered: rolled back together with
 * it, and the row is locked until then.
 */

/** Takes the next serial number; the first is 1. */
export async function takeSerial<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>, key: FindOptionsWhere<E>, column: keyof E & string): Promise<number> {
  const last = await holdCounter(manager, entity, key, column);
  await setCounter(manager, entity, key, column, last + 1);
  return last + 1;
}

/** Locks the counter until the transaction ends and returns the last number taken, 0 before the first. */
export async function holdCounter<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>, key: FindOptionsWhere<E>, column: keyof E & string): Promise<number> {
  // An insert that meets the row would hold it shared, and two of them could not both go on.
  if (!(await manager.existsBy(entity, key))) await insertOnce(manager, entity, { ...key, [column]: 0 } as unknown as QueryDeepPartialEntity<E>);
  const counter = await lockRow(manager, entity, key);
  if (!counter) throw new Error(`the counter ${JSON.stringify(key)} is gone`);
  return counter[column] as number;
}

/** Sets a counter that is held to the last number taken. */
export async function setCounter<E extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<E>, key: FindOptionsWhere<E>, column: keyof E & string, last: number): Promise<void> {
  await manager.update(entity, key, { [column]: last } as unknown as QueryDeepPartialEntity<E>);
}
