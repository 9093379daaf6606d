import type { EntityManager } from 'typeorm';
import { formatDate, yearOf } from '../../domain/calendar';
import type { Refusal } from '../../domain/commands';
import { canonical } from '../../domain/office-case/canonical';
import type { CaseDefinition } from '../../domain/office-case/definition';
import { hashOf } from '../../domain/office-case/digest';
import { extractOf } from '../../domain/office-case/form';
import { openState } from '../../domain/office-case/state';
import { caseIdOf, type OpenedCase } from '../../domain/office-case/types';
import { refusal } from '../../domain/refusal';
import { CaseCounter, CaseDefinitionVersion, CaseRound, OfficeCase } from '../../store/entities';
import { insertOnce } from '../../store/rows';
import { takeSerial } from '../../store/serial';
import { divisionTree } from '../people/divisions';
import { columnsOf } from './record';

export interface NewCase {
  readonly definition: CaseDefinition;
  readonly division: string;
  /** User who opens it; the act `submit` must be this one's, or a delegate's. */
  readonly makerId: string;
  /** May be incomplete: it is checked when it is submitted. */
  readonly form: Readonly<Record<string, unknown>>;
}

/**
 * Opens a case as a draft (草稿) in the transaction of `manager`: its number, its row and the form of round 1. It has a
 * workflow from its first act on (`startOf`). Refuses a division where such a case cannot be started.
 */
export async function openCase(manager: EntityManager, { definition, division, makerId, form }: NewCase, at: number): Promise<OfficeCase | Refusal> {
  const tree = await divisionTree(manager, at);
  const node = tree.find(division);
  if (!node || !definition.startLevel.includes(node.level)) return refusal('CASE_START_REFUSED', `${definition.zh}不能在该层级的辖区发起。`);
  await pin(manager, definition, at);
  const opened: OpenedCase = {
    caseNo: await nextNumber(manager, definition, division, at),
    definition: definition.key,
    definitionVersion: definition.version,
    division,
    parentDivision: tree.parentOf(division) ?? division,
    rootDivision: tree.rootOf(division),
    makerId,
    extract: extractOf(definition, form, hashOf),
    openedAt: at,
  };
  const id = caseIdOf(opened);
  const { caseNo, definitionVersion, openedAt } = opened;
  const columns = columnsOf(definition, openState(opened));
  await manager.insert(OfficeCase, { id, caseNo, definition: definition.key, definitionVersion, division, makerId, form, opened, openedAt, updatedAt: at, ...columns });
  await manager.insert(CaseRound, { caseId: id, round: 1, form, formHash: opened.extract.formHash, at });
  return manager.findOneByOrFail(OfficeCase, { id });
}

/** Keeps the definition for as long as there are cases of it. Throws Error when it was changed without a new version. */
async function pin(manager: EntityManager, definition: CaseDefinition, at: number): Promise<void> {
  const key = { definition: definition.key, version: definition.version };
  const pinned = await manager.findOneBy(CaseDefinitionVersion, key);
  if (!pinned) await insertOnce(manager, CaseDefinitionVersion, { ...key, body: definition, at });
  else if (canonical(pinned.body) !== canonical(definition)) {
    throw new Error(`case definition ${definition.key} was changed without a new version: cases of version ${definition.version} exist`);
  }
}

/** `<definition>-<division>-<year>-<serial>`, without gaps: the counter and the case commit together. */
async function nextNumber(manager: EntityManager, { key }: CaseDefinition, division: string, at: number): Promise<string> {
  const year = yearOf(formatDate(at));
  const serial = await takeSerial(manager, CaseCounter, { division, definition: key, year }, 'serial');
  return `${key}-${division}-${year}-${String(serial).padStart(4, '0')}`;
}
