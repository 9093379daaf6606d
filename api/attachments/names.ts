import { plainText } from '../../schemas/api/text';
import { Problem } from '../problem';

const LONGEST_NAME = 120;
/** What no file system and no page takes for part of a plain name. */
const FORBIDDEN = /[/\\:*?"<>|]/;

/**
 * The name of a file as its sender gave it, percent-encoded UTF-8 in the header X-File-Name. It is shown and offered again,
 * never used as a path. Throws Problem ATTACHMENT_NAME_INVALID.
 */
export function readFileName(header: string | string[] | undefined): string {
  const name = decoded(typeof header === 'string' ? header : '').normalize('NFC');
  const faulty = !plainText(LONGEST_NAME).safeParse(name).success || FORBIDDEN.test(name) || name.startsWith('.') || !/\.[A-Za-z0-9]{1,8}$/.test(name);
  if (faulty) throw new Problem('ATTACHMENT_NAME_INVALID');
  return name;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Problem('ATTACHMENT_NAME_INVALID');
  }
}

/** The name for a download, in a form that every browser reads (RFC 6266). */
export function dispositionOf(name: string): string {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? '';
  return `attachment; filename="attachment${extension}"; filename*=UTF-8''${encoded}`;
}
