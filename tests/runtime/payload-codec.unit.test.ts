import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApplicationFailure, defaultPayloadConverter } from '@temporalio/common';
import { decode, encode, encodeErrorToFailure, decodeOptionalFailureToOptionalError } from '@temporalio/common/lib/internal-non-workflow';
import { failureConverter } from '../../runtime/failure-converter';
import { type KeyRing, openKeyRing } from '../../runtime/keys';
import { PlainPayloadError, REFUSED_PAYLOAD, createPayloadCodec, encodingOf } from '../../runtime/payload-codec';

let directory: string;
let keyRing: KeyRing;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'anjie-codec-'));
  keyRing = openKeyRing(join(directory, 'ring.json'), { create: true });
});
afterEach(() => rmSync(directory, { recursive: true }));

function payloadOf(value: unknown) {
  const payload = defaultPayloadConverter.toPayload(value);
  if (!payload) throw new Error('no payload');
  return payload;
}

describe('payload codec', () => {
  test.each([
    ['an object', { patient: '示例甲', fen: 12345 }],
    ['null', null],
    ['undefined', undefined],
    ['bytes', new Uint8Array([0, 1, 255])],
    ['empty text', ''],
    ['a large text', '费用'.repeat(200_000)],
  ])('round trip of %s', async (_title, value) => {
    const codec = createPayloadCodec({ keyRing, plain: 'throw' });
    const encoded = await encode([codec], [payloadOf(value)]);
    expect(encoded.map(encodingOf)).toEqual(['binary/encrypted']);
    const [decoded] = await decode([codec], encoded);
    expect(defaultPayloadConverter.fromPayload(decoded!)).toEqual(value);
  });

  test('the payload of undefined as workflow code hands it over, with a plain empty array', async () => {
    const codec = createPayloadCodec({ keyRing, plain: 'throw' });
    const handedOver = { ...payloadOf(undefined), data: [] as unknown as Uint8Array };
    const [decoded] = await decode([codec], await encode([codec], [handedOver]));
    expect(defaultPayloadConverter.fromPayload(decoded!)).toBeUndefined();
  });

  test('nothing readable is left, and equal values give different ciphertexts', async () => {
    const codec = createPayloadCodec({ keyRing, plain: 'throw' });
    const [a, b] = await codec.encode([payloadOf({ certno: '990101199003070013' }), payloadOf({ certno: '990101199003070013' })]);
    expect(Buffer.from(a!.data!).includes('990101')).toBe(false);
    expect(Buffer.from(a!.data!).equals(Buffer.from(b!.data!))).toBe(false);
    expect(Buffer.from(a!.metadata!['key-id']!).toString()).toBe(keyRing.currentKeyId);
  });

  test('rotation: old payloads open, new ones carry the new key', async () => {
    const codec = createPayloadCodec({ keyRing, plain: 'throw' });
    const before = await codec.encode([payloadOf('old')]);
    const oldKey = keyRing.currentKeyId;
    keyRing.rotate();
    const after = await codec.encode([payloadOf('new')]);
    expect(Buffer.from(after[0]!.metadata!['key-id']!).toString()).not.toBe(oldKey);
    const values = (await codec.decode([...before, ...after])).map((payload) => defaultPayloadConverter.fromPayload(payload));
    expect(values).toEqual(['old', 'new']);
  });

  test('a key that another process added is found without a restart; a missing one fails by its id, and heals', async () => {
    const other = openKeyRing(keyRing.path);
    const codec = createPayloadCodec({ keyRing, plain: 'mark' });
    const withOldKey = readFileSync(keyRing.path, 'utf8');
    const keyId = other.rotate();
    const encoded = await createPayloadCodec({ keyRing: other, plain: 'throw' }).encode([payloadOf(1)]);
    const withNewKey = readFileSync(keyRing.path, 'utf8');
    writeFileSync(keyRing.path, withOldKey);
    await expect(codec.decode(encoded)).rejects.toMatchObject({ problem: 'unknownKey', keyId });
    writeFileSync(keyRing.path, withNewKey);
    await expect(codec.decode(encoded)).resolves.toHaveLength(1);
  });

  test('a changed ciphertext is refused', async () => {
    const codec = createPayloadCodec({ keyRing, plain: 'throw' });
    const [payload] = await codec.encode([payloadOf('x')]);
    const data = Buffer.from(payload!.data!);
    data[data.length - 1] = data[data.length - 1]! ^ 1;
    await expect(codec.decode([{ ...payload, data }])).rejects.toMatchObject({ problem: 'damagedCiphertext' });
  });

  test('clients refuse a plain payload by an error without content', async () => {
    const seen: string[] = [];
    const codec = createPayloadCodec({ keyRing, plain: 'throw', onPlain: (encoding) => seen.push(encoding) });
    const refusal = codec.decode([payloadOf({ name: '示例甲' })]);
    await expect(refusal).rejects.toBeInstanceOf(PlainPayloadError);
    await expect(refusal).rejects.toThrow('--codec-endpoint');
    await refusal.catch((error: Error) => expect(error.message).not.toContain('示例甲'));
    expect(seen).toEqual(['json/plain']);
  });

  test('workers put a mark in the place of a plain payload', async () => {
    const seen: string[] = [];
    const codec = createPayloadCodec({ keyRing, plain: 'mark', onPlain: (encoding) => seen.push(encoding) });
    const [payload] = await codec.decode([payloadOf({ commandId: 'x', payload: {} })]);
    expect(defaultPayloadConverter.fromPayload(payload!)).toEqual(REFUSED_PAYLOAD);
    expect(seen).toEqual(['json/plain']);
  });

  test('messages, stacks and details of failures are encrypted', async () => {
    const converter = {
      payloadConverter: defaultPayloadConverter,
      failureConverter,
      payloadCodecs: [createPayloadCodec({ keyRing, plain: 'throw' })],
    };
    const error = ApplicationFailure.create({ message: '病人示例甲', type: 'Refused', details: [{ certno: '990101199003070013' }] });
    const failure = await encodeErrorToFailure(converter, error);
    expect(JSON.stringify(failure)).not.toMatch(/示例甲|990101|payload-codec\.unit/);
    const back = await decodeOptionalFailureToOptionalError(converter, failure);
    expect(back).toMatchObject({ message: '病人示例甲', type: 'Refused', details: [{ certno: '990101199003070013' }] });
  });
});
