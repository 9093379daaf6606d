import fs from 'node:fs';
import path from 'node:path';

import { markdownFiles, missingNames } from './checks/markdown';

/** Every path, link and npm script that a Markdown file names must exist. */
const root = process.cwd();
const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const names = new Set(Object.keys(scripts));
const missing = markdownFiles(root).flatMap((file) => missingNames(file, fs.readFileSync(path.join(root, file), 'utf8'), root, names));
for (const { file, line, name, why } of missing) process.stdout.write(`${file}:${line} ${name}: ${why}\n`);
process.exitCode = missing.length > 0 ? 1 : 0;
