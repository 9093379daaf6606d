import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** Something that a Markdown file names and that is not there. */
export interface MissingName {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly why: string;
}

const LINK = /\]\(([^)\s]+)\)/g;
const NPM_RUN = /npm (?:run (?:-s |--silent )?([a-z][\w:-]*)|(test|start)\b)/g;
const CODE = /`([^`\n]+)`/g;

/**
 * Finds every relative link, every path in inline code and every npm script that a Markdown file names but that does not
 * exist. `<name>`, `…`, `*` and `{a}` in a path stand for something the reader fills in.
 */
export function missingNames(file: string, text: string, root: string, scripts: ReadonlySet<string>): MissingName[] {
  const top = new Set(fs.readdirSync(root));
  const missing: MissingName[] = [];
  text.split('\n').forEach((content, index) => {
    const note = (name: string, why: string): void => void missing.push({ file, line: index + 1, name, why });
    for (const [, target = ''] of content.matchAll(LINK)) {
      if (/^(https?:|mailto:|#)/.test(target)) continue;
      const place = path.resolve(root, path.dirname(file), decodeURI(target.split('#')[0] ?? ''));
      if (!fs.existsSync(place)) note(target, 'no such file');
    }
    for (const [, code = ''] of content.matchAll(CODE)) {
      const name = pathIn(code, top);
      if (name && !fs.existsSync(path.join(root, name))) note(name, 'no such path');
    }
    for (const [, script = '', short = ''] of content.matchAll(NPM_RUN)) {
      if (!scripts.has(script || short)) note(`npm run ${script || short}`, 'no such script');
    }
  });
  return missing;
}

/** Inline code that is a path of ours: it starts with one of the repository's folders, and not one that is made by a run. */
function pathIn(code: string, top: ReadonlySet<string>): string | undefined {
  const word = /^[\w.@/-]+$/.test(code) ? code.replace(/\/$/, '') : undefined;
  const [first = '', ...rest] = word?.split('/') ?? [];
  const generated = ['data', 'dist', 'node_modules'].includes(first);
  return word && rest.length > 0 && top.has(first) && !generated ? word : undefined;
}

/** All Markdown files that git knows or would add. */
export function markdownFiles(root: string): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '*.md', '**/*.md'];
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
  return [...new Set(listed)].filter((file) => fs.existsSync(path.join(root, file)));
}
