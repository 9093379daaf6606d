import type { LineKind } from '../clearing/entry';
import type { FundKey } from '../clearing/funds';
import type { Fen } from '../money';
import type { UseLevel } from '../xr-prepayment/use-rate';
import type { DocumentKind } from './kinds';

/**
 * Frozen data of each kind: what a document was issued with, as it is stored and hashed. Amounts carry their fund, so that a
 * form can refuse to add two of them.
 */

export interface FundAmount {
  readonly fund: FundKey;
  readonly fen: Fen;
}

/** A person of the system, as a document names them. `at` in epoch ms. */
export interface Signed {
  readonly name: string;
  readonly at: number;
}

/** 经办, 审核, 审批. */
export interface Signers {
  readonly made: Signed | null;
  readonly reviewed: Signed | null;
  readonly approved: Signed | null;
}

/** A division with its name as it was. */
export interface Place {
  readonly code: string;
  readonly name: string;
}

export interface Payee {
  readonly name: string;
  readonly bank: string;
  readonly accountNo: string;
}

/** What the documents of a clearing have in common. */
export interface ClearingHead {
  readonly office: Place;
  readonly batchId: string;
  /** yyyy-MM */
  readonly period: string;
  readonly round: number;
  readonly fund: FundKey;
  readonly insutype: string;
  readonly parametersVersion: number;
  /** yyyy-MM-dd: last business day that the window takes, last day to be reconciled. */
  readonly cutOff: string;
  readonly reconciledBy: string;
  readonly signers: Signers;
}

/** A line of a city's side: with whom, as what. `settlements` and `medfee` are of all funds of the insurance, shown and not owed. */
export interface ClearingRow {
  readonly peer: Place;
  readonly kind: LineKind;
  /** Parts of settlements that the fund owes. */
  readonly count: number;
  readonly settlements: number;
  readonly medfee: Fen;
  readonly amount: FundAmount;
}

export interface ClearingTableData extends ClearingHead {
  readonly city: Place;
  readonly rows: readonly ClearingRow[];
  /** What the city objected to and was taken out to a later window. */
  readonly movedOut: { readonly count: number; readonly amount: FundAmount };
  /** Of the payable side: what the city's prepayment pool holds; a note, never netted. */
  readonly prepaid: FundAmount | null;
  readonly confirmed: Signed | null;
}

export interface ClearingSummaryData extends ClearingHead {
  readonly rows: readonly { readonly city: Place; readonly payable: FundAmount; readonly receivable: FundAmount }[];
}

export interface NoticeData {
  readonly office: Place;
  readonly city: Place;
  readonly batchId: string;
  readonly period: string;
  readonly fund: FundKey;
  readonly rows: readonly { readonly peer: Place; readonly insutype: string; readonly amount: FundAmount }[];
  /** Null where no account was reviewed yet. */
  readonly payee: Payee | null;
  readonly dueDate: string;
  /** By what rule it is paid. */
  readonly basis: string;
  readonly contact: string | null;
  readonly signers: Signers;
}

export interface DisbursementOrderData {
  readonly office: Place;
  readonly orderNo: string;
  readonly batchId: string;
  readonly period: string;
  readonly fund: FundKey;
  readonly subject: string | null;
  readonly planNo: string | null;
  readonly payeeOffice: Place;
  readonly payee: Payee;
  readonly payable: FundAmount;
  readonly deduction: FundAmount;
  readonly reserve: FundAmount;
  readonly drawn: FundAmount;
  readonly due: FundAmount;
  readonly dueDate: string;
  readonly lines: readonly {
    readonly payableId: string;
    readonly receiving: Place;
    readonly insutype: string;
    readonly payable: FundAmount;
    readonly deduction: FundAmount;
    readonly reserve: FundAmount;
    readonly drawn: FundAmount;
    readonly due: FundAmount;
  }[];
  /** 审核, 审查, 审批. */
  readonly signers: Signers & { readonly inspected: Signed | null };
}

/** Per institution: what it is paid by a fund for a month. */
export interface DisbursementDetailData {
  readonly office: Place;
  readonly orderNo: string;
  readonly institution: Place;
  readonly period: string;
  readonly fund: FundKey;
  readonly rows: readonly {
    readonly insutype: string;
    readonly settlements: number;
    readonly medfee: Fen;
    readonly owed: FundAmount;
    readonly deduction: FundAmount;
    readonly reason: string;
  }[];
  readonly signers: Signers;
}

export const VOUCHER_KINDS = { annual: '年度上缴', emergency: '紧急调增', return: '调减退还' } as const;

export interface PrepayVoucherData {
  readonly office: Place;
  readonly city: Place;
  readonly kind: keyof typeof VOUCHER_KINDS;
  readonly orderNo: string;
  readonly year: number;
  readonly fund: FundKey;
  readonly quotaVersion: number;
  readonly caseNo: string;
  readonly quotaBefore: FundAmount;
  readonly quotaAfter: FundAmount;
  readonly paidBefore: FundAmount;
  /** Above zero; a return takes it away. */
  readonly amount: FundAmount;
  readonly payer: Place;
  readonly payeeOffice: Place;
  readonly payee: Payee;
  readonly dueDate: string;
  readonly signers: Signers;
}

export interface PrepayBalanceData {
  readonly office: Place;
  readonly period: string;
  readonly fund: FundKey;
  readonly rows: readonly {
    readonly city: Place;
    readonly opening: FundAmount;
    readonly paidIn: FundAmount;
    readonly used: FundAmount;
    readonly replenished: FundAmount;
    readonly returned: FundAmount;
    readonly closing: FundAmount;
    /** clearing ÷ held as `0.9312`; null where the pool held nothing. */
    readonly rate: string | null;
    readonly level: UseLevel;
  }[];
  readonly signers: Signers;
}

export interface MovedOutData extends Omit<ClearingHead, 'fund' | 'insutype' | 'parametersVersion' | 'cutOff' | 'reconciledBy'> {
  readonly fund: FundKey;
  readonly city: Place;
  /** A long list is several documents. */
  readonly part: number;
  readonly parts: number;
  readonly rows: readonly {
    readonly setlId: string;
    readonly insutype: string;
    readonly date: string;
    readonly institution: string;
    readonly amount: FundAmount;
    readonly reasonCode: string;
    readonly reason: string;
    /** yyyy-MM; null while nothing is decided, or the objection was not followed. */
    readonly movedTo: string | null;
  }[];
}

export interface ApprovalSheetData {
  readonly office: Place;
  readonly caseNo: string;
  readonly title: string;
  readonly status: string;
  /** Whether the case took effect: before, and after a refusal, the sheet is marked. */
  readonly effective: boolean;
  readonly round: number;
  readonly openedAt: number;
  readonly endedAt: number | null;
  /** What is personal is masked before it is frozen. */
  readonly form: readonly { readonly zh: string; readonly value: string; readonly changed: boolean; readonly before: string | null }[];
  readonly chain: readonly {
    readonly at: number;
    readonly step: string;
    readonly act: string;
    readonly by: string;
    readonly forWhom: string | null;
    readonly opinion: string;
    readonly round: number;
  }[];
}

/** The data of each kind. */
export interface DocumentData {
  readonly clearingPayable: ClearingTableData;
  readonly clearingReceivable: ClearingTableData;
  readonly clearingSummary: ClearingSummaryData;
  readonly paymentNotice: NoticeData;
  readonly receiptNotice: NoticeData;
  readonly disbursementOrder: DisbursementOrderData;
  readonly disbursementDetail: DisbursementDetailData;
  readonly prepayVoucher: PrepayVoucherData;
  readonly prepayBalance: PrepayBalanceData;
  readonly movedOut: MovedOutData;
  readonly approvalSheet: ApprovalSheetData;
}

/** A kind with its data. */
export type FrozenDocument = { [Kind in DocumentKind]: { readonly kind: Kind; readonly data: DocumentData[Kind] } }[DocumentKind];
