import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { DEFAULT_MEMORY_MB, type Engine, engineInteger, openEngine } from '../activities/matching/engine';
import { reconcile, type Reconciled, type ReconcileOrder } from '../activities/matching/reconcile';
import { ratio, row } from '../bench/figures';
import { plainFile, plainJoin, writeFiles } from '../bench/matching/files';
import { openKeyRing } from '../runtime/keys';
import { loadDeclarations } from '../schemas/matching/load-declarations';
import { openStore, type Store } from '../store/open-store';

const USAGE = `npm run bench:matching -- [--rows N] [--memory MB] [--database mysql://…] [--rounds N] [--seed N] [--folder F]
  --rows N        rows of each side, 1,000,000 by default
  --memory MB     memory of the set engine, on both sides of the comparison; ${DEFAULT_MEMORY_MB} by default
  --database URL  an empty MySQL or MariaDB database; SQLite in a temporary folder by default
  --rounds N      how often all is measured, 1 by default
  --seed N        which rows are corrupted, 1 by default
  --folder F      where a temporary folder is made; that of the system by default`;

const NOW = Date.UTC(2026, 9, 12);
const DAY = '2026-10-12';

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { rows: text, memory: text, database: text, rounds: text, seed: text, folder: text, help: { type: 'boolean' } } });
  if (values.help) return console.log(USAGE);
  const folder = fs.mkdtempSync(path.join(values.folder ?? os.tmpdir(), 'anjie-bench-matching-'));
  const memoryMb = Number(values.memory ?? DEFAULT_MEMORY_MB);
  const keyRing = openKeyRing(path.join(folder, 'key-ring.json'), { create: true });
  const store = await openStore({ databaseUrl: values.database ?? `sqlite:${path.join(folder, 'anjie.db')}`, keyRing });
  try {
    await store.migrate();
    const rows = Number(values.rows ?? 1_000_000);
    const maker = await openEngine({ folder: path.join(folder, 'maker'), memoryMb });
    const sources = await writeFiles(maker, folder, rows, Number(values.seed ?? 1)).finally(() => maker.close());
    console.log(`${rows} rows a side written; ${store.dialect}; ${memoryMb} MB for the engine; ${os.cpus().length} cores`);
    console.log(row('', ['ours, s', 'files, s', 'ratio', 'loaded, s', 'ratio', 'differ']));
    for (let round = 1; round <= Number(values.rounds ?? 1); round += 1) await measure({ store, folder, memoryMb }, round, sources);
  } finally {
    await store.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What some work took, ms: on the clock, and of processor time, which a machine that does other things besides distorts less. */
interface Took {
  readonly wall: number;
  readonly processor: number;
}

async function took(work: () => Promise<unknown>): Promise<Took> {
  const [from, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return { wall: performance.now() - from, processor: (user + system) / 1000 };
}

async function measure({ store, folder, memoryMb }: { store: Store; folder: string; memoryMb: number }, round: number, sources: ReconcileOrder['sources']): Promise<void> {
  const declaration = loadDeclarations().get('tax-bureau-tax');
  if (!declaration) throw new Error('tax-bureau-tax is not shipped');
  let done: Reconciled | undefined;
  let peak = 0;
  let phase = '';
  const phases = new Map<string, number>();
  const from = performance.now();
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
  const ours = await took(async () => {
    const outcome = await reconcile({ store, now: () => NOW, folder, memoryMb }, { declaration, place: `99010${round}`, day: DAY, sources }, (progress) => {
      if (progress.phase !== phase) phases.set((phase = progress.phase), performance.now() - from);
    });
    if ('code' in outcome) throw new Error(outcome.message);
    done = outcome.result;
  });
  clearInterval(watch);
  const engine = await openEngine({ folder: path.join(folder, 'plain'), memoryMb });
  const plain = await plainTimes(engine, sources).finally(() => engine.close());
  if (done?.findings !== plain.keys) throw new Error(`${done?.findings} differences were found, the plain statement has ${plain.keys} keys`);
  const seconds = (ms: number): number => ms / 1000;
  for (const which of ['wall', 'processor'] as const) {
    const [a, b, c] = [ours[which], plain.files[which], plain.loaded[which]];
    console.log(row(`round ${round}, ${which}`, [seconds(a), seconds(b), ratio(a, b), seconds(c), ratio(a, c), done.findings]));
  }
  console.log(`  reached after s: ${[...phases].map(([name, ms]) => `${name} ${Math.round(seconds(ms))}`).join(', ')}; most memory of the process ${Math.round(peak / 1_048_576)} MiB`);
}

/** The plain join of the two files, of the same rows once they are loaded, and how many keys differ. */
async function plainTimes(engine: Engine, sources: ReconcileOrder['sources']): Promise<{ files: Took; loaded: Took; keys: number }> {
  const [a, b] = ['bureau', 'tax'].map((side) => plainFile((sources[side] as { path: string }).path)) as [string, string];
  const files = await took(() => engine.all(plainJoin(a, b)));
  await engine.run(`CREATE TABLE a AS SELECT * FROM ${a}`);
  await engine.run(`CREATE TABLE b AS SELECT * FROM ${b}`);
  const loaded = await took(() => engine.all(plainJoin('a', 'b')));
  const twice = 'SELECT taxrpt_no FROM b GROUP BY taxrpt_no HAVING count(*) > 1';
  const [[keys] = []] = await engine.all(
    `SELECT (SELECT count(DISTINCT coalesce(x.taxrpt_no, y.taxrpt_no)) FROM a x FULL OUTER JOIN b y ON x.taxrpt_no = y.taxrpt_no WHERE x.amt IS DISTINCT FROM y.amt OR x.insutype IS DISTINCT FROM y.insutype ` +
      `OR x.accrym_begn IS DISTINCT FROM y.accrym_begn) + (SELECT count(*) FROM (${twice}))`,
  );
  return { files, loaded, keys: engineInteger(keys) };
}

void main();
