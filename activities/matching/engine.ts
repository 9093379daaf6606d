import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBAppender, type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** What a set engine of one run may use. */
export interface EngineOptions {
  /** Folder of this run alone; made, and removed when the engine is closed. */
  readonly folder: string;
  /** Memory of the engine in MB; what does not fit spills into the folder. The process itself comes on top. */
  readonly memoryMb?: number;
  readonly threads?: number;
}

export const DEFAULT_MEMORY_MB = 400;

/** A value as the engine hands it over; integers are bigint or number. */
export type EngineValue = string | number | bigint | boolean | null;

/** DuckDB over a scratch database: it does the sets, nothing that has to last is kept in it. */
export interface Engine {
  readonly folder: string;
  run(statement: string): Promise<void>;
  /** The rows of a small answer. */
  all(query: string): Promise<EngineValue[][]>;
  /** The rows of any answer, some thousand at a time, so that memory does not grow with it. */
  pages(query: string): AsyncGenerator<EngineValue[][]>;
  appender(table: string): Promise<DuckDBAppender>;
  close(): void;
}

/** Opens a scratch database in an empty folder. It never loads extensions, so it never reaches for a network. */
export async function openEngine({ folder, memoryMb = DEFAULT_MEMORY_MB, threads = 2 }: EngineOptions): Promise<Engine> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'spill'), { recursive: true });
  const instance = await DuckDBInstance.create(join(folder, 'scratch.duckdb'), {
    memory_limit: `${memoryMb}MB`,
    threads: String(threads),
    temp_directory: join(folder, 'spill'),
    preserve_insertion_order: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  return {
    folder,
    run: async (statement) => void (await connection.run(statement)),
    all: async (query) => (await connection.runAndReadAll(query)).getRowsJS() as EngineValue[][],
    pages: (query) => pagesOf(connection, query),
    appender: (table) => connection.createAppender(table),
    close: () => {
      connection.closeSync();
      instance.closeSync();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function* pagesOf(connection: DuckDBConnection, query: string): AsyncGenerator<EngineValue[][]> {
  const result = await connection.stream(query);
  for await (const rows of result.yieldRowsJs()) yield rows as EngineValue[][];
}

/** An integer of the engine. Throws RangeError beyond 2^53. */
export function engineInteger(value: EngineValue | undefined): number {
  const integer = typeof value === 'bigint' ? Number(value) : value;
  if (typeof integer !== 'number' || !Number.isSafeInteger(integer)) throw new RangeError(`not a safe integer: ${typeof value}`);
  return integer;
}
