import type { EntityManager } from 'typeorm';
import { type ClearingScope, clearingScope, seesFlow } from '../clearing/scope';
import { type MoneyScope, moneyScope } from '../prepayment/scope';
import type { Call } from '../route';

/** What of the money's way a person sees: flows of his clearing, and orders, payments and books of his divisions. */
export interface TrailScope {
  readonly clearing: ClearingScope;
  readonly money: MoneyScope;
}

export async function trailScope(manager: EntityManager, call: Pick<Call, 'user' | 'parts'>): Promise<TrailScope> {
  return { clearing: await clearingScope(manager, call, 'case.read'), money: await moneyScope(manager, call.user, call.parts.people.now()) };
}

/** Whether the clearing of an office between two cities is the person's to see. */
export function seesCleared({ clearing }: TrailScope, row: { readonly office: string; readonly payingCity: string; readonly receivingCity: string }): boolean {
  return clearing.offices.includes(row.office) && seesFlow(clearing, {}, row);
}

/** Whether an order or a payment is the person's to see: from both its sides. */
export function seesSide({ money }: TrailScope, { payer, payee }: { readonly payer: string; readonly payee: string }): boolean {
  return money.has(payer) || money.has(payee);
}
