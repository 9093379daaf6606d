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
import { columnsOf, titleIn } from './record';

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
 * workflow from its first act on (`startOf`). Refuses a division where such a case cannot be started, and a definition that
 * was changed without a new version.
 */
export async function openCase(manager: EntityManager, { definition, division, makerId, form }: NewCase, at: number): Promise<OfficeCase | Refusal> {
  const tree = await divisionTree(manager, at);
  const node = tree.find(division);
  if (!node || !definition.startLevel.includes(node.level)) return refusal('CASE_START_REFUSED', `${definition.zh}不能在该层级的辖区发起。`);
  const changed = await pin(manager, definition, at);
  if (changed) return changed;
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
  const title = await titleIn(manager, definition, form, opened, at);
  await manager.insert(OfficeCase, { id, caseNo, definition: definition.key, definitionVersion, division, makerId, form, opened, openedAt, updatedAt: at, title, ...columns });
  await manager.insert(CaseRound, { caseId: id, round: 1, form, formHash: opened.extract.formHash, at });
  return manager.findOneByOrFail(OfficeCase, { id });
}

/** Keeps the definition for as long as there are cases of it. Refuses one that was changed without a new version. */
async function pin(manager: EntityManager, definition: CaseDefinition, at: number): Promise<Refusal | null> {
  const key = { definition: definition.key, version: definition.version };
  const pinned = await manager.findOneBy(CaseDefinitionVersion, key);
  if (!pinned) await insertOnce(manager, CaseDefinitionVersion, { ...key, body: definition, at });
  else if (canonical(pinned.body) !== canonical(definition)) {
    return refusal(
      'DEFINITION_CHANGED',
      `办件定义 ${definition.key}（${definition.zh}）的内容已变化，但版本仍是 ${definition.version}，而第 ${definition.version} 版已有办件；请把该文件的 version 提高到 ${definition.version + 1}。`,
    );
  }
  return null;
}

/** `<definition>-<division>-<year>-<serial>`, without gaps: the counter and the case commit together. */
async function nextNumber(manager: EntityManager, { key }: CaseDefinition, division: string, at: number): Promise<string> {
  const year = yearOf(formatDate(at));
  const serial = await takeSerial(manager, CaseCounter, { division, definition: key, year }, 'serial');
  return `${key}-${division}-${year}-${String(serial).padStart(4, '0')}`;
}
