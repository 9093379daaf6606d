import type { Category, PayerKind } from '../../domain/contribution/types';
import { REGISTER_COLUMNS, type RegisterColumn } from '../../domain/contribution/register-row';
import { fen, formatYuan } from '../../domain/money';
import { ContributionPerson, ContributionUnit } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { makeIdNumber } from '../support/identity';

export const COUNTY = '990101';

export interface TestInsured {
  readonly psnNo: string;
  readonly unitNo?: string | null;
  readonly insutype?: string;
  readonly payerKind?: PayerKind;
  readonly category?: Category;
  readonly baseFen?: number | null;
  readonly agreement?: number;
  readonly fromMonth?: number;
  readonly throughMonth?: number | null;
}

/** Units of the tests' county. */
export async function addUnits(store: Store, units: readonly { readonly unitNo: string; readonly special?: number }[]): Promise<void> {
  const rows = units.map(({ unitNo, special = 0 }) => ({
    unitNo, special, division: COUNTY, name: `示例单位${unitNo}`, uscc: '91990101MA00000000', taxRegNo: `T${unitNo}`, taxdept_code: '19901010000', agreement: 0, edition: 0, untilEdition: null, formerId: null,
  }));
  await store.write((manager) => manager.insert(ContributionUnit, rows));
}

/** Persons of the tests' county, plainly fictitious. */
export async function addPersons(store: Store, persons: readonly TestInsured[]): Promise<void> {
  const rows = persons.map(({ psnNo, unitNo = null, insutype = '310', payerKind = '1', category = 'active', baseFen = 600_000, agreement = 0, fromMonth = 202001, throughMonth = null }) => ({
    psnNo, unitNo, insutype, payerKind, category, baseFen: baseFen === null ? null : fen(baseFen), agreement, fromMonth, throughMonth,
    division: COUNTY, townCode: null, certHash: 'test'.padEnd(64, '0'), identity: { psn_name: `示例${psnNo}`, cert_type: '01', certno: '990101199001010019' }, edition: 0, untilEdition: null, formerId: null,
  }));
  await store.write(async (manager) => {
    for (let first = 0; first < rows.length; first += 500) await manager.insert(ContributionPerson, rows.slice(first, first + 500));
  });
}

export type FileRow = Partial<Record<RegisterColumn, string>>;

export function unitRow(unit_no: string, more: FileRow = {}): FileRow {
  return { record_type: 'U', division: COUNTY, unit_no, unit_name: `示例单位${unit_no}`, uscc: '91990101MA00000000', taxdept_code: '19901010000', special: '0', agreement: '0', ...more };
}

export function personRow(n: number, more: FileRow = {}): FileRow {
  return {
    record_type: 'P', division: COUNTY, unit_no: 'D1', agreement: '0', psn_no: `G${String(n).padStart(4, '0')}`, insutype: '310', payer_kind: '1', category: 'active', base: '6000.00', from_month: '202001',
    psn_name: `示例${n}`, cert_type: '01', certno: makeIdNumber(`1990-01-${String(1 + (n % 28)).padStart(2, '0')}`, 1 + (n % 999)), ...more,
  };
}

/** A register file in CSV with right totals, unless others are given. */
export function registerCsv(rows: readonly FileRow[], more: { readonly division?: string; readonly trailer?: string } = {}): string {
  const total = rows.reduce((sum, { base = '0' }) => sum + (/^\d+(\.\d{1,2})?$/.test(base) ? Math.round(Number(base) * 100) : 0), 0);
  const lines = rows.map((row) => REGISTER_COLUMNS.map((name) => row[name] ?? '').join(','));
  return [`H,CONTRIB-REGISTER,1,${more.division ?? COUNTY}`, REGISTER_COLUMNS.join(','), ...lines, more.trailer ?? `T,${rows.length},${formatYuan(fen(total))}`, ''].join('\n');
}
