import * as client from 'openid-client';

/** The site's identity provider (统一身份认证), spoken to by OpenID Connect. */
export interface ProviderConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client: PKCE alone protects the code. */
  readonly clientSecret: string | null;
}

/** What has to be kept between the way there and the way back. */
export interface ProviderJourney {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export type ProviderProblem = 'unavailable' | 'refused';

/** The provider did not let the person in, or cannot be reached. Never carries codes or tokens. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  constructor(
    readonly problem: ProviderProblem,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

export interface IdentityProvider {
  readonly issuer: string;
  /** Address to send the browser to, with what must be kept for its return. Throws ProviderError `unavailable`. */
  begin(): Promise<{ readonly address: string; readonly journey: ProviderJourney }>;
  /**
   * Redeems the code of the way back and returns the subject that the provider vouches for.
   * @param query the query string of the way back, without `?`
   * @throws ProviderError `refused` or `unavailable`
   */
  finish(query: string, journey: ProviderJourney): Promise<{ readonly subject: string }>;
}

/** Path of the way back; the provider must know `<public address>` + this. */
export const PROVIDER_RETURN_PATH = '/v1/session/provider/return';
const TIMEOUT_SECONDS = 10;

/** Authorization code with PKCE (S256), state and nonce. The provider's description is fetched at first use and kept. */
export function openIdentityProvider(config: ProviderConfig, publicUrl: string): IdentityProvider {
  const redirectUri = `${publicUrl}${PROVIDER_RETURN_PATH}`;
  let described: Promise<client.Configuration> | undefined;
  const describe = (): Promise<client.Configuration> => {
    described ??= discover(config).catch((error: unknown) => {
      described = undefined;
      throw error;
    });
    return described;
  };
  return {
    issuer: config.issuer,
    begin: async () => {
      const configuration = await describe();
      const journey = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() };
      const address = client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: 'openid',
        state: journey.state,
        nonce: journey.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(journey.verifier),
        code_challenge_method: 'S256',
      });
      return { address: address.href, journey };
    },
    finish: async (query, { state, nonce, verifier }) => {
      const configuration = await describe();
      try {
        const tokens = await client.authorizationCodeGrant(configuration, new URL(`${redirectUri}?${query}`), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const subject = tokens.claims()?.sub;
        if (!subject) throw new ProviderError('refused', '身份令牌没有主体');
        return { subject };
      } catch (error) {
        throw problemOf(error);
      }
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: ProviderConfig): Promise<client.Configuration> {
  const address = new URL(issuer);
  const method = clientSecret === null ? client.None() : client.ClientSecretBasic(clientSecret);
  // The signature of the identity token is checked though it comes straight from the provider. Plain http is let pass by
  // the configuration on this machine only.
  const execute = [client.enableNonRepudiationChecks, ...(address.protocol === 'http:' ? [client.allowInsecureRequests] : [])];
  try {
    return await client.discovery(address, clientId, undefined, method, { execute, timeout: TIMEOUT_SECONDS });
  } catch (error) {
    throw new ProviderError('unavailable', '取不到统一身份认证的配置', { cause: error });
  }
}

/** Codes of the library for a way back or a token that is not what was asked for. */
const TOKEN_FAULTS: ReadonlySet<string> = new Set(['OAUTH_INVALID_RESPONSE', 'OAUTH_JWT_CLAIM_COMPARISON_FAILED', 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED']);

/** What the provider or its tokens say against the person is a refusal; all else means that it could not be asked. */
function problemOf(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  const denied = error instanceof client.AuthorizationResponseError || (error instanceof client.ResponseBodyError && error.error === 'invalid_grant');
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (denied || TOKEN_FAULTS.has(code)) return new ProviderError('refused', '统一身份认证没有通过', { cause: error });
  return new ProviderError('unavailable', '统一身份认证没有应答', { cause: error });
}
