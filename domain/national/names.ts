/** Required flags and codes of a profile. Names given here are the default ones. */
import { codeTables } from '../../schemas/national/code-tables';
import type { Profile } from '../../schemas/national/profile';
import type { Field } from '../../schemas/national/types';

/** Whose fields: our number of the transaction, or `header`. */
export type Scope = string;
export type Side = 'header' | 'input' | 'output';

/** `siblings` are the values of the same row; a condition of the form `name = value` is decided by them. */
export function isRequired(
  profile: Profile,
  scope: Scope,
  side: Side,
  node: string,
  field: Field,
  siblings: (name: string) => unknown,
): boolean {
  const flags = profile.required[scope];
  const flag = flags?.[`${node}.${field.name}`] ?? (side === 'output' ? undefined : flags?.[field.name]);
  if (flag !== undefined) return flag;
  if (field.required) return true;
  const condition = /^(\w+) = (\w+)$/.exec(field.condition ?? '');
  return condition !== null && siblings(condition[1] ?? '') === condition[2];
}

/** Our code → theirs. */
export function codeToTheirs(profile: Profile, table: string, code: string): string {
  return profile.codeValues[table]?.[code] ?? code;
}

/** Their code → ours. */
export function codeToOurs(profile: Profile, table: string, code: string): string {
  const found = Object.entries(profile.codeValues[table] ?? {}).find(([, theirs]) => theirs === code);
  return found ? found[0] : code;
}

/** Whether a code may be sent: tables that are not published in full let every value pass. */
export function isKnownCode(profile: Profile, table: string, code: string): boolean {
  const published = codeTables[table];
  if (!published || published.open) return true;
  return Object.hasOwn(published.values, code) || Object.hasOwn(profile.localCodes[table] ?? {}, code);
}
