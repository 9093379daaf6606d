/** Where a term stands: nothing to say yet, to be reminded of, over. */
export type TermStage = 'running' | 'due' | 'over';

/** Share of a term after which who has to act is reminded. */
const REMIND_AT = 0.8;

/** Stage of a term of so many working hours; `moment` tells when so many have passed since it began. All moments in epoch ms. */
export function termStage(moment: (hours: number) => number, hours: number, at: number): TermStage {
  if (at > moment(hours)) return 'over';
  return at >= moment(hours * REMIND_AT) ? 'due' : 'running';
}
