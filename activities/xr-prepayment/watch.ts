import { addDays, formatDate, monthOf, monthStart } from '../../domain/calendar';
import type { WatchSteps } from '../../domain/xr-prepayment/steps';
import type { Store } from '../../store/open-store';
import { watchIssues } from '../coordination/issues';
import { watchResiduals } from '../disbursement/month-check';
import { watchTerms } from '../disbursement/terms';
import { tracePayments, watchOverdueOrders } from '../disbursement/traces';
import { lockPool } from './pools';
import { expireTemporary } from './temporary';
import { poolsOf, watchUseRate } from './use-rate';

/** Months back from now whose clearing may still change the use rate. */
const RECENT_MONTHS = 3;

/** The activities of the daily watch. Each pool is a transaction of its own; running them again raises nothing twice. */
export function createWatchActivities({ store, now }: { readonly store: Store; readonly now: () => number }): WatchSteps {
  return {
    watchPools: async () => {
      let [strained, expired] = [0, 0];
      for (const { city, fund, province } of await store.read((manager) => poolsOf(manager, {}))) {
        const { levels, ended } = await store.write(async (manager) => {
          const pool = await lockPool(manager, { city, fund }, province, now());
          const ended = await expireTemporary(manager, pool, now());
          const found = [];
          for (const period of recentMonths(now())) found.push((await watchUseRate(manager, { city, fund, province, period }, now())).level);
          return { levels: found, ended };
        });
        if (levels.some((level) => level !== 'normal')) strained += 1;
        if (ended) expired += 1;
      }
      return { strained, expired };
    },
    watchPayments: () =>
      store.write(async (manager) => ({
        traced: await tracePayments(manager, now()),
        overdueOrders: await watchOverdueOrders(manager, now()),
        residuals: await watchResiduals(manager, now()),
        lateTerms: await watchTerms(manager, now()),
      })),
    watchIssues: () => store.write(async (manager) => ({ lateIssues: await watchIssues(manager, now()) })),
  };
}

/** This month and those before it, newest first. */
function recentMonths(at: number): string[] {
  const months = [monthOf(formatDate(at))];
  while (months.length <= RECENT_MONTHS) months.push(monthOf(addDays(monthStart(`${months.at(-1)}-01`), -1)));
  return months;
}
