import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { TEMPORAL_CLI, TEMPORAL_TEST_SERVER } from '../../temporal-dev/binaries';
import { cacheDir, resolveBinary } from '../../temporal-dev/resolve';
import { makeTemporaryFolder } from './temporary-folder';

/**
 * Before the first test of a run: builds dist/ with the workflow bundle (the processes that tests start come from there),
 * finds the two Temporal programs, and makes the folders of the run: for temporary files, for what test files share of
 * databases, and where `serves()` notes what a test proves.
 */
export default async function setUp(): Promise<void> {
  execFileSync(process.execPath, [path.resolve('cli', 'build.mjs')], { stdio: ['ignore', 2, 2] });
  const temporary = makeTemporaryFolder();
  if (temporary !== null) process.env['TMPDIR'] = temporary;
  process.env['ANJIE_SERVES_DIR'] = fs.mkdtempSync(path.join(os.tmpdir(), 'anjie-serves-'));
  process.env['ANJIE_TEST_RUN'] = String(process.pid);
  process.env['ANJIE_TEST_DATABASES'] = fs.mkdtempSync(path.join(os.tmpdir(), 'anjie-databases-'));
  process.env['ANJIE_TEST_STACKS'] = fs.mkdtempSync(path.join(os.tmpdir(), 'anjie-stacks-'));
  process.env['ANJIE_CACHE_DIR'] = cacheDir();
  process.env['ANJIE_WORKFLOW_BUNDLE'] = path.resolve('dist', 'workflow-bundle.js');
  if (process.env['ANJIE_TESTS'] === 'unit') return;
  const report = (line: string) => process.stderr.write(`${line}\n`);
  for (const binary of [TEMPORAL_CLI, TEMPORAL_TEST_SERVER]) {
    process.env[binary.pathVariable] = (await resolveBinary(binary, { report })).path;
  }
}
