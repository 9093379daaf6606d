import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { takeDataFolder } from '../../cli/launcher/data-folder';
import { isRunning, startOf, type ProcessMark } from '../../cli/launcher/processes';

const silent = (): void => undefined;
let folder: string;
let started: ChildProcess[];

function run(script: string): ChildProcess {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  return child;
}

function markOf(name: string, child: ChildProcess): ProcessMark {
  const pid = child.pid ?? 0;
  return { name, pid, started: startOf(pid) ?? '' };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString())));
}

/** A launcher in a process of its own that takes the folder and stays. */
async function otherLauncher(): Promise<ChildProcess> {
  const module = path.resolve('dist', 'cli', 'launcher', 'data-folder.js');
  const child = run(`
    require(${JSON.stringify(module)}).takeDataFolder(${JSON.stringify(folder)}, () => {}).then((held) => {
      held.recordChildren([{ name: 'launcher', pid: process.pid, started: '' }]);
      console.log('taken');
      setInterval(() => held, 1000);
    });`);
  await firstLine(child);
  return child;
}

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anjie-folder-'));
  started = [];
});

afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  fs.rmSync(folder, { recursive: true, force: true });
});

test('two launchers do not share a folder, and the second says who holds it', async () => {
  const first = await otherLauncher();
  await expect(takeDataFolder(folder, silent)).rejects.toThrow(`进程 ${first.pid}`);
});

test('the lock of a launcher that was killed is free at once', async () => {
  const first = await otherLauncher();
  const gone = new Promise((resolve) => first.once('exit', resolve));
  first.kill('SIGKILL');
  await gone;
  const held = await takeDataFolder(folder, silent);
  held.release();
});

test('processes that a killed launcher left are ended; one that only has the same pid is not touched', async () => {
  const orphan = run("console.log('up'); setInterval(() => {}, 1000)");
  const stranger = run("console.log('up'); setInterval(() => {}, 1000)");
  await Promise.all([firstLine(orphan), firstLine(stranger)]);
  const orphanMark = markOf('worker-1', orphan);
  const strangerMark = markOf('api', stranger);
  fs.writeFileSync(path.join(folder, 'children.json'), JSON.stringify([orphanMark, { ...strangerMark, started: 'long ago' }]));

  const told: string[] = [];
  const held = await takeDataFolder(folder, (line) => told.push(line));
  held.release();
  expect(isRunning(orphanMark)).toBe(false);
  expect(isRunning(strangerMark)).toBe(true);
  expect(told.join()).toContain(`worker-1 ${orphan.pid}`);
});

test('emptying a folder keeps the downloaded programs and the lock', async () => {
  fs.mkdirSync(path.join(folder, '.cache'));
  fs.writeFileSync(path.join(folder, '.cache', 'temporal'), 'program');
  fs.mkdirSync(path.join(folder, 'logs'));
  fs.writeFileSync(path.join(folder, 'anjie.db'), 'rows');
  const held = await takeDataFolder(folder, silent);
  held.empty();
  expect(fs.readdirSync(folder).filter((name) => !name.startsWith('launcher.lock'))).toEqual(['.cache']);
  await expect(takeDataFolder(folder, silent)).rejects.toThrow('已有一个安结在运行');
  held.release();
});
