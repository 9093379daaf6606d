import { applyChange, NO_ACCUMULATORS, undoChange, type Accumulators } from '../../domain/benefits/accumulators';
import { must } from './refusal';
import type { AccountKind } from './registers';
import type { Effects } from './settlements';
import type { Db } from './store';

/** Whose accumulators, of which insurance and year (`2026`). */
export interface AccumulatorKey {
  readonly psnNo: string;
  readonly insutype: string;
  readonly year: string;
}

export function accumulatorsOf(view: Db, key: AccumulatorKey): Accumulators {
  const row = view
    .prepare<[string, string, string], { content: string }>(
      'SELECT content FROM accumulator WHERE psn_no = ? AND insutype = ? AND year = ?',
    )
    .get(key.psnNo, key.insutype, key.year);
  return row ? (JSON.parse(row.content) as Accumulators) : NO_ACCUMULATORS;
}

function writeAccumulators(db: Db, key: AccumulatorKey, value: Accumulators): void {
  db.prepare(
    `INSERT INTO accumulator (psn_no, insutype, year, opening, content) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (psn_no, insutype, year) DO UPDATE SET content = excluded.content`,
  ).run(key.psnNo, key.insutype, key.year, JSON.stringify(NO_ACCUMULATORS), JSON.stringify(value));
}

/**
 * Sets what the year began with before this centre's own settlements. Set again with other numbers it moves the value by
 * the difference, so that what was settled since stays in it.
 */
export function openAccumulators(db: Db, key: AccumulatorKey, opening: Accumulators): void {
  const row = db
    .prepare<[string, string, string], { opening: string }>(
      'SELECT opening FROM accumulator WHERE psn_no = ? AND insutype = ? AND year = ?',
    )
    .get(key.psnNo, key.insutype, key.year);
  const before = row ? (JSON.parse(row.opening) as Accumulators) : NO_ACCUMULATORS;
  writeAccumulators(db, key, applyChange(undoChange(accumulatorsOf(db, key), before), opening));
  db.prepare('UPDATE accumulator SET opening = ? WHERE psn_no = ? AND insutype = ? AND year = ?').run(
    JSON.stringify(opening),
    key.psnNo,
    key.insutype,
    key.year,
  );
}

/** The same for an account, fen. */
export function openAccount(db: Db, psnNo: string, kind: AccountKind, openingFen: number): void {
  db.prepare(
    `INSERT INTO account (psn_no, kind, opening, balance) VALUES (@psnNo, @kind, @opening, @opening)
       ON CONFLICT (psn_no, kind) DO UPDATE SET balance = balance - opening + @opening, opening = @opening`,
  ).run({ psnNo, kind, opening: openingFen });
}

/** Books what a settlement takes from accounts and adds to accumulators. */
export function bookEffects(db: Db, key: AccumulatorKey, effects: Effects): void {
  writeAccumulators(db, key, applyChange(accumulatorsOf(db, key), effects.change));
  moveAccount(db, key.psnNo, 'personal', -effects.personal);
  moveAccount(db, key.psnNo, 'family', -effects.family);
}

/** Takes exactly that off again. */
export function undoEffects(db: Db, key: AccumulatorKey, effects: Effects): void {
  writeAccumulators(db, key, undoChange(accumulatorsOf(db, key), effects.change));
  moveAccount(db, key.psnNo, 'personal', effects.personal);
  moveAccount(db, key.psnNo, 'family', effects.family);
}

function moveAccount(db: Db, psnNo: string, kind: AccountKind, amountFen: number): void {
  if (amountFen === 0) return;
  const moved = db
    .prepare('UPDATE account SET balance = balance + ? WHERE psn_no = ? AND kind = ? AND balance + ? >= 0')
    .run(amountFen, psnNo, kind, amountFen);
  must(moved.changes === 1, '[结算]个人账户余额不足');
}
