import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import Database from 'better-sqlite3';

import { isRunning, startOf, type ProcessMark } from '../../cli/launcher/processes';
import type { Pids } from '../../cli/launcher/stack';
import { migrateUp } from '../../store/schema';
import { startStack, type TestStack } from '../support/stack';

async function status(url: string, token?: string): Promise<number> {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const answer = await fetch(url, { headers });
  await answer.arrayBuffer();
  return answer.status;
}

async function untilReady(stack: TestStack): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const ready = await status(`${stack.api}/readyz`).catch(() => 0);
    if (ready === 200) return;
    if (Date.now() > deadline) throw new Error(`/readyz answers ${ready}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('a running stack', () => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startStack();
  }, 90_000);
  afterAll(async () => {
    await stack?.stop();
  }, 60_000);

  test('serves the API to a clerk, the codec server and the sandboxes', async () => {
    expect(await status(`${stack.api}/healthz`)).toBe(200);
    expect(await status(`${stack.api}/v1/admissions`, stack.tokens.clerk)).toBe(200);
    expect(await status(`${stack.api}/v1/admissions`)).toBe(401);
    expect(await status(`${stack.codec}/login`)).toBe(200);
    expect(await status(`${stack.sandbox.national}/_health`)).toBe(200);
    expect(await status(`${stack.sandbox.tax}/_health`)).toBe(200);
    expect(await status(stack.temporalUi)).toBe(200);
  });

  test('the sandbox has the people of the demo', async () => {
    const answer = await fetch(`${stack.sandbox.national}/_records?kind=accounts`);
    const { accounts } = (await answer.json()) as { accounts: { balance: number }[] };
    expect(accounts.length).toBeGreaterThan(0);
  });

  test('each process that is killed is back within five seconds, and pids.json has its new pid', async () => {
    for (const name of stack.processes) {
      const before = stack.pid(name);
      const began = Date.now();
      await stack.killAndWait(name, 'SIGKILL');
      expect(Date.now() - began).toBeLessThan(5_000);
      expect(stack.pid(name)).not.toBe(before);
    }
    const written = JSON.parse(fs.readFileSync(path.join(stack.dataDir, 'pids.json'), 'utf8')) as Pids;
    expect(written).toEqual(stack.pids());
    await untilReady(stack);
    expect(await status(`${stack.api}/v1/admissions`, stack.tokens.clerk)).toBe(200);
  }, 60_000);

  test('a second launcher on the same folder is refused in words', async () => {
    await expect(startStack({ dataDir: stack.dataDir })).rejects.toThrow(`进程 ${process.pid}`);
  });
});

describe('npm start -- --json', () => {
  /** The launcher as a process of its own. */
  function launch(dataDir: string) {
    const env = { ...process.env, ANJIE_DATA_DIR: dataDir };
    const child = spawn(process.execPath, [path.resolve('dist', 'cli', 'start.js'), '--json'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const line = new Promise<Record<string, unknown>>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', (text) => resolve(JSON.parse(text) as Record<string, unknown>));
      void exit.then((code) => reject(new Error(`exit ${code}: ${errors}`)));
    });
    return { child, line, exit, errors: () => errors };
  }

  function marksOf(pids: Pids): ProcessMark[] {
    const all = [pids.api, pids.temporal, ...pids.workers, pids.codec, pids.sandbox.national];
    return all.map((pid) => ({ name: String(pid), pid: Number(pid), started: startOf(Number(pid)) ?? 'gone' }));
  }

  test('a port that is taken is replaced by a free one', async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const taken = (server.address() as net.AddressInfo).port;
    const stack = await startStack({ env: { ANJIE_API_PORT: String(taken) } });
    try {
      expect(stack.api).not.toContain(`:${taken}`);
      expect(await status(`${stack.api}/healthz`)).toBe(200);
    } finally {
      await stack.stop();
      await new Promise((resolve) => server.close(resolve));
    }
  }, 60_000);

  let dataDir: string;
  beforeEach(() => {
    dataDir = fs.mkdtempSync(path.join(process.env['ANJIE_TEST_STACKS'] ?? os.tmpdir(), 'start-'));
  });

  test('prints one line with the addresses; SIGTERM ends it and leaves no process', async () => {
    const { child, line, exit } = launch(dataDir);
    const ready = await line;
    expect(Object.keys(ready).sort()).toEqual([
      'api', 'codec', 'dataDir', 'docs', 'pids', 'sandbox', 'temporalAddress', 'temporalUi', 'tokens',
    ]);
    const keysOf = (name: string): string[] => Object.keys(ready[name] as object).sort();
    expect(keysOf('sandbox')).toEqual(['national', 'tax']);
    expect(keysOf('tokens')).toEqual(['clerk', 'ops', 'otherInstitution', 'secondHospital']);
    expect(keysOf('pids')).toEqual(['api', 'codec', 'launcher', 'sandbox', 'temporal', 'workers']);
    const pids = ready['pids'] as Pids;
    expect([pids.launcher, Object.keys(pids.sandbox), pids.workers.length]).toEqual([child.pid, ['national', 'tax'], 4]);
    expect(JSON.parse(fs.readFileSync(path.join(dataDir, 'pids.json'), 'utf8'))).toEqual(pids);
    expect([ready['dataDir'], ready['docs']]).toEqual([dataDir, `${ready['api'] as string}/docs`]);
    for (const url of ['docs', 'temporalUi'] as const) expect(await status(String(ready[url]))).toBe(200);
    for (const name of ['clerk', 'otherInstitution', 'secondHospital']) {
      expect(await status(`${ready['api'] as string}/v1/admissions`, (ready['tokens'] as Record<string, string>)[name])).toBe(200);
    }
    const marks = marksOf(pids);
    expect(marks.filter((mark) => !isRunning(mark))).toEqual([]);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(marks.filter(isRunning)).toEqual([]);
  }, 90_000);

  test('a data folder of another edition of the schema stops the start with its code and what to do', async () => {
    const database = `sqlite:${path.join(dataDir, 'anjie.db')}`;
    await migrateUp(database);
    const file = new Database(path.join(dataDir, 'anjie.db'));
    file.exec('DROP TABLE sheet_print; ALTER TABLE schema_migration DROP COLUMN checksum;');
    file.close();
    const { line, exit, errors } = launch(dataDir);
    await expect(line).rejects.toThrow('exit 1');
    expect(await exit).toBe(1);
    expect(errors()).toMatch(/schemaDiffers：.*数据目录移走.*ANJIE_DATA_DIR/);
  }, 60_000);

  test('a launcher that was killed leaves a folder that the next one takes over, after ending what it left', async () => {
    const first = launch(dataDir);
    first.line.catch(() => undefined);
    const orphans = marksOf((await first.line)['pids'] as Pids);
    first.child.kill('SIGKILL');
    await first.exit;
    const second = launch(dataDir);
    const ready = await second.line;
    expect(orphans.filter(isRunning)).toEqual([]);
    expect(await status(`${ready['api'] as string}/healthz`)).toBe(200);
    second.child.kill('SIGINT');
    expect(await second.exit).toBe(0);
  }, 120_000);
});
