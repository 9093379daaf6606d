import type { Stage } from '../../domain/admission/types';
import { monthEnd } from '../../domain/calendar';
import { type Period, periodText } from '../../domain/clearing/period';
import { cityOf } from '../../domain/clearing/record';
import { add, type Fen } from '../../domain/money';
import { fenOf, integerOf } from '../../store/columns';
import type { Transactions } from '../../store/transactions';

/** An institution of ours and where it lies. */
export interface CarePlace {
  readonly fixmedinsCode: string;
  readonly admdvs: string;
}

/** Stays of one institution whose persons are insured in another city. */
export interface InHospital {
  readonly institution: string;
  readonly careCity: string;
  readonly insuredCity: string;
  readonly insutype: string;
  /** In hospital when the month began; admitted and discharged in it; in hospital at its end, or now while it lasts. */
  readonly opening: number;
  readonly admitted: number;
  readonly discharged: number;
  readonly closing: number;
  /** Fees so far of those who are in hospital at the end. */
  readonly medfee: Fen;
}

/** A stay counts once the centre knows of it; one in cash and one that was cancelled do not. */
const COUNTED: readonly Stage[] = ['admitted', 'discharged', 'settled'];

/** 在院信息统计 of a month: cross-region stays (insured in another city than that of the care) of our institutions. */
export async function inHospitalOf(store: Transactions, places: readonly CarePlace[], window: Period): Promise<InHospital[]> {
  if (places.length === 0) return [];
  const first = `${periodText(window)}-01`;
  const from = `${first} 00:00:00`;
  const through = `${monthEnd(first)} 23:59:59`;
  const codes = places.map(({ fixmedinsCode }) => fixmedinsCode);
  const closing = '(discharged_at IS NULL OR discharged_at > ?)';
  const rows: Readonly<Record<string, unknown>>[] = await store.read((manager) =>
    manager.query(
      'SELECT institution, insuplc_admdvs AS insured, insutype, SUM(CASE WHEN admitted_at < ? THEN 1 ELSE 0 END) AS opening, ' +
        'SUM(CASE WHEN admitted_at >= ? THEN 1 ELSE 0 END) AS admitted, SUM(CASE WHEN discharged_at <= ? THEN 1 ELSE 0 END) AS discharged, ' +
        `SUM(CASE WHEN ${closing} THEN 1 ELSE 0 END) AS closing, SUM(CASE WHEN ${closing} THEN medfee_fen ELSE 0 END) AS medfee ` +
        `FROM admission WHERE institution IN (${marks(codes)}) AND stage IN (${marks(COUNTED)}) AND insuplc_admdvs IS NOT NULL ` +
        'AND admitted_at <= ? AND (discharged_at IS NULL OR discharged_at >= ?) GROUP BY institution, insuplc_admdvs, insutype',
      [from, from, through, through, through, ...codes, ...COUNTED, through, from],
    ),
  );
  const cities = new Map(places.map(({ fixmedinsCode, admdvs }) => [fixmedinsCode, cityOf(admdvs)]));
  return merged(rows.map((row) => rowOf(row, cities)).filter(({ careCity, insuredCity }) => careCity !== insuredCity));
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

function rowOf(row: Readonly<Record<string, unknown>>, cities: ReadonlyMap<string, string>): InHospital {
  const institution = String(row['institution']);
  const count = (name: string): number => integerOf(row[name]);
  return {
    institution, careCity: cities.get(institution) ?? '', insuredCity: cityOf(String(row['insured'])), insutype: String(row['insutype'] ?? ''),
    opening: count('opening'), admitted: count('admitted'), discharged: count('discharged'), closing: count('closing'), medfee: fenOf(row['medfee']),
  };
}

/** Counties of one insured city together, in order. */
function merged(rows: readonly InHospital[]): InHospital[] {
  const groups = new Map<string, InHospital>();
  for (const row of rows) {
    const key = [row.careCity, row.institution, row.insuredCity, row.insutype].join('/');
    const before = groups.get(key);
    groups.set(key, before ? together(before, row) : row);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function together(a: InHospital, b: InHospital): InHospital {
  const counts = { opening: a.opening + b.opening, admitted: a.admitted + b.admitted, discharged: a.discharged + b.discharged, closing: a.closing + b.closing };
  return { ...a, ...counts, medfee: add(a.medfee, b.medfee) };
}
