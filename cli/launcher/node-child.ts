import { spawn } from 'node:child_process';
import path from 'node:path';

import { openRotatingLog } from './rotating-log';
import type { ChildSpec } from './supervisor';

/** The built program. Tests run this file from its source, so the place is taken from the working directory's root. */
function programOf(script: string): string {
  return path.resolve('dist', script);
}

/** A child that is one of our own programs and prints the ready line. */
export function nodeChild(name: string, script: string, env: NodeJS.ProcessEnv, args: readonly string[] = []): ChildSpec {
  const command = [...nodeOptions(), programOf(script), ...args];
  return { name, command: process.execPath, args: command, env, ready: 'line' };
}

function nodeOptions(): string[] {
  return ['--enable-source-maps'];
}

/** Runs one of our programs to its end. Throws with its last log lines when it exits with anything but 0. */
export async function runToEnd(
  name: string,
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  logsDir: string,
): Promise<void> {
  const log = openRotatingLog(path.join(logsDir, `${name}.log`));
  const child = spawn(process.execPath, [...nodeOptions(), programOf(script), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (chunk: Buffer) => log.write(chunk));
  child.stderr.on('data', (chunk: Buffer) => log.write(chunk));
  const code = await new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve(exitCode ?? signal ?? 'unknown'));
  });
  const lines = log.tail(8);
  log.close();
  if (code !== 0) throw new Error(`${name} 没有成功（${code}）：\n  ${lines.join('\n  ')}`);
}
