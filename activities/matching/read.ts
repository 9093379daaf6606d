import type { EntityManager } from 'typeorm';
import type { Declaration } from '../../domain/matching/declaration';
import { isOpen, type DifferenceState } from '../../domain/matching/life';
import { bucketOf } from '../../domain/matching/age';
import { type StatementLine, statementOf } from '../../domain/matching/statement';
import { add, type Fen, ZERO } from '../../domain/money';
import { fenOf, integerOf } from '../../store/columns';
import { MatchingTotal } from '../../store/entities';

/** The statement of a run. */
export async function statementOfRun(manager: EntityManager, declaration: Declaration, runId: number): Promise<StatementLine[]> {
  const sums = await manager.findBy(MatchingTotal, { runId });
  return statementOf(declaration, sums.map(({ groupText, side, amount, code, rowCount, fen }) => ({ group: groupText, side, amount, code, rows: rowCount, fen })));
}

/** Open differences of one age bucket, code and state. */
export interface Ageing {
  readonly bucket: string;
  readonly code: string;
  readonly state: DifferenceState;
  readonly count: number;
  readonly fen: Fen;
}

/** What is open as of a day, by age, code and state; the database counts by day, so a reader never holds the differences. */
export async function ageingOf(manager: EntityManager, declaration: Declaration, place: string, today: string): Promise<Ageing[]> {
  const rows: { code: string; state: DifferenceState; day: string; n: unknown; fen: unknown }[] = await manager.query(
    'SELECT code, state, first_day AS day, COUNT(*) AS n, SUM(fen) AS fen FROM matching_difference WHERE reconciliation = ? AND place = ? GROUP BY code, state, first_day',
    [declaration.key, place],
  );
  const ageing = new Map<string, Ageing>();
  for (const { code, state, day, n, fen } of rows.filter((row) => isOpen(row.state))) {
    const bucket = bucketOf(declaration.ages, day, today).zh;
    const key = `${bucket}|${code}|${state}`;
    const before = ageing.get(key) ?? { bucket, code, state, count: 0, fen: ZERO };
    ageing.set(key, { ...before, count: before.count + integerOf(n), fen: add(before.fen, fenOf(fen)) });
  }
  return [...ageing.values()];
}
