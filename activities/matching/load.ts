import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { columnsOfSide, type Declaration, type Side } from '../../domain/matching/declaration';
import { stagedColumns, withHashes } from '../../domain/matching/sql/keyed';
import { anyOf, foreignIdent, ident, list, literal } from '../../domain/matching/sql/text';
import type { Transactions } from '../../store/transactions';
import { type Engine, engineInteger } from './engine';
import { eachAsciiChunk, toUtf8 } from './fixed-chunks';
import { columnExpression, type DelimitedSource, type FileSource, type FixedSource, fixedPiece, namedPiece, type Piece, type Source, type TableSource } from './sources';
import { UnreadableInput } from './unreadable';

/** What a side was given, frozen: another digest is another input. */
export interface FrozenInput {
  readonly side: string;
  /** Name of the file or table. */
  readonly name: string;
  /** SHA-256 of the bytes of a file, or of the rows of a table in the order of their key. */
  readonly digest: string;
  readonly bytes: number | null;
}

const ROWS_A_PAGE = 10_000;

/** SHA-256 of a file, read in a stream. */
export async function digestOfFile(path: string): Promise<{ digest: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const part of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    hash.update(part as Buffer);
    bytes += (part as Buffer).length;
  }
  return { digest: hash.digest('hex'), bytes };
}

/** The columns of a side out of raw text, as a select list. Throws RangeError when the source lacks a column that is compared. */
function selectList(declaration: Declaration, side: Side, source: Source, raw: (piece: Piece) => string): string {
  const { optional } = columnsOfSide(declaration, side);
  const named = new Set(source.kind === 'delimited' ? source.header : []);
  return list(
    stagedColumns(declaration, side).map((name) => {
      const given = source.columns?.[name];
      const lacks = given === undefined && (source.kind === 'delimited' ? !named.has(name) : true);
      if (lacks && optional.includes(name)) return `'' AS ${ident(name)}`;
      const type = declaration.columns[name]?.type ?? 'text';
      return `${columnExpression(type, name, given ?? {}, raw)} AS ${ident(name)}`;
    }),
  );
}

async function createSide(engine: Engine, declaration: Declaration, index: number): Promise<void> {
  const side = sideAt(declaration, index);
  const columns = stagedColumns(declaration, side).map((name) => `${ident(name)} ${declaration.columns[name]?.type === 'fen' ? 'BIGINT' : 'VARCHAR'}`);
  // A temporary table is not compressed, which would take longer than all the rest; it spills.
  const made = side.rows === 'one' ? ['g VARCHAR', 'h UBIGINT', 's UBIGINT'] : [];
  await engine.run(`CREATE OR REPLACE TEMP TABLE side_${index} (${list([...columns, ...made])})`);
}

/** Reads a file into `side_<n>`. Throws UnreadableInput when it cannot be read as declared. */
export async function loadFile(engine: Engine, declaration: Declaration, index: number, source: FileSource): Promise<void> {
  await createSide(engine, declaration, index);
  try {
    await readers[source.kind](engine, declaration, index, source as never);
  } catch (error) {
    const { message = '' } = error as { readonly message?: string };
    if (/^(Invalid Input|Conversion|IO|Binder|Parser) Error/.test(message)) {
      // The engine's own words may quote a row.
      const line = /Line: (\d+)/.exec(message)?.[1];
      throw new UnreadableInput(`${sideAt(declaration, index).zh}的文件不能按声明读取${line ? `（第 ${line} 行）` : ''}`);
    }
    throw error;
  }
}

const readers = {
  delimited: async (engine: Engine, declaration: Declaration, index: number, source: DelimitedSource): Promise<void> => {
    let { path } = source;
    if (source.charset === 'gb18030') {
      path = join(engine.folder, `side-${index}.txt`);
      await toUtf8(source.path, path);
    }
    const columns = list(source.header.map((name) => `${literal(name)}: 'VARCHAR'`));
    foreignNames(source.header);
    const delimiter = source.delimiter === '\t' ? 'chr(9)' : literal(source.delimiter ?? ',');
    const from = `read_csv(${literal(path)}, auto_detect = false, header = true, delim = ${delimiter}, quote = '"', escape = '"', columns = {${columns}})`;
    await insertInto(engine, declaration, index, `SELECT ${selectList(declaration, sideAt(declaration, index), source, namedPiece)} FROM ${from}`);
  },
  parquet: async (engine: Engine, declaration: Declaration, index: number, source: FileSource): Promise<void> => {
    await insertInto(engine, declaration, index, `SELECT ${selectList(declaration, sideAt(declaration, index), source, namedPiece)} FROM read_parquet(${literal(source.path)})`);
  },
  fixed: async (engine: Engine, declaration: Declaration, index: number, source: FixedSource): Promise<void> => {
    const columns = selectList(declaration, sideAt(declaration, index), source, fixedPiece);
    const rows = literal(source.rows ?? 'D');
    await eachAsciiChunk(source.path, source.recordBytes, engine.folder, (chunk) =>
      insertInto(
        engine, declaration, index,
        `SELECT ${columns} FROM read_csv(${literal(chunk)}, auto_detect = false, header = false, ` +
          `delim = chr(1), quote = '', escape = '', new_line = '\\r\\n', columns = {'l': 'VARCHAR'}) WHERE left(l, 1) = ${rows}`,
      ),
    );
  },
};

function insertInto(engine: Engine, declaration: Declaration, index: number, query: string): Promise<void> {
  return engine.run(`INSERT INTO side_${index} ${withHashes(declaration, sideAt(declaration, index), query)}`);
}

/** A name of our own tables. Throws RangeError for anything but snake_case. */
function plainName(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,59}$/.test(name)) throw new RangeError(`not a column or table: ${JSON.stringify(name)}`);
  return name;
}

function foreignNames(names: readonly string[]): void {
  for (const name of names) foreignIdent(name);
}

/** Reads rows of our database into `side_<n>`, a page at a time; answers with their digest. */
export async function loadTable(engine: Engine, store: Transactions, declaration: Declaration, index: number, source: TableSource): Promise<string> {
  await createSide(engine, declaration, index);
  const side = sideAt(declaration, index);
  const pieces = [...new Set(stagedColumns(declaration, side).flatMap((name) => piecesOf(source, name, columnsOfSide(declaration, side).optional)))];
  const names = pieces.map(foreignIdent);
  await engine.run(`CREATE OR REPLACE TEMP TABLE raw_${index} (${list(names.map((name) => `${name} VARCHAR`))})`);
  const hash = createHash('sha256');
  const conditions = Object.entries(source.where ?? {});
  const quote = (name: string): string => plainName(name);
  let after: unknown = null;
  for (;;) {
    const where = [...conditions.map(([name, values]) => `${quote(name)} IN (${values.map(() => '?').join(', ')})`), ...(after === null ? [] : [`${quote(source.pageBy)} > ?`])];
    const sql = `SELECT ${list([`${quote(source.pageBy)} AS page_key`, ...pieces.map(quote)])} FROM ${quote(source.table)}${where.length > 0 ? ` WHERE ${list(where, ' AND ')}` : ''} ORDER BY ${quote(source.pageBy)} LIMIT ${ROWS_A_PAGE}`;
    const bound = [...conditions.flatMap(([, values]) => [...values]), ...(after === null ? [] : [after])];
    const page: Record<string, unknown>[] = await store.read((manager) => manager.query(sql, bound));
    const appender = await engine.appender(`raw_${index}`);
    for (const row of page) {
      const values = pieces.map((name) => textOf(row[name]));
      hash.update(`${JSON.stringify(values)}\n`);
      for (const value of values) appender.appendVarchar(value);
      appender.endRow();
    }
    appender.closeSync();
    if (page.length < ROWS_A_PAGE) break;
    after = page.at(-1)?.['page_key'] ?? null;
  }
  await insertInto(engine, declaration, index, `SELECT ${selectList(declaration, side, source, namedPiece)} FROM raw_${index}`);
  await engine.run(`DROP TABLE raw_${index}`);
  return hash.digest('hex');
}

function piecesOf(source: TableSource, name: string, optional: readonly string[]): string[] {
  const given = source.columns?.[name];
  if (given?.constant !== undefined || (given === undefined && optional.includes(name))) return [];
  return (given?.from ?? [name]).map((piece) => {
    if (typeof piece !== 'string') throw new RangeError('a table has no byte positions');
    return piece;
  });
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return String(value);
  throw new TypeError(`a column of a side may hold text and integers, not ${typeof value}`);
}

/** Rows of a side, once all of them could be read. Throws UnreadableInput saying how many cannot, and in which columns. */
export async function countReadable(engine: Engine, declaration: Declaration, index: number): Promise<number> {
  const side = sideAt(declaration, index);
  const columns = stagedColumns(declaration, side);
  const noKey = `concat(${list(declaration.match.map(ident))}) = ''`;
  const counts = list([
    'count(*)', `count(*) FILTER (${anyOf([...columns.map((name) => `${ident(name)} IS NULL`), noKey])})`,
    `count(*) FILTER (${noKey})`, ...columns.map((name) => `count(*) FILTER (${ident(name)} IS NULL)`),
  ]);
  const [[rows, bad, keyless, ...nulls] = []] = await engine.all(`SELECT ${counts} FROM side_${index}`);
  if (engineInteger(bad) > 0) {
    const named = columns.filter((_, at) => engineInteger(nulls[at]) > 0).map((name) => declaration.columns[name]?.zh ?? name);
    const what = [...named, ...(engineInteger(keyless) > 0 ? ['匹配键为空'] : [])].join('、');
    throw new UnreadableInput(`${side.zh}有 ${engineInteger(bad)} 行不能读取（${what}）`);
  }
  return engineInteger(rows);
}

/** Size and time of a file, to see that it was not changed while it was read. */
export async function markOf(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  return `${size}:${mtimeMs}`;
}

function sideAt(declaration: Declaration, index: number): Side {
  const side = declaration.sides[index];
  if (!side) throw new RangeError(`there is no side ${index}`);
  return side;
}
