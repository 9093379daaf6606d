import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Tokens } from '../../runtime/tokens';
import { INSTITUTION } from './harness';

const claims = { name: '测试', institution: INSTITUTION, roles: ['clerk'] };

/** A token in every detail right but for its signature. */
function forged(algorithm: 'ES256' | 'HS256'): Promise<string> {
  const key = algorithm === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : createSecretKey(Buffer.alloc(32, 1));
  return new SignJWT(claims).setProtectedHeader({ alg: algorithm }).setSubject('0101').setIssuer('anjie-dev').setAudience('anjie')
    .setIssuedAt().setExpirationTime('1h').sign(key);
}

function algNone(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ ...claims, sub: '0101', iss: 'anjie-dev', aud: 'anjie', exp: 4_000_000_000 })}.`;
}

export interface WrongToken {
  readonly name: string;
  readonly code: 'TOKEN_MISSING' | 'TOKEN_INVALID' | 'TOKEN_EXPIRED';
  /** `tokens` issues for the installation that is asked, `clerk` is a right token of it. */
  make(tokens: Tokens, clerk: string): Promise<string | null>;
}

const issue = (tokens: Tokens, change: object): Promise<string> =>
  tokens.issueDevToken({ sub: '0101', name: '测试', institution: INSTITUTION, roles: ['clerk'], expiresIn: '1h', ...change });

export const WRONG_TOKENS: readonly WrongToken[] = [
  { name: 'no token', code: 'TOKEN_MISSING', make: async () => null },
  { name: 'not a token', code: 'TOKEN_INVALID', make: async () => 'abc' },
  { name: 'expired JWT', code: 'TOKEN_EXPIRED', make: (tokens) => issue(tokens, { expiresIn: -60 }) },
  { name: 'alg=none JWT', code: 'TOKEN_INVALID', make: async () => algNone() },
  { name: 'another key', code: 'TOKEN_INVALID', make: () => forged('ES256') },
  { name: 'a symmetric key', code: 'TOKEN_INVALID', make: () => forged('HS256') },
  { name: 'JWT of other audience', code: 'TOKEN_INVALID', make: (tokens) => issue(tokens, { audience: 'other' }) },
  { name: 'no institution', code: 'TOKEN_INVALID', make: (tokens) => issue(tokens, { institution: null }) },
  { name: 'an institution that is not served', code: 'TOKEN_INVALID', make: (tokens) => issue(tokens, { institution: 'H00000000000' }) },
  { name: 'a changed signature', code: 'TOKEN_INVALID', make: async (_tokens, clerk) => `${clerk.slice(0, -6)}AAAAAA` },
];
