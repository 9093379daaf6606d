import { Not, type EntityManager } from 'typeorm';
import { openGazetteer, type Gazetteer } from '../../activities/documents/places';
import { fundName, isFund } from '../../domain/clearing/funds';
import type { ApprovalSheetData } from '../../domain/documents/data';
import { fen, formatYuanGrouped } from '../../domain/money';
import { canonical } from '../../domain/office-case/canonical';
import { type FormField, MAKER } from '../../domain/office-case/definition';
import { STATUS_NAMES } from '../../domain/office-case/types';
import { CaseAct, CaseRound } from '../../store/entities';
import type { FoundCase } from '../cases/find';
import { maskForm } from '../cases/masking';
import { viewAct } from '../cases/timeline';

type Form = Readonly<Record<string, unknown>>;

/** Acts and list rows that a sheet prints; what is more is said to be. */
const MOST_ACTS = 500;
const MOST_ROWS = 200;

/** 审批表 of a case as it stands: its form, what the last round changed, and who acted. Persons are masked for everybody. */
export async function caseSheet(manager: EntityManager, { row, definition }: FoundCase, at: number): Promise<ApprovalSheetData> {
  const gazetteer = await openGazetteer(manager, at);
  const acts = await manager.find(CaseAct, { where: { caseId: row.id, kind: Not('refused') }, order: { seq: 'ASC' }, take: MOST_ACTS });
  const former = row.round < 2 ? null : await manager.findOneBy(CaseRound, { caseId: row.id, round: row.round - 1 });
  const now = maskForm(definition.form, row.form as Form);
  const before = former && maskForm(definition.form, former.form as Form);
  const stepName = (key: string | null): string => (key === null || key === MAKER ? '经办' : (definition.chain.find((step) => step.key === key)?.zh ?? '登记'));
  return {
    office: gazetteer.office(row.division),
    caseNo: row.caseNo,
    title: row.title,
    status: STATUS_NAMES[row.status],
    effective: row.status === 'effective',
    round: row.round,
    openedAt: row.openedAt,
    endedAt: row.endedAt,
    form: definition.form.map((field) => {
      const changed = before !== null && canonical((former?.form as Form)[field.name]) !== canonical((row.form as Form)[field.name]);
      return { zh: field.zh, value: textOf(field, now[field.name], gazetteer), changed, before: changed ? textOf(field, before[field.name], gazetteer) : null };
    }),
    chain: acts.map(viewAct).map(({ at: when, step, actName, by, forWhom, opinion, round }) => ({
      at: when, step: stepName(step), act: actName, by: by ?? '系统', forWhom, opinion: opinion ?? '', round,
    })),
  };
}

/** A value of the form as people read it. */
function textOf(field: FormField, value: unknown, gazetteer: Gazetteer): string {
  if (value === undefined || value === null || value === '') return '';
  if (field.type === 'list' && Array.isArray(value)) return listText(field, value as readonly Form[], gazetteer);
  if (field.type === 'fen' && typeof value === 'number') return `${formatYuanGrouped(fen(value))} 元`;
  const text = String(value);
  if (field.type === 'fund') return isFund(text) ? fundName(text) : text;
  if (field.type === 'division') return `${gazetteer.place(text).name}（${text}）`;
  return field.choices?.find((choice) => choice.value === text)?.zh ?? text;
}

function listText({ fields = [] }: FormField, rows: readonly Form[], gazetteer: Gazetteer): string {
  const lines = rows.slice(0, MOST_ROWS).map((row, index) => {
    const cells = fields.flatMap((field) => (row[field.name] === undefined ? [] : [`${field.zh} ${textOf(field, row[field.name], gazetteer)}`]));
    return `${index + 1}. ${cells.join('，')}`;
  });
  return [...lines, ...(rows.length > MOST_ROWS ? [`… 共 ${rows.length} 行`] : [])].join('；');
}
