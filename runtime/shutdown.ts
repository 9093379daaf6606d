import type { Logger } from './logger';

export interface ShutdownStep {
  /** Named in the log. */
  readonly name: string;
  readonly run: () => Promise<void> | void;
}

export interface ShutdownOptions {
  readonly logger: Logger;
  /** Time for all steps together before the process ends anyway, milliseconds. */
  readonly deadlineMs: number;
  /** Run one after another in this order: stop taking work, drain, close. */
  readonly steps: readonly ShutdownStep[];
}

const EXIT_DRAINED = 0;
const EXIT_FAILED = 1;
/** Not drained in time; work was left to others. */
const EXIT_DEADLINE = 3;

/**
 * Drains on SIGTERM or SIGINT and exits: 0 when all steps finished, 1 when one failed, 3 at the deadline. A second signal
 * ends the process at once. Also ends the process, with a redacted log line, on an uncaught error.
 * @returns a function that starts the same drain, for a process that ends by itself.
 */
export function drainOnSignals(options: ShutdownOptions): (reason: string, exitCode?: number) => void {
  let draining = false;
  const start = (reason: string, exitCode = EXIT_DRAINED): void => {
    if (draining) {
      options.logger.warn({ reason }, '再次收到停止信号, 立即退出');
      process.exit(EXIT_DEADLINE);
    }
    draining = true;
    options.logger.info({ reason, deadlineMs: options.deadlineMs }, '开始停机');
    const timer = setTimeout(() => {
      options.logger.error('停机超时, 强制退出');
      process.exit(EXIT_DEADLINE);
    }, options.deadlineMs);
    timer.unref();
    void runSteps(options).then((failed) => process.exit(failed ? EXIT_FAILED : exitCode));
  };
  process.on('SIGTERM', () => start('SIGTERM'));
  process.on('SIGINT', () => start('SIGINT'));
  exitOnUncaught(options.logger);
  return start;
}

/** Logs an uncaught error through the redacting logger and exits with 1; Node itself would print it in clear. */
export function exitOnUncaught(logger: Logger): void {
  const end = (error: unknown): void => {
    logger.fatal({ err: error }, '未捕获的错误, 进程退出');
    process.exit(EXIT_FAILED);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}

async function runSteps({ logger, steps }: ShutdownOptions): Promise<boolean> {
  let failed = false;
  for (const step of steps) {
    try {
      await step.run();
    } catch (error) {
      failed = true;
      logger.error({ err: error, step: step.name }, '停机步骤失败');
    }
  }
  return failed;
}
