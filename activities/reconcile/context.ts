import { ApplicationFailure } from '@temporalio/activity';
import type { CommandEnvelope, CommandResult } from '../../domain/commands';
import type { DetailScope, ReconcileInput, RoundInput } from '../../domain/reconciliation/steps';
import type { Infno, TransactionMap } from '../../schemas/national/generated';
import type { Profile } from '../../schemas/national/profile';
import { repeatUnknown } from '../national/repeat';
import type { CallOutcome, Settled } from '../national/types';
import type { RegisterDeps } from '../register/context';

export interface ReconcileDeps extends RegisterDeps {
  /** Gives a command to a stay's workflow and waits for its result; a workflow that is gone is a refusal. */
  readonly command: (workflowId: string, name: string, envelope: CommandEnvelope) => Promise<CommandResult>;
}

/** One attempt of an activity of the reconciliation. */
export interface ReconcileAttempt extends ReconcileDeps {
  /** 0 for the first one. A later one asks under new message keys: a stored answer of the earlier one would be stale. */
  readonly attempt: number;
  /** Run of the workflow that asks. */
  readonly runId: string;
}

export const OPERATOR: CommandEnvelope['operator'] = { id: 'SYSTEM', name: '系统', type: '1' };

interface Headers {
  readonly psnNo?: string;
  readonly insuplcAdmdvs?: string;
  /** Number of the call within its step and attempt. */
  readonly ordinal?: number;
}

/** Attempts of an activity after which a refusal by the platform counts as final. */
const REFUSED_AT_MOST = 3;
/** Calls of one step within one attempt at most. */
const CALLS_OF_A_STEP = 10;

/** One transaction of the reconciliation, sent once. */
export function askOnce<N extends Infno>(
  deps: ReconcileAttempt,
  at: RoundInput,
  step: string,
  infno: N,
  input: TransactionMap[N]['input'],
  headers: Headers = {},
): Promise<CallOutcome<N>> {
  const { opened, round } = at;
  return deps.gateway.call({
    key: {
      workflowId: workflowIdOf(opened),
      commandId: `v${opened.version}/r${round}`,
      step,
      ordinal: deps.attempt * CALLS_OF_A_STEP + (headers.ordinal ?? 0),
    },
    institution: opened.institution,
    infno,
    input,
    psnNo: headers.psnNo,
    insuplcAdmdvs: headers.insuplcAdmdvs,
    operator: OPERATOR,
  });
}

/** A harmless transaction. Throws Error when it brings no answer, so that Temporal tries the activity again. */
export async function ask<N extends Infno>(
  deps: ReconcileAttempt,
  at: RoundInput,
  step: string,
  infno: N,
  input: TransactionMap[N]['input'],
  headers: Headers = {},
): Promise<Extract<CallOutcome<N>, { kind: 'settled' | 'refused' }>> {
  const first = headers.ordinal ?? 0;
  const outcome = await repeatUnknown(0, (again) => askOnce(deps, at, step, infno, input, { ...headers, ordinal: first + again }));
  if (outcome.kind === 'settled' || outcome.kind === 'refused') return outcome;
  throw new Error(`${infno}: ${outcome.reason}`);
}

/** A harmless transaction that has to succeed. Throws as `ask`, and when it is refused. */
export async function demand<N extends Infno>(
  deps: ReconcileAttempt,
  at: RoundInput,
  step: string,
  infno: N,
  input: TransactionMap[N]['input'],
): Promise<Settled<N>> {
  const outcome = await ask(deps, at, step, infno, input);
  if (outcome.kind === 'settled') return outcome;
  throw failure(deps, 'PlatformRefused', `${infno} 被拒绝：${outcome.text}`);
}

/** What is tried anew a few times and then left to a person: a refusal, a file that cannot be read. */
export function failure(deps: ReconcileAttempt, type: string, message: string): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: deps.attempt + 1 >= REFUSED_AT_MOST });
}

export function profileOf(deps: ReconcileDeps, institution: string): Profile {
  return deps.profile(deps.institution(institution).profile);
}

export function workflowIdOf({ institution, date }: ReconcileInput): string {
  return `reconcile/${institution}/${date}`;
}

export function scopeText({ clr_type, clr_optins }: DetailScope): string {
  return `${clr_type}-${clr_optins}`;
}
