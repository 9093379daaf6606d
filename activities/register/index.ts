import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { AdmissionSteps, Behind, LookOutcome, StepInput, StepOutcome } from '../../domain/admission/steps';
import { MessageError } from '../../domain/national/codec';
import { admitPatient, lookForStay, refuseAdmission } from './admit';
import { abandonSettlement, adoptSettlement, cancelSettlement, lookForCancellation, recordEvents } from './cancellation';
import { missedEvents } from './commit';
import { refuse, type RegisterDeps } from './context';
import { recordDeposit, refundDeposit } from './deposits';
import { amendAdmission, cancelAdmission, cancelDischarge, discharge } from './discharge';
import { withdrawFees, withdrawLostFees } from './fee-withdrawal';
import { uploadFeeChunk } from './fees';
import { submitList, withdrawList } from './list';
import { settleSelfPay } from './self-pay';
import { acceptAmounts, preSettle, revokePreSettlement, settle } from './settlement';

/** Regular attempts after which an unreachable platform is told to the caller instead of being tried once more. */
const TRY_UNREACHABLE = 8;
const HEARTBEAT_MS = 1_000;

type StepFunction = (deps: RegisterDeps, input: never) => Promise<StepOutcome | LookOutcome>;

const STEPS = {
  admitPatient,
  refuseAdmission,
  recordDeposit,
  refundDeposit,
  uploadFeeChunk,
  withdrawFees,
  amendAdmission,
  preSettle,
  revokePreSettlement,
  discharge,
  settle,
  settleSelfPay,
  acceptAmounts,
  cancelSettlement,
  cancelDischarge,
  cancelAdmission,
  submitList,
  withdrawList,
  lookForStay,
  lookForCancellation,
  withdrawLostFees,
  abandonSettlement,
  adoptSettlement,
  recordEvents,
} satisfies Record<keyof AdmissionSteps, StepFunction>;

/** The activities of the register (住院登记簿) for a worker. */
export function createRegisterActivities(deps: RegisterDeps): AdmissionSteps {
  const activities = Object.entries(STEPS).map(([name, step]) => [name, (input: StepInput) => runStep(deps, step as StepFunction, input)]);
  return Object.fromEntries(activities) as unknown as AdmissionSteps;
}

/**
 * Runs one step as an activity. On the sure path it heartbeats, so that another worker takes over soon after a kill, and
 * an unreachable platform is tried again by Temporal (visible in its UI) a few times before the caller is told.
 * Throws ApplicationFailure `Unreachable` for such a retry.
 */
async function runStep(deps: RegisterDeps, step: StepFunction, input: StepInput): Promise<StepOutcome | LookOutcome | Behind> {
  const context = Context.current();
  const { info } = context;
  const beat = info.isLocal ? undefined : setInterval(() => context.heartbeat(), HEARTBEAT_MS);
  try {
    const missed = await missedEvents(deps, input);
    if (missed.length > 0) return { kind: 'behind', events: missed };
    const outcome = await step(deps, input as never);
    // The fast path goes on after its time is up, and may have committed while this attempt waited for its messages.
    const since = 'events' in outcome && outcome.events.length > 0 ? [] : await missedEvents(deps, input);
    if (since.length > 0) return { kind: 'behind', events: since };
    if (outcome.kind === 'unreachable' && !info.isLocal && info.attempt < TRY_UNREACHABLE) {
      throw ApplicationFailure.retryable(outcome.reason, 'Unreachable');
    }
    return outcome;
  } catch (error) {
    // The message breaks its schema, so nothing was sent: a refusal that names the field, not a fault to retry.
    if (error instanceof MessageError) return refuse('MESSAGE_INVALID', `提交的内容不符合医保接口要求：${error.path} ${error.text}`);
    throw error;
  } finally {
    clearInterval(beat);
  }
}
