import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/** A process named so that a later one with the same pid is not mistaken for it. */
export interface ProcessMark {
  readonly name: string;
  readonly pid: number;
  /** When it started, in the words of the system; see `startOf`. */
  readonly started: string;
}

/** When a live process started, in the system's own words; undefined when there is no such process (or only its remains). */
export function startOf(pid: number): string | undefined {
  return process.platform === 'linux' ? startOnLinux(pid) : startByPs(pid);
}

function startOnLinux(pid: number): string | undefined {
  const file = `/proc/${pid}/stat`;
  if (!fs.existsSync(file)) return undefined;
  const text = readIfThere(file);
  // The second field is the program's name in parentheses and may hold spaces; state and start time are fields 3 and 22.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, ticks] = [fields[0], fields[19]];
  if (ticks === undefined || state === 'Z' || state === 'X') return undefined;
  const boot = readIfThere('/proc/sys/kernel/random/boot_id').trim();
  return `${boot}:${ticks}`;
}

/** A process may end between a look and a read; then its file is as good as empty. */
function readIfThere(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}

function startByPs(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    // `ps` exits with 1 when there is no such process.
    return undefined;
  }
}

export function isRunning(mark: ProcessMark): boolean {
  return startOf(mark.pid) === mark.started;
}

/** Sends a signal to a process that is certainly the marked one. Returns false when that one is gone. */
export function signalProcess(mark: ProcessMark, signal: NodeJS.Signals): boolean {
  if (!isRunning(mark)) return false;
  try {
    return process.kill(mark.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** Ends a process: SIGTERM, and SIGKILL when it is still there after `graceMs`. */
export async function endProcess(mark: ProcessMark, graceMs = 5_000): Promise<void> {
  if (!signalProcess(mark, 'SIGTERM')) return;
  const deadline = Date.now() + graceMs;
  while (isRunning(mark)) {
    if (Date.now() > deadline) signalProcess(mark, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
