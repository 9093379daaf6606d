import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { shippedFormat } from '../../schemas/files/load-formats';
import type { FileFormat } from '../../schemas/files/format';

/** Where files of tax lie and what they look like. */
export interface TaxExchange {
  readonly format: FileFormat;
  /** Folder into which tax, or what fetches from it, puts files. */
  readonly inbox: string;
  /** Folder from which tax, or what carries to it, takes files. */
  readonly outbox: string;
  readonly archive: string;
  archivedPath(name: string, sm3: string): string;
}

/**
 * The folders of the exchange, made where they are missing. `shared` is the one that tax reaches too: `in/` is what we send, `out/` what
 * tax sends; without one both lie in the data folder, for whatever carries files by other means.
 */
export async function openTaxExchange({ dataDir, shared }: { readonly dataDir: string; readonly shared: string | null }, format: FileFormat = shippedFormat('gbk-fixed-1')): Promise<TaxExchange> {
  const own = join(dataDir, 'tax');
  const [outbox, inbox, archive] = [join(shared ?? own, 'in'), join(shared ?? own, 'out'), join(own, 'archive')];
  for (const folder of [inbox, outbox, archive]) await mkdir(folder, { recursive: true, mode: 0o750 });
  return { format, inbox, outbox, archive, archivedPath: (name, sm3) => join(archive, `${name}.${sm3.slice(0, 16)}`) };
}

/** Throws Error in a process that was not given the exchange. */
export function exchangeOf(tax: TaxExchange | undefined): TaxExchange {
  if (!tax) throw new Error('this process was not given the folders of the tax exchange');
  return tax;
}
