import type { FeeRowCode } from './outcomes';
import { type Decimal, type Fen, multiply, parseDecimal, roundToFen } from './money';

/** One fee line (费用明细) as the institution sends it; member names as in 2301, the amount in fen. */
export interface FeeLine {
  readonly feedetl_sn: string;
  /** On a returned line: the serial number of the line that is returned. */
  readonly init_feedetl_sn?: string;
  readonly fee_ocur_time: string;
  readonly med_list_codg: string;
  readonly medins_list_codg: string;
  readonly medins_list_name?: string;
  /** Exact decimal text, negative on a returned line. */
  readonly cnt: string;
  /** Unit price in yuan, exact decimal text. */
  readonly pric: string;
  readonly det_item_fee_sumamt: Fen;
  /** The other members of 2301. */
  readonly [member: string]: string | number | undefined;
}

/** A line already kept for the stay, as far as a return must agree with it. */
export type KeptLine = Pick<FeeLine, 'feedetl_sn' | 'init_feedetl_sn' | 'med_list_codg' | 'medins_list_codg' | 'cnt' | 'pric'>;

/** What is wrong with one row; `row` counts from 1 without the header, or is the file's line for CSV. */
export interface RowFault {
  readonly row: number;
  readonly code: FeeRowCode;
  readonly field: string;
}

export interface NumberedLine {
  readonly row: number;
  readonly line: FeeLine;
}

/** Checks that one line decides alone: amount = quantity × price, rounded to the fen, and the signs. */
export function checkLine({ row, line }: NumberedLine): RowFault | null {
  const quantity = parseDecimal(line.cnt);
  if (line.det_item_fee_sumamt !== roundToFen(multiply(quantity, parseDecimal(line.pric)))) {
    return { row, code: 'ROW_AMOUNT_MISMATCH', field: 'det_item_fee_sumamt' };
  }
  if (quantity.units < 0n && line.init_feedetl_sn === undefined) {
    return { row, code: 'ROW_RETURN_WITHOUT_ORIGINAL', field: 'init_feedetl_sn' };
  }
  if (quantity.units > 0n && line.init_feedetl_sn !== undefined) return { row, code: 'ROW_SIGN_MISMATCH', field: 'cnt' };
  return null;
}

/**
 * Checks a batch against itself and against the lines kept for the stay (withdrawn and refused ones left out):
 * serial numbers unique; a returned line names an original of the same codes and price and, all returns together,
 * gives back no more than was charged. Rule source: 2301, refund lines.
 */
export function checkBatch(batch: readonly NumberedLine[], kept: readonly KeptLine[]): RowFault[] {
  const ledger = new ReturnLedger(kept);
  const faults: RowFault[] = [];
  for (const { row, line } of batch) {
    if (!ledger.add(line)) faults.push({ row, code: 'ROW_SERIAL_DUPLICATE', field: 'feedetl_sn' });
  }
  for (const { row, line } of batch) {
    if (line.init_feedetl_sn === undefined) continue;
    const code = ledger.faultOfReturn(line, line.init_feedetl_sn);
    if (code) faults.push({ row, code, field: code === 'ROW_RETURN_EXCEEDS' ? 'cnt' : 'init_feedetl_sn' });
  }
  return faults;
}

class ReturnLedger {
  private readonly bySerial = new Map<string, KeptLine>();
  /** What is left of each original, in ten-thousandths (cnt has four decimals). */
  private readonly left = new Map<string, bigint>();

  constructor(kept: readonly KeptLine[]) {
    for (const line of kept) this.add(line);
    for (const line of kept) {
      if (line.init_feedetl_sn !== undefined) this.takeBack(line.init_feedetl_sn, line);
    }
  }

  add(line: KeptLine): boolean {
    if (this.bySerial.has(line.feedetl_sn)) return false;
    this.bySerial.set(line.feedetl_sn, line);
    if (line.init_feedetl_sn === undefined) this.left.set(line.feedetl_sn, tenThousandths(line.cnt));
    return true;
  }

  faultOfReturn(line: FeeLine, original: string): FeeRowCode | null {
    const origin = this.bySerial.get(original);
    if (!origin || origin.init_feedetl_sn !== undefined) return 'ROW_ORIGINAL_UNKNOWN';
    const same =
      origin.med_list_codg === line.med_list_codg &&
      origin.medins_list_codg === line.medins_list_codg &&
      sameDecimal(parseDecimal(origin.pric), parseDecimal(line.pric));
    if (!same) return 'ROW_ORIGINAL_DIFFERS';
    return this.takeBack(original, line) < 0n ? 'ROW_RETURN_EXCEEDS' : null;
  }

  private takeBack(original: string, line: KeptLine): bigint {
    const left = (this.left.get(original) ?? 0n) + tenThousandths(line.cnt);
    this.left.set(original, left);
    return left;
  }
}

function tenThousandths(count: string): bigint {
  const { units, scale } = parseDecimal(count);
  return units * 10n ** BigInt(4 - scale);
}

function sameDecimal(a: Decimal, b: Decimal): boolean {
  return a.units * 10n ** BigInt(b.scale) === b.units * 10n ** BigInt(a.scale);
}
