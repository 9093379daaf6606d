import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type JWTPayload, type JWTVerifyGetKey, SignJWT, createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { Config } from './config';
import { openSigningKey, SIGNING_ALGORITHM, type SigningKey } from './signing-key';

/** Who a verified token speaks for. */
export interface Identity {
  readonly sub: string;
  readonly name: string;
  /** fixmedins_code that the person works for; null for staff of the agency or of operations. */
  readonly institution: string | null;
  readonly roles: readonly string[];
  /** End of the token's life, ms since 1970. */
  readonly expiresAt: number;
}

export interface DevTokenRequest {
  readonly sub: string;
  readonly name: string;
  readonly institution: string | null;
  readonly roles: readonly string[];
  /** Life as jose reads it, such as `12h`, or seconds. */
  readonly expiresIn: string | number;
  /** Defaults to the configured audience. */
  readonly audience?: string;
}

export type TokenProblem = 'malformed' | 'expired' | 'wrongAudience' | 'wrongIssuer' | 'badSignature' | 'keysUnavailable';

/** Thrown for a token that does not count. Never carries the token. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
  constructor(
    readonly problem: TokenProblem,
    message: string,
  ) {
    super(message);
  }
}

export interface Tokens {
  /**
   * Checks signature, issuer, audience and life.
   * @throws TokenError
   */
  verifyToken(token: string, expected: { audience: string }): Promise<Identity>;
  /**
   * Issues a token of the development issuer.
   * @throws Error when an identity provider is configured: then only its tokens count.
   */
  issueDevToken(request: DevTokenRequest): Promise<string>;
}

/** Asymmetric only: `none` and the HS family would let a reader of the public key forge tokens. */
const ALGORITHMS = ['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA'];
const CLOCK_TOLERANCE_SECONDS = 5;

/**
 * Opens the tokens of this installation: those of the identity provider at ANJIE_JWKS_URL, or, without one, those of a
 * development issuer whose key pair is made at first start in the data directory (mode 0600).
 */
export async function openTokens(config: Pick<Config, 'dataDir' | 'tokens'>): Promise<Tokens> {
  const { jwksUrl, issuer } = config.tokens;
  if (jwksUrl !== null) {
    const keys = createRemoteJWKSet(new URL(jwksUrl));
    return { verifyToken: (token, expected) => verify(token, keys, issuer, expected.audience), issueDevToken: refuseToIssue };
  }
  const dev = await openSigningKey(join(config.dataDir, 'dev-issuer.json'));
  return {
    verifyToken: (token, expected) => verify(token, async () => dev.publicKey, issuer, expected.audience),
    issueDevToken: (request) => issue(dev, issuer, request.audience ?? config.tokens.audience, request),
  };
}

async function verify(token: string, keys: JWTVerifyGetKey, issuer: string, audience: string): Promise<Identity> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
    return toIdentity(payload);
  } catch (error) {
    throw toTokenError(error);
  }
}

function toIdentity(payload: JWTPayload): Identity {
  const { sub = '', exp = 0 } = payload;
  const { name, institution, roles } = payload;
  if (roles !== undefined && !(Array.isArray(roles) && roles.every((role) => typeof role === 'string'))) {
    throw new TokenError('malformed', '令牌的 roles 应为文本数组');
  }
  if (institution !== undefined && institution !== null && typeof institution !== 'string') {
    throw new TokenError('malformed', '令牌的 institution 应为文本');
  }
  return {
    sub,
    name: typeof name === 'string' ? name : sub,
    institution: institution ?? null,
    roles: (roles as readonly string[] | undefined) ?? [],
    expiresAt: exp * 1000,
  };
}

function toTokenError(error: unknown): TokenError {
  if (error instanceof TokenError) return error;
  if (error instanceof errors.JWTExpired) return new TokenError('expired', '令牌已过期');
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return new TokenError('wrongAudience', '令牌不是签发给本系统的');
    if (error.claim === 'iss') return new TokenError('wrongIssuer', '令牌的签发方不被信任');
    return new TokenError('malformed', '令牌缺少必要内容或尚未生效');
  }
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey) {
    return new TokenError('badSignature', '令牌签名不符');
  }
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported) {
    return new TokenError('badSignature', '令牌的签名算法不被接受');
  }
  if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) {
    return new TokenError('malformed', '令牌格式不对');
  }
  return new TokenError('keysUnavailable', '暂时取不到签发方的公钥');
}

async function issue(key: SigningKey, issuer: string, audience: string, request: DevTokenRequest): Promise<string> {
  const life = typeof request.expiresIn === 'number' ? `${request.expiresIn}s` : request.expiresIn;
  return new SignJWT({ name: request.name, institution: request.institution, roles: [...request.roles] })
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid: key.kid, typ: 'JWT' })
    .setSubject(request.sub)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(life)
    .setJti(randomUUID())
    .sign(key.privateKey);
}

async function refuseToIssue(): Promise<string> {
  throw new Error('an identity provider is configured (ANJIE_JWKS_URL): the development issuer is off');
}
