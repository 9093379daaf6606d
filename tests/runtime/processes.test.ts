import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeyRing } from '../../runtime/keys';

/** Real processes: the codec server from start to stop, and a process whose log nobody reads. */

const HOOK = join(__dirname, '..', 'national-send', 'ts-hook.js');
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'anjie-process-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function run(script: string, env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['-r', HOOK, script], { env: { ...process.env, ANJIE_DATA_DIR: directory, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout!) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0] ?? '';
}

test('codec server: ready line, health, and an orderly end on SIGTERM', async () => {
  openKeyRing(join(directory, 'key-ring.json'), { create: true });
  const child = run(join(__dirname, '..', '..', 'workers', 'codec-server.ts'), { ANJIE_CODEC_PORT: '0' });
  const closed = once(child, 'close');
  const ready = JSON.parse(await firstLine(child)) as { ready: boolean; port: number };
  expect(ready.ready).toBe(true);
  const base = `http://127.0.0.1:${ready.port}`;
  expect(await (await fetch(`${base}/health`)).json()).toEqual({ status: 'ok' });
  expect((await fetch(`${base}/decode`, { method: 'POST', body: '{"payloads":[]}' })).status).toBe(401);
  child.kill('SIGTERM');
  expect(await closed).toEqual([0, null]);
});

test('codec server: without a key ring it says so and ends', async () => {
  const child = run(join(__dirname, '..', '..', 'workers', 'codec-server.ts'), { ANJIE_CODEC_PORT: '0' });
  let log = '';
  child.stderr!.on('data', (chunk: Buffer) => (log += chunk.toString()));
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(log).toContain('missingRing');
});

test('a log that nobody reads neither stops nor hangs the process', async () => {
  const child = run(join(__dirname, 'chatter.ts'), { CHATTER_FILE: join(directory, 'done') });
  // Nothing reads stderr until the end: its pipe holds 64 KiB, the process writes 20 MB.
  child.stderr!.pause();
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(0);
  expect(readFileSync(join(directory, 'done'), 'utf8')).toBe('all said');
  child.stderr!.destroy();
});

test('an uncaught error ends the process with a line that has been redacted', async () => {
  const child = run(join(__dirname, 'chatter.ts'), { CHATTER_THROWS: '1' });
  let log = '';
  child.stderr!.on('data', (chunk: Buffer) => (log += chunk.toString()));
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(log).toContain('未捕获的错误');
  expect(log).not.toContain('990101199003070013');
});
