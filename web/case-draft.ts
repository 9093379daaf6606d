import { user } from './session';
import type { Form } from './types';

/** What was typed into a new case survives a reload and a lost session, in this tab only. */

export function readDraft(definition: string): Form {
  const text = sessionStorage.getItem(nameOf(definition));
  return text === null ? {} : (JSON.parse(text) as Form);
}

export function keepDraft(definition: string, form: Form): void {
  sessionStorage.setItem(nameOf(definition), JSON.stringify(form));
}

export function dropDraft(definition: string): void {
  sessionStorage.removeItem(nameOf(definition));
}

function nameOf(definition: string): string {
  return `anjie-draft/${user.value?.userId ?? ''}/${definition}`;
}
