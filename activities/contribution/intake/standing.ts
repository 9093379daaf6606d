import type { EntityManager } from 'typeorm';
import type { PersonRow, UnitRow } from '../../../domain/contribution/register-row';
import { currentKeyRing } from '../../../runtime/keys';
import { fenOf, integerOf } from '../../../store/columns';
import type { PersonIdentity } from '../../../store/entities';
import { holdsNow, joinRegister } from '../editions';

/** Numbers that one query asks for. */
const ASKED_AT_ONCE = 1_000;

/** A version that holds today, and whether a row says the same. */
export interface Standing<Row> {
  readonly id: number;
  readonly division: string;
  equals(row: Row): boolean;
}

/** Keyed hash of type and number of a credential, by which a person is found. */
export function certHash(cert_type: string, certno: string): string {
  return currentKeyRing().keyedHash(`contribution person ${cert_type}/${certno}`);
}

/** Versions of units that hold today, in whatever division, by number. */
export async function standingUnits(manager: EntityManager, unitNos: readonly string[]): Promise<ReadonlyMap<string, Standing<UnitRow>>> {
  const found = new Map<string, Standing<UnitRow>>();
  for (const row of await askFor(manager, 'contribution_unit', 'unit_no', unitNos)) {
    const { id, unit_no, division, name, uscc, tax_reg_no, taxdept_code, special, agreement } = row;
    found.set(unit_no as string, {
      id: integerOf(id),
      division: division as string,
      equals: (given) =>
        given.name === name && given.uscc === uscc && given.taxRegNo === tax_reg_no && given.taxdeptCode === taxdept_code && given.special === integerOf(special) && given.agreement === integerOf(agreement),
    });
  }
  return found;
}

/** Versions of persons that hold today, in whatever division, by `number/insurance`. */
export async function standingPersons(manager: EntityManager, psnNos: readonly string[]): Promise<ReadonlyMap<string, Standing<PersonRow>>> {
  const found = new Map<string, Standing<PersonRow>>();
  for (const row of await askFor(manager, 'contribution_person', 'psn_no', psnNos)) {
    const { id, psn_no, insutype, division, payer_kind, unit_no, category, base_fen, from_month, through_month, agreement, town_code, cert_hash, identity } = row;
    found.set(`${psn_no as string}/${insutype as string}`, {
      id: integerOf(id),
      division: division as string,
      equals: (given) =>
        given.payerKind === payer_kind && given.unitNo === unit_no && given.category === category && given.baseFen === (base_fen === null ? null : fenOf(base_fen)) &&
        given.fromMonth === integerOf(from_month) && given.throughMonth === (through_month === null ? null : integerOf(through_month)) && given.agreement === integerOf(agreement) &&
        given.townCode === town_code && certHash(given.cert_type, given.certno) === cert_hash && given.psn_name === nameIn(identity as Buffer),
    });
  }
  return found;
}

/** Of these numbers, those of units that a row may belong to: they hold today in the division, or came in the same change. */
export async function knownUnits(manager: EntityManager, { division, edition }: { readonly division: string; readonly edition: number }, unitNos: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const some of parts(unitNos)) {
    const rows: { unitNo: string }[] = await manager.query(
      `SELECT u.unit_no AS unitNo FROM contribution_unit u ${joinRegister('u', 'r')} WHERE u.unit_no IN (${places(some)}) AND u.division = ? AND (u.edition = ? OR (${holdsNow('u', 'r')}))`,
      [...some, division, edition],
    );
    for (const { unitNo } of rows) known.add(unitNo);
  }
  return known;
}

async function askFor(manager: EntityManager, table: string, column: string, numbers: readonly string[]): Promise<{ [column: string]: unknown }[]> {
  const found: { [column: string]: unknown }[] = [];
  for (const some of parts(numbers)) {
    found.push(...((await manager.query(`SELECT v.* FROM ${table} v ${joinRegister('v', 'r')} WHERE v.${column} IN (${places(some)}) AND ${holdsNow('v', 'r')}`, some as string[])) as { [column: string]: unknown }[]));
  }
  return found;
}

function nameIn(identity: Buffer): string {
  return (JSON.parse(currentKeyRing().decrypt(identity).toString('utf8')) as PersonIdentity).psn_name;
}

function places(list: readonly unknown[]): string {
  return list.map(() => '?').join(', ');
}

function parts(list: readonly string[]): readonly (readonly string[])[] {
  const distinct = [...new Set(list)];
  return Array.from({ length: Math.ceil(distinct.length / ASKED_AT_ONCE) }, (_, index) => distinct.slice(index * ASKED_AT_ONCE, (index + 1) * ASKED_AT_ONCE));
}
