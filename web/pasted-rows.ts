import type { FormField } from '../domain/office-case/definition';
import type { Form, FormValue } from './types';
import { readYuan } from './yuan';

/**
 * Rows copied out of a spreadsheet: a line a row, a tab between cells, cells in the order of the list's fields. Null where the
 * text is one plain value. A cell that cannot be read stays empty, so that the form says what is missing.
 */
export function pastedRows(fields: readonly FormField[], text: string): Form[] | null {
  const lines = text.replace(/\r\n?/g, '\n').split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2 && !text.includes('\t')) return null;
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(fields.map((field, index) => [field.name, valueOf(field, (cells[index] ?? '').trim())]));
  });
}

function valueOf({ type, choices }: FormField, cell: string): FormValue {
  if (cell === '') return null;
  if (type === 'fen') return readYuan(cell) ?? null;
  if (type === 'integer') return /^-?\d{1,15}$/.test(cell) ? Number(cell) : null;
  return choices?.find(({ zh, en }) => zh === cell || en === cell)?.value ?? cell;
}
