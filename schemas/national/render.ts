/** Writes descriptors as TypeScript: types whose members carry their Chinese meaning, and the descriptor as a constant. */
import type { GeneratedTransaction } from './source';
import { BINARY_NODE, isFlatNode, LIST_NODE, type Field, type Node, type Transaction } from './types';

const HEADER = '// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.\n';

const capital = (name: string): string => name.replace(/\W/g, '').replace(/^\w/, (letter) => letter.toUpperCase());
const quote = (text: string): string => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
const many = (node: Node): boolean => node.cardinality.endsWith('n');

type Direction = 'Input' | 'Output';

interface Types {
  readonly lines: string[];
}

function scalarType(field: Field): string {
  switch (field.type) {
    case 'decimal':
      return field.money ? 'Fen' : 'string';
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'bytes':
      return 'Uint8Array';
    case 'object':
      return 'Readonly<Record<string, unknown>>';
    case 'list':
      return 'readonly string[]';
    case 'string':
    case 'date':
    case 'datetime':
      return 'string';
  }
}

/** Declares an interface for the fields, first those of its rows, and returns its name. */
function declareRow(types: Types, name: string, comment: string, fields: readonly Field[]): string {
  const members = fields.map((field) => {
    const type = field.fields
      ? `readonly ${declareRow(types, name + capital(field.name), `A row of ${field.meaning}`, field.fields)}[]`
      : scalarType(field);
    return `  /** ${describe(field)} */ readonly ${field.name}${field.required ? '' : '?'}: ${type};`;
  });
  types.lines.push(`/** ${comment} */`, `export interface ${name} {`, ...members, '}', '');
  return name;
}

function describe(field: Field): string {
  return [field.meaning, field.money ? '(分)' : '', field.condition ? ` – ${field.condition}` : ''].join('');
}

/** Declares the whole input or output of a transaction. */
function declareSide(types: Types, transaction: Transaction, direction: Direction): void {
  const nodes = direction === 'Input' ? transaction.input : transaction.output;
  const name = `${direction}${transaction.infno}`;
  const comment = `${transaction.name} ${transaction.infno}, ${direction === 'Input' ? '输入' : '输出'}`;
  if (Object.keys(nodes).length === 0) {
    types.lines.push(`/** ${comment}: none. */`, `export type ${name} = Record<string, never>;`, '');
    return;
  }
  const flat: string[] = [];
  const members: string[] = [];
  for (const [node, content] of Object.entries(nodes)) {
    if (isFlatNode(node) || node === BINARY_NODE) {
      flat.push(declareRow(types, `${name}Root`, `${comment}, members without a node`, content.fields));
      continue;
    }
    const member = node === LIST_NODE ? 'list' : node;
    const row = declareRow(types, name + capital(member), `${comment}, node \`${node}\``, content.fields);
    // A list of an answer is always there, if only empty; an optional list of a request may be left out.
    const required = content.cardinality === '1' || content.cardinality === '1..n' || (direction === 'Output' && many(content));
    members.push(`  readonly ${member}${required ? '' : '?'}: ${many(content) ? `readonly ${row}[]` : row};`);
  }
  if (members.length === 0) types.lines.push(`/** ${comment} */`, `export type ${name} = ${flat.join(' & ')};`, '');
  else types.lines.push(`/** ${comment} */`, `export interface ${name}${flat.length ? ` extends ${flat.join(', ')}` : ''} {`, ...members, '}', '');
}

function renderField(field: Field, indent: string): string[] {
  const properties = [
    `name: ${quote(field.name)}`,
    `meaning: ${quote(field.meaning)}`,
    `type: ${quote(field.type)}`,
    ...(field.maxLength === undefined ? [] : [`maxLength: ${field.maxLength}`]),
    ...(field.precision === undefined ? [] : [`precision: ${field.precision}`]),
    ...(field.scale === undefined ? [] : [`scale: ${field.scale}`]),
    `required: ${field.required}`,
    ...(field.condition ? [`condition: ${quote(field.condition)}`] : []),
    ...(field.codeTable ? [`codeTable: ${quote(field.codeTable)}`] : []),
    ...(field.money ? ['money: true'] : []),
  ].join(', ');
  if (!field.fields) return [`${indent}{ ${properties} },`];
  return [`${indent}{ ${properties}, fields: [`, ...field.fields.flatMap((each) => renderField(each, `${indent}  `)), `${indent}] },`];
}

function renderNodes(nodes: Readonly<Record<string, Node>>): string[] {
  return Object.entries(nodes).flatMap(([name, node]) => [
    `    ${/^\w+$/.test(name) ? name : quote(name)}: {`,
    `      cardinality: ${quote(node.cardinality)},`,
    '      fields: [',
    ...node.fields.flatMap((field) => renderField(field, '        ')),
    '      ],',
    '    },',
  ]);
}

function renderSide(side: 'input' | 'output', nodes: Readonly<Record<string, Node>>): string[] {
  return Object.keys(nodes).length === 0 ? [`  ${side}: {},`] : [`  ${side}: {`, ...renderNodes(nodes), '  },'];
}

/** Text of the generated file of one transaction. */
export function renderTransaction({ transaction, aliasOf }: GeneratedTransaction): string {
  const { infno } = transaction;
  const own = [
    `  infno: ${quote(infno)},`,
    `  name: ${quote(transaction.name)},`,
    `  nameEn: ${quote(transaction.nameEn)},`,
    `  effect: ${quote(transaction.effect)},`,
    `  path: ${transaction.path === null ? 'null' : quote(transaction.path)},`,
    `  undo: ${transaction.undo === null ? 'null' : quote(transaction.undo)},`,
    `  reversibleBy2601: ${transaction.reversibleBy2601},`,
  ];
  if (aliasOf) {
    return [
      HEADER,
      "import type { Transaction } from '../types';",
      `import { transaction${aliasOf}, type Input${aliasOf}, type Output${aliasOf} } from './${aliasOf}';`,
      '',
      `/** ${transaction.name} ${infno}: the fields of ${aliasOf}. */`,
      `export type Input${infno} = Input${aliasOf};`,
      `export type Output${infno} = Output${aliasOf};`,
      '',
      `export const transaction${infno}: Transaction = {`,
      `  ...transaction${aliasOf},`,
      ...own,
      '};',
      '',
    ].join('\n');
  }
  const types: Types = { lines: [] };
  declareSide(types, transaction, 'Input');
  declareSide(types, transaction, 'Output');
  const body = [
    ...types.lines,
    `export const transaction${infno}: Transaction = {`,
    ...own,
    ...renderSide('input', transaction.input),
    ...renderSide('output', transaction.output),
    '};',
    '',
  ].join('\n');
  const imports = [...(/\bFen\b/.test(body) ? ["import type { Fen } from '../../../domain/money';"] : []), "import type { Transaction } from '../types';"];
  return [HEADER, ...imports, '', body].join('\n');
}

/** Text of the generated `types.ts`: the map of all types and their names, nothing at run time. */
export function renderTypes(transactions: readonly GeneratedTransaction[]): string {
  const numbers = transactions.map(({ transaction }) => transaction.infno);
  return [
    HEADER,
    ...numbers.map((infno) => `export type { Input${infno}, Output${infno} } from './${infno}';`),
    '',
    '/** Input and output of each transaction by its number. */',
    'export interface TransactionMap {',
    ...numbers.map((infno) => `  '${infno}': { input: import('./${infno}').Input${infno}; output: import('./${infno}').Output${infno} };`),
    '}',
    '',
    '/** Number of a transaction (交易编号). */',
    'export type Infno = keyof TransactionMap;',
    '',
  ].join('\n');
}

/** Text of the generated index: all descriptors by number, and the types. */
export function renderIndex(transactions: readonly GeneratedTransaction[]): string {
  const numbers = transactions.map(({ transaction }) => transaction.infno);
  return [
    HEADER,
    "import type { Transaction } from '../types';",
    ...numbers.map((infno) => `import { transaction${infno} } from './${infno}';`),
    "import type { Infno } from './types';",
    '',
    "export type * from './types';",
    '',
    '/** Descriptors by number. */',
    'export const transactions: Readonly<Record<Infno, Transaction>> = {',
    ...numbers.map((infno) => `  '${infno}': transaction${infno},`),
    '};',
    '',
    'export function isInfno(text: string): text is Infno {',
    '  return Object.hasOwn(transactions, text);',
    '}',
    '',
  ].join('\n');
}
