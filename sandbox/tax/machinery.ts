import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FileFormat } from '../../schemas/files/format';
import type { Books } from '../kit/books';
import { keptClock, type Clock } from '../kit/clock';
import { openTaxBooks } from './books';
import { FileFaults } from './faults';
import { Registers } from './registers';

/** Keys of the sealed transport: the common SM4 key, the office's own private key, the bureau's public one. */
export interface TransportKeys {
  readonly sm4Key: Buffer;
  /** 64 hex digits. */
  readonly privateKey: string;
  /** 130 hex digits, `04` first. */
  readonly bureauPublicKey: string;
}

export interface MachineryOptions {
  /** Folder of the SQLite file and of the files that came and go. */
  readonly dataDir: string;
  readonly format: FileFormat;
  /** Files travel sealed; absent: plain. */
  readonly keys?: TransportKeys | undefined;
  /** Exchange by folder: `in/` is read, `out/` is written. Absent: by HTTP. */
  readonly folder?: string | undefined;
  /** Where a fault of the program itself is reported. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** What the parts of the process share. */
export interface Machinery {
  readonly dataDir: string;
  readonly format: FileFormat;
  readonly keys: TransportKeys | null;
  readonly folder: string | null;
  readonly books: Books;
  readonly registers: Registers;
  readonly clock: Clock;
  readonly faults: FileFaults;
  readonly lane: Lane;
  readonly onError: (error: unknown) => void;
}

/** Puts the parts together over one folder of data. */
export function assemble(options: MachineryOptions): Machinery {
  const { dataDir, format } = options;
  for (const folder of ['incoming', 'taken', 'outgoing']) mkdirSync(join(dataDir, folder), { recursive: true });
  const books = openTaxBooks(dataDir);
  return {
    dataDir,
    format,
    keys: options.keys ?? null,
    folder: options.folder ?? null,
    books,
    registers: new Registers(books.db),
    clock: keptClock(books),
    faults: new FileFaults(),
    lane: new Lane(),
    onError: options.onError ?? (() => undefined),
  };
}

/** Work that goes one after the other: files are read, payers pay and files are made in turn. */
export class Lane {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }

  /** When all that was asked for is done. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
