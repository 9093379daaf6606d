import { add, type Fen, formatYuan, ZERO } from '../../../domain/money';
import { amountsOf } from './csv';
import { FileProblem, type Header, type IntakeLine, MOST_LINES, type Totals } from './lines';

/** A file that holds together. */
export interface CheckedFile {
  readonly header: Header;
  readonly totals: Totals;
}

/**
 * Reads a file once without taking anything: it has a header, one trailer at its end, not too many lines, and its totals are
 * those of its lines. Throws FileProblem otherwise, and then nothing of it is taken.
 */
export async function checkFile(lines: AsyncIterable<IntakeLine>): Promise<CheckedFile> {
  let header: Header | null = null;
  let trailer: Totals | null = null;
  let sum: Totals = { lines: 0, medfee: ZERO, funds: ZERO, cash: ZERO };
  let unreadable: number | null = null;
  for await (const line of lines) {
    if (trailer) throw new FileProblem('XR_FILE_TRAILER_MISSING', '末行合计之后还有内容');
    if (line.kind === 'header') header = line.header;
    else if (line.kind === 'trailer') trailer = line.totals;
    else {
      if (sum.lines === MOST_LINES) throw new FileProblem('XR_FILE_TOO_LONG', `超过 ${MOST_LINES} 行`);
      const amounts = line.kind === 'record' ? amountsOf(line.record) : line.amounts;
      if (!amounts) unreadable ??= line.line;
      sum = plus(sum, amounts);
    }
  }
  if (!header) throw new FileProblem('XR_FILE_HEADER_INVALID', '没有首行');
  if (!trailer) throw new FileProblem('XR_FILE_TRAILER_MISSING', '文件没有末行合计');
  const differences = differencesOf(trailer, sum);
  if (differences.length > 0) {
    const where = unreadable === null ? '' : `；第 ${unreadable} 行的金额读不出`;
    throw new FileProblem('XR_FILE_TOTALS_DIFFER', differences.join('，') + where);
  }
  return { header, totals: trailer };
}

function plus(sum: Totals, amounts: Pick<Totals, 'medfee' | 'funds' | 'cash'> | null): Totals {
  return {
    lines: sum.lines + 1,
    medfee: add(sum.medfee, amounts?.medfee ?? ZERO),
    funds: add(sum.funds, amounts?.funds ?? ZERO),
    cash: add(sum.cash, amounts?.cash ?? ZERO),
  };
}

function differencesOf(said: Totals, found: Totals): string[] {
  const amount = (name: string, a: Fen, b: Fen): string[] => (a === b ? [] : [`${name}：末行 ${formatYuan(a)}，明细 ${formatYuan(b)}`]);
  return [
    ...(said.lines === found.lines ? [] : [`行数：末行 ${said.lines}，明细 ${found.lines}`]),
    ...amount('医疗费总额', said.medfee, found.medfee),
    ...amount('基金合计', said.funds, found.funds),
    ...amount('现金合计', said.cash, found.cash),
  ];
}
