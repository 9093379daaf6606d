import { type Cancelling, columnsOfSide, type Declaration, extraColumns, type Having, type Side } from '../declaration';
import { allOf, ident, isOneOf, list } from './text';

/**
 * From the rows of a side as they were read (`side_<n>`) to its keys (`keyed_<n>`): pairs that cancel each other and void rows
 * taken out, rows of a `many` side summed. `h` is a hash of the key, `s` one of everything that is compared, key included and
 * in another order, so that two keys are confused only when two independent 64-bit hashes meet.
 */

/** Whether the side with that number has rows that cancel others; null where it is not declared. */
export function cancelsQuestion({ sides }: Declaration, index: number): string | null {
  const { cancelling } = sideAt(sides, index);
  return cancelling ? `SELECT count(*) > 0 FROM side_${index} WHERE ${having(cancelling)}` : null;
}

/** Statements that make `keyed_<n>` and `void_<n>` of the side with that number, and `netted_<n>` where some of its rows cancel. */
export function keyedStatements(declaration: Declaration, index: number, cancels: boolean): string[] {
  const side = sideAt(declaration.sides, index);
  const netted = cancels && side.cancelling ? [nettedStatement(declaration, side, side.cancelling, index)] : [];
  return [...netted, voidStatement(declaration, side, index), keyedStatement(declaration, side, index, netted.length > 0)];
}

function sideAt(sides: readonly Side[], index: number): Side {
  const side = sides[index];
  if (!side) throw new RangeError(`there is no side ${index}`);
  return side;
}

/** The columns of `side_<n>`, in order, with those that the side lacks filled in as empty. */
export function stagedColumns(declaration: Declaration, side: Side): string[] {
  const { needed, optional } = columnsOfSide(declaration, side);
  return [...needed, ...optional];
}

/** Everything that sides are compared by. */
function compared({ amounts, attributes, match }: Declaration): string[] {
  return [...amounts.map(({ column }) => ident(column)), ...attributes.map(({ column }) => ident(column)), 'g', ...match.map(ident).reverse()];
}

function hashes({ match }: Declaration, said: readonly string[]): string {
  return `hash(${list(match.map(ident))}) AS h, hash(${list(said)}) AS s`;
}

/**
 * A query of the columns of a side with what is made of them once, while they are read: group and hashes, where a row is a key. The
 * passes then look at few bytes of a row.
 */
export function withHashes(declaration: Declaration, side: Side, query: string): string {
  if (side.rows === 'many') return query;
  return `SELECT *, ${hashes(declaration, compared(declaration))} FROM (SELECT *, ${groupText(declaration)} AS g FROM (${query}))`;
}

function groupText(declaration: Declaration): string {
  return declaration.groups.length === 1 ? ident(declaration.groups[0] as string) : `concat_ws('|', ${list(declaration.groups.map(ident))})`;
}

function having({ column, in: values }: Having): string {
  return isOneOf(ident(column), values);
}

function amountsOf({ amounts }: Declaration): string[] {
  return amounts.map(({ column }) => ident(column));
}

/**
 * Cancelling rows meet originals one to one: of several alike the first meets the first. Where rows differ in what is not compared the
 * order of all their columns decides, so that a second run pairs the same.
 */
function nettedStatement(declaration: Declaration, side: Side, cancelling: Cancelling, index: number): string {
  const create = `CREATE OR REPLACE TEMP TABLE netted_${index} AS`;
  const { own, original } = cancelling;
  const amounts = amountsOf(declaration);
  const order = list([...stagedColumns(declaration, side).map(ident), 'rowid']);
  const cancels = having(cancelling);
  const names = own.map((_, at) => `n${at}`);
  const place = (columns: readonly string[], sign: '' | '-'): string =>
    `SELECT rowid AS r, ${list([...columns.map((name, at) => `${ident(name)} AS n${at}`), ...amounts.map((name, at) => `${sign}${name} AS a${at}`)])}, ` +
    `row_number() OVER (PARTITION BY ${list([...columns.map(ident), ...amounts])} ORDER BY ${order}) AS place FROM side_${index}`;
  const meets = allOf([...names.map((name) => `c.${name} = o.${name}`), ...amounts.map((_, at) => `c.a${at} = o.a${at}`), 'c.place = o.place']);
  const isNamed = `EXISTS (SELECT 1 FROM c WHERE ${allOf(own.map((name, at) => `c.n${at} = side_${index}.${ident(name)}`))})`;
  return (
    `${create} WITH c AS MATERIALIZED (${place(original, '-')} WHERE ${cancels}), o AS (${place(own, '')} WHERE NOT ${cancels} AND ${isNamed}), ` +
    `pairs AS MATERIALIZED (SELECT c.r AS c, o.r AS o FROM c JOIN o ON ${meets}) SELECT c AS r FROM pairs UNION ALL SELECT o FROM pairs`
  );
}

function voidStatement({ match }: Declaration, side: Side, index: number): string {
  const keys = list(match.map(ident));
  const condition = side.voided ? having(side.voided) : 'false';
  return `CREATE OR REPLACE TEMP TABLE void_${index} AS SELECT DISTINCT ${keys}, hash(${keys}) AS h FROM side_${index} WHERE ${condition}`;
}

/** Rows that count: neither void nor half of a cancelled pair. */
function live(side: Side, index: number, netted: boolean): string {
  const conditions = [
    ...(side.voided ? [`NOT ${having(side.voided)}`] : []),
    ...(netted ? [`rowid NOT IN (SELECT r FROM netted_${index})`] : []),
  ];
  return `FROM side_${index}${conditions.length > 0 ? ` WHERE ${list(conditions, ' AND ')}` : ''}`;
}

function keyedStatement(declaration: Declaration, side: Side, index: number, netted: boolean): string {
  const { match, attributes } = declaration;
  const keys = match.map(ident);
  const others = [...attributes.map(({ column }) => column), ...extraColumns(declaration)].filter((name) => !match.includes(name)).map(ident);
  const amounts = amountsOf(declaration);
  if (side.rows === 'one') {
    const columns = list([...keys, '1 AS n', ...amounts, ...others, ...others.map((name, at) => `${name} AS x${at}`), 'g', 'h', 's']);
    return `CREATE OR REPLACE TEMP VIEW keyed_${index} AS SELECT ${columns} ${live(side, index, netted)}`;
  }
  // Where the rows of a key say different things the smallest and the largest are kept, and the key agrees with no other side.
  const attributesThere = new Set(attributes.map(({ column }) => ident(column)));
  const extremes = others.flatMap((name, at) => (attributesThere.has(name) ? [`min(${name}) AS ${name}`, `max(${name}) AS x${at}`] : [`coalesce(min(nullif(${name}, '')), '') AS ${name}`, `max(${name}) AS x${at}`]));
  const columns = list([...keys, 'count(*) AS n', ...amounts.map((name) => `sum(${name})::BIGINT AS ${name}`), ...extremes, `min(${groupText(declaration)}) AS g`]);
  const said = compared(declaration).map((name) => (attributesThere.has(name) && others.includes(name) ? `CASE WHEN ${name} = x${others.indexOf(name)} THEN ${name} ELSE ${name} || '…' END` : name));
  return `CREATE OR REPLACE TEMP TABLE keyed_${index} AS SELECT *, ${hashes(declaration, said)} FROM (SELECT ${columns} ${live(side, index, netted)} GROUP BY ${list(keys)})`;
}
