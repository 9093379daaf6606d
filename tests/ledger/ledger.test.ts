import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { balance, contraEntry, postEntry, trialBalance, verifyLedger, type EntryInput } from '../../activities/ledger';
import { ACCOUNTS, depositEntry, type Account, type LedgerLine } from '../../domain/ledger';
import { fen, type Fen } from '../../domain/money';
import { JournalEntry } from '../../store/entities';
import { onBothDatabases } from '../support/databases';

const A = 'H99000000001';
const STAY = `${A}/Z1/1`;
const SEED = Number(process.env['FAST_CHECK_SEED'] ?? Date.now() % 2 ** 31);

function entry(key: string, lines: readonly LedgerLine[], more: Partial<EntryInput> = {}): EntryInput {
  return { key, institution: A, admissionId: STAY, kind: 'deposit', memo: '收预交金', businessDate: '2026-03-01', lines, ...more };
}

function contra(key: string, of: string) {
  return { key, of, memo: '撤销', businessDate: '2026-03-02' };
}

async function problemOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: { problem?: string; message: string }) => error.problem ?? error.message,
  );
}

onBothDatabases('ledger', (database) => {
  const accounts: Account[] = [...(Object.keys(ACCOUNTS) as Account[]), 'fund:310100', 'fund:390100'];
  const balancedLines = fc
    .array(fc.tuple(fc.constantFrom(...accounts), fc.integer({ min: -(10 ** 11), max: 10 ** 11 })), { minLength: 1, maxLength: 6 })
    .map((pairs): LedgerLine[] => {
      const lines = pairs.map(([account, amount]) => ({ account, amount: fen(amount) }));
      const rest = fen(-lines.reduce((sum, line) => sum + line.amount, 0));
      return [...lines, { account: 'income:medical', amount: rest }];
    });

  test(`whatever is posted and mirrored, all accounts sum to zero and mirrored entries vanish (seed ${SEED})`, async () => {
    const store = await database().openMigrated();
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(balancedLines, fc.boolean()), { minLength: 1, maxLength: 8 }), async (entries) => {
        round += 1;
        const institution = `H${round}`;
        await store.write(async (manager) => {
          for (const [index, [lines]] of entries.entries()) await postEntry(manager, entry(`${institution}/${index}`, lines, { institution }));
        });
        await store.write(async (manager) => {
          for (const [index, [, undo]] of entries.entries()) {
            if (undo) await contraEntry(manager, contra(`${institution}/${index}/contra`, `${institution}/${index}`));
          }
        });
        const rows = await store.read((manager) => trialBalance(manager, institution));
        expect(rows.reduce((sum, row) => sum + row.balance, 0)).toBe(0);
        expect(rows.reduce((sum, row) => sum + row.debit - row.credit, 0)).toBe(0);
        for (const account of accounts) {
          const kept = entries.filter(([, undo]) => !undo).flatMap(([lines]) => lines);
          const expected = kept.filter((line) => line.account === account).reduce((sum, line) => sum + line.amount, 0);
          expect(await store.read((manager) => balance(manager, { account, institution }))).toBe(expected);
        }
        const verdict = await store.read((manager) => verifyLedger(manager, institution));
        expect(verdict).toEqual({ entries: entries.length + entries.filter(([, undo]) => undo).length, tampered: [] });
      }),
      { seed: SEED, numRuns: 15 },
    );
  });

  test('an entry that does not sum to zero, or is none, is refused', async () => {
    const store = await database().openMigrated();
    const refused: [string, LedgerLine[]][] = [
      ['off by one fen', [{ account: 'cash', amount: fen(100) }, { account: 'patient:deposit', amount: fen(-99) }]],
      ['one line', [{ account: 'cash', amount: fen(0) }]],
      ['no line', []],
      ['no such account', [{ account: 'bank' as Account, amount: fen(1) }, { account: 'cash', amount: fen(-1) }]],
      ['half a fen', [{ account: 'cash', amount: 0.5 as Fen }, { account: 'patient:deposit', amount: -0.5 as Fen }]],
      ['beyond 2^53', [{ account: 'cash', amount: (2 ** 53) as Fen }, { account: 'patient:deposit', amount: -(2 ** 53) as Fen }]],
    ];
    for (const [name, lines] of refused) {
      expect([name, await problemOf(store.write((manager) => postEntry(manager, entry(name, lines))))]).toEqual([name, 'unbalanced']);
    }
    expect(await store.read((manager) => manager.count(JournalEntry))).toBe(0);
  });

  test('the same key is posted once; other content under it is refused', async () => {
    const store = await database().openMigrated();
    const first = await store.write((manager) => postEntry(manager, entry('k', depositEntry(fen(500)))));
    const again = await store.write((manager) => postEntry(manager, entry('k', depositEntry(fen(500)), { memo: '重试', businessDate: '2026-03-02' })));
    expect(again).toEqual(first);
    const others: Partial<EntryInput>[] = [{ lines: depositEntry(fen(501)) }, { admissionId: null }, { kind: 'other' }];
    for (const other of others) {
      expect(await problemOf(store.write((manager) => postEntry(manager, { ...entry('k', depositEntry(fen(500))), ...other })))).toBe('keyConflict');
    }
    expect(await store.read((manager) => balance(manager, { account: 'cash', institution: A, admissionId: STAY }))).toBe(500);
  });

  test('30 posts of one key at once are one entry', async () => {
    const store = await database().openMigrated();
    const posts = Array.from({ length: 30 }, () => store.write((manager) => postEntry(manager, entry('k', depositEntry(fen(7))))));
    expect(new Set((await Promise.all(posts)).map((row) => row.id)).size).toBe(1);
    expect(await store.read((manager) => balance(manager, { account: 'patient:deposit', institution: A }))).toBe(-7);
  });

  test('40 entries of two institutions at once make two chains without gaps', async () => {
    const store = await database().openMigrated();
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        store.write((manager) => postEntry(manager, entry(`k${index}`, depositEntry(fen(1)), { institution: `H${index % 2}` }))),
      ),
    );
    for (const institution of ['H0', 'H1']) {
      expect(await store.read((manager) => verifyLedger(manager, institution))).toEqual({ entries: 20, tampered: [] });
    }
  });

  test('an entry is mirrored once', async () => {
    const store = await database().openMigrated();
    await store.write((manager) => postEntry(manager, entry('k', depositEntry(fen(500)))));
    const run = (key: string, of: string): Promise<JournalEntry> => store.write((manager) => contraEntry(manager, contra(key, of)));
    const race = await Promise.all(Array.from({ length: 10 }, () => run('c', 'k')));
    expect(new Set(race.map((row) => row.id)).size).toBe(1);
    expect(await problemOf(run('c2', 'k'))).toBe('alreadyReversed');
    expect(await problemOf(run('c3', 'c'))).toBe('contraOfContra');
    expect(await problemOf(run('c4', 'nothing'))).toBe('unknownEntry');
    await store.write((manager) => postEntry(manager, entry('k2', depositEntry(fen(500)))));
    expect(await problemOf(run('k', 'k2'))).toBe('keyConflict');
    expect(await store.read((manager) => balance(manager, { account: 'cash', institution: A }))).toBe(500);
  });

  test('the trial balance stops at a day', async () => {
    const store = await database().openMigrated();
    await store.write(async (manager) => {
      await postEntry(manager, entry('k1', depositEntry(fen(500))));
      await postEntry(manager, entry('k2', depositEntry(fen(30)), { businessDate: '2026-03-02' }));
    });
    expect(await store.read((manager) => trialBalance(manager, A, '2026-03-01'))).toEqual([
      { account: 'cash', name: '现金及银行收款', debit: 500, credit: 0, balance: 500 },
      { account: 'patient:deposit', name: '预收患者预交金', debit: 0, credit: 500, balance: -500 },
    ]);
  });

  const tamper: readonly [string, string, readonly (readonly [number, string])[]][] = [
    ['an amount changed in one line', `UPDATE journal_line SET amount_fen = amount_fen + 1 WHERE entry_id = $3 AND line_no = 1`, [[3, 'changed'], [3, 'unbalanced']]],
    ['amounts changed so that they still balance', `UPDATE journal_line SET amount_fen = amount_fen * 2 WHERE entry_id = $3`, [[3, 'changed']]],
    ['an account changed', `UPDATE journal_line SET account = 'account:family' WHERE entry_id = $3 AND line_no = 1`, [[3, 'changed']]],
    ['a line deleted', `DELETE FROM journal_line WHERE entry_id = $3 AND line_no = 2`, [[3, 'changed'], [3, 'unbalanced']]],
    ['a memo changed', `UPDATE journal_entry SET memo = '改' WHERE id = $3`, [[3, 'changed']]],
    ['an entry given to another stay', `UPDATE journal_entry SET admission_id = 'x' WHERE id = $3`, [[3, 'changed']]],
    ['an entry deleted', `DELETE FROM journal_entry WHERE id = $3`, [[3, 'missing']]],
    ['the last entry deleted', `DELETE FROM journal_entry WHERE id = $5`, [[5, 'missing']]],
    ['an entry moved along the chain', `UPDATE journal_entry SET chain_no = 6 WHERE id = $3`, [[3, 'missing'], [6, 'changed'], [6, 'headDiffers']]],
    ['the head turned back', `UPDATE journal_head SET last_no = 4`, [[5, 'headDiffers']]],
  ];
  test.each(tamper)('%s is found', async (_, sql, findings) => {
    const store = await database().openMigrated();
    const ids: number[] = [];
    for (let index = 1; index <= 5; index += 1) {
      ids.push((await store.write((manager) => postEntry(manager, entry(`k${index}`, depositEntry(fen(100 * index)))))).id);
    }
    const statement = sql.replace(/\$(\d)/g, (_match, number: string) => String(ids[Number(number) - 1]));
    await store.write((manager: EntityManager) => manager.query(statement));
    const verdict = await store.read((manager) => verifyLedger(manager, A));
    expect(verdict.tampered.map((row) => [row.chainNo, row.finding])).toEqual(findings);
  });
});
