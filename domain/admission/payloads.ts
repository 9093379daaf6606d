import type { Fen } from '../money';
import type { Credential } from './types';

/** Payloads of the admission commands. National member names stay as printed; our own members are camelCase. */

/** Free members of a national node, as the HIS supplies them (department, doctor, diagnosis …). */
export type FormFields = Readonly<Record<string, string | number | undefined>>;

export interface AdmitPayload {
  readonly credential: Credential;
  /** ID number that the HIS registered; the credential must name the same person. */
  readonly certno?: string;
  /** 险种类型 wanted; the insuinfo row of 1101 is chosen by it. */
  readonly insutype: string;
  readonly medType: string;
  readonly begntime: string;
  /** 2401 `mdtrtinfo` without person, insurance type, credential and dates. */
  readonly form: FormFields;
  /** 2401 `diseinfo` rows. */
  readonly diagnoses: readonly FormFields[];
  /** 外伤备案号: required when med_type is 22. */
  readonly accidentFilingNo?: string;
}

export interface DepositPayload {
  readonly amountFen: Fen;
  readonly method: 'cash' | 'card' | 'wechat' | 'alipay' | 'transfer';
  readonly receiptNo: string;
}

export interface UploadFeesPayload {
  readonly uploadId: string;
  readonly lineCount: number;
}

export interface WithdrawFeesPayload {
  readonly feedetlSns: readonly string[] | 'all';
}

export interface AmendPayload {
  readonly form: FormFields;
  readonly diagnoses: readonly FormFields[];
}

export interface PreSettlePayload {
  readonly credential: Credential;
  readonly psnSetlway: string;
  readonly acctUsedFlag: '0' | '1';
  readonly midSetlFlag: '0' | '1';
  /** 病种编码 of a stay that is paid by disease; the profile says whether and where it is sent. */
  readonly diseCodg?: string;
}

export interface SettlePayload extends PreSettlePayload {
  readonly invono?: string;
  /** Cash that the clerk announced to the patient, fen; another amount stops the settlement. */
  readonly expectedCashFen?: Fen;
}

/** A self-pay settlement asks no counterparty, so it needs no credential. */
export interface SettleSelfPayPayload {
  readonly invono?: string;
  /** Cash that the clerk announced to the patient, fen; another amount stops the settlement. */
  readonly expectedCashFen?: Fen;
}

export interface DischargePayload {
  readonly endtime: string;
  /** 2402 `dscginfo` without ids, insurance type and end time. */
  readonly form: FormFields;
  readonly diagnoses: readonly FormFields[];
}

export interface SettlementTarget {
  readonly setlId: string;
}

export interface CancelSettlementPayload extends SettlementTarget {
  readonly reason: string;
}

export interface ReasonPayload {
  readonly reason: string;
}

export interface SubmitListPayload extends SettlementTarget {
  /** 4101A `setlinfo` without person, visit and settlement ids. */
  readonly form: FormFields;
  readonly diagnoses: readonly FormFields[];
}

export interface ResolveUnknownPayload {
  readonly msgid: string;
  readonly decision: 'adopt' | 'abandon';
  /** The centre's settlement id, required to adopt; it comes from the day file. */
  readonly setlId?: string;
  readonly reason: string;
}

export interface AdmissionPayloads {
  admit: AdmitPayload;
  recordDeposit: DepositPayload;
  refundDeposit: DepositPayload;
  uploadFees: UploadFeesPayload;
  withdrawFees: WithdrawFeesPayload;
  amendAdmission: AmendPayload;
  preSettle: PreSettlePayload;
  revokePreSettlement: Record<string, never>;
  discharge: DischargePayload;
  settle: SettlePayload;
  settleSelfPay: SettleSelfPayPayload;
  acceptAmounts: SettlementTarget;
  cancelSettlement: CancelSettlementPayload;
  cancelDischarge: ReasonPayload;
  cancelAdmission: ReasonPayload;
  submitList: SubmitListPayload;
  withdrawList: SettlementTarget;
  resolveUnknown: ResolveUnknownPayload;
}
