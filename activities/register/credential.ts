import type { FormFields } from '../../domain/admission/payloads';
import type { StepInput, StepOutcome } from '../../domain/admission/steps';
import type { Credential, NumberedCredential, ScannedCredential } from '../../domain/admission/types';
import type { CommandEnvelope } from '../../domain/commands';
import type { Input1162 } from '../../schemas/national/generated';
import { Admission } from '../../store/entities';
import { admissionId, asOutcome, callOnce, refuse, workflowIdOf, type RegisterDeps } from './context';

/** 用码业务类型 (businessType): what a code is shown for. */
export type CodeUse = '01103' | '01301';

/** 1162 wants the department in which the code is shown: the one that the patient lies in. */
type FormOfStay = () => FormFields | Promise<FormFields>;

type Presenting = { readonly credential: Credential };
export type Presented<P extends Presenting> = P & { readonly credential: NumberedCredential };

/** The step's input with a credential that transactions carry, or how the step ends without one. */
export type Decoded<P extends Presenting> =
  | { readonly kind: 'presented'; readonly input: StepInput<Presented<P>> }
  | Extract<StepOutcome, { kind: 'refused' | 'unreachable' }>;

const SCAN_AGAIN = '无法确认二维码是否已被使用，请患者刷新电子凭证后重新扫码。';

/**
 * 电子凭证解码 1162: a scanned code becomes its ecToken; every other credential goes on as it is, without a call. A code works
 * once, so a command sends it once: whatever is repeated afterwards finds the token in the message log. A lost answer is
 * no open question, since nothing was booked: like an expired code it asks for a new scan.
 */
export async function decodeScanned<P extends Presenting>(
  deps: RegisterDeps,
  input: StepInput<P>,
  use: CodeUse,
  form: FormOfStay = () => admittedForm(deps, input),
): Promise<Decoded<P>> {
  const { credential } = input.payload;
  if (!isScanned(credential)) return presented(input, credential);
  const outcome = await callOnce(deps, input, workflowIdOf(input.state), {
    step: 'decode',
    infno: '1162',
    ordinal: 0,
    input: buildDecoding(input, { code: credential.qrCode, use, form: await form() }),
  });
  switch (outcome.kind) {
    case 'settled':
      return presented(input, { type: credential.type, no: outcome.output.data.ecToken });
    case 'unknown':
      return refuse('CREDENTIAL_EXPIRED', SCAN_AGAIN);
    default:
      return asOutcome(deps, input, outcome, '1162', '电子凭证二维码未通过解码，请患者刷新后重新扫码。') as Decoded<P>;
  }
}

function isScanned(credential: Credential): credential is ScannedCredential {
  return 'qrCode' in credential;
}

function presented<P extends Presenting>(input: StepInput<P>, credential: NumberedCredential): Decoded<P> {
  return { kind: 'presented', input: { ...input, payload: { ...input.payload, credential } } };
}

/** The admission form as it was last sent. */
async function admittedForm(deps: RegisterDeps, { state }: StepInput): Promise<FormFields> {
  const row = await deps.store.read((manager) => manager.findOneByOrFail(Admission, { id: admissionId(state) }));
  return (row.form as { form: FormFields }).form;
}

/** Longest names that 1162 takes, characters. */
const LONGEST_NAME = 30;

function buildDecoding(input: StepInput, of: { code: string; use: CodeUse; form: FormFields }): Input1162 {
  const { operator, state } = input;
  return {
    data: {
      orgId: state.institution,
      businessType: of.use,
      operatorId: operator.id,
      operatorName: short(operator.name),
      officeId: String(of.form['adm_dept_codg'] ?? ''),
      officeName: short(String(of.form['adm_dept_name'] ?? '')),
      ...deviceOf(operator),
      ecQrCode: of.code,
    },
  };
}

/** Only a self-service terminal (opter_type 2) names its kind. */
function deviceOf({ type }: CommandEnvelope['operator']): { deviceType?: string } {
  return type === '2' ? { deviceType: 'SelfService' } : {};
}

function short(name: string): string {
  return [...name].slice(0, LONGEST_NAME).join('');
}
