import { type Declaration, extraColumns, LATE_ARRIVAL, type Pattern, TOLERANCE } from '../declaration';
import { allOf, anyOf, dayLiteral, foreignIdent, ident, isOneOf, list, literal, whole } from './text';

/**
 * What the sides say under each candidate key, and what it is called. `carried_<n>` holds what is open from other days: it is compared
 * with the rows of the day, but is no part of its totals.
 */

/** Which run the statements are for. */
export interface RunPlace {
  readonly place: string;
  /** yyyy-MM-dd */
  readonly day: string;
}

/** Columns of `carried_<n>` after the key: which the detail needs of a difference of another day. */
export function carriedColumns(declaration: Declaration): { readonly name: string; readonly column: string; readonly type: string }[] {
  const { match, amounts } = declaration;
  return [
    ...match.map((name) => ({ name, column: ident(name), type: 'VARCHAR' })),
    { name: 'n', column: 'n', type: 'BIGINT' },
    ...amounts.map(({ column: name }) => ({ name, column: ident(name), type: 'BIGINT' })),
    ...otherColumns(declaration).map((name) => ({ name, column: ident(name), type: 'VARCHAR' })),
    { name: 'g', column: 'g', type: 'VARCHAR' },
    { name: 'was', column: 'was', type: 'VARCHAR' },
  ];
}

export function carriedStatement(declaration: Declaration, index: number): string {
  return `CREATE OR REPLACE TEMP TABLE carried_${index} (${list(carriedColumns(declaration).map(({ column, type }) => `${column} ${type}`))})`;
}

/** Attributes and extras that are not part of the key. */
function otherColumns(declaration: Declaration): string[] {
  const names = [...declaration.attributes.map(({ column }) => column), ...extraColumns(declaration)];
  return names.filter((name) => !declaration.match.includes(name));
}

/** Statements that make `judged`: one row a candidate key, with its code, null where the sides agree. */
export function judgeStatements(declaration: Declaration, run: RunPlace): string[] {
  const { sides, match } = declaration;
  const keys = list(match.map(ident));
  return [
    ...sides.map((_, index) => `INSERT INTO candidate SELECT hash(${keys}) FROM carried_${index}`),
    'CREATE OR REPLACE TEMP TABLE wanted AS SELECT DISTINCT h FROM candidate',
    `CREATE OR REPLACE TEMP TABLE said AS ${saidQuery(declaration)}`,
    `CREATE OR REPLACE TEMP TABLE detail AS ${detailQuery(declaration)}`,
    `CREATE OR REPLACE TEMP TABLE judged AS ${judgedQuery(declaration, run)}`,
  ];
}

/** All rows of the wanted keys: of the day (`t` counts them), carried, and void. */
function saidQuery(declaration: Declaration): string {
  const { sides, match, amounts } = declaration;
  const others = otherColumns(declaration).map(ident);
  const money = amounts.map(({ column }) => ident(column));
  const keys = match.map(ident);
  const rows = sides.flatMap((side, index) => [
    `SELECT ${list([...keys, `${index} AS side`, 'n', 'n AS t', ...money, ...money.map((name, at) => `${name} AS t${at}`), ...others, ...others.map((_, at) => `x${at}`), 'g', 's', 'NULL::VARCHAR AS was', 'false AS void'])} FROM keyed_${index} WHERE h IN (SELECT h FROM wanted)`,
    `SELECT ${list([...keys, `${index} AS side`, 'n', '0 AS t', ...money, ...money.map((_, at) => `0 AS t${at}`), ...others, ...others, 'g', 'NULL::UBIGINT', 'was', 'false AS void'])} FROM carried_${index}`,
    ...(side.voided
      ? [`SELECT ${list([...keys, `${index} AS side`, '0 AS n', '0 AS t', ...money.map(() => '0'), ...money.map(() => '0'), ...others.flatMap(() => ["''", "''"]), 'NULL', 'NULL::UBIGINT', 'NULL', 'true AS void'])} FROM void_${index} WHERE h IN (SELECT h FROM wanted)`]
      : []),
  ]);
  return list(rows, ' UNION ALL ');
}

function detailQuery(declaration: Declaration): string {
  const { sides, match, amounts } = declaration;
  const others = otherColumns(declaration).map(ident);
  const money = amounts.map(({ column }) => ident(column));
  const keys = match.map(ident);
  const of = (index: number): string[] => {
    const here = `FILTER (side = ${index} AND NOT void)`;
    return [
      `coalesce(sum(n) ${here}, 0)::BIGINT AS n_${index}`,
      `coalesce(sum(t) ${here}, 0)::BIGINT AS t_${index}`,
      ...money.flatMap((name, at) => [`coalesce(sum(${name}) ${here}, 0)::BIGINT AS a_${index}_${at}`, `coalesce(sum(t${at}) ${here}, 0)::BIGINT AS ta_${index}_${at}`]),
      ...others.flatMap((name, at) => [`min(${name}) ${here} AS v_${index}_${at}`, `max(x${at}) ${here} AS x_${index}_${at}`]),
      `sum(s) ${here} AS s_${index}`,
      `min(g) FILTER (side = ${index} AND t > 0) AS g_${index}`,
      `min(g) ${here} AS cg_${index}`,
      `max(g) ${here} AS xg_${index}`,
      `coalesce(bool_or(void) FILTER (side = ${index}), false) AS w_${index}`,
    ];
  };
  return `SELECT ${list([...keys, ...sides.flatMap((_, index) => of(index)), 'max(was) AS was'])} FROM said GROUP BY ${list(keys)}`;
}

function judgedQuery(declaration: Declaration, run: RunPlace): string {
  const { sides, codes, key } = declaration;
  const names = namesOf(declaration);
  const groupsOf = (which: string): string => list(sides.map((_, index) => `${which}_${index}`));
  const facts = [
    ...sides.map((side, index) => `(${side.rows === 'one' ? `n_${index} > 1` : 'false'}) AS d_${index}`),
    ...declaration.amounts.map((amount, at) => `(${spread(declaration, at)} > ${whole(amount.tolerance)}) AS af_${at}`),
    ...declaration.attributes.map((_, at) => `(${names.attributeDiffers(at)}) AS vf_${at}`),
    // Agreeing, yet not to the fen, or each in a group of its own: the totals show it, so the statement names it.
    `(${anyOf([...declaration.amounts.map((_, at) => `${spread(declaration, at)} > 0`), `greatest(${groupsOf('xg')}) <> least(${groupsOf('cg')})`])}) AS uneven`,
  ];
  // Sides that say the same, row for row, agree, also when what they say stands there twice.
  const alike = allOf([...sides.map((_, index) => `s_${index} IS NOT NULL`), ...sides.slice(1).map((_, at) => `s_${at + 1} = s_0`), 'was IS NULL']);
  const apart = anyOf([
    ...sides.map((_, index) => `n_${index} = 0`),
    ...sides.map((_, index) => `d_${index}`),
    ...declaration.amounts.map((_, at) => `af_${at}`),
    ...declaration.attributes.map((_, at) => `vf_${at}`),
  ]);
  const differs = `(${apart} AND NOT ${alike})`;
  const cases = codes.map(({ code, when }) => `WHEN ${names.holds(when, run.day)} THEN ${literal(code)}`);
  const kinds = codes.map(({ code, kind }) => `WHEN ${literal(code)} THEN ${literal(kind)}`);
  const keyText = `concat_ws('|', ${list(declaration.match.map(ident))})`;
  const identity = `left(sha256(concat_ws(chr(31), ${list([literal(key), literal(run.place), ...declaration.match.map(ident)])})), 32)`;
  return (
    `SELECT *, CASE code ${list(kinds, ' ')} END AS kind, ${identity} AS id, ${keyText} AS key_text FROM ` +
    `(SELECT *, CASE WHEN ${differs} THEN CASE ${list(cases, ' ')} END END AS code, ${differs} AS differs FROM ` +
    `(SELECT *, ${list(facts)} FROM detail WHERE ${anyOf(sides.map((_, index) => `n_${index} > 0`))}))`
  );
}

/** By how much the present sides are apart in an amount, fen. */
function spread({ sides }: Declaration, at: number): string {
  const values = list(sides.map((_, index) => `CASE WHEN n_${index} > 0 THEN a_${index}_${at} END`));
  return `(greatest(${values}) - least(${values}))`;
}

/**
 * `finding`s in the order of their id: what differs, and what arrived. A key that is open from another day and has no row today is
 * told only when it is called differently than before.
 */
export function findingsQuery(declaration: Declaration, after: string): string {
  const { sides, match, amounts, attributes } = declaration;
  const others = otherColumns(declaration);
  const today = anyOf(sides.map((_, index) => `t_${index} > 0`));
  const said = sides.map((side, index) => {
    const values = [
      `n: n_${index}`, `g: coalesce(cg_${index}, '')`, ...match.map((name) => `${foreignIdent(name)}: ${ident(name)}`),
      ...amounts.map(({ column }, at) => `${foreignIdent(column)}: a_${index}_${at}`),
      ...others.map((name, at) => `${foreignIdent(name)}: CASE WHEN v_${index}_${at} = x_${index}_${at} THEN v_${index}_${at} ELSE v_${index}_${at} || '…' END`),
    ];
    return `${foreignIdent(side.key)}: CASE WHEN n_${index} > 0 THEN {${list(values)}} END`;
  });
  const sum = (index: number): string => `(${list(amounts.map((_, at) => `a_${index}_${at}`), ' + ')})`;
  const farthest = sides.slice(1).map((_, at) => `${sum(0)} - ${sum(at + 1)}`);
  const fen = farthest.length === 1 ? farthest[0] : `CASE ${list(farthest.slice(1).map((one) => `WHEN abs(${one}) > abs(${farthest[0]}) THEN ${one}`), ' ')} ELSE ${farthest[0]} END`;
  const fields = list([
    ...amounts.map(({ column }, at) => `CASE WHEN af_${at} THEN ${literal(column)} END`),
    ...attributes.map(({ column }, at) => `CASE WHEN vf_${at} THEN ${literal(column)} END`),
  ]);
  return (
    `SELECT id, left(key_text, 240) AS key_text, coalesce(${list(sides.map((_, index) => `g_${index}`))}, ${list(sides.map((_, index) => `cg_${index}`))}, '') AS group_text, ` +
    `coalesce(code, '') AS code, coalesce(kind, '') AS kind, concat_ws(' ', ${fields}) AS fields, (${fen})::BIGINT AS fen, ` +
    `to_json({${list(said)}})::VARCHAR AS sides, ${today} AS today FROM judged ` +
    `WHERE id > ${literal(after)} AND ((differs AND (was IS NULL OR ${today} OR code <> was)) OR (NOT differs AND was IS NOT NULL)) ORDER BY id`
  );
}

/** The named parts of each side's total, by group and code: side, g, code, rows, then the amounts. */
export function namedQuery({ match, amounts }: Declaration): string {
  const code = `CASE WHEN j.differs THEN j.code WHEN j.was IS NOT NULL THEN ${literal(LATE_ARRIVAL)} ELSE ${literal(TOLERANCE)} END`;
  return (
    `SELECT s.side, s.g, ${code} AS code, sum(s.t)::BIGINT AS n, ${list(amounts.map((_, at) => `sum(s.t${at})::BIGINT AS a${at}`))} ` +
    `FROM said s JOIN judged j USING (${list(match.map(ident))}) WHERE s.t > 0 AND (j.differs OR j.was IS NOT NULL OR j.uneven) GROUP BY ALL`
  );
}

/** The totals of the first pass in the same columns. */
export function totalsQuery({ amounts }: Declaration): string {
  return `SELECT side, g, '' AS code, n, ${list(amounts.map(({ column }, at) => `${ident(column)} AS a${at}`))} FROM totals`;
}

function namesOf(declaration: Declaration): { attributeDiffers: (at: number) => string; holds: (when: Pattern, day: string) => string } {
  const { sides, match, amounts, attributes } = declaration;
  const others = otherColumns(declaration);
  const sideNo = (key: string): number => {
    const index = sides.findIndex((side) => side.key === key);
    if (index < 0) throw new RangeError(`there is no side ${key}`);
    return index;
  };
  /** The value of the first present side that has one. */
  const value = (column: string): string => {
    if (match.includes(column)) return ident(column);
    const at = others.indexOf(column);
    return `coalesce(${list(sides.map((_, index) => `nullif(v_${index}_${at}, '')`))}, '')`;
  };
  const attributeDiffers = (at: number): string => {
    const { column, toleranceDays = 0 } = attributes[at] ?? { column: '' };
    const place = others.indexOf(column);
    if (place < 0) return 'false';
    const low = `least(${list(sides.map((_, index) => `v_${index}_${place}`))})`;
    const high = `greatest(${list(sides.map((_, index) => `x_${index}_${place}`))})`;
    if (toleranceDays === 0) return `coalesce(${low} <> ${high}, false)`;
    return `coalesce(${low} <> ${high}, false) AND coalesce(date_diff('day', try_cast(${low} AS DATE), try_cast(${high} AS DATE)) > ${whole(toleranceDays)}, true)`;
  };
  /** Sum of the amounts of the first present side. */
  const firstSum = `CASE ${list(sides.map((_, index) => `WHEN n_${index} > 0 THEN ${list(amounts.map((__, at) => `a_${index}_${at}`), ' + ')}`), ' ')} END`;
  const holds = (when: Pattern, day: string): string =>
    allOf([
      ...(when.present ?? []).map((key) => `n_${sideNo(key)} > 0`),
      ...(when.absent ?? []).map((key) => `n_${sideNo(key)} = 0`),
      ...(when.voided ? [`(w_${sideNo(when.voided)} AND n_${sideNo(when.voided)} = 0)`] : []),
      ...(when.duplicate ? [`d_${sideNo(when.duplicate)}`] : []),
      ...(when.amounts ? [anyOf(when.amounts.map((name) => `af_${amounts.findIndex(({ column }) => column === name)}`))] : []),
      ...(when.attributes ? [anyOf(when.attributes.map((name) => `vf_${attributes.findIndex(({ column }) => column === name)}`))] : []),
      ...(when.where ? [isOneOf(value(when.where.column), when.where.in)] : []),
      ...(when.sign ? [`(${firstSum}) ${when.sign === 'negative' ? '<' : '>'} 0`] : []),
      ...(when.within ? [`coalesce(date_diff('day', try_cast(${value(when.within.column)} AS DATE), ${dayLiteral(day)}) <= ${whole(when.within.days)}, false)`] : []),
    ]);
  return { attributeDiffers, holds };
}
