import type { EntityManager } from 'typeorm';
import type { FundKey } from '../../domain/clearing/funds';
import { agencyAccount } from '../../domain/ledger';
import { negate, type Fen } from '../../domain/money';
import { PrepayPool } from '../../store/entities';
import { insertOnce, lockRow } from '../../store/rows';
import { balance } from '../ledger';

export interface PoolKey {
  readonly city: string;
  readonly fund: FundKey;
}

/**
 * The pool of a city and fund, locked until the transaction ends; made when there is none. Whoever moves money of a pool holds
 * this lock from before the balance is read until the entry is posted, so that no two draws see the same fen.
 * `province` keeps it, `at` in epoch ms.
 */
export async function lockPool(manager: EntityManager, { city, fund }: PoolKey, province: string, at: number): Promise<PrepayPool> {
  const key = { city, fund };
  if (!(await manager.existsBy(PrepayPool, key))) await insertOnce(manager, PrepayPool, { ...key, province, openedAt: at });
  const pool = await lockRow(manager, PrepayPool, key);
  if (!pool) throw new Error(`the pool of ${city} ${fund} is gone`);
  return pool;
}

/** What the province holds for the city by its books; never below zero. */
export async function poolBalance(manager: EntityManager, { city, fund, province }: PoolKey & { readonly province: string }): Promise<Fen> {
  return negate(await balance(manager, { account: agencyAccount('PREPAY', fund, city), institution: province }));
}
