import {
  EntityManager,
  FindOperator,
  InsertResult,
  UpdateResult,
  type DataSource,
  type EntityMetadata,
  type EntityTarget,
  type FindManyOptions,
  type FindOneOptions,
  type FindOptionsWhere,
  type ObjectLiteral,
  type QueryRunner,
} from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata';

import { integerOf } from './columns';

/** A piece of SQL with the values of its question marks. */
interface Piece {
  readonly sql: string;
  readonly values: readonly unknown[];
}

const COMPARISONS: Readonly<Record<string, string>> = {
  moreThan: '>',
  moreThanOrEqual: '>=',
  lessThan: '<',
  lessThanOrEqual: '<=',
};

/** Options of a find that can be written here; anything else is the query builder's. */
const PLAIN_OPTIONS = new Set(['where', 'order', 'take', 'lock']);

/**
 * TypeORM's entity manager, with the plain statements (one table, columns compared with values) written straight from the
 * entity's columns. The query builder takes several times as long as the database for them, and a settlement makes fifty.
 * Whatever is not plain goes to the query builder as ever; results are the same either way.
 */
export class PlainManager extends EntityManager {
  constructor(
    source: DataSource,
    private readonly runner: QueryRunner,
  ) {
    super(source, runner);
  }

  override async findOne<E extends ObjectLiteral>(entity: EntityTarget<E>, options: FindOneOptions<E>): Promise<E | null> {
    const select = this.selectOf(entity, { ...options, take: 1 });
    if (!select) return super.findOne(entity, options);
    return (await this.rowsOf<E>(entity, select))[0] ?? null;
  }

  override async findOneBy<E extends ObjectLiteral>(entity: EntityTarget<E>, where: FindOptionsWhere<E> | FindOptionsWhere<E>[]): Promise<E | null> {
    const select = this.selectOf(entity, { where, take: 1 });
    if (!select) return super.findOneBy(entity, where);
    return (await this.rowsOf<E>(entity, select))[0] ?? null;
  }

  override async find<E extends ObjectLiteral>(entity: EntityTarget<E>, options?: FindManyOptions<E>): Promise<E[]> {
    const select = options && this.selectOf(entity, options);
    return select ? this.rowsOf<E>(entity, select) : super.find(entity, options);
  }

  override async findBy<E extends ObjectLiteral>(entity: EntityTarget<E>, where: FindOptionsWhere<E> | FindOptionsWhere<E>[]): Promise<E[]> {
    const select = this.selectOf(entity, { where });
    return select ? this.rowsOf<E>(entity, select) : super.findBy(entity, where);
  }

  override async countBy<E extends ObjectLiteral>(entity: EntityTarget<E>, where: FindOptionsWhere<E> | FindOptionsWhere<E>[]): Promise<number> {
    const metadata = this.dataSource.getMetadata(entity);
    const condition = this.whereOf(metadata, where);
    if (!condition) return super.countBy(entity, where);
    const { raw } = await this.run({ sql: `SELECT COUNT(*) AS n FROM ${this.tableOf(metadata)}${condition.sql}`, values: condition.values });
    return integerOf((raw as { n: unknown }[])[0]?.n);
  }

  override async insert<E extends ObjectLiteral>(
    target: EntityTarget<E>,
    rows: QueryDeepPartialEntity<E> | QueryDeepPartialEntity<E>[],
  ): Promise<InsertResult> {
    const list: ObjectLiteral[] = Array.isArray(rows) ? rows : [rows];
    const metadata = this.dataSource.getMetadata(target);
    const columns = metadata.columns.filter((column) => list.some((row) => row[column.propertyName] !== undefined));
    const plain = list.length > 0 && list.every((row) => columns.every((column) => isInsertable(row[column.propertyName], column)));
    if (!plain) return super.insert(target, rows);
    const places = `(${columns.map(() => '?').join(', ')})`;
    const sql = `INSERT INTO ${this.tableOf(metadata)} (${columns.map((each) => this.escaped(each.databaseName)).join(', ')}) VALUES ${list.map(() => places).join(', ')}`;
    const values = list.flatMap((row) => columns.map((column) => this.stored(row[column.propertyName], column) ?? null));
    const { raw } = await this.run({ sql, values });
    return this.inserted(metadata, list, raw);
  }

  override async update<E extends ObjectLiteral>(
    target: EntityTarget<E>,
    criteria: Parameters<EntityManager['update']>[1],
    change: QueryDeepPartialEntity<E>,
  ): Promise<UpdateResult> {
    const metadata = this.dataSource.getMetadata(target);
    const where = this.whereOf(metadata, criteria);
    const entries = Object.entries(change as ObjectLiteral).filter(([, value]) => value !== undefined);
    const columns = entries.map(([name]) => columnOf(metadata, name));
    const plain = where !== null && entries.length > 0 && entries.every(([, value], index) => isStorable(value, columns[index]));
    if (!plain) return super.update(target, criteria as never, change);
    const sets = columns.map((column) => `${this.escaped(column?.databaseName ?? '')} = ?`).join(', ');
    const values = entries.map(([, value], index) => this.stored(value, columns[index] as ColumnMetadata) ?? null);
    const { affected } = await this.run({ sql: `UPDATE ${this.tableOf(metadata)} SET ${sets}${where.sql}`, values: [...values, ...where.values] });
    const result = new UpdateResult();
    result.affected = affected;
    return result;
  }

  private async rowsOf<E extends ObjectLiteral>(entity: EntityTarget<E>, select: Piece): Promise<E[]> {
    const metadata = this.dataSource.getMetadata(entity);
    const { raw } = await this.run(select);
    return (raw as ObjectLiteral[]).map((row) => this.hydrated<E>(metadata, row));
  }

  private hydrated<E extends ObjectLiteral>(metadata: EntityMetadata, row: ObjectLiteral): E {
    const entity = metadata.create(this.runner) as ObjectLiteral;
    for (const column of metadata.columns) {
      entity[column.propertyName] = this.dataSource.driver.prepareHydratedValue(row[column.databaseName], column);
    }
    return entity as E;
  }

  /** The SELECT of plain options, or null. */
  private selectOf<E extends ObjectLiteral>(target: EntityTarget<E>, options: FindManyOptions<E>): Piece | null {
    if (Object.entries(options).some(([name, value]) => value !== undefined && !PLAIN_OPTIONS.has(name))) return null;
    const metadata = this.dataSource.getMetadata(target);
    const where = this.whereOf(metadata, options.where);
    const order = this.orderOf(metadata, options.order);
    const lock = options.lock === undefined ? '' : options.lock.mode === 'pessimistic_write' ? ' FOR UPDATE' : null;
    if (where === null || order === null || lock === null) return null;
    const columns = metadata.columns.map((column) => this.escaped(column.databaseName)).join(', ');
    const limit = options.take === undefined ? '' : ` LIMIT ${Number(options.take)}`;
    return { sql: `SELECT ${columns} FROM ${this.tableOf(metadata)}${where.sql}${order}${limit}${lock}`, values: where.values };
  }

  private whereOf(metadata: EntityMetadata, where: unknown): Piece | null {
    if (typeof where !== 'object' || where === null || Object.getPrototypeOf(where) !== Object.prototype) return null;
    const parts: string[] = [];
    const values: unknown[] = [];
    for (const [name, value] of Object.entries(where)) {
      const column = columnOf(metadata, name);
      const part = column && this.comparison(column, value);
      if (!part) return null;
      parts.push(part.sql);
      values.push(...part.values);
    }
    // What has no condition would touch the whole table: the query builder knows when that is an error.
    return parts.length > 0 ? { sql: ` WHERE ${parts.join(' AND ')}`, values } : null;
  }

  private comparison(column: ColumnMetadata, value: unknown): Piece | null {
    const name = this.escaped(column.databaseName);
    if (isScalar(value)) return { sql: `${name} = ?`, values: [this.stored(value, column)] };
    if (!(value instanceof FindOperator)) return null;
    const operand: unknown = value.value;
    // The inner operator of Not(In(…)) is looked through by `value`, so that it is told by `child`.
    if (value.child !== undefined) return null;
    if (value.type === 'isNull') return { sql: `${name} IS NULL`, values: [] };
    if (value.type === 'in') return this.membership(column, operand);
    if (!isScalar(operand)) return null;
    if (value.type === 'not') return { sql: `${name} <> ?`, values: [this.stored(operand, column)] };
    const sign = COMPARISONS[value.type];
    return sign === undefined ? null : { sql: `${name} ${sign} ?`, values: [this.stored(operand, column)] };
  }

  private membership(column: ColumnMetadata, operand: unknown): Piece | null {
    if (!Array.isArray(operand) || operand.length === 0 || !operand.every(isScalar)) return null;
    return {
      sql: `${this.escaped(column.databaseName)} IN (${operand.map(() => '?').join(', ')})`,
      values: operand.map((each) => this.stored(each, column)),
    };
  }

  private orderOf(metadata: EntityMetadata, order: unknown): string | null {
    if (order === undefined) return '';
    const parts: string[] = [];
    for (const [name, direction] of Object.entries(order as object)) {
      const column = columnOf(metadata, name);
      if (!column || (direction !== 'ASC' && direction !== 'DESC')) return null;
      parts.push(`${this.escaped(column.databaseName)} ${direction}`);
    }
    return parts.length > 0 ? ` ORDER BY ${parts.join(', ')}` : '';
  }

  private inserted(metadata: EntityMetadata, rows: readonly ObjectLiteral[], raw: unknown): InsertResult {
    const result = new InsertResult();
    const generated = metadata.generatedColumns[0];
    result.raw = raw;
    result.identifiers = rows.map((row) => Object.fromEntries(metadata.primaryColumns.map(({ propertyName }) => [propertyName, row[propertyName]])));
    // Of many rows inserted at once the databases tell one number, and not the same one.
    if (generated && rows.length === 1 && result.identifiers[0]) {
      const id = typeof raw === 'object' && raw !== null && 'insertId' in raw ? raw.insertId : raw;
      result.identifiers[0][generated.propertyName] ??= Number(id);
    }
    return result;
  }

  private async run({ sql, values }: Piece): Promise<{ raw: unknown; affected: number }> {
    const { raw, affected } = (await this.runner.query(sql, [...values], true)) as { raw: unknown; affected?: number };
    return { raw, affected: affected ?? 0 };
  }

  private stored(value: unknown, column: ColumnMetadata): unknown {
    return this.dataSource.driver.preparePersistentValue(value, column) as unknown;
  }

  private tableOf(metadata: EntityMetadata): string {
    return this.escaped(metadata.tableName);
  }

  private escaped(name: string): string {
    return this.dataSource.driver.escape(name);
  }
}

function columnOf(metadata: EntityMetadata, name: string): ColumnMetadata | undefined {
  return metadata.columns.find((column) => column.propertyName === name);
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

/** A value as columns hold it; a function is SQL of its own, an operator is no value. */
function isStorable(value: unknown, column: ColumnMetadata | undefined): boolean {
  return column !== undefined && typeof value !== 'function' && !(value instanceof FindOperator);
}

/** A generated key that some rows give and others do not is not plain. */
function isInsertable(value: unknown, column: ColumnMetadata): boolean {
  return isStorable(value, column) && (!column.isGenerated || value !== undefined);
}
