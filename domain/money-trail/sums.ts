import { add, type Fen, ZERO } from '../money';

/** Two levels of a trail that must come to the same. */
export interface SumCheck {
  /** What is compared, Chinese. */
  readonly name: string;
  readonly left: { readonly name: string; readonly fen: Fen };
  readonly right: { readonly name: string; readonly fen: Fen };
  readonly equal: boolean;
}

export function sumCheck(name: string, left: readonly [name: string, fen: Fen], right: readonly [name: string, fen: Fen]): SumCheck {
  return { name, left: { name: left[0], fen: left[1] }, right: { name: right[0], fen: right[1] }, equal: left[1] === right[1] };
}

/** Sum of what `amount` says of each. */
export function total<T>(items: readonly T[], amount: (item: T) => Fen): Fen {
  return add(ZERO, ...items.map(amount));
}
