import { write, writeSync } from 'node:fs';

const MAX_QUEUED_BYTES = 4 * 1024 * 1024;
/** A write that has not returned for so long means that nobody reads; milliseconds. */
const BLOCKED_AFTER_MS = 200;

/**
 * Writes log lines to a file descriptor without ever holding up the process: one write in flight in the thread pool, a
 * bounded queue behind it. When the reader stops, lines are dropped and counted, and the count is written once it reads again.
 */
export class LogSink {
  private queue: string[] = [];
  private queuedBytes = 0;
  private dropped = 0;
  private inFlightSince: number | null = null;

  constructor(
    private readonly fd: number,
    private readonly maxQueuedBytes: number = MAX_QUEUED_BYTES,
  ) {}

  /** Takes one line (with its newline). Never throws and never blocks. */
  write(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (this.queuedBytes + bytes > this.maxQueuedBytes) {
      this.dropped += 1;
      return;
    }
    this.queue.push(line);
    this.queuedBytes += bytes;
    this.writeNext();
  }

  /** Writes what is queued before the process ends, unless the reader has stopped. */
  flushAtExit(): void {
    if (this.inFlightSince !== null && Date.now() - this.inFlightSince > BLOCKED_AFTER_MS) return;
    try {
      if (this.queue.length > 0) writeSync(this.fd, this.takeQueue().toString('utf8'));
    } catch {
      // The reader is gone (EPIPE, EAGAIN): there is nowhere left to report that.
      this.dropped += 1;
    }
  }

  private writeNext(): void {
    if (this.inFlightSince !== null || this.queue.length === 0) return;
    this.inFlightSince = Date.now();
    this.writeRest(this.takeQueue());
  }

  private writeRest(chunk: Buffer): void {
    write(this.fd, chunk, 0, chunk.length, null, (error, written) => {
      if (error?.code === 'EAGAIN') {
        setTimeout(() => this.writeRest(chunk), 50).unref();
        return;
      }
      if (!error && written < chunk.length) {
        this.writeRest(chunk.subarray(written));
        return;
      }
      if (error) this.dropped += 1;
      this.inFlightSince = null;
      this.writeNext();
    });
  }

  private takeQueue(): Buffer {
    const notice = this.dropped > 0 ? `${JSON.stringify({ level: 'warn', msg: '日志积压, 已丢弃若干行', dropped: this.dropped })}\n` : '';
    const chunk = Buffer.from(notice + this.queue.join(''));
    this.queue = [];
    this.queuedBytes = 0;
    this.dropped = 0;
    return chunk;
  }
}
