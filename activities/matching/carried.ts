import { In, MoreThan, Not } from 'typeorm';
import type { Declaration } from '../../domain/matching/declaration';
import { OPEN_STATES } from '../../domain/matching/life';
import { carriedColumns, carriedStatement } from '../../domain/matching/sql/judge';
import { MatchingDifference, type MatchingRun } from '../../store/entities';
import type { Transactions } from '../../store/transactions';
import type { Engine } from './engine';

const ROWS_A_PAGE = 2_000;

/**
 * Puts what is open from other days into `carried_<n>`: rows that one side has and another still lacks, so that a row that comes late
 * finds its partner. Only reconciliations of scope `day` carry; the others are given everything open anyway. Returns how many.
 */
export async function loadCarried(engine: Engine, store: Transactions, declaration: Declaration, run: Pick<MatchingRun, 'reconciliation' | 'place' | 'day'>): Promise<number> {
  for (const index of declaration.sides.keys()) await engine.run(carriedStatement(declaration, index));
  if (declaration.scope !== 'day') return 0;
  const { reconciliation, place, day } = run;
  let carried = 0;
  for (let after = ''; ; ) {
    const page = await store.read((manager) =>
      manager.find(MatchingDifference, {
        select: { id: true, keyText: true, code: true, sides: true },
        where: { reconciliation, place, state: In([...OPEN_STATES]), lastDay: Not(day), id: MoreThan(after) },
        order: { id: 'ASC' },
        take: ROWS_A_PAGE,
      }),
    );
    const lonely = page.filter(({ sides }) => declaration.sides.some(({ key }) => !sides[key]));
    for (const [index, { key }] of declaration.sides.entries()) await append(engine, declaration, index, lonely.map(({ sides, code }) => ({ said: sides[key], code })));
    carried += lonely.length;
    if (page.length < ROWS_A_PAGE) return carried;
    after = page.at(-1)?.id ?? '';
  }
}

type Said = { readonly said: MatchingDifference['sides'][string] | undefined; readonly code: string };

async function append(engine: Engine, declaration: Declaration, index: number, rows: readonly Said[]): Promise<void> {
  const columns = carriedColumns(declaration);
  const appender = await engine.appender(`carried_${index}`);
  for (const { said, code } of rows) {
    if (!said) continue;
    for (const { name, type } of columns) {
      const value = name === 'was' ? code : said[name];
      if (type === 'BIGINT') appender.appendBigInt(BigInt(value ?? 0));
      else appender.appendVarchar(String(value ?? ''));
    }
    appender.endRow();
  }
  appender.closeSync();
}
