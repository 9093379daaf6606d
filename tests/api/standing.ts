import { setTimeout as sleep } from 'node:timers/promises';
import { ENTITIES } from '../../store/entities';
import type { Ground } from '../stack/ground';

/** Rows by the name of their entity. */
export type RowCounts = Readonly<Record<string, number>>;

/** All that a request may have left behind: rows of our tables, open workflows, and the other side's books. */
export interface Standing {
  readonly rows: RowCounts;
  readonly workflows: readonly string[];
  readonly centre: Readonly<Record<string, unknown>>;
}

/** What the centre only logs: that it was asked, and by whom. */
const LOGS = ['messages', 'sessions'];

export async function standingOf(ground: Ground): Promise<Standing> {
  const [rows, workflows, centre] = await Promise.all([rowsOf(ground), openWorkflows(ground), centreOf(ground)]);
  return { rows, workflows, centre };
}

async function rowsOf({ store }: Ground): Promise<RowCounts> {
  return store.read(async (manager) => {
    const counts: [string, number][] = [];
    for (const entity of ENTITIES) counts.push([entity.name, await manager.count(entity)]);
    return Object.fromEntries(counts);
  });
}

async function openWorkflows({ temporal }: Ground): Promise<string[]> {
  const ids: string[] = [];
  for await (const { workflowId } of temporal.workflow.list({ query: "ExecutionStatus = 'Running'" })) ids.push(workflowId);
  return ids.sort();
}

async function centreOf({ stack }: Ground): Promise<Record<string, unknown>> {
  const records = (await (await fetch(`${stack.sandbox.national}/_records`)).json()) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(records).filter(([kind]) => !LOGS.includes(kind)));
}

/** Entities of which there are more or fewer rows now. */
function growth(before: RowCounts, after: RowCounts): RowCounts {
  const changes = Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)] as const);
  return Object.fromEntries(changes.filter(([, change]) => change !== 0));
}

/** Temporal lists what was opened or closed a moment later. */
const LISTED_WITHIN_MS = 5_000;
const QUIET_MS = 400;

/** Expects that nothing was left behind but `leaves`, and nothing at the centre. */
export async function expectStanding(ground: Ground, before: Standing, leaves: RowCounts = {}): Promise<void> {
  const deadline = Date.now() + LISTED_WITHIN_MS;
  for (;;) {
    const now = await standingOf(ground);
    const same = JSON.stringify(now.workflows) === JSON.stringify(before.workflows);
    if (!same && Date.now() < deadline) {
      await sleep(100);
      continue;
    }
    expect(growth(before.rows, now.rows)).toEqual(leaves);
    expect(now.workflows).toEqual(before.workflows);
    expect(now.centre).toEqual(before.centre);
    return;
  }
}

/** Waits until nothing has changed for so long: what was done on purpose has ended, and alarms that were due have come. */
export async function untilQuiet(ground: Ground, quietMs = QUIET_MS): Promise<Standing> {
  for (let last = await standingOf(ground); ; ) {
    await sleep(quietMs);
    const now = await standingOf(ground);
    if (JSON.stringify(now) === JSON.stringify(last)) return now;
    last = now;
  }
}
