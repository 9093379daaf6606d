/** One field between the program and the wire: fen and exact texts inside, yuan and JSON outside. */
import { formatYuan, parseYuan, type Fen } from '../money';
import type { Profile } from '../../schemas/national/profile';
import type { Field } from '../../schemas/national/types';
import { isObject, JsonNumber, toPlain, writeJson, type Json } from './json';
import { MessageError, type MessageErrorCode } from './message-error';
import { codeToOurs, codeToTheirs, isKnownCode } from './names';
import { isDate, isDatetime } from './time';

/**
 * strict: what we send, and what the sandbox accepts. tolerant: what a platform answers, where longer texts, local codes,
 * numbers for texts and superfluous zeros are no reason to lose an answer; amounts and dates stay exact.
 */
export type Tolerance = 'strict' | 'tolerant';

/** Where a field is, for error texts. */
export interface Place {
  readonly path: string;
  /** Chinese, such as `第3行「数量」(cnt)`. */
  readonly label: string;
}

const DECIMAL = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
// Line feeds and tabs occur in descriptions; other control characters come from broken readers.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

function fail(code: MessageErrorCode, place: Place, rule: string, problem: string): never {
  throw new MessageError(code, place.path, rule, `${place.label}${problem}`);
}

/** Characters as people count them: a rare character outside the basic plane is one. */
function countCharacters(text: string): number {
  let count = 0;
  for (const character of text) if (character !== '') count += 1;
  return count;
}

function checkText(field: Field, text: string, place: Place): string {
  if (CONTROL.test(text) || LONE_SURROGATE.test(text)) fail('MESSAGE_BAD_TEXT', place, 'text', '含有不能识别的字符');
  if (field.maxLength !== undefined && countCharacters(text) > field.maxLength) {
    fail('MESSAGE_TOO_LONG', place, `string(${field.maxLength})`, `不能超过 ${field.maxLength} 个字符`);
  }
  return text;
}

/** Checks a decimal text against the field and returns it, without `-0` and, where tolerant, without superfluous zeros. */
function checkDecimal(field: Field, text: string, place: Place, tolerance: Tolerance): string {
  const { precision = 16, scale = 2 } = field;
  const rule = `decimal(${precision},${scale})`;
  const match = DECIMAL.exec(text);
  if (!match) fail('MESSAGE_NOT_DECIMAL', place, rule, '不是合法的数字');
  const [, sign = '', whole = '', fraction = ''] = match;
  const kept = tolerance === 'tolerant' && fraction.length > scale ? fraction.slice(0, scale) + fraction.slice(scale).replace(/0+$/, '') : fraction;
  if (kept.length > scale) fail('MESSAGE_TOO_MANY_DECIMALS', place, rule, `最多 ${scale} 位小数`);
  if (whole.length > precision - scale) fail('MESSAGE_NUMBER_TOO_LARGE', place, rule, `整数部分最多 ${precision - scale} 位`);
  const zero = /^0*$/.test(whole + kept);
  return `${zero ? '' : sign}${whole}${kept === '' ? '' : `.${kept}`}`;
}

function checkInteger(field: Field, text: string, place: Place, tolerance: Tolerance): number {
  const rule = field.precision === undefined ? 'integer' : `integer(${field.precision})`;
  const plain = tolerance === 'tolerant' ? text.replace(/\.0+$/, '') : text;
  if (!/^-?(?:0|[1-9]\d*)$/.test(plain)) fail('MESSAGE_NOT_AN_INTEGER', place, rule, '不是整数');
  if (plain.replace('-', '').length > Math.min(field.precision ?? 15, 15)) fail('MESSAGE_NUMBER_TOO_LARGE', place, rule, '数值过大');
  return Number(plain) || 0;
}

function checkDate(text: string, place: Place, tolerance: Tolerance): string {
  const day = tolerance === 'tolerant' ? text.replace(/^(\d{4}-\d{2}-\d{2})[ T]\d{2}:\d{2}:\d{2}(?:\.\d+)?$/, '$1') : text;
  if (!isDate(day)) fail('MESSAGE_NOT_A_DATE', place, 'yyyy-MM-dd', '不是合法的日期（应为 年-月-日）');
  return day;
}

function checkDatetime(text: string, place: Place, tolerance: Tolerance): string {
  const moment =
    tolerance === 'tolerant'
      ? text.replace(/^(\d{4}-\d{2}-\d{2})$/, '$1 00:00:00').replace(/^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.\d+)?$/, '$1 $2')
      : text;
  if (!isDatetime(moment)) fail('MESSAGE_NOT_A_TIME', place, 'yyyy-MM-dd HH:mm:ss', '不是合法的时间（应为 年-月-日 时:分:秒）');
  return moment;
}

function checkCode(profile: Profile, field: Field, code: string, place: Place): string {
  const table = field.codeTable;
  if (table && !isKnownCode(profile, table, code)) fail('MESSAGE_NOT_IN_CODE_TABLE', place, `codeTable:${table}`, '的取值不在代码表中');
  return code;
}

function numberToWire(profile: Profile, text: string): Json {
  return profile.numbersAs === 'string' ? text : new JsonNumber(text);
}

function bytesToWire(profile: Profile, bytes: Uint8Array): Json {
  if (profile.fileBytesAs === 'base64') return Buffer.from(bytes).toString('base64');
  return [...new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)].map((byte) => new JsonNumber(String(byte)));
}

function textOf(value: unknown, field: Field, place: Place): string {
  return typeof value === 'string' ? value : fail('MESSAGE_NOT_TEXT', place, field.type, '应为文本');
}

function fenToText(value: unknown, field: Field, place: Place, tolerance: Tolerance): string {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) fail('MESSAGE_NOT_DECIMAL', place, 'fen', '不是以分计的整数金额');
  return checkDecimal(field, formatYuan(value as Fen), place, tolerance);
}

/** Program value → wire value of a field without rows. Throws MessageError. */
export function encodeScalar(profile: Profile, field: Field, value: unknown, place: Place, tolerance: Tolerance): Json {
  switch (field.type) {
    case 'string': {
      const text = textOf(value, field, place);
      if (tolerance === 'strict') checkCode(profile, field, checkText(field, text, place), place);
      return field.codeTable ? codeToTheirs(profile, field.codeTable, text) : text;
    }
    case 'decimal':
      return numberToWire(
        profile,
        field.money ? fenToText(value, field, place, tolerance) : checkDecimal(field, textOf(value, field, place), place, tolerance),
      );
    case 'integer':
      return numberToWire(profile, String(checkInteger(field, typeof value === 'number' ? String(value) : '', place, tolerance)));
    case 'date':
      return checkDate(textOf(value, field, place), place, 'strict');
    case 'datetime':
      return checkDatetime(textOf(value, field, place), place, 'strict');
    case 'boolean':
      return typeof value === 'boolean' ? value : fail('MESSAGE_NOT_A_BOOLEAN', place, 'boolean', '应为是或否');
    case 'bytes':
      return value instanceof Uint8Array ? bytesToWire(profile, value) : fail('MESSAGE_NOT_BYTES', place, 'bytes', '应为文件内容');
    case 'list':
      return Array.isArray(value)
        ? value.map((item: unknown) => textOf(item, field, place))
        : fail('MESSAGE_NOT_A_LIST', place, 'list', '应为列表');
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? fromPlain(value, place)
        : fail('MESSAGE_NOT_AN_OBJECT', place, 'object', '应为对象');
  }
}

function fromPlain(value: unknown, place: Place): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return new JsonNumber(String(value));
  if (Array.isArray(value)) return value.map((item: unknown) => fromPlain(item, place));
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fromPlain(member, place)]));
  return fail('MESSAGE_NOT_AN_OBJECT', place, 'object', '含有不能传送的内容');
}

/** Yuan text → fen; an amount beyond what fen hold exactly is refused. */
function textToFen(text: string, place: Place): Fen {
  try {
    return parseYuan(text);
  } catch {
    return fail('MESSAGE_NUMBER_TOO_LARGE', place, 'fen', '金额过大');
  }
}

/** The source text of a number, or of a text that stands for one. */
function numberText(value: Json, place: Place, field: Field): string {
  if (value instanceof JsonNumber) return value.text;
  return typeof value === 'string' ? value : fail(field.type === 'integer' ? 'MESSAGE_NOT_AN_INTEGER' : 'MESSAGE_NOT_DECIMAL', place, field.type, '应为数字');
}

function wireToText(value: Json, field: Field, place: Place, tolerance: Tolerance): string {
  if (typeof value === 'string') return value;
  if (tolerance === 'strict' || value === null) return fail('MESSAGE_NOT_TEXT', place, field.type, '应为文本');
  return value instanceof JsonNumber ? value.text : writeJson(value);
}

function wireToBytes(value: Json, place: Place): Uint8Array {
  if (typeof value === 'string' && BASE64.test(value)) return new Uint8Array(Buffer.from(value, 'base64'));
  const bytes = Array.isArray(value) ? value.map((item: Json) => (item instanceof JsonNumber && /^-?\d{1,3}$/.test(item.text) ? Number(item.text) : 999)) : [999];
  if (bytes.some((byte) => byte < -128 || byte > 255)) fail('MESSAGE_NOT_BYTES', place, 'bytes', '应为文件内容');
  return Uint8Array.from(bytes);
}

/** Wire value → program value of a field without rows. Throws MessageError. */
export function decodeScalar(profile: Profile, field: Field, value: Json, place: Place, tolerance: Tolerance): unknown {
  switch (field.type) {
    case 'string': {
      const text = wireToText(value, field, place, tolerance);
      const code = field.codeTable ? codeToOurs(profile, field.codeTable, text) : text;
      return tolerance === 'strict' ? checkCode(profile, field, checkText(field, code, place), place) : code;
    }
    case 'decimal': {
      const text = checkDecimal(field, numberText(value, place, field), place, tolerance);
      return field.money ? textToFen(text, place) : text;
    }
    case 'integer':
      return checkInteger(field, numberText(value, place, field), place, tolerance);
    case 'date':
      return checkDate(wireToText(value, field, place, 'strict'), place, tolerance);
    case 'datetime':
      return checkDatetime(wireToText(value, field, place, 'strict'), place, tolerance);
    case 'boolean':
      if (tolerance === 'tolerant' && (value === 'true' || value === 'false')) return value === 'true';
      return typeof value === 'boolean' ? value : fail('MESSAGE_NOT_A_BOOLEAN', place, 'boolean', '应为是或否');
    case 'bytes':
      return wireToBytes(value, place);
    case 'list':
      return Array.isArray(value)
        ? value.map((item: Json) => wireToText(item, field, place, tolerance))
        : fail('MESSAGE_NOT_A_LIST', place, 'list', '应为列表');
    case 'object':
      return isObject(value) ? toPlain(value) : fail('MESSAGE_NOT_AN_OBJECT', place, 'object', '应为对象');
  }
}
