import { In, Not, type EntityManager } from 'typeorm';
import { STATUS_NAMES } from '../../domain/office-case/types';
import { OfficeCase } from '../../store/entities';
import { type FoundCase, mayRead } from './find';
import type { Reader } from './reader';
import type { CaseState } from '../../domain/office-case/types';

/** Something that belongs to the same business: shown beside a case, so that a business can be followed from one case to the next. */
export interface RelatedThing {
  /** What it is, Chinese: 办件 … */
  readonly kind: string;
  readonly id: string;
  /** Without personal data. */
  readonly title: string;
  /** Page of the workbench or address of the API; null where there is none. */
  readonly href: string | null;
}

const MOST_RELATED = 20;

/** Earlier and later cases of the same business key, and of the definition that undoes this one, that the reader may read. */
export async function relatedOf(manager: EntityManager, { row, definition }: FoundCase, reader: Reader): Promise<readonly RelatedThing[]> {
  if (row.businessKey === '') return [];
  const definitions = [definition.key, ...(definition.undo === undefined ? [] : [definition.undo])];
  const rows = await manager.find(OfficeCase, {
    where: { definition: In(definitions), businessKey: row.businessKey, id: Not(row.id) },
    order: { openedAt: 'DESC' },
    take: MOST_RELATED,
  });
  return rows
    .filter((other) => mayRead({ row: other, definition, state: other.state as CaseState }, reader))
    .map(({ caseNo, title, status }) => ({ kind: '办件', id: caseNo, title: `${title}（${STATUS_NAMES[status]}）`, href: `/cases/${caseNo}` }));
}
