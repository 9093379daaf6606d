import type { OutcomeCode } from '../domain/outcomes';

/** JSON text that is refused: where, why, and under which outcome. */
export class StrictJsonError extends Error {
  override readonly name = 'StrictJsonError';
  constructor(
    readonly code: Extract<OutcomeCode, 'JSON_INVALID' | 'JSON_DUPLICATE_KEY' | 'JSON_NUMBER_INEXACT'>,
    /** Chinese sentence; holds the position, never the text around it. */
    message: string,
  ) {
    super(message);
  }
}

const MAX_DEPTH = 32;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Characters up to the next quote, escape or control. */
const PLAIN_RUN = /[^"\\\u0000-\u001f]*/y;
const LONE_SURROGATE = /\p{Cs}/u;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t',
};

/**
 * Parses JSON as RFC 8259 writes it and stricter than JSON.parse: no repeated member, no lone surrogate, no number that a
 * double cannot hold exactly as an integer, at most 32 levels, nothing after the value.
 * @throws StrictJsonError
 */
export function parseStrictJson(text: string): unknown {
  const reader = new JsonReader(text);
  const value = reader.readValue(0);
  reader.expectEnd();
  return value;
}

class JsonReader {
  private at = 0;

  constructor(private readonly text: string) {
    this.skipSpace();
  }

  readValue(depth: number): unknown {
    if (depth > MAX_DEPTH) throw this.invalid(`嵌套超过 ${MAX_DEPTH} 层`);
    switch (this.text[this.at]) {
      case '{':
        return this.readObject(depth);
      case '[':
        return this.readArray(depth);
      case '"':
        return this.readString();
      case 't':
        return this.readWord('true', true);
      case 'f':
        return this.readWord('false', false);
      case 'n':
        return this.readWord('null', null);
      default:
        return this.readNumber();
    }
  }

  expectEnd(): void {
    this.skipSpace();
    if (this.at < this.text.length) throw this.invalid('值之后还有多余内容');
  }

  private readObject(depth: number): Record<string, unknown> {
    const members: Record<string, unknown> = {};
    this.step();
    if (this.take('}')) return members;
    for (;;) {
      if (this.text[this.at] !== '"') throw this.invalid('应为字段名');
      const name = this.readString();
      if (name === '__proto__') throw this.invalid('不接受字段名 __proto__');
      if (Object.hasOwn(members, name)) {
        throw new StrictJsonError('JSON_DUPLICATE_KEY', `第 ${this.at} 字符处字段重复`);
      }
      this.skipSpace();
      this.expect(':');
      members[name] = this.readValue(depth + 1);
      this.skipSpace();
      if (this.take('}')) return members;
      this.expect(',');
    }
  }

  private readArray(depth: number): unknown[] {
    const items: unknown[] = [];
    this.step();
    if (this.take(']')) return items;
    for (;;) {
      items.push(this.readValue(depth + 1));
      this.skipSpace();
      if (this.take(']')) return items;
      this.expect(',');
    }
  }

  private readString(): string {
    const start = this.at;
    let value = '';
    this.at += 1;
    for (;;) {
      PLAIN_RUN.lastIndex = this.at;
      const run = PLAIN_RUN.exec(this.text)?.[0] ?? '';
      value += run;
      this.at += run.length;
      const mark = this.text[this.at];
      if (mark === '"') break;
      if (mark !== '\\') throw this.invalid(mark === undefined ? '文本没有结束' : '文本中有控制字符');
      value += this.readEscape();
    }
    this.at += 1;
    if (LONE_SURROGATE.test(value)) throw new StrictJsonError('JSON_INVALID', `第 ${start} 字符处的文本含不成对的代理码`);
    return value;
  }

  private readEscape(): string {
    const letter = this.text[this.at + 1] ?? '';
    if (letter === 'u') {
      const digits = this.text.slice(this.at + 2, this.at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.invalid('\\u 转义不完整');
      this.at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const character = ESCAPES[letter];
    if (character === undefined) throw this.invalid('未知转义');
    this.at += 2;
    return character;
  }

  private readNumber(): number {
    NUMBER.lastIndex = this.at;
    const digits = NUMBER.exec(this.text)?.[0];
    if (digits === undefined) throw this.invalid(this.at >= this.text.length ? '内容不完整' : '应为 JSON 值');
    const value = Number(digits);
    if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) {
      throw new StrictJsonError('JSON_NUMBER_INEXACT', `第 ${this.at} 字符处的数字过大`);
    }
    this.at += digits.length;
    // After a number only a separator may follow: `01` and `1.` end here with a digit or a point left over.
    if (/[\d.eE+-]/.test(this.text[this.at] ?? '')) throw this.invalid('数字写法不合法');
    return value;
  }

  private readWord<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) throw this.invalid('应为 JSON 值');
    this.at += word.length;
    return value;
  }

  private expect(mark: string): void {
    if (!this.take(mark)) throw this.invalid(`应为 ${mark}`);
  }

  /** Takes `mark` and the white space after it, if it stands here. */
  private take(mark: string): boolean {
    if (this.text[this.at] !== mark) return false;
    this.step();
    return true;
  }

  private step(): void {
    this.at += 1;
    this.skipSpace();
  }

  private skipSpace(): void {
    for (;;) {
      const character = this.text.charCodeAt(this.at);
      if (character !== 0x20 && character !== 0x0a && character !== 0x0d && character !== 0x09) return;
      this.at += 1;
    }
  }

  private invalid(reason: string): StrictJsonError {
    return new StrictJsonError('JSON_INVALID', `第 ${this.at} 字符处：${reason}`);
  }
}
