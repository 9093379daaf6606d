import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openKeyRing } from '../../runtime/keys';

/** Opens the ring at a moment that all processes were given, and prints the id of its current key. */
const OPENER = `
const { openKeyRing } = require('./dist/runtime/keys');
const [path, moment] = process.argv.slice(1);
while (Date.now() < Number(moment));
console.log(openKeyRing(path, { create: true }).currentKeyId);`;

test('six processes that make the ring at once end with one ring', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'anjie-keys-')), 'ring', 'key-ring.json');
  const moment = String(Date.now() + 1500);
  const openers = Array.from({ length: 6 }, () => promisify(execFile)(process.execPath, ['-e', OPENER, path, moment]));
  const ids = (await Promise.all(openers)).map(({ stdout }) => stdout.trim());
  expect(new Set(ids)).toEqual(new Set([openKeyRing(path).currentKeyId]));
}, 30_000);
