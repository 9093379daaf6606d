import { isSelfPay, type AdmissionState, type AlarmCode } from './state';
import type { AdmissionCommand, Refusal, Stage } from './types';

const IN_STAY: readonly Stage[] = ['admitted'];
const IN_ANY_STAY: readonly Stage[] = ['admitted', 'selfPay'];
const AFTER_ADMISSION: readonly Stage[] = ['admitted', 'selfPay', 'discharged', 'settled'];

/** The stages in which each command may be given; finer rules are in `checkStep`. */
const STAGES: Record<AdmissionCommand, readonly Stage[]> = {
  admit: ['opened'],
  recordDeposit: ['admitted', 'selfPay', 'discharged'],
  refundDeposit: AFTER_ADMISSION,
  uploadFees: IN_ANY_STAY,
  withdrawFees: IN_ANY_STAY,
  amendAdmission: IN_STAY,
  preSettle: ['admitted', 'discharged'],
  revokePreSettlement: ['admitted', 'discharged'],
  discharge: ['admitted', 'selfPay', 'settled'],
  settle: ['admitted', 'discharged'],
  settleSelfPay: ['selfPay', 'discharged'],
  acceptAmounts: ['admitted', 'discharged'],
  cancelSettlement: ['admitted', 'discharged', 'settled'],
  cancelDischarge: ['discharged', 'settled'],
  cancelAdmission: AFTER_ADMISSION,
  submitList: ['settled', 'discharged', 'admitted'],
  withdrawList: ['settled', 'discharged', 'admitted'],
  resolveUnknown: ['admitted', 'discharged', 'settled'],
};

export const STAGE_NAMES: Record<Stage, string> = {
  opened: '已建档',
  admitted: '在院',
  selfPay: '自费住院',
  discharged: '已出院待结算',
  settled: '已结算',
  cancelled: '已撤销',
  refused: '未受理',
};

export const ALARM_TITLES: Record<AlarmCode, string> = {
  FEES_OVERDUE: '费用明细逾期未上传',
  SETTLEMENT_OVERDUE: '出院后逾期未结算',
  MID_STAY_DUE: '住院时间较长，应办理中途结算',
};

/** While a settlement's outcome is unknown the till is frozen; only these go on. */
const ALLOWED_WHILE_UNKNOWN: readonly AdmissionCommand[] = ['resolveUnknown', 'recordDeposit'];
/** While amounts wait for a person, only these go on. */
const ALLOWED_WHILE_HELD: readonly AdmissionCommand[] = ['acceptAmounts', 'cancelSettlement', 'recordDeposit'];

/** What is done with the centre alone: a self-pay stay has none of it. */
const WITH_THE_CENTRE: readonly AdmissionCommand[] = ['amendAdmission', 'preSettle', 'revokePreSettlement', 'settle', 'submitList', 'withdrawList'];

/**
 * Whether a command fits the stay as it stands. Returns the refusal, or null when it fits.
 * Order of work: interface catalogue, visit order and compensation matrix.
 */
export function checkStep(
  state: AdmissionState,
  command: AdmissionCommand,
  payload: Record<string, unknown>,
): Refusal | null {
  if (state.unknown && !ALLOWED_WHILE_UNKNOWN.includes(command)) {
    return { code: 'OUTCOME_UNKNOWN', message: '上一笔结算结果正在确认，请勿重复收费；确认后本笔自动继续或可重新办理。' };
  }
  if (state.held && !ALLOWED_WHILE_HELD.includes(command)) {
    return { code: 'SETTLEMENT_HELD', message: '中心结算金额与预结算不一致，须先确认金额或撤销该笔结算。' };
  }
  if (isSelfPay(state) && WITH_THE_CENTRE.includes(command)) {
    return { code: 'STAY_IS_SELF_PAY', message: '本次为自费住院，不经医保办理；费用、出院照常，结算请办理自费结算。' };
  }
  if (command === 'settleSelfPay' && state.mdtrtId !== null) {
    return { code: 'STAY_IS_INSURED', message: '本次为医保住院，请办理医保结算。' };
  }
  if (!STAGES[command].includes(state.stage)) {
    return { code: 'WRONG_STEP', message: `当前为「${STAGE_NAMES[state.stage]}」，不能办理此项业务。` };
  }
  return finerCheck(state, command, payload);
}

function finerCheck(state: AdmissionState, command: AdmissionCommand, payload: Record<string, unknown>): Refusal | null {
  switch (command) {
    case 'refundDeposit':
      return Number(payload.amountFen) > state.deposit
        ? { code: 'DEPOSIT_INSUFFICIENT', message: '退款金额超过预交金余额。' }
        : null;
    case 'settle':
    case 'settleSelfPay':
    case 'preSettle':
      return checkSettle(state, command, payload);
    case 'revokePreSettlement':
      return state.preSettlement ? null : { code: 'NO_PRE_SETTLEMENT', message: '没有可撤销的预结算。' };
    case 'discharge':
      return checkDischarge(state);
    case 'acceptAmounts':
      return state.held && state.held.ref.setlId === payload.setlId
        ? null
        : { code: 'NOTHING_HELD', message: '没有等待确认金额的结算。' };
    case 'cancelSettlement':
      return checkCancelSettlement(state, payload);
    case 'cancelDischarge':
      return checkCancelDischarge(state);
    case 'submitList':
      return state.settlements.some((ref) => ref.setlId === payload.setlId)
        ? null
        : { code: 'SETTLEMENT_NOT_FOUND', message: '找不到该笔结算，或已撤销。' };
    case 'withdrawList':
      return state.list?.setlId === payload.setlId && state.list?.state === 'submitted'
        ? null
        : { code: 'LIST_NOT_SUBMITTED', message: '该笔结算没有已提交的结算清单。' };
    case 'resolveUnknown':
      return state.unknown?.msgid === payload.msgid
        ? null
        : { code: 'NOTHING_UNKNOWN', message: '没有等待处置的不明结果。' };
    default:
      return null;
  }
}

function checkSettle(
  state: AdmissionState,
  command: 'settle' | 'settleSelfPay' | 'preSettle',
  payload: Record<string, unknown>,
): Refusal | null {
  const interim = payload.midSetlFlag === '1';
  if (interim && state.stage !== 'admitted') {
    return { code: 'WRONG_STEP', message: '中途结算只能在出院前办理。' };
  }
  if (command !== 'preSettle' && !interim && !state.rules.settleBeforeDischarge && state.stage !== 'discharged') {
    return { code: 'NOT_DISCHARGED', message: '请先办理出院，再结算。' };
  }
  if (state.fees.unsettled.medfee <= 0) {
    return { code: 'NO_FEES', message: '没有未结算的费用明细。' };
  }
  return null;
}

function checkDischarge(state: AdmissionState): Refusal | null {
  if (state.rules.settleBeforeDischarge) {
    if (state.endtime !== null) return { code: 'WRONG_STEP', message: '已办理出院。' };
    if (state.stage !== 'settled') return { code: 'NOT_SETTLED', message: '本统筹区须先结算后出院。' };
    return null;
  }
  return IN_ANY_STAY.includes(state.stage) ? null : { code: 'WRONG_STEP', message: '当前不能办理出院。' };
}

function checkCancelSettlement(state: AdmissionState, payload: Record<string, unknown>): Refusal | null {
  if (state.held) {
    return state.held.ref.setlId === payload.setlId
      ? null
      : { code: 'SETTLEMENT_NOT_FOUND', message: '找不到该笔结算，或已撤销。' };
  }
  const index = state.settlements.findIndex((ref) => ref.setlId === payload.setlId);
  if (index < 0) return { code: 'SETTLEMENT_NOT_FOUND', message: '找不到该笔结算，或已撤销。' };
  if (index !== state.settlements.length - 1) {
    return { code: 'NOT_LAST_SETTLEMENT', message: '请先撤销之后的结算。' };
  }
  const last = state.undo.findLast((step) => step.act === 'settlement' || step.act === 'discharge');
  if (last?.act === 'discharge' && state.stage === 'settled') {
    return { code: 'DISCHARGE_FIRST', message: '请先撤销出院，再撤销结算。' };
  }
  return null;
}

function checkCancelDischarge(state: AdmissionState): Refusal | null {
  if (state.endtime === null) return { code: 'WRONG_STEP', message: '尚未办理出院。' };
  if (state.stage === 'settled' && !state.rules.settleBeforeDischarge) {
    return { code: 'SETTLEMENT_FIRST', message: '请先撤销结算，再撤销出院。' };
  }
  return null;
}

/** What the stay waits for, in the office's words: shown in lists, the API and the Temporal UI. */
export function waitsFor(state: AdmissionState): string {
  if (state.unknown) return state.unknown.needsPerson ? '等待人工处置不明结果' : '正在确认结算结果';
  if (state.held) return '等待确认结算金额';
  switch (state.stage) {
    case 'opened':
      return '等待入院登记';
    case 'admitted':
      if (state.alarms.includes('MID_STAY_DUE')) return '应办理中途结算';
      return state.alarms.includes('FEES_OVERDUE') ? '费用上传逾期' : '等待费用上传或出院办理';
    case 'selfPay':
      return '自费住院，等待费用或出院办理';
    case 'discharged':
      if (state.alarms.includes('SETTLEMENT_OVERDUE')) return '出院结算逾期';
      return isSelfPay(state) ? '等待自费结算' : '等待结算';
    case 'settled':
      if (isSelfPay(state)) return state.endtime === null ? '等待出院办理' : '';
      return state.list?.state === 'submitted' ? '等待对账清算' : '等待提交结算清单';
    case 'cancelled':
    case 'refused':
      return '';
  }
}
