import type { EntityManager } from 'typeorm';
import { Batch, ContributionRegister } from '../../store/entities';
import { integerOf } from '../../store/columns';
import { insertOnce, lockRow } from '../../store/rows';

export const REGISTER_INTAKE = 'contrib-register';

/** States of a batch that changes a register, or takes a change back. */
export const CHANGING = ['accepted', 'working', 'previewed', 'posting', 'discarding', 'undoing'] as const;

/** Which versions hold at an edition: two values, the edition twice. `alias` is that of a table of versions. */
export function holdsAt(alias: string): string {
  return `${alias}.edition <= ? AND (${alias}.until_edition IS NULL OR ${alias}.until_edition > ?)`;
}

/** Which versions hold today in whatever division they belong to; `register` is the alias of `joinRegister`. */
export function holdsNow(alias: string, register: string): string {
  return `${alias}.edition <= COALESCE(${register}.edition, 0) AND (${alias}.until_edition IS NULL OR ${alias}.until_edition > COALESCE(${register}.edition, 0))`;
}

/** Joins each version to the register of its division. */
export function joinRegister(alias: string, register: string): string {
  return `LEFT JOIN contribution_register ${register} ON ${register}.division = ${alias}.division`;
}

/** Names the index of a table in FROM: right after many rows came in, a database has no figures of them yet and would scan. */
export function byIndex(manager: EntityManager, index: string): string {
  return manager.dataSource.options.type === 'mysql' ? `FORCE INDEX (${index})` : `INDEXED BY ${index}`;
}

/** The edition that is in effect in a division. */
export async function editionOf(manager: EntityManager, division: string): Promise<number> {
  return (await manager.findOneBy(ContributionRegister, { division }))?.edition ?? 0;
}

/** Locks the register of a division until the transaction ends. */
export async function holdRegister(manager: EntityManager, division: string): Promise<ContributionRegister> {
  if (!(await manager.existsBy(ContributionRegister, { division }))) await insertOnce(manager, ContributionRegister, { division, edition: 0, handedOut: 0 });
  const register = await lockRow(manager, ContributionRegister, { division });
  if (!register) throw new Error(`the register of ${division} is gone`);
  return register;
}

/** The batch that changes a division's register in one of these states, if there is one beside `exceptId`. */
export async function changeUnderWay(manager: EntityManager, division: string, states: readonly Batch['state'][], exceptId = ''): Promise<string | null> {
  const places = states.map(() => '?').join(', ');
  const [row]: { id: string }[] = await manager.query(`SELECT id FROM batch WHERE kind = ? AND division = ? AND state IN (${places}) AND id <> ? LIMIT 1`, [REGISTER_INTAKE, division, ...states, exceptId]);
  return row?.id ?? null;
}

/** Ids that a query returned in a column `id`. */
export function idsOfRows(rows: readonly { readonly id: unknown }[]): number[] {
  return rows.map(({ id }) => integerOf(id));
}
