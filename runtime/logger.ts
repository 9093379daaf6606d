import pino from 'pino';
import { LogSink } from './log-sink';
import { redact, scrubText } from './redact';
import type { LogLevel } from './config';

export type Logger = pino.Logger;

const STDERR = 2;

/**
 * Makes the logger of a process: JSON lines on stderr, personal data and secrets taken out, never throwing and never
 * waiting for whoever reads the log.
 * @param component which process or part speaks, such as `worker` or `codec-server`.
 */
export function createLogger(component: string, level: LogLevel = 'info', sink: Pick<LogSink, 'write'> = stderrSink()): Logger {
  const logger: Logger = pino(
    {
      level,
      base: { component, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // logMethod hands over a redacted copy, so serializers would only see plain objects.
      serializers: { err: (value: unknown) => value },
      hooks: { logMethod: logRedacted },
    },
    sink,
  );
  redactChildBindings(logger);
  return logger;
}

type Child = (this: Logger, bindings: pino.Bindings, options?: pino.ChildLoggerOptions) => Logger;

/** Bindings of children do not pass through logMethod. Children inherit from their parent, so this covers all of them. */
function redactChildBindings(logger: Logger): void {
  const child = logger.child as unknown as Child;
  const redacting: Child = function (this: Logger, bindings, options) {
    return child.call(this, redact(bindings) as pino.Bindings, options);
  };
  logger.child = redacting as unknown as Logger['child'];
}

function logRedacted(this: pino.Logger, args: Parameters<pino.LogFn>, method: pino.LogFn): void {
  const [first, ...rest] = args as readonly unknown[];
  const clean = rest.map((item) => (typeof item === 'string' ? scrubText(item) : redact(item)));
  const copy = first instanceof Error ? { err: redact(first) } : redact(first);
  const message = first instanceof Error && clean.length === 0 ? [scrubText(String(first.message))] : clean;
  Reflect.apply(method, this, [copy, ...message]);
}

let sharedSink: LogSink | undefined;

function stderrSink(): LogSink {
  if (!sharedSink) {
    const sink = new LogSink(STDERR);
    process.on('exit', () => sink.flushAtExit());
    sharedSink = sink;
  }
  return sharedSink;
}
