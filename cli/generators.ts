import path from 'node:path';

/** A program that writes files which are checked in; with `--check` it compares instead and exits with 1 on a difference. */
export interface Generator {
  readonly name: string;
  readonly script: string;
}

export const GENERATORS: readonly Generator[] = [
  { name: '国家交易 national transactions', script: path.resolve('dist', 'schemas', 'national', 'generate.js') },
];
