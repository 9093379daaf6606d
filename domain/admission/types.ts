import type { Fen } from '../money';

export type { CommandEnvelope, CommandResult, Refusal } from '../commands';

/** Where a stay stands (住院阶段). */
export type Stage =
  | 'opened' // 已建 – nothing at the centre yet
  | 'admitted' // 在院
  | 'selfPay' // 自费住院 – entitlement was refused; in the hospital
  | 'discharged' // 已出院, not settled
  | 'settled' // 已结算
  | 'cancelled' // 已撤销
  | 'refused'; // 未受理

/** A credential (就诊凭证) as a transaction carries it. `type` is mdtrt_cert_type: 01 e-voucher (ecToken), 02 ID card, 03 social-security card. */
export interface NumberedCredential {
  readonly type: '01' | '02' | '03';
  readonly no: string;
  readonly cardSn?: string;
}

/** The QR code of an e-voucher (电子凭证二维码) as the scanner read it. It works once, for about a minute; 1162 makes it an ecToken. */
export interface ScannedCredential {
  readonly type: '01';
  readonly qrCode: string;
}

/** What a person presents. */
export type Credential = NumberedCredential | ScannedCredential;

/** The money of one settlement or pre-settlement, fen, member for member as SETLINFO names it. */
export interface SettlementAmounts {
  readonly medfee_sumamt: Fen;
  readonly fulamt_ownpay_amt: Fen;
  readonly overlmt_selfpay: Fen;
  readonly preselfpay_amt: Fen;
  readonly inscp_scp_amt: Fen;
  readonly act_pay_dedc: Fen;
  readonly hifp_pay: Fen;
  readonly cvlserv_pay: Fen;
  readonly hifes_pay: Fen;
  readonly hifmi_pay: Fen;
  readonly hifob_pay: Fen;
  readonly hifdm_pay: Fen;
  readonly maf_pay: Fen;
  readonly oth_pay: Fen;
  /** Always the outside reading: without the personal account. */
  readonly fund_pay_sumamt: Fen;
  readonly psn_part_amt: Fen;
  readonly acct_pay: Fen;
  readonly acct_mulaid_pay: Fen;
  readonly psn_cash_pay: Fen;
  readonly hosp_part_amt: Fen;
  /** Personal account balance after the settlement. */
  readonly balc: Fen;
}

/** `selfPay`: made here without the centre, all of it in cash; final as well. */
export type SettlementKind = 'interim' | 'final' | 'selfPay';

export interface SettlementRef extends SettlementAmounts {
  /** The centre's number; ours (ZF…) for a self-pay settlement. */
  readonly setlId: string;
  /** Of the message that made it; a self-pay settlement, which sends none, carries its own number. */
  readonly msgid: string;
  readonly kind: SettlementKind;
  readonly setlTime: string;
  /** Deposit applied to the cash part, fen. */
  readonly depositApplied: Fen;
  /** Deposit paid back at settlement, fen. */
  readonly depositRefund: Fen;
  /** Cash still to be taken from the patient, fen. */
  readonly topUp: Fen;
}

export type ListState = 'none' | 'uploaded' | 'submitted';

/** Commands of an admission; each is an Update (and a Signal) of the workflow by this name. */
export const ADMISSION_COMMANDS = [
  'admit', // 入院登记
  'recordDeposit', // 收预交金
  'refundDeposit', // 退预交金
  'uploadFees', // 费用上传
  'withdrawFees', // 费用撤销
  'amendAdmission', // 信息变更
  'preSettle', // 预结算
  'revokePreSettlement', // 撤销预结算
  'discharge', // 出院办理
  'settle', // 结算
  'settleSelfPay', // 自费结算
  'acceptAmounts', // 确认金额差异
  'cancelSettlement', // 结算撤销
  'cancelDischarge', // 出院撤销
  'cancelAdmission', // 入院撤销
  'submitList', // 结算清单上传并提交
  'withdrawList', // 结算清单撤回
  'resolveUnknown', // 不明结果处置
] as const;
export type AdmissionCommand = (typeof ADMISSION_COMMANDS)[number];
