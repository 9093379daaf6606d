/** Sums that the settlement sheet and the e-invoice print beside the platform's amounts. Rule 21 of docs/benefits.md. */
import type { SettlementAmounts } from '../admission/types';
import { add, min, subtract, type Fen } from '../money';

export interface InvoiceSplit {
  /** 个人自付: in-scope burden left after the funds, and 先自付. */
  readonly selfPay: Fen;
  /** 个人自费: class C, and the part above the price caps. */
  readonly ownPay: Fen;
  /** 其中起付线, printed as 个人自负. */
  readonly deductible: Fen;
}

/** The two always add up to what the person bears. `overCap` says where a region prints the part above the caps. */
export function invoiceSplit(amounts: SettlementAmounts, overCap: 'ownPay' | 'selfPay' = 'ownPay'): InvoiceSplit {
  const ownPay =
    overCap === 'ownPay' ? add(amounts.fulamt_ownpay_amt, amounts.overlmt_selfpay) : amounts.fulamt_ownpay_amt;
  return { selfPay: subtract(amounts.psn_part_amt, ownPay), ownPay, deductible: amounts.act_pay_dedc };
}

export interface DepositUse {
  readonly applied: Fen;
  readonly refund: Fen;
  readonly topUp: Fen;
}

/** Uses the deposit (预交金) for the cash part: the rest is paid back, or what is missing is taken. */
export function applyDeposit(paid: Fen, cash: Fen): DepositUse {
  const applied = min(paid, cash);
  return { applied, refund: subtract(paid, applied), topUp: subtract(cash, applied) };
}
