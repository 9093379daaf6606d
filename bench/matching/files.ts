import type { Engine } from '../../activities/matching/engine';
import type { DelimitedSource } from '../../activities/matching/sources';
import { literal, whole } from '../../domain/matching/sql/text';

/** Columns of the two files, in their order. */
export const HEADER = [
  'taxrpt_no', 'taxrpt_row', 'kind', 'orig_taxrpt_no', 'orig_taxrpt_row', 'levy_state', 'insutype', 'levy_item', 'levy_subitem', 'accrym_begn', 'accrym_end',
  'clct_date', 'taxdept_code', 'amt', 'inte', 'latefee',
] as const;

/** One row in so many is corrupted, spread over six kinds. */
const CORRUPTED_OF = 1_000;

/** Receipts of one day; the numbers follow from the row and the seed alone. */
function receipts(rows: number, seed: number): string {
  return (
    `SELECT i, hash(i, ${whole(seed)}) % ${CORRUPTED_OF * 6} AS luck, '3' || lpad((i * 7919)::VARCHAR, 19, '0') AS taxrpt_no, '1' AS taxrpt_row, '01' AS kind, '' AS orig_taxrpt_no, '' AS orig_taxrpt_row, ` +
    `'61' AS levy_state, CASE WHEN i % 3 = 0 THEN '390' ELSE '310' END AS insutype, '10210' AS levy_item, '102101' AS levy_subitem, '202610' AS accrym_begn, '202610' AS accrym_end, ` +
    `'2026-10-' || lpad((1 + i % 10)::VARCHAR, 2, '0') AS clct_date, '1990101' || lpad((i % 200)::VARCHAR, 4, '0') AS taxdept_code, ` +
    `(10000 + hash(i) % 9000000)::BIGINT AS amt, (i % 50)::BIGINT AS inte, 0::BIGINT AS latefee FROM range(${whole(rows)}) t(i)`
  );
}

/**
 * Writes the file of the bureau, whole, and that of tax: six kinds of errors, each on one row in six thousand: missing, twice, another
 * amount, insurance, month, and a row that the bureau does not have. The rows of tax come in another order.
 */
export async function writeFiles(engine: Engine, folder: string, rows: number, seed: number): Promise<Record<'bureau' | 'tax', DelimitedSource>> {
  const columns = HEADER.join(', ');
  const files = { bureau: `${folder}/bureau.csv`, tax: `${folder}/tax.csv` };
  const write = (query: string, path: string): Promise<void> => engine.run(`COPY (${query}) TO ${literal(path)} (HEADER true)`);
  await write(`SELECT ${columns} FROM (${receipts(rows, seed)}) WHERE luck <> 5`, files.bureau);
  const wrong =
    "SELECT * REPLACE (CASE WHEN luck = 1 THEN amt + 1 ELSE amt END AS amt, CASE WHEN luck = 2 THEN '510' ELSE insutype END AS insutype, CASE WHEN luck = 3 THEN '202609' ELSE accrym_begn END AS accrym_begn) " +
    `FROM (${receipts(rows, seed)}) WHERE luck <> 0`;
  // Rows of luck 4 stand in both halves.
  await write(`SELECT ${columns} FROM (SELECT * FROM (${wrong}) WHERE i % 97 >= 40 UNION ALL SELECT * FROM (${wrong}) WHERE i % 97 < 40 OR luck = 4 AND i % 97 >= 40)`, files.tax);
  return { bureau: { kind: 'delimited', path: files.bureau, header: HEADER }, tax: { kind: 'delimited', path: files.tax, header: HEADER } };
}

/** The same file as the engine's own reader would take it, amounts as integers. */
export function plainFile(path: string): string {
  const columns = HEADER.map((name) => `'${name}': '${['amt', 'inte', 'latefee'].includes(name) ? 'BIGINT' : 'VARCHAR'}'`);
  return `read_csv(${literal(path)}, auto_detect = false, header = true, delim = ',', quote = '"', columns = {${columns.join(', ')}})`;
}

/** The plain full outer join of two relations: which rows have no partner, or one that says something else. */
export function plainJoin(a: string, b: string): string {
  const compared = ['amt', 'inte', 'latefee', 'insutype', 'levy_item', 'levy_subitem', 'accrym_begn', 'accrym_end'];
  return (
    `SELECT count(*) FROM ${a} a FULL OUTER JOIN ${b} b ON a.taxrpt_no = b.taxrpt_no AND a.taxrpt_row = b.taxrpt_row AND a.kind = b.kind ` +
    `WHERE ${compared.map((name) => `a.${name} IS DISTINCT FROM b.${name}`).join(' OR ')}`
  );
}
