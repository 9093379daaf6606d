import type { AdmissionEvent, AdmissionState } from './state';
import type {
  AdmitPayload,
  AmendPayload,
  CancelSettlementPayload,
  DepositPayload,
  DischargePayload,
  PreSettlePayload,
  ReasonPayload,
  ResolveUnknownPayload,
  SettlePayload,
  SettleSelfPayPayload,
  SettlementTarget,
  SubmitListPayload,
  UploadFeesPayload,
  WithdrawFeesPayload,
} from './payloads';
import type { CommandEnvelope, Refusal } from './types';

/**
 * Lines of one chunk of an upload: the workflow walks in these strides, the step takes what lies in one. A division that
 * takes fewer in one call gets them in several.
 */
export const LINES_PER_CHUNK = 100;

/** What every step of a stay is told. The key (workflow, command, step, ordinal) makes a retry find the first result. */
export interface StepInput<P = unknown> {
  readonly commandId: string;
  readonly operator: CommandEnvelope['operator'];
  readonly state: AdmissionState;
  readonly payload: P;
  /** 0 for the first attempt; a new attempt after a resolved unknown outcome takes the next number and a new msgid. */
  readonly ordinal: number;
}

/**
 * How a step ended. `done` and `refused` are committed with their receipt; `unknown` is committed as an open message;
 * `unreachable` means that nothing left this side.
 */
export type StepOutcome =
  | { readonly kind: 'done'; readonly events: readonly AdmissionEvent[]; readonly result?: unknown }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly events: readonly AdmissionEvent[] }
  | { readonly kind: 'unknown'; readonly msgid: string; readonly infno: string; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string };

/**
 * What a step says instead of running when the books are ahead of the state that it was given: an earlier step committed
 * and its workflow task was lost afterwards, so the workflow never learned of it. `events` bring the state up to date.
 */
export interface Behind {
  readonly kind: 'behind';
  readonly events: readonly { readonly commandId: string; readonly event: AdmissionEvent }[];
}

/** What a look at the other side said about a lost answer. */
export type LookOutcome =
  | { readonly kind: 'found'; readonly events: readonly AdmissionEvent[]; readonly result?: unknown }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unclear'; readonly reason: string };

export interface ResolvePayload {
  readonly msgid: string;
  readonly infno: string;
}

/** Result of one chunk of a fee upload. */
export interface UploadedChunk {
  readonly uploaded: number;
  readonly refused: readonly { readonly feedetl_sn: string; readonly text: string }[];
  readonly warnings: readonly string[];
}

export interface RefuseAdmissionPayload {
  readonly admit: AdmitPayload;
  readonly refusal: Refusal;
}

/** The steps of an admission: one activity each. The workflow imports this type and nothing else of the activities. */
export interface AdmissionSteps {
  admitPatient(input: StepInput<AdmitPayload>): Promise<StepOutcome>;
  /** Ends a stay whose admission did not come about, whatever the reason. */
  refuseAdmission(input: StepInput<RefuseAdmissionPayload>): Promise<StepOutcome>;
  recordDeposit(input: StepInput<DepositPayload>): Promise<StepOutcome>;
  refundDeposit(input: StepInput<DepositPayload>): Promise<StepOutcome>;
  uploadFeeChunk(input: StepInput<UploadFeesPayload & { readonly fromSeq: number }>): Promise<StepOutcome>;
  withdrawFees(input: StepInput<WithdrawFeesPayload>): Promise<StepOutcome>;
  amendAdmission(input: StepInput<AmendPayload>): Promise<StepOutcome>;
  preSettle(input: StepInput<PreSettlePayload>): Promise<StepOutcome>;
  revokePreSettlement(input: StepInput<Record<string, never>>): Promise<StepOutcome>;
  discharge(input: StepInput<DischargePayload>): Promise<StepOutcome>;
  settle(input: StepInput<SettlePayload>): Promise<StepOutcome>;
  settleSelfPay(input: StepInput<SettleSelfPayPayload>): Promise<StepOutcome>;
  acceptAmounts(input: StepInput<SettlementTarget>): Promise<StepOutcome>;
  cancelSettlement(input: StepInput<CancelSettlementPayload>): Promise<StepOutcome>;
  cancelDischarge(input: StepInput<ReasonPayload>): Promise<StepOutcome>;
  cancelAdmission(input: StepInput<ReasonPayload>): Promise<StepOutcome>;
  submitList(input: StepInput<SubmitListPayload>): Promise<StepOutcome>;
  withdrawList(input: StepInput<SettlementTarget>): Promise<StepOutcome>;

  /** 5303: did the lost 2401 / 2402 / 2404 / 2405 happen? */
  lookForStay(input: StepInput<ResolvePayload & { readonly original: unknown }>): Promise<LookOutcome>;
  /** 5203: did the lost 2305 happen? */
  lookForCancellation(input: StepInput<ResolvePayload & CancelSettlementPayload>): Promise<LookOutcome>;
  /** 2302: take back the lines of a 2301 whose answer was lost. */
  withdrawLostFees(input: StepInput<ResolvePayload>): Promise<StepOutcome>;
  /** 2601: abandon a settlement whose answer was lost. */
  abandonSettlement(input: StepInput<ResolvePayload>): Promise<StepOutcome>;
  /** 5203 with the setl_id that the day file showed: take the settlement into our books. */
  adoptSettlement(input: StepInput<ResolveUnknownPayload & ResolvePayload>): Promise<StepOutcome>;

  /** Commits events that no counterparty is asked about: an unknown outcome, an alarm, an abnormal item (异常单). */
  recordEvents(input: StepInput<RecordPayload>): Promise<StepOutcome>;
}

export interface RecordPayload {
  readonly step: string;
  readonly events: readonly AdmissionEvent[];
  readonly abnormal?: { readonly code: string; readonly subject: string; readonly title: string };
  readonly closeAbnormal?: { readonly code: string; readonly subject: string; readonly resolution: string };
}
