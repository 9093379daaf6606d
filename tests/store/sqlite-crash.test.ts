import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openKeyRing } from '../../runtime/keys';
import { MsgidCounter } from '../../store/entities';
import { openStore } from '../../store/open-store';

/** Writes pairs of rows for ever and prints the number of each pair once its commit is acknowledged. */
const WRITER = `
const { openStore } = require('./dist/store/open-store');
const { openKeyRing } = require('./dist/runtime/keys');
const { MsgidCounter } = require('./dist/store/entities');
(async () => {
  const [databaseUrl, ring, name] = process.argv.slice(1);
  const store = await openStore({ databaseUrl, keyRing: openKeyRing(ring) });
  for (let id = 0; ; id += 1) {
    await store.write(async (manager) => {
      await manager.insert(MsgidCounter, { institution: 'a' + name + id, serial: id });
      await manager.insert(MsgidCounter, { institution: 'b' + name + id, serial: id });
    });
    console.log(id);
  }
})();`;

test('kill -9 of two writing processes leaves every acknowledged pair and no half one', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'anjie-crash-'));
  const [databaseUrl, ring] = [`sqlite:${join(directory, 'anjie.db')}`, join(directory, 'ring.json')];
  const keyRing = openKeyRing(ring, { create: true });
  const before = await openStore({ databaseUrl, keyRing });
  await before.migrate();
  await before.close();

  const acknowledged = await Promise.all(['x', 'y'].map((name) => writeUntilKilled([databaseUrl, ring, name], 120)));
  const store = await openStore({ databaseUrl, keyRing });
  const names = new Set((await store.read((manager) => manager.find(MsgidCounter))).map((row) => row.institution));
  await store.close();
  rmSync(directory, { recursive: true });

  const halves = [...names].filter((name) => !names.has(name.replace(/^./, (half) => (half === 'a' ? 'b' : 'a'))));
  expect(halves).toEqual([]);
  for (const [index, name] of ['x', 'y'].entries()) {
    const lost = Array.from({ length: acknowledged[index] ?? 0 }, (_, id) => `a${name}${id}`).filter((row) => !names.has(row));
    expect(lost).toEqual([]);
  }
}, 60_000);

/** Runs the writer, kills it after `pairs` acknowledgements, and returns how many it gave. */
async function writeUntilKilled(args: readonly string[], pairs: number): Promise<number> {
  const child = spawn(process.execPath, ['-e', WRITER, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    count = Number(line) + 1;
    if (count === pairs) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return count;
}
