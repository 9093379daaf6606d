import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { waitsFor, STAGE_NAMES } from '../../domain/admission/check';
import { dueAt } from '../../domain/admission/deadlines';
import { apply, type AdmissionEvent, type AdmissionState } from '../../domain/admission/state';
import type { AdmissionSteps, Behind, LookOutcome, StepInput, StepOutcome } from '../../domain/admission/steps';
import type { CommandEnvelope } from '../../domain/commands';
import { formatYuan } from '../../domain/money';
import { createStepRunner } from '../kit/steps';
import { openLine } from '../kit/turns';

export type Envelope<P = Record<string, unknown>> = CommandEnvelope<P>;

export interface TimelineEntry {
  readonly at: number;
  readonly commandId: string;
  readonly text: string;
}

const TIMELINE_KEPT = 100;
const CAUGHT_UP_KEPT = 50;

const steps = createStepRunner<AdmissionSteps>();

/** Chinese names of the steps, shown as summaries in the Temporal UI. */
export const STEP_NAMES: Record<keyof AdmissionSteps, string> = {
  admitPatient: '入院登记 1101→2001→2401',
  refuseAdmission: '登记入院未受理',
  recordDeposit: '收预交金',
  refundDeposit: '退预交金',
  uploadFeeChunk: '费用明细上传 2301',
  withdrawFees: '费用明细撤销 2302',
  amendAdmission: '住院信息变更 2403',
  preSettle: '住院预结算 2303',
  revokePreSettlement: '撤销预结算',
  discharge: '出院办理 2402',
  settle: '住院结算 1101→2303→2304',
  settleSelfPay: '自费结算',
  acceptAmounts: '确认金额入账',
  cancelSettlement: '住院结算撤销 2305',
  cancelDischarge: '出院撤销 2405',
  cancelAdmission: '入院撤销 2404',
  submitList: '结算清单 4101A→4102→4103',
  withdrawList: '结算清单撤回 4102',
  lookForStay: '查询在院信息 5303',
  lookForCancellation: '查询结算信息 5203',
  withdrawLostFees: '撤销不明批次 2302',
  abandonSettlement: '冲正 2601',
  adoptSettlement: '按结算ID认领 5203',
  recordEvents: '登记',
};

/**
 * The books turned out to be ahead of the stay: it has caught up, and whoever asked for the step has to look again
 * whether it still fits.
 */
export class StayMoved extends Error {
  override readonly name = 'StayMoved';
}

/** Does work again for as long as the stay moves under it. */
export async function untilStill<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StayMoved)) throw error;
    }
  }
}

/** The stay in this run: its state, and the way in which steps change it. */
export interface Stay {
  state(): AdmissionState;
  timeline(): readonly TimelineEntry[];
  /** Grows with every event; the main loop waits on it. */
  version(): number;
  /** Commands of which the stay learned from the books only; they were accepted once, so they are not judged again. */
  caughtUp(): readonly string[];
  /**
   * Runs one step on the state as it stands and applies the events that it committed, so that the workflow agrees with
   * the read model. Steps run one at a time: each one's events carry the next version. Throws StayMoved.
   */
  run<K extends keyof AdmissionSteps>(name: K, command: Envelope<unknown>, payload: unknown, ordinal?: number): ReturnType<AdmissionSteps[K]>;
  note(commandId: string, text: string): void;
}

export interface CarriedStay {
  readonly state: AdmissionState;
  readonly timeline: readonly TimelineEntry[];
  readonly caughtUp: readonly string[];
}

export function openStayRun(carried: CarriedStay): Stay {
  let { state } = carried;
  const timeline: TimelineEntry[] = [...carried.timeline];
  const caughtUp = [...carried.caughtUp];
  let shown = '';
  const inTurn = openLine();

  function show(): void {
    const text = describe(state);
    if (text === shown) return;
    shown = text;
    setCurrentDetails(text);
    const due = dueAt(state);
    upsertSearchAttributes({
      Process: ['admission'],
      Institution: [state.institution],
      InsuType: [state.insutype],
      BusinessKey: [state.iptNo],
      Status: [state.stage],
      WaitsFor: [waitsFor(state)],
      AmountFen: [state.fees.settled.medfee + state.fees.unsettled.medfee],
      DueAt: due === null ? [] : [new Date(due)],
      ...(state.personNo ? { PersonNo: [state.personNo] } : {}),
    });
  }

  function remember(commandId: string, text: string): void {
    timeline.push({ at: Date.now(), commandId, text });
    timeline.splice(0, Math.max(0, timeline.length - TIMELINE_KEPT));
  }

  function applyAll(commandId: string, events: readonly AdmissionEvent[]): void {
    for (const event of events) {
      state = apply(state, event);
      remember(commandId, EVENT_NAMES[event.type]);
    }
    show();
  }

  /** True when one of the missed events is the command's own: an earlier attempt of it went through. */
  function catchUp(command: Envelope<unknown>, { events }: Behind): boolean {
    for (const missed of events) {
      applyAll(missed.commandId, [missed.event]);
      const id = missed.commandId.split('#', 1)[0] ?? '';
      if (!caughtUp.includes(id)) caughtUp.push(id);
    }
    caughtUp.splice(0, Math.max(0, caughtUp.length - CAUGHT_UP_KEPT));
    return events.some((missed) => missed.commandId === command.commandId);
  }

  return {
    state: () => state,
    timeline: () => timeline,
    version: () => state.version,
    caughtUp: () => caughtUp,
    run: ((name: keyof AdmissionSteps, command: Envelope<unknown>, payload: unknown, ordinal = 0) =>
      inTurn(async () => {
        const summary = ordinal === 0 ? STEP_NAMES[name] : `${STEP_NAMES[name]}（第${ordinal + 1}次）`;
        for (;;) {
          const input: StepInput = { commandId: command.commandId, operator: command.operator, state, payload, ordinal };
          const outcome = (await steps.run(name, input as never, summary)) as StepOutcome | LookOutcome | Behind;
          if (outcome.kind === 'behind') {
            if (!catchUp(command, outcome)) throw new StayMoved();
            continue;
          }
          if ('events' in outcome) applyAll(command.commandId, outcome.events);
          return outcome;
        }
      })) as Stay['run'],
    note: remember,
  };
}

export const EVENT_NAMES: Record<AdmissionEvent['type'], string> = {
  admitted: '入院登记完成',
  becameSelfPay: '待遇检查未通过，转自费住院',
  admissionRefused: '入院登记未受理',
  depositReceived: '收到预交金',
  depositRefunded: '退还预交金',
  feesUploaded: '费用明细已上传',
  feesWithdrawn: '费用明细已撤销',
  amended: '住院信息已变更',
  preSettled: '预结算完成',
  preSettlementRevoked: '预结算已撤销',
  discharged: '出院办理完成',
  settled: '结算完成并入账',
  settlementHeld: '中心已结算，金额待确认',
  settlementUnknown: '结算结果不明，已冻结',
  unknownNeedsPerson: '不明结果转人工处置',
  unknownResolved: '不明结果已确认',
  settlementCancelled: '结算已撤销',
  listSubmitted: '结算清单已提交',
  listWithdrawn: '结算清单已撤回',
  dischargeCancelled: '出院已撤销',
  admissionCancelled: '入院已撤销',
  alarmRaised: '逾期提醒',
  feesWarned: '费用有医保预警',
  signalRefused: '信号未受理',
};

/** Where the stay stands, for the Temporal UI's current details; no personal data. */
export function describe(state: AdmissionState): string {
  const lines = [
    `**${STAGE_NAMES[state.stage]}** · ${waitsFor(state)}`,
    `住院号 ${state.iptNo} · 第${state.round}次 · 就诊ID ${state.mdtrtId ?? '—'}`,
    `费用 ${state.fees.uploaded} 条，未结算 ${formatYuan(state.fees.unsettled.medfee)} 元，已结算 ${formatYuan(state.fees.settled.medfee)} 元；拒收 ${state.fees.refused} 条`,
    `预交金余额 ${formatYuan(state.deposit)} 元`,
    ...state.settlements.map(
      (ref) => `结算 ${ref.setlId}：基金 ${formatYuan(ref.fund_pay_sumamt)}，个账 ${formatYuan(ref.acct_pay)}，现金 ${formatYuan(ref.psn_cash_pay)} 元`,
    ),
    ...(state.unknown ? [`不明结果：报文 ${state.unknown.msgid}（${state.unknown.reason}）`] : []),
  ];
  return lines.join('\n\n');
}
