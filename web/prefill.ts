import type { Form, FormField } from './types';

type PrefilledList = FormField & { readonly prefill: string };

/** Lists whose rows are known beforehand and that nobody has begun; one that was emptied by hand counts as begun. */
export function unbegunLists(fields: readonly FormField[], form: Form): PrefilledList[] {
  return fields.filter((field): field is PrefilledList => field.prefill !== undefined && form[field.name] === undefined);
}

/** The rows that a list begins with: of what is known, what the list has fields for. */
export function prefilledRows({ fields = [] }: FormField, items: readonly Form[]): Form[] {
  return items.map((item) => Object.fromEntries(fields.map(({ name }) => [name, item[name] ?? null])));
}
