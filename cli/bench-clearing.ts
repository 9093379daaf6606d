import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { generate, type Generated } from '../activities/clearing/generate/generate';
import { bookRows } from '../activities/clearing/intake/book';
import { benchSettlement, OFFICE, WINDOW } from '../bench/clearing/settlements';
import { ratio, row, timed } from '../bench/figures';
import { periodText } from '../domain/clearing/period';
import { openKeyRing } from '../runtime/keys';
import { openStore, type Store } from '../store/open-store';

const USAGE = `npm run bench:clearing -- [--settlements N] [--database mysql://…] [--rounds N]
  --settlements N   settlements of the month, 1,000,000 by default
  --database URL    an empty MySQL or MariaDB database; SQLite in a temporary folder by default
  --rounds N        how often both are measured, 3 by default`;

const ROWS_AT_ONCE = 5_000;
/** No statement of the plain side is cut off. */
const PATIENT_MS = 600_000;
/** 30 days after the month, when it may be cleared. */
const NOW = Date.UTC(2026, 10, 30);

/** What a plain program would ask the database for: the lines of the month, and its pairs of cities. */
const PLAIN_LINES =
  'SELECT s.paying_city, s.receiving_city, s.insutype, f.fund_no, s.entry, COUNT(*) AS n, SUM(f.fen) AS fen FROM xr_settlement s ' +
  'JOIN xr_settlement_fund f ON f.settlement_id = s.id WHERE s.office = ? AND s.entered_window = ? ' +
  'GROUP BY s.paying_city, s.receiving_city, s.insutype, f.fund_no, s.entry';
const PLAIN_PAIRS =
  'SELECT s.paying_city, s.receiving_city, s.insutype, s.entry, COUNT(*) AS n, SUM(s.medfee_sumamt), SUM(s.psn_cash_pay) ' +
  'FROM xr_settlement s WHERE s.office = ? AND s.entered_window = ? GROUP BY s.paying_city, s.receiving_city, s.insutype, s.entry';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { settlements: { type: 'string' }, database: { type: 'string' }, rounds: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(USAGE);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anjie-bench-clearing-'));
  const keyRing = openKeyRing(path.join(folder, 'key-ring.json'), { create: true });
  const databaseUrl = values.database ?? `sqlite:${path.join(folder, 'anjie.db')}`;
  const store = await openStore({ databaseUrl, keyRing });
  const patient = await openStore({ databaseUrl, keyRing, statementTimeoutMs: PATIENT_MS });
  try {
    await store.migrate();
    const count = Number(values.settlements ?? 1_000_000);
    const seconds = (await timed(() => fill(store, count))) / 1000;
    console.log(`${count} settlements written, ${Math.round(count / seconds)} a second (${store.dialect})`);
    await compare(store, patient, Number(values.rounds ?? 3));
  } finally {
    await Promise.all([store.close(), patient.close()]);
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(store: Store, count: number): Promise<void> {
  for (let first = 0; first < count; first += ROWS_AT_ONCE) {
    const rows = Array.from({ length: Math.min(ROWS_AT_ONCE, count - first) }, (_, index) => benchSettlement(first + index));
    await store.write((manager) => bookRows(manager, rows));
  }
}

async function compare(store: Store, patient: Store, rounds: number): Promise<void> {
  const plainTimes: number[] = [];
  const ourTimes: number[] = [];
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
  console.log(row('', ['plain, ms', 'ours, ms', 'ratio', 'items']));
  for (let round = 1; round <= rounds; round += 1) {
    let plainFen = 0;
    plainTimes.push(await timed(() => patient.read(async (manager) => {
      const lines: { fen: unknown }[] = await manager.query(PLAIN_LINES, [OFFICE, WINDOW]);
      await manager.query(PLAIN_PAIRS, [OFFICE, WINDOW]);
      plainFen = lines.reduce((sum, { fen }) => sum + Number(fen), 0);
    })));
    let made: Generated | undefined;
    ourTimes.push(await timed(async () => {
      made = await generateOnce(store, round);
    }));
    if (made?.payableFen !== plainFen) throw new Error(`the generation says ${made?.payableFen} fen, the plain statement ${plainFen}`);
    console.log(row(`round ${round}`, [plainTimes.at(-1) ?? 0, ourTimes.at(-1) ?? 0, ratio(ourTimes.at(-1) ?? 0, plainTimes.at(-1) ?? 1), made.items]));
  }
  clearInterval(watch);
  const best = ratio(Math.min(...ourTimes), Math.min(...plainTimes));
  console.log(`best of ${rounds}: ${best}; most memory of the process ${Math.round(peak / 1_048_576)} MiB`);
}

async function generateOnce(store: Store, round: number): Promise<Generated> {
  const order = { office: OFFICE, period: periodText(WINDOW), caseId: `bench-${round}`, caseNo: `${round}`, now: NOW };
  const outcome = await generate({ store, now: () => NOW }, order, () => undefined);
  if ('code' in outcome) throw new Error(outcome.message);
  return outcome.result;
}

void main();
