import fc from 'fast-check';
import { type Bureau, levyOf, levyRow, openBureau, unitLevy } from './bureau';

interface Receipt {
  readonly kind: string;
  readonly taxrpt_no: string;
  readonly paid: number;
  readonly hp_file: string | null;
  readonly voided: number;
  readonly treasury_line: number | null;
  readonly fiscal_line: number | null;
}

/** Everything that came, each file by its content once. */
async function everything(bureau: Bureau): Promise<{ told: Map<string, number>; fileSum: number; rowSum: number; statements: number[] }> {
  const files = await bureau.news('HP', 'GK');
  const once = [...new Map(files.map((file) => [file.sm3, file])).values()];
  for (const { report } of once) expect(report.findings).toEqual([]);
  const rows = once.filter(({ item }) => item === 'HP').flatMap((file) => file.rows);
  const statements = once.filter(({ item }) => item === 'GK').flatMap((file) => file.rows.map(({ amt, ...row }) => [(row as unknown as { source: string }).source, amt] as const));
  return {
    told: new Map(rows.filter(({ kind }) => kind !== '04').map((row) => [`${row.taxrpt_no}/${row.kind}`, row.paid])),
    fileSum: once.filter(({ item }) => item === 'HP').reduce((sum, { report }) => sum + (report.header?.amt_sum ?? 0), 0),
    rowSum: rows.reduce((sum, { paid }) => sum + paid, 0),
    statements: ['1', '2'].map((source) => statements.filter(([of]) => of === source).reduce((sum, [, amt]) => sum + amt, 0)),
  };
}

async function check(bureau: Bureau): Promise<Receipt[]> {
  const { told, fileSum, rowSum, statements } = await everything(bureau);
  const receipts = await bureau.records<Receipt>('receipts');
  const sum = (some: readonly Receipt[]): number => some.reduce((total, { paid }) => total + paid, 0);
  expect(told).toEqual(new Map(receipts.map(({ taxrpt_no, kind, paid }) => [`${taxrpt_no}/${kind}`, paid])));
  expect([fileSum, rowSum]).toEqual([sum(receipts), sum(receipts)]);
  const standing = receipts.filter(({ kind, voided }) => kind !== '02' && !voided);
  expect(standing.filter(({ treasury_line, fiscal_line }) => treasury_line === null || fiscal_line === null)).toEqual([]);
  expect(statements).toEqual([sum(standing), sum(standing)]);
  return receipts;
}

const SEED = Number(process.env['FUZZ_SEED'] ?? 20261122);

test(`whatever is ordered: what the files say is what the office has in its books (seed ${SEED})`, async () => {
  const moment = fc.tuple(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 0, max: 23 })).map(([day, hour]) => `2026-11-0${day} ${String(hour).padStart(2, '0')}:15:00`);
  const levy_no = fc.integer({ min: 0, max: 5 }).map((n) => (n === 0 ? 'LU' : `L${n}`));
  const amountFen = fc.option(fc.integer({ min: 1, max: 60_000 }), { nil: undefined });
  const flag = fc.option(fc.boolean(), { nil: undefined });
  const order = fc.oneof(
    fc.record({ act: fc.constant('pay'), levy_no, amountFen, again: flag, force: flag, at: moment }),
    fc.record({ act: fc.constantFrom('twice', 'void'), levy_no, at: moment }),
    fc.record({ act: fc.constant('part'), levy_no, at: moment }),
    fc.record({ act: fc.constant('late'), levy_no, days: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ act: fc.constant('debit'), levy_no, fails: fc.boolean(), at: moment }),
    fc.record({ act: fc.constant('refund'), levy_no, amountFen, fails: fc.integer({ min: 0, max: 1 }), at: moment }),
    fc.record({ act: fc.constant('withoutLevy'), like: levy_no, amountFen, at: moment }),
  );
  const cancels = fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.array(order, { minLength: 1, maxLength: 25 }), cancels, async (orders, cancelled) => {
      const bureau = await openBureau({}, 6);
      await bureau.control('PUT', '/_settings', { dz: 'none', transferEvery: 'day', refundDays: 1 });
      await bureau.levy(...[1, 2, 3, 4, 5].map((n) => levyOf(n, { latefee_way: '1', due_date: '2026-11-05' })));
      await bureau.send('ZJ', unitLevy().map((row) => levyRow({ ...row, due_date: '2026-11-05' })), { line: 'ZG' });
      await bureau.order({ act: 'cross', count: 1 }, ...orders);
      await bureau.send('ZC', cancelled.map((n) => levyRow(levyOf(n, { op: 'C', cncl_reason: '01' }))));
      await bureau.faults({ item: 'HP', kind: 'doubled', nth: 2 }, { item: 'HP', kind: 'half', nth: 3, ms: 600_000 });
      await bureau.at('2026-11-12 21:00:00');
      const applications = await bureau.news('TK');
      for (const { rows, name, report } of applications) await bureau.send('TF', rows, { line: report.header?.line, batch_no: report.header?.batch_no, ref_file: name, made_at: '2026-11-12 21:00:00' });
      await bureau.control('PUT', '/_clock', { offsetMs: Date.parse('2026-11-20T13:00:00Z') - Date.now() });
      // The list is read from its beginning again, so that what came before the applications counts.
      bureau.rewind();
      await check(bureau);
      await bureau.close();
      expect(bureau.errors).toEqual([]);
    }),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 8), seed: SEED },
  );
}, 60_000);

test('a scenario plays a batch by itself: numbers exact, the same for a seed, every fen told', async () => {
  const bureau = await openBureau({}, 300);
  await bureau.control('PUT', '/_settings', { dz: 'none', transferEvery: 'day', refundDays: 1 });
  await bureau.control('PUT', '/_scenario', {
    seed: 7, days: 5, counts: { twice: 12, refund: 5, refundFailed: 1, void: 3, withoutLevy: 2, none: 10 }, rates: { late: 0.1 }, files: { lateRate: 0.3, twiceRate: 0.3 }, lateLines: { count: 1, days: 3 },
  });
  await bureau.levy(...Array.from({ length: 300 }, (_, n) => levyOf(n, { latefee_way: '1', due_date: '2026-11-09' })));
  await bureau.at('2026-12-15 21:00:00');
  const receipts = await check(bureau);
  const count = (kind: string): number => receipts.filter((receipt) => receipt.kind === kind).length;
  expect([count('01'), count('02')]).toEqual([300 + 12 - 10, 3]);
  expect((await bureau.records('refunds')).length).toBe(6);
  const late = (await bureau.records<{ told_on: string; stmt_date: string }>('statements')).filter(({ told_on, stmt_date }) => Date.parse(told_on) - Date.parse(stmt_date) > 3 * 86_400_000);
  expect(late.length).toBe(1);
  // Files of a later day came before files of an earlier one.
  const shown = (await bureau.records<{ item: string; visible_at: number; cut: string }>('files')).filter(({ item }) => item === 'HP');
  expect(shown.some(({ visible_at, cut }) => shown.some((other) => other.cut > cut && other.visible_at < visible_at))).toBe(true);
  await bureau.close();
  expect(bureau.errors).toEqual([]);
}, 30_000);
