import type { EntityManager } from 'typeorm';
import { holdsNow, joinRegister } from '../contribution/editions';

/** How tax knows a unit. */
export interface UnitIdentity {
  readonly uscc: string;
  readonly taxRegNo: string | null;
}

/** Units as the register has them today, by number. */
export async function unitIdentities(manager: EntityManager, unitNos: readonly string[]): Promise<Map<string, UnitIdentity>> {
  const found = new Map<string, UnitIdentity>();
  const numbers = [...new Set(unitNos)];
  for (let first = 0; first < numbers.length; first += 5_000) {
    const some = numbers.slice(first, first + 5_000);
    const rows: { unit_no: string; uscc: string; tax_reg_no: string | null }[] = await manager.query(
      `SELECT u.unit_no AS unit_no, u.uscc AS uscc, u.tax_reg_no AS tax_reg_no FROM contribution_unit u ${joinRegister('u', 'g')} WHERE ${holdsNow('u', 'g')} AND u.unit_no IN (${some.map(() => '?').join(',')})`,
      some,
    );
    for (const { unit_no, uscc, tax_reg_no } of rows) found.set(unit_no, { uscc, taxRegNo: tax_reg_no });
  }
  return found;
}
