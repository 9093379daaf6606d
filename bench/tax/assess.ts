import { workChunk } from '../../activities/batch/chunk';
import { closePhase } from '../../activities/batch/close';
import type { BatchDeps } from '../../activities/batch/kind';
import { look } from '../../activities/batch/look';
import { openBatch } from '../../activities/batch/open';
import { BATCH_KINDS } from '../../activities/batch/registry';
import { ASSESSMENT } from '../../activities/contribution/assessment';
import { isRefusal } from '../../domain/refusal';
import type { Store } from '../../store/open-store';
import { COUNTY, MAKER, PERIOD } from './register';

/** What one run took: ms of the clock and of this process's processor time, and the most memory it ever held, bytes. */
export interface Took {
  readonly rows: number;
  readonly wall: number;
  readonly processor: number;
  readonly memory: number;
}

/** Opens, freezes and works an assessment of all units by the steps of the engine, as many chunks at once as a worker does. */
export async function assessAll(store: Store): Promise<Took> {
  const deps: BatchDeps = { store, now: Date.now };
  const idle = (): void => undefined;
  const [from, used] = [performance.now(), process.cpuUsage()];
  const batch = await store.write((manager) => openBatch(manager, BATCH_KINDS, { kind: ASSESSMENT, division: COUNTY, period: PERIOD, parameters: { variant: 'allUnits' }, makerId: MAKER }, Date.now()));
  if (isRefusal(batch)) throw new Error(batch.message);
  const batchId = batch.id;
  for (let seen = await look(deps, BATCH_KINDS, { batchId }, idle); seen.work; seen = await look(deps, BATCH_KINDS, { batchId }, idle)) {
    const { phase, open, parallel } = seen.work;
    const waiting = [...open];
    const lane = async (): Promise<void> => {
      for (let chunk = waiting.shift(); chunk !== undefined; chunk = waiting.shift()) await workChunk(deps, BATCH_KINDS, { batchId, phase, chunk }, idle);
    };
    await Promise.all(Array.from({ length: parallel }, lane));
    await closePhase(deps, BATCH_KINDS, { batchId, phase });
  }
  const wall = performance.now() - from;
  const { user, system } = process.cpuUsage(used);
  const [row] = await store.read((manager) => manager.query('SELECT COUNT(*) AS n FROM levy WHERE batch_id = ?', [batchId]) as Promise<{ n: unknown }[]>);
  return { rows: Number(row?.n), wall, processor: (user + system) / 1000, memory: process.resourceUsage().maxRSS * 1024 };
}
