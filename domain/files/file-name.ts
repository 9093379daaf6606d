import type { FileFormat } from '../../schemas/files/format';
import type { HeaderRow } from '../../schemas/tax/fields';
import { isItemCode, type ItemCode } from '../../schemas/tax/items';
import { businessText } from './dates';

/** What a file's name says: `<item>_<line>_<poolarea_no>_<taxdept_code>_<period>_<yyyymmdd>_<file_sn 6>.<extension>`. */
export interface FileNameParts {
  readonly item: ItemCode;
  readonly line: string;
  readonly poolarea_no: string;
  readonly taxdept_code: string;
  readonly period: string;
  /** Day on which the file was made, `yyyy-MM-dd`. */
  readonly day: string;
  readonly file_sn: number;
}

/** Ending of the small file that is written last and says that the other is whole. */
export const READY_SUFFIX = '.ok';

const NAME = /^([A-Z]{2})_(ZG|LH|JM|TS)_(\d{6})_(\d{11})_(\d{6})_(\d{8})_(\d{6})\.([a-z]{1,5})$/;

/** Parts of a name of this format, or null. */
export function parseFileName(name: string, format: Pick<FileFormat, 'extension'>): FileNameParts | null {
  const match = NAME.exec(name);
  if (!match || match[8] !== format.extension) return null;
  const [, item = '', line = '', poolarea_no = '', taxdept_code = '', month = '', date = '', sn = ''] = match;
  const period = businessText(month);
  const day = businessText(date);
  if (!isItemCode(item) || period === null || day === null) return null;
  return { item, line, poolarea_no, taxdept_code, period, day, file_sn: Number(sn) };
}

/** Name of the file that has this header. Throws RangeError when its fields make no name. */
export function fileNameOf(header: HeaderRow, format: Pick<FileFormat, 'extension'>): string {
  const day = header.made_at.slice(0, 10).replaceAll('-', '');
  const sn = String(header.file_sn).padStart(6, '0');
  const name = [header.item, header.line, header.poolarea_no, header.taxdept_code, header.period, day, sn].join('_') + `.${format.extension}`;
  if (parseFileName(name, format) === null) throw new RangeError(`not a file name: ${name}`);
  return name;
}

/** The first field in which name and header differ, or null. */
export function nameDifference(parts: FileNameParts, header: HeaderRow): keyof FileNameParts | null {
  const { item, line, poolarea_no, taxdept_code, period, file_sn } = header;
  const theirs: FileNameParts = { item: item as ItemCode, line, poolarea_no, taxdept_code, period, day: header.made_at.slice(0, 10), file_sn };
  return (Object.keys(theirs) as (keyof FileNameParts)[]).find((field) => theirs[field] !== parts[field]) ?? null;
}
