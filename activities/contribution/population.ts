import type { EntityManager } from 'typeorm';
import type { BatchRange } from '../../domain/batch/types';
import { variantOf, type AssessmentParameters, type Variant } from '../../domain/contribution/variants';
import { integerOf } from '../../store/columns';
import { byIndex, editionOf, holdsAt } from './editions';

/** Persons of one chunk: assessed and written in well under a second, so that little is done twice after a crash. */
export const CHUNK_PERSONS = 2_000;

/** The register as it stood when a batch was frozen: versions that came later are not seen. */
export interface Watermark {
  readonly edition: number;
}

/** Whom an assessment is for, as a condition on `contribution_person p`. */
export interface Population {
  readonly from: string;
  readonly condition: string;
  readonly values: readonly unknown[];
  /** By which the population is ordered and cut: whole units, or persons. */
  readonly key: 'unit_no' | 'psn_no';
}

export async function watermark(manager: EntityManager, division: string): Promise<Watermark> {
  return { edition: await editionOf(manager, division) };
}

/** The rows of the register that an assessment reads. */
export function populationOf(manager: EntityManager, division: string, { variant, units, persons }: AssessmentParameters, { edition }: Watermark): Population {
  const { payerKind, who, only }: Variant = variantOf(variant);
  const parts = ['p.division = ?', 'p.payer_kind = ?', holdsAt('p')];
  const values: unknown[] = [division, payerKind, edition, edition];
  const among = (column: string, list: readonly string[]): void => {
    parts.push(`${column} IN (${list.map(() => '?').join(', ')})`);
    values.push(...list);
  };
  if (who === 'units') among('p.unit_no', units);
  if (who === 'persons') among('p.psn_no', persons);
  if (only === 'aided') parts.push("p.category = 'aided'");
  if (only === 'agreement') parts.push('p.agreement = 1');
  // A special unit is assessed by its own variant; named ones are taken as they are named.
  if (payerKind === '1' && who === 'all') {
    const isSpecial = `EXISTS (SELECT 1 FROM contribution_unit u ${byIndex(manager, 'ix_contribution_unit_no')} WHERE u.unit_no = p.unit_no AND u.special = 1 AND u.division = p.division AND ${holdsAt('u')})`;
    parts.push(only === 'specialUnits' ? isSpecial : `NOT ${isSpecial}`);
    values.push(edition, edition);
  }
  const [key, index] = payerKind === '1' ? (['unit_no', 'ix_contribution_person_population'] as const) : (['psn_no', 'ix_contribution_person_no'] as const);
  return { from: `contribution_person p ${byIndex(manager, index)}`, condition: parts.join(' AND '), values, key };
}

/** Cuts a population into chunks in the order of its key; a unit is never cut. */
export async function chunksOf(manager: EntityManager, { from, condition, values, key }: Population, heartbeat: () => void): Promise<BatchRange[]> {
  const ranges: BatchRange[] = [];
  let open: BatchRange | null = null;
  for (let after = ''; ; ) {
    const groups: { k: string; n: unknown }[] = await manager.query(
      `SELECT p.${key} AS k, COUNT(*) AS n FROM ${from} WHERE ${condition} AND p.${key} > ? GROUP BY p.${key} ORDER BY p.${key} LIMIT ${CHUNK_PERSONS}`,
      [...values, after],
    );
    for (const { k, n } of groups) {
      const rows = integerOf(n);
      const fits: boolean = open !== null && open.rows + rows <= CHUNK_PERSONS;
      if (open && !fits) ranges.push(open);
      open = { from: open && fits ? open.from : k, through: k, rows: rows + (open && fits ? open.rows : 0) };
    }
    heartbeat();
    const last = groups.at(-1);
    if (!last || groups.length < CHUNK_PERSONS) break;
    after = last.k;
  }
  return open ? [...ranges, open] : ranges;
}
