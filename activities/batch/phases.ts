import type { BatchPhase } from '../../domain/batch/types';

/** The column in which a phase leaves its receipt. */
export const RECEIPT: Readonly<Record<BatchPhase, 'workedAt' | 'postedAt' | 'undoneAt'>> = {
  work: 'workedAt',
  post: 'postedAt',
  discard: 'undoneAt',
  undo: 'undoneAt',
};
