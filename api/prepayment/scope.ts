import { In, type EntityManager, type FindOptionsWhere } from 'typeorm';
import { divisionTree } from '../../activities/people/divisions';
import type { DivisionTree } from '../../domain/people/divisions';
import { roleOf } from '../../domain/people/roles';
import type { CallUser } from '../users';

/** Whose money and registers a person sees: those of the divisions where he may read cases, and of all below them. */
export interface MoneyScope {
  readonly tree: DivisionTree;
  readonly divisions: readonly string[];
  readonly has: (division: string) => boolean;
  readonly nameOf: (division: string) => string;
}

export async function moneyScope(manager: EntityManager, user: CallUser, at: number): Promise<MoneyScope> {
  const tree = await divisionTree(manager, at);
  const homes = user.assignments.filter(({ role }) => roleOf(role).rights.includes('case.read')).map(({ division }) => division);
  const divisions = [...new Set(homes.flatMap((home) => tree.below(home)))];
  const within = new Set(divisions);
  return { tree, divisions, has: (division) => within.has(division), nameOf: (division) => tree.find(division)?.name ?? division };
}

/** The divisions of a filter that a person sees; all of them without a filter. */
export function visible({ divisions, has }: MoneyScope, wanted: string | undefined): readonly string[] {
  return wanted === undefined ? divisions : [wanted].filter(has);
}

/** Rows of which a person sees either side: as who pays or as who is paid. Empty when the filters leave nothing. */
export function eitherSide<E extends { payer: string; payee: string }>(scope: MoneyScope, rest: FindOptionsWhere<E>, wanted: { readonly payer?: string | undefined; readonly payee?: string | undefined }): FindOptionsWhere<E>[] {
  const sides = { ...(wanted.payer === undefined ? {} : { payer: wanted.payer }), ...(wanted.payee === undefined ? {} : { payee: wanted.payee }) };
  const as = (side: 'payer' | 'payee'): FindOptionsWhere<E>[] => {
    const seen = visible(scope, wanted[side]);
    return seen.length === 0 ? [] : [{ ...rest, ...sides, [side]: In([...seen]) } as FindOptionsWhere<E>];
  };
  return [...as('payer'), ...as('payee')];
}
