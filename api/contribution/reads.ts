import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { holdsNow, joinRegister } from '../../activities/contribution/editions';
import { cityOf } from '../../domain/clearing/record';
import { levyNoOf } from '../../domain/contribution/levy-no';
import type { LevyLine } from '../../domain/contribution/variants';
import { monthNoOf } from '../../domain/contribution/variants';
import { maskIdNumber, maskName } from '../../domain/identity';
import type { leviesPage, leviesQuery, personsPage, personsQuery, unitsPage, unitsQuery } from '../../schemas/api/contribution';
import { currentKeyRing } from '../../runtime/keys';
import { fenOf, integerOf } from '../../store/columns';
import type { PersonIdentity } from '../../store/entities';
import { pageOf, readCursor } from '../cursor';

type Row = { readonly [column: string]: unknown };
type Page = { readonly limit: number; readonly cursor?: string | undefined };

/** Batches whose levies stand by themselves, without being asked for by their number. */
const IN_EFFECT = "('done', 'undoing', 'undone')";

/** A condition being put together. */
class Wanted {
  readonly parts: string[] = [];
  readonly values: unknown[] = [];

  add(part: string, ...values: unknown[]): this {
    this.parts.push(part);
    this.values.push(...values);
    return this;
  }

  equal(column: string, value: string | number | undefined): this {
    return value === undefined ? this : this.add(`${column} = ?`, value);
  }

  among(column: string, values: readonly string[]): this {
    return values.length === 0 ? this.add('1 = 0') : this.add(`${column} IN (${values.map(() => '?').join(', ')})`, ...values);
  }

  /** Rows of a page and one more, by id. */
  async page(manager: EntityManager, from: string, id: string, { limit, cursor }: Page): Promise<readonly Row[]> {
    const place = readCursor(cursor, z.tuple([z.number().int()]));
    if (place) this.add(`${id} > ?`, place[0]);
    return (await manager.query(`SELECT ${from} WHERE ${this.parts.join(' AND ')} ORDER BY ${id} LIMIT ${limit + 1}`, this.values)) as Row[];
  }
}

function within(scope: readonly string[], division: string | undefined): readonly string[] {
  return division === undefined ? scope : scope.filter((each) => each === division);
}

/** Units that the registers hold today. */
export async function unitsOf(manager: EntityManager, scope: readonly string[], { division, unitNo, ...page }: z.output<typeof unitsQuery>): Promise<z.output<typeof unitsPage>> {
  const wanted = new Wanted().among('v.division', within(scope, division)).equal('v.unit_no', unitNo).add(holdsNow('v', 'r'));
  const rows = await wanted.page(manager, `v.* FROM contribution_unit v ${joinRegister('v', 'r')}`, 'v.id', page);
  return pageOf(
    rows,
    page.limit,
    (row) => ({
      unitNo: row['unit_no'] as string, division: row['division'] as string, name: row['name'] as string, uscc: row['uscc'] as string, taxRegNo: row['tax_reg_no'] as string | null,
      taxdept_code: row['taxdept_code'] as string, special: flagOf(row['special']), agreement: flagOf(row['agreement']), edition: integerOf(row['edition']),
    }),
    (row) => [integerOf(row['id'])],
  );
}

/** Persons that the registers hold today, names and numbers masked. */
export async function personsOf(manager: EntityManager, scope: readonly string[], { division, unitNo, psnNo, ...page }: z.output<typeof personsQuery>): Promise<z.output<typeof personsPage>> {
  const wanted = new Wanted().among('v.division', within(scope, division)).equal('v.unit_no', unitNo).equal('v.psn_no', psnNo).add(holdsNow('v', 'r'));
  const rows = await wanted.page(manager, `v.* FROM contribution_person v ${joinRegister('v', 'r')}`, 'v.id', page);
  const keys = currentKeyRing();
  return pageOf(
    rows,
    page.limit,
    (row) => {
      const { psn_name, cert_type, certno } = JSON.parse(keys.decrypt(row['identity'] as Buffer).toString('utf8')) as PersonIdentity;
      return {
        psnNo: row['psn_no'] as string, insutype: row['insutype'] as string, division: row['division'] as string, payerKind: row['payer_kind'] as '1' | '2' | '3', unitNo: row['unit_no'] as string | null,
        category: row['category'] as string, baseFen: row['base_fen'] === null ? null : fenOf(row['base_fen']), fromMonth: integerOf(row['from_month']), throughMonth: row['through_month'] === null ? null : integerOf(row['through_month']),
        agreement: flagOf(row['agreement']), townCode: row['town_code'] as string | null, psn_name: maskName(psn_name), cert_type, certno: maskIdNumber(certno), edition: integerOf(row['edition']),
      };
    },
    (row) => [integerOf(row['id'])],
  );
}

/** Receivables of batches that took effect, or of one batch whatever its state. */
export async function leviesOf(manager: EntityManager, scope: readonly string[], query: z.output<typeof leviesQuery>): Promise<z.output<typeof leviesPage>> {
  const { division, unitNo, psnNo, batch, period, exchange, money, ...page } = query;
  const wanted = new Wanted()
    .among('l.division', within(scope, division))
    .equal('l.unit_no', unitNo)
    .equal('l.psn_no', psnNo)
    .equal('l.batch_id', batch)
    .equal('l.cashym', period === undefined ? undefined : monthNoOf(period))
    .equal('l.exchange', exchange === undefined ? undefined : Number(exchange))
    .equal('l.money', money === undefined ? undefined : Number(money));
  if (batch === undefined) wanted.add(`EXISTS (SELECT 1 FROM batch b WHERE b.id = l.batch_id AND b.state IN ${IN_EFFECT})`);
  const rows = await wanted.page(manager, 'l.* FROM levy l', 'l.id', page);
  return pageOf(rows, page.limit, levyOf, (row) => [integerOf(row['id'])]);
}

function levyOf(row: Row): z.output<typeof leviesPage>['items'][number] {
  const cashym = integerOf(row['cashym']);
  const [division, line] = [row['division'] as string, row['line'] as LevyLine];
  return {
    levyNo: levyNoOf({ id: integerOf(row['id']), poolArea: cityOf(division), cashym, line }), batchId: row['batch_id'] as string, division, line, payerKind: row['payer_kind'] as string, rowLevel: integerOf(row['row_level']),
    unitNo: row['unit_no'] as string | null, psnNo: row['psn_no'] as string | null, insutype: row['insutype'] as string, part: row['part'] as string, clct_type: row['clct_type'] as string,
    period: `${Math.floor(cashym / 100)}-${String(cashym % 100).padStart(2, '0')}`, accrym_begn: integerOf(row['accrym_begn']), accrym_end: integerOf(row['accrym_end']), baseFen: fenOf(row['base_fen']), rate: integerOf(row['rate']),
    psncnt: integerOf(row['psncnt']), amtFen: fenOf(row['amt_fen']), inteFen: fenOf(row['inte_fen']), dueDate: row['due_date'] as string, exchange: integerOf(row['exchange']), money: integerOf(row['money']), paidFen: fenOf(row['paid_fen']),
  };
}

function flagOf(value: unknown): 0 | 1 {
  return integerOf(value) === 1 ? 1 : 0;
}
