/**
 * A reconciliation (对账) as data: which sides are compared, by which key, how exactly, and what each pattern of disagreement is
 * called. Declarations are checked by schemas/matching; everything here takes them as checked.
 */

/** `fen`: an amount, integer fen. `date`: `yyyy-MM-dd`, or empty. `text`: anything else; blanks at its ends mean nothing. */
export type ColumnType = 'text' | 'fen' | 'date';

export interface Column {
  readonly type: ColumnType;
  readonly zh: string;
}

/** A column that has one of some values. */
export interface Having {
  readonly column: string;
  readonly in: readonly string[];
}

/** Rows that take back another row of the same side (票作废): with the original and opposite amounts they are a pair that never was. */
export interface Cancelling extends Having {
  /** Columns that name the original, in the order of `own`. */
  readonly original: readonly string[];
  readonly own: readonly string[];
}

/** One party's records. */
export interface Side {
  readonly key: string;
  readonly zh: string;
  /** `one`: a key stands in one row, a second one is a break. `many`: rows of a key are one sum, as receipts of one transfer. */
  readonly rows: 'one' | 'many';
  readonly cancelling?: Cancelling;
  /** Rows that this side knows and holds void (已撤销): they are no money, but tell why another side's row has no partner. */
  readonly voided?: Having;
}

export interface ComparedAmount {
  readonly column: string;
  /** Fen by which sides may differ. */
  readonly tolerance: number;
}

export interface ComparedAttribute {
  readonly column: string;
  /** Of a date: days by which sides may differ. */
  readonly toleranceDays?: number;
}

/** A pattern; all that is named has to hold. */
export interface Pattern {
  /** Sides that have the key. */
  readonly present?: readonly string[];
  /** Sides that lack it. */
  readonly absent?: readonly string[];
  /** A side that lacks it because it holds it void. */
  readonly voided?: string;
  /** A side of `one` that has it more than once. */
  readonly duplicate?: string;
  /** One of these amounts differs. */
  readonly amounts?: readonly string[];
  /** One of these attributes differs. */
  readonly attributes?: readonly string[];
  /** The first side that has the key says so. */
  readonly where?: Having;
  /** Sign of the amounts of the first side that has the key. */
  readonly sign?: 'negative' | 'positive';
  /** Not more days between that date and the day of the run: expected to arrive late. */
  readonly within?: { readonly column: string; readonly days: number };
}

/** What a pattern is called. The first whose pattern holds names a difference. */
export interface BreakCode {
  readonly code: string;
  readonly zh: string;
  /** `expected`: explained by this rule as long as it holds (在途). `break`: somebody has to look. */
  readonly kind: 'break' | 'expected';
  readonly when: Pattern;
}

export interface Declaration {
  readonly key: string;
  readonly version: number;
  readonly zh: string;
  /**
   * `day`: a run is given the rows of its day; what is open from other days is compared along. `open`: a run is given everything
   * that is not settled yet; what it no longer finds is resolved.
   */
  readonly scope: 'day' | 'open';
  readonly columns: Readonly<Record<string, Column>>;
  /** The first is the one whose figures the statement starts from. */
  readonly sides: readonly Side[];
  readonly match: readonly string[];
  readonly amounts: readonly ComparedAmount[];
  readonly attributes: readonly ComparedAttribute[];
  /** Columns of the totals pass: details are looked at only where totals differ. */
  readonly groups: readonly string[];
  /** Upper bounds of the age buckets (账龄), days, rising. */
  readonly ages: readonly number[];
  readonly codes: readonly BreakCode[];
}

/** Codes of the engine itself, never of a declaration: named parts of a residual that are no differences. */
export const TOLERANCE = 'WITHIN_TOLERANCE';
export const LATE_ARRIVAL = 'LATE_ARRIVAL';
export const ENGINE_CODES: Readonly<Record<string, string>> = {
  [TOLERANCE]: '容差以内',
  [LATE_ARRIVAL]: '以前未达，本次到达',
};

/** Columns that rules look at besides key, amounts and attributes; a side need not have them. */
export function extraColumns({ codes, match, amounts, attributes }: Pick<Declaration, 'codes' | 'match' | 'amounts' | 'attributes'>): string[] {
  const compared = new Set([...match, ...amounts.map(({ column }) => column), ...attributes.map(({ column }) => column)]);
  const named = codes.flatMap(({ when }) => [when.where?.column, when.within?.column]);
  return [...new Set(named.filter((name): name is string => name !== undefined && !compared.has(name)))];
}

/** Columns that every side must have, and those that it may lack. */
export function columnsOfSide(declaration: Declaration, side: Side): { needed: string[]; optional: string[] } {
  const { match, amounts, attributes, groups } = declaration;
  const needed = new Set([...match, ...groups, ...amounts.map(({ column }) => column), ...attributes.map(({ column }) => column)]);
  if (side.cancelling) for (const name of [side.cancelling.column, ...side.cancelling.own, ...side.cancelling.original]) needed.add(name);
  if (side.voided) needed.add(side.voided.column);
  return { needed: [...needed], optional: extraColumns(declaration).filter((name) => !needed.has(name)) };
}
