import type { Logger } from 'typeorm';

/**
 * TypeORM's logger prints slow statements with their parameters even when logging is off, and parameters hold personal
 * data. What goes wrong reaches the caller as an error, so nothing is logged here.
 */
export const quietLogger: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};
