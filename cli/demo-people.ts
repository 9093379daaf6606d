import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { type FirstLogIn, type FirstPeople, newLogIns } from '../activities/people/set-up';
import { writeAtomically } from './launcher/data-folder';

/** Divisions and people of the demonstration; all invented. */
export function demoPeople(): FirstPeople {
  return JSON.parse(readFileSync(path.resolve('cli', 'demo', 'office-people.json'), 'utf8')) as FirstPeople;
}

/** Where the random log-ins of a data folder are kept, for the person who tries the demonstration. */
export function demoLogInsPath(dataDir: string): string {
  return path.join(dataDir, 'demo-log-ins.json');
}

/** The log-ins of a data folder: those that stand there, or new ones, which are written first (mode 0600). */
export function keepLogIns(file: string, people: FirstPeople): readonly FirstLogIn[] {
  if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { logIns: FirstLogIn[] }).logIns;
  const logIns = newLogIns(people).map((each, index) => ({ ...each, ...describe(people, index) }));
  writeAtomically(file, `${JSON.stringify({ logIns }, null, 1)}\n`, 0o600);
  return logIns;
}

function describe({ users }: FirstPeople, index: number): object {
  const { name, posts } = users[index] ?? { name: '', posts: [] };
  return { name, posts: posts.map(({ role, division }) => `${role} ${division}`) };
}
