import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { isRunning, startOf, type ProcessMark } from '../../cli/launcher/processes';
import { Supervisor, type ChildSpec } from '../../cli/launcher/supervisor';

const READY = 'console.log(JSON.stringify({ready:true}));';
const FOREVER = `${READY} setInterval(() => {}, 1000);`;

let folder: string;
let supervisor: Supervisor;
let lines: string[];
let last: readonly ProcessMark[];

function child(name: string, script: string, extra: Partial<ChildSpec> = {}): ChildSpec {
  return { name, command: process.execPath, args: ['-e', script], env: process.env, ready: 'line', ...extra };
}

async function until<T>(read: () => T | undefined | false, timeoutMs = 5_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = read();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error('it did not come in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anjie-supervisor-'));
  lines = [];
  last = [];
  supervisor = new Supervisor({ logsDir: folder, report: (line) => lines.push(line), onChange: (marks) => (last = marks) });
});

afterEach(async () => {
  await supervisor.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

test('a killed child is back within five seconds under a new pid', async () => {
  await supervisor.start(child('one', FOREVER));
  const before = supervisor.pid('one');
  supervisor.kill('one', 'SIGKILL');
  await until(() => supervisor.pid('one') === undefined);
  const after = await until(() => supervisor.pid('one'), 5_000);
  expect(after).not.toBe(before);
  expect(last.map((mark) => mark.pid)).toEqual([after]);
});

test('a child that dies soon after each start comes back at growing intervals and its last words are told', async () => {
  const marker = path.join(folder, 'lived');
  const script = `
    const fs = require('node:fs');
    if (fs.existsSync(${JSON.stringify(marker)})) { console.error('no licence to run'); process.exit(7); }
    fs.writeFileSync(${JSON.stringify(marker)}, ''); ${READY} setTimeout(() => process.exit(7), 50);`;
  await supervisor.start(child('ill', script));
  await until(() => lines.filter((line) => line.includes('已退出')).length >= 3);
  const deaths = lines.filter((line) => line.includes('已退出'));
  const pauses = deaths.map((line) => Number(/(\d+) 毫秒/.exec(line)?.[1]));
  expect(pauses.slice(0, 3)).toEqual([200, 400, 800]);
  expect(deaths[1]).toContain('no licence to run');
  expect(deaths[1]).toContain('退出码 7');
});

test('a child that does not get ready is an error with its last log lines', async () => {
  await expect(supervisor.start(child('mute', "console.error('bad port'); process.exit(3)"))).rejects.toThrow(/退出码 3[\s\S]*bad port/);
  const slow = child('slow', 'setInterval(() => {}, 1000)', { readyTimeoutMs: 200 });
  await expect(supervisor.start(slow)).rejects.toThrow('没有就绪');
  await expect(supervisor.start(child('none', '', { command: '/no/such/program' }))).rejects.toThrow('无法启动');
});

test('stop ends the children in reverse order, also one that ignores SIGTERM, and none is left', async () => {
  const order = path.join(folder, 'order');
  const note = (name: string) =>
    `process.on('SIGTERM', () => { require('node:fs').appendFileSync(${JSON.stringify(order)}, '${name} '); process.exit(0); });${FOREVER}`;
  await supervisor.start(child('first', note('first')));
  await supervisor.start(child('deaf', `process.on('SIGTERM', () => {});${FOREVER}`, { graceMs: 200 }));
  await supervisor.start(child('last', note('last')));
  const marks = [...last];
  expect(marks).toHaveLength(3);
  await supervisor.stop();
  expect(marks.filter(isRunning)).toEqual([]);
  expect(fs.readFileSync(order, 'utf8')).toBe('last first ');
  expect(last).toEqual([]);
});

test('what a child prints is in its log', async () => {
  await supervisor.start(child('talker', `${READY} console.error('to stderr'); setInterval(() => {}, 1000)`));
  const log = path.join(folder, 'talker.log');
  await until(() => fs.readFileSync(log, 'utf8').includes('to stderr'));
  expect(fs.readFileSync(log, 'utf8')).toContain('"ready":true');
});

test('a process is known by its start, not by its pid alone', () => {
  const started = startOf(process.pid);
  expect(started).toBeDefined();
  expect(isRunning({ name: 'me', pid: process.pid, started: String(started) })).toBe(true);
  expect(isRunning({ name: 'not me', pid: process.pid, started: `${started}0` })).toBe(false);
});
