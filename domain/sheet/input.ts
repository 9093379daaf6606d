import type { SettlementAmounts, SettlementKind } from '../admission/types';
import type { Fen } from '../money';

/** What a settlement sheet (结算单) is made from: rows as the store keeps them, nothing computed yet. */
export interface SheetInput {
  readonly institution: { readonly code: string; readonly name: string; readonly level: '1' | '2' | '3' | null };
  readonly stay: SheetStay;
  readonly person: SheetPerson;
  readonly settlement: SheetSettlement;
  readonly funds: readonly SheetFund[];
  /** Sums of the settlement's fee lines by category and class. */
  readonly fees: readonly FeeSum[];
  /** The lines themselves, where they are to be printed behind the sheet. */
  readonly lines: readonly SheetLine[] | null;
  /** All deposit movements of the stay, oldest first. */
  readonly deposits: readonly DepositMovement[];
  /** Earlier settlements of the stay that used the deposit in the same three amounts: tells their movements apart. */
  readonly earlierAlike: number;
  /** The division counts the personal account in fund_pay_sumamt (profile). */
  readonly accountInFundSum: boolean;
  readonly printed: Printed;
}

export interface SheetStay {
  readonly iptNo: string;
  readonly patientName: string | null;
  readonly certno: string | null;
  readonly psnNo: string | null;
  readonly mdtrtId: string | null;
  readonly medType: string;
  readonly insuplcAdmdvs: string | null;
  /** `yyyy-MM-dd HH:mm:ss`. */
  readonly admittedAt: string | null;
  readonly dischargedAt: string | null;
  readonly department: string | null;
  readonly bed: string | null;
  readonly diagnosis: string | null;
}

/** Members of SETLINFO about the person, as answered. */
export interface SheetPerson {
  readonly gend?: string;
  readonly brdy?: string;
  readonly psn_type?: string;
}

export interface SheetSettlement extends SettlementAmounts {
  readonly setlId: string;
  readonly msgid: string;
  readonly infno: string;
  readonly kind: SettlementKind;
  /** `held`: booked at the centre, the amounts wait for a person. */
  readonly status: 'live' | 'cancelled' | 'held';
  readonly setlTime: string;
  readonly insutype: string;
  readonly depositApplied: Fen;
  readonly depositRefund: Fen;
  readonly topUp: Fen;
  readonly cancelled: { readonly at: number | null; readonly setlId: string | null } | null;
}

export interface SheetFund {
  readonly fund_pay_type: string;
  readonly fund_pay_type_name: string | null;
  readonly fund_payamt: Fen;
  /** setl_proc_info: how the amount came about, steps parted by `；`. */
  readonly setl_proc_info: string | null;
}

/** One category (med_chrgitm_type) and class (chrgitm_lv) of the fee lines, summed. */
export interface FeeSum {
  readonly category: string;
  /** 01 甲, 02 乙, 03 丙; null where the centre gave none. */
  readonly level: string | null;
  readonly lines: number;
  readonly amount: Fen;
  readonly fulamt: Fen;
  readonly overlmt: Fen;
  readonly preselfpay: Fen;
  readonly inscp: Fen;
}

export interface SheetLine {
  readonly feedetl_sn: string;
  readonly date: string;
  readonly category: string;
  readonly level: string | null;
  readonly name: string;
  /** Exact decimal text. */
  readonly cnt: string;
  readonly pric: string;
  readonly cap: string | null;
  readonly selfpayProp: string | null;
  readonly amount: Fen;
  readonly fulamt: Fen;
  readonly overlmt: Fen;
  readonly preselfpay: Fen;
  readonly inscp: Fen;
}

export interface DepositMovement {
  readonly commandId: string;
  readonly kind: 'received' | 'refunded' | 'applied' | 'topUp' | 'restored';
  readonly amountFen: Fen;
  /** Null on movements that a settlement makes. */
  readonly method: string | null;
  readonly receiptNo: string | null;
  readonly at: string;
}

export interface Printed {
  /** Epoch ms. */
  readonly at: number;
  readonly by: string;
  /** Number of the recorded print; null for a sheet that is only looked at. */
  readonly no: number | null;
}
