import { trialBalance, verifyLedger } from '../../../activities/ledger';
import { FUND_KEYS, fundName } from '../../../domain/clearing/funds';
import { partsOfAgencyAccount } from '../../../domain/ledger';
import { loadConfig } from '../../../runtime/config';
import { openKeyRing } from '../../../runtime/keys';
import { openStore } from '../../../store/open-store';
import { yuan } from '../screen';
import { sum } from './settlements';
import { PROVINCE, type Stage } from './stage';

export const BOOKS_STEPS = 1;

const BETWEEN = new Set(['XR_PAYABLE', 'XR_RECEIVABLE', 'PREPAY']);

/**
 * The books of all agencies, read past the API: each balances, no entry was altered, and what they owe and hold for each
 * other is nothing in sum, fund by fund.
 */
export async function checkBooks({ screen, checks, cities, stack }: Stage): Promise<void> {
  screen.chapter('账簿');
  screen.doing('核对账簿');
  const config = loadConfig(stack.env);
  const store = await openStore({ databaseUrl: config.databaseUrl, keyRing: openKeyRing(config.keyRingPath) });
  try {
    const agencies = [PROVINCE, ...cities];
    const read = agencies.map((agency) => store.read(async (manager) => ({ rows: await trialBalance(manager, agency), verdict: await verifyLedger(manager, agency) })));
    const books = await Promise.all(read);
    for (const [index, { rows, verdict }] of books.entries()) {
      checks.equal('账簿', `${agencies[index]} 借贷相抵`, yuan(0), yuan(sum(rows.map(({ balance }) => balance))));
      checks.equal('账簿', `${agencies[index]} 被改动的分录`, 0, verdict.tampered.length);
    }
    const all = books.flatMap(({ rows }) => rows).map(({ account, balance }) => ({ parts: partsOfAgencyAccount(account), balance }));
    for (const fund of FUND_KEYS) {
      const between = all.filter(({ parts }) => parts?.fund === fund && BETWEEN.has(parts.name));
      checks.equal('账簿', `${fundName(fund)} 各机构往来相抵`, yuan(0), yuan(sum(between.map(({ balance }) => balance))));
    }
    const debit = sum(books.flatMap(({ rows }) => rows.map((row) => row.debit)));
    screen.step(`${agencies.length} 本账借贷相抵，借方合计 ${yuan(debit)} 元`);
  } finally {
    await store.close();
  }
}
