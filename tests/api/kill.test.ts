import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Client } from '@temporalio/client';
import { createInterface } from 'node:readline';
import { Command } from '../../store/entities';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy';
import { ask, clientOf, type Ground, insertAdmission, INSTITUTIONS, INSTITUTION, openGround, startTemporal, type TemporalForTests } from './harness';

let ground: Ground;
let temporal: TemporalForTests;
let client: Client;
let proxy: TcpProxy;
const children: ChildProcess[] = [];

beforeAll(async () => {
  ground = await openGround();
  temporal = await startTemporal(ground);
  client = clientOf(ground, temporal);
  proxy = await startTcpProxy(Number(temporal.address.split(':')[1]));
  const institutions = INSTITUTIONS.map(({ fixmedinsCode, name, admdvs, profile }) => ({ fixmedins_code: fixmedinsCode, name, admdvs, level: 3, profile, gateway: { paasid: 'x' } }));
  writeFileSync(join(ground.dataDir, 'institutions.json'), JSON.stringify(institutions));
}, 120_000);

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await proxy?.close();
  await temporal?.stop();
  await ground?.close();
}, 60_000);

/** Starts the real process; its client of Temporal goes through the proxy. */
async function startApi(): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [resolve('dist', 'api', 'main.js')], {
    env: {
      PATH: process.env['PATH'], ANJIE_DATA_DIR: ground.dataDir, ANJIE_API_PORT: '0', ANJIE_LOG_LEVEL: 'warn',
      ANJIE_TEMPORAL_ADDRESS: `127.0.0.1:${proxy.port}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const { ready, port } = JSON.parse(line) as { ready: boolean; port: number };
    if (ready) return { url: `http://127.0.0.1:${port}`, child };
  }
  throw new Error('the API ended before it was ready');
}

async function open(iptNo: string): Promise<void> {
  const opened = { institution: INSTITUTION, iptNo, round: 1, profile: 'default', insutype: '310', medType: '21', begntime: '2026-11-02 15:20:00' };
  await insertAdmission(ground.store, opened);
  await client.workflow.start('admission', { workflowId: `admission/${INSTITUTION}/${iptNo}`, taskQueue: 'admission', args: [{ opened }] });
}

const rowOf = (key: string): Promise<Command | null> => ground.store.read((manager) => manager.findOneBy(Command, { idempotencyKey: key }));

async function untilDone(key: string): Promise<number> {
  const began = Date.now();
  while ((await rowOf(key))?.state !== 'done') {
    if (Date.now() - began > 20_000) throw new Error(`${key} is not done`);
    await new Promise((then) => setTimeout(then, 50));
  }
  return Date.now() - began;
}

const carriedOut = (iptNo: string): Promise<readonly string[]> =>
  client.workflow.getHandle(`admission/${INSTITUTION}/${iptNo}`).query<readonly string[]>('carriedOut');

test('kill -9 between the row and its delivery: the next process delivers it, once', async () => {
  await open('KILL1');
  const first = await startApi();
  proxy.freeze();
  const body = { amountFen: 100, method: 'cash', receiptNo: 'R1' };
  const answer = await ask(first, 'POST /v1/admissions/KILL1/deposits', { token: ground.clerk, key: 'kill-1', body, prefer: 'wait=1' });
  expect(answer.status).toBe(202);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  expect(await carriedOut('KILL1')).toEqual([]);

  const second = await startApi();
  expect(await untilDone('kill-1')).toBeLessThan(10_000);
  expect(await carriedOut('KILL1')).toEqual([answer.body.commandId]);
  const repeat = await ask(second, 'POST /v1/admissions/KILL1/deposits', { token: ground.clerk, key: 'kill-1', body });
  expect([repeat.status, repeat.headers.get('idempotency-replayed'), repeat.body.commandId]).toEqual([200, 'true', answer.body.commandId]);
  second.child.kill('SIGKILL');
}, 60_000);

test('kill -9 between the delivery and its answer: the result is fetched, nothing is done twice', async () => {
  await open('KILL2');
  const first = await startApi();
  const body = { amountFen: 100, method: 'cash', receiptNo: 'HOLD' };
  const answer = await ask(first, 'POST /v1/admissions/KILL2/deposits', { token: ground.clerk, key: 'kill-2', body, prefer: 'wait=1' });
  expect(answer.status).toBe(202);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  await client.workflow.getHandle(`admission/${INSTITUTION}/KILL2`).signal('release');
  const second = await startApi();
  await untilDone('kill-2');
  expect(await carriedOut('KILL2')).toEqual([answer.body.commandId]);
  second.child.kill('SIGKILL');
}, 60_000);

test('SIGTERM while a caller waits: it hears 202, the process ends with 0, and the command is done by the next', async () => {
  await open('TERM1');
  const first = await startApi();
  const body = { amountFen: 100, method: 'cash', receiptNo: 'HOLD' };
  const waiting = ask(first, 'POST /v1/admissions/TERM1/deposits', { token: ground.clerk, key: 'term-1', body, prefer: 'wait=30' });
  while ((await rowOf('term-1')) === null) await new Promise((then) => setTimeout(then, 20));
  first.child.kill('SIGTERM');
  expect((await waiting).status).toBe(202);
  const [code] = await once(first.child, 'exit');
  expect(code).toBe(0);
  await client.workflow.getHandle(`admission/${INSTITUTION}/TERM1`).signal('release');
  const second = await startApi();
  await untilDone('term-1');
  expect(await carriedOut('TERM1')).toHaveLength(1);
  second.child.kill('SIGKILL');
}, 60_000);
