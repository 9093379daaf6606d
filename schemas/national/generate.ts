/**
 * Generates `generated/` from `source/interfaces.json` and `corrections.ts`: per transaction one file with its types and
 * its descriptor, and an index. Run by `npm run generate`; with `--check` it compares instead of writing.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderIndex, renderTransaction, renderTypes } from './render';
import { readTransactions, type SourceTransaction } from './source';

/** The repository's root, found from the compiled file as well as from its source. */
export function findRoot(from = __dirname): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('no package.json above this file');
  return findRoot(parent);
}

/** Path below `schemas/national/generated` → text of every generated file. Throws when source and corrections disagree. */
export function generate(root = findRoot()): Map<string, string> {
  const text = readFileSync(join(root, 'schemas/national/source/interfaces.json'), 'utf8');
  const transactions = readTransactions(JSON.parse(text) as SourceTransaction[]);
  const files = new Map(transactions.map((each) => [`${each.transaction.infno}.ts`, renderTransaction(each)]));
  files.set('types.ts', renderTypes(transactions));
  files.set('index.ts', renderIndex(transactions));
  return files;
}

/** Names of the files that differ from what would be generated, missing and superfluous ones included. */
export function findStale(root = findRoot()): string[] {
  const directory = join(root, 'schemas/national/generated');
  const files = generate(root);
  const present = existsSync(directory) ? readdirSync(directory) : [];
  const changed = [...files].filter(([name, text]) => !present.includes(name) || readFileSync(join(directory, name), 'utf8') !== text);
  return [...changed.map(([name]) => name), ...present.filter((name) => !files.has(name))].sort();
}

function write(root: string): number {
  const directory = join(root, 'schemas/national/generated');
  mkdirSync(directory, { recursive: true });
  const files = generate(root);
  for (const name of readdirSync(directory)) if (!files.has(name)) rmSync(join(directory, name));
  for (const [name, text] of files) writeFileSync(join(directory, name), text);
  return files.size;
}

function main(): void {
  const root = findRoot();
  if (!process.argv.includes('--check')) {
    process.stdout.write(`schemas/national/generated: ${write(root)} files written\n`);
    return;
  }
  const stale = findStale(root);
  if (stale.length === 0) {
    process.stdout.write('schemas/national/generated is up to date\n');
    return;
  }
  process.stderr.write(`schemas/national/generated is stale (${stale.join(', ')}): run npm run generate\n`);
  process.exitCode = 1;
}

if (require.main === module) main();
