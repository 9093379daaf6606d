/** Fields as text, for forms that have columns instead of places: delimited files, tables, `.ok` files. */
import { columnsOf } from '../../schemas/files/check-format';
import type { FieldLayout, FileFormat } from '../../schemas/files/format';
import { RECORD_LETTER, type AnyRow, type RecordKind, type RowTypes } from '../../schemas/tax/fields';
import { fen, formatYuan, parseYuan } from '../money';
import { businessText, digitsOf } from './dates';
import { RowProblem } from './problems';
import { encodedText } from './text-out';

function invalid(field: FieldLayout, problem: string): RowProblem {
  return new RowProblem('ROW_FIELD_INVALID', field.name, `${field.meaning}${problem}`);
}

/** Text of a value as the format writes it. Throws RowProblem. */
export function textOfValue(field: FieldLayout, value: string | number | undefined, format: FileFormat): string {
  if (field.type === '9' || field.type === 'A') {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || (field.type === '9' && value < 0)) throw invalid(field, '应为整数');
    if (String(Math.abs(value)).length > field.bytes - (field.type === 'A' ? 1 : 0)) {
      throw new RowProblem('ROW_TEXT_TOO_LONG', field.name, `${field.meaning}位数超过 ${field.bytes}`);
    }
    return field.type === 'A' && format.amounts === 'yuan' ? formatYuan(fen(value)) : String(value);
  }
  if (typeof value !== 'string') throw invalid(field, '应为文本');
  if (value === '' && field.required) throw invalid(field, '不能为空');
  if (field.type === 'D') {
    const digits = value === '' ? '' : digitsOf(value, field.bytes);
    if (digits === null) throw invalid(field, '不是合法的日期');
    return digits;
  }
  const table = format.values[field.name];
  if (table === undefined || value === '') return value;
  const theirs = Object.hasOwn(table, value) ? table[value] : undefined;
  if (theirs === undefined) throw invalid(field, '的代码不在对照表中');
  return theirs;
}

/** Value of a text as the format has it. Spaces behind it are not data. Throws RowProblem. */
export function valueOfText(field: FieldLayout, raw: string, format: FileFormat): string | number {
  const text = raw.replace(/ +$/, '');
  if (field.type === '9') {
    if (!/^\d{1,15}$/.test(text)) throw invalid(field, '应为数字');
    return Number(text);
  }
  if (field.type === 'A') return amountOfText(field, text, format);
  if (text === '' && field.required) throw invalid(field, '不能为空');
  if (field.type === 'D') {
    if (text === '' || /^0+$/.test(text)) return '';
    const moment = text.length === field.bytes ? businessText(text) : null;
    if (moment === null) throw invalid(field, '不是合法的日期');
    return moment;
  }
  const table = format.values[field.name];
  if (table === undefined || text === '') return text;
  const ours = Object.entries(table).find(([, theirs]) => theirs === text)?.[0];
  if (ours === undefined) throw invalid(field, '的代码不在对照表中');
  return ours;
}

function amountOfText(field: FieldLayout, text: string, format: FileFormat): number {
  try {
    const plain = text.replace(/^\+/, '');
    if (format.amounts === 'yuan') return parseYuan(plain);
    if (!/^-?\d{1,17}$/.test(plain)) throw new RangeError('not digits');
    return fen(Number(plain));
  } catch {
    throw invalid(field, format.amounts === 'yuan' ? '应为至多两位小数的金额（元）' : '应为整数分');
  }
}

/** Columns of a kind of record with what reads and writes them. */
export interface TextRecord<K extends RecordKind> {
  readonly columns: readonly FieldLayout[];
  /** Texts in the order of the columns, checked to fit. Throws RowProblem. */
  write(row: RowTypes[K]): string[];
  /**
   * A row of texts in the order of the columns; columns that the format leaves out, or that are not among `fields`, are empty or 0.
   * Throws RowProblem.
   */
  read(texts: readonly string[], fields?: ReadonlySet<string>): RowTypes[K];
}

export function textRecord<K extends RecordKind>(format: FileFormat, kind: K): TextRecord<K> {
  const columns = columnsOf(format, kind);
  const empty: AnyRow = {};
  for (const { name, type } of format.records[kind]) if (name !== 'filler') empty[name] = type === '9' || type === 'A' ? 0 : '';
  empty['rec'] = RECORD_LETTER[kind];
  return {
    columns,
    write: (row) =>
      columns.map((field) => {
        const text = textOfValue(field, field.name === 'rec' ? RECORD_LETTER[kind] : (row as AnyRow)[field.name], format);
        return field.type === 'X' ? replacedText(text, limited(field, format), format) : text;
      }),
    read(texts, fields) {
      const row = { ...empty };
      columns.forEach((field, index) => {
        if (fields === undefined || fields.has(field.name)) row[field.name] = valueOfText(field, texts[index] ?? '', format);
      });
      return row as RowTypes[K];
    },
  };
}

/** A peer's codes may be longer than ours where nothing has a width. */
function limited(field: FieldLayout, format: FileFormat): FieldLayout {
  return format.form === 'delimited' && format.values[field.name] !== undefined ? { ...field, bytes: MOST_CODE_BYTES } : field;
}
const MOST_CODE_BYTES = 40;

const PLAIN = /^[\x20-\x7e]*$/;

/** The text as it will be written: itself, or with agreed substitutes. */
function replacedText(text: string, field: FieldLayout, format: FileFormat): string {
  if (PLAIN.test(text) && text.length <= field.bytes) return text;
  encodedText(text, field, format);
  if (format.rareCharacters !== 'substitute') return text;
  return [...text].map((character) => format.substitutes[character] ?? character).join('');
}
