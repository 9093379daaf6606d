import type { EntityManager } from 'typeorm';
import type { StepInput, StepOutcome } from '../../domain/admission/steps';
import type { AdmissionState } from '../../domain/admission/state';
import type { Refusal } from '../../domain/commands';
import type { OutcomeCode } from '../../domain/outcomes';
import { says } from '../../domain/national/platform-text';
import type { Institution } from '../../runtime/institutions';
import type { Infno, TransactionMap } from '../../schemas/national/generated';
import type { Profile } from '../../schemas/national/profile';
import type { Store } from '../../store/open-store';
import type { CallOutcome, NationalGateway } from '../national/types';
import { repeatUnknown } from '../national/repeat';

/** What the steps of the register need from the process they run in. */
export interface RegisterDeps {
  readonly store: Store;
  readonly gateway: NationalGateway;
  readonly institution: (code: string) => Institution;
  readonly profile: (id: string) => Profile;
  /** Epoch ms. */
  readonly now: () => number;
}

export interface NationalCall<N extends Infno> {
  readonly step: string;
  readonly infno: N;
  readonly input: TransactionMap[N]['input'];
  /** Number of the call within its step; repeats count on from here. */
  readonly ordinal?: number;
  readonly psnNo?: string | null;
  readonly insuplcAdmdvs?: string | null;
  readonly onAnswer?: (outcome: CallOutcome<N>, manager: EntityManager) => Promise<void>;
}

/** One national transaction of a step, sent once; the key makes a retry find its answer. */
export function callOnce<N extends Infno>(
  deps: RegisterDeps,
  input: StepInput,
  workflowId: string,
  call: NationalCall<N>,
): Promise<CallOutcome<N>> {
  return deps.gateway.call({
    key: { workflowId, commandId: input.commandId, step: call.step, ordinal: call.ordinal ?? input.ordinal },
    institution: input.state.institution,
    infno: call.infno,
    input: call.input,
    psnNo: call.psnNo ?? input.state.personNo ?? undefined,
    insuplcAdmdvs: call.insuplcAdmdvs ?? input.state.insuplcAdmdvs ?? undefined,
    operator: input.operator,
    onAnswer: call.onAnswer,
  });
}

/**
 * A read, a calculation or another harmless transaction: an unknown outcome is answered by sending it again under a new
 * msgid (rule `repeat` of the compensation matrix), a few times.
 */
export function callRepeating<N extends Infno>(
  deps: RegisterDeps,
  input: StepInput,
  workflowId: string,
  call: NationalCall<N>,
): Promise<CallOutcome<N>> {
  return repeatUnknown(call.ordinal ?? input.ordinal, (ordinal) => callOnce(deps, input, workflowId, { ...call, ordinal }));
}

type NotSettled = Exclude<CallOutcome<Infno>, { kind: 'settled' }>;

/** How a call that did not settle ends its step. */
export function asOutcome(deps: RegisterDeps, input: StepInput, outcome: NotSettled, infno: string, message: string): StepOutcome {
  switch (outcome.kind) {
    case 'refused': {
      const expired = says(deps.profile(input.state.profile), 'voucherExpired', outcome.text);
      return {
        kind: 'refused',
        events: [],
        refusal: {
          code: expired ? 'CREDENTIAL_EXPIRED' : 'PLATFORM_REFUSED',
          message: expired ? '就诊凭证已失效，请重新扫码或刷卡。' : message,
          platform: { infno, code: outcome.code, text: outcome.text },
        },
      };
    }
    case 'unknown':
      return { kind: 'unknown', msgid: outcome.msgid, infno, reason: outcome.reason };
    case 'unreachable':
      return { kind: 'unreachable', reason: outcome.reason };
    default:
      return assertNever(outcome);
  }
}

function assertNever(value: never): never {
  throw new TypeError(`unexpected ${JSON.stringify(value)}`);
}

/** A harmless call that stays silent is no unknown outcome: nothing was booked, so the step may be tried again later. */
export function asUnreachable(outcome: StepOutcome): StepOutcome {
  return outcome.kind === 'unknown' ? { kind: 'unreachable', reason: outcome.reason } : outcome;
}

export function refuse(code: OutcomeCode, message: string): StepOutcome & { kind: 'refused' } {
  const refusal: Refusal = { code, message };
  return { kind: 'refused', refusal, events: [] };
}

export function admissionId(state: Pick<AdmissionState, 'institution' | 'iptNo' | 'round'>): string {
  return `${state.institution}/${state.iptNo}/${state.round}`;
}

export function workflowIdOf(state: Pick<AdmissionState, 'institution' | 'iptNo'>): string {
  return `admission/${state.institution}/${state.iptNo}`;
}

/** The ids of an admitted person. Throws Error when the stay was never admitted: checkStep lets no such command through. */
export function admitted(state: AdmissionState): { personNo: string; mdtrtId: string } {
  if (state.personNo === null || state.mdtrtId === null) throw new Error('the stay has no visit at the centre');
  return { personNo: state.personNo, mdtrtId: state.mdtrtId };
}

