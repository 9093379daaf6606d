import type { EntityManager } from 'typeorm';
import { fen, type Fen } from '../../domain/money';
import { personsPaid } from '../../domain/tax/split';
import { collectionRules } from '../../schemas/tax/collection-rules';
import { fenOf, integerOf } from '../../store/columns';
import { listOf } from './levies';

interface Unit {
  readonly net: Fen;
  readonly amt: Fen;
  readonly exchange: number;
  readonly money: number;
  readonly persons: { readonly id: number; readonly psn_no: string; readonly amt: Fen; readonly accrym_begn: string }[];
}

/** Principal is covered from here on; a refund under way leaves the persons as they were. */
const COVERED = [61, 62, 70, 80, 90, 91, 93];

/**
 * Brings the persons of units where their units are: exchange as the unit, paid when the unit is paid in full, by the division's
 * rule when it is paid in part. Only the unit's row is ever counted.
 */
export async function followUnits(manager: EntityManager, unitIds: readonly number[]): Promise<void> {
  if (unitIds.length === 0) return;
  const rows: Readonly<Record<string, unknown>>[] = await manager.query(
    'SELECT u.id AS unit_id, u.amt_fen AS unit_amt, u.paid_fen AS unit_paid, u.exchange AS exchange, u.money AS money, ' +
      'p.id AS id, p.psn_no AS psn_no, p.amt_fen AS amt, p.accrym_begn AS begn FROM levy u ' +
      'JOIN levy p ON p.unit_no = u.unit_no AND p.cashym = u.cashym AND p.batch_id = u.batch_id AND p.insutype = u.insutype AND p.part = u.part ' +
      `AND p.accrym_begn = u.accrym_begn AND p.accrym_end = u.accrym_end AND p.row_level = 2 AND p.exchange <> 0 WHERE u.id IN (${listOf(unitIds)})`,
  );
  const units = new Map<number, Unit>();
  for (const row of rows) {
    const id = integerOf(row['unit_id']);
    const unit = units.get(id) ?? { net: fenOf(row['unit_paid']), amt: fenOf(row['unit_amt']), exchange: integerOf(row['exchange']), money: integerOf(row['money']), persons: [] };
    unit.persons.push({ id: integerOf(row['id']), psn_no: row['psn_no'] as string, amt: fenOf(row['amt']), accrym_begn: String(integerOf(row['begn'])) });
    units.set(id, unit);
  }
  const alike = new Map<string, number[]>();
  for (const { net, amt, exchange, money, persons } of units.values()) {
    const split = persons.map(({ psn_no, amt: own, accrym_begn }) => ({ psn_no, amt: own, accrym_begn, paid: false }));
    const paid = new Set(net > 0 ? personsPaid(net, amt, split, { order: collectionRules.partialOrder }) : []);
    for (const { id, psn_no } of persons) {
      const key = `${exchange}/${paid.has(psn_no) ? (COVERED.includes(money) ? money : 61) : 0}/${paid.has(psn_no) ? 1 : 0}`;
      const ids = alike.get(key);
      if (ids) ids.push(id);
      else alike.set(key, [id]);
    }
  }
  for (const [key, ids] of alike) {
    const [exchange, money, paid] = key.split('/').map(Number);
    await manager.query(`UPDATE levy SET exchange = ?, money = ?, paid_fen = ${paid === 1 ? 'amt_fen' : fen(0)} WHERE id IN (${listOf(ids)})`, [exchange, money]);
  }
}
