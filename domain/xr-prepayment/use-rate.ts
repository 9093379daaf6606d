import { compareDecimals, parseDecimal, quotientText, type Fen } from '../money';
import type { PrepaymentRules } from './rules';

/** Colour of a use rate; `yellow` and `red` are warnings (预警). */
export type UseLevel = 'normal' | 'yellow' | 'red';

export const LEVEL_NAMES: Record<UseLevel, string> = { normal: '正常', yellow: '黄色预警', red: '红色预警' };

export interface UseRate {
  readonly clearing: Fen;
  /** What the pool held for the month: its balance with what was drawn for the month added again. */
  readonly held: Fen;
  /** clearing ÷ held with four digits, such as `0.9312`; above 1 when the clearing exceeds the pool, null when it holds nothing. */
  readonly rate: string | null;
  readonly level: UseLevel;
}

/** Use rate (使用率) of a month: its clearing ÷ what the pool held. Above 100 % is legal: the rest is paid by the order itself. */
export function useRate(clearing: Fen, held: Fen, rules: Pick<PrepaymentRules, 'yellowFrom' | 'redFrom'>): UseRate {
  if (clearing <= 0) return { clearing, held, rate: held > 0 ? '0.0000' : null, level: 'normal' };
  if (held <= 0) return { clearing, held, rate: null, level: 'red' };
  const reaches = (line: string): boolean => atLeast(clearing, held, line);
  const level = reaches(rules.redFrom) ? 'red' : reaches(rules.yellowFrom) ? 'yellow' : 'normal';
  return { clearing, held, rate: quotientText(clearing, held, 4), level };
}

/** Warnings that a level gives; red has passed yellow. */
export function warningsOf(level: UseLevel): readonly ('yellow' | 'red')[] {
  return level === 'red' ? ['yellow', 'red'] : level === 'yellow' ? ['yellow'] : [];
}

/** Whether clearing ÷ held is `line` or more, exactly: 0.69996 does not reach 0.7 though it is shown as 0.7000. */
function atLeast(clearing: Fen, held: Fen, line: string): boolean {
  const { units, scale } = parseDecimal(line);
  const needed = { units: BigInt(held) * units, scale };
  return compareDecimals({ units: BigInt(clearing), scale: 0 }, needed) >= 0;
}
