import fs from 'node:fs';
import path from 'node:path';

import { readFunctions, type FunctionRow } from './functions/catalogue';

/** A test that named a function and passed when it last ran. */
interface Proof {
  readonly file: string;
  readonly test: string;
  readonly at: string;
}

/** What the test runs keep, see tests/support/served-functions-reporter.js. */
interface ServedFile {
  /** When all tests last ran, or null. */
  readonly wholeRunAt: string | null;
  readonly served: Served;
}

type Served = Readonly<Record<string, readonly Proof[]>>;

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

function whenRun(wholeRunAt: string | null, served: Served): string {
  if (wholeRunAt === null) return '没有整套运行过测试，以下只计跑过的 from runs of some tests only';
  const later = Object.values(served).flat().filter(({ at }) => at > wholeRunAt).length;
  const since = later > 0 ? `，其后单独重跑而更新的证明 ${later} 项` : '';
  return `整套运行 whole run: ${wholeRunAt}${since}`;
}

function main(): void {
  const rows = readFunctions(path.resolve('docs', 'functions.tsv'));
  const file = path.resolve('functions-served.json');
  if (!fs.existsSync(file)) {
    process.stderr.write('还没有 functions-served.json：先运行 npm test（全部或一部分），测试之后写出。\n');
    process.exitCode = 1;
    return;
  }
  const { wholeRunAt, served } = JSON.parse(fs.readFileSync(file, 'utf8')) as ServedFile;
  process.stdout.write(`${whenRun(wholeRunAt, served)}\n`);
  printCounts('各来源 by seed', countBy(rows, served, (row) => `${row.seed} ${row.subsystem}`));
  printCounts('各领域 by area', countBy(rows, served, (row) => `${row.seed} ${row.group}`));
  const ids = rows.filter((row) => row.id in served);
  process.stdout.write(`\n已由通过的测试证明 served: ${ids.length} / ${rows.length}\n`);
  for (const row of ids) process.stdout.write(`  ${row.id} ${row.nameZh}\n`);
}

main();
