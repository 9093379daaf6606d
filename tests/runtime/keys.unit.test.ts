import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { currentKeyRing, keyIdOf, KeyRingError, openKeyRing, useKeyRing, type KeyRingProblem } from '../../runtime/keys';

interface RingFile {
  current: string;
  keys: Record<string, string>;
  checks?: Record<string, string>;
  hashKey: string;
}

function newPath(): string {
  return join(mkdtempSync(join(tmpdir(), 'anjie-keys-')), 'ring', 'key-ring.json');
}

function problemOf(work: () => unknown): KeyRingProblem | 'none' {
  try {
    work();
    return 'none';
  } catch (error) {
    if (error instanceof KeyRingError) return error.problem;
    throw error;
  }
}

function edit(path: string, change: (file: RingFile) => void): void {
  const file = JSON.parse(readFileSync(path, 'utf8')) as RingFile;
  change(file);
  writeFileSync(path, JSON.stringify(file));
}

test('a ring is made once, for its owner only, and opened by all', () => {
  const path = newPath();
  expect(problemOf(() => openKeyRing(path))).toBe('missingRing');
  const first = openKeyRing(path, { create: true });
  const second = openKeyRing(path, { create: true });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(dirname(path))).toEqual(['key-ring.json']);
  expect(second.decrypt(first.encrypt('示例甲')).toString()).toBe('示例甲');
  expect(second.keyedHash('990101')).toBe(first.keyedHash('990101'));
});

test('the same text is encrypted anew each time, under the current key', () => {
  const ring = openKeyRing(newPath(), { create: true });
  const [one, two] = [ring.encrypt('示例甲'), ring.encrypt('示例甲')];
  expect(one.equals(two)).toBe(false);
  expect(keyIdOf(one)).toBe(ring.currentKeyId);
  expect(ring.decrypt(ring.encrypt(Buffer.alloc(0)))).toEqual(Buffer.alloc(0));
});

test('every flipped bit of a ciphertext is noticed', () => {
  const ring = openKeyRing(newPath(), { create: true });
  const ciphertext = ring.encrypt('示例甲');
  for (let bit = 0; bit < ciphertext.length * 8; bit += 1) {
    const changed = Buffer.from(ciphertext);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(['damagedCiphertext', 'unknownKey']).toContain(problemOf(() => ring.decrypt(changed)));
  }
  for (let length = 0; length < ciphertext.length; length += 1) {
    expect(problemOf(() => ring.decrypt(ciphertext.subarray(0, length)))).toBe('damagedCiphertext');
  }
});

test('after a rotation old ciphertexts are read, new ones use the new key, and other processes learn it from the file', () => {
  const path = newPath();
  const [ours, theirs] = [openKeyRing(path, { create: true }), openKeyRing(path)];
  const before = ours.encrypt('before');
  const oldKey = ours.currentKeyId;
  const prepared = ours.addKey();
  expect(ours.currentKeyId).toBe(oldKey);
  expect(ours.rotate(prepared)).toBe(prepared);
  const after = ours.encrypt('after');
  expect(keyIdOf(after)).toBe(prepared);
  expect([theirs.decrypt(before), theirs.decrypt(after)].map(String)).toEqual(['before', 'after']);
  expect(theirs.keyIds).toEqual([oldKey, prepared]);
  expect(theirs.keyedHash('x')).toBe(ours.keyedHash('x'));
  expect(problemOf(() => ours.rotate('no-such-key'))).toBe('unknownKey');
  writeFileSync(`${path}.lock`, '');
  expect(problemOf(() => ours.rotate())).toBe('rotationUnderWay');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

describe('a damaged ring', () => {
  // what                                                                                                    problem          names the key
  test.each<[string, (file: RingFile) => void, KeyRingProblem, boolean]>([
    ['key too short',                   (file) => { file.keys[file.current] = 'AAAA'; },                        'damagedKey',    true],
    ['key of the right length, changed', (file) => { file.keys[file.current] = Buffer.alloc(32).toString('base64'); }, 'damagedKey', true],
    ['key not base64',                  (file) => { file.keys[file.current] = '!'.repeat(44); },                'damagedKey',    true],
    ['current key gone',                (file) => { delete file.keys[file.current]; },                          'unknownKey',    true],
    ['no keys',                         (file) => { Object.assign(file, { keys: null }); },                     'damagedRing',   false],
    ['no hash key',                     (file) => { Object.assign(file, { hashKey: undefined }); },             'damagedRing',   false],
    ['hash key too short',              (file) => { file.hashKey = 'AAAA'; },                                   'damagedKey',    false],
  ])('%s', (_, change, problem, namesKey) => {
    const path = newPath();
    const keyId = openKeyRing(path, { create: true }).currentKeyId;
    edit(path, change);
    const error = (() => {
      try {
        return openKeyRing(path);
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toMatchObject({ problem });
    expect((error as Error).message.includes(keyId)).toBe(namesKey);
  });

  test('not JSON', () => {
    const path = newPath();
    openKeyRing(path, { create: true });
    writeFileSync(path, '{"current":');
    expect(problemOf(() => openKeyRing(path))).toBe('damagedRing');
    chmodSync(path, 0o600);
  });

  test('prove notices what happened to the file since it was opened', () => {
    const path = newPath();
    const ring = openKeyRing(path, { create: true });
    ring.prove();
    edit(path, (file) => {
      file.keys[file.current] = Buffer.alloc(32, 1).toString('base64');
    });
    expect(problemOf(() => ring.prove())).toBe('damagedKey');
  });

  test('a ring without checks, as written by hand, is accepted', () => {
    const path = newPath();
    const ring = openKeyRing(path, { create: true });
    const ciphertext = ring.encrypt('x');
    edit(path, (file) => {
      delete file.checks;
    });
    expect(openKeyRing(path).decrypt(ciphertext).toString()).toBe('x');
  });

  test('a ciphertext of a key that this ring lacks names that key', () => {
    const ciphertext = openKeyRing(newPath(), { create: true }).encrypt('x');
    const stranger = openKeyRing(newPath(), { create: true });
    expect(() => stranger.decrypt(ciphertext)).toThrow(keyIdOf(ciphertext));
  });
});

test('the ring in use is set by the process', () => {
  useKeyRing(undefined);
  expect(problemOf(() => currentKeyRing())).toBe('noRingInUse');
  const ring = openKeyRing(newPath(), { create: true });
  useKeyRing(ring);
  expect(currentKeyRing()).toBe(ring);
});
