import fc from 'fast-check';
import { unzipOne, zipOne } from '../../domain/files/zip';

/** Three hundred bytes as `a.txt`, packed by Python's zipfile. */
const STORED =
  'UEsDBBQAAAAAAAAAIVyEuMTQLAEAACwBAAAFAAAAYS50eHRhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNh' +
    'YmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNh' +
    'YmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNh' +
    'YmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNh' +
    'YmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNhYmNQSwECFAMUAAAAAAAAACFchLjE0CwBAAAsAQAABQAAAAAAAAAAAAAA' +
    'gAEAAAAAYS50eHRQSwUGAAAAAAEAAQAzAAAATwEAAAAA';
const DEFLATED =
  'UEsDBBQAAAAIAAAAIVyEuMTQCQAAACwBAAAFAAAAYS50eHRLTEpOHEXEIQBQSwECFAMUAAAACAAAACFchLjE0AkAAAAsAQAABQAA' +
    'AAAAAAAAAAAAgAEAAAAAYS50eHRQSwUGAAAAAAEAAQAzAAAALAAAAAAA';

describe('zip of one file', () => {
  test('what was packed comes out again, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.stringMatching(/^[^/\\]{1,20}$/), (bytes, name) => {
        const out = unzipOne(zipOne({ name, content: Buffer.from(bytes) }), 5000);
        expect(out.content.equals(Buffer.from(bytes))).toBe(true);
        expect(out.name).toBe(Buffer.from(name, 'utf8').toString('utf8'));
      }),
    );
  });

  test('the same file gives the same bytes', () => {
    const entry = { name: 'a.txt', content: Buffer.from('对账'.repeat(100)) };
    expect(zipOne(entry).equals(zipOne(entry))).toBe(true);
  });

  test.each([
    ['stored', STORED],
    ['deflated', DEFLATED],
  ])('reads what another program packed, %s', (_how, archive) => {
    expect(unzipOne(Buffer.from(archive, 'base64'), 1000)).toEqual({ name: 'a.txt', content: Buffer.from('abc'.repeat(100)) });
  });

  test.each<[string, (good: Buffer) => Buffer, RegExp]>([
    ['no archive', () => Buffer.from('hello'), /not a zip/],
    ['nothing', () => Buffer.alloc(0), /not a zip/],
    ['cut off', (good) => good.subarray(0, good.length - 10), /not a zip/],
    ['cut at the front', (good) => good.subarray(20), /damaged|checksum/],
    ['two files', (good) => patch(good, good.length - 12, 2), /exactly one/],
    ['wrong checksum', (good) => patch(good, good.readUInt32LE(good.length - 6) + 16, 9), /checksum/],
    ['a folder', () => zipOne({ name: '../evil.txt', content: Buffer.from('x') }), /folder/],
    ['too long', () => zipOne({ name: 'a', content: Buffer.alloc(10_001) }), /longer/],
  ])('%s is refused', (_what, spoil, reason) => {
    const good = zipOne({ name: 'a.txt', content: Buffer.from('content '.repeat(50)) });
    expect(() => unzipOne(spoil(good), 10_000)).toThrow(reason);
  });

  test('a bomb that lies about its length stops at the limit', () => {
    const good = zipOne({ name: 'a', content: Buffer.alloc(1_000_000) });
    const lying = Buffer.from(good);
    lying.writeUInt32LE(10, good.readUInt32LE(good.length - 6) + 24);
    expect(() => unzipOne(lying, 1000)).toThrow(RangeError);
  });

  test('random bytes never do anything but throw RangeError', () => {
    const good = zipOne({ name: 'a.txt', content: Buffer.from('content '.repeat(50)) });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, value) => {
        const spoiled = patch(good, at, value);
        try {
          unzipOne(spoiled, 10_000);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

function patch(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = value;
  return copy;
}
