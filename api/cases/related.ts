import { In, Not, type EntityManager } from 'typeorm';
import { STATUS_NAMES } from '../../domain/office-case/types';
import { OfficeCase } from '../../store/entities';
import { type FoundCase, mayRead } from './find';
import type { Reader } from './reader';
import type { CaseState } from '../../domain/office-case/types';

/** Something that belongs to the same business: shown beside a case, so that money can be followed from one to the next. */
export interface RelatedThing {
  /** What it is, Chinese: 办件, 清算批次, 付款单 … */
  readonly kind: string;
  readonly id: string;
  /** Without personal data. */
  readonly title: string;
  /** Page of the workbench or address of the API; null where there is none. */
  readonly href: string | null;
}

/** Finds what belongs to a case of one definition, from its form and its registers. */
export type RelatedOf = (manager: EntityManager, found: FoundCase, reader: Reader) => Promise<readonly RelatedThing[]>;

/** By key of the definition; a register that knows more of its cases adds a line. */
const RELATED: Readonly<Record<string, RelatedOf>> = {};

const MOST_RELATED = 20;

/** What belongs to a case: by its register, and other cases of the same business that the reader may read. */
export async function relatedOf(manager: EntityManager, found: FoundCase, reader: Reader, registered = RELATED): Promise<readonly RelatedThing[]> {
  const own = (await registered[found.row.definition]?.(manager, found, reader)) ?? [];
  return [...own, ...(await sameBusiness(manager, found, reader))].slice(0, MOST_RELATED);
}

/** Earlier and later cases of the same business key, and of the definition that undoes this one. */
async function sameBusiness(manager: EntityManager, { row, definition }: FoundCase, reader: Reader): Promise<readonly RelatedThing[]> {
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
