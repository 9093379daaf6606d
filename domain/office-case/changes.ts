import { canonical } from './canonical';

export interface FieldChange {
  readonly field: string;
  /** Undefined where the field was or became absent. */
  readonly before: unknown;
  readonly after: unknown;
}

type Form = Readonly<Record<string, unknown>>;

/** What differs between the forms of two rounds, by the names of their fields in order. */
export function changesOf(before: Form, after: Form): readonly FieldChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return fields
    .filter((field) => canonical(before[field]) !== canonical(after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}
