import { ActivityFailure, CancellationScope, condition, continueAsNew, defineQuery, setHandler, sleep, uuid4, workflowInfo } from '@temporalio/workflow';
import { ADMISSION_COMMANDS } from '../../domain/admission/types';
import { ALARM_TITLES, waitsFor } from '../../domain/admission/check';
import { nextDeadline, type Deadline } from '../../domain/admission/deadlines';
import { checkPayload } from '../../domain/admission/payload-check';
import { hasEnded, openStay, type AdmissionState, type AlarmCode, type OpenedStay } from '../../domain/admission/state';
import type { Refusal } from '../../domain/commands';
import type { AdmissionRules } from '../../schemas/processes/admission-rules';
import { isIdle, openCommandDesk, type RememberedCommand } from '../kit/commands';
import { shouldRoll, shouldRollWhenQuiet, waitUntil } from '../kit/rolling';
import { checkFit, handleCommand } from './handlers';
import { abandonUnknown, mustAbandon, systemCommand } from './lost-answers';
import { openStayRun, StayMoved, untilStill, type CarriedStay, type Stay, type TimelineEntry } from './stay';

export interface AdmissionInput {
  readonly opened: OpenedStay;
  readonly rules: AdmissionRules;
  /** What an earlier run of the same stay hands on. */
  readonly carried?: CarriedStay & { readonly remembered: readonly RememberedCommand[] };
}

export interface AdmissionEnd {
  readonly stage: AdmissionState['stage'];
  readonly settlements: readonly string[];
}

/** A process whose first command never came through has nothing to keep and ends, ms. */
const OPENED_FOR_MS = 10 * 60_000;
/** Pause after a step of the process's own could not be carried out at all, ms. */
const TRY_AGAIN_MS = 10 * 60_000;

/**
 * One stay (住院), from admission to discharge settlement and whatever is undone: `admission/{fixmedins_code}/{ipt_no}`.
 * A request to cancel the workflow changes nothing: a stay ends by its commands, which undo what was done.
 */
export async function admission(input: AdmissionInput): Promise<AdmissionEnd> {
  return CancellationScope.nonCancellable(() => live(input));
}

async function live(input: AdmissionInput): Promise<AdmissionEnd> {
  const stay = openStayRun(input.carried ?? { state: openStay(input.opened, input.rules), timeline: [], caughtUp: [] });
  const desk = openCommandDesk({
    names: ADMISSION_COMMANDS,
    remembered: input.carried?.remembered ?? [],
    outOfTurn: ['resolveUnknown'],
    checkPayload,
    check: (name, command) => checkFit(stay, name, command),
    handle: (name, command) => handleCommand(stay, name, command),
    recordRefusedSignal: (name, refusal) => recordRefusedSignal(stay, name, refusal),
  });
  answerQueries(stay);

  // A run ends or rolls over only while no command is in hand, so none is cut and none is lost.
  const ends = (): boolean => hasEnded(stay.state()) && isIdle(desk);
  const rolls = (): boolean => shouldRoll() && isIdle(desk);
  while (!ends() && !rolls()) {
    const seen = stay.version();
    const deadline = deadlineOf(stay);
    const changed = (): boolean => stay.version() !== seen || ends() || rolls() || mustAbandon(stay);
    const inTime = await waitUntil(changed, deadline === null || deadline === 'quiet' ? deadline : deadline.at);
    if (!inTime) await condition(() => isIdle(desk) || stay.version() !== seen);
    if (!inTime && stay.version() === seen) {
      if (deadline === 'quiet') break;
      if (deadline?.alarm === null) return endOf(stay);
      await carryThrough(() => raiseAlarm(stay, deadline?.alarm as AlarmCode));
    }
    await carryThrough(() => abandonUnknown(stay));
  }
  if (ends()) return endOf(stay);
  return continueAsNew<typeof admission>({
    ...input,
    carried: { state: stay.state(), timeline: stay.timeline(), caughtUp: stay.caughtUp(), remembered: desk.remembered() },
  });
}

function endOf(stay: Stay): AdmissionEnd {
  const { stage, settlements } = stay.state();
  return { stage, settlements: settlements.map((ref) => ref.setlId) };
}

function deadlineOf(stay: Stay): Deadline | 'quiet' | null {
  if (shouldRollWhenQuiet()) return 'quiet';
  if (stay.state().stage === 'opened') return { at: workflowInfo().startTime.getTime() + OPENED_FOR_MS, alarm: null };
  return nextDeadline(stay.state());
}

/**
 * What the process does by itself must not end it: a step that cannot be carried out is tried again later, and after the
 * stay has moved the main loop looks anew.
 */
async function carryThrough(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof StayMoved) return;
    if (!(error instanceof ActivityFailure)) throw error;
    await sleep(TRY_AGAIN_MS, { summary: '步骤未能执行，稍后再试' });
  }
}

async function raiseAlarm(stay: Stay, code: AlarmCode): Promise<void> {
  await stay.run('recordEvents', systemCommand(`alarm/${code}/${stay.version()}`), {
    step: `alarm/${code}`,
    events: [{ type: 'alarmRaised', code }],
    abnormal: { code, subject: stay.state().iptNo, title: ALARM_TITLES[code] },
  });
}

/** On the timeline of the stay, or of the workflow alone while the stay has no row yet. */
async function recordRefusedSignal(stay: Stay, command: string, refusal: Refusal): Promise<void> {
  if (stay.state().stage === 'opened') return stay.note('', `信号 ${command} 未受理：${refusal.message}`);
  const recording = systemCommand(`signal/${uuid4()}`);
  await untilStill(() => stay.run('recordEvents', recording, { step: 'signalRefused', events: [{ type: 'signalRefused', command, refusal }] }));
}

function answerQueries(stay: Stay): void {
  setHandler(defineQuery<AdmissionState>('state'), () => stay.state());
  setHandler(defineQuery<readonly TimelineEntry[]>('timeline'), () => stay.timeline());
  setHandler(defineQuery<string>('waitsFor'), () => waitsFor(stay.state()));
  setHandler(defineQuery('money'), () => {
    const { deposit, fees, settlements, preSettlement, held } = stay.state();
    return { deposit, unsettled: fees.unsettled, settled: fees.settled, settlements, preSettlement, held };
  });
}
