import type { EntityManager } from 'typeorm';
import type { Refusal } from '../../../domain/commands';
import { refusal } from '../../../domain/refusal';
import { integerOf } from '../../../store/columns';
import { Batch } from '../../../store/entities';
import { CHANGING, changeUnderWay, editionOf } from '../editions';

const COPIED = {
  contribution_unit: ['unit_no', 'division', 'name', 'uscc', 'tax_reg_no', 'taxdept_code', 'special', 'agreement'],
  contribution_person: ['psn_no', 'insutype', 'division', 'payer_kind', 'unit_no', 'category', 'base_fen', 'from_month', 'through_month', 'agreement', 'town_code', 'cert_hash', 'identity'],
} as const;
const TABLES = Object.keys(COPIED) as (keyof typeof COPIED)[];
const ASSESSMENT = 'contrib-assessment';
/** States of an assessment from which nothing was, or will be, levied. */
const WITHOUT_EFFECT: readonly Batch['state'][] = ['refused', 'cancelled', 'undone'];

interface Part {
  readonly division: string;
  readonly edition: number;
  /** Versions of each table at most. */
  readonly most: number;
}

/** Takes back versions that never held: those whose place they took hold on. */
export async function discardVersions(manager: EntityManager, part: Part): Promise<void> {
  for (const table of TABLES) {
    const rows = await versionsOf(manager, table, part, '');
    const former = rows.flatMap(({ formerId }) => (formerId === null ? [] : [integerOf(formerId)]));
    await change(manager, `UPDATE ${table} SET until_edition = NULL WHERE id IN`, former);
    await change(manager, `DELETE FROM ${table} WHERE id IN`, rows.map(({ id }) => integerOf(id)));
  }
}

/** Ends versions that held, and puts those whose place they had taken into the next edition as new versions. */
export async function undoVersions(manager: EntityManager, part: Part): Promise<void> {
  const next = part.edition + 1;
  for (const table of TABLES) {
    const ids = (await versionsOf(manager, table, part, 'AND until_edition IS NULL')).map(({ id }) => integerOf(id));
    const columns = COPIED[table];
    const copied = columns.map((name) => `f.${name}`).join(', ');
    await change(
      manager,
      `INSERT INTO ${table} (${columns.join(', ')}, edition, former_id) SELECT ${copied}, ${next}, v.id FROM ${table} v JOIN ${table} f ON f.id = v.former_id WHERE v.id IN`,
      ids,
    );
    await change(manager, `UPDATE ${table} SET until_edition = ${next} WHERE id IN`, ids);
  }
}

function versionsOf(manager: EntityManager, table: string, { division, edition, most }: Part, more: string): Promise<{ id: unknown; formerId: unknown }[]> {
  return manager.query(`SELECT id, former_id AS formerId FROM ${table} WHERE division = ? AND edition = ? ${more} ORDER BY id LIMIT ${most}`, [division, edition]);
}

async function change(manager: EntityManager, sql: string, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await manager.query(`${sql} (${ids.map(() => '?').join(', ')})`, [...ids]);
}

/** Newest first: a change is undone while it is the last one, and while nothing that was levied follows from it. */
export async function checkUndo(manager: EntityManager, { id, division, edition }: { readonly id: string; readonly division: string; readonly edition: number }): Promise<Refusal | null> {
  if ((await editionOf(manager, division)) !== edition) return refusal('CONTRIB_REGISTER_CHANGED', '其后名册又有变更，请先撤销后来的批次。');
  const other = await changeUnderWay(manager, division, CHANGING, id);
  if (other !== null) return refusal('BATCH_UNDER_WAY', `批次 ${other} 尚未办结。`);
  const assessments = (await manager.findBy(Batch, { kind: ASSESSMENT, division })).filter(({ state, frozen }) => !WITHOUT_EFFECT.includes(state) && seenEdition(frozen) >= edition);
  const open = assessments.find(({ state }) => state !== 'done');
  if (open) return refusal('CONTRIB_REGISTER_IN_USE', `核定批次 ${open.id} 尚未办结。`);
  const used = await firstUsed(manager, { division, edition }, assessments.map((each) => each.id));
  return used === null ? null : refusal('CONTRIB_REGISTER_IN_USE', `已按其中的人员或单位核定应收（批次 ${used}），请先撤销该核定。`);
}

/** The edition that an assessment was frozen on; none before it was. */
function seenEdition(frozen: object | null): number {
  return (frozen as { mark?: { edition?: number } } | null)?.mark?.edition ?? Number.POSITIVE_INFINITY;
}

/** An assessment that charged somebody, or a unit, of an edition. */
async function firstUsed(manager: EntityManager, { division, edition }: { readonly division: string; readonly edition: number }, batchIds: readonly string[]): Promise<string | null> {
  if (batchIds.length === 0) return null;
  const among = `l.batch_id IN (${batchIds.map(() => '?').join(', ')}) AND l.exchange <> 0`;
  for (const [table, join] of [['contribution_person', 'l.psn_no = v.psn_no AND l.insutype = v.insutype'], ['contribution_unit', 'l.unit_no = v.unit_no']] as const) {
    const [row]: { batchId: string }[] = await manager.query(`SELECT l.batch_id AS batchId FROM ${table} v JOIN levy l ON ${join} WHERE v.division = ? AND v.edition = ? AND ${among} LIMIT 1`, [division, edition, ...batchIds]);
    if (row) return row.batchId;
  }
  return null;
}
