import { ageOn, dateOf } from '../../../domain/calendar';
import { formatYuan } from '../../../domain/money';
import type { Handler } from '../call';
import { accumulatorsOf } from '../accumulators';
import { profileAmounts } from '../amounts';
import { linesOfSettlement } from '../lines';
import { must } from '../refusal';
import { identitiesOf, insurancesOf, personOf } from '../registers';
import { settlementById } from '../settlements';
import { visitOf, type Visit } from '../visits';

const LOCAL = '2';

/** 5201: visits of a person at this institution. */
export const queryVisits: Handler<'5201'> = (call) => {
  const { data } = call.input;
  const person = personOf(call.view, data.psn_no);
  const rows = call.view
    .prepare<[string, string, string, string, string], Visit>(
      `SELECT * FROM visit WHERE psn_no = ? AND fixmedins_code = ? AND med_type = ? AND begntime BETWEEN ? AND ?
          AND state <> 'cancelled' ORDER BY begntime`,
    )
    .all(data.psn_no, call.institution.fixmedins_code, data.med_type, data.begntime, data.endtime);
  const [insurance] = insurancesOf(call.view, data.psn_no);
  return {
    output: {
      mdtrtinfo: rows
        .filter((visit) => data.mdtrt_id === undefined || visit.mdtrt_id === data.mdtrt_id)
        .map((visit) => ({
          ...knownMembers(visit),
          mdtrt_id: visit.mdtrt_id,
          psn_no: visit.psn_no,
          psn_cert_type: person.psn_cert_type,
          certno: person.certno,
          psn_name: person.psn_name,
          gend: person.gend,
          brdy: person.brdy,
          age: String(ageOn(person.brdy, dateOf(visit.begntime))),
          insutype: visit.insutype,
          psn_type: insurance?.psn_type ?? '',
          maf_psn_flag: identitiesOf(call.view, visit.psn_no).length > 0 ? '1' : '0',
          begntime: visit.begntime,
          endtime: visit.endtime ?? undefined,
          med_type: visit.med_type,
          ipt_otp_no: visit.ipt_no,
          inhosp_stas: visit.state === 'open' ? '1' : '0',
        })),
    },
  };
};

/** What the institution itself sent about the stay and 5201 gives back. */
function knownMembers(visit: Visit): Record<string, string> {
  const sent = { ...(JSON.parse(visit.form) as object), ...(JSON.parse(visit.discharge_form ?? '{}') as object) };
  const names = [
    'medrcdno', 'atddr_no', 'chfpdr_name', 'adm_dept_codg', 'adm_dept_name', 'adm_bed', 'dscg_maindiag_code',
    'dscg_maindiag_name', 'dscg_dept_codg', 'dscg_dept_name', 'dscg_bed', 'dscg_way', 'mdtrt_cert_type',
  ];
  const known = Object.entries(sent).filter(([name, value]) => names.includes(name) && typeof value === 'string');
  return Object.fromEntries(known) as Record<string, string>;
}

/** 5202: diagnoses of a stay, admission first. */
export const queryDiagnoses: Handler<'5202'> = (call) => {
  const { data } = call.input;
  const visit = visitOf(call, call.view, data.mdtrt_id, data.psn_no);
  const rows = call.view
    .prepare<[string], { inout_diag_type: string; seq: number; detail: string }>(
      'SELECT inout_diag_type, seq, detail FROM diagnosis WHERE mdtrt_id = ? ORDER BY inout_diag_type, seq',
    )
    .all(visit.mdtrt_id);
  return {
    output: {
      diseinfo: rows.map((row) => ({
        ...(JSON.parse(row.detail) as { diag_type: string; diag_srt_no: number; diag_code: string; diag_name: string }),
        diag_info_id: `${visit.mdtrt_id}${row.inout_diag_type}${row.seq}`,
        mdtrt_id: visit.mdtrt_id,
        psn_no: visit.psn_no,
        inout_diag_type: row.inout_diag_type,
      })),
    },
  };
};

/** 5203: one settlement by its setl_id, live or refunded. Without the setl_id it finds nothing. */
export const querySettlement: Handler<'5203'> = (call) => {
  const { data } = call.input;
  const { view } = call;
  const settlement = settlementById(view, data.setl_id);
  must(
    settlement && settlement.psn_no === data.psn_no && settlement.fixmedins_code === call.institution.fixmedins_code,
    '[结算查询]未查询到结算信息',
  );
  const visit = visitOf(call, view, settlement.mdtrt_id, settlement.psn_no);
  must(data.mdtrt_id === undefined || data.mdtrt_id === visit.mdtrt_id, '[结算查询]未查询到结算信息');
  const person = personOf(view, settlement.psn_no);
  const { psn_part_amt, psn_cash_pay, hosp_part_amt: _, ...amounts } = profileAmounts(call.profile, settlement.amounts);
  return {
    output: {
      setlinfo: {
        setl_id: settlement.setl_id,
        mdtrt_id: settlement.mdtrt_id,
        psn_no: person.psn_no,
        psn_name: person.psn_name,
        psn_cert_type: person.psn_cert_type,
        certno: person.certno,
        gend: person.gend,
        brdy: person.brdy,
        insutype: settlement.insutype,
        psn_type: settlement.info.psn_type,
        cvlserv_flag: settlement.info.cvlserv_flag,
        pay_loc: LOCAL,
        fixmedins_code: settlement.fixmedins_code,
        fixmedins_name: call.institution.fixmedins_name,
        begndate: dateOf(visit.begntime),
        enddate: settlement.info.enddate,
        setl_time: settlement.setl_time,
        psn_setlway: settlement.info.psn_setlway,
        mdtrt_cert_type: settlement.info.mdtrt_cert_type,
        med_type: visit.med_type,
        clr_type: settlement.clr_type,
        clr_way: settlement.clr_way,
        clr_optins: settlement.clr_optins,
        ...amounts,
        pool_prop_selfpay: settlement.info.pool_prop_selfpay,
        psn_pay: psn_part_amt,
        cash_payamt: psn_cash_pay,
        medins_setl_id: settlement.msgid,
        refd_setl_flag: settlement.refd_setl_flag,
        year: settlement.year,
        invono: settlement.info.invono,
        opter_id: settlement.info.opter,
        opter_name: settlement.info.opterName,
        opt_time: settlement.setl_time,
      },
      setldetail: settlement.setldetail,
    },
  };
};

/** 5204: the lines that a settlement holds. */
export const queryLines: Handler<'5204'> = (call) => {
  const { data } = call.input;
  const visit = visitOf(call, call.view, data.mdtrt_id, data.psn_no);
  const lines = linesOfSettlement(call.view, data.setl_id).filter((line) => line.mdtrt_id === visit.mdtrt_id);
  return {
    output: {
      list: lines.map((line) => ({
        ...line.answer,
        mdtrt_id: line.mdtrt_id,
        setl_id: data.setl_id,
        fee_ocur_time: line.fee_ocur_time,
        med_type: visit.med_type,
        hilist_code: line.item.med_list_codg,
        hilist_name: line.item.name,
        list_type: LIST_TYPES[line.item.listType],
        med_list_codg: line.med_list_codg,
        medins_list_codg: line.sent.medins_list_codg,
        bilg_dept_codg: line.sent.bilg_dept_codg,
        bilg_dept_name: line.sent.bilg_dept_name,
        bilg_dr_codg: line.sent.bilg_dr_codg,
        bilg_dr_name: line.sent.bilg_dr_name,
        hosp_appr_flag: line.sent.hosp_appr_flag,
      })),
    },
  };
};

const LIST_TYPES = { drug: '101', service: '201', consumable: '301' } as const;

/** 5206: one row for each accumulator of the year that is not zero, amounts in yuan. */
export const queryAccumulators: Handler<'5206'> = (call) => {
  const { data } = call.input;
  const month = data.cum_ym ?? call.nowText.slice(0, 7).replace('-', '');
  const year = month.slice(0, 4);
  const insutypes = [...new Set(insurancesOf(call.view, data.psn_no).map((row) => row.insutype))];
  return {
    output: {
      cuminfo: insutypes.flatMap((insutype) => {
        const values = accumulatorsOf(call.view, { psnNo: data.psn_no, insutype, year });
        return CUM_TYPES.filter(({ name }) => values[name] !== 0).map(({ code, name }) => ({
          insutype,
          year,
          cum_ym: month,
          cum_type_code: code,
          cum: name === 'admissions' ? String(values[name]) : formatYuan(values[name]),
        }));
      }),
    },
  };
};

/** cum_type_code of this centre; the national list of values is not public. */
const CUM_TYPES = [
  { code: 'C0101', name: 'inScopeFen' },
  { code: 'C0102', name: 'poolFen' },
  { code: 'C0103', name: 'largeFen' },
  { code: 'C0104', name: 'burdenFen' },
  { code: 'C0105', name: 'seriousFen' },
  { code: 'C0106', name: 'aidFen' },
  { code: 'C0107', name: 'aidDeductibleFen' },
  { code: 'C0201', name: 'admissions' },
] as const;

/** 5303: open stays of a person, at whichever institution. */
export const queryOpenStays: Handler<'5303'> = (call) => {
  const { data } = call.input;
  const person = personOf(call.view, data.psn_no);
  const rows = call.view
    .prepare<[string, string, string], Visit>(
      `SELECT * FROM visit WHERE psn_no = ? AND state = 'open' AND begntime BETWEEN ? AND ? ORDER BY begntime`,
    )
    .all(data.psn_no, data.begntime, data.endtime ?? '9999-12-31 23:59:59');
  return {
    output: {
      data: rows.map((visit) => ({
        mdtrt_id: visit.mdtrt_id,
        psn_no: visit.psn_no,
        psn_cert_type: person.psn_cert_type,
        certno: person.certno,
        psn_name: person.psn_name,
        gend: person.gend,
        brdy: person.brdy,
        age: String(ageOn(person.brdy, dateOf(visit.begntime))),
        insutype: visit.insutype,
        begndate: dateOf(visit.begntime),
        med_type: visit.med_type,
        ipt_otp_no: visit.ipt_no,
        out_flag: '0',
      })),
    },
  };
};
