import type { RegisterOperation } from '../../activities/office-case/operations';
import type { CaseDefinition, SignStep } from '../../domain/office-case/definition';
import { CITIES, PROVINCE, type TestPerson } from './office-people';

/** People of the cases of tests, by what they do. */
export const STAFF: readonly TestPerson[] = [
  { id: 'maker-1', role: 'maker', division: PROVINCE },
  { id: 'reviewer-1', role: 'reviewer', division: PROVINCE },
  { id: 'reviewer-2', role: 'reviewer', division: PROVINCE },
  { id: 'rechecker-1', role: 'rechecker', division: PROVINCE },
  { id: 'approver-1', role: 'approver', division: PROVINCE },
  ...CITIES.map((division, index) => ({ id: `city-${index + 1}`, role: 'cityConfirmer' as const, division })),
];

export function sign(step: Partial<SignStep> & Pick<SignStep, 'key' | 'role'>): SignStep {
  return { zh: step.key, en: step.key, kind: 'sign', where: 'own', need: 'any', ...step };
}

/** A definition of tests; what is not given makes the smallest: one form field, review by one person, no effect. */
export function definitionOf(given: Partial<CaseDefinition> = {}): CaseDefinition {
  return {
    key: 'test-case',
    version: 1,
    zh: '测试件',
    en: 'Test case',
    functions: [],
    startRoles: ['maker'],
    startLevel: ['province', 'city'],
    form: [
      { name: 'subject', zh: '事项', en: 'Subject', type: 'text', required: true },
      { name: 'amount', zh: '金额', en: 'Amount', type: 'fen' },
    ],
    businessKey: ['subject'],
    amount: 'amount',
    chain: [sign({ key: 'review', zh: '审核', role: 'reviewer' })],
    operation: null,
    ...given,
  };
}

/** The rows of a list `parties`, one a city. */
export function partiesOf(marks: readonly string[] = []): object[] {
  return CITIES.map((division, index) => ({ slot: division, division, zh: `示例${index + 1}市`, amount: marks[index] ?? '100' }));
}

export const PARTY_FIELDS = {
  name: 'parties',
  zh: '市州',
  en: 'Cities',
  type: 'list',
  required: true,
  fields: [
    { name: 'slot', zh: '席位', en: 'Slot', type: 'text', required: true },
    { name: 'division', zh: '辖区', en: 'Division', type: 'division', required: true },
    { name: 'zh', zh: '名称', en: 'Name', type: 'text', required: true },
    { name: 'amount', zh: '金额', en: 'Amount', type: 'text', required: true },
  ],
} as const;

/** An operation that counts what it did. */
export function counting(given: Partial<RegisterOperation> = {}): { operation: RegisterOperation; applied: string[]; undone: string[] } {
  const [applied, undone]: [string[], string[]] = [[], []];
  const operation: RegisterOperation = {
    apply: async (_manager, { caseNo, step }) => {
      applied.push(`${caseNo}/${step}`);
      return { result: { done: step } };
    },
    compensate: async (_manager, { caseNo, step }) => void undone.push(`${caseNo}/${step}`),
    ...given,
  };
  return { operation, applied, undone };
}
