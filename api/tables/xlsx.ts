import writeExcelFile, { type Cell, type Row } from 'write-excel-file/node';
import { parseDate } from '../../domain/calendar';
import { fen, formatYuan } from '../../domain/money';
import { printable } from '../../domain/sheet/text';
import { labelOf } from '../../schemas/national/code-tables';
import { Problem } from '../problem';
import type { Reply } from '../route';
import { headsOf, type Table, type TableCell, type TableColumn, type TableHead } from './table';

/** A workbook is made in memory: so many cells take well under a second, ms of which nothing else is served. */
const MOST_CELLS = 120_000;
const SHANGHAI_MS = 8 * 3_600_000;
const YUAN = '#,##0.00';
const COUNT = '#,##0';
const WIDTHS = { text: 18, count: 10, fen: 18, date: 12, division: 20, insutype: 22 } as const;
/** Rows above the columns' heads. */
const ABOVE = 3;

/**
 * A table as an Excel workbook of one sheet: what it is, of which time and whose, when and by whom it was made; below that
 * the heads, frozen, and the rows. Amounts are numbers of yuan, days are dates; text is text whatever it begins with, since
 * no cell is ever a formula. Throws Problem EXPORT_TOO_LARGE.
 */
export async function xlsxReply(fileName: string, head: TableHead, { columns, rows }: Table): Promise<Reply> {
  const most = Math.floor(MOST_CELLS / Math.max(1, columns.length));
  const body: Row[] = [];
  for await (const row of rows) {
    if (body.length >= most) throw new Problem('EXPORT_TOO_LARGE', { detail: `此表在 Excel 中至多 ${most} 行` });
    body.push(row.map((cell, index) => cellOf(head, columns[index], cell)));
  }
  const heads = headsOf(columns).map((zh): Cell => ({ ...text(zh), fontWeight: 'bold', backgroundColor: '#e8eef5', wrap: true }));
  const sheet = {
    sheet: sheetName(head.title),
    stickyRowsCount: ABOVE + 1,
    columns: columns.map(({ type }) => ({ width: WIDTHS[type] })),
  };
  const content = await writeExcelFile([...above(head), heads, ...body], sheet).toBuffer();
  return {
    status: 200,
    headers: { 'Content-Disposition': `attachment; filename="${fileName}.xlsx"` },
    stream: {
      mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      write: (response) => new Promise((resolve) => response.end(content, () => resolve())),
    },
  };
}

function above({ title, period, division, at, by }: TableHead): Row[] {
  return [
    [{ ...text(title), fontWeight: 'bold', fontSize: 14 }],
    [text('统计期'), text(period), text('辖区'), text(division)],
    // A workbook knows no zones: what stands in it is Shanghai's wall clock.
    [text('制表时间'), { type: Date, value: new Date(at + SHANGHAI_MS), format: 'yyyy-mm-dd hh:mm' }, text('制表人'), text(by)],
  ];
}

function cellOf({ nameOf }: TableHead, column: TableColumn | undefined, cell: TableCell): Cell {
  if (cell === null || cell === '' || !column) return null;
  if (typeof cell === 'number') {
    const value = column.type === 'fen' ? Number(formatYuan(fen(cell))) : cell;
    return { type: Number, value, format: column.type === 'fen' ? YUAN : COUNT };
  }
  if (column.type === 'date') return { type: Date, value: new Date(parseDate(cell) + SHANGHAI_MS), format: 'yyyy-mm-dd' };
  if (column.type === 'division') return text(nameOf(cell) === cell ? cell : `${nameOf(cell)}（${cell}）`);
  return text(column.type === 'insutype' ? labelOf('insutype', cell) : cell);
}

function text(value: string): { readonly type: StringConstructor; readonly value: string } {
  return { type: String, value: printable(value) };
}

/** Excel takes no more than 31 characters, and not all of them. */
function sheetName(title: string): string {
  return printable(title).replace(/[\\/?*[\]:：']+/gu, ' ').slice(0, 31).trim();
}
