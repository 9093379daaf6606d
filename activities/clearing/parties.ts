import type { DivisionTree } from '../../domain/people/divisions';

/** A seat of the city confirmation (市（州）确认) or of the county pre-check, as the form's lists `parties` and `counties` carry it. */
export interface ConfirmingParty {
  /** `payable-990100` or `receivable-990100`; `county-990101`. */
  readonly slot: string;
  readonly division: string;
  readonly zh: string;
}

export type Side = 'payable' | 'receivable';
export const SIDES: Readonly<Record<Side, string>> = { payable: '参保地应付', receivable: '就医地应收' };

/** The seats of a province: every city twice. */
export function partiesOf(tree: DivisionTree, province: string): ConfirmingParty[] {
  return tree
    .childrenOf(province)
    .flatMap(({ code, name }) =>
      (Object.keys(SIDES) as Side[]).map((side) => ({ slot: `${side}-${code}`, division: code, zh: `${name}（${SIDES[side]}）` })),
    );
}

/** The seats of the county pre-check (区县预核): every county of the province's cities once. */
export function countiesOf(tree: DivisionTree, province: string): ConfirmingParty[] {
  return tree
    .childrenOf(province)
    .flatMap((city) => tree.childrenOf(city.code).map(({ code, name }) => ({ slot: `county-${code}`, division: code, zh: `${city.name}${name}（预核）` })));
}

/** City and side of a seat; null for one that is no such seat. */
export function sideOf(slot: string): { readonly side: Side; readonly city: string } | null {
  const match = /^(payable|receivable)-(\d{6})$/.exec(slot);
  return match ? { side: match[1] as Side, city: match[2] ?? '' } : null;
}
