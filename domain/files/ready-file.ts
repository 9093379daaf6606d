/** The `.ok` beside a file: written last, it says that the file is whole and what its bytes are. */
import type { FileFormat } from '../../schemas/files/format';
import type { AnyRow, HeaderRow, TrailerRow } from '../../schemas/tax/fields';
import { textOfValue, valueOfText } from './field-text';

export interface ReadyFile {
  /** Length of the file in bytes. */
  readonly bytes: number;
  readonly rows: number;
  /** Fen. */
  readonly amount: number;
  /** SM3 of all its bytes, lower-case hex. */
  readonly sm3: string;
  /** Header and trailer, of formats that have them beside the file. */
  readonly header?: HeaderRow;
  readonly trailer?: TrailerRow;
}

/** No `.ok` is longer, so nobody can make us read a large one. */
export const MOST_READY_BYTES = 8_192;

function linesOf(name: 'header' | 'trailer', row: AnyRow | undefined, format: FileFormat): string[] {
  if (row === undefined) return [];
  const fields = format.records[name].filter((field) => field.name !== 'filler');
  return fields.map((field) => `${name}.${field.name}=${textOfValue(field, row[field.name], { ...format, amounts: 'fen' })}`);
}

/** Text of a `.ok`, one `name=value` a line. */
export function readyText(ready: ReadyFile, format: FileFormat): string {
  const lines = [`bytes=${ready.bytes}`, `rows=${ready.rows}`, `amount=${ready.amount}`, `sm3=${ready.sm3}`];
  return [...lines, ...linesOf('header', ready.header, format), ...linesOf('trailer', ready.trailer, format), ''].join('\n');
}

/** Reads a `.ok`; null when it is none. Line ends may be CRLF. */
export function parseReady(text: string, format: FileFormat): ReadyFile | null {
  const values = new Map(text.split(/\r?\n/).filter((line) => line !== '').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  const numberOf = (name: string): number => (/^-?\d{1,15}$/.test(values.get(name) ?? '') ? Number(values.get(name)) : Number.NaN);
  const ready = { bytes: numberOf('bytes'), rows: numberOf('rows'), amount: numberOf('amount'), sm3: values.get('sm3') ?? '' };
  if (![ready.bytes, ready.rows, ready.amount].every(Number.isSafeInteger) || ready.bytes < 0 || ready.rows < 0 || !/^[0-9a-f]{64}$/.test(ready.sm3)) return null;
  if (format.control === 'inside') return ready;
  const rowOf = (name: 'header' | 'trailer'): AnyRow =>
    Object.fromEntries(
      format.records[name]
        .filter((field) => field.name !== 'filler')
        .map((field) => [field.name, valueOfText(field, values.get(`${name}.${field.name}`) ?? '', { ...format, amounts: 'fen' })]),
    );
  try {
    return { ...ready, header: rowOf('header') as HeaderRow, trailer: rowOf('trailer') as TrailerRow };
  } catch {
    return null;
  }
}
