import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { startStack as launch, type Stack, type StackOptions } from '../../cli/launcher/stack';

export interface TestStackOptions extends Pick<StackOptions, 'databaseUrl' | 'profile' | 'workers'> {
  /** Variables on top of the environment of the tests, for all processes of the stack. */
  readonly env?: Readonly<Record<string, string>>;
  /** An earlier stack's folder, to start again on what it left; a new one by default. */
  readonly dataDir?: string;
}

export interface TestStack extends Stack {
  /** Kills a process by name (temporal, sandbox-national, worker-admission-1, codec, api) and waits until another took its place. */
  killAndWait(name: string, signal: NodeJS.Signals): Promise<void>;
  /** Stops all processes; the data folder goes with the test run. */
  stop(): Promise<void>;
}

const RESTART_TIMEOUT_MS = 10_000;

/**
 * Starts everything that `npm start` starts, on free ports and a data folder of its own. A test file starts one in
 * `beforeAll` (allow a minute) and stops it in `afterAll`; what a broken test leaves behind is ended after the run.
 */
export async function startStack(options: TestStackOptions = {}): Promise<TestStack> {
  const root = process.env['ANJIE_TEST_STACKS'] ?? os.tmpdir();
  const dataDir = options.dataDir ?? fs.mkdtempSync(path.join(root, 'stack-'));
  const lines: string[] = [];
  const stack = await launch({
    dataDir,
    env: { ...process.env, ...options.env },
    usualPorts: false,
    report: (line) => lines.push(line),
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.workers === undefined ? {} : { workers: options.workers }),
  });
  return {
    ...stack,
    async killAndWait(name, signal) {
      const before = stack.pid(name);
      stack.kill(name, signal);
      const deadline = Date.now() + RESTART_TIMEOUT_MS;
      for (let now = before; now === before || now === undefined; now = stack.pid(name)) {
        if (Date.now() > deadline) throw new Error(`${name} did not come back:\n${lines.join('\n')}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}
