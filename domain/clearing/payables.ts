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
    const key = [flow.payingCity, flow.receivingCity, insutype, fund].join('/');
    flows.set(key, { ...flow, fen: add(flows.get(key)?.fen ?? ZERO, turned ? negate(line.fen) : line.fen) });
  }
  return [...flows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, payable]) => payable)
    .filter(({ fen }) => fen !== 0)
    .map((payable) => (payable.fen > 0 ? payable : turnedRound(payable)));
}

function turnedRound({ payingCity, receivingCity, fen, ...flow }: Payable): Payable {
  return { ...flow, payingCity: receivingCity, receivingCity: payingCity, fen: negate(fen) };
}
