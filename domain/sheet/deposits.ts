import { add, negate, ZERO, type Fen } from '../money';
import type { DepositMovement } from './input';

/** How one settlement used the deposit (预交金), fen. */
export interface DepositUseAmounts {
  readonly depositApplied: Fen;
  readonly depositRefund: Fen;
  readonly topUp: Fen;
}

/**
 * The movements before a settlement took from the deposit. A settlement's own movements share one command and carry no
 * payment method; they are found by their amounts, the `earlierAlike`-th of those that used the same amounts.
 */
export function movementsBefore(
  movements: readonly DepositMovement[],
  used: DepositUseAmounts,
  earlierAlike: number,
): readonly DepositMovement[] {
  const alike = settlingCommands(movements).filter(
    (use) => use.depositApplied === used.depositApplied && use.depositRefund === used.depositRefund && use.topUp === used.topUp,
  );
  const own = alike[Math.min(earlierAlike, alike.length - 1)];
  return own ? movements.slice(0, movements.findIndex((movement) => movement.commandId === own.commandId)) : movements;
}

function settlingCommands(movements: readonly DepositMovement[]): (DepositUseAmounts & { readonly commandId: string })[] {
  const own = movements.filter(({ kind, method }) => kind === 'applied' || kind === 'topUp' || (kind === 'refunded' && method === null));
  return [...new Set(own.map(({ commandId }) => commandId))].map((commandId) => {
    const sum = (kind: DepositMovement['kind']): Fen =>
      add(...own.filter((movement) => movement.commandId === commandId && movement.kind === kind).map(({ amountFen }) => amountFen));
    return { commandId, depositApplied: sum('applied'), depositRefund: sum('refunded'), topUp: sum('topUp') };
  });
}

/** The deposit that stands after movements. A top-up is cash at the till, no deposit. */
export function depositBalance(movements: readonly DepositMovement[]): Fen {
  return add(ZERO, ...movements.map(({ kind, amountFen }) => SIGN[kind](amountFen)));
}

const SIGN: Readonly<Record<DepositMovement['kind'], (amount: Fen) => Fen>> = {
  received: (amount) => amount,
  restored: (amount) => amount,
  refunded: negate,
  applied: negate,
  topUp: () => ZERO,
};
