import { spawn } from 'node:child_process';
import path from 'node:path';

import { GENERATORS } from './generators';

interface Check {
  readonly name: string;
  readonly args: readonly string[];
}

const bin = (...parts: string[]): string => path.resolve('node_modules', ...parts);

const CHECKS: readonly Check[] = [
  { name: '类型 types', args: [bin('typescript', 'bin', 'tsc'), '--noEmit', '-p', '.'] },
  { name: '工作台类型 types of the workbench', args: [bin('vue-tsc', 'bin', 'vue-tsc.js'), '--noEmit', '-p', 'web'] },
  { name: '规则与导入边界 lint, import borders', args: [bin('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0'] },
  { name: '循环导入 circular imports', args: [path.resolve('dist', 'cli', 'check-cycles.js')] },
  ...GENERATORS.map((generator) => ({ name: `生成文件 ${generator.name}`, args: [generator.script, '--check'] })),
  { name: '文档所指的路径与命令 names in Markdown', args: [path.resolve('dist', 'cli', 'check-docs.js')] },
];

interface Outcome {
  readonly check: Check;
  readonly ok: boolean;
  readonly output: string;
}

function run(check: Check): Promise<Outcome> {
  const child = spawn(process.execPath, check.args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ check, ok: code === 0, output })));
}

/** Runs all checks, two at a time, and prints one line for each; what a failed one said follows its line. */
async function main(): Promise<void> {
  const waiting = [...CHECKS];
  let failed = 0;
  async function worker(): Promise<void> {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { ok, output } = await run(check);
      process.stdout.write(`${ok ? '✓' : '✗'} ${check.name}\n${ok ? '' : output}`);
      if (!ok) failed += 1;
    }
  }
  await Promise.all([worker(), worker()]);
  process.stdout.write(failed === 0 ? '全部检查通过 all checks passed\n' : `${failed} 项检查没有通过 check(s) failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}

void main();
