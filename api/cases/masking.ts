import { maskIdNumber, maskName } from '../../domain/identity';
import type { FormField } from '../../domain/office-case/definition';

type Form = Readonly<Record<string, unknown>>;

/** A form as those see it who need not know of whom it speaks: personal fields are masked, in rows of lists too. */
export function maskForm(fields: readonly FormField[], form: Form): Record<string, unknown> {
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, maskValue(fields.find((field) => field.name === name), value)]));
}

export function maskValue(field: FormField | undefined, value: unknown): unknown {
  if (!field || value === null || value === undefined) return value;
  if (field.type === 'list' && Array.isArray(value)) return value.map((row) => maskForm(field.fields ?? [], row as Form));
  return field.personal ? masked(String(value)) : value;
}

const ID_NUMBER = /^\d{17}[\dX]$/;
const LONG_NUMBER = /^\d{6,}$/;
const KEPT_DIGITS = 4;
/** Longer texts do not tell how long they are. */
const LONGEST_SHOWN = 12;

function masked(text: string): string {
  if (ID_NUMBER.test(text)) return maskIdNumber(text);
  return LONG_NUMBER.test(text) ? `${'*'.repeat(text.length - KEPT_DIGITS)}${text.slice(-KEPT_DIGITS)}` : maskName([...text].slice(0, LONGEST_SHOWN).join(''));
}
