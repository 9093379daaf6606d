import fc from 'fast-check';
import { bookClearing, unbookClearing } from '../../activities/disbursement/clearing-books';
import { trialBalance } from '../../activities/ledger';
import type { FundKey } from '../../domain/clearing/funds';
import type { ClearingLine } from '../../domain/clearing/lines';
import { payablesOf } from '../../domain/clearing/payables';
import {
  clearingEntries, drawEntries, fundingEntries, nettingEntries, paidEntries, receivedEntries, sweptEntries, type AgencyEntry, type Part,
} from '../../domain/disbursement/vouchers';
import { partsOfAgencyAccount } from '../../domain/ledger';
import { fen } from '../../domain/money';
import { onBothDatabases } from '../support/databases';

const SEED = Number(process.env['FAST_CHECK_SEED'] ?? Date.now() % 2 ** 31);
const PROVINCE = '990000';
const CITIES = ['990100', '990200', '990300'];
const PAIRS = CITIES.flatMap((payingCity) => CITIES.filter((city) => city !== payingCity).map((receivingCity) => ({ payingCity, receivingCity })));

/** Lines of a month; where corrections outweigh, a flow is below zero. */
const month = fc.record({
  netting: fc.boolean(),
  lines: fc.array(
    fc.record({
      flow: fc.constantFrom(...PAIRS),
      insutype: fc.constantFrom('310', '390'),
      fund: fc.constantFrom<FundKey>('residentPool', 'aid'),
      kind: fc.constantFrom('current' as const, 'contra' as const),
      count: fc.constant(1),
      fen: fc.integer({ min: -900, max: 1_000 }).map(fen),
    }).map(({ flow, ...line }): ClearingLine => ({ ...flow, ...line })),
    { minLength: 1, maxLength: 12 },
  ),
  /** Of each payable the share that the pool pays, per cent. */
  drawn: fc.integer({ min: 0, max: 100 }),
});

const BETWEEN = ['XR_PAYABLE', 'XR_RECEIVABLE', 'PREPAY'];
/** Zero when everything is paid and received. */
const INTERMEDIATE = ['XR_PAYABLE', 'XR_RECEIVABLE', 'XR_ADVANCED', 'IN_TRANSIT', 'EXPEND', 'INCOME', 'PREPAY', 'PROVINCE_CLEARING'];

/** Books in memory, in which every entry must balance and the agencies' debts sum to zero after each movement. */
class Books {
  readonly balances = new Map<string, number>();

  post(entries: readonly AgencyEntry[]): void {
    for (const { agency, lines } of entries) {
      expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
      expect(lines.length).toBeGreaterThan(1);
      for (const { account, amount } of lines) this.balances.set(`${agency}/${account}`, (this.balances.get(`${agency}/${account}`) ?? 0) + amount);
    }
    expect(this.sums(BETWEEN, (fund) => fund).filter(([, sum]) => sum !== 0)).toEqual([]);
  }

  /** Σ of the accounts of those names, by what `keyOf` makes of fund and agency. */
  sums(names: readonly string[], keyOf: (fund: string, agency: string, account: string) => string): [string, number][] {
    const sums = new Map<string, number>();
    for (const [key, amount] of this.balances) {
      const [agency = '', account = ''] = key.split('/');
      const parts = partsOfAgencyAccount(account);
      if (parts && names.includes(parts.name)) sums.set(keyOf(parts.fund, agency, account), (sums.get(keyOf(parts.fund, agency, account)) ?? 0) + amount);
    }
    return [...sums];
  }
}

/** What moves when a payable is paid: a part by the pool, the rest by order and bank, and all of it passed on to the care place. */
function pay(books: Books, fund: FundKey, part: Part, drawn: number): void {
  const { payingCity, receivingCity } = part;
  const move = (kind: 'payIn' | 'clearing' | 'forward', payer: string, payee: string) => ({ kind, fund, payer, payee, province: PROVINCE });
  const [fromPool, byBank] = [{ ...part, fen: fen(drawn) }, { ...part, fen: fen(part.fen - drawn) }];
  if (drawn > 0) {
    const payIn = move('payIn', payingCity, PROVINCE);
    books.post(paidEntries(payIn, fromPool.fen));
    books.post(receivedEntries(payIn, [{ payingCity, receivingCity: PROVINCE, fen: fromPool.fen }]));
    books.post(drawEntries(PROVINCE, payingCity, fund, [fromPool]));
  }
  if (byBank.fen > 0) {
    const clearing = move('clearing', payingCity, PROVINCE);
    books.post(fundingEntries(payingCity, fund, byBank.fen));
    books.post(paidEntries(clearing, byBank.fen));
    books.post(receivedEntries(clearing, [byBank]));
  }
  const forward = move('forward', PROVINCE, receivingCity);
  books.post(paidEntries(forward, part.fen));
  books.post(receivedEntries(forward, [part]));
  books.post(sweptEntries(receivingCity, fund, part.fen));
}

/** A care place pays its institutions what the lines of a fund say. */
function payInstitutions(books: Books, fund: FundKey, city: string, amount: number): void {
  const move = { kind: 'inst' as const, fund, payer: city, payee: city, province: city };
  books.post(fundingEntries(city, fund, fen(amount)));
  books.post(paidEntries(move, fen(amount)));
  books.post(receivedEntries(move, [{ payingCity: city, receivingCity: city, fen: fen(amount) }]));
}

test('netted or not, with corrections that outweigh: all that lies between is zero when everything is paid and received', () => {
  fc.assert(
    fc.property(fc.array(month, { minLength: 1, maxLength: 3 }), (months) => {
      const books = new Books();
      const owed = new Map<string, number>();
      const clear = (lines: readonly ClearingLine[], netting: boolean, share: number): void => {
        const payables = payablesOf(lines, { netting });
        for (const fund of new Set(lines.map((line) => line.fund))) {
          const [flows, left] = [lines.filter((line) => line.fund === fund), payables.filter((payable) => payable.fund === fund)];
          books.post(clearingEntries(fund, flows));
          books.post(nettingEntries(fund, flows, left));
          for (const payable of left) pay(books, fund, payable, Math.floor((payable.fen * share) / 100));
        }
        for (const { receivingCity, fund, fen: amount } of lines) owed.set(`${fund}/${receivingCity}`, (owed.get(`${fund}/${receivingCity}`) ?? 0) + amount);
      };
      for (const { lines, netting, drawn } of months) clear(lines, netting, drawn);
      // What institutions owe is kept back from what a later month owes them.
      for (const [key, amount] of [...owed]) {
        const [fund, receivingCity] = key.split('/') as [FundKey, string];
        const payingCity = CITIES.find((city) => city !== receivingCity) as string;
        if (amount < 0) clear([{ payingCity, receivingCity, insutype: '390', fund, kind: 'current', count: 1, fen: fen(-amount + 1) }], false, 0);
      }
      for (const [key, amount] of owed) {
        const [fund, city] = key.split('/') as [FundKey, string];
        if (amount > 0) payInstitutions(books, fund, city, amount);
      }
      expect(books.sums(INTERMEDIATE, (_, agency, account) => `${agency}/${account}`).filter(([, sum]) => sum !== 0)).toEqual([]);
      // What each fund has spent for its insured is what its fiscal account has lost, over all cities together.
      expect(books.sums(['FUND_EXPENSE', 'FISCAL'], (fund) => fund).filter(([, sum]) => sum !== 0)).toEqual([]);
    }),
    { seed: SEED, numRuns: 200 },
  );
});

onBothDatabases('books of a clearing', (database) => {
  test('withdrawing the approval restores every account; giving it anew books the same', async () => {
    const store = await database().openMigrated();
    const books = async (): Promise<object[]> =>
      (await store.read((manager) => Promise.all(CITIES.map((city) => trialBalance(manager, city)))))
        .flatMap((rows, index) => rows.filter(({ balance }) => balance !== 0).map(({ account, balance }) => ({ city: CITIES[index], account, balance })));
    for (const [index, { lines, netting }] of fc.sample(month, { numRuns: 4, seed: SEED }).entries()) {
      const batchId = `B${index}`;
      const before = await books();
      const payables = payablesOf(lines, { netting });
      await store.write((manager) => bookClearing(manager, batchId, lines, payables, 1));
      const booked = await books();
      await store.write((manager) => unbookClearing(manager, batchId, 2));
      expect([SEED, await books()]).toEqual([SEED, before]);
      await store.write((manager) => bookClearing(manager, batchId, lines, payables, 3));
      expect([SEED, await books()]).toEqual([SEED, booked]);
    }
  });
});
