/** What the shape of a format cannot say: that its records have no gap, overlap or unknown field, and that its names fit. */
import { RECORD_FIELDS, RECORD_KINDS, type FieldType, type RecordKind } from '../tax/fields';
import type { FieldLayout, FileFormat, LayoutType } from './format';

export type FormatFaultCode =
  | 'FORMAT_SHAPE'
  | 'FORMAT_BASE_UNKNOWN'
  | 'FORMAT_OVERLAP'
  | 'FORMAT_GAP'
  | 'FORMAT_LENGTH'
  | 'FORMAT_FIELD_UNKNOWN'
  | 'FORMAT_FIELD_MISSING'
  | 'FORMAT_FIELD_REPEATED'
  | 'FORMAT_TYPE_DIFFERS'
  | 'FORMAT_ORDER_INVALID'
  | 'FORMAT_VALUES_AMBIGUOUS'
  | 'FORMAT_COLUMN_INVALID';

export interface FormatFault {
  readonly code: FormatFaultCode;
  /** Path inside the file. */
  readonly field: string;
  /** Chinese. */
  readonly message: string;
}

const DATE_BYTES: Readonly<Record<string, number>> = { M: 6, D: 8, T: 14 };
const LAYOUT_OF: Readonly<Record<FieldType, LayoutType>> = { X: 'X', '9': '9', A: 'A', M: 'D', D: 'D', T: 'D' };
/** A dBase III column: name and length. */
const DBF_NAME = /^[A-Z][A-Z0-9_]{0,9}$/;
const DBF_BYTES = 254;
/** Digits of the largest safe integer and a sign; longer amounts are taken when the number itself is safe. */
const MOST_DIGITS = 18;

function* recordFaults(kind: RecordKind, layout: readonly FieldLayout[], format: FileFormat): Generator<FormatFault> {
  const fields: Readonly<Record<string, FieldType>> = RECORD_FIELDS[kind];
  const seen = new Set<string>();
  let next = 1;
  for (const { name, from, bytes, type } of layout) {
    const field = `records.${kind}.${name}`;
    if (from < next) yield { code: 'FORMAT_OVERLAP', field, message: `第 ${from} 字节已属于前一字段` };
    if (from > next) yield { code: 'FORMAT_GAP', field, message: `第 ${next} 至 ${from - 1} 字节不属于任何字段，请用 filler 补足` };
    next = Math.max(next, from + bytes);
    if (name === 'filler') continue;
    if (seen.has(name)) yield { code: 'FORMAT_FIELD_REPEATED', field, message: '字段重复' };
    seen.add(name);
    const expected = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (expected === undefined) yield { code: 'FORMAT_FIELD_UNKNOWN', field, message: '没有这个字段，请核对拼写' };
    else if (LAYOUT_OF[expected] !== type) yield { code: 'FORMAT_TYPE_DIFFERS', field, message: `类型应为 ${LAYOUT_OF[expected]}` };
    else if (type === 'D' && bytes !== DATE_BYTES[expected]) yield { code: 'FORMAT_LENGTH', field, message: `应为 ${DATE_BYTES[expected]} 字节` };
    if ((type === '9' || type === 'A') && (bytes > MOST_DIGITS || bytes < (type === 'A' ? 2 : 1))) {
      yield { code: 'FORMAT_LENGTH', field, message: `数字至多 ${MOST_DIGITS} 字节，金额至少 2 字节` };
    }
  }
  if (next - 1 !== format.recordBytes) {
    yield { code: 'FORMAT_LENGTH', field: `records.${kind}`, message: `共 ${next - 1} 字节，应为 ${format.recordBytes}` };
  }
  for (const name of Object.keys(fields)) {
    if (!seen.has(name)) yield { code: 'FORMAT_FIELD_MISSING', field: `records.${kind}.${name}`, message: '缺少这个字段' };
  }
}

/** Columns of a kind of record in the order in which the format has them, without fillers; `rec` only where H and T stand inside. */
export function columnsOf(format: FileFormat, kind: RecordKind): FieldLayout[] {
  const own = format.records[kind].filter(({ name }) => name !== 'filler' && !(name === 'rec' && format.control === 'beside'));
  const order = format.order[kind];
  if (order === undefined) return own;
  return order.flatMap((name) => own.filter((field) => field.name === name));
}

function* orderFaults(kind: RecordKind, format: FileFormat): Generator<FormatFault> {
  const order = format.order[kind];
  if (order === undefined) return;
  const field = `order.${kind}`;
  if (format.form === 'fixed') yield { code: 'FORMAT_ORDER_INVALID', field, message: '定长格式的次序由 from 决定' };
  if (new Set(order).size !== order.length) yield { code: 'FORMAT_ORDER_INVALID', field, message: '字段重复' };
  if (format.control === 'inside' && order[0] !== 'rec') yield { code: 'FORMAT_ORDER_INVALID', field, message: '第一列应为 rec' };
  for (const name of order) {
    if (!format.records[kind].some((one) => one.name === name)) yield { code: 'FORMAT_FIELD_UNKNOWN', field: `${field}.${name}`, message: '没有这个字段' };
  }
  for (const { name, required } of format.records[kind]) {
    const absent = required && !order.includes(name) && !(name === 'rec' && format.control === 'beside');
    if (absent) yield { code: 'FORMAT_FIELD_MISSING', field: `${field}.${name}`, message: '必填字段不能省略' };
  }
}

function* columnFaults(kind: RecordKind, format: FileFormat): Generator<FormatFault> {
  if (format.form === 'fixed') return;
  const names = new Set<string>();
  for (const { name, bytes } of columnsOf(format, kind)) {
    const theirs = columnName(format, name);
    const field = `rename.${name}`;
    if (names.has(theirs)) yield { code: 'FORMAT_FIELD_REPEATED', field, message: `${kind} 已有列 ${theirs}` };
    names.add(theirs);
    if (format.form === 'dbf' && !DBF_NAME.test(theirs)) yield { code: 'FORMAT_COLUMN_INVALID', field, message: 'DBF 列名为至多 10 个大写字母、数字或下划线' };
    if (format.form === 'dbf' && bytes > DBF_BYTES) yield { code: 'FORMAT_COLUMN_INVALID', field, message: `DBF 列至多 ${DBF_BYTES} 字节` };
  }
}

/** Name of a column at the peer. dBase names are upper case. */
export function columnName(format: FileFormat, name: string): string {
  const theirs = format.rename[name] ?? name;
  return format.form === 'dbf' ? theirs.toUpperCase() : theirs;
}

/** All that is wrong with a format of the right shape. */
export function* formatFaults(format: FileFormat): Generator<FormatFault> {
  const known = new Set(RECORD_KINDS.flatMap((kind) => Object.keys(RECORD_FIELDS[kind])));
  for (const kind of RECORD_KINDS) {
    yield* recordFaults(kind, format.records[kind], format);
    yield* orderFaults(kind, format);
    yield* columnFaults(kind, format);
  }
  if (format.form === 'dbf' && format.control === 'inside') yield { code: 'FORMAT_SHAPE', field: 'control', message: 'DBF 的文件头与合计只能放在 .ok 中（beside）' };
  if (format.form === 'fixed' && format.control === 'beside') yield { code: 'FORMAT_SHAPE', field: 'control', message: '定长格式的文件头与合计在文件中（inside）' };
  if (format.form === 'fixed' && format.charset !== 'GB18030') yield { code: 'FORMAT_SHAPE', field: 'charset', message: '定长格式应为 GB18030' };
  for (const [list, names] of [['rename', Object.keys(format.rename)], ['values', Object.keys(format.values)]] as const) {
    for (const name of names) if (!known.has(name)) yield { code: 'FORMAT_FIELD_UNKNOWN', field: `${list}.${name}`, message: '没有这个字段' };
  }
  for (const [name, table] of Object.entries(format.values)) {
    const theirs = Object.values(table);
    if (new Set(theirs).size !== theirs.length) yield { code: 'FORMAT_VALUES_AMBIGUOUS', field: `values.${name}`, message: '两个代码对应同一个值，读回时无法区分' };
  }
}
