import { isFund, type FundKey } from '../../domain/clearing/funds';
import { fen, type Fen } from '../../domain/money';

/** A case's form, or a row of one of its lists. The engine has checked it against its definition. */
export type Form = Readonly<Record<string, unknown>>;

/** A text of the form; throws TypeError when the definition let something else through. */
export function textIn(form: Form, name: string): string {
  const value = form[name];
  if (typeof value !== 'string' || value === '') throw new TypeError(`the form has no text ${name}`);
  return value;
}

/** As `textIn`, null where the field was left empty. */
export function optionalText(form: Form, name: string): string | null {
  const value = form[name];
  return value === undefined || value === null || value === '' ? null : textIn(form, name);
}

export function integerIn(form: Form, name: string): number {
  const value = form[name];
  if (!Number.isSafeInteger(value)) throw new TypeError(`the form has no integer ${name}`);
  return value as number;
}

export function fenIn(form: Form, name: string): Fen {
  return fen(integerIn(form, name));
}

/** An amount, or `otherwise` where the field was left empty. */
export function optionalFen<T>(form: Form, name: string, otherwise: T): Fen | T {
  return form[name] === undefined || form[name] === null ? otherwise : fenIn(form, name);
}

export function fundIn(form: Form, name: string): FundKey {
  const value = textIn(form, name);
  if (!isFund(value)) throw new TypeError(`the form has no fund ${name}`);
  return value;
}

/** Rows of a list; none where it was left empty. */
export function rowsIn(form: Form, name: string): readonly Form[] {
  const value = form[name] ?? [];
  if (!Array.isArray(value)) throw new TypeError(`the form has no list ${name}`);
  return value as readonly Form[];
}
