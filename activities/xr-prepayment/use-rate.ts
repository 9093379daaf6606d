import type { EntityManager } from 'typeorm';
import { fundName } from '../../domain/clearing/funds';
import { add, type Fen } from '../../domain/money';
import { LEVEL_NAMES, useRate, warningsOf, type UseRate } from '../../domain/xr-prepayment/use-rate';
import { prepaymentRules } from '../../schemas/processes/xr-prepayment-rules';
import { fenOf } from '../../store/columns';
import { PaymentOrder, PrepayPool, PrepayWarning, XrPayable } from '../../store/entities';
import { insertOnce } from '../../store/rows';
import { raiseItem } from '../abnormal/items';
import { poolBalance, type PoolKey } from './pools';

/** A pool in a clearing month, yyyy-MM. */
export interface PoolMonth extends PoolKey {
  readonly province: string;
  readonly period: string;
}

/** Use rate of a pool for a month: the month's clearing ÷ what the pool held before the month's orders drew from it. */
export async function useRateOf(manager: EntityManager, month: PoolMonth): Promise<UseRate> {
  const clearing = await clearingOf(manager, month);
  const held = add(await poolBalance(manager, month), await drawnFor(manager, month));
  return useRate(clearing, held, prepaymentRules);
}

/** What a city has to pay by a fund for a month, by approved clearings. */
export async function clearingOf(manager: EntityManager, { city, fund, period }: Omit<PoolMonth, 'province'>): Promise<Fen> {
  const row = await manager
    .createQueryBuilder(XrPayable, 'payable')
    .select('SUM(payable.fen)', 'total')
    .where('payable.payingCity = :city AND payable.fund = :fund AND payable.period = :period AND payable.status = :status', { city, fund, period, status: 'open' })
    .getRawOne<{ total: unknown }>();
  return fenOf(row?.total ?? null);
}

async function drawnFor(manager: EntityManager, { city, fund, period }: PoolMonth): Promise<Fen> {
  const row = await manager
    .createQueryBuilder(PaymentOrder, 'paymentOrder')
    .select('SUM(paymentOrder.drawnFen)', 'total')
    .where('paymentOrder.city = :city AND paymentOrder.fund = :fund AND paymentOrder.period = :period', { city, fund, period })
    .andWhere('paymentOrder.kind = :kind AND paymentOrder.state <> :state', { kind: 'clearing', state: 'void' })
    .getRawOne<{ total: unknown }>();
  return fenOf(row?.total ?? null);
}

/**
 * Raises the warnings that a pool's use rate gives, each level once a month: a row, and an item for the province's people.
 * Called after each draw and by the daily watch; `at` in epoch ms. Returns the rate.
 */
export async function watchUseRate(manager: EntityManager, month: PoolMonth, at: number): Promise<UseRate> {
  const rate = await useRateOf(manager, month);
  for (const level of warningsOf(rate.level)) await warn(manager, month, level, rate, at);
  return rate;
}

async function warn(manager: EntityManager, month: PoolMonth, level: 'yellow' | 'red', { clearing, held, rate }: UseRate, at: number): Promise<void> {
  const { city, fund, period, province } = month;
  const key = { city, fund, period, level };
  if (await manager.existsBy(PrepayWarning, key)) return;
  if (!(await insertOnce(manager, PrepayWarning, { ...key, clearingFen: clearing, heldFen: held, rate, at }))) return;
  await raiseItem(manager, {
    workflowId: `xr-prepayment/${city}/${fund}`,
    code: 'PREPAY_USE_RATE',
    subject: `${period}/${level}`,
    institution: province,
    process: 'xr-prepayment',
    title: `${city} ${fundName(fund)} ${period} 预付金使用率${LEVEL_NAMES[level]}${rate === null ? '（预付金为零）' : `（${rate}）`}`,
    at,
  });
}

/** Pools of a province, or all. */
export function poolsOf(manager: EntityManager, where: { readonly province?: string; readonly city?: string }): Promise<PrepayPool[]> {
  return manager.find(PrepayPool, { where, order: { city: 'ASC', fund: 'ASC' } });
}
