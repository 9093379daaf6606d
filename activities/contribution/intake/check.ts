import { formatYuan, fen, type Fen } from '../../../domain/money';
import { RegisterFileProblem } from './problem';
import { readRegister, type RegisterFormat, type RegisterTotals } from './rows';

/** Rows of one file at most. */
export const MOST_ROWS = 1_000_000;

/** A file that holds together. */
export interface CheckedRegister {
  readonly division: string;
  readonly rows: number;
  readonly base: Fen;
}

/**
 * Reads a file once without taking anything: it has a head, one trailer at its end, not too many rows, and its totals are those
 * of its rows. Throws RegisterFileProblem otherwise.
 */
export async function checkRegister(bytes: AsyncIterable<Buffer>, format: RegisterFormat): Promise<CheckedRegister> {
  let division = '';
  let rows = 0;
  let base = 0;
  let unreadable: number | null = null;
  let trailer: RegisterTotals | null = null;
  for await (const { head, lines } of readRegister(bytes, format)) {
    division = head.division;
    for (const line of lines) {
      if (trailer) throw new RegisterFileProblem('CONTRIB_FILE_TRAILER', '末行合计之后还有内容');
      if (line.kind === 'trailer') {
        trailer = line.totals;
        continue;
      }
      rows += 1;
      if (rows > MOST_ROWS) throw new RegisterFileProblem('CONTRIB_FILE_TOO_LONG', `超过 ${MOST_ROWS} 行`);
      const amount = line.row?.base ?? null;
      if (line.row === null || amount === 'unreadable') unreadable ??= line.no;
      else base = fen(base + (amount ?? 0));
    }
  }
  if (!trailer) throw new RegisterFileProblem('CONTRIB_FILE_TRAILER', '文件没有末行合计');
  const differences = [
    ...(trailer.rows === rows ? [] : [`行数：末行 ${trailer.rows}，明细 ${rows}`]),
    ...(trailer.base === base ? [] : [`基数合计：末行 ${formatYuan(trailer.base)}，明细 ${formatYuan(fen(base))}`]),
  ];
  const where = unreadable === null ? '' : `；第 ${unreadable} 行读不出`;
  if (differences.length > 0) throw new RegisterFileProblem('CONTRIB_FILE_TOTALS', differences.join('，') + where);
  return { division, rows, base: fen(base) };
}
