import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatDateTime } from '../../domain/calendar';
import { opened } from '../../domain/files/envelope';
import { parseFileName, READY_SUFFIX, type FileNameParts } from '../../domain/files/file-name';
import { FileProblem } from '../../domain/files/problems';
import { parseReady } from '../../domain/files/ready-file';
import { nextSerial, sql } from '../kit/books';
import type { Machinery } from './machinery';
import { writeAside } from './outgoing';
import { FILE_REASONS, type FileReason } from './reasons';

/** A file that came, as the task query tells it. */
export interface Arrival {
  readonly id: number;
  readonly task_no: string;
  readonly name: string;
  readonly sm3: string;
  readonly bytes: number;
  readonly item: FileNameParts['item'];
  readonly line: string;
  readonly poolarea_no: string;
  readonly taxdept_code: string;
  readonly period: string;
  readonly day: string;
  readonly file_sn: number;
  readonly ready: string;
  readonly header: string | null;
  readonly received_at: string;
  /** `received`, `reading`, then `done` (rows answered) or `refused` (as a whole). */
  readonly state: 'received' | 'reading' | 'done' | 'refused';
  readonly code: string;
  readonly text: string;
  readonly next_record: number;
  readonly rows: number;
  readonly refused: number;
  /** Name of the file that answers it, empty when none does (yet). */
  readonly answer: string;
  readonly times: number;
}

/** A file that is not taken; `status` is HTTP's. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
  constructor(
    readonly status: number,
    readonly code: FileReason,
    text?: string,
  ) {
    super(text ?? FILE_REASONS[code]);
  }
}

/** Parts of a name. Throws NotTaken. */
export function nameOf({ format }: Machinery, name: string): FileNameParts {
  const parts = parseFileName(name, format);
  if (!parts) throw new NotTaken(422, 'WJ0001');
  return parts;
}

/** Where the bytes of a name lie until their `.ok` comes, and where those of a taken file are kept, by the SM3 of their plain bytes. */
export const waitingPath = ({ dataDir }: Machinery, name: string): string => join(dataDir, 'incoming', name);
export const takenPath = ({ dataDir }: Machinery, sm3: string): string => join(dataDir, 'taken', sm3);

/**
 * Takes a file whose bytes are there: length and SM3 must be those of its `.ok`, and its serial new. The same content again
 * gives the first receipt. `refuse` is a fault. Throws NotTaken; then nothing was taken.
 */
export async function takeFile(machinery: Machinery, name: string, okText: string, refuse?: string): Promise<{ arrival: Arrival; repeated: boolean }> {
  const parts = nameOf(machinery, name);
  const ready = parseReady(okText, machinery.format);
  if (!ready) throw new NotTaken(422, 'WJ0015', '.ok 不能识别');
  const waiting = waitingPath(machinery, name);
  if (!existsSync(waiting)) {
    const before = findByName(machinery, name);
    if (before?.ready === okText) return { arrival: again(machinery, before), repeated: true };
    throw new NotTaken(before ? 409 : 422, before ? 'WJ0011' : 'WJ0015', before ? undefined : '文件未送达，只有 .ok');
  }
  const { bytes, sm3 } = await digestOf(waiting);
  if (bytes !== ready.bytes || sm3 !== ready.sm3) throw new NotTaken(422, 'WJ0015', bytes === ready.bytes ? '.ok 的摘要与文件不符' : '.ok 的长度与文件不符');
  const plain = await plainOf(machinery, waiting);
  const earlier = findBySerial(machinery, parts);
  if (earlier) {
    await rm(waiting, { force: true });
    if (plain.path !== waiting) await rm(plain.path, { force: true });
    if (earlier.sm3 !== plain.sm3) throw new NotTaken(409, 'WJ0011');
    return { arrival: again(machinery, earlier), repeated: true };
  }
  await rename(plain.path, takenPath(machinery, plain.sm3));
  const arrival = book(machinery, name, parts, okText, plain, refuse);
  await rm(waiting, { force: true });
  return { arrival, repeated: false };
}

/** Plain bytes of a file that came, beside it when it came sealed. Throws NotTaken. */
async function plainOf({ keys }: Machinery, path: string): Promise<{ path: string; bytes: number; sm3: string }> {
  if (!keys) return { path, ...(await digestOf(path)) };
  try {
    const plain = `${path}.plain`;
    return { path: plain, ...(await writeAside(plain, opened(createReadStream(path), { sm4Key: keys.sm4Key, publicKey: keys.bureauPublicKey }))) };
  } catch (problem) {
    if (problem instanceof FileProblem) throw new NotTaken(422, 'WJ0014', problem.message);
    throw problem;
  }
}

function book({ books, clock }: Machinery, name: string, parts: FileNameParts, okText: string, plain: { bytes: number; sm3: string }, refuse: string | undefined): Arrival {
  const { db } = books;
  return books.write(true, () => {
    const task_no = `RW${parts.poolarea_no}${String(nextSerial(db, 'task')).padStart(10, '0')}`;
    sql<object>(
      db,
      `INSERT INTO arrival (task_no, name, sm3, bytes, item, line, poolarea_no, taxdept_code, period, day, file_sn, ready, received_at, state, code, text)
         VALUES (@task_no, @name, @sm3, @bytes, @item, @line, @poolarea_no, @taxdept_code, @period, @day, @file_sn, @ready, @received_at, 'received', @code, @text)`,
    ).run({
      ...parts, task_no, name, sm3: plain.sm3, bytes: plain.bytes, ready: okText, received_at: formatDateTime(clock.now()), code: refuse === undefined ? '' : 'WJ0099',
      text: refuse ?? '',
    });
    const arrival = sql<[string], Arrival>(db, 'SELECT * FROM arrival WHERE task_no = ?').get(task_no);
    if (!arrival) throw new Error(`${task_no} was not booked`);
    return arrival;
  });
}

function again({ books }: Machinery, arrival: Arrival): Arrival {
  books.write(false, () => sql<[number]>(books.db, 'UPDATE arrival SET times = times + 1 WHERE id = ?').run(arrival.id));
  return arrival;
}

function findByName({ books }: Machinery, name: string): Arrival | undefined {
  return sql<[string], Arrival>(books.db, 'SELECT * FROM arrival WHERE name = ?').get(name);
}

function findBySerial({ books }: Machinery, { item, line, poolarea_no, day, file_sn }: FileNameParts): Arrival | undefined {
  return sql<unknown[], Arrival>(books.db, 'SELECT * FROM arrival WHERE item = ? AND line = ? AND poolarea_no = ? AND day = ? AND file_sn = ?').get(
    item, line, poolarea_no, day, file_sn,
  );
}

/** Tasks of a serial; the other parts of a name narrow it. */
export function findTasks({ books }: Machinery, of: Readonly<Record<string, string>>): Arrival[] {
  const given = ['item', 'line', 'poolarea_no', 'day', 'file_sn', 'name'].filter((column) => of[column] !== undefined);
  const where = given.map((column) => `${column} = @${column}`).join(' AND ');
  const values = { ...of, ...(of['file_sn'] === undefined ? {} : { file_sn: Number(of['file_sn']) }) };
  return sql<object, Arrival>(books.db, `SELECT * FROM arrival WHERE ${where} ORDER BY id DESC LIMIT 100`).all(values);
}

/** What the sender is told of a file that came (回执 of the transport, and the task query). */
export function receiptOf(arrival: Arrival, repeated = false): object {
  const { task_no, name, file_sn, item, sm3, bytes, received_at, state, code, text, rows, refused, answer } = arrival;
  return { task_no, name, item, file_sn, sm3, bytes, received_at, state, code, text, rows, refused, answer, repeated };
}

async function digestOf(path: string): Promise<{ bytes: number; sm3: string }> {
  const digest = createHash('sm3');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    digest.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sm3: digest.digest('hex') };
}

/** Keeps the `.ok` of a waiting file, for the folder. */
export async function keepReady(machinery: Machinery, name: string, text: string): Promise<void> {
  await writeFile(waitingPath(machinery, name) + READY_SUFFIX, text);
}
