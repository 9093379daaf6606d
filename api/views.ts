import { isSelfPay, type AdmissionState } from '../domain/admission/state';
import type { SettlementAmounts } from '../domain/admission/types';
import { maskIdNumber } from '../domain/identity';
import type { z } from 'zod';
import type { admissionSummary, admissionView, depositRow, feeRow, settlementView, timelineRow } from '../schemas/api/answers';
import type { Admission, Deposit, FeeLine, Settlement, TimelineEvent } from '../store/entities';

/** Rows of the read model in the shapes that callers see. */

const AMOUNTS: readonly (keyof SettlementAmounts)[] = [
  'medfee_sumamt', 'fulamt_ownpay_amt', 'overlmt_selfpay', 'preselfpay_amt', 'inscp_scp_amt', 'act_pay_dedc', 'hifp_pay',
  'cvlserv_pay', 'hifes_pay', 'hifmi_pay', 'hifob_pay', 'hifdm_pay', 'maf_pay', 'oth_pay', 'fund_pay_sumamt', 'psn_part_amt',
  'acct_pay', 'acct_mulaid_pay', 'psn_cash_pay', 'hosp_part_amt', 'balc',
];

export function amountsOf(amounts: SettlementAmounts): Record<string, number> {
  return Object.fromEntries(AMOUNTS.map((name) => [name, amounts[name]]));
}

export function viewSummary(row: Admission): z.input<typeof admissionSummary> {
  return {
    iptNo: row.ipt_no,
    round: row.round,
    stage: row.stage,
    selfPay: isSelfPay(stateOf(row)),
    patientName: row.patientName,
    insutype: row.insutype,
    medType: row.med_type,
    admittedAt: row.admittedAt,
    dischargedAt: row.dischargedAt,
    waitsFor: row.waitsFor,
    dueAt: row.dueAt,
    medfeeFen: row.medfeeFen,
    fundFen: row.fundFen,
    depositFen: row.depositFen,
    updatedAt: row.updatedAt,
  };
}

export function viewAdmission(row: Admission, settlements: readonly Settlement[]): z.input<typeof admissionView> {
  return {
    ...viewSummary(row),
    workflowId: row.workflowId,
    profile: row.profile,
    certnoMasked: row.certno === null ? null : maskIdNumber(row.certno),
    psnNo: row.psn_no,
    mdtrtId: row.mdtrt_id,
    insuplcAdmdvs: row.insuplc_admdvs,
    state: { ...stateOf(row) },
    settlements: settlements.map(viewSettlement),
  };
}

export function stateOf(row: Admission): AdmissionState {
  return row.state as AdmissionState;
}

export function viewSettlement(row: Settlement): z.input<typeof settlementView> {
  return {
    setlId: row.setl_id,
    msgid: row.kind === 'selfPay' ? null : row.msgid,
    kind: row.kind,
    status: row.status,
    setlTime: row.setl_time,
    amounts: amountsOf(row),
    depositAppliedFen: row.depositApplied,
    depositRefundFen: row.depositRefund,
    topUpFen: row.topUp,
  };
}

export function viewDeposit(row: Deposit): z.input<typeof depositRow> {
  return { kind: row.kind, amountFen: row.amountFen, method: row.method, receiptNo: row.receiptNo, at: row.at };
}

export function viewFeeLine(row: FeeLine): z.input<typeof feeRow> {
  const {
    feedetl_sn, init_feedetl_sn, fee_ocur_time, med_list_codg, medins_list_codg, medins_list_name, cnt, pric,
    det_item_fee_sumamt, state, refusalCode, refusalText, fulamt_ownpay_amt, overlmt_amt, preselfpay_amt, inscp_scp_amt,
    selfpay_prop, chrgitm_lv, med_chrgitm_type,
  } = row;
  return {
    feedetl_sn, init_feedetl_sn, fee_ocur_time, med_list_codg, medins_list_codg, medins_list_name, cnt, pric,
    det_item_fee_sumamt, state, refusalCode, refusalText, fulamt_ownpay_amt, overlmt_amt, preselfpay_amt, inscp_scp_amt,
    selfpay_prop, chrgitm_lv, med_chrgitm_type,
  };
}

export function viewEvent(row: TimelineEvent): z.input<typeof timelineRow> {
  return { seq: row.seq, at: row.at, kind: row.kind, text: row.text, commandId: row.commandId };
}
