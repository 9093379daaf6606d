import { inflateRawSync } from 'node:zlib';

/** A cell as a spreadsheet program reads it: its value, its number format, and whether it is a formula. */
export interface XlsxCell {
  readonly value: string | number;
  readonly format: string;
  readonly formula: boolean;
}

export interface XlsxSheet {
  readonly name: string;
  /** Rows above which the sheet stands still. */
  readonly frozen: number;
  /** Rows from the first on, cells by their column's letters. */
  readonly rows: readonly Readonly<Record<string, XlsxCell>>[];
}

/** Reads the one sheet of a workbook from its XML. */
export function readXlsx(file: Buffer): XlsxSheet {
  const files = unzip(file);
  const part = (name: string): string => files.get(name)?.toString('utf8') ?? '';
  const shared = [...part('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(([, inner = '']) => plain([...inner.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text = '']) => text).join('')));
  const formats = new Map([...part('xl/styles.xml').matchAll(/<numFmt ([^>]*?)\/?>/g)].map(([, attributes = '']) => [attribute(attributes, 'numFmtId'), plain(attribute(attributes, 'formatCode'))]));
  const styles = [...(/<cellXfs.*?<\/cellXfs>/s.exec(part('xl/styles.xml'))?.[0] ?? '').matchAll(/<xf ([^>]*?)\/?>/g)].map(([, attributes = '']) => formats.get(attribute(attributes, 'numFmtId')) ?? '');
  const sheet = part('xl/worksheets/sheet1.xml');
  const rows = [...sheet.matchAll(/<row ([^>]*?)>(.*?)<\/row>/gs)].map(([, , inner = '']) =>
    Object.fromEntries(
      [...inner.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, attributes = '', content = '']) => {
        const raw = /<v>(.*?)<\/v>/s.exec(content)?.[1] ?? '';
        const value = attribute(attributes, 't') === 's' ? (shared[Number(raw)] ?? '') : Number(raw);
        return [attribute(attributes, 'r').replace(/\d/g, ''), { value, format: styles[Number(attribute(attributes, 's') || 0)] ?? '', formula: content.includes('<f') }];
      }),
    ),
  );
  return { name: plain(attribute(/<sheet ([^>]*)\/>/.exec(part('xl/workbook.xml'))?.[1] ?? '', 'name')), frozen: Number(/ySplit="(\d+)"[^>]*state="frozen"/.exec(sheet)?.[1] ?? 0), rows };
}

/** `yyyy-MM-dd HH:mm` of a day's serial number. */
export function timeOfSerial(serial: number): string {
  return new Date(Date.UTC(1899, 11, 30) + Math.round(serial * 86_400) * 1_000).toISOString().slice(0, 16).replace('T', ' ');
}

function attribute(attributes: string, name: string): string {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
}

function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');
}

/** The entries of an archive by name, from its directory. */
function unzip(file: Buffer): Map<string, Buffer> {
  const end = file.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const entries = new Map<string, Buffer>();
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size, nameLength, extra, comment, local] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 20), file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32), file.readUInt32LE(at + 42)];
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const packed = file.subarray(start, start + size);
    entries.set(name, method === 0 ? packed : inflateRawSync(packed));
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}
