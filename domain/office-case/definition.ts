/**
 * A case definition (办件定义): an office function as data. The JSON files in `schemas/processes/cases/` have this shape; a
 * running case keeps the definition that it was started with.
 */
export interface CaseDefinition {
  readonly key: string;
  readonly version: number;
  readonly zh: string;
  readonly en: string;
  /** Ids of docs/functions.tsv that this definition serves. */
  readonly functions: readonly string[];
  /** Roles (岗位) of which the maker (经办) must hold one. */
  readonly startRoles: readonly string[];
  readonly startLevel: readonly DivisionLevel[];
  readonly form: readonly FormField[];
  /** Form fields whose values make the business key; one open case a key and division. */
  readonly businessKey: readonly string[];
  /** Form field (fen) that lists show and filter by. */
  readonly amount?: string;
  /** Form field (yyyy-MM) that lists show and filter by. */
  readonly period?: string;
  readonly chain: readonly Step[];
  /** Register operation (登记操作) after the last step, by its name in the registry; null when there is no effect. */
  readonly operation: string | null;
  /** Key of the definition that undoes this one after its effect. */
  readonly undo?: string;
  /** Template of the printed document. */
  readonly document?: string;
  /** Of each step that has none of its own. */
  readonly deadline?: StepDeadline;
}

export type DivisionLevel = 'province' | 'city' | 'county';

export const FIELD_TYPES = [
  'text',
  'longText',
  'fen',
  'integer',
  'date',
  'period',
  'division',
  'fund',
  'choice',
  'list',
  'account',
  'reference',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export interface FormField {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  /** `period` is yyyy-MM, `account` a bank account number, `reference` the number of another record. */
  readonly type: FieldType;
  readonly required?: boolean;
  /** Characters of a text, rows of a list, or the greatest value of a number. */
  readonly max?: number;
  /** The least value of a number; fen and integers are not negative where it is absent. */
  readonly min?: number;
  readonly choices?: readonly { readonly value: string; readonly zh: string; readonly en: string }[];
  /** Fields of a row of a list. */
  readonly fields?: readonly FormField[];
  /** Of a list: address of the API whose `items` the workbench fills in as rows when the form is begun. */
  readonly prefill?: string;
  /** Shown masked; unmasking is recorded. */
  readonly personal?: boolean;
}

/** A term in working hours. */
export interface StepDeadline {
  readonly hours: number;
  /** Parts of the term after which a reminder goes out, such as 0.5 and 0.8. */
  readonly remindAt: readonly number[];
  /** Role whose people get a task when the term is over. */
  readonly escalateTo: string;
}

/**
 * Where the signers of a step sit, seen from the case's division. `parties` and `list:…` are places of several: each entry of
 * that list of the form is a slot. `parties` has entries always; another list may be empty, and the step is skipped then.
 */
export type Where = 'own' | 'parent' | 'root' | 'parties' | `list:${string}` | `field:${string}`;

/** What silence to the end of the term means. */
export interface OnOverdue {
  /** `confirm`: the system confirms for each slot of the step that is still open, as an act of its own kind. */
  readonly act: 'confirm';
  /** Only where the result of an earlier automatic step says true under that name; else the step is escalated. */
  readonly when?: { readonly step: string; readonly result: string };
}

export interface SignStep {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
  readonly kind: 'sign';
  readonly role: string;
  /** `parties`, `list:…`: one slot for each entry {slot, division, zh} of the form's list of that name, side by side. */
  readonly where: Where;
  /**
   * Of party slots: all, any one, or so many of them. Elsewhere a number makes so many seats, each for another person, and
   * `all` or `any` is one seat.
   */
  readonly need: 'all' | 'any' | number;
  /** Four eyes against the maker and all other signers; true where absent. */
  readonly different?: boolean;
  /** The step is skipped when the form's number is less. */
  readonly when?: { readonly field: string; readonly atLeast: number };
  /** Where 退回 goes: the maker, or an earlier step. The maker where absent. */
  readonly returnTo?: string;
  /** Slots may object (提出异议): the case is returned, or the objection is only recorded and the others go on. */
  readonly objection?: 'return' | 'record';
  /** After a return, slots of parties whose entry did not change keep their signature. */
  readonly keepUnchanged?: boolean;
  readonly deadline?: StepDeadline;
  /** Of parties alone: a review or an approval (复核、审批) never follows from silence. */
  readonly onOverdue?: OnOverdue;
}

export interface AutomaticStep {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
  readonly kind: 'automatic';
  readonly operation: string;
  /** One Chinese phrase of what is done, for the Temporal UI and the timeline. */
  readonly summary: string;
}

export type Step = SignStep | AutomaticStep;

/** The step name of the effect after the last step; no step of a chain may be called so. */
export const EFFECT = 'effect';
/** The step name of what the maker does; no step of a chain may be called so. */
export const MAKER = 'maker';

/** Chinese name of a step of the chain, of the effect, or of what the maker does; the key itself where there is none. */
export function stepName(definition: CaseDefinition, key: string): string {
  if (key === EFFECT) return '登记';
  if (key === MAKER) return '经办';
  return definition.chain.find((each) => each.key === key)?.zh ?? key;
}

/** The step of that key. Throws Error when the chain has none. */
export function stepOf(definition: CaseDefinition, key: string): Step {
  const step = definition.chain.find((each) => each.key === key);
  if (!step) throw new Error(`${definition.key} has no step ${key}`);
  return step;
}

export function indexOfStep(definition: CaseDefinition, key: string): number {
  return definition.chain.findIndex((each) => each.key === key);
}

/** Name of the form's list whose entries sign the step; null where it is signed in one division. */
export function listOf({ where }: Pick<SignStep, 'where'>): string | null {
  if (where === 'parties') return 'parties';
  return where.startsWith('list:') ? where.slice('list:'.length) : null;
}

export function deadlineOf(definition: CaseDefinition, step: Step): StepDeadline | null {
  return step.kind === 'sign' ? (step.deadline ?? definition.deadline ?? null) : null;
}

/** Name of the register operation of a step of the chain, or of the effect; null when there is none. */
export function operationOf(definition: CaseDefinition, step: string): string | null {
  if (step === EFFECT) return definition.operation;
  const found = definition.chain.find((each) => each.key === step);
  return found?.kind === 'automatic' ? found.operation : null;
}
