import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KeyRing, openKeyRing } from '../../runtime/keys';
import { createLogger } from '../../runtime/logger';
import { encryptPayload } from '../../runtime/payload-codec';
import { type Tokens, openTokens } from '../../runtime/tokens';
import { createCodecApp } from '../../workers/codec-app';

const UI = 'http://127.0.0.1:8233';
const AUDIENCE = 'anjie';

let directory: string;
let keyRing: KeyRing;
let tokens: Tokens;
let server: Server;
let base: string;
let lines: string[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'anjie-codec-server-'));
  keyRing = openKeyRing(join(directory, 'ring.json'), { create: true });
  tokens = await openTokens({ dataDir: directory, tokens: { jwksUrl: null, issuer: 'anjie-dev', audience: AUDIENCE } });
  lines = [];
  const logger = createLogger('codec-server', 'info', { write: (line) => void lines.push(line) });
  const app = createCodecApp({ keyRing, tokens, logger, audience: AUDIENCE, uiOrigins: [UI] });
  await new Promise<void>((resolve) => {
    server = app.listen(0, '127.0.0.1', () => resolve());
  });
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(directory, { recursive: true });
});

interface Wire {
  metadata: Record<string, string>;
  data: string;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const plain = (value: unknown): Wire => ({ metadata: { encoding: base64('json/plain') }, data: base64(JSON.stringify(value)) });

function encrypted(value: unknown, ring = keyRing): Wire {
  const payload = encryptPayload(ring, { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify(value)) });
  const metadata = Object.entries(payload.metadata!).map(([key, item]) => [key, Buffer.from(item!).toString('base64')]);
  return { metadata: Object.fromEntries(metadata) as Record<string, string>, data: Buffer.from(payload.data!).toString('base64') };
}

const opsToken = (roles: readonly string[] = ['ops']): Promise<string> =>
  tokens.issueDevToken({ sub: 'ops-1', name: '示例运维', institution: null, roles, expiresIn: '1h' });

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
  const response = await fetch(`${base}${path}`, { ...init, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) as { payloads: Wire[] } };
}

const clear = (wire: Wire | undefined): unknown => JSON.parse(Buffer.from(wire?.data ?? '', 'base64').toString());

describe('codec server', () => {
  test('decodes for a bearer and writes who read how many, without content', async () => {
    const token = await opsToken();
    const answer = await post('/decode?preserveStorageRefs=true', { payloads: [encrypted({ name: '示例甲' }), plain(1)] }, { authorization: `Bearer ${token}`, 'x-namespace': 'default' });
    expect(answer.status).toBe(200);
    expect(answer.json().payloads.map(clear)).toEqual([{ name: '示例甲' }, 1]);
    const audit = lines.map((line) => JSON.parse(line) as Record<string, unknown>).find((line) => line['audit'] === 'codec.decode');
    expect(audit).toMatchObject({ sub: 'ops-1', count: 2, left: 0, namespace: 'default' });
    expect(lines.join('')).not.toMatch(/示例甲|eyJ/);
  });

  test.each<[string, () => Promise<Record<string, string>>, number]>([
    ['no token', async () => ({}), 401],
    ['garbage', async () => ({ authorization: 'Bearer x' }), 401],
    ['role without the right', async () => ({ authorization: `Bearer ${await opsToken(['clerk'])}` }), 403],
    ['cookie of garbage', async () => ({ cookie: 'anjie_codec=x' }), 401],
    ['foreign origin', async () => ({ authorization: `Bearer ${await opsToken()}`, origin: 'http://evil.example' }), 403],
  ])('%s: nothing in clear', async (_title, headers, status) => {
    const answer = await post('/decode', { payloads: [encrypted({ name: '示例甲' })] }, await headers());
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain('示例甲');
    expect(answer.text).not.toContain('payloads');
    const encode = await post('/encode', { payloads: [plain(1)] }, await headers());
    expect(encode.status).toBe(status);
  });

  test('the log-in page sets a strict cookie that the Temporal UI then sends', async () => {
    const page = await fetch(`${base}/login`);
    expect(await page.text()).toContain('访问令牌');
    const form = (token: string) =>
      fetch(`${base}/login`, { method: 'POST', body: new URLSearchParams({ token }), redirect: 'manual' });
    const refused = await form('nonsense');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('set-cookie')).toBeNull();
    expect((await form(await opsToken(['clerk']))).status).toBe(403);
    const granted = await form(` ${await opsToken()}\n`);
    expect(granted.status).toBe(200);
    const cookie = granted.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^anjie_codec=eyJ[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=3\d{3}$/);
    const answer = await post('/decode', { payloads: [encrypted('甲')] }, { cookie: cookie.split(';')[0] ?? '', origin: UI });
    expect(answer.json().payloads.map(clear)).toEqual(['甲']);
    expect(answer.headers.get('access-control-allow-origin')).toBe(UI);
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
  });

  test('answers the browser that asks first', async () => {
    const options = (origin: string) => fetch(`${base}/decode`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    const allowed = await options(UI);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-headers')).toMatch(/x-namespace/);
    const other = await options('http://evil.example');
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('a payload of an unknown or broken key stays encrypted with a note, the others open', async () => {
    const foreign = openKeyRing(join(directory, 'foreign.json'), { create: true });
    const lost = encrypted('x', foreign);
    const whole = encrypted('y');
    const broken = { ...whole, data: `${whole.data.slice(0, -8)}AAAAAAA=` };
    const answer = await post('/decode', { payloads: [lost, encrypted('甲'), broken] }, { authorization: `Bearer ${await opsToken()}` });
    const [first, second, third] = answer.json().payloads;
    expect(first?.data).toBe(lost.data);
    expect(Buffer.from(first?.metadata['note'] ?? '', 'base64').toString()).toContain(foreign.currentKeyId);
    expect(clear(second)).toBe('甲');
    expect(Buffer.from(third?.metadata['note'] ?? '', 'base64').toString()).toBe('密文已损坏');
  });

  test('encodes for the command line, whose token may come without Bearer', async () => {
    const token = await opsToken();
    const encoded = await post('/encode', { payloads: [plain({ a: 1 })] }, { authorization: token });
    expect(encoded.text).not.toContain(base64('{"a":1}'));
    const decoded = await post('/decode', encoded.json(), { authorization: token });
    expect(decoded.json().payloads).toEqual([plain({ a: 1 })]);
    const again = await post('/encode', encoded.json(), { authorization: token });
    expect(again.json()).toEqual(encoded.json());
  });

  test.each([['empty body', undefined], ['empty object', {}], ['null payloads', { payloads: null }]])('%s', async (_title, body) => {
    for (const path of ['/encode', '/decode']) {
      const answer = await post(path, body, { authorization: await opsToken() });
      expect([answer.status, answer.text]).toEqual([200, '{"payloads":[]}']);
    }
  });

  test.each([['no JSON', '{'], ['a list', '{"payloads":{}}'], ['wrong item', '{"payloads":[null]}']])('%s is the caller\'s fault', async (_title, body) => {
    expect((await post('/decode', body, { authorization: await opsToken() })).status).toBe(400);
  });
});
