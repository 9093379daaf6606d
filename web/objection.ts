import type { CaseView } from './types';

/** What an objection of a city in a clearing is about. */
export interface ObjectionSide {
  readonly batchId: string;
  readonly city: string;
  readonly side: 'payable' | 'receivable';
}

/** Settlements that one act names. */
export const MOST_NAMED = 500;

/** The batch and the side that the reader's seat confirms; null for a case or seat of something else. */
export function objectionOf({ definition, step, slot, results }: Pick<CaseView, 'definition' | 'step' | 'slot' | 'results'>): ObjectionSide | null {
  const seat = /^(payable|receivable)-(\d{6})$/.exec(slot ?? '');
  if (definition !== 'xr-clear-monthly' || step !== 'city-confirm' || !seat) return null;
  const batchId = Object.values(results).map((result) => (result as { batchId?: unknown } | null)?.batchId).find((id) => typeof id === 'string');
  return typeof batchId === 'string' ? { batchId, side: seat[1] as ObjectionSide['side'], city: seat[2] ?? '' } : null;
}

/** Numbers out of what was pasted: a line, a cell or a comma each; each once. */
export function pastedNumbers(text: string): string[] {
  return [...new Set(text.split(/[\s,，;；、]+/).filter((part) => part !== ''))];
}
