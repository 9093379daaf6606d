import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { type EntityManager, MoreThan } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import type { Declaration } from '../../domain/matching/declaration';
import { refusal } from '../../domain/refusal';
import { MatchingChunk, type MatchingInput, MatchingRun } from '../../store/entities';
import type { Transactions } from '../../store/transactions';
import { lockRow } from '../../store/rows';
import { loadCarried } from './carried';
import { compareSides } from './compare';
import { type Engine, openEngine } from './engine';
import { countReadable, digestOfFile, loadFile, loadTable, markOf } from './load';
import { recordFindings, type RecordPlace, recordTotals, resolveGone } from './record';
import type { Source } from './sources';
import { UnreadableInput } from './unreadable';

export interface ReconcileDeps {
  readonly store: Transactions;
  /** Epoch ms. */
  readonly now: () => number;
  /** Folder under which a run spills; one of the data folder. */
  readonly folder: string;
  /** Memory of the set engine, MB; 400 by default. */
  readonly memoryMb?: number;
}

/** Which reconciliation, of which day, over which records. */
export interface ReconcileOrder {
  readonly declaration: Declaration;
  /** Region or institution; the same key in two places is two differences. */
  readonly place: string;
  /** yyyy-MM-dd; ages and expected delays are counted to this day. */
  readonly day: string;
  /** By the key of the side. */
  readonly sources: Readonly<Record<string, Source>>;
}

export interface Progress {
  readonly phase: 'reading' | 'comparing' | 'writing';
  /** Sides read, statements done, or differences written. */
  readonly done: number;
}

export interface Reconciled {
  readonly runId: number;
  readonly version: number;
  /** The same inputs were compared before: this is that answer, and nothing was written. */
  readonly repeated: boolean;
  readonly rows: Readonly<Record<string, number>>;
  readonly groups: number;
  readonly differingGroups: number;
  /** Differences found, and those that vanished since. */
  readonly findings: number;
  readonly vanished: number;
}

type Heartbeat = (progress: Progress) => void;

/**
 * Reconciles a day. Inputs are frozen by their digests: the same ones again give the closed run of before, other ones a new version. Sets
 * are the engine's; what differs is written chunk by chunk under receipts, so a run that was killed, at whatever moment, goes on
 * when it is asked for again and ends the same. Memory is that of the engine and one chunk.
 */
export async function reconcile(deps: ReconcileDeps, order: ReconcileOrder, heartbeat: Heartbeat): Promise<{ result: Reconciled } | Refusal> {
  const missing = order.declaration.sides.find(({ key }) => !order.sources[key]);
  if (missing) return refusal('MATCHING_SIDE_MISSING', `${missing.zh}的数据未到，不能对账。`);
  const engine = await openEngine({ folder: folderOf(deps.folder, order), memoryMb: deps.memoryMb });
  try {
    return { result: await reconcileIn(engine, deps, order, heartbeat) };
  } catch (error) {
    if (error instanceof UnreadableInput) return refusal('MATCHING_INPUT_UNREADABLE', `${error.message}。`);
    if (error instanceof InputChanged) return refusal('MATCHING_INPUT_CHANGED');
    throw error;
  } finally {
    engine.close();
  }
}

class InputChanged extends Error {}

function folderOf(folder: string, { declaration, place, day }: ReconcileOrder): string {
  const name = createHash('sha256').update(`${place}\n${day}`).digest('hex').slice(0, 12);
  return join(folder, `${declaration.key}-${name}-${process.pid}`);
}

async function reconcileIn(engine: Engine, deps: ReconcileDeps, order: ReconcileOrder, heartbeat: Heartbeat): Promise<Reconciled> {
  const { declaration } = order;
  const { store, now } = deps;
  const marks = await marksOf(order);
  const frozen = await freeze(engine, store, order);
  const inputsDigest = digestOfAll(declaration, frozen);
  const standing = await store.read((manager) => closedRunOf(manager, order, inputsDigest));
  if (standing) return shown(standing, true);
  const inputs: MatchingInput[] = [];
  for (const [index, side] of declaration.sides.entries()) {
    const source = order.sources[side.key] as Source;
    if (source.kind !== 'table') await loadFile(engine, declaration, index, source);
    const rows = await countReadable(engine, declaration, index);
    inputs.push({ ...(frozen[index] as Omit<MatchingInput, 'rows'>), rows });
    heartbeat({ phase: 'reading', done: index + 1 });
  }
  if ((await marksOf(order)) !== marks) throw new InputChanged();
  const run = await store.write((manager) => openRun(manager, order, { inputs, inputsDigest, now: now() }));
  await loadCarried(engine, store, declaration, run);
  let steps = 0;
  const compared = await compareSides(engine, declaration, order, () => heartbeat({ phase: 'comparing', done: (steps += 1) }));
  const place: RecordPlace = { run, now: now(), movesLives: await store.read((manager) => isLatest(manager, declaration, run)) };
  const onChunk = (done: number): void => heartbeat({ phase: 'writing', done });
  await recordTotals(store, engine, declaration, place);
  await recordFindings(store, engine, declaration, place, onChunk);
  await resolveGone(store, declaration, place, onChunk);
  return shown(await store.write((manager) => closeRun(manager, run.id, compared, now())), false);
}

/** Sizes and times of all files. */
async function marksOf({ declaration, sources }: ReconcileOrder): Promise<string> {
  const marks = declaration.sides.map(async ({ key }) => {
    const source = sources[key] as Source;
    return source.kind === 'table' ? '' : markOf(source.path);
  });
  return (await Promise.all(marks)).join(' ');
}

/** Digests of all sides; tables are read for it, files are not yet. */
async function freeze(engine: Engine, store: Transactions, { declaration, sources }: ReconcileOrder): Promise<Omit<MatchingInput, 'rows'>[]> {
  const frozen: Omit<MatchingInput, 'rows'>[] = [];
  for (const [index, { key: side }] of declaration.sides.entries()) {
    const source = sources[side] as Source;
    if (source.kind === 'table') frozen.push({ side, name: source.table, digest: await loadTable(engine, store, declaration, index, source), bytes: null });
    else frozen.push({ side, name: basename(source.path), ...(await digestOfFile(source.path)) });
  }
  return frozen;
}

/** Names of files are no part of it: the same bytes under another name are the same input. */
function digestOfAll(declaration: Declaration, frozen: readonly Omit<MatchingInput, 'rows'>[]): string {
  return createHash('sha256').update(JSON.stringify([declaration, frozen.map(({ side, digest }) => [side, digest])])).digest('hex');
}

type Place = Pick<ReconcileOrder, 'declaration' | 'place' | 'day'>;

function latestOf(manager: EntityManager, { declaration, place, day }: Place): Promise<MatchingRun | null> {
  return manager.findOne(MatchingRun, { where: { reconciliation: declaration.key, place, day }, order: { version: 'DESC' } });
}

/** The latest version, when it is closed and had the same inputs. */
async function closedRunOf(manager: EntityManager, order: Place, inputsDigest: string): Promise<MatchingRun | null> {
  const latest = await latestOf(manager, order);
  return latest?.state === 'closed' && latest.inputsDigest === inputsDigest ? latest : null;
}

/** The run that goes on, or the next version. What was left half done with other inputs is abandoned. */
async function openRun(
  manager: EntityManager,
  order: Place,
  { inputs, inputsDigest, now }: { inputs: MatchingInput[]; inputsDigest: string; now: number },
): Promise<MatchingRun> {
  const latest = await latestOf(manager, order);
  if (latest?.state === 'running' && latest.inputsDigest === inputsDigest) return latest;
  if (latest?.state === 'running') await manager.update(MatchingRun, { id: latest.id }, { state: 'abandoned' });
  const { declaration, place, day } = order;
  const version = (latest?.version ?? 0) + 1;
  await manager.insert(MatchingRun, {
    reconciliation: declaration.key, place, day, version, declarationVersion: declaration.version, state: 'running', inputs: { sides: inputs }, inputsDigest,
    groupCount: 0, differingGroups: 0, findings: 0, vanished: 0, replaces: latest?.version ?? null, startedAt: now, closedAt: null,
  });
  return (await latestOf(manager, order)) as MatchingRun;
}

/** Whether this run says what is open now: an older day of everything open says what was. */
async function isLatest(manager: EntityManager, { scope }: Declaration, { reconciliation, place, day }: MatchingRun): Promise<boolean> {
  if (scope === 'day') return true;
  return !(await manager.existsBy(MatchingRun, { reconciliation, place, state: 'closed', day: MoreThan(day) }));
}

async function closeRun(manager: EntityManager, id: number, compared: { groups: number; differingGroups: number }, now: number): Promise<MatchingRun> {
  const run = (await lockRow(manager, MatchingRun, { id })) as MatchingRun;
  if (run.state !== 'running') return run;
  const receipts = await manager.findBy(MatchingChunk, { runId: id });
  const closed = {
    state: 'closed' as const,
    groupCount: compared.groups,
    differingGroups: compared.differingGroups,
    findings: receipts.reduce((sum, { findings }) => sum + findings, 0),
    vanished: receipts.reduce((sum, { vanished }) => sum + vanished, 0),
    closedAt: now,
  };
  await manager.update(MatchingRun, { id }, closed);
  return { ...run, ...closed };
}

function shown(run: MatchingRun, repeated: boolean): Reconciled {
  const { id, version, inputs, groupCount, differingGroups, findings, vanished } = run;
  const rows = Object.fromEntries(inputs.sides.map(({ side, rows: count }) => [side, count]));
  return { runId: id, version, repeated, rows, groups: groupCount, differingGroups, findings, vanished };
}
