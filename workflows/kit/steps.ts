import {
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  TemporalFailure,
  type ActivityFunction,
  type ActivityOptions,
  type LocalActivityOptions,
} from '@temporalio/workflow';

/** A person waits: one attempt in the workflow's own worker, at most two seconds (temporal-facts: a longer one blocks the task). */
const FAST: LocalActivityOptions = { startToCloseTimeout: '2s', retry: { maximumAttempts: 1 } };

/**
 * Everything longer. The heartbeat of 3 s makes another worker take over soon after a kill; the ceiling keeps a step
 * that can never succeed from trying for ever in silence.
 */
const SURE: ActivityOptions = {
  startToCloseTimeout: '10m',
  heartbeatTimeout: '3s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s', maximumAttempts: 500 },
};

type Step<I, O> = (input: I) => Promise<O>;
type StepTable = Record<string, ActivityFunction>;

export interface StepRunner<S> {
  /** Runs a step on the fast path, and on the sure path where that one did not bring an answer. */
  run<K extends keyof S & string>(name: K, input: InputOf<S[K]>, summary: string): Promise<OutputOf<S[K]>>;
  /** Runs a step on the sure path only: for what may take long. */
  runSure<K extends keyof S & string>(name: K, input: InputOf<S[K]>, summary: string): Promise<OutputOf<S[K]>>;
}

type InputOf<F> = F extends Step<infer I, unknown> ? I : never;
type OutputOf<F> = F extends Step<never, infer O> ? O : F extends (input: never) => Promise<infer O> ? O : never;

/**
 * The two paths of every step. An outcome `unreachable` on the fast path is tried again on the sure path, where the
 * activity itself retries with the same message id; any other outcome is final here.
 */
export function createStepRunner<S>(): StepRunner<S> {
  const fast = proxyLocalActivities<StepTable>(FAST);
  const sure = proxyActivities<StepTable>(SURE);

  async function runSure(name: string, input: unknown, summary: string): Promise<unknown> {
    const step = sure[name];
    if (!step) throw new TypeError(`no such step: ${name}`);
    return step.executeWithOptions({ ...SURE, summary }, [input]);
  }

  async function run(name: string, input: unknown, summary: string): Promise<unknown> {
    const step = fast[name];
    if (!step) throw new TypeError(`no such step: ${name}`);
    try {
      const outcome: unknown = await step.executeWithOptions({ ...FAST, summary }, [input]);
      if (!isUnreachable(outcome)) return outcome;
    } catch (error) {
      // The history keeps the failure of a local activity without the ActivityFailure around it, so a replay throws its cause alone.
      if (isCancellation(error) || !(error instanceof TemporalFailure)) throw error;
    }
    return runSure(name, input, summary);
  }

  return { run, runSure } as unknown as StepRunner<S>;
}

function isUnreachable(outcome: unknown): boolean {
  return (outcome as { kind?: string } | null)?.kind === 'unreachable';
}
