/** Returned fee lines (退费): negative, naming their original, never more than it. */
import { addDecimals, compareDecimals, parseDecimal, type Decimal } from '../money';

/** What a line and its return are compared by. */
export interface ReturnableLine {
  readonly feedetl_sn: string;
  /** Original of a return; absent or empty on a charge. */
  readonly init_feedetl_sn?: string | null;
  readonly med_list_codg: string;
  readonly cnt: string;
  readonly pric: string;
  readonly fee_ocur_time: string;
}

export interface ReturnProblem {
  readonly code:
    | 'return.notNegative'
    | 'return.originalMissing'
    | 'return.originalUnknown'
    | 'return.ofReturn'
    | 'return.otherItem'
    | 'return.otherPrice'
    | 'return.beforeOriginal'
    | 'return.exceeds';
  readonly message: string;
}

/**
 * Says what is wrong with a line as a return, or null: also null for an ordinary charge. `original` is the line that
 * init_feedetl_sn names, `earlierReturns` those of the same original that stand already.
 */
export function returnProblem(
  line: ReturnableLine,
  original: ReturnableLine | undefined,
  earlierReturns: readonly ReturnableLine[],
): ReturnProblem | null {
  const negative = parseDecimal(line.cnt).units < 0n;
  if (!line.init_feedetl_sn) {
    return negative ? problem('return.originalMissing', '退费明细必须填写原费用流水号。') : null;
  }
  if (!negative) return problem('return.notNegative', '填写了原费用流水号的明细，数量必须为负数。');
  if (!original) return problem('return.originalUnknown', `找不到原费用明细 ${line.init_feedetl_sn}。`);
  if (original.init_feedetl_sn) return problem('return.ofReturn', '不能对一条退费明细再退费。');
  if (original.med_list_codg !== line.med_list_codg) {
    return problem('return.otherItem', '退费明细的医疗目录编码与原明细不一致。');
  }
  if (compareDecimals(parseDecimal(original.pric), parseDecimal(line.pric)) !== 0) {
    return problem('return.otherPrice', '退费明细的单价与原明细不一致。');
  }
  if (line.fee_ocur_time < original.fee_ocur_time) {
    return problem('return.beforeOriginal', '退费时间早于原明细的费用发生时间。');
  }
  const left = [...earlierReturns, line].reduce<Decimal>(
    (sum, { cnt }) => addDecimals(sum, parseDecimal(cnt)),
    parseDecimal(original.cnt),
  );
  return left.units < 0n ? problem('return.exceeds', '累计退费数量超过原明细的数量。') : null;
}

function problem(code: ReturnProblem['code'], message: string): ReturnProblem {
  return { code, message };
}
