/** Nodes and rows between the program and the wire, with the names, required flags and codes of a profile. */
import type { Profile } from '../../schemas/national/profile';
import { fieldName, nodeName } from '../../schemas/national/spelling';
import { BINARY_NODE, isFlatNode, LIST_NODE, type Field, type Node } from '../../schemas/national/types';
import { isObject, type Json, type JsonObject } from './json';
import { MessageError } from './message-error';
import { isRequired, type Scope, type Side } from './names';
import { decodeScalar, encodeScalar, type Place, type Tolerance } from './scalars';

/** What stays the same through one side of one message. */
export interface Context {
  readonly profile: Profile;
  readonly scope: Scope;
  readonly side: Side;
  readonly tolerance: Tolerance;
}

export type Values = Readonly<Record<string, unknown>>;
type Nodes = Readonly<Record<string, Node>>;

const many = (node: Node): boolean => node.cardinality === '0..n' || node.cardinality === '1..n';
const rowLabel = (label: string, index: number): string => `${label}第${index + 1}行`;

function placeOf(field: Field, path: string, label: string): Place {
  return { path: `${path}.${field.name}`, label: `${label}「${field.meaning}」（${field.name}）` };
}

function missingField(place: Place): never {
  throw new MessageError('MESSAGE_FIELD_REQUIRED', place.path, 'required', `${place.label}为必填项`);
}

function missingNode(path: string, node: string, rule: string): never {
  throw new MessageError('MESSAGE_NODE_REQUIRED', path, rule, `缺少节点 ${node}${rule === '1..n' ? '(至少一行)' : ''}`);
}

function notAnObject(path: string): never {
  throw new MessageError('MESSAGE_NOT_AN_OBJECT', path, 'object', `${path} 应为对象`);
}

const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Encodes one row: the members of a node, of the header, or of a list inside a row. */
export function encodeRow(context: Context, node: string, fields: readonly Field[], values: unknown, path: string, label: string): JsonObject {
  if (!isValues(values)) notAnObject(path);
  const row: Record<string, Json> = {};
  for (const field of fields) {
    const value = values[field.name];
    const place = placeOf(field, path, label);
    // In an answer an empty text is a text; in a request it says nothing.
    const empty = value === undefined || value === null || (value === '' && context.tolerance === 'strict');
    if (empty) {
      if (isRequired(context.profile, context.scope, context.side, node, field, (name) => values[name])) missingField(place);
      continue;
    }
    const name = fieldName(context.profile, context.scope, node, field.name);
    row[name] = field.fields
      ? encodeRows(context, field.name, field.fields, value, place.path, place.label)
      : encodeScalar(context.profile, field, value, place, context.tolerance);
  }
  return row;
}

function encodeRows(context: Context, node: string, fields: readonly Field[], rows: unknown, path: string, label: string): Json[] {
  if (!Array.isArray(rows)) throw new MessageError('MESSAGE_NOT_A_LIST', path, 'list', `${path} 应为列表`);
  return rows.map((row: unknown, index) => encodeRow(context, node, fields, row, `${path}[${index}]`, rowLabel(label, index)));
}

/** Encodes all nodes of an input or output. The result is a list where the output itself is one. Throws MessageError. */
export function encodeNodes(context: Context, nodes: Nodes, values: Values): Json {
  const result: Record<string, Json> = {};
  for (const [name, node] of Object.entries(nodes)) {
    if (name === BINARY_NODE) continue;
    if (isFlatNode(name)) {
      Object.assign(result, encodeRow(context, name, node.fields, values, context.side, ''));
      continue;
    }
    const member = name === LIST_NODE ? 'list' : name;
    const path = `${context.side}.${member}`;
    const value = values[member];
    if (many(node)) {
      const rows = value ?? [];
      const encoded = encodeRows(context, name, node.fields, rows, path, '');
      if (encoded.length === 0 && node.cardinality === '1..n') missingNode(path, name, '1..n');
      if (name === LIST_NODE) return encoded;
      if (value !== undefined && value !== null) result[nodeName(context.profile, context.scope, name)] = encoded;
    } else if (value === undefined || value === null) {
      if (node.cardinality === '1') missingNode(path, name, '1');
    } else {
      result[nodeName(context.profile, context.scope, name)] = encodeRow(context, name, node.fields, value, path, '');
    }
  }
  return result;
}

/** Decodes one row. Members that no field names are ignored; the raw message keeps them. */
export function decodeRow(context: Context, node: string, fields: readonly Field[], row: Json, path: string, label: string): Record<string, unknown> {
  if (!isObject(row)) notAnObject(path);
  const read = (name: string): Json | undefined => {
    const theirs = fieldName(context.profile, context.scope, node, name);
    return Object.hasOwn(row, theirs) ? row[theirs] : undefined;
  };
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const value = read(field.name);
    const place = placeOf(field, path, label);
    if (value === undefined || value === null || value === '') {
      const required = isRequired(context.profile, context.scope, context.side, node, field, read);
      const emptyText = value === '' && context.tolerance === 'tolerant' && field.type === 'string';
      if (required && !emptyText) missingField(place);
      if (required) values[field.name] = '';
      continue;
    }
    values[field.name] = field.fields
      ? decodeRows(context, field.name, field.fields, value, place.path, place.label)
      : decodeScalar(context.profile, field, value, place, context.tolerance);
  }
  return values;
}

function decodeRows(context: Context, node: string, fields: readonly Field[], value: Json, path: string, label: string): Record<string, unknown>[] {
  // Some platforms answer a single row without its list.
  const rows = context.tolerance === 'tolerant' && isObject(value) ? [value] : value;
  if (!Array.isArray(rows)) throw new MessageError('MESSAGE_NOT_A_LIST', path, 'list', `${path} 应为列表`);
  return rows.map((row: Json, index) => decodeRow(context, node, fields, row, `${path}[${index}]`, rowLabel(label, index)));
}

/** Takes the only element of a list that stands for one object, as some platforms answer. */
function unlist(context: Context, value: Json | undefined): Json | undefined {
  if (context.tolerance === 'strict' || !Array.isArray(value)) return value;
  const list: readonly Json[] = value;
  if (list.length > 1) return value;
  return list[0];
}

/** Decodes all nodes of an input or output. Lists of an answer are there even when the message lacks them. Throws MessageError. */
export function decodeNodes(context: Context, nodes: Nodes, wire: Json | undefined): Record<string, unknown> {
  const listNode = nodes[LIST_NODE];
  if (listNode) return { list: decodeRows(context, LIST_NODE, listNode.fields, wire ?? [], context.side, '') };
  const whole = unlist(context, wire) ?? {};
  if (!isObject(whole)) notAnObject(context.side);
  const values: Record<string, unknown> = {};
  for (const [name, node] of Object.entries(nodes)) {
    if (isFlatNode(name)) {
      Object.assign(values, decodeRow(context, name, node.fields, whole, context.side, ''));
      continue;
    }
    const path = `${context.side}.${name}`;
    const theirs = nodeName(context.profile, context.scope, name);
    const value = Object.hasOwn(whole, theirs) ? whole[theirs] : undefined;
    if (many(node)) {
      const rows = value === undefined || value === null ? [] : decodeRows(context, name, node.fields, value, path, '');
      if (rows.length === 0 && node.cardinality === '1..n') missingNode(path, name, '1..n');
      if (context.side === 'output' || (value !== undefined && value !== null)) values[name] = rows;
      continue;
    }
    const single = unlist(context, value);
    if (single === undefined || single === null) {
      if (node.cardinality === '1') missingNode(path, name, '1');
    } else {
      values[name] = decodeRow(context, name, node.fields, single, path, '');
    }
  }
  return values;
}
