import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { openEncryptedFiles } from '../../runtime/encrypted-files';
import type { CommandDesk } from '../../api/commands';
import { Sweeper } from '../../api/sweeper';
import { createLogger } from '../../runtime/logger';

/** What a process that died in the middle of an upload leaves behind is cleared away, and nothing else. */
const HOUR_MS = 3_600_000;
const PLAIN = { encrypt: (bytes: Buffer) => bytes, decrypt: (bytes: Buffer) => bytes };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anjie-uploads-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const files = () => openEncryptedFiles(folder, PLAIN, 1_000);
function left(name: string, ageMs: number): string {
  mkdirSync(join(folder, name.slice(0, 2)), { recursive: true });
  const path = join(folder, name.slice(0, 2), name);
  writeFileSync(path, 'x');
  const at = (Date.now() - ageMs) / 1_000;
  utimesSync(path, at, at);
  return path;
}

test('old unfinished files go; younger ones, finished ones and files of others stay', async () => {
  const old = left(`${randomUUID()}.enc.part`, 2 * HOUR_MS);
  const stays = [left(`${randomUUID()}.enc.part`, 60_000), left(`${randomUUID()}.enc`, 48 * HOUR_MS), left('notes.part', 48 * HOUR_MS)];
  expect(await files().sweep(HOUR_MS)).toBe(1);
  expect([old, ...stays].map((path) => existsSync(path))).toEqual([false, true, true, true]);
  expect(await files().sweep(HOUR_MS)).toBe(0);
});

test('a folder that is not there yet holds nothing', async () => expect(await openEncryptedFiles(join(folder, 'none'), PLAIN, 1_000).sweep(0)).toBe(0));

test('an upload that breaks off leaves nothing; the sweeper clears the rest at its start', async () => {
  async function* broken(): AsyncGenerator<Buffer> {
    yield Buffer.alloc(200_000);
    throw new Error('cut off');
  }
  const id = randomUUID();
  await expect(files().write(id, broken())).rejects.toThrow('cut off');
  expect(existsSync(join(folder, id.slice(0, 2), `${id}.enc.part`))).toBe(false);

  const old = left(`${randomUUID()}.enc.part`, 2 * HOUR_MS);
  const commands = { renewLeases: () => Promise.resolve(), takeOver: () => Promise.resolve(0) } as unknown as CommandDesk;
  const sweeper = new Sweeper(commands, createLogger('test', 'silent'), 1_000_000, files());
  await sweeper.start();
  await sweeper.stop();
  expect([existsSync(old), sweeper.isHealthy()]).toEqual([false, true]);
});
