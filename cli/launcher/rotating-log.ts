import fs from 'node:fs';
import path from 'node:path';

const MAX_BYTES = 10 * 1024 * 1024;
const KEPT = 3;

export interface RotatingLog {
  write(chunk: Buffer | string): void;
  /** The last lines that were written, for an error message. */
  tail(lines: number): string[];
  close(): void;
}

/** Opens `file` for appending; past `maxBytes` it becomes `file.1`, that one `file.2`, and so on up to `kept` old files. */
export function openRotatingLog(file: string, maxBytes = MAX_BYTES, kept = KEPT): RotatingLog {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let handle = fs.openSync(file, 'a', 0o600);
  let size = fs.fstatSync(handle).size;
  let recent = '';
  let closed = false;

  function rotate(): void {
    fs.closeSync(handle);
    for (let index = kept; index >= 1; index -= 1) {
      const older = index === 1 ? file : `${file}.${index - 1}`;
      if (fs.existsSync(older)) fs.renameSync(older, `${file}.${index}`);
    }
    handle = fs.openSync(file, 'a', 0o600);
    size = 0;
  }

  return {
    write(chunk) {
      // The last words of a process may arrive after its exit was seen and the log closed.
      if (closed) return;
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      if (size > 0 && size + bytes.length > maxBytes) rotate();
      fs.writeSync(handle, bytes);
      size += bytes.length;
      recent = (recent + bytes.toString('utf8')).slice(-4_000);
    },
    tail: (lines) => recent.trimEnd().split('\n').filter(Boolean).slice(-lines),
    close() {
      if (closed) return;
      closed = true;
      fs.closeSync(handle);
    },
  };
}
