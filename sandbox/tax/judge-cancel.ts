import type { LevyRow } from '../../schemas/tax/fields';
import { keep, kept, sql, type Db } from '../kit/books';
import { findLevy, netOfLevy, standingReceipt, takePayment, type KeptLevy } from './cashier';
import type { Desk, Verdict } from './judge-levy';
import { CROSSINGS } from './orders';

const CAUSES: readonly string[] = ['01', '02', '03', '04', '09'];

/** Judges cancellations of a unit with its persons, or of one person. A person's split goes with its unit. */
export function judgeCancels(desk: Desk, rows: readonly LevyRow[]): Verdict[] {
  const [first, ...persons] = rows as readonly [LevyRow, ...LevyRow[]];
  const levy = findLevy(desk.db, first.levy_no);
  const verdict: Verdict = { ...judge(desk, first, levy), levy_no: first.levy_no };
  const follow = persons.map((row): Verdict => {
    const split = findLevy(desk.db, row.levy_no);
    if (!split) return { result: '2', code: 'CX0001', levy_no: row.levy_no };
    if (split.amt !== row.amt) return { result: '2', code: 'CX0002', levy_no: row.levy_no };
    if (verdict.result === '3') setCancelled(desk.db, row.levy_no);
    return { ...verdict, levy_no: row.levy_no };
  });
  if (verdict.result === '3' && levy) cancelWhole(desk.db, levy);
  return [verdict, ...follow];
}

function judge(desk: Desk, row: LevyRow, levy: KeptLevy | undefined): Omit<Verdict, 'levy_no'> {
  const { db, settings, now } = desk;
  if (row.op !== 'C') return { result: '2', code: 'CX0005' };
  if (!CAUSES.includes(row.cncl_reason)) return { result: '2', code: 'CX0004' };
  if (!levy) {
    const declared = sql<[string]>(db, 'SELECT 1 FROM declaration WHERE dcla_no = ?').get(row.levy_no);
    return declared ? { result: '5', code: 'CX0031' } : { result: '2', code: 'CX0001' };
  }
  if (levy.state === 'refused') return { result: '2', code: 'CX0003' };
  if (!levy.payable) return { result: '2', code: 'CX0006' };
  if (levy.amt !== row.amt) return { result: '2', code: 'CX0002' };
  const { dcla_no } = levy;
  if (levy.state === 'cancelled') return { result: '3', code: 'CX0011', dcla_no };
  if (levy.debit_from !== null && levy.debit_from <= now && now < (levy.debit_until ?? 0)) return { result: '5', code: 'CX0030', dcla_no };
  if (netOfLevy(db, levy.levy_no) === 0 && crosses(db, levy)) takePayment(db, settings, levy.levy_no, {}, now);
  if (netOfLevy(db, levy.levy_no) > 0) return { result: '4', code: 'CX0020', dcla_no, taxrpt_no: standingReceipt(db, levy.levy_no)?.taxrpt_no ?? '' };
  return { result: '3', code: 'CX0010', dcla_no };
}

/** Whether a payment comes in the very moment of this cancellation. */
function crosses(db: Db, levy: KeptLevy): boolean {
  if (levy.crossed) return true;
  const left = Number(kept(db, CROSSINGS) ?? 0);
  if (left <= 0) return false;
  keep(db, CROSSINGS, String(left - 1));
  return true;
}

function setCancelled(db: Db, levy_no: string): void {
  sql<[string]>(db, "UPDATE levy SET state = 'cancelled' WHERE levy_no = ? AND state = 'accepted'").run(levy_no);
}

/** The unit's persons are cancelled with it, whether the file names them or not. */
function cancelWhole(db: Db, levy: KeptLevy): void {
  setCancelled(db, levy.levy_no);
  if (levy.payer_kind !== '1') return;
  const { clct_bill_id } = JSON.parse(levy.detail) as { clct_bill_id: string };
  const of = sql<[string], { arrival: number; row_no: number }>(db, 'SELECT arrival, row_no FROM levy WHERE levy_no = ?').get(levy.levy_no);
  if (!of) return;
  const next = sql<[number, number], { row_no: number | null }>(db, 'SELECT min(row_no) AS row_no FROM levy WHERE arrival = ? AND row_no > ? AND payable = 1').get(of.arrival, of.row_no);
  sql<[number, number, number, string]>(
    db,
    `UPDATE levy SET state = 'cancelled' WHERE arrival = ? AND row_no > ? AND row_no < ? AND state = 'accepted' AND payable = 0
        AND detail ->> 'clct_bill_id' = ?`,
  ).run(of.arrival, of.row_no, next?.row_no ?? Number.MAX_SAFE_INTEGER, clct_bill_id);
}
