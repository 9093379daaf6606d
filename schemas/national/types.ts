/**
 * The shape of a national transaction (交易) as data. `generated/` holds one descriptor per transaction in this shape;
 * profiles say where a province deviates. Nothing here performs I/O.
 */

/** `list` and `object` hold members of their own when `fields` is given; `object` without them is kept as it comes. */
export type FieldType = 'string' | 'integer' | 'decimal' | 'date' | 'datetime' | 'boolean' | 'bytes' | 'list' | 'object';

export interface Field {
  readonly name: string;
  /** Chinese meaning as printed. */
  readonly meaning: string;
  readonly type: FieldType;
  /** Characters, for strings. */
  readonly maxLength?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly required: boolean;
  /** The printed condition where the field is required only sometimes. */
  readonly condition?: string;
  /** Name of a table in `code-tables.ts`. */
  readonly codeTable?: string;
  /** True for decimal(…,2) amounts of money: fen inside the program, yuan on the wire. */
  readonly money?: true;
  /** Members of each row of a `list`. A list without them is a list of plain texts. */
  readonly fields?: readonly Field[];
}

export type Cardinality = '1' | '0..1' | '0..n' | '1..n';

export interface Node {
  readonly cardinality: Cardinality;
  readonly fields: readonly Field[];
}

/**
 * Nodes whose name is not a member on the wire: `(root)` and `(page)` fields sit directly under `input` or `output`,
 * `(list)` is an output that is itself the list (member `list` inside the program), `(binary)` an output that is the
 * HTTP body (member `content`).
 */
export const LIST_NODE = '(list)';
export const BINARY_NODE = '(binary)';
export function isFlatNode(name: string): boolean {
  return name === '(root)' || name === '(page)';
}

/** What settles an unknown outcome of a transaction; see the compensation matrix in docs/national-transactions.md. */
export type LostAnswerRule =
  /** Reads, calculations and idempotent writes: send again under a new msgid. */
  | 'repeat'
  /** 1162: it books nothing, but its code works once: the patient shows a new one. */
  | 'scanAnew'
  /** 2401, 2402: 5303 lists the open stays; adopt what it shows, otherwise send again. */
  | 'queryOpenStays'
  /** 2301: withdraw the lost call's lines by 2302, then send them again. */
  | 'withdrawThenResend'
  /** 2207, 2304, 2102: abandon by 2601 or adopt from the day file; never send again before that. */
  | 'abandonOrAdopt'
  /** 2208, 2305, 2103: 5203 shows whether the refund happened; send again while it did not. */
  | 'querySettlement'
  /** Nothing public settles it: a person decides. */
  | 'askPerson';

export interface Transaction {
  readonly infno: string;
  readonly name: string;
  readonly nameEn: string;
  readonly effect: 'read' | 'calc' | 'write' | 'session' | 'file';
  /** Gateway path of the one-path-per-service style, or null where none is public. */
  readonly path: string | null;
  /** Node name → node. `(root)` means the fields sit directly under `input` or `output`. */
  readonly input: Readonly<Record<string, Node>>;
  readonly output: Readonly<Record<string, Node>>;
  /** The transaction that undoes this one when its outcome is known, or null. */
  readonly undo: string | null;
  readonly reversibleBy2601: boolean;
}
