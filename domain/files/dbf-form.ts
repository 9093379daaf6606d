/**
 * dBase III tables. The library at hand (dbffile) reads amounts as floating numbers, opens paths only, cuts long texts inside a
 * character and writes the clock of the day into the file; so the little that the format is stands here, exact and streaming.
 */
import { createHash } from 'node:crypto';
import { columnName } from '../../schemas/files/check-format';
import type { FieldLayout, FileFormat } from '../../schemas/files/format';
import type { AnyRow } from '../../schemas/tax/fields';
import { TAX_ITEMS, type ItemCode } from '../../schemas/tax/items';
import { readText } from './fixed-fields';
import { textRecord } from './field-text';
import { checkBeginning, controlFields, type Chunks, type FileForm, type ReadRecord } from './form';
import { FileProblem, RowProblem } from './problems';
import { encodedText } from './text-out';

const VERSION = 0x03;
/** Language driver of code page 936. */
const CHINESE = 0x7a;
const LIVE = 0x20;
const DELETED = 0x2a;
const END_OF_HEADER = 0x0d;
const END_OF_FILE = 0x1a;
const ROWS_A_CHUNK = 512;

interface Column {
  readonly field: FieldLayout;
  readonly name: string;
  readonly type: 'C' | 'N' | 'D';
  readonly bytes: number;
  readonly decimals: number;
}

function columnOf(field: FieldLayout, format: FileFormat): Column {
  const name = columnName(format, field.name);
  const yuan = field.type === 'A' && format.amounts === 'yuan';
  if (field.type === '9' || field.type === 'A') return { field, name, type: 'N', bytes: field.bytes + (yuan ? 1 : 0), decimals: yuan ? 2 : 0 };
  return { field, name, type: field.type === 'D' && field.bytes === 8 ? 'D' : 'C', bytes: field.bytes, decimals: 0 };
}

/** Header of a table. `day` is `yyyy-MM-dd`, so that the same content gives the same bytes on any day. */
function tableHeader(columns: readonly Column[], rows: number, day: string): Buffer {
  const header = Buffer.alloc(32 + 32 * columns.length + 1);
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  header.set([VERSION, year - 1900, month, date], 0);
  header.writeUInt32LE(rows, 4);
  header.writeUInt16LE(header.length, 8);
  header.writeUInt16LE(recordBytes(columns), 10);
  header[29] = CHINESE;
  columns.forEach(({ name, type, bytes, decimals }, index) => {
    const at = 32 + 32 * index;
    header.write(name, at, 10, 'latin1');
    header.write(type, at + 11, 'latin1');
    header[at + 16] = bytes;
    header[at + 17] = decimals;
  });
  header[header.length - 1] = END_OF_HEADER;
  return header;
}

function recordBytes(columns: readonly Column[]): number {
  return columns.reduce((sum, { bytes }) => sum + bytes, 1);
}

/** Says in what a header differs from the agreed table, or null. The day and bytes that writers use freely do not count. */
function headerProblem(theirs: Buffer, columns: readonly Column[]): string | null {
  const ours = tableHeader(columns, 0, '2000-01-01');
  if (((theirs[0] as number) & 0x07) !== VERSION) return '不是 dBase III 表';
  if (theirs.readUInt16LE(10) !== ours.readUInt16LE(10)) return `记录长 ${theirs.readUInt16LE(10)} 字节，应为 ${ours.readUInt16LE(10)}`;
  const wrong = columns.find(({ name, type, bytes }, index) => {
    const at = 32 + 32 * index;
    const told = theirs.toString('latin1', at, at + 11).split('\0')[0];
    return told !== name || String.fromCharCode(theirs[at + 11] as number) !== type || theirs[at + 16] !== bytes;
  });
  if (wrong) return `第 ${columns.indexOf(wrong) + 1} 列应为 ${wrong.name} ${wrong.type}(${wrong.bytes})`;
  return theirs[32 + 32 * columns.length] === END_OF_HEADER ? null : '列数与约定的不符';
}

class DbfForm implements FileForm {
  readonly #format: FileFormat;

  constructor(format: FileFormat) {
    this.#format = format;
  }

  #columns(item: ItemCode): Column[] {
    return textRecord(this.#format, TAX_ITEMS[item].detail).columns.map((field) => columnOf(field, this.#format));
  }

  offsetOf(item: ItemCode, record: number): number {
    const columns = this.#columns(item);
    return 32 + 32 * columns.length + 1 + (record - 1) * recordBytes(columns);
  }

  async *read(chunks: Chunks, { item, fields, first }: Parameters<FileForm['read']>[1]): AsyncGenerator<readonly ReadRecord[]> {
    const columns = this.#columns(item);
    const step = recordBytes(columns);
    const some = fields === 'control' ? new Set(controlFields(item)) : undefined;
    let carried: Buffer = Buffer.alloc(0);
    let headerLeft = first <= 1;
    let record = Math.max(1, first);
    let told: number | null = null;
    for await (const chunk of chunks) {
      let buffer: Buffer = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
      if (headerLeft) {
        checkBeginning(buffer);
        const length = buffer.length < 32 ? Infinity : buffer.readUInt16LE(8);
        if (buffer.length < length) {
          carried = buffer;
          continue;
        }
        const problem = length < 33 + 32 * columns.length ? '列数与约定的不符' : headerProblem(buffer, columns);
        if (problem !== null) throw new FileProblem('FILE_FORM_WRONG', problem);
        told = buffer.readUInt32LE(4);
        buffer = buffer.subarray(length);
        headerLeft = false;
      }
      const count = Math.floor(buffer.length / step);
      const batch: ReadRecord[] = [];
      for (let index = 0; index < count; index += 1) batch.push(this.#readOne(item, columns, buffer, index * step, record + index, some));
      record += count;
      carried = buffer.subarray(count * step);
      if (batch.length > 0) yield batch;
    }
    const ended = carried.length === 0 || (carried.length === 1 && carried[0] === END_OF_FILE);
    if (headerLeft || !ended) throw new FileProblem('FILE_RECORD_LENGTH', headerLeft ? '表头不完整' : '最后一条记录不完整', record);
    if (told !== null && told !== record - 1) throw new FileProblem('FILE_ROWS_DIFFER', `表头写 ${told} 条记录，实有 ${record - 1} 条`);
  }

  #readOne(item: ItemCode, columns: readonly Column[], buffer: Buffer, offset: number, record: number, some: ReadonlySet<string> | undefined): ReadRecord {
    const kind = TAX_ITEMS[item].detail;
    const mark = buffer[offset];
    if (mark !== LIVE) throw new FileProblem('FILE_RECORDS_DISORDERED', mark === DELETED ? `第 ${record} 条记录已标为删除` : `第 ${record} 条记录没有记录标志`, record);
    let at = offset + 1;
    try {
      const texts = columns.map(({ field, type, bytes }) => {
        const text = readText(buffer, at, at + bytes);
        at += bytes;
        if (typeof text !== 'string') throw new RowProblem('FILE_TEXT_BROKEN', field.name, `${field.meaning}含有不能识别的字符`);
        return type === 'N' ? text.trimStart() : text;
      });
      return { record, kind, row: textRecordOf(this.#format, kind).read(texts, some) as AnyRow };
    } catch (problem) {
      if (problem instanceof RowProblem) return { record, kind, problem };
      throw problem;
    }
  }

  async *write(file: Parameters<FileForm['write']>[0], trailer: Parameters<FileForm['write']>[1]): AsyncGenerator<Buffer> {
    const columns = this.#columns(file.item);
    const step = recordBytes(columns);
    const digest = createHash('sm3');
    const texts = textRecordOf(this.#format, TAX_ITEMS[file.item].detail);
    const header = tableHeader(columns, file.header.rows, file.header.made_at.slice(0, 10));
    digest.update(header);
    yield header;
    let chunk = Buffer.alloc(step * ROWS_A_CHUNK, LIVE);
    let used = 0;
    for await (const batch of file.rows) {
      for (const row of batch) {
        let at = used + 1;
        texts.write(row as never).forEach((text, index) => {
          const column = columns[index] as Column;
          const bytes = encodedText(text, column.field.type === 'X' ? column.field : { ...column.field, bytes: column.bytes }, this.#format);
          bytes.copy(chunk, column.type === 'N' ? at + column.bytes - bytes.length : at);
          at += column.bytes;
        });
        used += step;
        if (used < chunk.length) continue;
        digest.update(chunk);
        yield chunk;
        chunk = Buffer.alloc(step * ROWS_A_CHUNK, LIVE);
        used = 0;
      }
    }
    const rest = Buffer.concat([chunk.subarray(0, used), Buffer.from([END_OF_FILE])]);
    digest.update(rest);
    yield rest;
    trailer(digest.digest('hex'));
  }
}

type Details = ReturnType<typeof textRecord>;
const records = new WeakMap<FileFormat, Map<string, Details>>();

/** Texts of a kind of record, made once a format. */
function textRecordOf(format: FileFormat, kind: (typeof TAX_ITEMS)[ItemCode]['detail']): Details {
  const own = records.get(format) ?? new Map<string, Details>();
  records.set(format, own);
  const record = own.get(kind) ?? (textRecord(format, kind) as unknown as Details);
  own.set(kind, record);
  return record;
}

export function dbfForm(format: FileFormat): FileForm {
  return new DbfForm(format);
}
