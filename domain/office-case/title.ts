import { FUNDS, isFund } from '../clearing/funds';
import type { CaseDefinition, FormField } from './definition';
import type { OpenedCase } from './types';

type Form = Readonly<Record<string, unknown>>;

const LONGEST = 200;

/**
 * What lists and pages call a case: its definition and what its business key names, in words. A draft that names nothing yet,
 * and a case without business key, has its number instead. Never personal: a business key holds no such field.
 */
export function titleOf(definition: CaseDefinition, form: Form, { caseNo }: Pick<OpenedCase, 'caseNo'>, divisionName: (code: string) => string): string {
  const named = keyFields(definition).map((field) => wordOf(field, form[field.name], divisionName)).filter((word) => word !== '');
  return [definition.zh, ...(named.length === 0 ? [caseNo] : named)].join(' ').slice(0, LONGEST);
}

/** Whether titles of that definition name divisions. */
export function namesDivisions(definition: CaseDefinition): boolean {
  return keyFields(definition).some(({ type }) => type === 'division');
}

function keyFields({ form, businessKey }: CaseDefinition): readonly FormField[] {
  return businessKey.flatMap((name) => form.find((field) => field.name === name) ?? []);
}

function wordOf({ type, choices }: FormField, value: unknown, divisionName: (code: string) => string): string {
  const text = String(value ?? '').trim();
  switch (type) {
    case 'division':
      return divisionName(text);
    case 'fund':
      return isFund(text) ? FUNDS[text].zh : text;
    case 'choice':
      return choices?.find((choice) => choice.value === text)?.zh ?? text;
    case 'period':
      return text.replace(/^(\d{4})-0?(\d{1,2})$/, '$1年$2月');
    default:
      return text;
  }
}
