import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { checkLine, type FeeLine, type NumberedLine, type RowFault } from '../domain/fee-lines';
import { outcomes, type FeeRowCode } from '../domain/outcomes';
import { feeLine } from '../schemas/api/fees';
import type { ProblemBody } from '../schemas/api/problem';
import { Problem } from './problem';

/** Row faults that one answer lists; the rest is only counted. */
const LISTED = 200;
const ROWS_BETWEEN_YIELDS = 250;

export interface RawRow {
  readonly row: number;
  readonly fields: unknown;
}

export type ListedFault = NonNullable<ProblemBody['rows']>[number];

/** Reads raw rows as fee lines, collecting what is wrong with each; lets other requests run in between. */
export async function readFeeLines(rows: AsyncIterable<RawRow> | Iterable<RawRow>): Promise<NumberedLine[]> {
  const lines: NumberedLine[] = [];
  const faults: ListedFault[] = [];
  let count = 0;
  for await (const { row, fields } of rows) {
    const line = readRow(row, fields, faults);
    if (line) lines.push({ row, line });
    count += 1;
    if (count % ROWS_BETWEEN_YIELDS === 0) await yieldToOthers();
  }
  if (count === 0) throw new Problem('FEE_ROWS_EMPTY');
  if (faults.length > 0) throw rowsProblem(faults);
  return lines;
}

/** A problem that lists row faults; nothing of the batch is stored. */
export function rowsProblem(faults: readonly ListedFault[]): Problem {
  const sorted = [...faults].sort((a, b) => a.row - b.row);
  return new Problem('FEE_ROWS_INVALID', {
    detail: `共 ${new Set(sorted.map((fault) => fault.row)).size} 行有错，整批未入库`,
    rows: sorted.slice(0, LISTED),
    rowsInError: new Set(sorted.map((fault) => fault.row)).size,
  });
}

export function listed(fault: RowFault): ListedFault {
  return { ...fault, message: `${outcomes[fault.code].title}：${outcomes[fault.code].next}` };
}

function readRow(row: number, fields: unknown, faults: ListedFault[]): FeeLine | null {
  const parsed = feeLine.safeParse(fields);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const field = issue.code === 'unrecognized_keys' ? issue.keys.join(',') : issue.path.map(String).join('.');
      faults.push({ row, field, code: 'ROW_FIELD_INVALID' satisfies FeeRowCode, message: issue.message });
    }
    return null;
  }
  const fault = checkLine({ row, line: parsed.data });
  if (fault) faults.push(listed(fault));
  return fault ? null : parsed.data;
}
