import { formatDateTime } from '../../domain/calendar';
import type { FileHead } from '../../domain/files/write-file';
import { nextSerial, sql } from '../kit/books';
import type { FileFaultKind } from './faults';
import type { Group } from './group';
import type { Machinery } from './machinery';
import { draftFile, type OutFile } from './outgoing';

/** A file as others see it: a name in the list. `ready` 0: its `.ok` is not there yet, and half of its bytes are missing. */
export interface Listed {
  readonly cursor: number;
  readonly file: number;
  readonly name: string;
  readonly at: string;
  readonly ready: number;
}

export interface ListedFile extends Listed {
  readonly item: string;
  readonly bytes: number;
  readonly sm3: string;
  readonly ok: string;
}

/** Puts what is due on the shelf, in the order of its time. Returns what was put there. */
export function showDue(machinery: Machinery, now: number): Listed[] {
  const { books } = machinery;
  return books.write(true, () => {
    const due = sql<[number], OutFile & { shown: number }>(
      books.db,
      'SELECT * FROM out_file WHERE shown IN (0, 2) AND ready IS NOT NULL AND visible_at <= ? ORDER BY visible_at, id',
    ).all(now);
    return due.flatMap((file) => showOne(machinery, file, now));
  });
}

function showOne(machinery: Machinery, file: OutFile & { shown: number }, now: number): Listed[] {
  const { db } = machinery.books;
  const spoilt = JSON.parse(file.spoilt) as Partial<Record<FileFaultKind, number>>;
  const half = spoilt.half !== undefined && file.shown === 0;
  const again = file.shown === 2 ? 1 : file.shown;
  sql<[number, number, number]>(db, 'UPDATE out_file SET shown = ?, visible_at = ? WHERE id = ?').run(half ? 2 : 1, half ? now + (spoilt.half ?? 0) : file.visible_at, file.id);
  const listed = [list(machinery, file.id, file.name, now, half ? 0 : 1)];
  if (half || again === 1) return listed;
  const retold = spoilt.retold !== undefined;
  if (spoilt.doubled !== undefined || (retold && file.item !== 'HP')) listed.push(list(machinery, file.id, file.name, now, 1));
  if (spoilt.renamed !== undefined) listed.push(list(machinery, file.id, renamed(machinery, file), now, 1));
  if (retold && file.item === 'HP') retell(machinery, file, now);
  return listed;
}

function list({ books: { db } }: Machinery, file: number, name: string, now: number, ready: number): Listed {
  const at = formatDateTime(now);
  const added = sql<unknown[]>(db, 'INSERT INTO listing (file, name, at, ready) VALUES (?, ?, ?, ?)').run(file, name, at, ready);
  return { cursor: Number(added.lastInsertRowid), file, name, at, ready };
}

/** The same bytes under the name of the next serial. */
function renamed({ books: { db } }: Machinery, file: OutFile): string {
  const head = JSON.parse(file.header) as FileHead;
  const next = nextSerial(db, `sn/${file.item}/${head.line}/${head.made_at.slice(0, 10)}`);
  return file.name.replace(/_\d{6}\./, `_${String(next).padStart(6, '0')}.`);
}

/** The same rows once more in a new file with a serial of its own; it is written and shown with the next ones. */
function retell(machinery: Machinery, file: OutFile, now: number): void {
  const { db } = machinery.books;
  const head = JSON.parse(file.header) as FileHead & Group;
  const copy = draftFile(machinery, { item: file.item, rows: { of: 'told' }, group: head, at: now });
  sql<[number, number]>(db, 'INSERT INTO told (file, n, receipt, as_kind) SELECT ?, n, receipt, as_kind FROM told WHERE file = ?').run(copy, file.id);
  sql<[string, number]>(db, 'UPDATE out_file SET cut = ? WHERE id = ?').run(file.cut, copy);
}

const COLUMNS = 'l.cursor, l.file, l.name, l.at, l.ready, f.item, f.bytes, f.sm3, f.ready AS ok';

/** The newest file of a name. */
export function findListed({ books }: Machinery, name: string): ListedFile | undefined {
  return sql<[string], ListedFile>(books.db, `SELECT ${COLUMNS} FROM listing l JOIN out_file f ON f.id = l.file WHERE l.name = ? ORDER BY l.cursor DESC LIMIT 1`).get(name);
}

/** What was put on the shelf after a cursor. */
export function listedSince({ books }: Machinery, since: number, limit: number): ListedFile[] {
  return sql<[number, number], ListedFile>(books.db, `SELECT ${COLUMNS} FROM listing l JOIN out_file f ON f.id = l.file WHERE l.cursor > ? ORDER BY l.cursor LIMIT ?`).all(since, limit);
}
