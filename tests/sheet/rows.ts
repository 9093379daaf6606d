import { parseDateTime } from '../../domain/calendar';
import { fen } from '../../domain/money';
import type { Store } from '../../store/open-store';
import { Admission, Deposit, FeeLine, FeeUpload, Settlement, SettlementFund } from '../../store/entities';
import { linesOf, patientOf, sheetInput } from './fixture';

export const HOSPITAL = 'H99000000001';
export const STAY = 'SHEET1';
export const ADMISSION_ID = `${HOSPITAL}/${STAY}/1`;

/** Writes patient A as settled into a store, the lines in two uploads, and returns the settlement's row id. */
export async function insertSettledA(store: Store): Promise<number> {
  const input = sheetInput('A');
  const { patient, admission } = patientOf('A');
  const half = 5;
  return store.write(async (manager) => {
    await manager.insert(Admission, {
      id: ADMISSION_ID, institution: HOSPITAL, ipt_no: STAY, round: 1, workflowId: `admission/${HOSPITAL}/${STAY}`, stage: 'settled', profile: 'default',
      psn_no: input.stay.psnNo, personKey: null, patientName: patient.psn_name, certno: patient.certno, insutype: '310', insuplc_admdvs: '990100', med_type: '21',
      mdtrt_id: 'M1', admittedAt: input.stay.admittedAt, dischargedAt: input.stay.dischargedAt, waitsFor: '', dueAt: null, medfeeFen: fen(0), fundFen: fen(0),
      depositFen: fen(0), state: {}, form: { form: admission }, version: 1, createdAt: 0, updatedAt: 0,
    });
    const id = await insertSettlement(manager, 'S1', 'M-S1', input.settlement.setlTime);
    await manager.insert(SettlementFund, input.funds.map((fund, index) => ({
      settlementId: id, lineNo: index + 1, fund_pay_type: fund.fund_pay_type, fund_pay_type_name: fund.fund_pay_type_name, inscp_scp_amt: null, crt_payb_lmt_amt: null,
      fund_payamt: fund.fund_payamt, setl_proc_info: fund.setl_proc_info,
    })));
    for (const [upload, createdAt] of [['u1', '2026-11-02 18:00:00'], ['u2', '2026-11-10 18:00:00']] as const) {
      await manager.insert(FeeUpload, { id: upload, admissionId: ADMISSION_ID, source: 'csv', lineCount: half, state: 'done', createdAt: parseDateTime(createdAt) });
    }
    for (const [index, line] of linesOf('A').entries()) await insertLine(manager, index < half ? 'u1' : 'u2', index, line, id);
    await manager.insert(Deposit, input.deposits.map(({ commandId, kind, amountFen, method, receiptNo, at }) => ({
      admissionId: ADMISSION_ID, commandId, kind, amountFen, method: method as Deposit['method'], receiptNo, at,
    })));
    return id;
  });
}

type Manager = Parameters<Parameters<Store['write']>[0]>[0];

export async function insertSettlement(manager: Manager, setlId: string, msgid: string, setlTime: string, change: Partial<Settlement> = {}): Promise<number> {
  const { settlement, person } = sheetInput('A');
  const { setlId: _setlId, setlTime: _setlTime, cancelled: _cancelled, ...amounts } = settlement;
  const { identifiers } = await manager.insert(Settlement, {
    ...(amounts as object), admissionId: ADMISSION_ID, institution: HOSPITAL, setl_id: setlId, msgid, infno: '2304', kind: 'final', status: 'live',
    setl_time: setlTime, businessDate: setlTime.slice(0, 10), insutype: '310', clr_type: '21', clr_way: '10', clr_optins: '990100', hi_paymtd: null,
    raw: person, cancelledAt: null, cancelMsgid: null, cancelSetlId: null, ...change,
  });
  return Number(identifiers[0]?.['id']);
}

export async function insertLine(manager: Manager, uploadId: string, seq: number, line: ReturnType<typeof linesOf>[number], settlementId: number | null): Promise<void> {
  await manager.insert(FeeLine, {
    admissionId: ADMISSION_ID, uploadId, seq, feedetl_sn: line.feedetl_sn, init_feedetl_sn: null, fee_ocur_time: `${line.date} 08:00:00`, med_list_codg: 'C',
    medins_list_codg: 'X', medins_list_name: line.name, cnt: line.cnt, pric: line.pric, det_item_fee_sumamt: line.amount, detail: {}, state: 'uploaded',
    refusalCode: null, refusalText: null, pric_uplmt_amt: line.cap, selfpay_prop: line.selfpayProp, fulamt_ownpay_amt: line.fulamt, overlmt_amt: line.overlmt,
    preselfpay_amt: line.preselfpay, inscp_scp_amt: line.inscp, chrgitm_lv: line.level, med_chrgitm_type: line.category, settlementId, msgid: null,
  });
}

/** What a cancellation does to the rows. */
export async function cancelS1(store: Store, id: number): Promise<void> {
  await store.write(async (manager) => {
    await manager.update(Settlement, { id }, { status: 'cancelled', cancelledAt: parseDateTime('2026-11-19 10:00:00'), cancelMsgid: 'M-C1', cancelSetlId: 'R1' });
    await manager.update(FeeLine, { settlementId: id }, { settlementId: null });
    await manager.insert(Deposit, { admissionId: ADMISSION_ID, kind: 'restored', amountFen: fen(800_000), method: null, receiptNo: null, commandId: 'c1', at: '2026-11-19 10:00:00' });
  });
}
