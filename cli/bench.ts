import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { parseArgs } from 'node:util';

import { Client, Connection } from '@temporalio/client';
import { parse } from 'csv-parse/sync';

import { openCommits, type Commits } from '../bench/bare/commits';
import type { bare } from '../bench/bare/workflow';
import { openClerk, type Clerk } from '../bench/clerk';
import { PlainHospital, type PlainStay, type StayForms } from '../bench/direct';
import { allAtOnce, figuresOf, oneDecimal, ratio, row, timed } from '../bench/figures';
import { processorMs } from '../bench/processors';
import { asRegister, benchPerson, type BenchPerson } from '../bench/people';
import { readInstitutions } from '../runtime/institutions';
import { loadProfiles } from '../schemas/national/load-profiles';
import { putData } from './launcher/demo-data';
import { startStack, type Stack } from './launcher/stack';

const USAGE = `npm run bench -- [--rounds N | --settlements N]
  --rounds N        rounds of fifty settlements at once; 2 by default
  --settlements N   instead: N settlements (settle and cancel) in a row, watching memory`;

/** Milliseconds that the platform takes for each call. */
const COUNTERPARTY_MS = 20;
const ONE_BY_ONE = 30;
const AT_ONCE = 50;
const ROUNDS = 2;
const PREPARING = 6;

const PROFILE = 'bench';

/** The default profile without its rate limit, which would be what is measured. Returns the directory. */
function writeUnlimitedProfile(dataDir: string): string {
  const directory = path.join(dataDir, 'profiles');
  fs.mkdirSync(directory);
  const profile = { extends: 'default', id: PROFILE, name: '量测', rateLimitPerSecond: 1_000 };
  fs.writeFileSync(path.join(directory, `${PROFILE}.json`), JSON.stringify(profile));
  return directory;
}

/** Three programs settle the same kind of stay side by side: Anjie by its API, a plain program, a bare Temporal workflow. */
interface Contest {
  readonly clerk: Clerk;
  readonly plain: PlainHospital;
  settleBare(stay: PlainStay): Promise<void>;
  processors(): Processors;
}

/** Processor time used so far, ms, by process. */
type Processors = Readonly<Record<string, number>>;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { settlements: { type: 'string' }, rounds: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(USAGE);
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'anjie-bench-'));
  const env = {
    ...process.env,
    SANDBOX_LATENCY_MS: String(COUNTERPARTY_MS),
    ANJIE_LOG_LEVEL: 'error',
    ANJIE_PROFILES_DIR: writeUnlimitedProfile(dataDir),
    ANJIE_NATIONAL_CONCURRENCY: '100',
  };
  const stack = await startStack({ dataDir, env, profile: PROFILE, usualPorts: false, report: (line) => console.log(line) });
  try {
    if (values.settlements) await watchMemory(stack, Number(values.settlements));
    else await compare(stack, dataDir, env, Number(values.rounds ?? ROUNDS));
  } finally {
    await stack.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

async function compare(stack: Stack, dataDir: string, env: NodeJS.ProcessEnv, rounds: number): Promise<void> {
  const each = ONE_BY_ONE + AT_ONCE * rounds;
  const persons = Array.from({ length: each * 3 }, (_, index) => benchPerson(index + 1));
  const [ours, bares, plains] = [persons.slice(0, each), persons.slice(each, 2 * each), persons.slice(2 * each, 2 * each + ONE_BY_ONE)];
  await putData(stack.sandbox.national, asRegister(persons));
  const clerk = openClerk(stack.api, stack.tokens.clerk);
  const plain = openPlain(stack, dataDir);
  await plain.signIn();
  console.log(`preparing ${ours.length + bares.length + plains.length} stays`);
  await allAtOnce(ours, PREPARING, (person) => clerk.admit(person));
  const bareStays = await admitAll(plain, bares);
  const plainStays = await admitAll(plain, plains);
  const contest = await openContest(stack, dataDir, env, clerk, plain, bareStays);
  try {
    await oneByOne(contest, ours.slice(0, ONE_BY_ONE), bareStays.slice(0, ONE_BY_ONE), plainStays);
    await manyAtOnce(contest, ours.slice(ONE_BY_ONE), bareStays.slice(ONE_BY_ONE));
  } finally {
    contest.close();
    plain.close();
  }
}

function openPlain(stack: Stack, dataDir: string): PlainHospital {
  const [institution] = readInstitutions(path.join(dataDir, 'institutions.json'), process.env);
  const profile = institution && loadProfiles(path.join(dataDir, 'profiles'))[institution.profile];
  if (!institution || !profile) throw new Error('the demo has no institution');
  return new PlainHospital(profile, institution, stack.sandbox.national, 3_000);
}

async function admitAll(plain: PlainHospital, persons: readonly BenchPerson[]): Promise<PlainStay[]> {
  const forms = JSON.parse(fs.readFileSync(path.resolve('cli/demo/patients/A.json'), 'utf8')) as StayForms;
  const lines = parse(fs.readFileSync(path.resolve('cli/demo/patients/A.csv')), { columns: true }) as Record<string, string>[];
  const stays: PlainStay[] = [];
  await allAtOnce(persons, PREPARING, async (person) => stays.push(await plain.admit(person, lines, forms)));
  return stays;
}

async function openContest(
  stack: Stack,
  dataDir: string,
  env: NodeJS.ProcessEnv,
  clerk: Clerk,
  plain: PlainHospital,
  bareStays: readonly PlainStay[],
): Promise<Contest & { close(): void }> {
  const file = path.join(dataDir, 'bare.db');
  const commits: Commits = openCommits(file);
  const worker = spawn(process.execPath, [path.resolve('dist/bench/bare/worker.js'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...env,
      ANJIE_DATA_DIR: dataDir,
      ANJIE_NATIONAL_URL: stack.sandbox.national,
      ANJIE_TEMPORAL_ADDRESS: stack.temporalAddress,
    },
  });
  await new Promise((resolve) => readline.createInterface({ input: worker.stdout }).once('line', resolve));
  const connection = await Connection.connect({ address: stack.temporalAddress });
  const client = new Client({ connection });
  await allAtOnce(bareStays, PREPARING, (stay) =>
    client.workflow.start<typeof bare>('bare', { workflowId: `bare/${stay.mdtrtId}`, taskQueue: 'bench-bare', args: [stay], workflowTaskTimeout: '5s' }),
  );
  return {
    clerk,
    plain,
    settleBare: async (stay) => {
      commits.commit(stay.mdtrtId);
      await client.workflow.getHandle(`bare/${stay.mdtrtId}`).executeUpdate('settle');
      commits.commit(stay.mdtrtId);
    },
    processors: () => {
      const { workers, api, temporal, sandbox } = stack.pids();
      return Object.fromEntries(
        Object.entries({ worker: workers[0], api, temporal, platform: sandbox.national, bare: worker.pid, bench: process.pid }).map(([name, pid]) => [name, processorMs(pid ?? 0)]),
      );
    },
    close: () => {
      worker.kill('SIGKILL');
      commits.close();
      void connection.close();
    },
  };
}

async function oneByOne(contest: Contest, ours: readonly BenchPerson[], bares: readonly PlainStay[], plains: readonly PlainStay[]): Promise<void> {
  const times = { ours: [] as number[], bare: [] as number[], plain: [] as number[] };
  for (const [index, person] of ours.entries()) {
    const [bareStay, plainStay] = [bares[index], plains[index]];
    if (!bareStay || !plainStay) break;
    times.plain.push(await timed(() => contest.plain.settle(plainStay)));
    times.ours.push(await timed(() => contest.clerk.settle(person)));
    times.bare.push(await timed(() => contest.settleBare(bareStay)));
  }
  const [plain, ours1, bare1] = [figuresOf(times.plain), figuresOf(times.ours), figuresOf(times.bare)];
  console.log(`\none at a time (platform ${COUNTERPARTY_MS} ms a call), ms${' '.repeat(2)}p50 p95 max, ratio of p50 to direct`);
  for (const [name, figures] of [['the three calls directly', plain], ['Anjie, by its API', ours1], ['bare Temporal workflow', bare1]] as const) {
    console.log(row(name, [figures.p50, figures.p95, figures.max, ratio(figures.p50, plain.p50)]));
  }
}

async function manyAtOnce(contest: Contest, ours: readonly BenchPerson[], bares: readonly PlainStay[]): Promise<void> {
  console.log(`\n${AT_ONCE} at once, settlements a second (p50 ms)`);
  const spent: Record<'Anjie' | 'bare', [Processors, Processors][]> = { Anjie: [], bare: [] };
  for (let round = 0; round * AT_ONCE < ours.length; round += 1) {
    const slice = <T>(items: readonly T[]): T[] => items.slice(round * AT_ONCE, (round + 1) * AT_ONCE);
    const before = contest.processors();
    const [oursTimes, oursMs] = await timedAll(slice(ours), (person) => contest.clerk.settle(person));
    const between = contest.processors();
    const [bareTimes, bareMs] = await timedAll(slice(bares), (stay) => contest.settleBare(stay));
    const after = contest.processors();
    const rate = (ms: number): number => AT_ONCE / (ms / 1_000);
    console.log(row(`round ${round + 1}: Anjie`, [rate(oursMs), figuresOf(oursTimes).p50]));
    console.log(row('         bare Temporal workflow', [rate(bareMs), figuresOf(bareTimes).p50, ratio(rate(oursMs), rate(bareMs))]));
    spent.Anjie.push([before, between]);
    spent.bare.push([between, after]);
  }
  for (const [name, looks] of Object.entries(spent)) console.log(processorRow(`processor ms each, ${name}`, looks));
}

/** Processor time, ms, of each process for one of the settlements between the looks of all rounds. */
function processorRow(name: string, looks: readonly (readonly [Processors, Processors])[]): string {
  const settlements = AT_ONCE * looks.length;
  const processes = Object.keys(looks[0]?.[0] ?? {});
  const each = processes.map((process) => looks.reduce((sum, [from, to]) => sum + (to[process] ?? 0) - (from[process] ?? 0), 0) / settlements);
  const parts = processes.map((process, index) => `${process} ${oneDecimal.format(each[index] ?? 0)}`);
  return `${name}: ${parts.join(', ')}, in all ${oneDecimal.format(each.reduce((sum, ms) => sum + ms, 0))}`;
}

async function timedAll<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<[number[], number]> {
  let times: number[] = [];
  const ms = await timed(async () => {
    times = await allAtOnce(items, AT_ONCE, work);
  });
  return [times, ms];
}

const WATCHED_STAYS = 20;
const LOOKS = 10;

/** Settles and cancels over and over: what each process holds in memory must not grow with it. */
async function watchMemory(stack: Stack, settlements: number): Promise<void> {
  const persons = Array.from({ length: WATCHED_STAYS }, (_, index) => benchPerson(9_000 + index));
  await putData(stack.sandbox.national, asRegister(persons));
  const clerk = openClerk(stack.api, stack.tokens.clerk);
  await allAtOnce(persons, PREPARING, (person) => clerk.admit(person));
  console.log(`\nresident memory over ${settlements} settlements, MiB: worker, API, Temporal`);
  const lap = Math.ceil(settlements / LOOKS);
  for (let done = 0; done <= settlements; done += lap) {
    const { workers, api, temporal } = stack.pids();
    console.log(row(`${done} settlements`, [workers[0], api, temporal].map((pid) => residentMiB(pid ?? 0))));
    if (done === settlements) break;
    const rounds = Array.from({ length: Math.ceil(lap / WATCHED_STAYS) }, () => persons).flat();
    const lanes = new Map<BenchPerson, Promise<void>>();
    for (const person of rounds) {
      const before = lanes.get(person) ?? Promise.resolve();
      lanes.set(person, before.then(async () => clerk.cancelSettlement(person, await clerk.settle(person))));
    }
    await Promise.all(lanes.values());
  }
}

function residentMiB(pid: number): number {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
