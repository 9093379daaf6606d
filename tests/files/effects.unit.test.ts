import { createHash } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archiveFile, inspectArrival, listArrivals } from '../../activities/files/take-file';
import { writeWithReady, type Write } from '../../activities/files/write-aside';
import { readyText } from '../../domain/files/ready-file';
import { shippedFormat } from '../../schemas/files/load-formats';
import { inPieces } from './support';

const fixed = shippedFormat('gbk-fixed-1');
const NAME = 'ZJ_ZG_990100_19901000000_202611_20261122_000001.txt';
const CONTENT = Buffer.alloc(150_000, 'H1.00ZJ');
const SM3 = createHash('sm3').update(CONTENT).digest('hex');
const ready = ({ bytes, sm3 }: { bytes: number; sm3: string }): string => readyText({ bytes, rows: 1, amount: 5, sm3 }, fixed);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anjie-tax-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (content = CONTENT, how?: Write) => writeWithReady(folder, NAME, inPieces(content, 10_000), ready, how);
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: unknown) => `${(error as { type?: string }).type ?? String(error)}${(error as { nonRetryable?: boolean }).nonRetryable ? '' : ', again'}`,
  );
const full = (after: number): Write => {
  let written = 0;
  return async (handle, chunk) => {
    written += chunk.length;
    if (written > after) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    await handle.writeFile(chunk);
  };
};

describe('writing', () => {
  test('a file stands whole, with its .ok; once more changes nothing', async () => {
    expect(await write()).toEqual({ bytes: CONTENT.length, sm3: SM3, stood: false });
    expect((await readdir(folder)).sort()).toEqual([NAME, `${NAME}.ok`]);
    expect((await readFile(join(folder, NAME))).equals(CONTENT)).toBe(true);
    expect(await readFile(join(folder, `${NAME}.ok`), 'utf8')).toBe(`bytes=150000\nrows=1\namount=5\nsm3=${SM3}\n`);
    expect(await write()).toMatchObject({ stood: true });
  });

  test.each([['at once', 0], ['in the middle', 75_000], ['while the .ok is written', 150_000]])('a full disk %s leaves nothing half-done', async (_, after) => {
    expect(await codeOf(write(CONTENT, full(after)))).toBe('FILE_DISK_FULL, again');
    const left = await readdir(folder);
    expect(left).toEqual(after < CONTENT.length ? [] : [NAME]);
    expect(await listArrivals(folder, fixed)).toEqual([]);
    expect((await write()).sm3).toBe(SM3);
    expect(await inspectArrival(folder, NAME, fixed)).toMatchObject({ state: 'whole' });
  });

  test('an error of the source leaves nothing either', async () => {
    const broken = (async function* () {
      yield CONTENT;
      throw new Error('the rows ended');
    })();
    await expect(writeWithReady(folder, NAME, broken, ready)).rejects.toThrow('the rows ended');
    expect(await readdir(folder)).toEqual([]);
  });

  test('a finished file is never overwritten; one without .ok is', async () => {
    await write(Buffer.from('of an attempt that was killed'));
    await rm(join(folder, `${NAME}.ok`));
    await write();
    expect(await codeOf(write(Buffer.from('other')))).toBe('FILE_NAME_TAKEN');
    expect((await readFile(join(folder, NAME))).equals(CONTENT)).toBe(true);
    expect((await readdir(folder)).length).toBe(2);
  });

  test('what a killed attempt left is removed when it is old', async () => {
    for (const [name, age] of [['old', 7_200], ['new', 10]] as const) {
      const path = join(folder, `.${NAME}.${name}.part`);
      await writeFile(path, 'half');
      await utimes(path, Date.now() / 1000 - age, Date.now() / 1000 - age);
    }
    await write();
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([`.${NAME}.new.part`]);
  });

  test.each(['../x.txt', '/etc/passwd', 'a/b.txt', '..', '.x.txt', 'a\\b.txt', 'a\0.txt', '', `${'a'.repeat(300)}.txt`])('the name %j is refused', async (name) => {
    expect(await codeOf(writeWithReady(folder, name, inPieces(CONTENT), ready))).toBe('FILE_PATH_REFUSED');
  });

  test('a link and a folder are refused', async () => {
    await writeFile(join(folder, 'other'), 'mine');
    await symlink(join(folder, 'other'), join(folder, NAME));
    await mkdir(join(folder, 'folder.txt'));
    expect(await codeOf(write())).toBe('FILE_PATH_REFUSED');
    expect(await codeOf(inspectArrival(folder, NAME, fixed))).toBe('FILE_PATH_REFUSED');
    expect(await codeOf(inspectArrival(folder, 'folder.txt', fixed))).toBe('FILE_PATH_REFUSED');
    expect(await readFile(join(folder, 'other'), 'utf8')).toBe('mine');
  });
});

describe('taking', () => {
  const path = () => join(folder, NAME);
  const okay = (change: object = {}) => writeFile(`${path()}.ok`, readyText({ bytes: CONTENT.length, rows: 1, amount: 5, sm3: SM3, ...change }, fixed));

  test('a file is not there until it is whole', async () => {
    expect(await inspectArrival(folder, NAME, fixed)).toEqual({ state: 'waiting', reason: 'absent' });
    await writeFile(path(), CONTENT.subarray(0, 100));
    expect(await inspectArrival(folder, NAME, fixed)).toEqual({ state: 'waiting', reason: 'noReady' });
    expect(await listArrivals(folder, fixed)).toEqual([]);
    await okay();
    expect(await inspectArrival(folder, NAME, fixed)).toEqual({ state: 'waiting', reason: 'short' });
    await appendFile(path(), CONTENT.subarray(100));
    expect(await listArrivals(folder, fixed)).toEqual([NAME]);
    expect(await inspectArrival(folder, NAME, fixed)).toMatchObject({ state: 'whole', bytes: CONTENT.length, sm3: SM3 });
  });

  test('a file that is not what its .ok says is refused', async () => {
    await writeFile(path(), CONTENT);
    await okay({ sm3: '0'.repeat(64) });
    expect(await inspectArrival(folder, NAME, fixed)).toMatchObject({ state: 'refused', code: 'FILE_READY_DIFFERS', message: '内容与 .ok 不符' });
    await okay({ bytes: 5 });
    expect(await inspectArrival(folder, NAME, fixed)).toMatchObject({ state: 'refused', message: '长度与 .ok 不符' });
    for (const text of ['', 'bytes=x', `bytes=1e9\nrows=1\namount=1\nsm3=${SM3}`, 'x'.repeat(10_000)]) {
      await writeFile(`${path()}.ok`, text);
      expect(await inspectArrival(folder, NAME, fixed)).toMatchObject({ state: 'refused', message: '.ok 不能识别' });
    }
  });

  test('the archive keeps every file, goes on after a crash, and overwrites nothing', async () => {
    const archive = join(folder, 'archive', '20261122');
    await write();
    const kept = await archiveFile(folder, NAME, archive, SM3);
    expect(await archiveFile(folder, NAME, archive, SM3)).toBe(kept);
    const other = Buffer.from('other content under the same name');
    await write(other);
    await archiveFile(folder, NAME, archive, createHash('sm3').update(other).digest('hex'));
    expect((await readdir(archive)).length).toBe(4);
    expect((await readFile(kept)).equals(CONTENT)).toBe(true);
    expect(await listArrivals(folder, fixed)).toEqual([]);
  });
});
