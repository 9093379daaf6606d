import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';

import { startOf, type ProcessMark } from './processes';
import { openRotatingLog, type RotatingLog } from './rotating-log';

export interface ChildSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** 'line' waits for the JSON line {"ready":true} on stdout; a function waits by itself and throws when it gives up. */
  readonly ready: 'line' | (() => Promise<void>);
  /** Time to get ready, ms. */
  readonly readyTimeoutMs?: number;
  /** Time to end after SIGTERM before SIGKILL, ms. */
  readonly graceMs?: number;
}

interface Child {
  readonly spec: ChildSpec;
  readonly log: RotatingLog;
  process?: ChildProcess;
  mark?: ProcessMark;
  startedAt: number;
  /** How often in a row it died soon after its start, by itself. */
  quickDeaths: number;
  restart?: NodeJS.Timeout;
}

export interface SupervisorOptions {
  readonly logsDir: string;
  /** Told after each change of the running processes. */
  readonly onChange?: (children: readonly ProcessMark[]) => void;
  /** Told one line when a child dies or comes back. */
  readonly report?: (line: string) => void;
}

const QUICK_DEATH_MS = 10_000;
/** Lines of a log that are told when its process died; an uncaught error of Node takes about ten. */
const LAST_WORDS = 15;
const FIRST_DELAY_MS = 100;
/** Also the longest pause, so that a child is back within five seconds however it dies. */
const LONGEST_DELAY_MS = 4_000;

/**
 * Keeps a set of processes running: each logs to a file of its own, one that dies is started again, all end in reverse
 * order of their start. Children get a process group of their own, so that Ctrl-C reaches only the launcher.
 */
export class Supervisor {
  private readonly children = new Map<string, Child>();
  private stopping = false;

  constructor(private readonly options: SupervisorOptions) {}

  /** Starts a child and waits until it is ready. Throws with its last log lines when it dies or does not get ready. */
  async start(spec: ChildSpec): Promise<void> {
    if (this.stopping) throw new Error('the launcher is stopping');
    const log = openRotatingLog(path.join(this.options.logsDir, `${spec.name}.log`));
    const child: Child = { spec, log, startedAt: 0, quickDeaths: 0 };
    this.children.set(spec.name, child);
    const running = this.launch(child);
    await this.untilReady(child, running);
    if (running.exitCode !== null || running.signalCode !== null) this.onExit(child, running.exitCode, running.signalCode);
    else running.once('exit', (code, signal) => this.onExit(child, code, signal));
  }

  /** The pid of a running child, or undefined while it is down. */
  pid(name: string): number | undefined {
    return this.children.get(name)?.mark?.pid;
  }

  names(): string[] {
    return [...this.children.keys()];
  }

  /** Signals a child; it is started again when it dies of that. */
  kill(name: string, signal: NodeJS.Signals): void {
    const child = this.children.get(name);
    if (!child?.process) throw new Error(`no running process is named ${name}`);
    child.process.kill(signal);
  }

  /** Ends one child and forgets it. */
  async remove(name: string): Promise<void> {
    const child = this.children.get(name);
    if (!child) return;
    this.children.delete(name);
    await this.end(child);
    this.changed();
  }

  /** Ends all children, the one started last first. Safe to call twice. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const child of [...this.children.values()].reverse()) await this.end(child);
    this.children.clear();
    this.changed();
  }

  private launch(child: Child): ChildProcess {
    const { spec, log } = child;
    const running = spawn(spec.command, spec.args, { env: spec.env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    child.process = running;
    child.startedAt = Date.now();
    running.stdout?.on('data', (chunk: Buffer) => log.write(chunk));
    running.stderr?.on('data', (chunk: Buffer) => log.write(chunk));
    running.once('error', (error) => log.write(`${error.message}\n`));
    const started = running.pid === undefined ? undefined : startOf(running.pid);
    child.mark = running.pid !== undefined && started !== undefined ? { name: spec.name, pid: running.pid, started } : undefined;
    this.changed();
    return running;
  }

  private async untilReady(child: Child, running: ChildProcess): Promise<void> {
    const { spec } = child;
    const timeoutMs = spec.readyTimeoutMs ?? 60_000;
    const cleanups: (() => void)[] = [];
    const failed = new Promise<never>((_resolve, reject) => {
      const refuse = (why: string) => reject(new Error(`${spec.name} ${why}${this.lastWords(child)}`));
      const onExit = (code: number | null, signal: NodeJS.Signals | null) => refuse(`没有启动成功（${signal ?? `退出码 ${code}`}）`);
      const onError = () => refuse('无法启动');
      running.once('exit', onExit);
      running.once('error', onError);
      const timer = setTimeout(() => refuse(`在 ${timeoutMs / 1000} 秒内没有就绪`), timeoutMs);
      cleanups.push(() => running.off('exit', onExit).off('error', onError), () => clearTimeout(timer));
    });
    try {
      await Promise.race([failed, spec.ready === 'line' ? readyLine(running) : spec.ready()]);
    } finally {
      for (const cleanup of cleanups) cleanup();
    }
  }

  private onExit(child: Child, code: number | null, signal: NodeJS.Signals | null): void {
    child.process = undefined;
    child.mark = undefined;
    if (this.stopping || this.children.get(child.spec.name) !== child) return;
    this.changed();
    const quick = signal === null && Date.now() - child.startedAt < QUICK_DEATH_MS;
    child.quickDeaths = quick ? child.quickDeaths + 1 : 0;
    const delay = Math.min(FIRST_DELAY_MS * 2 ** child.quickDeaths, LONGEST_DELAY_MS);
    const words = quick ? this.lastWords(child) : '';
    this.options.report?.(`${child.spec.name} 已退出（${signal ?? `退出码 ${code}`}），${delay} 毫秒后重新启动${words}`);
    child.restart = setTimeout(() => this.restart(child), delay);
  }

  private restart(child: Child): void {
    if (this.stopping) return;
    const running = this.launch(child);
    running.once('exit', (code, signal) => this.onExit(child, code, signal));
    // A program that cannot be started at all emits 'error' and no 'exit'.
    running.once('error', () => running.pid === undefined && this.onExit(child, 127, null));
    this.options.report?.(`${child.spec.name} 已重新启动，进程 ${running.pid ?? '（无）'}`);
  }

  private async end(child: Child): Promise<void> {
    clearTimeout(child.restart);
    const running = child.process;
    if (running && running.exitCode === null && running.signalCode === null && running.pid !== undefined) {
      const gone = new Promise<void>((resolve) => running.once('exit', () => resolve()));
      running.kill('SIGTERM');
      const timer = setTimeout(() => running.kill('SIGKILL'), child.spec.graceMs ?? 10_000);
      await gone;
      clearTimeout(timer);
    }
    child.process = undefined;
    child.mark = undefined;
    child.log.close();
  }

  private lastWords(child: Child): string {
    const lines = child.log.tail(LAST_WORDS);
    return lines.length > 0 ? `，最后的日志：\n  ${lines.join('\n  ')}` : '';
  }

  private changed(): void {
    this.options.onChange?.([...this.children.values()].flatMap((child) => child.mark ?? []));
  }
}

/** Resolves when the process prints its ready line. What it prints besides is its log. */
function readyLine(running: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (!running.stdout) return;
    const lines = createInterface({ input: running.stdout });
    lines.on('line', (line) => {
      if (!/^\{.*"ready":\s*true/.test(line)) return;
      lines.close();
      running.stdout?.resume();
      resolve();
    });
  });
}
