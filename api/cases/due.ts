export type DueState = 'ok' | 'soon' | 'over';

/** The last part of a term, in which it counts as near its end. */
const SOON = 0.2;

/** How a term stands at a moment; null where there is none. All times in epoch ms. */
export function dueStateOf(startedAt: number, dueAt: number | null, now: number): DueState | null {
  if (dueAt === null) return null;
  if (dueAt <= now) return 'over';
  return dueAt - now <= (dueAt - startedAt) * SOON ? 'soon' : 'ok';
}
