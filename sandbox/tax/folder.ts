import { copyFile, mkdir, open, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { formatDateTime } from '../../domain/calendar';
import { parseFileName, READY_SUFFIX } from '../../domain/files/file-name';
import { MOST_READY_BYTES } from '../../domain/files/ready-file';
import { sql } from '../kit/books';
import { NotTaken, takeFile, waitingPath } from './arrivals';
import type { Machinery } from './machinery';
import { outPath, writeAside } from './outgoing';
import type { Listed } from './shelf';

/** Names that the bureau writes to and reads from, inside the exchange folder. `refused/` keeps what could not be taken. */
const [IN, OUT, REFUSED] = ['in', 'out', 'refused'] as const;

/** Takes every file in `in/` that has its `.ok`. One that cannot be taken goes to `refused/`, its reason beside it. */
export async function lookIntoFolder(machinery: Machinery): Promise<void> {
  const { folder, format, faults, clock } = machinery;
  if (folder === null) return;
  for (const name of [IN, OUT, REFUSED]) await mkdir(join(folder, name), { recursive: true });
  const names = new Set(await readdir(join(folder, IN)));
  const whole = [...names].filter((name) => !name.endsWith(READY_SUFFIX) && !name.startsWith('.') && names.has(name + READY_SUFFIX)).sort();
  for (const name of whole) {
    const [path, okPath] = [join(folder, IN, name), join(folder, IN, name + READY_SUFFIX)];
    const item = parseFileName(name, format)?.item ?? '';
    const refuse = faults.fire({ at: 'send', item, name, time: formatDateTime(clock.now()) }).find(({ kind }) => kind === 'refuse');
    try {
      if ((await stat(okPath)).size > MOST_READY_BYTES) throw new NotTaken(422, 'WJ0015', '.ok 过长');
      const ok = await readFile(okPath, 'utf8');
      if (item === '') throw new NotTaken(422, 'WJ0001');
      await copyFile(path, waitingPath(machinery, name));
      await takeFile(machinery, name, ok, refuse && (refuse.text ?? '系统维护，暂不受理'));
      // The `.ok` goes first: what has none is not taken again.
      await rename(okPath, join(machinery.dataDir, 'incoming', `.${name}${READY_SUFFIX}`));
      await rename(path, join(machinery.dataDir, 'incoming', `.${name}`));
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      await writeFile(join(folder, REFUSED, `${name}.txt`), `${error.code} ${error.message}\n`);
      await rename(okPath, join(folder, REFUSED, name + READY_SUFFIX));
      await rename(path, join(folder, REFUSED, name));
    }
  }
}

/** Puts files that were shown into `out/`, each with its `.ok` last; a half one has none. */
export async function putIntoFolder(machinery: Machinery, listed: readonly Listed[]): Promise<void> {
  const { folder, books } = machinery;
  if (folder === null) return;
  for (const { file, name, ready } of listed) {
    const path = join(folder, OUT, name);
    const made = sql<[number], { bytes: number; ready: string }>(books.db, 'SELECT bytes, ready FROM out_file WHERE id = ?').get(file);
    if (!made) continue;
    if (ready) {
      await writeAside(path, createReadStream(outPath(machinery, file)));
      await writeAside(path + READY_SUFFIX, only(made.ready));
      continue;
    }
    await writeFile(path, '');
    const handle = await open(path, 'w');
    for await (const chunk of createReadStream(outPath(machinery, file), { end: Math.floor(made.bytes / 2) - 1 })) await handle.writeFile(chunk as Buffer);
    await handle.close();
  }
}

async function* only(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text, 'utf8');
}
