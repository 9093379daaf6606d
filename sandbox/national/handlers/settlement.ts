import { dateOf } from '../../../domain/calendar';
import type { Input2303Data } from '../../../schemas/national/generated/2303';
import type { Output2304Setlinfo } from '../../../schemas/national/generated/2304';
import type { Profile } from '../../../schemas/national/profile';
import { bookEffects } from '../accumulators';
import { profileAmounts } from '../amounts';
import type { Call, Handler } from '../call';
import { computeFor, type Computed } from '../computation';
import { extensionOf } from '../extension';
import { unsettledLines, type UnsettledLines } from '../lines';
import { must } from '../refusal';
import { personByCredential, personOf, type Person } from '../registers';
import { finalSettlementOf, insertSettlement, settlementByMessage, type NewSettlement } from '../settlements';
import { nextNumber } from '../store';
import { mustNotBeCancelled, visitOf, type Visit } from '../visits';

const INPATIENT = '21';
/** 单病种住院 (med_type) and 按病种结算 (psn_setlway): paid by disease. */
const SINGLE_DISEASE = '26';
const BY_DISEASE = '0201';

interface Prepared {
  readonly visit: Visit;
  readonly person: Person;
  readonly lines: UnsettledLines;
  readonly computed: Computed;
  readonly interim: boolean;
  /** 病种编码, where the division takes one. */
  readonly diseaseCode: string | undefined;
  /** `yyyy-MM-dd`. */
  readonly day: string;
}

/** 2303: computes, books nothing. */
export const preSettle: Handler<'2303'> = (call) => {
  const prepared = prepare(call, call.input.data, null);
  const { setl_id: _, ...setlinfo } = answer(call, prepared, call.input.data, { setlId: '', setlTime: undefined });
  return { output: { setlinfo: { ...setlinfo, clr_way: undefined }, setldetail: prepared.computed.result.funds } };
};

/** 2304: books the settlement, the accumulators and the accounts. */
export const settle: Handler<'2304'> = (call) => {
  const { data } = call.input;
  const { db, institution } = call;
  const before = call.repeated ? settlementByMessage(db, call.msgid) : undefined;
  const again = before?.refd_setl_flag === '0' ? before.setl_id : null;
  const prepared = prepare(call, data, again);
  const { visit, computed, lines, diseaseCode } = prepared;
  const { amounts } = computed.result;
  const setlId = nextNumber(db, 'setl_id', { admdvs: institution.admdvs, now: call.now, digits: 8 });
  const effects = {
    change: computed.result.change,
    personal: amounts.acct_pay,
    family: amounts.acct_mulaid_pay,
    stay: computed.result.stay,
  };
  bookEffects(db, { psnNo: visit.psn_no, insutype: visit.insutype, year: computed.year }, effects);
  const settled: NewSettlement = {
    setl_id: setlId,
    mdtrt_id: visit.mdtrt_id,
    fixmedins_code: institution.fixmedins_code,
    psn_no: visit.psn_no,
    insutype: visit.insutype,
    msgid: call.msgid,
    infno: call.sentInfno,
    mid_setl_flag: data.mid_setl_flag,
    year: computed.year,
    setl_time: call.nowText,
    line_count: lines.count,
    clr_type: INPATIENT,
    clr_way: institution.clr_way,
    clr_optins: institution.admdvs,
    amounts,
    setldetail: computed.result.funds,
    effects,
    info: {
      psn_type: computed.insurance.psn_type,
      cvlserv_flag: computed.insurance.cvlserv_flag,
      mdtrt_cert_type: data.mdtrt_cert_type,
      psn_setlway: data.psn_setlway,
      pool_prop_selfpay: computed.result.poolPropSelfpay,
      policyVersion: computed.result.policyVersion,
      ...(data.invono === undefined ? {} : { invono: data.invono }),
      ...(diseaseCode === undefined ? {} : { dise_codg: diseaseCode }),
      enddate: prepared.day,
      opter: call.opter,
      opterName: call.opterName,
    },
  };
  insertSettlement(db, settled);
  db.prepare('UPDATE line SET setl_id = ? WHERE mdtrt_id = ? AND setl_id IS NULL').run(setlId, visit.mdtrt_id);
  const setlinfo = answer(call, prepared, data, { setlId, setlTime: call.nowText });
  return { output: { setlinfo, setldetail: computed.result.funds } };
};

/** Checks shared by both; `again` names a settlement whose lines a repeated message books a second time. */
function prepare(call: Call, data: Input2303Data, again: string | null): Prepared {
  const { db, institution, profile } = call;
  const visit = visitOf(call, db, data.mdtrt_id, data.psn_no);
  mustNotBeCancelled(visit);
  must(visit.insutype === data.insutype, '[结算]险种类型与就诊登记不一致');
  const interim = data.mid_setl_flag === '1';
  must(again !== null || !finalSettlementOf(db, visit.mdtrt_id), '[结算]该就诊已结算，不能重复结算');
  if (interim) must(visit.state === 'open', '[结算]中途结算须在出院办理之前');
  else if (call.infno === '2304') mustBeInOrder(visit, profile.settleBeforeDischarge);
  const person = personOf(db, visit.psn_no);
  const presented = personByCredential(db, data, { fixmedinsCode: institution.fixmedins_code, now: call.now });
  must(presented.psn_no === visit.psn_no, '[结算]就诊凭证与住院登记不是同一人');
  const diseaseCode = diseaseCodeOf(profile, data);
  must(diseaseCode !== undefined || !wantsDiseaseCode(profile, visit, data), '[结算]按病种结算须上传病种编码');
  const lines = unsettledLines(db, visit.mdtrt_id, again);
  must(lines.count > 0 && lines.lastFee !== null, '[结算]没有待结算的费用明细');
  must(
    lines.sums.medfee_sumamt === data.medfee_sumamt,
    '[结算]医疗费总额与已上传费用明细合计不一致',
  );
  mustAgree(data, lines);
  const day = visit.endtime ? dateOf(visit.endtime) : (data.dscg_time ?? dateOf(lines.lastFee));
  must(!visit.endtime || !data.dscg_time || data.dscg_time === day, '[结算]出院时间与出院登记不一致');
  must(day >= dateOf(visit.begntime), '[结算]出院时间早于入院时间');
  const computed = computeFor(db, {
    visit,
    lines,
    institution,
    acctUsedFlag: data.acct_used_flag === '1' ? '1' : '0',
    day,
    driftFen: call.driftFen,
  });
  return { visit, person, lines, computed, interim, diseaseCode, day };
}

function diseaseCodeOf({ settlementDiseaseCode: member }: Profile, data: Input2303Data): string | undefined {
  if (member === 'dise_codg') return data.dise_codg;
  const code = member === 'expContent' ? extensionOf(data.expContent)['dise_codg'] : undefined;
  return typeof code === 'string' && code !== '' ? code : undefined;
}

function wantsDiseaseCode({ settlementDiseaseCode }: Profile, visit: Visit, data: Input2303Data): boolean {
  return settlementDiseaseCode !== 'none' && (visit.med_type === SINGLE_DISEASE || data.psn_setlway === BY_DISEASE);
}

function mustBeInOrder(visit: Visit, settleBeforeDischarge: boolean): void {
  if (settleBeforeDischarge) must(visit.state === 'open', '[结算]该人员已办理出院，本统筹区须先结算后出院');
  else must(visit.state === 'discharged', '[结算]该人员尚未办理出院，不能结算');
}

/** The split amounts are optional; what is sent must be right. */
function mustAgree(data: Input2303Data, { sums }: UnsettledLines): void {
  const sent = [
    [data.fulamt_ownpay_amt, sums.fulamt_ownpay_amt, '全自费金额'],
    [data.overlmt_selfpay, sums.overlmt_selfpay, '超限价金额'],
    [data.preselfpay_amt, sums.preselfpay_amt, '先行自付金额'],
    [data.inscp_scp_amt, sums.inscp_scp_amt, '符合政策范围金额'],
  ] as const;
  for (const [given, ours, name] of sent) must(given === undefined || given === ours, `[结算]${name}与费用明细合计不一致`);
}

function answer(
  call: Call,
  prepared: Prepared,
  data: Input2303Data,
  of: { setlId: string; setlTime: string | undefined },
): Output2304Setlinfo {
  const { visit, person, computed } = prepared;
  return {
    mdtrt_id: visit.mdtrt_id,
    setl_id: of.setlId,
    psn_no: person.psn_no,
    psn_name: person.psn_name,
    psn_cert_type: person.psn_cert_type,
    certno: person.certno,
    gend: person.gend,
    naty: person.naty,
    brdy: person.brdy,
    insutype: visit.insutype,
    psn_type: computed.insurance.psn_type,
    cvlserv_flag: computed.insurance.cvlserv_flag,
    setl_time: of.setlTime,
    mdtrt_cert_type: data.mdtrt_cert_type,
    med_type: visit.med_type,
    ...profileAmounts(call.profile, computed.result.amounts),
    pool_prop_selfpay: computed.result.poolPropSelfpay,
    medins_setl_id: call.msgid,
    clr_optins: call.institution.admdvs,
    clr_way: call.institution.clr_way,
    clr_type: INPATIENT,
  };
}
