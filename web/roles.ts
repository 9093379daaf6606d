import book from '../schemas/processes/roles.json';
import { named } from './i18n';

const byKey = new Map(book.roles.map((role) => [role.key, role]));

/** Name of a role in the language of the page; the text itself where it is no key. */
export function roleName(role: string): string {
  const known = byKey.get(role);
  return known ? named(known) : role;
}

export function roleChoices(): readonly { readonly value: string; readonly text: string }[] {
  return book.roles.map((role) => ({ value: role.key, text: named(role) }));
}
