import { ApplicationFailure } from '@temporalio/common';
import { mayRepeat, outcomeOf, type OutcomeCode } from '../../domain/outcomes';

/** A failure of a file effect whose `type` is an outcome code; it is tried again where the outcome says that this makes sense. */
export function fileFailure(code: OutcomeCode, detail = '', cause?: unknown): ApplicationFailure {
  const message = `${outcomeOf(code).title}${detail === '' ? '' : `：${detail}`}`;
  return ApplicationFailure.create({ type: code, message, nonRetryable: !mayRepeat(code), ...(cause instanceof Error ? { cause } : {}) });
}

/** The operating system's code of an error, such as `ENOSPC`; empty when it has none. */
export function systemCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** What a failed write means: our own failures as they are, a full disk, another error of the file system; anything else unchanged. */
export function writeFailure(error: unknown, name: string): unknown {
  const code = systemCode(error);
  if (error instanceof ApplicationFailure || code === '') return error;
  return fileFailure(FULL.has(code) ? 'FILE_DISK_FULL' : 'FILE_WRITE_FAILED', `${name}（${code}）`, error);
}
