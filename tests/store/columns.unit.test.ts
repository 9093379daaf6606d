import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  decimalTextTransformer,
  encryptedJsonTransformer,
  encryptedTextTransformer,
  epochMsTransformer,
  fenOf,
  fenTransformer,
  integerOf,
  integerTransformer,
  jsonTransformer,
} from '../../store/columns';
import { openKeyRing, useKeyRing } from '../../runtime/keys';

beforeAll(() => {
  useKeyRing(openKeyRing(join(mkdtempSync(join(tmpdir(), 'anjie-columns-')), 'ring.json'), { create: true }));
});

const TRANSFORMERS = {
  fen: fenTransformer,
  integer: integerTransformer,
  epochMs: epochMsTransformer,
  decimal: decimalTextTransformer,
  json: jsonTransformer,
  secretText: encryptedTextTransformer,
  secretJson: encryptedJsonTransformer,
} as const;
type Name = keyof typeof TRANSFORMERS;

describe('values that a column refuses', () => {
  test.each<[Name, 'to' | 'from', unknown]>([
    ['fen', 'to', 2 ** 53],
    ['fen', 'to', -(2 ** 53)],
    ['fen', 'to', 1.5],
    ['fen', 'to', '100'],
    ['fen', 'to', Number.NaN],
    ['fen', 'from', '9007199254740992'],
    ['fen', 'from', 2 ** 53],
    ['fen', 'from', '12.00'],
    ['fen', 'from', ''],
    ['fen', 'from', true],
    ['integer', 'to', '1'],
    ['integer', 'from', '1e3'],
    ['epochMs', 'to', -1],
    ['epochMs', 'to', new Date(0)],
    ['decimal', 'to', 38.765],
    ['decimal', 'to', '1e3'],
    ['decimal', 'from', 38],
    ['json', 'to', 'text'],
    ['json', 'from', '"text"'],
    ['secretText', 'to', 5],
    ['secretText', 'from', 'plain text'],
    ['secretJson', 'to', 'text'],
  ])('%s %s %p', (name, direction, value) => {
    expect(() => TRANSFORMERS[name][direction](value)).toThrow(/./);
  });
});

describe('values that come back as they went in', () => {
  test.each<[Name, unknown]>([
    ['fen', 9007199254740991],
    ['fen', -15506],
    ['integer', 0],
    ['epochMs', 1767196800123],
    ['decimal', '38.765'],
    ['decimal', '-1.0000'],
    ['json', { b: [1, '二'] }],
    ['secretText', '示例甲 😀'],
    ['secretText', ''],
    ['secretJson', { name: '示例甲', rows: [1] }],
    ['fen', null],
    ['secretText', null],
    ['json', undefined],
  ])('%s %p', (name, value) => {
    expect(TRANSFORMERS[name].from(TRANSFORMERS[name].to(value))).toEqual(value);
  });
});

test('integers are read alike from SQLite (numbers) and from MySQL (strings)', () => {
  expect([fenTransformer.from('-15506'), fenTransformer.from(-15506)]).toEqual([-15506, -15506]);
  expect([integerOf('17'), integerOf(17), fenOf('0'), fenOf(null)]).toEqual([17, 17, 0, 0]);
  expect(() => integerOf(null)).toThrow(RangeError);
});
