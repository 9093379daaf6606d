import { IsNull, LessThanOrEqual, MoreThan, type EntityManager } from 'typeorm';
import { formatDate } from '../../domain/calendar';
import { DivisionTree } from '../../domain/people/divisions';
import { Division } from '../../store/entities';

/** The tree of divisions as it is on the day of a moment (epoch ms). */
export async function divisionTree(manager: EntityManager, at: number): Promise<DivisionTree> {
  const day = formatDate(at);
  const rows = await manager.find(Division, {
    where: [
      { validFrom: LessThanOrEqual(day), validTo: IsNull() },
      { validFrom: LessThanOrEqual(day), validTo: MoreThan(day) },
    ],
    order: { code: 'ASC' },
  });
  return new DivisionTree(rows.map(({ code, name, level, parent }) => ({ code, name, level, parent })));
}
