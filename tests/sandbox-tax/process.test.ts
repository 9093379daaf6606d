import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Bureau, levyOf, levyRow, MORNING, person } from './bureau';

const MAIN = resolve('dist', 'sandbox', 'tax', 'main.js');
const ROWS = 2000;

/** The process itself: killed in the middle of a file and of a day it goes on where it stood. */
describe('the process', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-tax-process-'));
  let child: ChildProcess | null = null;

  beforeAll(() => {
    if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: build first`);
  });

  async function start(env: Record<string, string> = {}): Promise<string> {
    const started = spawn(process.execPath, [MAIN], { env: { ...process.env, SANDBOX_TAX_PORT: '0', SANDBOX_TAX_DATA: dataDir, ...env }, stdio: ['ignore', 'pipe', 'ignore'] });
    child = started;
    const line = await new Promise<string>((ready, failed) => {
      started.stdout?.once('data', (text: Buffer) => ready(text.toString('utf8')));
      started.once('exit', (code) => failed(new Error(`ended with ${code}`)));
    });
    return `http://127.0.0.1:${(JSON.parse(line) as { port: number }).port}`;
  }

  function end(signal: NodeJS.Signals): Promise<number | null> {
    const ending = child;
    child = null;
    return new Promise((ended) => {
      if (!ending || ending.exitCode !== null) return ended(ending?.exitCode ?? null);
      ending.once('exit', (code) => ended(code));
      ending.kill(signal);
    });
  }

  /** The bureau's connection to the office wherever it listens now. */
  const bureauAt = (url: string): Bureau => new Bureau({ url, close: async () => void (await end('SIGTERM')) }, [], dataDir);

  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (const deadline = Date.now() + 20_000; !(await holds()); ) {
      if (Date.now() > deadline) throw new Error('waited 20 s');
      await new Promise((later) => setTimeout(later, 20));
    }
  }

  test('kill -9 in the middle of a file, and again while payers pay: each row is answered once, each fen told once', async () => {
    let bureau = bureauAt(await start());
    await bureau.at(MORNING);
    await bureau.control('PUT', '/_data', { persons: Array.from({ length: ROWS }, (_, n) => person(n)) });
    await bureau.control('PUT', '/_settings', { dz: 'none' });
    await bureau.control('PUT', '/_scenario', { days: 2, counts: { twice: 5 } });
    const file = await bureau.file('ZJ', Array.from({ length: ROWS }, (_, n) => levyRow(levyOf(n))));
    await bureau.sendFile(file);
    const totals = async (): Promise<Record<string, number>> => (await bureau.control<{ totals: Record<string, number> }>('GET', '/_records')).totals;
    await until(async () => ((await totals())['leviesLive'] ?? 0) > 0);
    await end('SIGKILL');
    bureau = bureauAt(await start());
    // The sender does not know, asks, and goes on.
    await until(async () => (await bureau.task(file.name)).state === 'done');
    expect((await bureau.sendFile(file)).task).toMatchObject({ repeated: true, refused: 0 });
    const answers = await bureau.answersTo(await bureau.task(file.name));
    expect(answers.map(({ row_no, result }) => `${row_no} ${result}`)).toEqual(Array.from({ length: ROWS }, (_, n) => `${n + 1} 1`));
    expect((await totals())['leviesLive']).toBe(ROWS);
    const moving = bureau.at('2026-11-05 21:00:00').catch(() => undefined);
    await until(async () => ((await totals())['receipts'] ?? 0) > 0);
    await end('SIGKILL');
    await moving;
    bureau = bureauAt(await start());
    await bureau.at('2026-11-05 21:00:00');
    const rows = (await bureau.news('HP')).flatMap((each) => {
      expect(each.report.findings).toEqual([]);
      return each.rows.filter(({ kind }) => kind === '01');
    });
    const { receipts, paidFen, toldFen } = await totals();
    expect([rows.length, new Set(rows.map(({ taxrpt_no }) => taxrpt_no)).size, receipts]).toEqual([ROWS + 5, ROWS + 5, ROWS + 5]);
    expect([rows.reduce((sum, { paid }) => sum + paid, 0), toldFen]).toEqual([paidFen, paidFen]);
    expect(await end('SIGTERM')).toBe(0);
    await expect(start({ SANDBOX_TAX_FORMAT: 'none' })).rejects.toThrow('ended with 1');
    await bureau.close();
  }, 60_000);
});
