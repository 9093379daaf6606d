/** Reads file formats: the three that ship, and a site's own beside them. */
import { formatFaults, type FormatFaultCode } from './check-format';
import csvFormat from './csv-1.json';
import dbfFormat from './dbf-1.json';
import type { FileFormat } from './format';
import { formatSchema } from './format-schema';
import gbkFixedFormat from './gbk-fixed-1.json';

/** Thrown for a format that cannot be used; the message names format and field, in Chinese. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  constructor(
    readonly code: FormatFaultCode,
    readonly format: string,
    /** Path inside the file, or empty. */
    readonly field: string,
    message: string,
  ) {
    super(`文件格式 ${format}${field === '' ? '' : ` 的「${field}」`}：${message}`);
  }
}

type Data = Readonly<Record<string, unknown>>;
const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a format leaves out comes from the one that it extends; lists are replaced as a whole. */
function merged(base: Data, own: Data): Data {
  const all: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(own)) {
    const under = base[name];
    all[name] = isData(under) && isData(value) ? merged(under, value) : value;
  }
  return all;
}

/** Checks one format, already merged with what it extends. Throws FormatError at the first fault. */
export function checkedFormat(id: string, data: unknown): FileFormat {
  const parsed = formatSchema.safeParse(data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new FormatError('FORMAT_SHAPE', id, issue?.path.join('.') ?? '', issue?.message ?? '不正确');
  }
  const [fault] = formatFaults(parsed.data);
  if (fault) throw new FormatError(fault.code, id, fault.field, fault.message);
  return parsed.data;
}

function resolved(all: ReadonlyMap<string, Data>, id: string, path: readonly string[]): Data {
  const data = all.get(id);
  if (data === undefined || path.includes(id)) throw new FormatError('FORMAT_BASE_UNKNOWN', path.at(-1) ?? id, 'extends', `没有格式 ${id}，或循环引用`);
  const { extends: base, ...own } = data;
  return typeof base === 'string' ? merged(resolved(all, base, [...path, id]), own) : own;
}

/**
 * All formats by id: those that ship, and `own` ones, each saying only what differs from the one that it `extends`.
 * Throws FormatError naming the first fault.
 */
export function loadFormats(own: readonly unknown[] = []): ReadonlyMap<string, FileFormat> {
  const all = new Map<string, Data>();
  for (const data of [gbkFixedFormat, csvFormat, dbfFormat, ...own]) {
    const id = isData(data) && typeof data['id'] === 'string' ? data['id'] : '';
    if (!isData(data) || all.has(id)) throw new FormatError('FORMAT_SHAPE', id, 'id', '缺少 id，或与其他格式重名');
    all.set(id, data);
  }
  return new Map([...all.keys()].map((id) => [id, checkedFormat(id, resolved(all, id, []))]));
}

const shipped = loadFormats();

/** A format that ships. Throws FormatError when there is none of that id. */
export function shippedFormat(id: string): FileFormat {
  const format = shipped.get(id);
  if (!format) throw new FormatError('FORMAT_BASE_UNKNOWN', id, '', `没有这个格式，现有：${[...shipped.keys()].join('、')}`);
  return format;
}
