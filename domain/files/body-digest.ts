import { createHash, type Hash } from 'node:crypto';

const LF = 0x0a;
const END_OF_FILE = 0x1a;
/** No line is longer. More without a line end is a broken file, whose body has no digest that means anything. */
const MOST_HELD = 65_536;

export interface Digests {
  readonly bytes: number;
  /** SM3 of all bytes, lower-case hex. */
  readonly whole: string;
  /** SM3 of what stands before the last line. */
  readonly body: string;
}

/**
 * SM3 of a file and of what stands before its last line, in one pass: the last line is held back until the next one begins.
 * Without `byLines` the body is the whole.
 */
export class BodyDigest {
  readonly #hash: Hash = createHash('sm3');
  readonly #byLines: boolean;
  #held: Buffer = Buffer.alloc(0);
  #bytes = 0;
  #digests: Digests | null = null;

  constructor(byLines: boolean) {
    this.#byLines = byLines;
  }

  update(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#bytes += chunk.length;
    if (!this.#byLines) {
      this.#hash.update(chunk);
      return;
    }
    const endOfFile = chunk[chunk.length - 1] === END_OF_FILE;
    const last = chunk.length - (endOfFile ? 3 : 2);
    const start = last < 0 ? 0 : chunk.lastIndexOf(LF, last) + 1;
    const newLine = this.#held[this.#held.length - 1] === LF && !(endOfFile && chunk.length === 1);
    if (start > 0 || newLine || this.#held.length > MOST_HELD) {
      this.#hash.update(this.#held).update(chunk.subarray(0, start));
      this.#held = Buffer.from(chunk.subarray(start));
    } else {
      this.#held = Buffer.concat([this.#held, chunk]);
    }
  }

  /** The digests; nothing may follow. */
  end(): Digests {
    if (this.#digests === null) {
      const body = this.#hash.copy().digest('hex');
      const whole = this.#hash.update(this.#held).digest('hex');
      this.#digests = { bytes: this.#bytes, whole, body: this.#byLines ? body : whole };
    }
    return this.#digests;
  }
}
