import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { PORT_PLACES } from '../../cli/launcher/addresses';

interface Said {
  readonly code: number | null;
  readonly lines: readonly string[];
}

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anjie-doctor-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Runs a doctor; what it says goes line by line, the last line is its verdict. */
async function ask(doctor: string, env: NodeJS.ProcessEnv): Promise<Said> {
  const child = spawn(process.execPath, [doctor], { env });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, lines: text.trimEnd().split('\n') };
}

/** The doctor of a fresh checkout on a machine that has only these programs. */
function askBare(programs: readonly string[], extra: NodeJS.ProcessEnv = {}): Promise<Said> {
  const doctor = path.join(folder, 'cli', 'doctor.mjs');
  const bin = path.join(folder, 'bin');
  for (const made of [path.dirname(doctor), bin]) fs.mkdirSync(made, { recursive: true });
  fs.copyFileSync(path.resolve('cli', 'doctor.mjs'), doctor);
  for (const name of programs) fs.writeFileSync(path.join(bin, name), '#!/bin/sh\necho 9.9.9\n', { mode: 0o755 });
  return ask(doctor, { PATH: bin, ...extra });
}

function expectOneLineEach({ lines }: Said): void {
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/^[✓!✗] \S/);
}

test('this machine, on which the tests run, lacks nothing', async () => {
  const said = await ask(path.resolve('cli', 'doctor.mjs'), process.env);
  expectOneLineEach(said);
  expect(said.lines.filter((line) => line.startsWith('✗'))).toEqual([]);
  expect([said.code, said.lines.at(-1)]).toEqual([0, '可以运行 npm run demo']);
});

test('a bare machine: what is missing, one line each, and a compiler is asked for', async () => {
  const said = await askBare([]);
  expectOneLineEach(said);
  expect(said.lines).toContain('✗ npm：没有找到');
  expect(said.lines.filter((line) => line.includes('apt-get install build-essential'))).toEqual([expect.stringMatching(/^! .*better-sqlite3/)]);
  expect(said.lines.some((line) => line.startsWith('!') && line.includes('TEMPORAL_CLI_PATH'))).toBe(true);
  expect([said.code, said.lines.at(-1)]).toEqual([1, '缺 1 项，见上面的 ✗']);
});

test('with npm, a compiler, make and python3 nothing is in the way', async () => {
  const said = await askBare(['npm', 'c++', 'make', 'python3']);
  expectOneLineEach(said);
  expect(said.lines.some((line) => line.startsWith('✓ 编译器'))).toBe(true);
  expect(said.lines.join('\n')).not.toContain('build-essential');
  expect([said.code, said.lines.at(-1)]).toEqual([0, '可以运行 npm run demo']);
});

test('a Temporal program that is named and does not run is missing', async () => {
  const said = await askBare(['npm', 'c++', 'make', 'python3'], { TEMPORAL_CLI_PATH: '/no/such/temporal' });
  expect(said.lines).toContain('✗ TEMPORAL_CLI_PATH=/no/such/temporal 不能运行');
  expect(said.code).toBe(1);
});

test('ports that are taken are named by their variables, all of those that the launcher prefers', async () => {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  const preferred = Object.values(PORT_PLACES).filter((place) => place.preferred !== undefined);
  try {
    const taken = Object.fromEntries(preferred.map(({ variable }) => [variable, String(port)]));
    const said = await askBare(['npm', 'c++', 'make', 'python3'], taken);
    const line = said.lines.find((each) => each.includes('端口已被占用'));
    for (const { variable } of preferred) expect(line).toContain(`${variable} ${port}`);
    expect(said.code).toBe(0);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});
