import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { PORT_PLACES } from '../../cli/launcher/addresses';

export interface Told {
  readonly code: number | null;
  readonly text: string;
}

/** Free ports, so that the usual ones stay with whoever runs the product on this machine. */
const FREE_PORTS = Object.fromEntries(Object.values(PORT_PLACES).map(({ variable }) => [variable, '0']));

/** Plays `npm run demo -- --once` with its own data folder. */
export function playDemo(args: readonly string[], extra: Readonly<Record<string, string>> = {}): Promise<Told> {
  const dataDir = fs.mkdtempSync(path.join(process.env['ANJIE_TEST_STACKS'] ?? os.tmpdir(), 'demo-'));
  const env = { ...process.env, ...FREE_PORTS, ANJIE_DATA_DIR: dataDir, ...extra };
  const child = spawn(process.execPath, [path.resolve('dist', 'cli', 'demo.js'), '--once', ...args], { env });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, text })));
}
