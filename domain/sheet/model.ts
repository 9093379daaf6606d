import type { Fen } from '../money';

/** A settlement sheet as data: HTML and PDF print exactly this, and neither computes anything. */
export interface SheetModel {
  readonly institution: string;
  readonly title: string;
  /** Short marks beside the title: 中途结算, 补打. */
  readonly marks: readonly string[];
  /** Printed large across every page: 作废 or 金额待确认. */
  readonly stamp: string | null;
  /** One sentence about the stamp. */
  readonly stampNote: string | null;
  readonly setlId: string;
  readonly heads: readonly Head[];
  readonly fees: FeeTable;
  readonly funds: FundTable;
  /** 费用负担: how the total falls on funds, hospital and person. */
  readonly burden: readonly SumRow[];
  /** 支付与预交金: how the person's share is paid. */
  readonly payment: readonly SumRow[];
  readonly words: readonly { readonly label: string; readonly amount: Fen; readonly words: string }[];
  readonly lines: readonly LineGroup[] | null;
  readonly foot: { readonly by: string; readonly at: string; readonly source: string };
}

export interface Head {
  readonly label: string;
  readonly value: string;
  /** Takes the whole row. */
  readonly wide?: boolean;
}

/** The five sums that fee lines and settlements share; the last four add up to the first. */
export interface Split {
  readonly amount: Fen;
  readonly fulamt: Fen;
  readonly overlmt: Fen;
  readonly preselfpay: Fen;
  readonly inscp: Fen;
}

export interface FeeTable {
  readonly rows: readonly FeeRow[];
  readonly total: FeeRow;
  /** Some lines have no class, so that 甲, 乙, 丙 need a fourth column beside them. */
  readonly unclassed: boolean;
  /** Why there are no rows, or null. */
  readonly note: string | null;
}

export interface FeeRow extends Split {
  readonly name: string;
  readonly lines: number;
  /** Sums of class 甲, 乙, 丙, and of lines without class. */
  readonly classA: Fen;
  readonly classB: Fen;
  readonly classC: Fen;
  readonly noClass: Fen;
}

export interface FundTable {
  readonly rows: readonly { readonly code: string; readonly name: string; readonly amount: Fen; readonly steps: readonly string[] }[];
  /** 基金支付合计, without the personal account. */
  readonly total: Fen;
  /** The same sum in the reading of a division that counts the account in; null elsewhere. */
  readonly totalWithAccount: Fen | null;
}

export interface SumRow {
  readonly label: string;
  readonly amount: Fen;
  /** How the amount comes about, in figures that stand on the sheet. */
  readonly how: string;
  /** 1 is part of the row above. */
  readonly level: 0 | 1;
}

export interface LineGroup {
  readonly name: string;
  readonly lines: readonly PrintedLine[];
  readonly total: Split;
}

export interface PrintedLine extends Split {
  readonly date: string;
  readonly name: string;
  readonly level: string;
  readonly cnt: string;
  readonly pric: string;
  /** Price cap, empty where there is none. */
  readonly cap: string;
  /** 先行自付比例 as a percentage, empty where there is none. */
  readonly prop: string;
}
