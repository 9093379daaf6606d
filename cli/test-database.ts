import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** Where the MySQL half of the tests runs. */
export type TestDatabase = 'MYSQL_URL' | 'mariadb' | 'absent';

function installed(program: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin'];
  return folders.some((folder) => fs.existsSync(path.join(folder, program)));
}

/**
 * Finds a MySQL-compatible server for the tests: the one of MYSQL_URL, an installed MariaDB, or MariaDB from Debian's
 * packages where this is Debian and we are root.
 */
export function findTestDatabase(report: (line: string) => void): TestDatabase {
  if (process.env['MYSQL_URL']) return 'MYSQL_URL';
  if (installed('mariadbd')) return 'mariadb';
  if (process.getuid?.() !== 0 || !installed('apt-get')) return 'absent';
  report('安装 MariaDB（测试用） installing MariaDB for the tests');
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 2, 2], env });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'mariadb-server'], { stdio: ['ignore', 'ignore', 2], env });
  } catch (error) {
    report(`MariaDB 没有装成：${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
  }
  return installed('mariadbd') ? 'mariadb' : 'absent';
}
