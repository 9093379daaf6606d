import { In, type EntityManager } from 'typeorm';
import type { Signed, Signers } from '../../domain/documents/data';
import { MAKER } from '../../domain/office-case/definition';
import { OfficeUser } from '../../store/entities';
import type { OperationContext } from '../office-case/operations';

type Actor = OperationContext['actors'][number];

/** Steps of a chain whose signatures a document shows as 审核, 审查, 审批. */
export interface SigningSteps {
  readonly reviewed: string;
  readonly inspected?: string;
  readonly approved?: string;
}

/** Who made, reviewed, inspected and approved a case, by name, as of their last act. */
export async function signersOf(manager: EntityManager, actors: readonly Actor[], steps: SigningSteps): Promise<Signers & { readonly inspected: Signed | null }> {
  const names = await namesOf(manager, actors.map(({ userId }) => userId));
  const last = (step: string | undefined): Signed | null => {
    const actor = actors.findLast((each) => each.step === step && (step === MAKER || each.act === 'approve' || each.act === 'accept'));
    return actor ? { name: names.get(actor.userId) ?? actor.userId, at: actor.at } : null;
  };
  return { made: last(MAKER), reviewed: last(steps.reviewed), inspected: last(steps.inspected), approved: last(steps.approved) };
}

/** Whose act let the effect come: who issues its documents. */
export function issuerOf({ actors, caseNo }: Pick<OperationContext, 'actors' | 'caseNo'>): string {
  return actors.at(-1)?.userId ?? caseNo.slice(0, 64);
}

export async function namesOf(manager: EntityManager, userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const users = await manager.findBy(OfficeUser, { id: In([...new Set(userIds)]) });
  return new Map(users.map(({ id, name }) => [id, name]));
}
