import { missingDays } from '../activities/reconcile/missing';
import { findProfile } from '../schemas/national/load-profiles';
import { integerOf } from '../store/columns';
import { AbnormalItem } from '../store/entities';
import { abnormalItemsOpen, reconciliationsMissing } from './metrics';
import type { ApiParts } from './parts';

/**
 * Sets the metrics that are read from the database when somebody asks for them. The missing days are counted here too, not
 * by the watchdog alone: they are seen even while no worker runs. A database that is away leaves the last values.
 */
export async function readBookMetrics(parts: ApiParts): Promise<void> {
  try {
    await parts.store.read(async (manager) => {
      const rows = await manager
        .createQueryBuilder(AbnormalItem, 'item')
        .select('item.process', 'process')
        .addSelect('item.code', 'code')
        .addSelect('COUNT(*)', 'open')
        .where("item.state = 'open'")
        .groupBy('item.process')
        .addGroupBy('item.code')
        .getRawMany<{ process: string; code: string; open: unknown }>();
      abnormalItemsOpen.reset();
      for (const { process, code, open } of rows) abnormalItemsOpen.set({ process, code }, integerOf(open));
      for (const { fixmedinsCode: institution, profile } of parts.institutions) {
        const { reconcileDeadline } = findProfile(parts.profiles, profile);
        const missing = await missingDays(manager, institution, reconcileDeadline, Date.now());
        reconciliationsMissing.set({ institution }, missing.length);
      }
    });
  } catch (error) {
    parts.logger.warn({ err: error }, '指标未能从数据库更新');
  }
}
