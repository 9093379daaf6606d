import type { EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import type { CaseActName } from '../../domain/office-case/types';
import type { Store } from '../../store/open-store';

/** What a register operation (登记操作) is told of the case. */
export interface OperationContext {
  readonly caseId: string;
  readonly caseNo: string;
  readonly definition: string;
  readonly division: string;
  /** yyyy-MM, where the definition names a field for it. */
  readonly period: string | null;
  readonly form: Readonly<Record<string, unknown>>;
  /** Key of the automatic step, or `effect`. */
  readonly step: string;
  /** Everyone who acted, oldest first. */
  readonly actors: readonly { readonly act: CaseActName; readonly userId: string; readonly personKey: string; readonly step: string; readonly at: number }[];
  /** Epoch ms. */
  readonly now: number;
}

export interface OperationDeps {
  readonly store: Store;
  /** Epoch ms. */
  readonly now: () => number;
}

/** The effect of a case, or of an automatic step, on the registers. It has `apply` or `run`, not both. */
export interface RegisterOperation {
  /** Refuses what must not even be submitted; called at submit and again before the effect. */
  check?(manager: EntityManager, context: OperationContext): Promise<Refusal | null>;
  /** Within one transaction with its receipt; called once a (case, step, round). Returns what the case shows. */
  apply?(manager: EntityManager, context: OperationContext): Promise<{ result: object } | Refusal>;
  /** For long work instead of apply: idempotent, streams, heartbeats. */
  run?(deps: OperationDeps, context: OperationContext, heartbeat: (progress: { done: number; total: number }) => void): Promise<{ result: object } | Refusal>;
  /** Undoes what stands of it, within one transaction; safe when nothing does. */
  compensate?(manager: EntityManager, context: OperationContext): Promise<void>;
}

export type RegisterOperations = Readonly<Record<string, RegisterOperation>>;

export function isRefusal(outcome: { result: object } | Refusal): outcome is Refusal {
  return 'code' in outcome;
}
