import type { KeyRing } from '../../runtime/keys';
import { insertManyRows, type Cell } from '../../store/bulk';
import { Division, OfficeUser, RoleAssignment } from '../../store/entities';
import type { Store } from '../../store/open-store';

export const COUNTY = '990101';
export const MAKER = 'bench-maker';
export const PERIOD = '2026-11';
/** Persons of one unit. */
const A_UNIT = 20;
/** Two parts of each person, and the two sums of his unit. */
const LINES_OF_A_UNIT = 2 * (A_UNIT + 1);
const ROWS_AT_ONCE = 10_000;

/** Units that come to about so many receivables. */
export function unitsFor(receivables: number): number {
  return Math.max(1, Math.round(receivables / LINES_OF_A_UNIT));
}

/** Writes made-up units of twenty persons each, all with a base, into an empty database. */
export async function fillRegister(store: Store, keyRing: Pick<KeyRing, 'encrypt'>, units: number): Promise<void> {
  await store.write(async (manager) => {
    if (await manager.existsBy(Division, { code: COUNTY })) return;
    await manager.insert(Division, { code: COUNTY, name: '示例县', level: 'county' as const, parent: '990100', validFrom: '2025-01-01', validTo: null });
    await manager.insert(OfficeUser, {
      id: MAKER, loginName: MAKER, name: '示例经办', personKey: MAKER, ownPersonKey: MAKER, status: 'active' as const, passwordHash: null, passwordExpiresAt: null, totpSecret: null, totpPending: null,
      totpConfirmedAt: null, totpLastStep: null, subject: null, activationCase: null, createdAt: 0, updatedAt: 0,
    });
    await manager.insert(RoleAssignment, { userId: MAKER, role: 'maker' as const, division: COUNTY, validFrom: 0, validTo: null, grantedBy: 'bench', revokedBy: null });
  });
  // What the ciphertext says does not matter here, its length does.
  const identity = keyRing.encrypt(JSON.stringify({ psn_name: '示例', cert_type: '01', certno: '990101199001010019' }));
  const unitColumns = ['unit_no', 'division', 'name', 'uscc', 'taxdept_code', 'special', 'agreement', 'edition'];
  const personColumns = ['psn_no', 'insutype', 'division', 'payer_kind', 'unit_no', 'category', 'base_fen', 'from_month', 'agreement', 'cert_hash', 'identity', 'edition'];
  const unitNo = (unit: number): string => `D${String(unit).padStart(8, '0')}`;
  for (let first = 0; first < units; first += ROWS_AT_ONCE / A_UNIT) {
    const some = Array.from({ length: Math.min(ROWS_AT_ONCE / A_UNIT, units - first) }, (_, index) => first + index);
    const persons = some.flatMap((unit): Cell[][] =>
      Array.from({ length: A_UNIT }, (_, n) => {
        const person = unit * A_UNIT + n;
        return [`G${String(person).padStart(10, '0')}`, '310', COUNTY, '1', unitNo(unit), 'active', 300_000 + ((person * 7_919) % 2_000_000), 202001, 0, String(person).padStart(64, '0'), identity, 0];
      }),
    );
    await store.write(async (manager) => {
      await insertManyRows(manager, 'contribution_unit', unitColumns, some.map((unit) => [unitNo(unit), COUNTY, '示例单位', '91990101MA00000000', '19901010000', 0, 0, 0]));
      await insertManyRows(manager, 'contribution_person', personColumns, persons);
    });
  }
}
