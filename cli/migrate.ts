import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** `npm run migrate -- up|status|down`: the migration tool of store/; without a word it applies what is pending. */
const given = process.argv.slice(2);
const words = given.length > 0 ? given : ['up'];
const result = spawnSync(process.execPath, [path.resolve('dist', 'store', 'migrate.js'), ...words], { stdio: 'inherit' });
process.exitCode = result.status ?? 1;
