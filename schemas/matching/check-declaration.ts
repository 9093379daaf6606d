import { z } from 'zod';
import type { Declaration, Pattern } from '../../domain/matching/declaration';

/** What is wrong with a declaration: a stable code, where, and a sentence. */
export interface DeclarationProblem {
  readonly code: 'shape' | 'column.unknown' | 'column.type' | 'column.personal' | 'side.unknown' | 'side.rows' | 'key.twice' | 'groups.many' | 'amount.unknown' | 'attribute.unknown' | 'ages.order' | 'code.uncovered' | 'code.unreachable';
  readonly at: string;
  readonly message: string;
}

export class DeclarationError extends Error {
  override readonly name = 'DeclarationError';
  constructor(readonly problems: readonly DeclarationProblem[]) {
    super(problems.map(({ code, at, message }) => `${at}: ${message} (${code})`).join('\n'));
  }
}

const name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'snake_case');
const words = z.string().min(1).max(40);
const having = z.strictObject({ column: name, in: z.array(z.string().max(60)).min(1).max(50) });
const pattern = z.strictObject({
  present: z.array(name).min(1).optional(),
  absent: z.array(name).min(1).optional(),
  voided: name.optional(),
  duplicate: name.optional(),
  amounts: z.array(name).min(1).optional(),
  attributes: z.array(name).min(1).optional(),
  where: having.optional(),
  sign: z.enum(['negative', 'positive']).optional(),
  within: z.strictObject({ column: name, days: z.number().int().min(0).max(3_660) }).optional(),
});
const side = z.strictObject({
  key: name,
  zh: words,
  rows: z.enum(['one', 'many']),
  cancelling: having.extend({ own: z.array(name).min(1), original: z.array(name).min(1) }).optional(),
  voided: having.optional(),
});
const shape = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, 'lower case, digits and hyphens'),
  version: z.number().int().min(1),
  zh: words,
  scope: z.enum(['day', 'open']),
  columns: z.record(name, z.strictObject({ type: z.enum(['text', 'fen', 'date']), zh: words })),
  sides: z.array(side).min(2).max(6),
  match: z.array(name).min(1).max(8),
  amounts: z.array(z.strictObject({ column: name, tolerance: z.number().int().min(0).max(1_000_000) })).min(1).max(8),
  attributes: z.array(z.strictObject({ column: name, toleranceDays: z.number().int().min(0).max(366).optional() })).max(12),
  groups: z.array(name).min(1).max(6),
  ages: z.array(z.number().int().min(0)).min(1).max(8),
  codes: z.array(z.strictObject({ code: z.string().regex(/^[A-Z][A-Z_]{1,39}$/, 'CAPITALS'), zh: words, kind: z.enum(['break', 'expected']), when: pattern })).min(1).max(60),
});

/** Columns of the national vocabulary that name a person: differences keep keys in clear, so these may not be compared. */
const PERSONAL = new Set(['certno', 'psn_name', 'psn_no', 'tel', 'mob', 'addr', 'brdy']);

/**
 * Checks a declaration: its shape, that every name is declared, and that whatever can disagree has a code.
 * @throws DeclarationError listing everything that is wrong.
 */
export function checkDeclaration(value: unknown): Declaration {
  const parsed = shape.safeParse(value);
  if (!parsed.success) {
    throw new DeclarationError(parsed.error.issues.map(({ path, message }) => ({ code: 'shape', at: path.join('.'), message })));
  }
  const declaration = parsed.data as Declaration;
  const problems = [...columnProblems(declaration), ...sideProblems(declaration), ...codeProblems(declaration)];
  if (problems.length > 0) throw new DeclarationError(problems);
  return declaration;
}

function columnProblems(declaration: Declaration): DeclarationProblem[] {
  const { columns, match, amounts, attributes, groups, sides, codes, ages } = declaration;
  const problems: DeclarationProblem[] = [];
  const want = (at: string, column: string, type?: 'fen' | 'date'): void => {
    const found = columns[column];
    if (!found) problems.push({ code: 'column.unknown', at, message: `没有声明列 ${column}` });
    else if (type ? found.type !== type : found.type === 'fen') problems.push({ code: 'column.type', at, message: `列 ${column} 的类型不适用` });
  };
  for (const column of Object.keys(columns)) if (PERSONAL.has(column)) problems.push({ code: 'column.personal', at: `columns.${column}`, message: '个人信息列不得进入对账差异' });
  for (const column of match) want('match', column);
  for (const column of groups) want('groups', column);
  for (const { column } of amounts) want('amounts', column, 'fen');
  for (const { column, toleranceDays } of attributes) want('attributes', column, toleranceDays === undefined ? undefined : 'date');
  for (const { key, cancelling, voided } of sides) {
    for (const column of cancelling ? [cancelling.column, ...cancelling.own, ...cancelling.original] : []) want(`sides.${key}.cancelling`, column);
    if (cancelling && cancelling.own.length !== cancelling.original.length) problems.push({ code: 'side.rows', at: `sides.${key}.cancelling`, message: 'own 与 original 的列数不同' });
    if (voided) want(`sides.${key}.voided`, voided.column);
  }
  for (const { code, when } of codes) {
    if (when.where) want(`codes.${code}.where`, when.where.column);
    if (when.within) want(`codes.${code}.within`, when.within.column, 'date');
  }
  if (ages.some((age, index) => index > 0 && age <= (ages[index - 1] ?? 0))) problems.push({ code: 'ages.order', at: 'ages', message: '账龄分界须由小到大' });
  return problems;
}

function sideProblems({ sides, match, groups, amounts, attributes, codes }: Declaration): DeclarationProblem[] {
  const problems: DeclarationProblem[] = [];
  const twice = (list: readonly string[], at: string): void => {
    if (new Set(list).size !== list.length) problems.push({ code: 'key.twice', at, message: '有重复的名称' });
  };
  for (const [at, list] of [['sides', sides.map(({ key }) => key)], ['match', match], ['groups', groups], ['codes', codes.map(({ code }) => code)], ['amounts', amounts.map(({ column }) => column)], ['attributes', attributes.map(({ column }) => column)]] as const) twice(list, at);
  if (sides.some(({ rows }) => rows === 'many') && groups.some((column) => !match.includes(column))) {
    problems.push({ code: 'groups.many', at: 'groups', message: '有汇总方时，分组列须是匹配键的一部分' });
  }
  const known = new Set(sides.map(({ key }) => key));
  for (const { code, when } of codes) {
    const at = `codes.${code}`;
    for (const key of [...(when.present ?? []), ...(when.absent ?? []), ...[when.voided, when.duplicate].filter((each) => each !== undefined)]) {
      if (!known.has(key)) problems.push({ code: 'side.unknown', at, message: `没有声明对账方 ${key}` });
    }
    if (when.duplicate !== undefined && sides.find(({ key }) => key === when.duplicate)?.rows === 'many') problems.push({ code: 'side.rows', at, message: '汇总方没有重复' });
    if (when.voided !== undefined && !sides.find(({ key }) => key === when.voided)?.voided) problems.push({ code: 'side.rows', at, message: `${when.voided} 没有声明作废行` });
    for (const column of when.amounts ?? []) if (!amounts.some((each) => each.column === column)) problems.push({ code: 'amount.unknown', at, message: `${column} 不是比对金额` });
    for (const column of when.attributes ?? []) if (!attributes.some((each) => each.column === column)) problems.push({ code: 'attribute.unknown', at, message: `${column} 不是比对属性` });
  }
  return problems;
}

/** True when the pattern holds without further conditions, so that it can be relied on. */
function isPlain({ where, sign, within, voided }: Pattern): boolean {
  return where === undefined && sign === undefined && within === undefined && voided === undefined;
}

/** Whatever can disagree must have a plain code, and a code after the plain one of the same pattern could never be given. */
function codeProblems({ sides, amounts, attributes, codes }: Declaration): DeclarationProblem[] {
  const problems: DeclarationProblem[] = [];
  const plain = codes.filter(({ when }) => isPlain(when));
  const uncovered = (what: string): void => void problems.push({ code: 'code.uncovered', at: 'codes', message: `没有代码可以称呼：${what}` });
  const keys = sides.map(({ key }) => key);
  for (let mask = 1; mask < 2 ** keys.length - 1; mask += 1) {
    const has = (key: string): boolean => (mask & (1 << keys.indexOf(key))) !== 0;
    const named = plain.some(({ when }) => !when.duplicate && !when.amounts && !when.attributes && (when.present ?? []).every(has) && (when.absent ?? []).every((key) => !has(key)));
    if (!named) uncovered(`只有 ${keys.filter(has).join('、')}`);
  }
  const bare = plain.filter(({ when }) => !when.absent && !when.present);
  for (const { key, rows } of sides) {
    if (rows === 'one' && !bare.some(({ when }) => when.duplicate === key && !when.amounts && !when.attributes)) uncovered(`${key} 重复`);
  }
  for (const { column } of amounts) {
    if (!bare.some(({ when }) => when.amounts?.includes(column) && !when.attributes && !when.duplicate)) uncovered(`金额 ${column} 不同`);
  }
  for (const { column } of attributes) {
    if (!bare.some(({ when }) => when.attributes?.includes(column) && !when.amounts && !when.duplicate)) uncovered(`属性 ${column} 不同`);
  }
  codes.forEach(({ code, when }, index) => {
    const text = JSON.stringify(when);
    if (codes.slice(0, index).some((earlier) => JSON.stringify(earlier.when) === text)) problems.push({ code: 'code.unreachable', at: `codes.${code}`, message: '前面已有相同条件的代码' });
  });
  return problems;
}
