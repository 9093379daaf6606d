import fs from 'node:fs';
import path from 'node:path';

import { readFunctions, type FunctionRow } from './functions/catalogue';

/** What the last full test run wrote: function id → the passing tests that prove it. */
type Served = Readonly<Record<string, readonly string[]>>;

interface Count {
  readonly label: string;
  readonly served: number;
  readonly total: number;
}

function countBy(rows: readonly FunctionRow[], served: Served, label: (row: FunctionRow) => string): Count[] {
  const labels = [...new Set(rows.map(label))];
  return labels.map((name) => {
    const members = rows.filter((row) => label(row) === name);
    return { label: name, served: members.filter((row) => row.id in served).length, total: members.length };
  });
}

function printCounts(title: string, counts: readonly Count[]): void {
  process.stdout.write(`\n${title}\n`);
  for (const { label, served, total } of counts) {
    process.stdout.write(`  ${String(served).padStart(4)} / ${String(total).padEnd(4)} ${label}\n`);
  }
}

function main(): void {
  const rows = readFunctions(path.resolve('docs', 'functions.tsv'));
  const file = path.resolve('functions-served.json');
  if (!fs.existsSync(file)) {
    process.stderr.write('还没有 functions-served.json：先运行 npm test，它在全部测试后写出。\n');
    process.exitCode = 1;
    return;
  }
  const served = JSON.parse(fs.readFileSync(file, 'utf8')) as Served;
  printCounts('各来源 by seed', countBy(rows, served, (row) => `${row.seed} ${row.subsystem}`));
  printCounts('各领域 by area', countBy(rows, served, (row) => `${row.seed} ${row.group}`));
  const ids = rows.filter((row) => row.id in served);
  process.stdout.write(`\n已由通过的测试证明 served: ${ids.length} / ${rows.length}\n`);
  for (const row of ids) process.stdout.write(`  ${row.id} ${row.nameZh}\n`);
}

main();
