/** One record of a fixed format as bytes: built into a buffer, read by offset. */
import type { FieldLayout, FileFormat } from '../../schemas/files/format';
import { RECORD_LETTER, type AnyRow, type RecordKind, type RowTypes } from '../../schemas/tax/fields';
import { digitsOf } from './dates';
import { readAmount, readDigits, readMoment, readText, writeAmount, writeAscii, writeDigits } from './fixed-fields';
import { RowProblem } from './problems';
import { encodedText } from './text-out';

const SPACE = 0x20;

export interface FixedRecord<K extends RecordKind> {
  /** Bytes without the line end. */
  readonly bytes: number;
  /** Builds a record at `offset`, without its line end. Throws RowProblem; then the bytes there mean nothing. */
  write(row: RowTypes[K], target: Buffer, offset: number): void;
  /** Reads a whole record. Throws RowProblem. */
  read(buffer: Buffer, offset: number): RowTypes[K];
  /** Reads some fields only, which is what matching a million rows needs. */
  reader<F extends keyof RowTypes[K] & string>(fields: readonly F[]): (buffer: Buffer, offset: number) => Pick<RowTypes[K], F>;
  /** The fault of the first field whose characters are broken, or null; what no field covers counts too. */
  textFault(buffer: Buffer, offset: number): RowProblem | null;
}

/** A field as the loops use it. */
interface Place extends FieldLayout {
  readonly start: number;
  readonly end: number;
  readonly theirs: Readonly<Record<string, string>> | null;
  readonly ours: ReadonlyMap<string, string> | null;
  /** What was encoded last: persons of a unit repeat its name. */
  lastText: string;
  lastBytes: Buffer;
}

function placeOf(field: FieldLayout, format: FileFormat): Place {
  const theirs = format.values[field.name] ?? null;
  return {
    ...field,
    start: field.from - 1,
    end: field.from - 1 + field.bytes,
    theirs,
    ours: theirs && new Map(Object.entries(theirs).map(([ours, their]) => [their, ours])),
    lastText: '',
    lastBytes: Buffer.alloc(0),
  };
}

function invalid(place: FieldLayout, problem: string): RowProblem {
  return new RowProblem('ROW_FIELD_INVALID', place.name, `${place.meaning}${problem}`);
}

/** The peer's code for ours. Throws RowProblem for one that the table does not have. */
function toTheirs(place: Place, text: string): string {
  if (place.theirs === null || text === '') return text;
  const theirs = Object.hasOwn(place.theirs, text) ? place.theirs[text] : undefined;
  if (theirs === undefined) throw invalid(place, '的代码不在对照表中');
  return theirs;
}

function readField(place: Place, buffer: Buffer, offset: number, yuan: boolean): string | number {
  const from = offset + place.start;
  const end = offset + place.end;
  switch (place.type) {
    case 'X': {
      const text = readText(buffer, from, end);
      if (typeof text !== 'string') throw new RowProblem('FILE_TEXT_BROKEN', place.name, `${place.meaning}含有不能识别的字符`);
      if (text === '' && place.required) throw invalid(place, '不能为空');
      if (place.ours === null || text === '') return text;
      const ours = place.ours.get(text);
      if (ours === undefined) throw invalid(place, '的代码不在对照表中');
      return ours;
    }
    case 'D': {
      const moment = readMoment(buffer, from, end);
      if (moment === null) throw invalid(place, '不是合法的日期');
      if (moment === '' && place.required) throw invalid(place, '不能为空');
      return moment;
    }
    default: {
      const value = place.type === '9' ? readDigits(buffer, from, end) : readAmount(buffer, from, end, yuan);
      if (Number.isNaN(value)) throw invalid(place, place.type === '9' ? '应为数字' : '应为带正负号的金额');
      if (!Number.isSafeInteger(value)) throw invalid(place, '数值过大');
      return value;
    }
  }
}

function writeText(place: Place, value: string, target: Buffer, from: number, end: number, format: FileFormat): void {
  const text = toTheirs(place, value);
  if (text === '' && place.required) throw invalid(place, '不能为空');
  if (writeAscii(target, from, end, text)) return;
  if (text !== place.lastText) {
    place.lastBytes = encodedText(text, place, format);
    place.lastText = text;
  }
  place.lastBytes.copy(target, from);
  // The try as ASCII may have left its beginning behind the encoded text.
  target.fill(SPACE, from + place.lastBytes.length, end);
}

function writeField(place: Place, value: string | number | undefined, target: Buffer, offset: number, format: FileFormat): void {
  const from = offset + place.start;
  const end = offset + place.end;
  if (place.type === 'X' || place.type === 'D') {
    if (typeof value !== 'string') throw invalid(place, '应为文本');
    if (place.type === 'X') return writeText(place, value, target, from, end, format);
    if (value === '' && place.required) throw invalid(place, '不能为空');
    const digits = value === '' ? '0'.repeat(place.bytes) : digitsOf(value, place.bytes);
    if (digits === null) throw invalid(place, '不是合法的日期');
    writeAscii(target, from, end, digits);
    return;
  }
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || (place.type === '9' && value < 0)) throw invalid(place, '应为整数');
  const fits = place.type === '9' ? writeDigits(target, from, end, value) : writeAmount(target, from, end, value, format.amounts === 'yuan');
  if (!fits) throw new RowProblem('ROW_TEXT_TOO_LONG', place.name, `${place.meaning}位数超过 ${place.bytes}`);
}

/**
 * A row with all its fields. Copies of it share one shape in the engine; rows that grow field by field become slow tables, which
 * made reading a whole record ten times slower. JSON.parse is what makes an object of a fixed shape from names known at run time.
 */
function emptyRow(places: readonly FieldLayout[]): AnyRow {
  return JSON.parse(JSON.stringify(Object.fromEntries(places.map(({ name, type }) => [name, type === 'X' || type === 'D' ? '' : 0])))) as AnyRow;
}

/** Codec of one kind of record of a fixed format. Keep it: making one costs, using it does not. */
export function fixedRecord<K extends RecordKind>(format: FileFormat, kind: K): FixedRecord<K> {
  const places = format.records[kind].filter(({ name }) => name !== 'filler').map((field) => placeOf(field, format));
  const texts = format.records[kind].filter(({ type }) => type === 'X').map((field) => placeOf(field, format));
  const yuan = format.amounts === 'yuan';
  const rowReader = (some: readonly Place[]) => {
    const empty = emptyRow(some);
    return (buffer: Buffer, offset: number): AnyRow => {
      const row = { ...empty };
      for (const place of some) row[place.name] = readField(place, buffer, offset, yuan);
      return row;
    };
  };
  const readAll = rowReader(places);
  return {
    bytes: format.recordBytes,
    write(row, target, offset) {
      target.fill(SPACE, offset, offset + format.recordBytes);
      for (const place of places) {
        const value = place.name === 'rec' ? RECORD_LETTER[kind] : (row as AnyRow)[place.name];
        writeField(place, value, target, offset, format);
      }
    },
    read: (buffer, offset) => readAll(buffer, offset) as RowTypes[K],
    reader<F extends keyof RowTypes[K] & string>(fields: readonly F[]) {
      const some = rowReader(places.filter(({ name }) => (fields as readonly string[]).includes(name)));
      return (buffer: Buffer, offset: number) => some(buffer, offset) as Pick<RowTypes[K], F>;
    },
    textFault(buffer, offset) {
      for (const place of texts) {
        if (typeof readText(buffer, offset + place.start, offset + place.end) === 'string') continue;
        return new RowProblem('FILE_TEXT_BROKEN', place.name, `${place.meaning}含有不能识别的字符`);
      }
      return null;
    },
  };
}
