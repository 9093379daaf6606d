import { In, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { STATUS_NAMES } from '../../domain/office-case/types';
import type { inboxItem } from '../../schemas/api/inbox';
import type { CaseDefinitions } from '../../schemas/processes/load-cases';
import { OfficeCase } from '../../store/entities';
import { dueStateOf } from '../cases/due';
import { divisionName, type Reader } from '../cases/reader';
import { namesOf } from '../cases/view';
import { ESCALATION } from '../../domain/office-case/tasks';
import { MAKER } from '../../domain/office-case/definition';
import type { InboxRow } from './pages';

type Item = z.input<typeof inboxItem>;

/** What an inbox needs of a case; its form and state, which are long, are left where they are. */
const SHOWN = {
  id: true, caseNo: true, definition: true, division: true, title: true, status: true, businessKey: true, period: true, amountFen: true, makerId: true, waitsFor: true,
} as const;
type Shown = Pick<OfficeCase, keyof typeof SHOWN>;

/** Lines of the inbox with what their cases say. */
export async function viewItems(manager: EntityManager, definitions: CaseDefinitions, rows: readonly InboxRow[], reader: Reader): Promise<Item[]> {
  const ids = [...new Set(rows.map(({ caseId }) => caseId))];
  const found: Shown[] = ids.length === 0 ? [] : await manager.find(OfficeCase, { select: SHOWN, where: { id: In(ids) } });
  const cases = new Map(found.map((row) => [row.id, row]));
  const names = await namesOf(manager, found.map(({ makerId }) => makerId));
  return rows.flatMap((row) => {
    const officeCase = cases.get(row.caseId);
    return officeCase ? [viewItem(row, officeCase, definitions, names, reader)] : [];
  });
}

function viewItem(row: InboxRow, officeCase: Shown, definitions: CaseDefinitions, names: (id: string) => string, reader: Reader): Item {
  const { caseNo, definition: key, division, title, status, businessKey, period, amountFen, makerId, waitsFor } = officeCase;
  const definition = Object.hasOwn(definitions, key) ? definitions[key] : undefined;
  const step = definition?.chain.find((each) => each.key === row.step);
  const stepName = row.step === MAKER ? '经办' : `${step?.zh ?? row.step ?? STATUS_NAMES[status]}${row.slot === ESCALATION ? '已超期' : ''}`;
  return {
    caseNo,
    step: row.step ?? '',
    slot: row.slot,
    round: row.round,
    title,
    definition: key,
    definitionName: definition?.zh ?? key,
    stepName,
    division,
    divisionName: divisionName(reader, division),
    businessKey,
    period,
    amountFen,
    status,
    statusName: STATUS_NAMES[status],
    waitsFor,
    makerName: names(makerId),
    openedAt: row.openedAt,
    dueAt: row.dueAt,
    dueState: row.doneAt === null ? dueStateOf(row.openedAt, row.dueAt, reader.at) : null,
    doneAt: row.doneAt,
    unread: row.unread,
  };
}
