/** Reads `source/interfaces.json` into descriptors: types and remarks untangled, corrections applied, A forms given their base's fields. */
import { codeTableNames, corrections, foldedNodes, notMoney, type Side } from './corrections';
import type { Cardinality, Field, FieldType, Node, Transaction } from './types';

interface SourceField {
  readonly name: string;
  readonly meaning: string;
  readonly type: string;
  readonly maxLength?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly required: boolean;
  readonly condition?: string;
  readonly codeTable?: string;
}

type SourceNodes = Readonly<Record<string, { readonly cardinality: Cardinality; readonly fields: readonly SourceField[] }>>;

export interface SourceTransaction {
  readonly infno: string;
  readonly aliasOf?: string;
  readonly name: string;
  readonly nameEn: string;
  readonly effect: Transaction['effect'];
  readonly gatewayPath?: string;
  readonly inputNodes: SourceNodes;
  readonly outputNodes: SourceNodes;
  readonly reversal?: string;
  readonly reversibleBy2601: boolean;
  readonly confidence: 'high' | 'medium' | 'low';
}

export interface GeneratedTransaction {
  readonly transaction: Transaction;
  /** The form whose fields this one shares. */
  readonly aliasOf?: string;
}

const WIRE_TYPES: Readonly<Record<string, FieldType>> = {
  string: 'string',
  decimal: 'decimal',
  integer: 'integer',
  date: 'date',
  datetime: 'datetime',
  boolean: 'boolean',
  bytes: 'bytes',
  array: 'list',
  object: 'object',
};

function readField(source: SourceField): Field {
  const type = WIRE_TYPES[source.type.replace(/\(.*\)$/, '')];
  if (!type) throw new Error(`field ${source.name}: unknown type ${source.type}`);
  const money = type === 'decimal' && source.precision === 16 && source.scale === 2 && !notMoney.has(source.name);
  return {
    name: source.name,
    meaning: source.meaning,
    type,
    ...(type === 'string' && source.maxLength ? { maxLength: source.maxLength } : {}),
    ...(source.precision === undefined ? {} : { precision: source.precision }),
    ...(type === 'decimal' && source.scale !== undefined ? { scale: source.scale } : {}),
    required: source.required,
    ...(source.condition ? { condition: source.condition } : {}),
    ...(source.codeTable ? { codeTable: codeTableNames[source.codeTable] ?? source.codeTable } : {}),
    ...(money ? { money: true as const } : {}),
  };
}

function fieldsOfSource(sources: readonly SourceTransaction[], infno: string, side: Side, node: string): readonly Field[] {
  const transaction = sources.find((each) => each.infno === infno);
  const found = (side === 'input' ? transaction?.inputNodes : transaction?.outputNodes)?.[node];
  if (!found) throw new Error(`corrections name ${infno} ${side} ${node}, which the source does not have`);
  return found.fields.map(readField);
}

function readNodes(sources: readonly SourceTransaction[], source: SourceTransaction, side: Side): Record<string, Node> {
  const nodes: Record<string, Node> = {};
  for (const [name, node] of Object.entries(side === 'input' ? source.inputNodes : source.outputNodes)) {
    if (foldedNodes[source.infno]?.includes(name)) continue;
    const correction = corrections.find((each) => each.infno === source.infno && each.side === side && each.node === name);
    const printed = node.fields.map(readField);
    const fields = correction
      ? correction.fields(printed, (infno, where, which) => fieldsOfSource(sources, infno, where, which))
      : printed;
    if (fields.length === 0) throw new Error(`${source.infno} ${side} ${name} has no fields`);
    nodes[name] = { cardinality: node.cardinality, fields };
  }
  return nodes;
}

/** `6203 (settled) / 6401 (not settled)` names several: the first undoes the finished transaction. */
function readUndo(reversal: string | undefined): string | null {
  return reversal === undefined ? null : (/^\w+/.exec(reversal)?.[0] ?? null);
}

/** A path that the source marks as guessed in words still starts with the path itself. */
function readPath(path: string | undefined): string | null {
  return path === undefined ? null : (/^\/\S+/.exec(path)?.[0] ?? null);
}

/**
 * Descriptors of all transactions with confidence high or medium, and of the forms that share the fields of one of them.
 * Throws when a correction names what the source does not have, or a node ends without fields.
 */
export function readTransactions(sources: readonly SourceTransaction[]): GeneratedTransaction[] {
  const sure = (infno: string) => sources.some((each) => each.infno === infno && each.confidence !== 'low');
  return sources
    .filter(({ infno, aliasOf }) => sure(infno) || (aliasOf !== undefined && sure(aliasOf)))
    .map((source) => {
      const fields = source.aliasOf ? sources.find(({ infno }) => infno === source.aliasOf) : source;
      if (!fields) throw new Error(`${source.infno} shares the fields of ${source.aliasOf}, which does not exist`);
      const transaction: Transaction = {
        infno: source.infno,
        name: source.name,
        nameEn: source.nameEn,
        effect: source.effect,
        path: readPath(source.gatewayPath),
        input: readNodes(sources, fields, 'input'),
        output: readNodes(sources, fields, 'output'),
        undo: readUndo(source.reversal),
        reversibleBy2601: source.reversibleBy2601,
      };
      return source.aliasOf ? { transaction, aliasOf: source.aliasOf } : { transaction };
    });
}
