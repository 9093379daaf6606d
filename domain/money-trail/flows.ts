import type { ClearingLine, Flow } from '../clearing/lines';
import { add, negate, type Fen, ZERO } from '../money';

/** A payable as far as the trail looks at it. */
export interface FlowPayable extends Flow {
  readonly id: string;
  readonly fen: Fen;
}

/** Lines of one flow, and the payable that they became; null before the approval, and where they come to nothing. */
export interface MatchedFlow<L extends ClearingLine> extends Flow {
  readonly lines: readonly L[];
  /** Sum of the lines; below zero where corrections outweigh, so that the payable goes the other way. */
  readonly fen: Fen;
  readonly payableId: string | null;
}

/**
 * Which lines became which payable. Lines of one direction are one payable; one below zero goes the other way. Where two
 * cities were netted, the lines of both directions became the one payable of the difference.
 */
export function matchFlows<L extends ClearingLine>(lines: readonly L[], payables: readonly FlowPayable[]): MatchedFlow<L>[] {
  const flows = new Map<string, { flow: Flow; lines: L[]; fen: Fen }>();
  for (const line of lines) {
    const key = keyOf(line);
    const found = flows.get(key) ?? { flow: flowOf(line), lines: [], fen: ZERO };
    flows.set(key, { ...found, lines: [...found.lines, line], fen: add(found.fen, line.fen) });
  }
  const byKey = new Map(payables.map((payable) => [keyOf(payable), payable]));
  return [...flows.values()].map(({ flow, lines: own, fen }) => {
    const ahead = fen < 0 ? byKey.get(keyOf(turned(flow))) : byKey.get(keyOf(flow));
    const netted = ahead ?? byKey.get(keyOf(flow)) ?? byKey.get(keyOf(turned(flow)));
    return { ...flow, lines: own, fen, payableId: fen === 0 ? null : (netted?.id ?? null) };
  });
}

/** What lines come to in the direction of the payable that they became. */
export function towardsPayable(flow: MatchedFlow<ClearingLine>, payable: Flow): Fen {
  return payable.payingCity === flow.payingCity ? flow.fen : negate(flow.fen);
}

function flowOf({ payingCity, receivingCity, insutype, fund }: Flow): Flow {
  return { payingCity, receivingCity, insutype, fund };
}

function turned({ payingCity, receivingCity, ...rest }: Flow): Flow {
  return { payingCity: receivingCity, receivingCity: payingCity, ...rest };
}

/** Cities, insurance and fund of a flow as one text. */
export function keyOf({ payingCity, receivingCity, insutype, fund }: Flow): string {
  return [payingCity, receivingCity, insutype, fund].join('/');
}
