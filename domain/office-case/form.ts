import { dateProblem } from '../calendar';
import { FUNDS } from '../clearing/funds';
import { listOf, type CaseDefinition, type FormField } from './definition';
import type { FormExtract, Party } from './types';

/** What is wrong with a field of a form: where, and one Chinese sentence. */
export interface FieldProblem {
  /** `amount`, or `parties[2].division`. */
  readonly path: string;
  readonly message: string;
}

type Form = Readonly<Record<string, unknown>>;

const LONGEST_TEXT = 200;
const LONGEST_LONG_TEXT = 4_000;
const MOST_ROWS = 1_000;
const MOST_PROBLEMS = 50;
const LONGEST_BUSINESS_KEY = 200;
const PERIOD = /^(19|20)\d{2}-(0[1-9]|1[0-2])$/;
/** Blanks and characters without a shape, such as the zero-width space. */
const NOTHING_VISIBLE = /^[\s\p{Cf}]*$/u;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/;

/** Everything that is wrong with a form, at most 50 places; empty when it may be submitted. Nothing is trimmed or converted. */
export function checkForm(definition: CaseDefinition, form: Form): readonly FieldProblem[] {
  const problems = [...checkFields(definition.form, form, ''), ...checkParties(definition, form)];
  const asked = problems.length === 0 ? businessKeyOf(definition, form) : '';
  if (asked.length > LONGEST_BUSINESS_KEY) problems.push({ path: definition.businessKey[0] ?? '', message: '业务键过长。' });
  return problems.slice(0, MOST_PROBLEMS);
}

function checkFields(fields: readonly FormField[], form: Form, prefix: string): FieldProblem[] {
  const unknown = Object.keys(form).filter((name) => !fields.some((field) => field.name === name));
  return [
    ...unknown.map((name) => ({ path: `${prefix}${name.slice(0, 64)}`, message: '没有这个字段。' })),
    ...fields.flatMap((field) => checkField(field, form[field.name], `${prefix}${field.name}`)),
  ];
}

function checkField(field: FormField, value: unknown, path: string): FieldProblem[] {
  const absent = value === undefined || value === null || value === '' || (typeof value === 'string' && NOTHING_VISIBLE.test(value));
  if (absent) return field.required || (value !== undefined && value !== null) ? [{ path, message: `请填写${field.zh}。` }] : [];
  if (field.type === 'list') return checkList(field, value, path);
  const message = valueProblem(field, value);
  return message === null ? [] : [{ path, message }];
}

function checkList(field: FormField, value: unknown, path: string): FieldProblem[] {
  if (!Array.isArray(value)) return [{ path, message: `${field.zh}应为列表。` }];
  if (field.required && value.length === 0) return [{ path, message: `${field.zh}至少一行。` }];
  const most = field.max ?? MOST_ROWS;
  if (value.length > most) return [{ path, message: `${field.zh}至多 ${most} 行。` }];
  return value.flatMap((row: unknown, index) =>
    typeof row === 'object' && row !== null && !Array.isArray(row)
      ? checkFields(field.fields ?? [], row as Form, `${path}[${index}].`)
      : [{ path: `${path}[${index}]`, message: '每行应为一组字段。' }],
  );
}

function valueProblem(field: FormField, value: unknown): string | null {
  const { zh, max } = field;
  switch (field.type) {
    case 'fen':
    case 'integer':
      if (!Number.isSafeInteger(value)) return field.type === 'fen' ? `${zh}应为整数分。` : `${zh}应为整数。`;
      if ((value as number) < (field.min ?? 0)) return `${zh}不能小于 ${field.min ?? 0}。`;
      return max !== undefined && (value as number) > max ? `${zh}不能大于 ${max}。` : null;
    case 'date':
      return dateProblem(value)?.message ?? null;
    default:
      return typeof value === 'string' ? textProblem(field, value) : `${zh}应为文本。`;
  }
}

function textProblem(field: FormField, value: string): string | null {
  const { zh, max } = field;
  const longest = max ?? (field.type === 'longText' ? LONGEST_LONG_TEXT : LONGEST_TEXT);
  if ([...value].length > longest) return `${zh}至多 ${longest} 字。`;
  if (CONTROL.test(value)) return `${zh}含有不可见的控制字符。`;
  switch (field.type) {
    case 'period':
      return PERIOD.test(value) ? null : `${zh}应为年月，如 2026-03。`;
    case 'division':
      return /^\d{6}$/.test(value) ? null : `${zh}应为六位行政区划代码。`;
    case 'fund':
      return Object.hasOwn(FUNDS, value) ? null : `${zh}不是已知的基金。`;
    case 'choice':
      return field.choices?.some((choice) => choice.value === value) ? null : `${zh}不在可选范围内。`;
    case 'account':
      return /^\d{6,32}$/.test(value) ? null : `${zh}应为 6–32 位数字。`;
    case 'reference':
      return /^[A-Za-z0-9._:/-]{1,100}$/.test(value) ? null : `${zh}只能用字母、数字和 . _ : / -。`;
    default:
      return null;
  }
}

/** The lists whose parties sign. */
function partyLists({ chain }: CaseDefinition): readonly string[] {
  return [...new Set(chain.flatMap((step) => (step.kind === 'sign' ? (listOf(step) ?? []) : [])))];
}

/** The parties are there, each once. */
function checkParties(definition: CaseDefinition, form: Form): FieldProblem[] {
  return partyLists(definition).flatMap((list) => checkPartyList(list, rowsOf(form, list)));
}

function checkPartyList(list: string, rows: readonly Form[]): FieldProblem[] {
  if (rows.length === 0) return list === 'parties' ? [{ path: list, message: '至少要有一个签署方。' }] : [];
  const problems: FieldProblem[] = [];
  const seen = new Set<unknown>();
  rows.forEach((row, index) => {
    const path = `${list}[${index}]`;
    if (typeof row !== 'object' || row === null) return;
    if (!/^[A-Za-z0-9._:-]{1,64}$/.test(String(row['slot']))) problems.push({ path: `${path}.slot`, message: '席位编号只能用字母、数字和 . _ : -。' });
    if (seen.has(row['slot'])) problems.push({ path: `${path}.slot`, message: '席位编号重复。' });
    seen.add(row['slot']);
  });
  return problems;
}

/** The business key of a checked form. */
export function businessKeyOf(definition: CaseDefinition, form: Form): string {
  return definition.businessKey.map((name) => String(form[name] ?? '')).join('/');
}

/** Of a form what the chain needs; a draft may lack some of it. `hash` is `hashOf` of digest.ts. */
export function extractOf(definition: CaseDefinition, form: Form, hash: (value: unknown) => string): FormExtract {
  const signs = definition.chain.filter((step) => step.kind === 'sign');
  const numbers = signs.flatMap((step) => (step.when ? [step.when.field] : []));
  const divisions = signs.flatMap((step) => (step.where.startsWith('field:') ? [step.where.slice('field:'.length)] : []));
  const { amount, period } = definition;
  return {
    formHash: hash(form),
    numbers: Object.fromEntries(numbers.map((name) => [name, Number(form[name] ?? 0)])),
    divisions: Object.fromEntries(divisions.map((name) => [name, String(form[name])])),
    parties: Object.fromEntries(partyLists(definition).map((list) => [list, rowsOf(form, list).map((row) => partyOf(row, hash))])),
    amountFen: amount !== undefined && Number.isSafeInteger(form[amount]) ? (form[amount] as number) : null,
    period: period !== undefined && PERIOD.test(String(form[period])) ? String(form[period]) : null,
    businessKey: businessKeyOf(definition, form).slice(0, LONGEST_BUSINESS_KEY),
  };
}

function rowsOf(form: Form, list: string): readonly Form[] {
  return Array.isArray(form[list]) ? (form[list] as readonly Form[]) : [];
}

function partyOf(row: Form, hash: (value: unknown) => string): Party {
  return { slot: String(row['slot']), division: String(row['division']), zh: String(row['zh']), mark: hash(row) };
}
