import { ActivityFailure, CancellationScope, condition, continueAsNew, defineQuery, setHandler, sleep, uuid4, workflowInfo } from '@temporalio/workflow';
import type { CommandResult } from '../../domain/commands';
import { checkShape } from '../../domain/office-case/check';
import type { CaseDefinition } from '../../domain/office-case/definition';
import { nextMoment } from '../../domain/office-case/moments';
import { hasEnded, openState } from '../../domain/office-case/state';
import type { ActCommand, CaseState, CaseStatus, OpenedCase } from '../../domain/office-case/types';
import { refusal } from '../../domain/refusal';
import { waitsFor, why } from '../../domain/office-case/why';
import { isIdle, openCommandDesk, type RememberedCommand } from '../kit/commands';
import { shouldRoll, shouldRollWhenQuiet, waitUntil } from '../kit/rolling';
import { openCaseRun, type CarriedCase, type CaseRun, type TimelineEntry } from './case-run';
import { openRefusedSignals } from './refused-signals';
import { doWork } from './work';

export interface OfficeCaseInput {
  readonly opened: OpenedCase;
  /** As it was when the case was opened; a running case keeps it. */
  readonly definition: CaseDefinition;
  /** What an earlier run of the same case hands on. */
  readonly carried?: CarriedCase & { readonly remembered: readonly RememberedCommand[] };
}

export interface OfficeCaseEnd {
  readonly caseNo: string;
  readonly status: CaseStatus;
}

/** A draft on which nobody acted needs no process, ms; the next act starts it again. */
const DRAFT_FOR_MS = 10 * 60_000;
/** How long the answer to an act waits for the registration that follows from it, ms; longer ones are told as under way. */
const ANSWER_WAITS_MS = 1_500;
/** Pause after a step of the process's own could not be carried out at all, ms. */
const TRY_AGAIN_MS = 10 * 60_000;

/**
 * One office case (办件), whatever its definition: `office-case/{definition}/{division}/{caseNo}`. Decisions are made and
 * recorded in activities under the lock of the case; the run keeps the time and performs what follows. A request to cancel
 * the workflow changes nothing: a case ends by its acts.
 */
export async function officeCase(input: OfficeCaseInput): Promise<OfficeCaseEnd> {
  return CancellationScope.nonCancellable(() => live(input));
}

async function live(input: OfficeCaseInput): Promise<OfficeCaseEnd> {
  const { definition, carried } = input;
  const run = openCaseRun(definition, carried ?? { state: openState(input.opened), timeline: [] });
  const refusedSignals = openRefusedSignals((refused, count) => carryThrough(() => run.refuseSignals(`signal/${uuid4()}`, refused, count)));
  const desk = openCommandDesk({
    names: ['act'],
    remembered: carried?.remembered ?? [],
    outOfTurn: [],
    checkPayload: (_name, payload) => checkShape(payload),
    // Whether the act fits is judged under the lock, so that a refusal is recorded too.
    check: () => null,
    handle: (_name, command) => act(run, command as unknown as ActCommand),
    // A signal that was judged stands among the acts already; only what is no act at all is recorded here.
    recordRefusedSignal: async (_name, refused) => (refused.code === 'COMMAND_MALFORMED' ? refusedSignals.take(refused) : undefined),
  });
  answerQueries(definition, run);
  await carryThrough(() => run.catchUp());

  const ends = (): boolean => hasEnded(run.state()) && isIdle(desk);
  const rolls = (): boolean => shouldRoll() && isIdle(desk);
  while (!ends() && !rolls()) {
    if (run.work()) {
      await carryThrough(() => doWork(run));
      continue;
    }
    const seen = run.version();
    const until = momentOf(run.state());
    const inTime = await waitUntil(() => run.version() !== seen || run.work() !== null || ends() || rolls(), until);
    if (inTime || run.version() !== seen || !isIdle(desk)) continue;
    if (until === 'quiet') break;
    if (run.state().status === 'draft') break;
    await carryThrough(() => run.remind(Date.now()));
  }
  while (refusedSignals.waiting() > 0 || !isIdle(desk)) {
    await refusedSignals.flush();
    await condition(() => isIdle(desk));
  }
  if (ends() || run.state().status === 'draft') return endOf(run);
  return continueAsNew<typeof officeCase>({ ...input, carried: { ...run.carried(), remembered: desk.remembered() } });
}

/** One act. What follows from it by itself is often done in a moment; then the answer tells how that went. */
async function act(run: CaseRun, command: ActCommand): Promise<CommandResult> {
  const result = await judged(run, command);
  if (result.status === 'refused' || !run.work()) return result;
  await condition(() => run.work() === null, ANSWER_WAITS_MS);
  const { caseNo, status, step, round } = run.state();
  return { status: 'done', result: { caseNo, status, step, round } };
}

/** What cannot be judged for hours is refused: a handler that fails would end the case. */
async function judged(run: CaseRun, command: ActCommand): Promise<CommandResult> {
  try {
    return await run.judge(command);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return { status: 'refused', refusal: refusal('STORE_UNAVAILABLE') };
  }
}

function endOf(run: CaseRun): OfficeCaseEnd {
  const { caseNo, status } = run.state();
  return { caseNo, status };
}

/** The next moment at which the case does something by itself (epoch ms), `quiet` to roll over, or null. */
function momentOf(state: CaseState): number | 'quiet' | null {
  if (shouldRollWhenQuiet()) return 'quiet';
  if (state.status === 'draft') return workflowInfo().startTime.getTime() + DRAFT_FOR_MS;
  return nextMoment(state);
}

/** What the case does by itself must not end it: a step that cannot be carried out is tried again later. */
async function carryThrough(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    await sleep(TRY_AGAIN_MS, { summary: '步骤未能执行，稍后再试' });
  }
}

function answerQueries(definition: CaseDefinition, run: CaseRun): void {
  setHandler(defineQuery<CaseState>('state'), () => run.state());
  setHandler(defineQuery<readonly TimelineEntry[]>('timeline'), () => run.timeline());
  setHandler(defineQuery<string>('waitsFor'), () => waitsFor(definition, run.state()));
  setHandler(defineQuery<string>('why'), () => why(definition, run.state(), Date.now()));
}
