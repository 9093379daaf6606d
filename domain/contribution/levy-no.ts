import type { LevyLine } from './variants';

/**
 * 征集流水号: `<统筹区 6><费款所属期 6><line 2><row 14>`, 28 characters. A number lives once; the row in it is the row of the
 * table, so that an answer finds its levy without an index of its own.
 */
export function levyNoOf({ id, poolArea, cashym, line }: { readonly id: number; readonly poolArea: string; readonly cashym: number; readonly line: LevyLine }): string {
  return `${poolArea}${cashym}${line}${String(id).padStart(14, '0')}`;
}

/** The row that a number names; null for what is no number of ours. */
export function levyIdOf(levyNo: string): number | null {
  const match = /^[1-9]\d{5}\d{6}(?:ZG|LH|JM|TS)(\d{14})$/.exec(levyNo);
  return match ? Number(match[1]) : null;
}
