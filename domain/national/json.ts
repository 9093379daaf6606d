/**
 * JSON with exact numbers: a number keeps its source text, so that no amount passes through binary floating point, and a
 * member that occurs twice is refused instead of silently replaced.
 */
import { MessageError } from './message-error';

/** A JSON number as written. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

export type Json = null | boolean | string | JsonNumber | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: Json;
}

const DEEPEST = 40;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;
// A run of characters that need no unescaping; control characters are not allowed in JSON texts.
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const LONE_SURROGATE = /\p{Surrogate}/u;
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  readDocument(): Json {
    const value = this.readValue(0);
    this.skip(SPACE);
    if (this.at < this.text.length) this.fail();
    return value;
  }

  private fail(): never {
    throw new MessageError('MESSAGE_NOT_JSON', 'body', 'json', `报文不是合法的 JSON（第 ${this.at + 1} 个字符处）`);
  }

  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private take(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  private readValue(depth: number): Json {
    if (depth > DEEPEST) throw new MessageError('MESSAGE_TOO_DEEP', 'body', `depth ${DEEPEST}`, '报文嵌套层数过多');
    this.skip(SPACE);
    if (this.take('{')) return this.readObject(depth);
    if (this.take('[')) return this.readList(depth);
    if (this.take('"')) return this.readText();
    if (this.take('true')) return true;
    if (this.take('false')) return false;
    if (this.take('null')) return null;
    const number = this.skip(NUMBER);
    return number === '' ? this.fail() : new JsonNumber(number);
  }

  private readObject(depth: number): JsonObject {
    const members = new Map<string, Json>();
    this.skip(SPACE);
    if (this.take('}')) return {};
    do {
      this.skip(SPACE);
      if (!this.take('"')) this.fail();
      const name = this.readText();
      this.skip(SPACE);
      if (!this.take(':')) this.fail();
      if (members.has(name)) throw new MessageError('MESSAGE_DUPLICATE_MEMBER', 'body', 'unique members', '报文中同一成员出现两次');
      members.set(name, this.readValue(depth + 1));
      this.skip(SPACE);
    } while (this.take(','));
    if (!this.take('}')) this.fail();
    // fromEntries defines own members, so that a member called __proto__ stays data.
    return Object.fromEntries(members);
  }

  private readList(depth: number): readonly Json[] {
    const items: Json[] = [];
    this.skip(SPACE);
    if (this.take(']')) return items;
    do {
      items.push(this.readValue(depth + 1));
      this.skip(SPACE);
    } while (this.take(','));
    if (!this.take(']')) this.fail();
    return items;
  }

  private readText(): string {
    let text = this.skip(PLAIN);
    while (!this.take('"')) {
      if (!this.take('\\')) this.fail();
      text += this.readEscape() + this.skip(PLAIN);
    }
    if (LONE_SURROGATE.test(text)) throw new MessageError('MESSAGE_BAD_TEXT', 'body', 'unicode', '报文中有残缺的字符（半个代理对）');
    return text;
  }

  private readEscape(): string {
    const letter = this.text[this.at] ?? this.fail();
    this.at += 1;
    if (letter !== 'u') return ESCAPES[letter] ?? this.fail();
    const code = this.text.slice(this.at, this.at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(code)) this.fail();
    this.at += 4;
    return String.fromCharCode(parseInt(code, 16));
  }
}

/** Reads a JSON text. Throws MessageError MESSAGE_NOT_JSON, _DUPLICATE_MEMBER, _BAD_TEXT or _TOO_DEEP. */
export function parseJson(text: string): Json {
  return new Reader(text).readDocument();
}

/** Writes JSON with numbers exactly as they were read or made. Members that are undefined are left out. */
export function writeJson(value: Json): string {
  if (value instanceof JsonNumber) return value.text;
  if (isObject(value)) return `{${Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${writeJson(member)}`).join(',')}}`;
  if (Array.isArray(value)) return `[${value.map((item: Json) => writeJson(item)).join(',')}]`;
  return JSON.stringify(value);
}

/** Turns JSON into plain data for members without a schema: numbers that are safe integers become numbers, others keep their text. */
export function toPlain(value: Json): unknown {
  if (value instanceof JsonNumber) return /^-?\d{1,15}$/.test(value.text) ? Number(value.text) : value.text;
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toPlain(member)]));
  return Array.isArray(value) ? value.map((item: Json) => toPlain(item)) : value;
}
