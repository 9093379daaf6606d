import type { Logger as TemporalLogger, LogLevel as TemporalLevel, LogMetadata } from '@temporalio/common';
import { Runtime, makeTelemetryFilterString } from '@temporalio/worker';
import type { Logger } from './logger';

/**
 * Sends what the Temporal SDK and its core log through our redacting logger; by itself the SDK writes the message, details
 * and stack of every failed activity in clear. Call once per process, before the first Worker or NativeConnection.
 * @throws IllegalStateError when a Runtime exists already.
 */
export function installTemporalRuntime(logger: Logger): void {
  Runtime.install({
    logger: toTemporalLogger(logger),
    // Each entry point drains by itself, see shutdown.ts.
    shutdownSignals: [],
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} },
    },
  });
}

/** Our logger in the shape that the SDK wants. */
export function toTemporalLogger(logger: Logger): TemporalLogger {
  const child = logger.child({ source: 'temporal' });
  const log = (level: TemporalLevel, message: string, meta?: LogMetadata): void => {
    const fields = { ...meta };
    switch (level) {
      case 'TRACE':
        return child.trace(fields, message);
      case 'DEBUG':
        return child.debug(fields, message);
      case 'INFO':
        return child.info(fields, message);
      case 'WARN':
        return child.warn(fields, message);
      case 'ERROR':
        return child.error(fields, message);
    }
  };
  return {
    log,
    trace: (message, meta) => log('TRACE', message, meta),
    debug: (message, meta) => log('DEBUG', message, meta),
    info: (message, meta) => log('INFO', message, meta),
    warn: (message, meta) => log('WARN', message, meta),
    error: (message, meta) => log('ERROR', message, meta),
  };
}
