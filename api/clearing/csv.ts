import type { Reply } from '../route';

export type CsvCell = string | number | null;

/** A table as CSV that spreadsheet programs open as it is: UTF-8 with its mark, quoted, no cell that runs as a formula. */
export function csvReply(fileName: string, head: readonly string[], rows: readonly (readonly CsvCell[])[]): Reply {
  return {
    status: 200,
    headers: { 'Content-Disposition': `attachment; filename="${fileName}.csv"` },
    stream: {
      mediaType: 'text/csv; charset=utf-8',
      write: async (response) => {
        response.write(`\ufeff${head.map(cellOf).join(',')}\r\n`);
        for (const row of rows) response.write(`${row.map(cellOf).join(',')}\r\n`);
        response.end();
      },
    },
  };
}

function cellOf(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const amount = /^-?\d+(\.\d+)?$/.test(cell);
  const harmless = !amount && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
