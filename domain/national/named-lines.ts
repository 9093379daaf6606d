const WORD = /[0-9A-Za-z_-]/;

/**
 * Which of these fee lines (feedetl_sn) a platform's text names, as whole words: `A1` is not named by `A10`. Platforms name
 * the lines that they refuse in words only.
 */
export function namedLines(text: string, feedetlSns: readonly string[]): string[] {
  return feedetlSns.filter((sn) => isNamed(text, sn));
}

/** What a text says of one line: the clause that names it, or all of it. */
export function reasonFor(text: string, feedetlSn: string): string {
  const clause = text.split(/[；;\n]/).find((part) => isNamed(part, feedetlSn));
  return (clause ?? text).trim();
}

function isNamed(text: string, sn: string): boolean {
  if (sn === '') return false;
  for (let at = text.indexOf(sn); at >= 0; at = text.indexOf(sn, at + 1)) {
    if (!WORD.test(text.charAt(at - 1)) && !WORD.test(text.charAt(at + sn.length))) return true;
  }
  return false;
}
