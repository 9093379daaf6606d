import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { takeDataFolder } from '../../cli/launcher/data-folder';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anjie-reset-'));
  for (const name of ['.cache', 'logs', 'demo']) fs.mkdirSync(path.join(folder, name));
  fs.writeFileSync(path.join(folder, 'anjie.db'), 'rows');
  fs.writeFileSync(path.join(folder, 'demo', 'anjie.db'), 'rows');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function reset(...args: string[]): { status: number | null; said: string } {
  const env = { ...process.env, ANJIE_DATA_DIR: folder };
  const result = spawnSync(process.execPath, [path.resolve('dist', 'cli', 'reset.js'), ...args], { env, encoding: 'utf8' });
  return { status: result.status, said: result.stdout + result.stderr };
}

const left = (): string[] => fs.readdirSync(folder).filter((name) => !name.startsWith('launcher.lock'));

test('without a yes nothing is removed', () => {
  expect(reset()).toMatchObject({ status: 1, said: expect.stringContaining('--yes') });
  expect(left().sort()).toEqual(['.cache', 'anjie.db', 'demo', 'logs']);
});

test('with --yes all is removed but the downloaded programs', () => {
  expect(reset('--yes').status).toBe(0);
  expect(left()).toEqual(['.cache']);
});

test.each(['', 'demo'])('nothing is removed while something runs on the folder %s', async (inside) => {
  const held = await takeDataFolder(path.join(folder, inside), () => undefined);
  try {
    expect(reset('--yes')).toMatchObject({ status: 1, said: expect.stringContaining('已有一个安结在运行') });
    expect(fs.existsSync(path.join(folder, 'anjie.db'))).toBe(true);
    expect(fs.existsSync(path.join(folder, 'demo', 'anjie.db'))).toBe(true);
  } finally {
    held.release();
  }
});
