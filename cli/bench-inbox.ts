import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { allAtOnce, figuresOf, row, timed } from '../bench/figures';
import { BUSY_CITY, CITIES, DEFINITION, fillInbox } from '../bench/inbox/fill';
import { logIn, type LogIn, type Person } from '../bench/inbox/signer';
import { processorMs } from '../bench/processors';
import { openKeyRing } from '../runtime/keys';
import { openStore, type Store } from '../store/open-store';
import { demoLogInsPath } from './demo-people';
import { startStack, type Stack } from './launcher/stack';

const USAGE = `npm run bench:inbox -- [--items N] [--database mysql://…] [--each N]
  --items N        open tasks, 100,000 by default; half of them in one post
  --database URL   an empty MySQL or MariaDB database; SQLite in a temporary folder by default
  --each N         signatures of each of the 20 signers, 15 by default`;

const SIGNERS = 20;
/** A person reads before he signs the next. */
const PAUSE_MS = 2_000;
const LISTS = 200;
/** Lists that are asked for at once: twice, so that both are seen. */
const LISTERS = [1, 4] as const;

interface CaseSeen {
  readonly caseNo: string;
  readonly step: string;
  readonly slot: string | null;
  readonly round: number;
  readonly seenHash: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { items: { type: 'string' }, database: { type: 'string' }, each: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(USAGE);
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'anjie-bench-inbox-'));
  const env = { ...process.env, ANJIE_LOG_LEVEL: 'error' };
  const stack = await startStack({ dataDir, env, usualPorts: false, report: (line) => console.log(line), ...(values.database ? { databaseUrl: values.database } : {}) });
  try {
    const databaseUrl = String(stack.env['ANJIE_DATABASE_URL']);
    const store = await openStore({ databaseUrl, keyRing: openKeyRing(String(stack.env['ANJIE_KEY_RING'])) });
    try {
      const items = Number(values.items ?? 100_000);
      await fillInbox(store, items, Date.now());
      await analyse(store);
      console.log(`${items} open tasks (${store.dialect})`);
    } finally {
      await store.close();
    }
    const { logIns } = JSON.parse(fs.readFileSync(demoLogInsPath(dataDir), 'utf8')) as { logIns: LogIn[] };
    const enter = (login: string): Promise<Person> => logIn(stack.api, logIns.find((each) => each.login === login) as LogIn);
    await list(await enter('shi01-shenhe-1'), stack);
    await sign(enter, Number(values.each ?? 15), stack);
  } finally {
    await stack.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

/** What a server does by itself once many rows came in. */
function analyse(store: Store): Promise<unknown> {
  return store.write((manager) => manager.query(store.dialect === 'mysql' ? 'ANALYZE TABLE case_task, office_case' : 'ANALYZE'));
}

/** The inbox of the one whose post holds half of everything. */
async function list(reviewer: Person, stack: Stack): Promise<void> {
  const deep = await deepCursor(reviewer);
  const queries: readonly (readonly [string, string])[] = [
    ['first page', '?limit=50'],
    ['page 41', `?limit=50&cursor=${deep}`],
    ['overdue', '?view=overdue&limit=50'],
    ['done', '?view=done&limit=50'],
    ['mine', '?view=mine&limit=50'],
    ['one month', '?limit=50&period=2026-03'],
    ['amounts that few have', '?limit=50&amountFrom=99990000'],
    ['amounts that none has', '?limit=50&amountFrom=99999999999'],
    ['city and below', `?limit=50&division=${BUSY_CITY}`],
    ['a case number', `?limit=50&q=bench-${BUSY_CITY}-2026-000500`],
    ['a beginning that all have', '?limit=50&q=bench-'],
    ['a business key', `?limit=50&q=${encodeURIComponent('业务4242')}`],
  ];
  for (const listers of LISTERS) {
    console.log(row(`list, ${listers} at once, ms`, ['p50', 'p95', 'p99', 'max']));
    const run = async (name: string, path: string): Promise<void> => {
      const work = Array.from({ length: LISTS }, () => path);
      const before = processorsOf(stack);
      console.log(figuresRow(name, await allAtOnce(work, listers, (each) => reviewer.ask(each))) + processorText(before, processorsOf(stack), LISTS));
    };
    await run('(the session alone)', 'GET /v1/session');
    for (const [name, query] of queries) await run(name, `GET /v1/inbox${query}`);
  }
}

async function deepCursor(reviewer: Person): Promise<string> {
  let cursor = '';
  for (let page = 0; page < 20; page += 1) {
    const answer = await reviewer.ask<{ cursor: string }>(`GET /v1/inbox?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`);
    cursor = answer.cursor;
  }
  return cursor;
}

/** Twenty reviewers, each in his own city, sign at once what their makers submitted. */
async function sign(enter: (login: string) => Promise<Person>, each: number, stack: Stack): Promise<void> {
  const desks: { reviewer: Person; seen: CaseSeen[] }[] = [];
  for (let index = 0; index < SIGNERS; index += 1) {
    const city = `shi${String(index + 1).padStart(2, '0')}`;
    const [maker, reviewer] = [await enter(`${city}-jingban-1`), await enter(`${city}-shenhe-1`)];
    const seen: CaseSeen[] = [];
    for (let number = 0; number < each; number += 1) {
      const { caseNo } = await maker.ask<{ caseNo: string }>('POST /v1/office-cases', { definition: DEFINITION, division: CITIES[index], form: formOf(index, number), submit: true });
      seen.push(await reviewer.ask<CaseSeen>(`GET /v1/office-cases/${caseNo}`));
    }
    desks.push({ reviewer, seen });
  }
  console.log(`${SIGNERS * each} cases submitted`);
  console.log(row('sign, ms', ['p50', 'p95', 'p99', 'max']));
  const run = async (name: string, work: () => Promise<number[]>): Promise<void> => {
    const before = processorsOf(stack);
    const times = await work();
    console.log(figuresRow(`${name} (${times.length})`, times) + processorText(before, processorsOf(stack), times.length));
  };
  const share = (count: number): readonly { reviewer: Person; seen: CaseSeen[] }[] => desks.map(({ reviewer, seen }) => ({ reviewer, seen: seen.splice(0, count) }));
  const all = async (part: ReturnType<typeof share>, pauseMs: number): Promise<number[]> =>
    (await Promise.all(part.map(({ reviewer, seen }, index) => signOff(reviewer, seen, pauseMs, (pauseMs * index) / SIGNERS)))).flat();
  await run('one after another', () => allAtOnce(share(1).flatMap(({ reviewer, seen }) => seen.map((one) => [reviewer, one] as const)), 1, ([reviewer, one]) => approve(reviewer, one)));
  await run(`${SIGNERS} signers, each pausing ${PAUSE_MS} ms`, () => all(share(Math.ceil((each - 1) / 2)), PAUSE_MS));
  await run(`${SIGNERS} signers without pause`, () => all(share(each), 0));
}

/** One signer's work; he pauses after each signature, as a person does who reads. */
async function signOff(reviewer: Person, seen: readonly CaseSeen[], pauseMs: number, delayMs: number): Promise<number[]> {
  const times: number[] = [];
  await pause(delayMs);
  for (const one of seen) {
    times.push(await timed(() => approve(reviewer, one)));
    await pause(pauseMs);
  }
  return times;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

type Processors = Readonly<Record<string, number>>;

/** Processor time used so far, ms, by process: it says more than the clock where others work on the machine. */
function processorsOf(stack: Stack): Processors {
  const names = { api: 'api', worker: 'worker-office-1', temporal: 'temporal' } as const;
  return Object.fromEntries(Object.entries(names).map(([name, process]) => [name, processorMs(stack.pid(process) ?? 0)]));
}

function processorText(before: Processors, after: Processors, count: number): string {
  const parts = Object.entries(after).map(([name, ms]) => `${name} ${Math.round((10 * (ms - (before[name] ?? 0))) / count) / 10}`);
  return `   processor ms each: ${parts.join(', ')}`;
}

function approve(reviewer: Person, { caseNo, step, slot, round, seenHash }: CaseSeen): Promise<unknown> {
  return reviewer.ask(`POST /v1/office-cases/${caseNo}/acts`, { act: 'approve', step, slot, round, opinion: '同意', seenHash });
}

function formOf(city: number, number: number): object {
  return {
    agencyNo: `H99${String(city).padStart(4, '0')}${String(number).padStart(5, '0')}`, kind: 'hospital', name: '示例医院', address: '示例路 1 号', phone: '00000000000',
    services: [], status: 'open', validFrom: '2026-12-01',
  };
}

function figuresRow(name: string, times: readonly number[]): string {
  const { p50, p95, max } = figuresOf(times);
  const sorted = [...times].sort((a, b) => a - b);
  return row(name, [p50, p95, sorted[Math.min(sorted.length - 1, Math.floor(0.99 * sorted.length))] ?? 0, max]);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
