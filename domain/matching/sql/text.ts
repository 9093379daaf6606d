import { dateProblem } from '../../calendar';

/** Pieces of SQL text for DuckDB. Names come from declarations and are checked again here; values become quoted literals. */

/** A declared column, by a name that no column of the engine's own has. Throws RangeError for anything but snake_case. */
export function ident(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,59}$/.test(name)) throw new RangeError(`not a name: ${JSON.stringify(name)}`);
  return `"c_${name}"`;
}

/** A name as a file spells it: any text without control characters. Throws RangeError otherwise. */
export function foreignIdent(name: string): string {
  if (name === '' || name.length > 200 || hasControls(name)) throw new RangeError(`not a name: ${JSON.stringify(name)}`);
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as a literal. Throws RangeError for control characters. */
export function literal(text: string): string {
  if (hasControls(text)) throw new RangeError('a value may hold no control characters');
  return `'${text.replaceAll("'", "''")}'`;
}

/** A day as a DATE. Throws RangeError for anything but a real `yyyy-MM-dd`. */
export function dayLiteral(day: string): string {
  if (dateProblem(day)) throw new RangeError(`not a day: ${JSON.stringify(day)}`);
  return `DATE '${day}'`;
}

/** A whole number that stands in a statement. */
export function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an integer: ${value}`);
  return String(value);
}

export function list(parts: readonly string[], between = ', '): string {
  return parts.join(between);
}

/** The expression has one of the values. */
export function isOneOf(expression: string, values: readonly string[]): string {
  return `${expression} IN (${list(values.map(literal))})`;
}

/** Any of the conditions; false where there is none. */
export function anyOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : `(${conditions.join(' OR ')})`;
}

/** All of the conditions; true where there is none. */
export function allOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'true' : `(${conditions.join(' AND ')})`;
}

function hasControls(text: string): boolean {
  return [...text].some((char) => char < ' ' || char === '\u007f');
}
