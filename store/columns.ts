import { Column, PrimaryColumn, type ValueTransformer } from 'typeorm';
import { fen, parseDecimal, type Fen } from '../domain/money';
import { currentKeyRing } from '../runtime/keys';

/**
 * Column types of the entities. SQLite hands integers over as numbers, MySQL as strings: each transformer takes both
 * and throws TypeError or RangeError for anything else, on the way in as on the way out. null and undefined pass.
 */

interface Nullable {
  readonly nullable?: boolean;
}

/** Reads an integer that a raw query returned (COUNT, SUM, bigint columns). Throws RangeError beyond 2^53. */
export function integerOf(value: unknown): number {
  const plain = typeof value === 'number' || (typeof value === 'string' && /^-?\d{1,17}$/.test(value));
  const integer = plain ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(integer)) throw new RangeError(`not a safe integer from the database: ${typeof value}`);
  return integer;
}

/** Reads an amount in fen that a raw query returned; an absent sum (null) is 0 fen. */
export function fenOf(value: unknown): Fen {
  return fen(value === null ? 0 : integerOf(value));
}

function transformer<T>(write: (value: T) => unknown, read: (stored: unknown) => T): ValueTransformer {
  return {
    to: (value: T | null | undefined): unknown => (value === null || value === undefined ? value : write(value)),
    from: (stored: unknown): unknown => (stored === null || stored === undefined ? stored : read(stored)),
  };
}

function checkedInteger(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${String(value)}`);
  return value as number;
}

function checkedText(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`not text: ${typeof value}`);
  return value;
}

function checkedEpoch(value: unknown): number {
  const ms = checkedInteger(value);
  if (ms < 0) throw new RangeError(`not a time in milliseconds since 1970: ${ms}`);
  return ms;
}

function checkedDecimal(value: unknown): string {
  const text = checkedText(value);
  parseDecimal(text);
  return text;
}

function checkedBytes(value: unknown): Buffer {
  if (!Buffer.isBuffer(value)) throw new TypeError(`not bytes: ${typeof value}`);
  return value;
}

/** bigint column ↔ amount in fen. */
export const fenTransformer = transformer<Fen>((value) => fen(checkedInteger(value)), fenOf);

/** bigint column ↔ safe integer. */
export const integerTransformer = transformer<number>(checkedInteger, integerOf);

/** bigint column ↔ milliseconds since 1970. */
export const epochMsTransformer = transformer<number>(checkedEpoch, (stored) => checkedEpoch(integerOf(stored)));

/** varchar column ↔ exact decimal text such as `38.765`. */
export const decimalTextTransformer = transformer<string>(checkedDecimal, checkedDecimal);

/** text column ↔ JSON without personal data. */
export const jsonTransformer = transformer<object>(
  (value) => JSON.stringify(checkedObject(value)),
  (stored) => checkedObject(JSON.parse(checkedText(stored))),
);

/** blob column ↔ text encrypted by the key ring in use. */
export const encryptedTextTransformer = transformer<string>(
  (value) => currentKeyRing().encrypt(checkedText(value)),
  (stored) => currentKeyRing().decrypt(checkedBytes(stored)).toString('utf8'),
);

/** blob column ↔ JSON encrypted by the key ring in use. */
export const encryptedJsonTransformer = transformer<object>(
  (value) => currentKeyRing().encrypt(JSON.stringify(checkedObject(value))),
  (stored) => checkedObject(JSON.parse(currentKeyRing().decrypt(checkedBytes(stored)).toString('utf8'))),
);

function checkedObject(value: unknown): object {
  if (typeof value !== 'object' || value === null) throw new TypeError(`not an object or array: ${typeof value}`);
  return value;
}

/** Primary key of text, `length` characters; case matters on both databases. */
export function PrimaryText(length: number): PropertyDecorator {
  return PrimaryColumn({ type: 'varchar', length });
}

/** Primary key that is an integer given by the program (a number of a line). */
export function PrimaryInteger(): PropertyDecorator {
  return PrimaryColumn({ type: 'bigint', transformer: integerTransformer });
}

/**
 * Primary key that the database numbers. The column is a bigint; TypeORM is told `integer`, because it hands generated
 * values of a bigint back as text.
 */
export function GeneratedId(): PropertyDecorator {
  return PrimaryColumn({ type: 'integer', generated: 'increment', transformer: integerTransformer });
}

/** Text of at most `length` characters; case matters on both databases. */
export function TextColumn(length: number, options: Nullable = {}): PropertyDecorator {
  return Column({ type: 'varchar', length, ...options });
}

/** An amount in fen. */
export function FenColumn(options: Nullable = {}): PropertyDecorator {
  return Column({ type: 'bigint', transformer: fenTransformer, ...options });
}

/** A counter, version or row id. */
export function IntegerColumn(options: Nullable = {}): PropertyDecorator {
  return Column({ type: 'bigint', transformer: integerTransformer, ...options });
}

/** A moment: milliseconds since 1970. */
export function EpochMsColumn(options: Nullable = {}): PropertyDecorator {
  return Column({ type: 'bigint', transformer: epochMsTransformer, ...options });
}

/** A business time of Asia/Shanghai as text, `yyyy-MM-dd HH:mm:ss` or `yyyy-MM-dd`. */
export function BusinessTimeColumn(options: Nullable = {}): PropertyDecorator {
  return Column({ type: 'varchar', length: 19, ...options });
}

/** An exact decimal (quantity, unit price, ratio) as text. */
export function DecimalTextColumn(options: Nullable = {}): PropertyDecorator {
  return Column({ type: 'varchar', length: 32, transformer: decimalTextTransformer, ...options });
}

/** JSON without personal data, readable in the database. */
export function JsonColumn(options: Nullable = {}): PropertyDecorator {
  return Column({ type: 'text', transformer: jsonTransformer, ...options });
}

/** Personal or confidential text, encrypted at rest. */
export function EncryptedTextColumn(options: Nullable = {}): PropertyDecorator {
  return Column({ type: 'blob', transformer: encryptedTextTransformer, ...options });
}

/** Personal or confidential JSON, encrypted at rest. */
export function EncryptedJsonColumn(options: Nullable = {}): PropertyDecorator {
  return Column({ type: 'blob', transformer: encryptedJsonTransformer, ...options });
}
