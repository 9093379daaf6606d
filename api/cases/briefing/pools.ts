import { In, type EntityManager } from 'typeorm';
import { currentQuota, holdingOf } from '../../../activities/xr-prepayment/quota';
import { fundName, type FundKey } from '../../../domain/clearing/funds';
import { add, type Fen, max, min, subtract, ZERO } from '../../../domain/money';
import { PrepayPool } from '../../../store/entities';
import type { TrailScope } from '../../money-trail/scope';
import type { Briefing } from './view';

/** Pools shown at most. */
const MOST_POOLS = 60;

/** What a case will take from a city's pool of a fund; null where it takes nothing and only concerns it. */
export interface PoolNeed {
  readonly city: string;
  readonly fund: FundKey;
  readonly needed: Fen | null;
}

/** The balances of the pools that a case concerns, as far as the person sees the city. */
export async function poolsOf(manager: EntityManager, { money }: TrailScope, needs: readonly PoolNeed[]): Promise<Briefing['pools']> {
  const sums = new Map<string, PoolNeed>();
  for (const { city, fund, needed } of needs.filter((need) => money.has(need.city))) {
    const before = sums.get(`${city}/${fund}`)?.needed ?? null;
    const sum = before === null ? needed : add(before, needed ?? ZERO);
    sums.set(`${city}/${fund}`, { city, fund, needed: sum });
  }
  const cities = [...new Set([...sums.values()].map(({ city }) => city))];
  const pools = cities.length === 0 ? [] : await manager.find(PrepayPool, { where: { city: In(cities) }, order: { city: 'ASC', fund: 'ASC' } });
  const shown: Briefing['pools'] = [];
  for (const pool of pools.filter(({ city, fund }) => sums.has(`${city}/${fund}`)).slice(0, MOST_POOLS)) {
    const { city, fund } = pool;
    const [quota, { balance, underway }] = [await currentQuota(manager, pool), await holdingOf(manager, pool)];
    const needed = sums.get(`${city}/${fund}`)?.needed ?? null;
    const drawn = needed === null ? null : min(max(needed, ZERO), balance);
    shown.push({
      name: `${money.nameOf(city)} ${fundName(fund)}`, city, fund, balanceFen: balance, quotaFen: quota?.quotaFen ?? null, underwayFen: underway, neededFen: needed,
      leftFen: drawn === null ? null : subtract(balance, drawn), ownFen: needed === null || drawn === null ? null : subtract(needed, drawn), href: `/prepayment/${city}/${fund}`,
    });
  }
  // Whoever disburses wants to know that there is no pool; a province would read a list of what is not there.
  const bare = cities.length === 1 ? [...sums].filter(([key, { needed }]) => needed !== null && !pools.some(({ city, fund }) => key === `${city}/${fund}`)) : [];
  return [...shown, ...bare.map(([, { city, fund, needed }]) => ({
    name: `${money.nameOf(city)} ${fundName(fund)}（没有预付金）`, city, fund, balanceFen: ZERO, quotaFen: null, underwayFen: ZERO, neededFen: needed, leftFen: ZERO, ownFen: needed, href: `/prepayment/${city}/${fund}`,
  }))];
}
