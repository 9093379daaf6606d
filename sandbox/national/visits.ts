import type { Call } from './call';
import { must, Refusal } from './refusal';
import type { Db } from './store';

/** 就诊登记: one inpatient stay. */
export interface Visit {
  readonly mdtrt_id: string;
  readonly fixmedins_code: string;
  readonly psn_no: string;
  readonly insutype: string;
  readonly insuplc_admdvs: string;
  readonly med_type: string;
  readonly ipt_no: string;
  readonly begntime: string;
  readonly endtime: string | null;
  readonly state: 'open' | 'discharged' | 'cancelled';
  readonly msgid: string;
  /** JSON of mdtrtinfo as last sent. */
  readonly form: string;
  /** JSON of dscginfo, once discharged. */
  readonly discharge_form: string | null;
}

/** The stay that a message of this institution means. Throws Refusal when there is none, or it is another person's. */
export function visitOf(call: Call, view: Db, mdtrtId: string, psnNo: string): Visit {
  const visit = view.prepare<[string], Visit>('SELECT * FROM visit WHERE mdtrt_id = ?').get(mdtrtId);
  must(visit && visit.fixmedins_code === call.institution.fixmedins_code, '[就诊管理]未查询到就诊登记信息');
  must(visit.psn_no === psnNo, '[就诊管理]就诊登记人员与传入人员编号不一致');
  must(visit.insuplc_admdvs === call.insuplcAdmdvs, '[报文校验]参保地医保区划与就诊登记信息不符');
  return visit;
}

/** Like `visitOf`, and the stay is neither discharged nor cancelled. */
export function openVisitOf(call: Call, mdtrtId: string, psnNo: string): Visit {
  const visit = visitOf(call, call.db, mdtrtId, psnNo);
  mustNotBeCancelled(visit);
  must(visit.state === 'open', '[就诊管理]该人员已办理出院，不能办理此业务');
  return visit;
}

export function mustNotBeCancelled(visit: Visit): void {
  must(visit.state !== 'cancelled', '[就诊管理]该就诊登记已撤销');
}

/** The open stay of a person anywhere in the division, or undefined. */
export function openStayOf(view: Db, psnNo: string): Visit | undefined {
  return view.prepare<[string], Visit>("SELECT * FROM visit WHERE psn_no = ? AND state = 'open'").get(psnNo);
}

/** Throws Refusal, naming the other institution, when the person lies in hospital already. */
export function mustNotLieInHospital(db: Db, psnNo: string): void {
  const other = openStayOf(db, psnNo);
  if (!other) return;
  const institution = db
    .prepare<[string], { fixmedins_name: string }>('SELECT fixmedins_name FROM institution WHERE fixmedins_code = ?')
    .get(other.fixmedins_code);
  const name = `${institution?.fixmedins_name ?? ''}[${other.fixmedins_code}]`;
  throw new Refusal(`[就诊管理]该人员存在未出院的住院登记：已在${name}办理入院，住院号[${other.ipt_no}]，不能重复登记`);
}

/** Replaces the diagnoses of one kind: 1 admission, 2 discharge. */
export function writeDiagnoses(db: Db, mdtrtId: string, kind: '1' | '2', diagnoses: readonly object[]): void {
  db.prepare('DELETE FROM diagnosis WHERE mdtrt_id = ? AND inout_diag_type = ?').run(mdtrtId, kind);
  const insert = db.prepare('INSERT INTO diagnosis (mdtrt_id, inout_diag_type, seq, detail) VALUES (?, ?, ?, ?)');
  diagnoses.forEach((diagnosis, index) => insert.run(mdtrtId, kind, index + 1, JSON.stringify(diagnosis)));
}

/** Exactly one main diagnosis, all of this person. Throws Refusal otherwise. */
export function checkDiagnoses(
  diagnoses: readonly { psn_no: string; maindiag_flag: string; mdtrt_id?: string }[],
  of: { psnNo: string; mdtrtId?: string },
): void {
  must(diagnoses.length > 0, '[就诊管理]诊断信息不能为空');
  must(diagnoses.every((row) => row.psn_no === of.psnNo), '[就诊管理]诊断信息人员编号与就诊人员不一致');
  must(
    of.mdtrtId === undefined || diagnoses.every((row) => row.mdtrt_id === of.mdtrtId),
    '[就诊管理]诊断信息就诊ID与就诊登记不一致',
  );
  const main = diagnoses.filter((row) => row.maindiag_flag === '1').length;
  must(main === 1, main === 0 ? '[就诊管理]缺少主诊断' : '[就诊管理]主诊断只能有一条');
}
