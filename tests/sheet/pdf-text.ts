import { inflateSync } from 'node:zlib';

/** What a test reads from a PDF that pdfkit wrote, by the rules of the format alone: its text and its fonts. */
export interface ReadPdf {
  /** Text of all pages in the order of drawing, one string per drawn run. */
  readonly runs: readonly string[];
  readonly fonts: readonly { readonly name: string; readonly embedded: boolean }[];
  readonly pages: number;
}

export function readPdf(pdf: Buffer): ReadPdf {
  const objects = objectsOf(pdf);
  const fontRefs = new Map<string, Map<string, string>>();
  for (const { head } of objects.values()) {
    for (const [, name = '', number = ''] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(number)?.head ?? '')?.[1];
      if (unicode) fontRefs.set(name, glyphText(objects.get(unicode)?.stream ?? ''));
    }
  }
  const contents = [...objects.values()].filter(({ stream }) => stream !== null && /\bBT\b/.test(stream) && /\bTj|TJ\b/.test(stream));
  const heads = [...objects.values()].map(({ head }) => head);
  return {
    runs: contents.flatMap(({ stream }) => runsOf(stream ?? '', fontRefs)),
    fonts: heads.filter((head) => head.includes('/Type /FontDescriptor')).map((head) => ({
      name: /\/FontName \/(\S+)/.exec(head)?.[1] ?? '',
      embedded: /\/FontFile[23]? \d+ 0 R/.test(head),
    })),
    pages: heads.filter((head) => /\/Type \/Page\b(?!s)/.test(head)).length,
  };
}

interface PdfObject {
  readonly head: string;
  readonly stream: string | null;
}

function objectsOf(pdf: Buffer): Map<string, PdfObject> {
  const text = pdf.toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const match of text.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, number = '', body = ''] = match;
    const at = body.indexOf('\nstream\n');
    if (at < 0) {
      objects.set(number, { head: body, stream: null });
      continue;
    }
    const head = body.slice(0, at);
    const raw = Buffer.from(body.slice(at + '\nstream\n'.length, body.lastIndexOf('\nendstream')), 'latin1');
    objects.set(number, { head, stream: head.includes('/FlateDecode') ? inflateSync(raw).toString('latin1') : raw.toString('latin1') });
  }
  return objects;
}

/** Glyph code → text, from a ToUnicode map. */
function glyphText(cmap: string): Map<string, string> {
  const glyphs = new Map<string, string>();
  for (const [, from = '', to = '', list = ''] of cmap.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi)) {
    const texts = [...list.matchAll(/<([0-9a-f ]*)>/gi)].map(([, hex = '']) => fromHex(hex));
    for (let code = parseInt(from, 16); code <= parseInt(to, 16); code += 1) glyphs.set(code.toString(16).padStart(4, '0'), texts[code - parseInt(from, 16)] ?? '');
  }
  return glyphs;
}

function fromHex(hex: string): string {
  return Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le');
}

function runsOf(stream: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string[] {
  const runs: string[] = [];
  let font: ReadonlyMap<string, string> | undefined;
  for (const [, name, shown] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) font = fonts.get(name);
    if (shown === undefined) continue;
    const codes = [...shown.matchAll(/<([0-9a-f]*)>/gi)].flatMap(([, hex = '']) => hex.toLowerCase().match(/.{4}/g) ?? []);
    runs.push(codes.map((code) => font?.get(code) ?? '\ufffd').join(''));
  }
  return runs;
}
