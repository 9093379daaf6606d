import type { EntityManager } from 'typeorm';
import type { AdmitPayload } from '../../domain/admission/payloads';
import type { LookOutcome, RefuseAdmissionPayload, ResolvePayload, StepInput, StepOutcome } from '../../domain/admission/steps';
import { currentKeyRing } from '../../runtime/keys';
import type { Input2401, Output1101, Output2001 } from '../../schemas/national/generated';
import { Admission } from '../../store/entities';
import { noteFinding } from '../national/resolve';
import { book } from './book';
import { columnsOf, commitAlone, findReceipt } from './commit';
import { admissionId, asOutcome, asUnreachable, callRepeating, refuse, workflowIdOf, type RegisterDeps } from './context';
import { decodeScanned, type Presented } from './credential';
import { endCancelled } from './discharge';

const STEP = 'admitPatient';

/**
 * 入院登记: who is it (1162 for a scanned code, 1101), what are they entitled to (2001), open the stay (2401).
 * A refused entitlement ends as a self-pay stay with the platform's reason.
 */
export async function admitPatient(deps: RegisterDeps, input: StepInput<AdmitPayload>): Promise<StepOutcome> {
  const before = await findReceipt(deps, input, STEP);
  if (before) return before;
  const { payload } = input;
  if (payload.medType === '22' && !payload.accidentFilingNo) {
    return endRefused(deps, input, refuse('ACCIDENT_NOT_FILED', '外伤住院须先办理外伤备案，并填写备案号。'));
  }
  const shown = await decodeScanned(deps, input, '01103', () => payload.form);
  if (shown.kind === 'presented') return admitPresented(deps, shown.input);
  return endRefused(deps, input, shown);
}

async function admitPresented(deps: RegisterDeps, input: StepInput<Presented<AdmitPayload>>): Promise<StepOutcome> {
  const { state, payload } = input;
  const workflowId = workflowIdOf(state);
  const person = await callRepeating(deps, input, workflowId, {
    step: 'person',
    infno: '1101',
    input: {
      data: {
        mdtrt_cert_type: payload.credential.type,
        mdtrt_cert_no: payload.credential.no,
        card_sn: payload.credential.cardSn,
        begntime: payload.begntime,
      },
    },
    onAnswer: async (outcome, manager) => {
      if (outcome.kind === 'settled') await openRow(manager, deps, input, outcome.output);
    },
  });
  if (person.kind === 'refused') {
    return endRefused(deps, input, asOutcome(deps, input, person, '1101', '就诊凭证未通过核验，请重新读取凭证。'));
  }
  if (person.kind !== 'settled') return asUnreachable(asOutcome(deps, input, person, '1101', ''));

  if (payload.certno !== undefined && payload.certno !== person.output.baseinfo.certno) {
    return endRefused(deps, input, refuse('PERSON_MISMATCH', '出示的凭证与登记的证件号码不是同一人，请核对。'));
  }
  const row = chooseInsurance(person.output, payload.insutype);
  if (!row) return endRefused(deps, input, refuse('INSURANCE_NOT_FOUND', '该人员没有参加此险种，不能按医保入院。'));
  const who = { personNo: person.output.baseinfo.psn_no, insuplcAdmdvs: row.insuplc_admdvs };

  const entitlement = await callRepeating(deps, input, workflowId, {
    step: 'entitlement',
    infno: '2001',
    psnNo: who.personNo,
    insuplcAdmdvs: who.insuplcAdmdvs,
    input: {
      data: {
        psn_no: who.personNo,
        insutype: payload.insutype,
        fixmedins_code: state.institution,
        med_type: payload.medType,
        begntime: payload.begntime,
      },
    },
  });
  if (entitlement.kind === 'unknown' || entitlement.kind === 'unreachable') {
    return asUnreachable(asOutcome(deps, input, entitlement, '2001', ''));
  }
  const reason = entitlement.kind === 'refused' ? entitlement.text : refusedEntitlement(entitlement.output);
  if (reason !== null) {
    return commitAlone(deps, input, STEP, async () => ({
      kind: 'done',
      events: [{ type: 'becameSelfPay', ...who, reason }],
      result: { stage: 'selfPay', reason },
    }));
  }
  return openStayAtCentre(deps, input, who);
}

async function openStayAtCentre(
  deps: RegisterDeps,
  input: StepInput<Presented<AdmitPayload>>,
  who: { personNo: string; insuplcAdmdvs: string },
): Promise<StepOutcome> {
  const refused = await book(
    deps,
    input,
    {
      step: STEP,
      infno: '2401',
      psnNo: who.personNo,
      insuplcAdmdvs: who.insuplcAdmdvs,
      input: buildAdmission(input, who.personNo),
      repeat: false,
      refusalText: '医保中心未受理入院登记。',
    },
    async (answer) => {
      const mdtrtId = answer.output.result.mdtrt_id;
      return {
        kind: 'done',
        events: [{ type: 'admitted', ...who, insutype: input.payload.insutype, mdtrtId, at: deps.now() }],
        result: { stage: 'admitted', mdtrt_id: mdtrtId, psn_no: who.personNo },
      };
    },
  );
  // After a lost answer a refusal may mean that the first attempt did happen; the workflow looks before the stay ends.
  return refused.kind === 'refused' && input.ordinal === 0 ? endRefused(deps, input, refused) : refused;
}

/** Ends a stay whose admission did not come about for a reason that no answer of the centre carried. */
export async function refuseAdmission(deps: RegisterDeps, input: StepInput<RefuseAdmissionPayload>): Promise<StepOutcome> {
  const { admit, refusal } = input.payload;
  return commitAlone(deps, input, 'refuseAdmission', async (manager) => {
    await openRow(manager, deps, { ...input, payload: admit }, null);
    return { kind: 'refused', refusal, events: [{ type: 'admissionRefused', refusal }] };
  });
}

async function endRefused(deps: RegisterDeps, input: StepInput<AdmitPayload>, refused: StepOutcome): Promise<StepOutcome> {
  if (refused.kind !== 'refused') return refused;
  return commitAlone(deps, input, STEP, async (manager) => {
    await openRow(manager, deps, input, null);
    return { ...refused, events: [{ type: 'admissionRefused', refusal: refused.refusal }] };
  });
}

function buildAdmission(input: StepInput<Presented<AdmitPayload>>, personNo: string): Input2401 {
  const { payload, state } = input;
  const extension = payload.accidentFilingNo ? { expContent: JSON.stringify({ accident_filing_no: payload.accidentFilingNo }) } : {};
  return {
    mdtrtinfo: {
      ...payload.form,
      ...extension,
      psn_no: personNo,
      insutype: payload.insutype,
      begntime: payload.begntime,
      mdtrt_cert_type: payload.credential.type,
      mdtrt_cert_no: payload.credential.no,
      med_type: payload.medType,
      ipt_no: state.iptNo,
    },
    diseinfo: payload.diagnoses.map((diagnosis) => ({ ...diagnosis, psn_no: personNo })),
  } as unknown as Input2401;
}

/**
 * The insuinfo row of the wanted insurance type, the one in force where there are several (paused ones are usual). Where
 * none is in force, the entitlement check says what that means.
 */
function chooseInsurance(output: Output1101, insutype: string): Output1101['insuinfo'][number] | undefined {
  const rows = output.insuinfo.filter((row) => row.insutype === insutype);
  return rows.find((row) => (row.psn_insu_stas ?? '1') === '1') ?? rows[0];
}

/** The reason why no fund is enjoyed, or null when at least one is (or the centre lists none). */
function refusedEntitlement(output: Output2001): string | null {
  const funds = output.trtinfo.filter((row) => row.trt_chk_type === '01');
  if (funds.length === 0 || funds.some((row) => row.trt_enjymnt_flag === '1')) return null;
  return funds[0]?.trt_chk_rslt ?? '待遇检查未通过';
}

/** The stay's row of the read model, with the person as 1101 named them; a repeat changes nothing but the person. */
async function openRow(manager: EntityManager, deps: RegisterDeps, input: StepInput<AdmitPayload>, person: Output1101 | null): Promise<void> {
  const { state, payload } = input;
  const id = admissionId(state);
  const insurance = person && chooseInsurance(person, payload.insutype);
  const identity = person
    ? {
        psn_no: person.baseinfo.psn_no,
        personKey: currentKeyRing().keyedHash(person.baseinfo.certno),
        patientName: person.baseinfo.psn_name,
        certno: person.baseinfo.certno,
        insuplc_admdvs: insurance?.insuplc_admdvs ?? null,
      }
    : {};
  const existing = await manager.findOneBy(Admission, { id });
  if (existing) {
    if (person) await manager.update(Admission, { id }, { ...identity, updatedAt: deps.now() });
    return;
  }
  await manager.insert(Admission, {
    ...columnsOf(state),
    patientName: null,
    certno: null,
    personKey: null,
    ...identity,
    id,
    institution: state.institution,
    ipt_no: state.iptNo,
    round: state.round,
    workflowId: workflowIdOf(state),
    profile: state.profile,
    form: { form: payload.form, diagnoses: payload.diagnoses, credentialType: payload.credential.type },
    createdAt: deps.now(),
    updatedAt: deps.now(),
  });
}

/**
 * 5303 after a lost 2401, 2402, 2404 or 2405: is the stay open at the centre? Commits the events when the lost
 * transaction turns out to have happened.
 */
export async function lookForStay(deps: RegisterDeps, input: StepInput<ResolvePayload & { original: unknown }>): Promise<LookOutcome> {
  const { state, payload } = input;
  const row = await deps.store.read((manager) => manager.findOneByOrFail(Admission, { id: admissionId(state) }));
  const who = { personNo: row.psn_no ?? '', insuplcAdmdvs: row.insuplc_admdvs ?? '' };
  const stays = await callRepeating(deps, input, workflowIdOf(state), {
    step: `look/${payload.infno}`,
    infno: '5303',
    psnNo: who.personNo,
    insuplcAdmdvs: who.insuplcAdmdvs,
    input: { data: { psn_no: who.personNo, begntime: state.begntime } },
  });
  if (stays.kind !== 'settled') return { kind: 'unclear', reason: stays.kind === 'refused' ? stays.text : stays.reason };
  const open = stays.output.data.find((stay) => stay.ipt_otp_no === state.iptNo);
  const happened = payload.infno === '2401' || payload.infno === '2405' ? open !== undefined : open === undefined;
  if (!happened) {
    await deps.store.write((manager) => noteFinding(manager, payload.msgid, 'absent'));
    return { kind: 'absent' };
  }
  const done = await commitAlone(deps, input, `found/${payload.infno}`, async (manager) => {
    await noteFinding(manager, payload.msgid, 'adopted');
    if (payload.infno === '2404') return endCancelled(manager, deps, input);
    return {
      kind: 'done',
      events: [eventOf(payload.infno, input, who, open?.mdtrt_id ?? '', deps.now())],
      result: { ...(open ? { mdtrt_id: open.mdtrt_id } : {}), foundBy: '5303' },
    };
  });
  return done.kind === 'done' ? { kind: 'found', events: done.events, result: done.result } : { kind: 'unclear', reason: done.refusal.message };
}

function eventOf(
  infno: string,
  input: StepInput<ResolvePayload & { original: unknown }>,
  who: { personNo: string; insuplcAdmdvs: string },
  mdtrtId: string,
  at: number,
) {
  switch (infno) {
    case '2401':
      return { type: 'admitted' as const, ...who, insutype: input.state.insutype, mdtrtId, at };
    case '2402':
      return { type: 'discharged' as const, endtime: (input.payload.original as { endtime: string }).endtime, at };
    case '2405':
      return { type: 'dischargeCancelled' as const };
    default:
      throw new Error(`5303 does not settle a lost ${infno}`);
  }
}
