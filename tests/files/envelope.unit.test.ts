import { createHash, createCipheriv } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import { opened, sealed, signatureHolds, SM2_USER_ID } from '../../domain/files/envelope';
import { FileProblem } from '../../domain/files/problems';
import { inPieces } from './support';

/** Made once by the Python package gmssl 3.2.2: sign_with_sm3 with k 6cb28d99…f96f, sm3_hash, crypt_cbc. The key is an example for tests only. */
const VECTOR = {
  privateKey: '128b2fa8bd433c6c068c8d803dff79792a519a55171b1b650c23661d15897263',
  publicKey: '04d5548c7825cbb56150a3506cd57464af8a1ae0519dfaf3c58221dc810caf28dd921073768fe3d59ce54e79a49445cf73fed23086537027264d168946d479533e',
  message: 'd2bdb1a3d5f7bcaf20d2bdb1a3d5f7bcaf20d2bdb1a3d5f7bcaf2030313233343536373839',
  signature: 'fcde0fa34b7d5b6182ce3884b2ad06e50b16385e7e1b629695b6c9040b0097041035d31ce83aecd43ddd4d7de9df8e0628a84a9c3d5611f5612dffba0e21a95e',
  sm3: '83beb48960bd360a8903a85c47583bd1a0fb31ae3f2ba070fa9eba99c974203a',
  sm4Key: '0123456789abcdeffedcba9876543210',
  iv: '000102030405060708090a0b0c0d0e0f',
  cipherText: '2bdce0430af51c4a8c7a1c94ae41f3d6ff23c026d60c4e0c6a899325e0fb9ceb4d213299d4143fa108d8d117b771790a',
};
const message = Buffer.from(VECTOR.message, 'hex');
const keys = { sm4Key: Buffer.from(VECTOR.sm4Key, 'hex'), privateKey: VECTOR.privateKey, publicKey: VECTOR.publicKey };

async function whole(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}

async function codeOf(bytes: Buffer, change: Partial<typeof keys> = {}): Promise<string> {
  return whole(opened(inPieces(bytes, 50), { ...keys, ...change })).then(
    () => 'opened',
    (error: unknown) => (error instanceof FileProblem ? error.code : String(error)),
  );
}

test('hash, cipher and signature are those of another implementation', async () => {
  const envelope = await whole(sealed(inPieces(message, 5), keys, Buffer.from(VECTOR.iv, 'hex')));
  expect(envelope.subarray(5, 21).toString('hex')).toBe(VECTOR.iv);
  expect(envelope.subarray(21, -96).toString('hex')).toBe(VECTOR.cipherText);
  expect(envelope.subarray(-96, -64).toString('hex')).toBe(VECTOR.sm3);
  const digest = createHash('sm3').update(sm2.getZ(VECTOR.publicKey, SM2_USER_ID)).update(message).digest();
  expect(signatureHolds(digest, VECTOR.signature, VECTOR.publicKey)).toBe(true);
  // Made by us and checked as a whole message by the library, which hashes in its own way.
  expect(sm2.doVerifySignature(message, envelope.subarray(-64).toString('hex'), VECTOR.publicKey, { hash: true, userId: SM2_USER_ID })).toBe(true);
});

test.each([0, 1, 15, 16, 17, 602, 200_000])('%i bytes come back, in pieces of any size', async (length) => {
  const plain = Buffer.alloc(length, 'H1.00ZJ');
  const envelope = await whole(sealed(inPieces(plain, 1000), keys));
  for (const size of [7, 96, 4096]) {
    if (length > 1000 && size === 7) continue;
    expect((await whole(opened(inPieces(envelope, size), keys))).equals(plain)).toBe(true);
  }
});

describe('what is not whole or not theirs is refused', () => {
  let good: Buffer;
  beforeAll(async () => {
    good = await whole(sealed(inPieces(message), keys, Buffer.from(VECTOR.iv, 'hex')));
  });
  const flipped = (at: number) => {
    const bytes = Buffer.from(good);
    bytes[at < 0 ? bytes.length + at : at]! ^= 1;
    return bytes;
  };
  const withSignature = (hex: string) => Buffer.concat([good.subarray(0, -64), Buffer.from(hex, 'hex')]);

  test('nothing, a plain file, a cut file', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('H1.00ZJ'.repeat(40)), good.subarray(0, 60), good.subarray(0, -1), good.subarray(0, -16)]) {
      expect(['FILE_ENVELOPE_INVALID', 'FILE_DECRYPT_FAILED']).toContain(await codeOf(bytes));
    }
    expect(await codeOf(good.subarray(0, -1))).toBe('FILE_ENVELOPE_INVALID');
  });

  test('another key, another mode, a changed byte', async () => {
    expect(await codeOf(good, { sm4Key: Buffer.alloc(16) })).toBe('FILE_DECRYPT_FAILED');
    const ecb = createCipheriv('sm4-ecb', keys.sm4Key, null);
    expect(await codeOf(Buffer.concat([good.subarray(0, 21), ecb.update(message), ecb.final(), good.subarray(-96)]))).toBe('FILE_DECRYPT_FAILED');
    expect(await codeOf(flipped(25))).toBe('FILE_DECRYPT_FAILED');
    expect(await codeOf(flipped(-90))).toBe('FILE_DECRYPT_FAILED');
  });

  test('a signature of somebody else, of nobody, or with r or s out of range', async () => {
    expect(await codeOf(flipped(-1))).toBe('FILE_SIGNATURE_INVALID');
    expect(await codeOf(good, { publicKey: sm2.getPublicKeyFromPrivateKey('2'.padStart(64, '0')) })).toBe('FILE_SIGNATURE_INVALID');
    for (const hex of ['0'.repeat(128), '0'.repeat(64) + VECTOR.signature.slice(64), VECTOR.signature.slice(0, 64) + '0'.repeat(64), 'f'.repeat(128)]) {
      expect(await codeOf(withSignature(hex))).toBe('FILE_SIGNATURE_INVALID');
    }
    // The signature of the vector is of the same message by another k: good.
    expect(await codeOf(withSignature(VECTOR.signature))).toBe('opened');
  });

  test('a signature under another user id', async () => {
    const other = sm2.doSignature(message, VECTOR.privateKey, { hash: true, publicKey: VECTOR.publicKey, userId: 'somebody' });
    expect(await codeOf(withSignature(other))).toBe('FILE_SIGNATURE_INVALID');
  });
});
