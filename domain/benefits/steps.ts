/** Words and sums of single computation steps. */
import {
  add,
  fen,
  formatDecimal,
  formatYuanGrouped as yuan,
  multiply,
  parseDecimal,
  share,
  subtract,
  type Fen,
  type RoundingMode,
} from '../money';
import type { Step, StepKind } from './types';

export interface PartOfAmount {
  readonly from: Fen;
  readonly to: Fen;
  readonly ratio: string;
}

/** Cuts the stretch `from`–`to` by rising ends; an end belongs to the lower part. Empty parts are left out. */
export function cutByEnds(
  from: Fen,
  to: Fen,
  tiers: readonly { readonly toFen: number | null; readonly ratio: string }[],
): PartOfAmount[] {
  const parts: PartOfAmount[] = [];
  let lower = 0;
  for (const { toFen, ratio } of tiers) {
    const upper = toFen ?? Number.MAX_SAFE_INTEGER;
    const start = Math.max(lower, from);
    const end = Math.min(upper, to);
    if (end > start) parts.push({ from: fen(start), to: fen(end), ratio });
    lower = upper;
  }
  return parts;
}

/** One step for each part, each rounded by itself. */
export function shareByParts(kind: StepKind, label: string, parts: readonly PartOfAmount[], rounding: RoundingMode): Step[] {
  return parts.map(({ from, to, ratio }) => {
    const base = subtract(to, from);
    const result = share(base, parseDecimal(ratio), rounding);
    const text = `${label} ${yuan(from)}–${yuan(to)}：${yuan(base)} × ${percent(ratio)} = ${yuan(result)}`;
    return { kind, label, from, to, base, ratio, result, text };
  });
}

export function totalOf(steps: readonly Step[]): Fen {
  return add(...steps.map((step) => step.result));
}

/** `0.875` → `87.5%`. */
export function percent(ratio: string): string {
  const text = formatDecimal(multiply(parseDecimal(ratio), { units: 100n, scale: 0 }));
  return `${text.includes('.') ? text.replace(/\.?0+$/, '') : text}%`;
}
