import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { formatDateTime } from '../../domain/calendar';
import { sealed } from '../../domain/files/envelope';
import { fen } from '../../domain/money';
import { noTotals, countAmount, trailerOf, type Totals } from '../../domain/files/control';
import { fileNameOf } from '../../domain/files/file-name';
import { formOf } from '../../domain/files/forms';
import { planFile, plannedRows } from '../../domain/files/plan-file';
import { readyText } from '../../domain/files/ready-file';
import { headerOf, type FileHead } from '../../domain/files/write-file';
import type { AnyRow, TrailerRow } from '../../schemas/tax/fields';
import type { ItemCode } from '../../schemas/tax/items';
import { nextSerial, sql, type Db } from '../kit/books';
import type { FileFaultKind } from './faults';
import { groupOf, type Group } from './group';
import type { Machinery } from './machinery';
import { rowsOfFile, summaryOf, type RowsOf } from './out-rows';

export interface OutFile {
  readonly id: number;
  readonly item: ItemCode;
  readonly rows_of: string;
  readonly header: string;
  readonly cut: string;
  readonly visible_at: number;
  readonly name: string;
  readonly ready: string | null;
  readonly spoilt: string;
}

export interface Draft {
  readonly item: ItemCode;
  readonly rows: RowsOf;
  readonly group: Group;
  readonly ref_file?: string;
  /** When it is made, epoch ms of the office's clock, and when it can be seen. */
  readonly at: number;
  readonly visibleAt?: number;
  readonly spoilt?: readonly FileFaultKind[];
}

/** Notes a file that shall be made; its bytes follow (`writeOutFiles`), even after a crash. Must run inside a transaction. */
export function draftFile({ format, books: { db }, faults }: Machinery, draft: Draft): number {
  const made_at = formatDateTime(draft.at);
  const serial = `sn/${draft.item}/${draft.group.line}/${made_at.slice(0, 10)}`;
  const fired = faults.fire({ at: 'make', item: draft.item, name: '', time: made_at }).map(({ kind, ms }) => [kind, ms] as const);
  const spoilt = Object.fromEntries([...(draft.spoilt ?? []).map((kind) => [kind, 0] as const), ...fired]);
  const file_sn = 'serialReused' in spoilt ? lastSerial(db, serial) : nextSerial(db, serial);
  const head: FileHead = { ...groupOf(draft.group), file_sn, ref_file: draft.ref_file ?? '', made_at };
  const name = fileNameOf({ rec: 'H', ver: '', item: draft.item, rows: 0, amt_sum: 0, rec_len: 0, charset: '', ...head }, format);
  const added = sql<unknown[]>(db, 'INSERT INTO out_file (item, rows_of, header, cut, visible_at, name, spoilt) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    draft.item, JSON.stringify(draft.rows), JSON.stringify(head), made_at, draft.visibleAt ?? draft.at, name, JSON.stringify(spoilt),
  );
  return Number(added.lastInsertRowid);
}

function lastSerial(db: Db, name: string): number {
  return sql<[string], { last: number }>(db, 'SELECT last FROM serial WHERE name = ?').get(name)?.last ?? nextSerial(db, name);
}

/** Where the bytes of a file of the office lie. */
export function outPath({ dataDir }: Machinery, file: number): string {
  return join(dataDir, 'outgoing', String(file));
}

/** Writes the bytes of all files that were noted and have none. */
export async function writeOutFiles(machinery: Machinery): Promise<void> {
  for (;;) {
    const file = sql<[], OutFile>(machinery.books.db, 'SELECT * FROM out_file WHERE ready IS NULL ORDER BY id LIMIT 1').get();
    if (!file) return;
    await writeOne(machinery, file);
  }
}

async function writeOne(machinery: Machinery, file: OutFile): Promise<void> {
  const { format, books, keys } = machinery;
  const source = JSON.parse(file.rows_of) as RowsOf;
  const head = JSON.parse(file.header) as FileHead & Group;
  const spoilt = JSON.parse(file.spoilt) as Partial<Record<FileFaultKind, number>>;
  const rows = (): Iterable<AnyRow> => rowsOfFile(books.db, file.id, source, file.cut, head);
  const summary = summaryOf(books.db, source, head);
  const plan = await planFile(format, file.item, rows());
  if (plan.rejects.length > 0) throw new Error(`${file.name}: ${plan.rejects[0]?.message}`);
  const header = headerOf(head, plan, format, summary);
  const totals = plan.totals.rows > 0 || summary.length === 0 ? plan.totals : sumsOf(summary);
  let trailer: TrailerRow | undefined;
  const all = async function* (): AsyncGenerator<readonly AnyRow[]> {
    if (summary.length > 0) yield summary as unknown as AnyRow[];
    yield* plannedRows(plan, rows());
  };
  const chunks = formOf(format).write({ item: file.item, header, rows: all() }, (sm3) => (trailer = spoiltTrailer(trailerOf(totals, sm3), spoilt)));
  const travelling = keys ? sealed(chunks, { sm4Key: keys.sm4Key, privateKey: keys.privateKey }) : chunks;
  const { bytes, sm3 } = await writeAside(outPath(machinery, file.id), travelling);
  const amount = totals.amt_sum;
  const beside = format.control === 'beside' && trailer ? { header, trailer } : {};
  const ready = readyText({ bytes, rows: totals.rows, amount, sm3, ...beside }, format);
  books.write(true, () =>
    sql<unknown[]>(books.db, 'UPDATE out_file SET ready = ?, rows = ?, amt = ?, bytes = ?, sm3 = ? WHERE id = ?').run(ready, totals.rows, amount, bytes, sm3, file.id),
  );
}

function sumsOf(summary: readonly { readonly paid: number }[]): Totals {
  const totals = noTotals();
  for (const { paid } of summary) countAmount(totals, fen(paid));
  return totals;
}

/** T as the faults leave it: a fen too much, or another digest. */
function spoiltTrailer(trailer: TrailerRow, spoilt: Partial<Record<FileFaultKind, number>>): TrailerRow {
  const amt_sum = 'wrongTotals' in spoilt ? fen(trailer.amt_sum + 1) : trailer.amt_sum;
  const sm3 = 'wrongDigest' in spoilt ? [...trailer.sm3].reverse().join('') : trailer.sm3;
  return { ...trailer, amt_sum, sm3 };
}

/** Writes a file beside its place, syncs it, and renames it. */
export async function writeAside(path: string, chunks: AsyncIterable<Buffer>): Promise<{ readonly bytes: number; readonly sm3: string }> {
  await mkdir(join(path, '..'), { recursive: true });
  const digest = createHash('sm3');
  let bytes = 0;
  const handle = await open(`${path}.part`, 'w');
  try {
    for await (const chunk of chunks) {
      digest.update(chunk);
      bytes += chunk.length;
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.part`, path);
  return { bytes, sm3: digest.digest('hex') };
}

/** Bytes of a file, only the first `bytes` where a fault says so. */
export function readOutFile(machinery: Machinery, file: number, bytes?: number): AsyncIterable<Buffer> {
  return createReadStream(outPath(machinery, file), bytes === undefined ? {} : { end: Math.max(0, bytes - 1) });
}
