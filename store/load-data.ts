import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';
import type { Cell } from './bulk';

/**
 * Rows as a stream into MySQL or MariaDB (LOAD DATA LOCAL INFILE). The name in such a statement is whatever the server asks for: it
 * is never opened as a file. Only a stream that waits under this very name is sent, once; for any other name nothing is.
 */

/** Characters of one piece of the stream, about. */
const PIECE = 64 * 1024;
/** Answers of servers that do not let clients send files. */
const REFUSALS: ReadonlySet<string> = new Set(['ER_NOT_ALLOWED_COMMAND', 'ER_CLIENT_LOCAL_FILES_DISABLED']);

/** Streams that wait to be asked for. */
const waiting = new Map<string, Readable>();
/** What each server said to being asked whether it permits it. */
const permitted = new WeakMap<DataSource, boolean>();

/** What a connection is given for whatever name a server asks for. */
export function streamFor(name: string): Readable {
  const stream = waiting.get(name);
  waiting.delete(name);
  return stream ?? new Readable({ read() {
    this.destroy(new Error('the database server asked for a file that nobody sends'));
  } });
}

/** Whether the server lets clients send rows so; asked once. */
export async function isPermitted(manager: EntityManager): Promise<boolean> {
  const known = permitted.get(manager.dataSource);
  if (known !== undefined) return known;
  const [row]: { permitted: unknown }[] = await manager.query('SELECT @@GLOBAL.local_infile AS permitted');
  const answer = Number(row?.permitted) === 1;
  permitted.set(manager.dataSource, answer);
  return answer;
}

/**
 * Inserts rows from a stream. False when nothing was inserted: the server refused it after all, or would have bent a value or left
 * out a row, which it does with such statements in place of an error; the plain statement then says what is wrong. Throws RangeError
 * for a number that is no safe integer.
 */
export async function loadRows(manager: EntityManager, table: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Promise<boolean> {
  const binary = columns.map((_, index) => rows.some((row) => Buffer.isBuffer(row[index])));
  const targets = columns.map((name, index) => (binary[index] ? `@b${index}` : name)).join(', ');
  const unhexed = columns.flatMap((name, index) => (binary[index] ? [`${name} = UNHEX(@b${index})`] : []));
  const name = `anjie:${randomUUID()}`;
  const sql =
    `LOAD DATA LOCAL INFILE '${name}' INTO TABLE ${table} CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' ` +
    `(${targets})${unhexed.length > 0 ? ` SET ${unhexed.join(', ')}` : ''}`;
  await manager.query('SAVEPOINT bulk');
  let broken: unknown;
  const stream = Readable.from(piecesOf(rows), { objectMode: false }).once('error', (error) => (broken = error));
  waiting.set(name, stream);
  try {
    const { affectedRows, warningStatus } = (await manager.query(sql)) as { affectedRows: number; warningStatus: number };
    if (affectedRows === rows.length && warningStatus === 0) {
      await manager.query('RELEASE SAVEPOINT bulk');
      return true;
    }
  } catch (error) {
    if (broken !== undefined) throw broken;
    if (!(error instanceof QueryFailedError) || !REFUSALS.has(String((error.driverError as { code?: unknown }).code))) throw error;
    permitted.set(manager.dataSource, false);
  } finally {
    stream.destroy();
    waiting.delete(name);
  }
  await manager.query('ROLLBACK TO SAVEPOINT bulk');
  return false;
}

function* piecesOf(rows: readonly (readonly Cell[])[]): Generator<Buffer> {
  let text = '';
  for (const row of rows) {
    text += lineOf(row);
    if (text.length < PIECE) continue;
    yield Buffer.from(text, 'utf8');
    text = '';
  }
  if (text !== '') yield Buffer.from(text, 'utf8');
}

/** One row as the statement reads it; tests compare what comes back. */
function lineOf(row: readonly Cell[]): string {
  let line = '';
  for (let index = 0; index < row.length; index += 1) line += (index === 0 ? '' : '\t') + textOf(row[index] ?? null);
  return `${line}\n`;
}

const SPECIAL = /[\\\t\n\r\0]/;
const EACH_SPECIAL = /[\\\t\n\r\0]/g;
const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0' };

function textOf(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'string') return SPECIAL.test(cell) ? cell.replace(EACH_SPECIAL, (character) => ESCAPED[character] ?? character) : cell;
  if (typeof cell !== 'number') return cell.toString('hex');
  if (!Number.isSafeInteger(cell)) throw new RangeError(`not a safe integer: ${String(cell)}`);
  return String(cell);
}
