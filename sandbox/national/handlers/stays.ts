import { dateOf } from '../../../domain/calendar';
import type { Call, Handler } from '../call';
import { extensionOf } from '../extension';
import { must } from '../refusal';
import { entitlementReason, insuranceOf, personByCredential } from '../registers';
import { finalSettlementOf, hasLiveSettlement } from '../settlements';
import { nextNumber, type Db } from '../store';
import {
  checkDiagnoses,
  mustNotBeCancelled,
  mustNotLieInHospital,
  openVisitOf,
  visitOf,
  writeDiagnoses,
  type Visit,
} from '../visits';

const ACCIDENT = '22';
/** Member of expContent that carries the filing number of an accident (外伤备案号). */
const ACCIDENT_FILING = 'accident_filing_no';

/** 2401: opens the stay. */
export const admit: Handler<'2401'> = (call) => {
  const { mdtrtinfo, diseinfo } = call.input;
  const { db, institution } = call;
  const credential = { ...mdtrtinfo, card_sn: undefined };
  const person = personByCredential(db, credential, { fixmedinsCode: institution.fixmedins_code, now: call.now });
  must(person.psn_no === mdtrtinfo.psn_no, '[就诊管理]就诊凭证与人员编号不是同一人');
  mustNotLieInHospital(db, person.psn_no);
  const reason = entitlementReason(
    insuranceOf(db, person.psn_no, mdtrtinfo.insutype, call.insuplcAdmdvs),
    mdtrtinfo.begntime,
  );
  must(reason === null, `[待遇检查]${reason ?? ''}`);
  must(
    mdtrtinfo.med_type !== ACCIDENT || extensionOf(mdtrtinfo.expContent)[ACCIDENT_FILING],
    '[就诊管理]外伤住院须先办理外伤备案，备案号不能为空',
  );
  checkDiagnoses(diseinfo, { psnNo: person.psn_no });
  mustBeFreeNumber(call, mdtrtinfo.ipt_no);
  const mdtrtId = nextNumber(db, 'mdtrt_id', { admdvs: institution.admdvs, now: call.now, digits: 8 });
  db.prepare(
    `INSERT INTO visit (mdtrt_id, fixmedins_code, psn_no, insutype, insuplc_admdvs, med_type, ipt_no, begntime, endtime,
       state, msgid, form, discharge_form) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, 'open', ?, ?, NULL)`,
  ).run(
    mdtrtId,
    institution.fixmedins_code,
    person.psn_no,
    mdtrtinfo.insutype,
    call.insuplcAdmdvs,
    mdtrtinfo.med_type,
    mdtrtinfo.ipt_no,
    mdtrtinfo.begntime,
    call.msgid,
    JSON.stringify(mdtrtinfo),
  );
  writeDiagnoses(db, mdtrtId, '1', diseinfo);
  return { output: { result: { mdtrt_id: mdtrtId } } };
};

/** 2402: closes the stay, before or after the settlement as the division wants it. */
export const discharge: Handler<'2402'> = (call) => {
  const { dscginfo, diseinfo } = call.input;
  const { db } = call;
  const visit = openVisitOf(call, dscginfo.mdtrt_id, dscginfo.psn_no);
  must(visit.insutype === dscginfo.insutype, '[就诊管理]险种类型与就诊登记不一致');
  must(dscginfo.endtime >= visit.begntime, '[就诊管理]出院时间早于入院时间');
  const lastFee = db
    .prepare<[string], { day: string | null }>('SELECT max(fee_ocur_time) AS day FROM line WHERE mdtrt_id = ?')
    .get(visit.mdtrt_id)?.day;
  must(!lastFee || dateOf(lastFee) <= dateOf(dscginfo.endtime), '[就诊管理]存在费用发生时间晚于出院日期的费用明细');
  must(
    !call.profile.settleBeforeDischarge || finalSettlementOf(db, visit.mdtrt_id),
    '[就诊管理]本统筹区须先办理结算，再办理出院',
  );
  checkDiagnoses(diseinfo, { psnNo: visit.psn_no, mdtrtId: visit.mdtrt_id });
  db.prepare("UPDATE visit SET state = 'discharged', endtime = ?, discharge_form = ? WHERE mdtrt_id = ?").run(
    dscginfo.endtime,
    JSON.stringify(dscginfo),
    visit.mdtrt_id,
  );
  writeDiagnoses(db, visit.mdtrt_id, '2', diseinfo);
  return { output: {} };
};

/** 2403: replaces what was sent at admission; the last one holds. */
export const amendAdmission: Handler<'2403'> = (call) => {
  const { adminfo, diseinfo } = call.input;
  const { db } = call;
  const visit = openVisitOf(call, adminfo.mdtrt_id, adminfo.psn_no);
  must(visit.ipt_no === adminfo.ipt_otp_no, '[就诊管理]住院号与就诊登记不一致');
  must(!hasLiveSettlement(db, visit.mdtrt_id) || visit.med_type === adminfo.med_type, '[就诊管理]已有结算，不能变更医疗类别');
  must(
    adminfo.med_type !== ACCIDENT || extensionOf(adminfo.expContent)[ACCIDENT_FILING],
    '[就诊管理]外伤住院须先办理外伤备案，备案号不能为空',
  );
  const firstFee = db
    .prepare<[string], { day: string | null }>('SELECT min(fee_ocur_time) AS day FROM line WHERE mdtrt_id = ?')
    .get(visit.mdtrt_id)?.day;
  must(!firstFee || dateOf(adminfo.begntime) <= dateOf(firstFee), '[就诊管理]入院时间晚于已上传费用的发生时间');
  checkDiagnoses(diseinfo, { psnNo: visit.psn_no, mdtrtId: visit.mdtrt_id });
  db.prepare('UPDATE visit SET begntime = ?, med_type = ?, form = ? WHERE mdtrt_id = ?').run(
    adminfo.begntime,
    adminfo.med_type,
    JSON.stringify({ ...(JSON.parse(visit.form) as object), ...adminfo }),
    visit.mdtrt_id,
  );
  writeDiagnoses(db, visit.mdtrt_id, '1', diseinfo);
  return { output: {} };
};

/** 2404: undoes the admission once nothing else hangs on it. */
export const cancelAdmission: Handler<'2404'> = (call) => {
  const { data } = call.input;
  cancelVisit(call.db, openVisitOf(call, data.mdtrt_id, data.psn_no));
  return { output: {} };
};

/** Takes an open stay back. Throws Refusal while settlements or fee lines hang on it. */
export function cancelVisit(db: Db, visit: Visit): void {
  must(!hasLiveSettlement(db, visit.mdtrt_id), '[就诊管理]该就诊已有结算，请先撤销结算');
  const lines = db.prepare('SELECT 1 FROM line WHERE mdtrt_id = ? LIMIT 1').get(visit.mdtrt_id);
  must(!lines, '[就诊管理]存在未撤销的费用明细，请先撤销费用明细');
  db.prepare("UPDATE visit SET state = 'cancelled' WHERE mdtrt_id = ?").run(visit.mdtrt_id);
}

/** 2405: opens a discharged stay again. */
export const cancelDischarge: Handler<'2405'> = (call) => {
  const { data } = call.input;
  const { db } = call;
  const visit = visitOf(call, db, data.mdtrt_id, data.psn_no);
  mustNotBeCancelled(visit);
  must(visit.state === 'discharged', '[就诊管理]该人员未办理出院');
  must(
    call.profile.settleBeforeDischarge || !finalSettlementOf(db, visit.mdtrt_id),
    '[就诊管理]该就诊已结算，请先撤销结算',
  );
  mustNotLieInHospital(db, visit.psn_no);
  db.prepare("UPDATE visit SET state = 'open', endtime = NULL, discharge_form = NULL WHERE mdtrt_id = ?").run(visit.mdtrt_id);
  writeDiagnoses(db, visit.mdtrt_id, '2', []);
  return { output: {} };
};

function mustBeFreeNumber({ db, institution, profile }: Call, iptNo: string): void {
  const used = db
    .prepare<[string, string], { state: string }>('SELECT state FROM visit WHERE fixmedins_code = ? AND ipt_no = ?')
    .all(institution.fixmedins_code, iptNo);
  const taken = profile.reopenCancelledAdmission ? used.some((visit) => visit.state !== 'cancelled') : used.length > 0;
  must(!taken, `[就诊管理]住院号[${iptNo}]已存在，不能重复登记`);
}
