import { add, negate, type Fen, ZERO } from '../money';
import type { ClearingLine, Flow } from './lines';

/** What one city has to pay another by one fund for one clearing; always above zero. */
export interface Payable extends Flow {
  readonly fen: Fen;
}

/**
 * Payables of approved lines. Kinds of one flow are one sum; where corrections outweigh it, the care place pays back, so
 * the roles are exchanged. With `netting` what two cities owe each other by the same insutype and fund becomes one payable
 * for the difference. No sum ever crosses a fund.
 */
export function payablesOf(lines: readonly ClearingLine[], { netting }: { readonly netting: boolean }): Payable[] {
  const flows = new Map<string, Payable>();
  for (const line of lines) {
    const { payingCity, receivingCity, insutype, fund } = line;
    const turned = netting && payingCity > receivingCity;
    const flow = turned ? { payingCity: receivingCity, receivingCity: payingCity, insutype, fund } : { payingCity, receivingCity, insutype, fund };
    const key = keyOf(flow);
    flows.set(key, { ...flow, fen: add(flows.get(key)?.fen ?? ZERO, turned ? negate(line.fen) : line.fen) });
  }
  const payables = new Map<string, Payable>();
  for (const flow of flows.values()) {
    const payable = flow.fen < 0 ? turnedRound(flow) : flow;
    const key = keyOf(payable);
    // A flow that was turned round meets the one that went this way already.
    payables.set(key, { ...payable, fen: add(payables.get(key)?.fen ?? ZERO, payable.fen) });
  }
  return [...payables]
    .filter(([, { fen }]) => fen !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, payable]) => payable);
}

function keyOf({ payingCity, receivingCity, insutype, fund }: Flow): string {
  return [payingCity, receivingCity, insutype, fund].join('/');
}

function turnedRound({ payingCity, receivingCity, fen, ...flow }: Payable): Payable {
  return { ...flow, payingCity: receivingCity, receivingCity: payingCity, fen: negate(fen) };
}
