import { add, fen, ZERO, type Fen } from '../money';

/** Sums over fee lines, fen; the four parts add up to `medfee`. */
export interface LineSums {
  readonly medfee: Fen;
  readonly fulamtOwnpay: Fen;
  readonly overlmt: Fen;
  readonly preselfpay: Fen;
  readonly inscp: Fen;
}

export const NO_LINES: LineSums = { medfee: ZERO, fulamtOwnpay: ZERO, overlmt: ZERO, preselfpay: ZERO, inscp: ZERO };

/** A fee line's split by its national names; parts that a platform leaves out are zero. */
export interface LineSplit {
  readonly det_item_fee_sumamt: Fen;
  readonly fulamt_ownpay_amt?: Fen | null;
  readonly overlmt_amt?: Fen | null;
  readonly preselfpay_amt?: Fen | null;
  readonly inscp_scp_amt?: Fen | null;
}

/** The sums of one line, whether as answered by 2301 or as stored. */
export function sumsOfLine(line: LineSplit): LineSums {
  return {
    medfee: line.det_item_fee_sumamt,
    fulamtOwnpay: line.fulamt_ownpay_amt ?? ZERO,
    overlmt: line.overlmt_amt ?? ZERO,
    preselfpay: line.preselfpay_amt ?? ZERO,
    inscp: line.inscp_scp_amt ?? ZERO,
  };
}

export function addSums(a: LineSums, b: LineSums): LineSums {
  return {
    medfee: add(a.medfee, b.medfee),
    fulamtOwnpay: add(a.fulamtOwnpay, b.fulamtOwnpay),
    overlmt: add(a.overlmt, b.overlmt),
    preselfpay: add(a.preselfpay, b.preselfpay),
    inscp: add(a.inscp, b.inscp),
  };
}

export function negateSums(a: LineSums): LineSums {
  return {
    medfee: fen(-a.medfee),
    fulamtOwnpay: fen(-a.fulamtOwnpay),
    overlmt: fen(-a.overlmt),
    preselfpay: fen(-a.preselfpay),
    inscp: fen(-a.inscp),
  };
}
