import { fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { oneDecimal, ratio, row } from '../bench/figures';
import { assessAll, type Took } from '../bench/tax/assess';
import { loadPlainly } from '../bench/tax/plain';
import { fillRegister, unitsFor } from '../bench/tax/register';
import { openKeyRing } from '../runtime/keys';
import { openStore, type Store } from '../store/open-store';

const USAGE = `npm run bench:tax -- [--rows N] [--database mysql://…] [--rounds N]
  --rows N        receivables, 100,000 by default; 1,000, 10,000 … below it are measured too
  --database URL  an empty MySQL or MariaDB database, all of whose contributions are emptied; SQLite in a temporary folder by default
  --rounds N      how often each size is measured, 1 by default`;

const TABLES = ['levy', 'batch_reject', 'batch_chunk', 'batch', 'contribution_person', 'contribution_unit', 'case_round', 'case_task', 'office_case'];
const MIB = 1_048_576;

/** Where a run finds its database. */
interface Place {
  readonly databaseUrl: string;
  readonly keyRingPath: string;
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { rows: text, database: text, rounds: text, assess: text, help: { type: 'boolean' } } });
  if (values.help) return console.log(USAGE);
  if (values.assess !== undefined) return measureHere(JSON.parse(values.assess) as Place);
  const rows = Number(values.rows ?? 100_000);
  const sizes = [1_000, 10_000, 100_000, 1_000_000].filter((size) => size < rows);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anjie-bench-tax-'));
  try {
    console.log(`${values.database === undefined ? 'sqlite' : 'mysql'}; ${os.cpus().length} cores, load ${oneDecimal.format(os.loadavg()[0] ?? 0)}`);
    console.log(row('receivables, round', ['assess, ms', 'plain, ms', 'ratio', 'µs a row', 'cpu µs/row', 'MiB']));
    for (const size of [...sizes, rows]) {
      for (let round = 1; round <= Number(values.rounds ?? 1); round += 1) await measure(folder, values.database, size, round);
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** One size on an emptied database: the assessment in a process of its own, for its memory, then the plain load of what came out. */
async function measure(folder: string, database: string | undefined, size: number, round: number): Promise<void> {
  const place: Place = { databaseUrl: database ?? `sqlite:${path.join(folder, `${size}-${round}.db`)}`, keyRingPath: path.join(folder, 'key-ring.json') };
  const keyRing = openKeyRing(place.keyRingPath, { create: true });
  const store = await openStore({ databaseUrl: place.databaseUrl, keyRing });
  try {
    await store.migrate();
    if (database !== undefined) await empty(store);
    await fillRegister(store, keyRing, unitsFor(size));
    const { rows, wall, processor, memory } = await assessElsewhere(place);
    const plain = await loadPlainly(store, place.databaseUrl, path.join(folder, 'rows.tsv'));
    const aRow = (ms: number): number => (ms * 1000) / rows;
    console.log(row(`${rows}, ${round}`, [wall, plain, ratio(wall, plain), aRow(wall), aRow(processor), Math.round(memory / MIB)]));
  } finally {
    await store.close();
  }
  if (database === undefined) for (const suffix of ['', '-wal', '-shm']) fs.rmSync(`${place.databaseUrl.slice('sqlite:'.length)}${suffix}`, { force: true });
}

async function empty(store: Store): Promise<void> {
  for (const table of TABLES) await store.write((manager) => manager.query(`TRUNCATE TABLE ${table}`));
}

function assessElsewhere(place: Place): Promise<Took> {
  return new Promise((resolve, reject) => {
    const child = fork(__filename, ['--assess', JSON.stringify(place)]);
    let took: Took | undefined;
    child.on('message', (message) => (took = message as Took));
    child.on('exit', (code) => (took ? resolve(took) : reject(new Error(`the assessment ended with ${code}`))));
  });
}

async function measureHere({ databaseUrl, keyRingPath }: Place): Promise<void> {
  const store = await openStore({ databaseUrl, keyRing: openKeyRing(keyRingPath) });
  try {
    await store.ready();
    const took = await assessAll(store);
    process.send?.(took);
  } finally {
    await store.close();
  }
  process.disconnect();
}

void main();
