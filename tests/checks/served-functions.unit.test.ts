import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

interface Reporter {
  onTestFileResult(test: unknown, result: { testFilePath: string; testResults: readonly { fullName: string; status: string }[] }): void;
  onRunComplete(contexts: unknown, results: { wasInterrupted: boolean }): void;
}
const ServedFunctionsReporter = jest.requireActual<new (config: unknown, options: { file: string }) => Reporter>('../support/served-functions-reporter.js');

let folder: string;
let file: string;
const before = { ANJIE_TESTS: process.env['ANJIE_TESTS'], ANJIE_SERVES_DIR: process.env['ANJIE_SERVES_DIR'] };

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anjie-served-'));
  file = path.join(folder, 'served.json');
});
afterEach(() => {
  Object.assign(process.env, before);
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Files that exist, so that their proofs may stand. */
const ONE = path.resolve('tests/checks/cycles.unit.test.ts');
const TWO = path.resolve('tests/checks/markdown.unit.test.ts');

type Run = Readonly<Record<string, Readonly<Record<string, { status: string; serves?: readonly string[] }>>>>;

/** A run of the tests given; returns which functions are served afterwards, by which tests. */
function run(which: 'all' | 'some', files: Run, wasInterrupted = false): Record<string, string[]> {
  const notes = fs.mkdtempSync(path.join(folder, 'notes-'));
  Object.assign(process.env, { ANJIE_TESTS: which, ANJIE_SERVES_DIR: notes });
  const reporter = new ServedFunctionsReporter({}, { file });
  for (const [testFilePath, tests] of Object.entries(files)) {
    for (const [test, { serves = [] }] of Object.entries(tests)) {
      fs.appendFileSync(path.join(notes, 'notes.jsonl'), serves.map((id) => `${JSON.stringify({ id, file: testFilePath, test })}\n`).join(''));
    }
    reporter.onTestFileResult(null, { testFilePath, testResults: Object.entries(tests).map(([fullName, { status }]) => ({ fullName, status })) });
  }
  reporter.onRunComplete(null, { wasInterrupted });
  const { served } = JSON.parse(fs.readFileSync(file, 'utf8')) as { served: Record<string, { test: string }[]> };
  return Object.fromEntries(Object.entries(served).map(([id, proofs]) => [id, proofs.map(({ test }) => test)]));
}

const passed = (...serves: string[]) => ({ status: 'passed', serves });
const failed = (...serves: string[]) => ({ status: 'failed', serves });
const wholeRunAt = (): string | null => (JSON.parse(fs.readFileSync(file, 'utf8')) as { wholeRunAt: string | null }).wholeRunAt;

test('only passing tests prove', () => {
  expect(run('all', { [ONE]: { a: passed('f1'), b: failed('f2') }, [TWO]: { c: passed('f1', 'f3') } })).toEqual({ f1: ['a', 'c'], f3: ['c'] });
  expect(wholeRunAt()).not.toBeNull();
});

test('a run of some keeps what the others proved, and takes away what it disproves', () => {
  run('all', { [ONE]: { a: passed('f1'), b: passed('f2') }, [TWO]: { c: passed('f3') } });
  const since = wholeRunAt();
  expect(run('some', { [ONE]: { a: failed('f1'), b: { status: 'pending' }, d: passed('f4') } })).toEqual({ f2: ['b'], f3: ['c'], f4: ['d'] });
  expect(wholeRunAt()).toBe(since);
});

test('a test that is gone, or no longer says so, proves nothing more', () => {
  const gone = path.resolve('tests/checks/no-such.test.ts');
  run('some', { [ONE]: { a: passed('f1'), b: passed('f2') }, [gone]: { c: passed('f3') } });
  expect(wholeRunAt()).toBeNull();
  expect(run('some', { [ONE]: { a: passed() } })).toEqual({});
});

test('a run of all forgets the rest, one that was interrupted does not', () => {
  run('all', { [ONE]: { a: passed('f1') }, [TWO]: { c: passed('f3') } });
  expect(run('all', { [ONE]: { a: passed('f1') } }, true)).toEqual({ f1: ['a'], f3: ['c'] });
  expect(run('all', { [ONE]: { a: passed('f1') } })).toEqual({ f1: ['a'] });
});
