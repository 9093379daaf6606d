import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { REGISTER_COLUMNS, type RawRow, type RegisterColumn } from '../../../domain/contribution/register-row';
import { fen, parseYuan, type Fen } from '../../../domain/money';
import { type ByteLine, byteLines, lineDecoder } from './lines';
import { RegisterFileProblem } from './problem';

export interface RegisterFormat {
  readonly format: 'csv' | 'ndjson';
  readonly charset: string;
}

export interface RegisterTotals {
  readonly rows: number;
  readonly base: Fen;
}

/** A line of a register file. `no` counts rows from 1; a row that cannot be read is `row: null`. */
export type RegisterLine =
  | { readonly kind: 'row'; readonly no: number; readonly offset: number; readonly row: RawRow | null }
  | { readonly kind: 'trailer'; readonly offset: number; readonly totals: RegisterTotals };

/** What the first lines say. */
export interface RegisterHead {
  readonly division: string;
  /** Names of the columns in their order; those of NDJSON are fixed. */
  readonly columns: readonly RegisterColumn[];
}

const SIGNATURE = 'CONTRIB-REGISTER';
/** Largest base, yuan; sums of a file stay exact below it. */
const AMOUNT = /^\d{1,7}(\.\d{1,2})?$/;
const HEAD_WORDS = { csv: `首行应为 H,${SIGNATURE},1,六位辖区代码`, ndjson: `首行应为 {"header":{"kind":"${SIGNATURE}","version":1,"division":"六位辖区代码"}}` } as const;
const TRAILER_WORDS = { csv: '末行应为 T,行数,基数合计（元）', ndjson: '末行应为 {"trailer":{"rows":…,"base":…}}（分）' } as const;

const text = z.string().max(200).default('');
const flag = z.union([z.literal(0), z.literal(1)]).transform(String).default('0');
const month = z.number().int().min(0).max(999_999).transform(String);
const base = z.number().int().min(0).max(999_999_999).transform(fen).nullable().default(null);
const jsonRow = z.strictObject({
  record_type: text, division: text, unit_no: text, unit_name: text, uscc: text, tax_reg_no: text, taxdept_code: text, special: flag, agreement: flag,
  psn_no: text, insutype: text, payer_kind: text, category: text, base, from_month: month.default(''), through_month: month.default(''), town_code: text, psn_name: text, cert_type: text, certno: text,
});
const jsonHead = z.strictObject({ header: z.strictObject({ kind: z.literal(SIGNATURE), version: z.literal(1), division: z.string().regex(/^\d{6}$/) }) });
const jsonTrailer = z.strictObject({ trailer: z.strictObject({ rows: z.number().int().min(0), base: z.number().int().min(0) }) });

/**
 * Reads a register file from its beginning: what its head says, then its lines, some at a time. Throws RegisterFileProblem
 * for what concerns the file as a whole.
 */
export async function* readRegister(bytes: AsyncIterable<Buffer>, given: RegisterFormat): AsyncGenerator<{ readonly head: RegisterHead; readonly lines: readonly RegisterLine[] }> {
  const decode = lineDecoder(given.charset);
  let division: string | null = null;
  let columns: readonly RegisterColumn[] | null = given.format === 'ndjson' ? REGISTER_COLUMNS : null;
  let no = 0;
  for await (const block of byteLines(bytes)) {
    const lines: RegisterLine[] = [];
    for (const line of block) {
      const content = decode(line);
      if (division === null) division = readHead(content, given.format);
      else if (!columns) columns = readColumns(content);
      else lines.push(readLine(content, line, given.format, columns, (no += 1)));
    }
    if (division !== null && columns) yield { head: { division, columns }, lines };
  }
  if (division === null || !columns) throw new RegisterFileProblem('CONTRIB_FILE_HEADER', HEAD_WORDS[given.format]);
}

/** Reads rows that lie together in the middle of a file: `bytes` begin with row `first` and end with the last one. */
export function readSlice(bytes: Buffer, given: RegisterFormat, columns: readonly RegisterColumn[], first: number): readonly { readonly no: number; readonly row: RawRow | null }[] {
  const decode = lineDecoder(given.charset);
  const rows: { no: number; row: RawRow | null }[] = [];
  for (let from = 0; from < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, from);
    const end = newline < 0 ? bytes.length : newline;
    const content = decode({ bytes: bytes.subarray(from, end), offset: 1 });
    rows.push({ no: first + rows.length, row: given.format === 'csv' ? csvRow(content, columns) : ndjsonRow(content) });
    from = end + 1;
  }
  return rows;
}

function readLine(content: string, { offset }: ByteLine, format: RegisterFormat['format'], columns: readonly RegisterColumn[], no: number): RegisterLine {
  const isTrailer = format === 'csv' ? content.startsWith('T,') : /^\{\s*"trailer"/.test(content);
  if (isTrailer) return { kind: 'trailer', offset, totals: readTrailer(content, format) };
  return { kind: 'row', no, offset, row: format === 'csv' ? csvRow(content, columns) : ndjsonRow(content) };
}

function readHead(content: string, format: RegisterFormat['format']): string {
  const [mark, signature, version, division = '', ...more] = content.split(',');
  const fits = mark === 'H' && signature === SIGNATURE && version === '1' && /^\d{6}$/.test(division) && more.every((cell) => cell === '');
  if (format === 'csv' && fits) return division;
  const read = format === 'ndjson' ? jsonHead.safeParse(json(content)) : null;
  if (!read?.success) throw new RegisterFileProblem('CONTRIB_FILE_HEADER', HEAD_WORDS[format]);
  return read.data.header.division;
}

function readColumns(content: string): readonly RegisterColumn[] {
  const names = cellsOf(content) ?? [];
  const missing = REGISTER_COLUMNS.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new RegisterFileProblem('CONTRIB_FILE_HEADER', `缺少列 ${missing.join('、')}`);
  if (names.length !== REGISTER_COLUMNS.length) throw new RegisterFileProblem('CONTRIB_FILE_HEADER', '有不认识的或重复的列');
  return names as RegisterColumn[];
}

function readTrailer(content: string, format: RegisterFormat['format']): RegisterTotals {
  const [, rows = '', base = '', ...more] = content.split(',');
  if (format === 'csv' && /^\d{1,9}$/.test(rows) && /^\d{1,13}(\.\d{1,2})?$/.test(base) && more.every((cell) => cell === '')) {
    const sum = parseYuan(base);
    return { rows: Number(rows), base: sum };
  }
  const read = format === 'ndjson' ? jsonTrailer.safeParse(json(content)) : null;
  if (!read?.success) throw new RegisterFileProblem('CONTRIB_FILE_TRAILER', TRAILER_WORDS[format]);
  return { rows: read.data.trailer.rows, base: fen(read.data.trailer.base) };
}

function csvRow(content: string, columns: readonly RegisterColumn[]): RawRow | null {
  const cells = cellsOf(content);
  if (cells?.length !== columns.length) return null;
  const text: Record<string, string> = {};
  columns.forEach((name, index) => (text[name] = cells[index] ?? ''));
  const given = text['base'] ?? '';
  return { text: text as RawRow['text'], base: given === '' ? null : AMOUNT.test(given) ? parseYuan(given) : 'unreadable' };
}

function cellsOf(content: string): readonly string[] | null {
  if (!content.includes('"')) return content.split(',');
  try {
    const [cells] = parse(content, { relax_column_count: true }) as string[][];
    return cells ?? null;
  } catch {
    return null;
  }
}

function ndjsonRow(content: string): RawRow | null {
  const read = jsonRow.safeParse(json(content));
  if (!read.success) return null;
  const { base, ...text } = read.data;
  return { text, base };
}

function json(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}
