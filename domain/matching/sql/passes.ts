import type { Declaration } from '../declaration';
import { ident, list } from './text';

/**
 * The two passes. First the totals of every group: count, sums and a fingerprint (the sum of all `s`, which no two errors cancel).
 * Then, in groups where anything differs, the keys that do not stand exactly once and alike on all sides: `candidate`.
 */

/** Keys are spread over so many buckets, by which duplicates are found without sorting all keys. */
const BUCKET_SHIFT = 48;

/** Statements of the first pass: `totals` (one row a side and group) and `differing` (groups that need the second pass). */
export function totalsStatements({ sides, amounts }: Declaration): string[] {
  const sums = list(amounts.map(({ column }) => `sum(${ident(column)})::BIGINT AS ${ident(column)}`));
  const of = (index: number): string => `SELECT ${index} AS side, g, count(*) AS keys, sum(n)::BIGINT AS n, sum(s) AS fingerprint, ${sums} FROM keyed_${index} GROUP BY g`;
  return [
    `CREATE OR REPLACE TEMP TABLE totals AS ${list(sides.map((_, index) => of(index)), ' UNION ALL ')}`,
    `CREATE OR REPLACE TEMP TABLE differing AS SELECT g FROM totals GROUP BY g HAVING count(*) <> ${sides.length} ` +
      'OR min(keys) <> max(keys) OR min(fingerprint) <> max(fingerprint)',
    'CREATE OR REPLACE TEMP TABLE candidate (h UBIGINT)',
  ];
}

/** `all`: every group differs, so nothing is gained by leaving some out. */
export interface Reach {
  readonly all: boolean;
}

/** Compares the first side with the one of that number: `pairing` tells of every key whether it met (3) or stands alone (1, 2). */
export function pairingStatements(index: number, reach: Reach): string[] {
  const of = (side: number): string => `(SELECT h, s FROM keyed_${side}${within(reach)})`;
  return [
    'CREATE OR REPLACE TEMP TABLE pairing AS SELECT coalesce(x.h, y.h) AS h, ' +
      `(CASE WHEN x.h IS NULL THEN 2 WHEN y.h IS NULL THEN 1 ELSE 3 END)::UTINYINT AS f FROM ${of(0)} x FULL OUTER JOIN ${of(index)} y ON x.h = y.h AND x.s = y.s`,
    'INSERT INTO candidate SELECT h FROM pairing WHERE f <> 3',
  ];
}

/**
 * Whether a key that met stands more than once somewhere: then it met more often than it has rows. `p` copies here and `q` there make
 * p × q pairs, which is p and q at once only where both are 1.
 */
export function duplicatesQuestion(index: number, reach: Reach): string {
  return (
    `SELECT (SELECT count(*) FROM pairing WHERE f <> 2) <> (SELECT count(*) FROM keyed_0${within(reach)}) ` +
    `OR (SELECT count(*) FROM pairing WHERE f <> 1) <> (SELECT count(*) FROM keyed_${index}${within(reach)})`
  );
}

/** Finds those keys: by buckets first, then within the buckets where the counts do not agree. */
export function duplicatesStatements(index: number, reach: Reach): string[] {
  const bucket = `h >> ${BUCKET_SHIFT}`;
  const rows = (side: number): string => `(SELECT ${bucket} AS b, count(*) AS n FROM keyed_${side}${within(reach)} GROUP BY 1)`;
  const copies = (side: number): string =>
    `SELECT h FROM keyed_${side} WHERE (${bucket}) IN (SELECT b FROM crowded) GROUP BY h HAVING count(*) > 1`;
  return [
    `CREATE OR REPLACE TEMP TABLE crowded AS SELECT b FROM (SELECT ${bucket} AS b, count(*) FILTER (f <> 2) AS p, count(*) FILTER (f <> 1) AS q FROM pairing GROUP BY 1) m ` +
      `FULL OUTER JOIN ${rows(0)} x USING (b) FULL OUTER JOIN ${rows(index)} y USING (b) ` +
      'WHERE coalesce(p, 0) <> coalesce(x.n, 0) OR coalesce(q, 0) <> coalesce(y.n, 0)',
    `INSERT INTO candidate ${copies(0)} UNION ALL ${copies(index)}`,
  ];
}

function within({ all }: Reach): string {
  return all ? '' : ' WHERE g IN (SELECT g FROM differing)';
}
