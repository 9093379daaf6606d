import type { AdmissionRules } from '../../schemas/processes/admission-rules';
import { add, subtract, ZERO, type Fen } from '../money';
import { addSums, negateSums, NO_LINES, type LineSums } from './line-sums';
import type { ListState, Refusal, SettlementAmounts, SettlementRef, Stage } from './types';

/** What was done – at the centre, unless the stay is self-pay – and how it is undone, oldest first; undone last-first. */
export type UndoStep =
  | { readonly act: 'admission' } // 2401 → 2404
  | { readonly act: 'fees' } // 2301 → 2302
  | { readonly act: 'discharge' } // 2402 → 2405
  /** `unsettledSince` as it was before: cancelling the settlement restores it. */
  | { readonly act: 'settlement'; readonly setlId: string; readonly unsettledSince: number | null } // 2304 → 2305
  | { readonly act: 'list'; readonly setlId: string }; // 4102 submit → 4102 withdraw

/** A settlement whose answer was lost (不明结果): the till is frozen until it is abandoned or adopted. */
export interface UnknownSettlement {
  readonly msgid: string;
  readonly infno: string;
  readonly reason: string;
  /** Epoch ms. */
  readonly since: number;
  /** True once the machine cannot decide alone: 2601 was refused, or the profile asks a person. */
  readonly needsPerson: boolean;
}

/** Settled at the centre with amounts that a person must look at before they are booked. */
export interface HeldSettlement {
  readonly ref: SettlementRef;
  readonly reasons: readonly string[];
}

export interface PreSettlement {
  readonly amounts: SettlementAmounts;
  readonly interim: boolean;
  /** `fees.version` that it was computed on; a later fee change outdates it. */
  readonly feesVersion: number;
}

export interface AdmissionState {
  readonly institution: string;
  readonly iptNo: string;
  readonly round: number;
  readonly profile: string;
  /** Of the division as they were when the stay opened. */
  readonly rules: AdmissionRules;
  /** Counts the events applied; the read model carries the same number. */
  readonly version: number;
  readonly stage: Stage;
  readonly insutype: string;
  readonly medType: string;
  readonly personNo: string | null;
  readonly insuplcAdmdvs: string | null;
  readonly mdtrtId: string | null;
  /** `yyyy-MM-dd HH:mm:ss`, Asia/Shanghai. */
  readonly begntime: string;
  readonly endtime: string | null;
  /** Why the entitlement was refused; null for an insured stay. */
  readonly selfPayReason: string | null;
  readonly fees: {
    readonly version: number;
    readonly uploaded: number;
    readonly refused: number;
    /** Lines at the centre not yet settled. */
    readonly unsettled: LineSums;
    readonly settled: LineSums;
    /** Epoch ms of the last accepted upload, or of the admission; the upload deadline runs from it. */
    readonly lastUploadAt: number | null;
  };
  /** Deposit still at the patient's disposal, fen. */
  readonly deposit: Fen;
  readonly preSettlement: PreSettlement | null;
  /** Live settlements, oldest first. */
  readonly settlements: readonly SettlementRef[];
  readonly list: { readonly setlId: string; readonly setlListId: string; readonly state: ListState } | null;
  readonly undo: readonly UndoStep[];
  readonly unknown: UnknownSettlement | null;
  readonly held: HeldSettlement | null;
  /** Epoch ms from which the next mid-stay settlement is counted: the admission or the last interim settlement. */
  readonly unsettledSince: number | null;
  /** Epoch ms of the discharge as recorded here; the settlement deadline runs from it. */
  readonly dischargedAt: number | null;
  /** Epoch ms of the last final settlement. */
  readonly settledAt: number | null;
  /** Overdue alarms raised and not yet over. */
  readonly alarms: readonly AlarmCode[];
}

export type AlarmCode = 'FEES_OVERDUE' | 'SETTLEMENT_OVERDUE' | 'MID_STAY_DUE';

/** What happened; each changes the state through `apply`, in the workflow and in the read model alike. */
export type AdmissionEvent =
  | { readonly type: 'admitted'; readonly personNo: string; readonly insuplcAdmdvs: string; readonly insutype: string; readonly mdtrtId: string; readonly at: number }
  | { readonly type: 'becameSelfPay'; readonly personNo: string; readonly insuplcAdmdvs: string; readonly reason: string }
  | { readonly type: 'admissionRefused'; readonly refusal: Refusal }
  | { readonly type: 'depositReceived'; readonly amount: Fen }
  | { readonly type: 'depositRefunded'; readonly amount: Fen }
  | { readonly type: 'feesUploaded'; readonly lines: number; readonly refused: number; readonly sums: LineSums; readonly at: number }
  | { readonly type: 'feesWithdrawn'; readonly lines: number; readonly all: boolean; readonly sums: LineSums }
  | { readonly type: 'amended' }
  | { readonly type: 'preSettled'; readonly preSettlement: PreSettlement }
  | { readonly type: 'preSettlementRevoked' }
  | { readonly type: 'discharged'; readonly endtime: string; readonly at: number }
  | { readonly type: 'settled'; readonly ref: SettlementRef; readonly sums: LineSums; readonly at: number }
  | { readonly type: 'settlementHeld'; readonly held: HeldSettlement; readonly sums: LineSums; readonly at: number }
  | { readonly type: 'settlementUnknown'; readonly unknown: UnknownSettlement }
  | { readonly type: 'unknownNeedsPerson'; readonly reason: string }
  | { readonly type: 'unknownResolved'; readonly how: 'abandoned' | 'adopted' }
  | { readonly type: 'settlementCancelled'; readonly setlId: string; readonly sums: LineSums; readonly depositRestored: Fen }
  | { readonly type: 'listSubmitted'; readonly setlId: string; readonly setlListId: string }
  | { readonly type: 'listWithdrawn'; readonly setlId: string }
  | { readonly type: 'dischargeCancelled' }
  | { readonly type: 'admissionCancelled' }
  | { readonly type: 'alarmRaised'; readonly code: AlarmCode }
  | { readonly type: 'feesWarned'; readonly warnings: readonly string[] }
  | { readonly type: 'signalRefused'; readonly command: string; readonly refusal: Refusal };

export interface OpenedStay {
  readonly institution: string;
  readonly iptNo: string;
  readonly round: number;
  readonly profile: string;
  readonly insutype: string;
  readonly medType: string;
  readonly begntime: string;
}

export function openStay(opened: OpenedStay, rules: AdmissionRules): AdmissionState {
  return {
    ...opened,
    rules,
    version: 0,
    stage: 'opened',
    personNo: null,
    insuplcAdmdvs: null,
    mdtrtId: null,
    endtime: null,
    selfPayReason: null,
    fees: { version: 0, uploaded: 0, refused: 0, unsettled: NO_LINES, settled: NO_LINES, lastUploadAt: null },
    deposit: ZERO,
    preSettlement: null,
    settlements: [],
    list: null,
    undo: [],
    unknown: null,
    held: null,
    unsettledSince: null,
    dischargedAt: null,
    settledAt: null,
    alarms: [],
  };
}

/** Applies one event. Pure: the workflow and the read model both call it and must agree. */
export function apply(state: AdmissionState, event: AdmissionEvent): AdmissionState {
  return { ...state, ...change(state, event), version: state.version + 1 };
}

function change(state: AdmissionState, event: AdmissionEvent): Partial<AdmissionState> {
  switch (event.type) {
    case 'admitted':
      return {
        stage: 'admitted',
        personNo: event.personNo,
        insuplcAdmdvs: event.insuplcAdmdvs,
        insutype: event.insutype,
        mdtrtId: event.mdtrtId,
        fees: { ...state.fees, lastUploadAt: event.at },
        unsettledSince: event.at,
        undo: [{ act: 'admission' }],
      };
    case 'becameSelfPay':
      return {
        stage: 'selfPay',
        personNo: event.personNo,
        insuplcAdmdvs: event.insuplcAdmdvs,
        selfPayReason: event.reason,
        undo: [{ act: 'admission' }],
      };
    case 'admissionRefused':
      return { stage: 'refused' };
    case 'depositReceived':
      return { deposit: add(state.deposit, event.amount) };
    case 'depositRefunded':
      return { deposit: subtract(state.deposit, event.amount) };
    case 'feesUploaded':
      return {
        fees: {
          ...state.fees,
          version: state.fees.version + 1,
          uploaded: state.fees.uploaded + event.lines,
          refused: state.fees.refused + event.refused,
          unsettled: addSums(state.fees.unsettled, event.sums),
          lastUploadAt: event.at,
        },
        undo: event.lines > 0 ? withFees(state.undo) : state.undo,
        alarms: state.alarms.filter((alarm) => alarm !== 'FEES_OVERDUE'),
      };
    case 'feesWithdrawn':
      return {
        fees: {
          ...state.fees,
          version: state.fees.version + 1,
          uploaded: state.fees.uploaded - event.lines,
          unsettled: addSums(state.fees.unsettled, negateSums(event.sums)),
        },
        undo: event.all ? withoutOpenFees(state.undo) : state.undo,
        preSettlement: null,
      };
    case 'amended':
    case 'feesWarned':
    case 'signalRefused':
      return {};
    case 'preSettled':
      return { preSettlement: event.preSettlement };
    case 'preSettlementRevoked':
      return { preSettlement: null };
    case 'discharged':
      return {
        stage: state.stage === 'settled' ? 'settled' : 'discharged',
        endtime: event.endtime,
        dischargedAt: event.at,
        undo: [...state.undo, { act: 'discharge' }],
        alarms: state.alarms.filter((alarm) => alarm !== 'FEES_OVERDUE'),
      };
    case 'settled':
      return settledChange(state, event.ref, event.sums, event.at);
    case 'settlementHeld':
      return {
        held: event.held,
        undo: withSettlement(state, event.held.ref.setlId),
        fees: {
          ...state.fees,
          unsettled: addSums(state.fees.unsettled, negateSums(event.sums)),
          settled: addSums(state.fees.settled, event.sums),
        },
        preSettlement: null,
        unknown: null,
      };
    case 'settlementUnknown':
      return { unknown: event.unknown };
    case 'unknownNeedsPerson':
      return { unknown: state.unknown && { ...state.unknown, needsPerson: true, reason: event.reason } };
    case 'unknownResolved':
      return { unknown: null };
    case 'settlementCancelled':
      return {
        stage: state.endtime === null ? inHouse(state) : 'discharged',
        settlements: state.settlements.filter((ref) => ref.setlId !== event.setlId),
        held: state.held?.ref.setlId === event.setlId ? null : state.held,
        undo: state.undo.filter((step) => !(step.act === 'settlement' && step.setlId === event.setlId)),
        list: state.list?.setlId === event.setlId ? null : state.list,
        fees: {
          ...state.fees,
          unsettled: addSums(state.fees.unsettled, event.sums),
          settled: addSums(state.fees.settled, negateSums(event.sums)),
        },
        deposit: add(state.deposit, event.depositRestored),
        settledAt: null,
        unsettledSince: unsettledSinceBefore(state, event.setlId),
      };
    case 'listSubmitted':
      return {
        list: { setlId: event.setlId, setlListId: event.setlListId, state: 'submitted' },
        undo: [...state.undo, { act: 'list', setlId: event.setlId }],
      };
    case 'listWithdrawn':
      return {
        list: state.list && { ...state.list, state: 'uploaded' },
        undo: state.undo.filter((step) => !(step.act === 'list' && step.setlId === event.setlId)),
      };
    case 'dischargeCancelled':
      return {
        stage: state.stage === 'settled' ? 'settled' : inHouse(state),
        endtime: null,
        dischargedAt: null,
        undo: state.undo.filter((step) => step.act !== 'discharge'),
        alarms: state.alarms.filter((alarm) => alarm !== 'SETTLEMENT_OVERDUE'),
      };
    case 'admissionCancelled':
      return { stage: 'cancelled', undo: [], preSettlement: null, alarms: [] };
    case 'alarmRaised':
      return { alarms: [...state.alarms, event.code] };
  }
}

function settledChange(state: AdmissionState, ref: SettlementRef, sums: LineSums, at: number): Partial<AdmissionState> {
  const wasHeld = state.held?.ref.setlId === ref.setlId;
  const final = ref.kind !== 'interim';
  return {
    stage: final ? 'settled' : state.stage,
    settlements: [...state.settlements, ref],
    held: null,
    unknown: null,
    preSettlement: null,
    deposit: subtract(subtract(state.deposit, ref.depositApplied), ref.depositRefund),
    undo: wasHeld ? state.undo : withSettlement(state, ref.setlId),
    fees: wasHeld
      ? state.fees
      : {
          ...state.fees,
          unsettled: addSums(state.fees.unsettled, negateSums(sums)),
          settled: addSums(state.fees.settled, sums),
        },
    settledAt: final ? at : state.settledAt,
    unsettledSince: at,
    alarms: final ? [] : state.alarms.filter((alarm) => alarm !== 'MID_STAY_DUE'),
  };
}

function withFees(undo: readonly UndoStep[]): readonly UndoStep[] {
  const last = undo[undo.length - 1];
  return last?.act === 'fees' ? undo : [...undo, { act: 'fees' }];
}

function withSettlement({ undo, unsettledSince }: AdmissionState, setlId: string): readonly UndoStep[] {
  return [...undo, { act: 'settlement', setlId, unsettledSince }];
}

function unsettledSinceBefore({ undo, unsettledSince }: AdmissionState, setlId: string): number | null {
  const step = undo.find((each) => each.act === 'settlement' && each.setlId === setlId);
  return step?.act === 'settlement' ? step.unsettledSince : unsettledSince;
}

/** Lines uploaded since the last settlement are withdrawn; lines that a settlement covers stay. */
function withoutOpenFees(undo: readonly UndoStep[]): readonly UndoStep[] {
  const lastSettlement = undo.findLastIndex((step) => step.act === 'settlement');
  return undo.filter((step, index) => step.act !== 'fees' || index < lastSettlement);
}

/** Whether the patient pays everything (自费住院); then the centre is asked for nothing. */
export function isSelfPay(state: Pick<AdmissionState, 'selfPayReason'>): boolean {
  return state.selfPayReason !== null;
}

function inHouse(state: AdmissionState): Stage {
  return isSelfPay(state) ? 'selfPay' : 'admitted';
}

/** True when no further command can change the stay. */
export function hasEnded(state: AdmissionState): boolean {
  return state.stage === 'cancelled' || state.stage === 'refused';
}
