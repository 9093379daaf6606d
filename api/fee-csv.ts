import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { Request } from 'express';
import { decodedText, TextProblem } from '../domain/files/text-chunks';
import { parseYuan } from '../domain/money';
import { CSV_COLUMNS, CSV_REQUIRED, MAX_CSV_ROWS } from '../schemas/api/fees';
import { CSV_LIMIT, limitedBody } from './body';
import type { RawRow } from './fee-rows';
import { Problem } from './problem';

const AMOUNT_COLUMN = 'det_item_fee_sumamt';
/** One record, bytes: the longest line that the columns allow is far shorter. */
const MAX_RECORD = 64_000;

interface Record {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads fee lines from a CSV body as it arrives: the first record names the columns, in any order; amounts are yuan text.
 * `row` is the line in the file. Throws Problem for what concerns the file as a whole.
 */
export async function* csvRows(request: Request, charset: string): AsyncGenerator<RawRow> {
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: MAX_RECORD });
  // The pipeline hands an error of the body on to the parser, where the loop below meets it.
  pipeline(Readable.from(decodedText(limitedBody(request, CSV_LIMIT), charset)), parser, () => undefined);
  let columns: readonly string[] | null = null;
  let count = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<Record>) {
      if (columns === null) {
        columns = checkHeader(record);
        continue;
      }
      count += 1;
      if (count > MAX_CSV_ROWS) throw new Problem('FEE_ROWS_TOO_MANY', { detail: `超过 ${MAX_CSV_ROWS} 行` });
      yield { row: info.lines, fields: fieldsOf(columns, record) };
    }
  } catch (error) {
    if (error instanceof TextProblem) throw new Problem(error.code, { detail: error.message });
    throw error instanceof CsvError ? new Problem('CSV_MALFORMED', { detail: `第 ${error.lines} 行附近` }) : error;
  }
  if (columns === null) throw new Problem('CSV_HEADER_INVALID', { detail: '文件是空的' });
}

function checkHeader(header: readonly string[]): readonly string[] {
  const unknown = header.filter((name) => !CSV_COLUMNS.includes(name));
  const missing = CSV_REQUIRED.filter((name) => !header.includes(name));
  const repeated = header.filter((name, index) => header.indexOf(name) !== index);
  const parts = [
    missing.length > 0 ? `缺少列 ${missing.join('、')}` : '',
    unknown.length > 0 ? `有 ${unknown.length} 个不认识的列` : '',
    repeated.length > 0 ? `列名重复 ${repeated.join('、')}` : '',
  ].filter((part) => part !== '');
  if (parts.length > 0) throw new Problem('CSV_HEADER_INVALID', { detail: parts.join('；') });
  return header;
}

/** A record as the fields of a line. Cells beyond the header, or missing ones, make the row fail its schema by name. */
function fieldsOf(columns: readonly string[], record: readonly string[]): { [name: string]: unknown } {
  const fields: { [name: string]: unknown } = {};
  if (record.length !== columns.length) return { 列数不符: record.length };
  columns.forEach((name, index) => {
    const cell = record[index] ?? '';
    if (cell !== '') fields[name] = name === AMOUNT_COLUMN ? yuanCell(cell) : cell;
  });
  return fields;
}

/** Yuan text as fen; text that is no amount is left for the schema to refuse. */
function yuanCell(cell: string): unknown {
  try {
    return parseYuan(cell);
  } catch (error) {
    if (error instanceof RangeError) return cell;
    throw error;
  }
}
