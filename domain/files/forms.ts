import type { FileFormat } from '../../schemas/files/format';
import { delimitedForm } from './delimited-form';
import { dbfForm } from './dbf-form';
import { fixedForm } from './fixed-form';
import type { FileForm } from './form';

const made = new WeakMap<FileFormat, FileForm>();

/** What reads and writes files of a format; made once a format. */
export function formOf(format: FileFormat): FileForm {
  const known = made.get(format);
  if (known) return known;
  const form = format.form === 'fixed' ? fixedForm(format) : format.form === 'dbf' ? dbfForm(format) : delimitedForm(format);
  made.set(format, form);
  return form;
}
