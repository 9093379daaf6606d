import PDFDocument from 'pdfkit';
import { fontBytes, type FontName } from './fonts';

/** Points; A4 with margins that an office printer reaches. */
const PAGE = { width: 595.28, height: 841.89, left: 34, right: 34, top: 30, bottom: 40 } as const;
const LINE_COLOUR = '#555555';
const PADDING = { x: 3, y: 1.5 } as const;
/** The font's own line is 1.45 of its size; tables are set closer. */
const TIGHTER = 0.24;

export interface Column {
  /** Points; a column without takes what the others leave. */
  readonly width?: number;
  readonly align?: 'left' | 'right' | 'center';
  readonly bold?: boolean;
}

export interface TableRow {
  readonly cells: readonly string[];
  readonly bold?: boolean;
  readonly shaded?: boolean;
}

interface TableOptions {
  readonly columns: readonly Column[];
  readonly size: number;
  /** Repeated on every page that the table reaches. */
  readonly header?: TableRow;
}

/** The part of pdfkit's current font that says what it can draw; pdfkit has no public way to ask. */
interface DrawnFont {
  readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } };
}

/** Sheets of A4 written from top to bottom: text, ruled tables, page breaks. Units are points. */
export class Paper {
  readonly width = PAGE.width - PAGE.left - PAGE.right;
  private readonly document: PDFKit.PDFDocument;
  private readonly bytes: Promise<Buffer>;
  private readonly advances = new Map<string, number>();
  /** First page of each copy: pages are numbered by copy. */
  private readonly copies: number[] = [0];
  private y: number = PAGE.top;

  constructor(
    title: string,
    at: Date,
    /** Written in small print on top of every page but the first. */
    private readonly runningHead: string,
  ) {
    this.document = new PDFDocument({
      size: 'A4',
      margins: { top: 0, bottom: 0, left: PAGE.left, right: PAGE.right },
      bufferPages: true,
      lang: 'zh-CN',
      displayTitle: true,
      info: { Title: title, Producer: 'Anjie', Creator: 'Anjie', CreationDate: at, ModDate: at },
    });
    const chunks: Buffer[] = [];
    this.bytes = new Promise((resolve, reject) => {
      this.document.on('data', (chunk: Buffer) => chunks.push(chunk));
      this.document.once('end', () => resolve(Buffer.concat(chunks)));
      this.document.once('error', reject);
    });
    for (const name of ['regular', 'bold'] as const) this.document.registerFont(name, fontBytes(name));
  }

  space(height: number): void {
    this.y += height;
  }

  newPage(): void {
    this.document.addPage();
    this.line(this.runningHead, PAGE.top - 8);
    this.y = PAGE.top + 10;
  }

  /** Starts another copy on a page of its own. */
  newCopy(): void {
    this.document.addPage();
    this.copies.push(this.document.bufferedPageRange().count - 1);
    this.y = PAGE.top;
  }

  /** Draws dark squares `size` points wide at the right edge, from the current line down, without moving on. */
  squares(rows: readonly (readonly boolean[])[], size: number): void {
    const unit = size / rows.length;
    const left = PAGE.width - PAGE.right - size;
    rows.forEach((row, y) => row.forEach((dark, x) => dark && this.document.rect(left + x * unit, this.y + y * unit, unit, unit)));
    this.document.fill('#000000');
  }

  /** Starts a new page when `height` does not fit any more; says whether it did. */
  need(height: number): boolean {
    if (this.y + height <= PAGE.height - PAGE.bottom) return false;
    this.newPage();
    return true;
  }

  /** One paragraph over the whole width, or over `width` points of it from the left. */
  text(text: string, { size, font = 'regular', align = 'left', width = this.width }: { size: number; font?: FontName; align?: 'left' | 'center' | 'right'; width?: number }): void {
    const shown = this.use(font, size, text);
    const height = this.document.heightOfString(shown, { width });
    this.need(height);
    this.use(font, size, '');
    this.document.text(shown, PAGE.left, this.y, { width, align });
    this.y += height;
  }

  /** A ruled table; rows are never parted, the header comes again on each page. */
  table(rows: readonly TableRow[], options: TableOptions): void {
    const widths = this.widthsOf(options.columns);
    const all = options.header ? [options.header, ...rows] : rows;
    const first = all.slice(0, 2).reduce((sum, row) => sum + this.heightOf(row, widths, options), 0);
    this.need(first);
    all.forEach((row, index) => {
      const height = this.heightOf(row, widths, options);
      if (this.need(height) && options.header && index > 0) this.row(options.header, widths, options, this.heightOf(options.header, widths, options));
      this.row(row, widths, options, height);
    });
  }

  /** Writes a stamp and the page numbers over all pages and ends the document. */
  async finish(stamp: string | null, foot: string): Promise<Buffer> {
    const { count } = this.document.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      this.document.switchToPage(index);
      if (stamp !== null) this.stamp(stamp);
      const first = this.copies.findLast((page) => page <= index) ?? 0;
      const next = this.copies.find((page) => page > index) ?? count;
      this.line(`${foot}　第 ${index - first + 1} 页　共 ${next - first} 页`, PAGE.height - PAGE.bottom + 14);
    }
    this.document.end();
    return this.bytes;
  }

  /** Small grey print across the page. */
  private line(text: string, y: number): void {
    const shown = this.use('regular', 7, text);
    this.document.fillColor('#444444').text(shown, PAGE.left, y, { width: this.width, align: 'center', lineBreak: false, height: 10 });
    this.document.fillColor('#000000');
  }

  private stamp(text: string): void {
    const size = text.length <= 2 ? 150 : 80;
    const shown = this.use('bold', size, text);
    const { document } = this;
    document.save();
    document.rotate(-24, { origin: [PAGE.width / 2, PAGE.height / 2] });
    document.fillColor('#b00000').fillOpacity(0.16);
    document.text(shown, (PAGE.width - document.widthOfString(shown)) / 2, PAGE.height / 2 - size * 0.7, { lineBreak: false });
    document.restore();
    document.fillColor('#000000').fillOpacity(1);
  }

  private widthsOf(columns: readonly Column[]): number[] {
    const fixed = columns.reduce((sum, { width = 0 }) => sum + width, 0);
    const open = columns.filter(({ width }) => width === undefined).length;
    return columns.map(({ width }) => width ?? (this.width - fixed) / open);
  }

  private heightOf(row: TableRow, widths: readonly number[], { columns, size }: TableOptions): number {
    const heights = row.cells.map((cell, index) => {
      const font = fontOf(row, columns[index]);
      const shown = this.use(font, size, cell);
      const inner = (widths[index] ?? 0) - 2 * PADDING.x;
      if (this.fits(font, size, shown, inner)) return this.document.currentLineHeight(true);
      return this.document.heightOfString(shown, { width: inner, lineGap: -TIGHTER * size }) + TIGHTER * size;
    });
    return Math.max(...heights) - TIGHTER * size + 2 * PADDING.y;
  }

  private row(row: TableRow, widths: readonly number[], { columns, size }: TableOptions, height: number): void {
    const { document } = this;
    const { y } = this;
    let x: number = PAGE.left;
    if (row.shaded) document.rect(x, y, this.width, height).fill('#ececec').fillColor('#000000');
    row.cells.forEach((cell, index) => {
      const column = columns[index];
      const width = widths[index] ?? 0;
      document.lineWidth(0.5).strokeColor(LINE_COLOUR).rect(x, y, width, height).stroke();
      if (cell !== '') this.cell(cell, { x: x + PADDING.x, y, width: width - 2 * PADDING.x, height }, fontOf(row, column), size, column?.align ?? 'left');
      x += width;
    });
    this.y += height;
  }

  /** Text in the middle of a box. One line is placed by hand: breaking lines is what takes time in a long list. */
  private cell(text: string, box: { x: number; y: number; width: number; height: number }, font: FontName, size: number, align: 'left' | 'right' | 'center'): void {
    const { document } = this;
    const shown = this.use(font, size, text);
    if (this.fits(font, size, shown, box.width)) {
      const spare = box.width - this.widthOf(font, size, shown);
      const x = box.x + (align === 'left' ? 0 : align === 'right' ? spare : spare / 2);
      document.text(shown, x, box.y + (box.height - document.currentLineHeight(true)) / 2, { lineBreak: false });
      return;
    }
    const lineGap = -TIGHTER * size;
    const height = document.heightOfString(shown, { width: box.width, lineGap }) - lineGap;
    document.text(shown, box.x, box.y + (box.height - height) / 2, { width: box.width, align, lineGap });
  }

  private fits(font: FontName, size: number, text: string, width: number): boolean {
    return !text.includes('\n') && this.widthOf(font, size, text) <= width;
  }

  /** Width as the sum of the characters' advances, each measured once. */
  private widthOf(font: FontName, size: number, text: string): number {
    let sum = 0;
    for (const one of text) {
      const key = `${font} ${one}`;
      const advance = this.advances.get(key) ?? this.document.font(font, 1000).widthOfString(one);
      this.advances.set(key, advance);
      sum += advance;
    }
    this.document.font(font, size);
    return (sum * size) / 1000;
  }

  /** Chooses the font; returns the text as it can draw it: a character without a glyph is written as its code. */
  private use(font: FontName, size: number, text: string): string {
    this.document.font(font, size);
    const drawn = (this.document as unknown as DrawnFont)._font.font;
    return [...text].map((one) => (drawn.hasGlyphForCodePoint(one.codePointAt(0) ?? 0) || one === '\n' ? one : codeOf(one))).join('');
  }
}

function fontOf(row: TableRow, column: Column | undefined): FontName {
  return row.bold || column?.bold ? 'bold' : 'regular';
}

/** 𠮷 → 〔U+20BB7〕. */
function codeOf(character: string): string {
  return `〔U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}〕`;
}
