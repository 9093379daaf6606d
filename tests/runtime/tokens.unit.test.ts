import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT, exportJWK, generateKeyPair, importJWK } from 'jose';
import { type Tokens, openTokens } from '../../runtime/tokens';

const AUDIENCE = 'anjie';
const request = { sub: 'u1', name: '示例经办', institution: 'H99000000001', roles: ['clerk'], expiresIn: '1h' } as const;

let directory: string;
let tokens: Tokens;
const settings = () => ({ dataDir: directory, tokens: { jwksUrl: null, issuer: 'anjie-dev', audience: AUDIENCE } });

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'anjie-tokens-'));
  tokens = await openTokens(settings());
});
afterEach(() => rmSync(directory, { recursive: true }));

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = { sub: 'u1', iss: 'anjie-dev', aud: AUDIENCE, exp: Math.floor(Date.now() / 1000) + 3600 };

describe('development issuer', () => {
  test('a token tells who, where and which roles', async () => {
    const identity = await tokens.verifyToken(await tokens.issueDevToken(request), { audience: AUDIENCE });
    expect(identity).toMatchObject({ sub: 'u1', name: '示例经办', institution: 'H99000000001', roles: ['clerk'] });
    expect(identity.expiresAt).toBeGreaterThan(Date.now() + 3500_000);
  });

  test('the key file is private and shared by processes that start at once', async () => {
    rmSync(join(directory, 'dev-issuer.json'));
    const all = await Promise.all(Array.from({ length: 6 }, () => openTokens(settings())));
    expect(statSync(join(directory, 'dev-issuer.json')).mode & 0o777).toBe(0o600);
    const token = await all[0]!.issueDevToken(request);
    for (const each of all) await expect(each.verifyToken(token, { audience: AUDIENCE })).resolves.toMatchObject({ sub: 'u1' });
  });

  test('expired', async () => {
    const token = await tokens.issueDevToken({ ...request, expiresIn: -60 });
    await expect(tokens.verifyToken(token, { audience: AUDIENCE })).rejects.toMatchObject({ problem: 'expired' });
  });

  test('other audience', async () => {
    const token = await tokens.issueDevToken({ ...request, audience: 'elsewhere' });
    await expect(tokens.verifyToken(token, { audience: AUDIENCE })).rejects.toMatchObject({ problem: 'wrongAudience' });
  });

  test('wrong issuer, though signed by the right key', async () => {
    const key = await importJWK(JSON.parse(readFileSync(join(directory, 'dev-issuer.json'), 'utf8')) as object, 'ES256');
    const token = await new SignJWT({ ...claims, iss: 'someone' }).setProtectedHeader({ alg: 'ES256' }).sign(key);
    await expect(tokens.verifyToken(token, { audience: AUDIENCE })).rejects.toMatchObject({ problem: 'wrongIssuer' });
  });

  test('no end of life', async () => {
    const key = await importJWK(JSON.parse(readFileSync(join(directory, 'dev-issuer.json'), 'utf8')) as object, 'ES256');
    const { exp: _exp, ...endless } = claims;
    const token = await new SignJWT(endless).setProtectedHeader({ alg: 'ES256' }).sign(key);
    await expect(tokens.verifyToken(token, { audience: AUDIENCE })).rejects.toMatchObject({ problem: 'malformed' });
  });

  test('another key', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(privateKey);
    await expect(tokens.verifyToken(token, { audience: AUDIENCE })).rejects.toMatchObject({ problem: 'badSignature' });
  });

  test('algorithm none', async () => {
    const token = `${base64url({ alg: 'none' })}.${base64url(claims)}.`;
    await expect(tokens.verifyToken(token, { audience: AUDIENCE })).rejects.toMatchObject({ name: 'TokenError' });
  });

  test('HS256 with the public key as secret', async () => {
    const jwk = JSON.parse(readFileSync(join(directory, 'dev-issuer.json'), 'utf8')) as { x: string };
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(jwk.x.padEnd(64, 'x')));
    await expect(tokens.verifyToken(token, { audience: AUDIENCE })).rejects.toMatchObject({ name: 'TokenError' });
  });

  test.each(['', 'x', 'a.b.c', '示例'])('garbage %p', async (token) => {
    await expect(tokens.verifyToken(token, { audience: AUDIENCE })).rejects.toMatchObject({ problem: 'malformed' });
  });
});

describe('identity provider', () => {
  test('its tokens count, those of the development issuer do not, and none are issued here', async () => {
    const devToken = await tokens.issueDevToken(request);
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] });
    const server = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(jwks));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    try {
      const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
      const remote = await openTokens({ dataDir: directory, tokens: { jwksUrl, issuer: 'https://id.example', audience: AUDIENCE } });
      const good = await new SignJWT({ ...claims, iss: 'https://id.example' }).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(privateKey);
      await expect(remote.verifyToken(good, { audience: AUDIENCE })).resolves.toMatchObject({ sub: 'u1', roles: [] });
      await expect(remote.verifyToken(devToken, { audience: AUDIENCE })).rejects.toMatchObject({ name: 'TokenError' });
      await expect(remote.issueDevToken(request)).rejects.toThrow('development issuer is off');
    } finally {
      server.close();
    }
  });

  test('an unreachable provider is not the token at fault', async () => {
    const remote = await openTokens({
      dataDir: directory,
      tokens: { jwksUrl: 'http://127.0.0.1:9/jwks', issuer: 'https://id.example', audience: AUDIENCE },
    });
    const { privateKey } = await generateKeyPair('RS256');
    const token = await new SignJWT({ ...claims, iss: 'https://id.example' }).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
    await expect(remote.verifyToken(token, { audience: AUDIENCE })).rejects.toMatchObject({ problem: 'keysUnavailable' });
  });
});
