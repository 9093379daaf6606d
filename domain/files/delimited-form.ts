/** Files of lines with separators. A value never holds a line end, so a line is a record. */
import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { columnName } from '../../schemas/files/check-format';
import type { FileFormat } from '../../schemas/files/format';
import type { AnyRow, RecordKind } from '../../schemas/tax/fields';
import { TAX_ITEMS, type ItemCode } from '../../schemas/tax/items';
import { textRecord, type TextRecord } from './field-text';
import { checkBeginning, controlFields, lineEndOf, type Chunks, type FileForm, type ReadRecord } from './form';
import { FileProblem, RowProblem } from './problems';
import { decodedText, TextProblem } from './text-chunks';

const ROWS_A_BATCH = 500;
/** No line of ours is longer; a file without line ends does not fill the memory. */
const MOST_LINE = 20_000;

/** Text of the file; a first look at its beginning, and without the end-of-file byte that old systems add. */
async function* textOf(chunks: Chunks, charset: string): AsyncGenerator<string> {
  let begun = false;
  const checked = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      if (!begun) checkBeginning(chunk);
      begun = true;
      yield chunk;
    }
  };
  for await (const text of decodedText(checked(), charset)) yield text.replaceAll('\u001a', '');
}

async function* linesOf(chunks: Chunks, format: FileFormat): AsyncGenerator<string[]> {
  const parser = parse({
    delimiter: format.delimiter, record_delimiter: format.lineEnd === 'CRLF' ? '\r\n' : '\n', relax_column_count: true, max_record_size: MOST_LINE,
  });
  // The pipeline hands errors of either end to the parser, where the loop meets them.
  pipeline(Readable.from(textOf(chunks, format.charset.toLowerCase())), parser, () => undefined);
  try {
    for await (const line of parser) yield line as string[];
  } catch (cause) {
    if (cause instanceof TextProblem) throw new FileProblem('FILE_TEXT_BROKEN', cause.message);
    if (cause instanceof CsvError) throw new FileProblem('FILE_FORM_WRONG', `分隔或引号不正确（${cause.code}）`);
    throw cause;
  }
}

class DelimitedForm implements FileForm {
  readonly #format: FileFormat;
  readonly #records = new Map<RecordKind, TextRecord<RecordKind>>();

  constructor(format: FileFormat) {
    this.#format = format;
  }

  offsetOf(): null {
    return null;
  }

  async *read(chunks: Chunks, { item, fields, first }: Parameters<FileForm['read']>[1]): AsyncGenerator<readonly ReadRecord[]> {
    const some = fields === 'control' ? new Set(controlFields(item)) : undefined;
    let names = this.#format.columnNames ? this.#names(item) : null;
    let batch: ReadRecord[] = [];
    let record = this.#format.control === 'inside' ? 0 : 1;
    for await (const texts of linesOf(chunks, this.#format)) {
      if (names !== null && record === 1) {
        if (texts.join('\n') !== names.join('\n')) throw new FileProblem('FILE_FORM_WRONG', '列名与约定的不符', 1);
        names = null;
        continue;
      }
      if (record >= first) batch.push(this.#readOne(item, texts, record, some));
      record += 1;
      if (batch.length < ROWS_A_BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  #readOne(item: ItemCode, texts: readonly string[], record: number, some: ReadonlySet<string> | undefined): ReadRecord {
    const kind = this.#kindOf(item, texts[0] ?? '', record);
    const own = this.#record(kind);
    if (texts.length !== own.columns.length) throw new FileProblem('FILE_RECORD_LENGTH', `第 ${record + 1} 条记录有 ${texts.length} 列，应为 ${own.columns.length} 列`, record);
    try {
      return { record, kind, row: own.read(texts, kind === 'header' || kind === 'trailer' || kind === 'total' ? undefined : some) as AnyRow };
    } catch (problem) {
      if (problem instanceof RowProblem) return { record, kind, problem };
      throw problem;
    }
  }

  #kindOf(item: ItemCode, letter: string, record: number): RecordKind {
    const { detail } = TAX_ITEMS[item];
    if (this.#format.control === 'beside' || letter === 'D') return detail;
    if (letter === 'H') return 'header';
    if (letter === 'T') return 'trailer';
    if (letter === 'S' && item === 'DZ') return 'total';
    throw new FileProblem('FILE_RECORDS_DISORDERED', `第 ${record + 1} 条记录的类别不认识`, record);
  }

  async *write(file: Parameters<FileForm['write']>[0], trailer: Parameters<FileForm['write']>[1]): AsyncGenerator<Buffer> {
    const digest = createHash('sm3');
    const inside = this.#format.control === 'inside';
    const { detail } = TAX_ITEMS[file.item];
    let lines: string[] = inside ? [this.#line('header', file.header as unknown as AnyRow)] : [];
    if (this.#format.columnNames) lines.push(this.#joined(this.#names(file.item)));
    const flush = (): Buffer => {
      const bytes = this.#format.charset === 'UTF-8' ? Buffer.from(lines.join(''), 'utf8') : iconv.encode(lines.join(''), 'gb18030');
      digest.update(bytes);
      lines = [];
      return bytes;
    };
    for await (const batch of file.rows) {
      for (const row of batch) {
        lines.push(this.#line(row['rec'] === 'S' ? 'total' : detail, row));
        if (lines.length >= ROWS_A_BATCH) yield flush();
      }
    }
    if (lines.length > 0) yield flush();
    const last = trailer(digest.copy().digest('hex'));
    if (!inside) return;
    lines.push(this.#line('trailer', last as unknown as AnyRow));
    yield flush();
  }

  #line(kind: RecordKind, row: AnyRow): string {
    return this.#joined(this.#record(kind).write(row as never));
  }

  #joined(texts: readonly string[]): string {
    const { delimiter } = this.#format;
    const quoted = texts.map((text) => (text.includes(delimiter) || text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text));
    return quoted.join(delimiter) + lineEndOf(this.#format).toString('latin1');
  }

  #names(item: ItemCode): string[] {
    return this.#record(TAX_ITEMS[item].detail).columns.map(({ name }) => columnName(this.#format, name));
  }

  #record(kind: RecordKind): TextRecord<RecordKind> {
    const record = this.#records.get(kind) ?? (textRecord(this.#format, kind) as unknown as TextRecord<RecordKind>);
    this.#records.set(kind, record);
    return record;
  }
}

export function delimitedForm(format: FileFormat): FileForm {
  return new DelimitedForm(format);
}
