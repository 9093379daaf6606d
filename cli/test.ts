import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { findTestDatabase } from './test-database';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Full names of what was skipped. */
  readonly skippedNames: readonly string[];
}

/**
 * Runs jest and closes with the line `N passed, N failed, N skipped`. `--unit` runs only what needs no server; every
 * other argument goes to jest as it is. The exit code is jest's, and 1 when nothing at all was run.
 */
async function main(): Promise<void> {
  const given = process.argv.slice(2);
  const unit = given.includes('--unit');
  const forJest = given.filter((argument) => argument !== '--unit');
  const which = unit ? 'unit' : forJest.length === 0 ? 'all' : 'some';
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anjie-test-'));
  const countsFile = path.join(folder, 'counts.json');

  const database = unit ? 'absent' : findTestDatabase((line) => process.stderr.write(`${line}\n`));

  const jest = spawn(process.execPath, [path.resolve('node_modules', 'jest', 'bin', 'jest.js'), ...forJest], {
    stdio: 'inherit',
    // jest.config.js reads ANJIE_TESTS, the reporters the first two, tests/support/databases.ts the last.
    env: { ...process.env, ANJIE_TESTS: which, ANJIE_TEST_COUNTS: countsFile, ANJIE_TEST_DATABASE: database },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => jest.kill(signal));
  const code = await new Promise<number>((resolve) => {
    jest.once('exit', (exitCode) => resolve(exitCode ?? 1));
  });

  const none: Counts = { passed: 0, failed: 0, skipped: 0, skippedNames: [] };
  const counts = fs.existsSync(countsFile) ? (JSON.parse(fs.readFileSync(countsFile, 'utf8')) as Counts) : none;
  fs.rmSync(folder, { recursive: true, force: true });
  if (counts.skipped > 0) {
    const why = database === 'absent' && !unit ? '（没有 MariaDB，也没有 MYSQL_URL）' : '';
    process.stdout.write(`跳过的测试 skipped${why}：\n${counts.skippedNames.map((name) => `  ${name}\n`).join('')}`);
  }
  const ranNone = counts.passed + counts.failed === 0;
  process.exitCode = code !== 0 ? code : ranNone ? 1 : 0;
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
}

void main();
