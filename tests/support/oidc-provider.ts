import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/**
 * A small OpenID Connect provider as a process of its own: it lets in whoever stands in OIDC_SUBJECT, checks PKCE, client
 * and redirect address, and gives a code once. `PUT /_next` makes the next answer wrong in one named way. Prints
 * `{"ready":true,"port":n}`.
 */
type Fault = 'otherNonce' | 'otherAudience' | 'otherIssuer' | 'otherKey' | 'expired' | 'error' | 'http500' | null;

interface Grant {
  readonly challenge: string;
  readonly nonce: string;
  readonly redirectUri: string;
}

const CLIENT_ID = 'anjie';
const CLIENT_SECRET = process.env['OIDC_SECRET'] ?? '';

async function main(): Promise<void> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const other = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  const grants = new Map<string, Grant>();
  let subject = process.env['OIDC_SUBJECT'] ?? '';
  let fault: Fault = null;
  let issuer = '';

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    const answer = (status: number, body: object): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void serve(Buffer.concat(chunks).toString('utf8')).catch(() => answer(500, {})));

    async function serve(body: string): Promise<void> {
      if (url.pathname === '/.well-known/openid-configuration') return answer(200, description(issuer));
      if (url.pathname === '/jwks') return answer(200, { keys: [jwk] });
      if (url.pathname === '/_next') {
        ({ fault = null, subject = subject } = JSON.parse(body) as { fault?: Fault; subject?: string });
        return answer(200, {});
      }
      if (url.pathname === '/authorize') return authorize();
      if (url.pathname === '/token') return token(new URLSearchParams(body));
      answer(404, {});
    }

    function authorize(): void {
      const asked = url.searchParams;
      const fits = asked.get('client_id') === CLIENT_ID && asked.get('response_type') === 'code' && asked.get('code_challenge_method') === 'S256';
      if (!fits) return answer(400, { error: 'invalid_request' });
      const back = new URL(asked.get('redirect_uri') ?? '');
      back.searchParams.set('state', asked.get('state') ?? '');
      if (fault === 'error') back.searchParams.set('error', 'access_denied');
      else {
        const code = randomUUID();
        grants.set(code, { challenge: asked.get('code_challenge') ?? '', nonce: asked.get('nonce') ?? '', redirectUri: asked.get('redirect_uri') ?? '' });
        back.searchParams.set('code', code);
        back.searchParams.set('session_state', 'of-the-provider');
      }
      response.writeHead(302, { location: back.href }).end();
    }

    async function token(asked: URLSearchParams): Promise<void> {
      if (fault === 'http500') return answer(500, {});
      const [id, secret] = Buffer.from((request.headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString('utf8').split(':');
      if (id !== CLIENT_ID || decodeURIComponent((secret ?? '').replaceAll('+', ' ')) !== CLIENT_SECRET) return answer(401, { error: 'invalid_client' });
      const code = asked.get('code') ?? '';
      const grant = grants.get(code);
      grants.delete(code);
      const proof = createHash('sha256').update(asked.get('code_verifier') ?? '').digest('base64url');
      if (!grant || proof !== grant.challenge || asked.get('redirect_uri') !== grant.redirectUri) return answer(400, { error: 'invalid_grant' });
      const idToken = await new SignJWT({ nonce: fault === 'otherNonce' ? 'another' : grant.nonce })
        .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
        .setIssuer(fault === 'otherIssuer' ? 'http://127.0.0.1:1' : issuer)
        .setAudience(fault === 'otherAudience' ? 'another' : CLIENT_ID)
        .setSubject(subject)
        .setIssuedAt(fault === 'expired' ? '-2h' : undefined)
        .setExpirationTime(fault === 'expired' ? '-1h' : '5m')
        .sign(fault === 'otherKey' ? other.privateKey : privateKey);
      answer(200, { access_token: randomUUID(), token_type: 'Bearer', id_token: idToken, expires_in: 300 });
    }
  });

  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    issuer = `http://127.0.0.1:${port}`;
    process.stdout.write(`${JSON.stringify({ ready: true, port })}\n`);
  });
  process.once('SIGTERM', () => process.exit(0));
}

function description(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  };
}

void main();
