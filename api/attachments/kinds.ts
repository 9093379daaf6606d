import { isHarmless, readZipDirectory, type ZipEntry } from './zip';

/** What a file may be, by its content; the ending of its name must fit. */
export interface Kind {
  readonly type: string;
  readonly endings: readonly string[];
}

const PDF: Kind = { type: 'application/pdf', endings: ['pdf'] };
const PNG: Kind = { type: 'image/png', endings: ['png'] };
const JPEG: Kind = { type: 'image/jpeg', endings: ['jpg', 'jpeg'] };
const XLSX: Kind = { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', endings: ['xlsx'] };
const DOCX: Kind = { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', endings: ['docx'] };
const OFD: Kind = { type: 'application/ofd', endings: ['ofd'] };
const ZIP: Kind = { type: 'application/zip', endings: ['zip'] };
const CSV: Kind = { type: 'text/csv', endings: ['csv'] };
const TEXT: Kind = { type: 'text/plain', endings: ['txt'] };

export const KINDS: readonly Kind[] = [PDF, PNG, JPEG, XLSX, DOCX, OFD, ZIP, CSV, TEXT];

/** What was seen of a file while it went by. */
export interface Seen {
  readonly head: Buffer;
  readonly tail: Buffer;
  readonly size: number;
  /** It is text throughout, UTF-8 or GB 18030, without control characters. */
  readonly isText: boolean;
}

/** The kind that a file is by its content and its ending, or null when it is none that is taken. */
export function kindOf(name: string, seen: Seen): Kind | null {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return kindsByContent(seen).find(({ endings }) => endings.includes(ending)) ?? null;
}

function kindsByContent(seen: Seen): readonly Kind[] {
  const { head } = seen;
  if (head.subarray(0, 5).toString('latin1') === '%PDF-') return [PDF];
  if (head.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return [PNG];
  if (head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return [JPEG];
  if (head.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))) return zipKinds(readZipDirectory(seen.tail, seen.size));
  return seen.isText ? [CSV, TEXT] : [];
}

function zipKinds(entries: readonly ZipEntry[] | null): readonly Kind[] {
  if (entries === null || !isHarmless(entries)) return [];
  const has = (name: string): boolean => entries.some((entry) => entry.name === name);
  if (has('[Content_Types].xml') && has('xl/workbook.xml')) return [XLSX];
  if (has('[Content_Types].xml') && has('word/document.xml')) return [DOCX];
  return has('OFD.xml') ? [OFD] : [ZIP];
}
