import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fen, formatYuan } from '../../domain/money';
import type { Reply } from '../route';
import { headsOf, type Table, type TableCell, type TableColumn } from './table';

/** A table as CSV that spreadsheet programs open as it is: UTF-8 with its mark, quoted, no cell that runs as a formula. */
export function csvReply(fileName: string, { columns, rows }: Table): Reply {
  async function* lines(): AsyncGenerator<string> {
    yield `\ufeff${headsOf(columns).map(quoted).join(',')}\r\n`;
    for await (const row of rows) yield `${row.map((cell, index) => cellOf(columns[index], cell)).join(',')}\r\n`;
  }
  return {
    status: 200,
    headers: { 'Content-Disposition': `attachment; filename="${fileName}.csv"` },
    stream: { mediaType: 'text/csv; charset=utf-8', write: (response) => pipeline(Readable.from(lines()), response) },
  };
}

function cellOf(column: TableColumn | undefined, cell: TableCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return column?.type === 'fen' ? formatYuan(fen(cell)) : String(cell);
  return quoted(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
