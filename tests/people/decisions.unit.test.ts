import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactSign, SignJWT } from 'jose';
import { type Decision, type DecisionKey, MOST_DECISION_LIFE_MS, openDecisionKey, signDecision, verifyDecision } from '../../runtime/decisions';

const NOW = 1_800_000_000_000;
const DECISION: Decision = {
  nonce: 'n1', userId: 'u1', forUserId: 'u2', caseId: 'office-case/x/990100/1', step: 'review', slot: null, round: 1, act: 'approve',
  opinionHash: 'a'.repeat(64), seenHash: 'b'.repeat(64), issuedAt: NOW, expiresAt: NOW + 1000, origin: '127.0.0.1',
};

let directory: string;
let key: DecisionKey;
let otherKey: DecisionKey;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'anjie-decisions-'));
  key = await openDecisionKey(directory);
  otherKey = await openDecisionKey(join(directory, 'other'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const sign = (payload: unknown, header: Record<string, string> = {}): Promise<string> =>
  new CompactSign(new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', typ: 'anjie-decision', ...header })
    .sign(key.privateKey);

test('what was signed is read again, by every process of the installation', async () => {
  const text = await signDecision(key, DECISION);
  expect(await verifyDecision(key, text, NOW)).toEqual(DECISION);
  const again = await openDecisionKey(directory);
  expect([again.kid, await verifyDecision(again, text, NOW)]).toEqual([key.kid, DECISION]);
  expect(statSync(join(directory, 'decision-key.json')).mode & 0o777).toBe(0o600);
});

test('processes that start at once use one key', async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => openDecisionKey(join(directory, 'race'))));
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
});

test.each<[string, () => Promise<string>, string]>([
  ['of another key', () => signDecision(otherKey, DECISION), 'badSignature'],
  ['with another act under the same signature', async () => {
    const [header, , signature] = (await signDecision(key, DECISION)).split('.');
    return `${header}.${Buffer.from(JSON.stringify({ ...DECISION, act: 'reject' })).toString('base64url')}.${signature}`;
  }, 'badSignature'],
  ['without a signature', async () => `${Buffer.from('{"alg":"none","typ":"anjie-decision"}').toString('base64url')}.${Buffer.from(JSON.stringify(DECISION)).toString('base64url')}.`, 'badSignature'],
  ['signed with the public key as a secret', () => new SignJWT({ ...DECISION }).setProtectedHeader({ alg: 'HS256', typ: 'anjie-decision' }).sign(new TextEncoder().encode(key.kid.padEnd(32))), 'badSignature'],
  ['of another kind', () => sign(DECISION, { typ: 'JWT' }), 'malformed'],
  ['that is no JSON', () => sign('hello'), 'malformed'],
  ['that is null', () => sign('null'), 'malformed'],
  ['with an unknown act', () => sign({ ...DECISION, act: 'crown' }), 'malformed'],
  ['without a nonce', () => sign({ ...DECISION, nonce: undefined }), 'malformed'],
  ['with a broken round', () => sign({ ...DECISION, round: '1' }), 'malformed'],
  ['that is empty', async () => '', 'malformed'],
  ['of 10 MB', async () => 'a'.repeat(10_000_000), 'malformed'],
  ['at its end', () => signDecision(key, { ...DECISION, expiresAt: NOW }), 'expired'],
  ['of tomorrow', () => signDecision(key, { ...DECISION, issuedAt: NOW + 60_000, expiresAt: NOW + 120_000 }), 'expired'],
  ['that would live for ever', () => signDecision(key, { ...DECISION, expiresAt: NOW + MOST_DECISION_LIFE_MS + 1 }), 'expired'],
])('a decision %s does not count', async (_what, make, problem) => {
  expect(await verifyDecision(key, await make(), NOW)).toBe(problem);
});
