import type { EntityManager } from 'typeorm';
import type { AmendPayload, DischargePayload, ReasonPayload } from '../../domain/admission/payloads';
import { isSelfPay } from '../../domain/admission/state';
import type { StepInput, StepOutcome } from '../../domain/admission/steps';
import type { Input2402, Input2403 } from '../../schemas/national/generated';
import { Admission } from '../../store/entities';
import { book } from './book';
import { commitAlone } from './commit';
import { admissionId, admitted, type RegisterDeps } from './context';
import { payBackDeposit } from './deposits';

type Done = Extract<StepOutcome, { kind: 'done' }>;

/** 出院办理 2402: closes the stay for fee lines; a self-pay stay is closed here alone. A lost answer is settled by 5303. */
export async function discharge(deps: RegisterDeps, input: StepInput<DischargePayload>): Promise<StepOutcome> {
  const { form, diagnoses, endtime } = input.payload;
  const conclude = async (): Promise<Done> => ({ kind: 'done', events: [{ type: 'discharged', endtime, at: deps.now() }], result: { endtime } });
  if (isSelfPay(input.state)) return commitAlone(deps, input, 'discharge', conclude);
  const { personNo, mdtrtId } = admitted(input.state);
  return book(
    deps,
    input,
    {
      step: 'discharge',
      infno: '2402',
      input: {
        dscginfo: { ...form, mdtrt_id: mdtrtId, psn_no: personNo, insutype: input.state.insutype, endtime },
        diseinfo: diagnoses.map((diagnosis) => ({ ...diagnosis, mdtrt_id: mdtrtId, psn_no: personNo })),
      } as unknown as Input2402,
      repeat: false,
      refusalText: '医保中心未受理出院办理。',
    },
    conclude,
  );
}

/** 出院撤销 2405: the stay is open again. A lost answer is settled by 5303. */
export async function cancelDischarge(deps: RegisterDeps, input: StepInput<ReasonPayload>): Promise<StepOutcome> {
  const conclude = async (): Promise<Done> => ({ kind: 'done', events: [{ type: 'dischargeCancelled' }], result: {} });
  if (isSelfPay(input.state)) return commitAlone(deps, input, 'cancelDischarge', conclude);
  const { personNo, mdtrtId } = admitted(input.state);
  return book(
    deps,
    input,
    {
      step: 'cancelDischarge',
      infno: '2405',
      input: { data: { mdtrt_id: mdtrtId, psn_no: personNo } },
      repeat: false,
      refusalText: '医保中心未受理出院撤销。',
    },
    conclude,
  );
}

/**
 * 入院撤销 2404, what is left of the deposit paid back; a self-pay stay has nothing at the centre and ends here. A lost
 * answer is settled by 5303.
 */
export async function cancelAdmission(deps: RegisterDeps, input: StepInput<ReasonPayload>): Promise<StepOutcome> {
  if (isSelfPay(input.state)) return commitAlone(deps, input, 'cancelAdmission', (manager) => endCancelled(manager, deps, input));
  const { personNo, mdtrtId } = admitted(input.state);
  return book(
    deps,
    input,
    {
      step: 'cancelAdmission',
      infno: '2404',
      input: { data: { mdtrt_id: mdtrtId, psn_no: personNo } },
      repeat: false,
      refusalText: '医保中心未受理入院撤销。',
    },
    (_answer, manager) => endCancelled(manager, deps, input),
  );
}

/** What goes with a cancelled admission, however it became known. */
export async function endCancelled(
  manager: EntityManager,
  deps: RegisterDeps,
  input: StepInput,
): Promise<Done> {
  const refunds = await payBackDeposit(manager, deps, input);
  return {
    kind: 'done',
    events: [...refunds, { type: 'admissionCancelled' }],
    result: { stage: 'cancelled', depositRefundedFen: input.state.deposit },
  };
}

/** 住院信息变更 2403; the last write holds, so a lost answer is simply sent again. */
export async function amendAdmission(deps: RegisterDeps, input: StepInput<AmendPayload>): Promise<StepOutcome> {
  const { state, payload } = input;
  const { personNo, mdtrtId } = admitted(state);
  const id = admissionId(state);
  const row = await deps.store.read((manager) => manager.findOneByOrFail(Admission, { id }));
  const kept = row.form as { form: Record<string, unknown>; diagnoses: unknown; credentialType: string };
  const form = { ...kept.form, ...payload.form };
  return book(
    deps,
    input,
    {
      step: 'amendAdmission',
      infno: '2403',
      input: {
        adminfo: {
          ...form,
          mdtrt_id: mdtrtId,
          psn_no: personNo,
          begntime: state.begntime,
          mdtrt_cert_type: kept.credentialType,
          med_type: state.medType,
          ipt_otp_no: state.iptNo,
        },
        diseinfo: payload.diagnoses.map((diagnosis) => ({ ...diagnosis, mdtrt_id: mdtrtId, psn_no: personNo })),
      } as unknown as Input2403,
      repeat: true,
      refusalText: '医保中心未受理信息变更。',
    },
    async (_answer, manager) => {
      await manager.update(Admission, { id }, { form: { ...kept, form, diagnoses: payload.diagnoses } });
      return { kind: 'done', events: [{ type: 'amended' }], result: {} };
    },
  );
}
