/** Files of fixed records: record n begins at byte n × (record + line end), so reading can begin anywhere. */
import { createHash } from 'node:crypto';
import type { FileFormat } from '../../schemas/files/format';
import type { AnyRow, RecordKind } from '../../schemas/tax/fields';
import { TAX_ITEMS, type ItemCode } from '../../schemas/tax/items';
import { fixedRecord, type FixedRecord } from './fixed-record';
import { checkBeginning, controlFields, lineEndOf, type Chunks, type FileForm, type ReadRecord } from './form';
import { FileProblem, RowProblem } from './problems';

const LF = 0x0a;
const END_OF_FILE = 0x1a;
/** Records that are built into one buffer. */
const RECORDS_A_CHUNK = 512;

type AnyRecord = FixedRecord<RecordKind>;

/** Whole records of a stream. Throws FileProblem FILE_RECORD_LENGTH at the first that has another length or line end. */
async function* wholeRecords(chunks: Chunks, step: number, lineEnd: Buffer, first: number): AsyncGenerator<{ buffer: Buffer; count: number; record: number }> {
  let carried: Buffer = Buffer.alloc(0);
  let record = first;
  for await (const chunk of chunks) {
    const buffer: Buffer = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    if (record === 0) checkBeginning(buffer);
    const count = Math.floor(buffer.length / step);
    for (let index = 0; index < count; index += 1) checkLineEnd(buffer, index * step, step, lineEnd, record + index);
    if (count > 0) yield { buffer, count, record };
    record += count;
    carried = buffer.subarray(count * step);
  }
  if (carried.length === 0 || (carried.length === 1 && carried[0] === END_OF_FILE)) return;
  checkLineEnd(carried, 0, step, lineEnd, record);
}

function checkLineEnd(buffer: Buffer, start: number, step: number, lineEnd: Buffer, record: number): void {
  const end = start + step - lineEnd.length;
  for (let at = 0; at < lineEnd.length; at += 1) {
    if (buffer[end + at] !== lineEnd[at]) throw new FileProblem('FILE_RECORD_LENGTH', lengthProblem(buffer, start, step - lineEnd.length, record), record);
  }
}

function lengthProblem(buffer: Buffer, start: number, bytes: number, record: number): string {
  const end = buffer.indexOf(LF, start);
  const where = `第 ${record + 1} 条记录`;
  if (end < 0 || end > start + bytes * 4) return `${where}没有约定的行结束符`;
  const length = end - start - (buffer[end - 1] === 0x0d ? 1 : 0);
  return length === bytes ? `${where}的行结束符不是约定的` : `${where}长 ${length} 字节，应为 ${bytes}`;
}

class FixedForm implements FileForm {
  readonly #format: FileFormat;
  readonly #records = new Map<RecordKind, AnyRecord>();
  readonly #lineEnd: Buffer;
  readonly #step: number;

  constructor(format: FileFormat) {
    this.#format = format;
    this.#lineEnd = lineEndOf(format);
    this.#step = format.recordBytes + this.#lineEnd.length;
  }

  offsetOf(_item: ItemCode, record: number): number {
    return record * this.#step;
  }

  async *read(chunks: Chunks, { item, fields, first }: Parameters<FileForm['read']>[1]): AsyncGenerator<readonly ReadRecord[]> {
    const detail = TAX_ITEMS[item].detail;
    const kinds: Readonly<Record<string, RecordKind>> = { H: 'header', T: 'trailer', D: detail, ...(item === 'DZ' ? { S: 'total' } : {}) };
    const some = fields === 'control' ? this.#record(detail).reader(controlFields(item) as never[]) : null;
    for await (const { buffer, count, record } of wholeRecords(chunks, this.#step, this.#lineEnd, first)) {
      const batch: ReadRecord[] = [];
      for (let index = 0; index < count; index += 1) {
        const offset = index * this.#step;
        const kind = kinds[String.fromCharCode(buffer[offset] as number)];
        if (kind === undefined) throw new FileProblem('FILE_RECORDS_DISORDERED', `第 ${record + index + 1} 条记录的类别不认识`, record + index);
        batch.push(this.#readOne(kind, buffer, offset, record + index, kind === detail ? some : null));
      }
      yield batch;
    }
  }

  #readOne(kind: RecordKind, buffer: Buffer, offset: number, record: number, some: ((buffer: Buffer, offset: number) => AnyRow) | null): ReadRecord {
    const codec = this.#record(kind);
    try {
      if (some === null) return { record, kind, row: codec.read(buffer, offset) as AnyRow };
      const broken = codec.textFault(buffer, offset);
      return broken === null ? { record, kind, row: some(buffer, offset) } : { record, kind, problem: broken };
    } catch (problem) {
      if (problem instanceof RowProblem) return { record, kind, problem };
      throw problem;
    }
  }

  async *write(file: Parameters<FileForm['write']>[0], trailer: Parameters<FileForm['write']>[1]): AsyncGenerator<Buffer> {
    const digest = createHash('sm3');
    const header = Buffer.alloc(this.#step);
    this.#writeOne('header', file.header as unknown as AnyRow, header, 0);
    digest.update(header);
    yield header;
    let chunk = Buffer.allocUnsafe(this.#step * RECORDS_A_CHUNK);
    let used = 0;
    for await (const batch of file.rows) {
      for (const row of batch) {
        this.#writeOne(row['rec'] === 'S' ? 'total' : TAX_ITEMS[file.item].detail, row, chunk, used);
        used += this.#step;
        if (used < chunk.length) continue;
        digest.update(chunk);
        yield chunk;
        chunk = Buffer.allocUnsafe(this.#step * RECORDS_A_CHUNK);
        used = 0;
      }
    }
    digest.update(chunk.subarray(0, used));
    if (used > 0) yield chunk.subarray(0, used);
    const last = Buffer.alloc(this.#step);
    this.#writeOne('trailer', trailer(digest.digest('hex')) as unknown as AnyRow, last, 0);
    yield last;
  }

  #writeOne(kind: RecordKind, row: AnyRow, target: Buffer, offset: number): void {
    this.#record(kind).write(row as never, target, offset);
    this.#lineEnd.copy(target, offset + this.#format.recordBytes);
  }

  #record(kind: RecordKind): AnyRecord {
    let record = this.#records.get(kind);
    if (record === undefined) {
      record = fixedRecord(this.#format, kind) as unknown as AnyRecord;
      this.#records.set(kind, record);
    }
    return record;
  }
}

export function fixedForm(format: FileFormat): FileForm {
  return new FixedForm(format);
}
