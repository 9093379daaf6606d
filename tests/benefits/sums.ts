import type { CostSums, LineSplit } from '../../domain/benefits/line';
import { add } from '../../domain/money';

/** Adds up line splits, as the centre does with the lines that it accepted. */
export function sumLines(splits: readonly LineSplit[]): CostSums {
  return {
    medfee_sumamt: add(...splits.map((split) => split.det_item_fee_sumamt)),
    fulamt_ownpay_amt: add(...splits.map((split) => split.fulamt_ownpay_amt)),
    overlmt_selfpay: add(...splits.map((split) => split.overlmt_amt)),
    preselfpay_amt: add(...splits.map((split) => split.preselfpay_amt)),
    inscp_scp_amt: add(...splits.map((split) => split.inscp_scp_amt)),
  };
}
