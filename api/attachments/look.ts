import { createHash } from 'node:crypto';
import type { Seen } from './kinds';
import { ZIP_TAIL } from './zip';

const HEAD = 64;
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const ENCODINGS = ['utf-8', 'gb18030'] as const;

/** Looks at a file while it goes by: its digest, its ends, whether it is text. Keeps no more than half a megabyte of it. */
export class Onlooker {
  private readonly digest = createHash('sha256');
  private head = Buffer.alloc(0);
  private tail: Buffer[] = [];
  private tailSize = 0;
  private size = 0;
  private readonly readings = ENCODINGS.map((encoding) => ({ decoder: new TextDecoder(encoding, { fatal: true }), fits: true }));

  see(chunk: Buffer): void {
    this.digest.update(chunk);
    this.size += chunk.length;
    if (this.head.length < HEAD) this.head = Buffer.concat([this.head, chunk.subarray(0, HEAD - this.head.length)]);
    this.tail.push(chunk);
    this.tailSize += chunk.length;
    while (this.tailSize - (this.tail[0]?.length ?? 0) >= ZIP_TAIL) this.tailSize -= this.tail.shift()?.length ?? 0;
    this.read(chunk, true);
  }

  /** Called once, at the end. */
  end(): Seen & { readonly sha256: string } {
    this.read(Buffer.alloc(0), false);
    const { head, size } = this;
    const tail = Buffer.concat(this.tail).subarray(-ZIP_TAIL);
    return { head, tail, size, isText: size > 0 && this.readings.some(({ fits }) => fits), sha256: this.digest.digest('hex') };
  }

  private read(chunk: Buffer, more: boolean): void {
    for (const reading of this.readings) {
      if (!reading.fits) continue;
      try {
        reading.fits = !CONTROLS.test(reading.decoder.decode(chunk, { stream: more }));
      } catch {
        reading.fits = false;
      }
    }
  }
}
