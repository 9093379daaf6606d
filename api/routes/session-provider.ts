import { z } from 'zod';
import { enterBySubject } from '../../activities/people/log-in';
import { type IdentityProvider, PROVIDER_RETURN_PATH, ProviderError, type ProviderJourney } from '../../runtime/identity-provider';
import { noQuery } from '../../schemas/api/queries';
import { originOf } from '../origin';
import type { ApiParts } from '../parts';
import { Problem } from '../problem';
import { defineRoute, type Reply, type Route } from '../route';
import { logInDeps, sessionCookie } from '../session-answers';
import { cookieOf } from '../users';

const TAG = '登录与会话';
const COOKIE = 'anjie_journey';
const COOKIE_PATH = '/v1/session/provider';
const JOURNEY_SECONDS = 600;
const REDIRECT = { type: 'text', status: 303 } as const;

const journeyShape = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), expiresAt: z.number() });

const begin = defineRoute({
  method: 'get',
  path: '/v1/session/provider',
  operationId: 'beginProviderLogIn',
  summary: '用统一身份认证登录',
  description: '转到统一身份认证（OpenID Connect，授权码加 PKCE）；返回后按其主体编号找到账号。',
  tag: TAG,
  access: 'open',
  query: noQuery,
  answers: { 303: { description: '转到统一身份认证', type: 'text/plain', headers: ['Location', 'Set-Cookie'] } },
  errors: ['PROVIDER_NOT_CONFIGURED', 'PROVIDER_UNAVAILABLE', 'QUERY_INVALID'],
  handle: async ({ parts }): Promise<Reply> => {
    const { address, journey } = await orProblem(providerOf(parts).begin());
    return { ...REDIRECT, headers: { Location: address, 'Set-Cookie': journeyCookie(journey, parts) }, body: '' };
  },
});

const finish = defineRoute({
  method: 'get',
  path: PROVIDER_RETURN_PATH,
  operationId: 'finishProviderLogIn',
  summary: '统一身份认证的返回地址',
  tag: TAG,
  access: 'open',
  // Providers add parameters of their own; the library checks what it knows.
  query: z.looseObject({ code: z.string().max(4_096).optional(), state: z.string().max(512).optional() }),
  answers: { 303: { description: '已登录，转到工作台', type: 'text/plain', headers: ['Location', 'Set-Cookie'] } },
  errors: ['PROVIDER_NOT_CONFIGURED', 'PROVIDER_UNAVAILABLE', 'PROVIDER_REFUSED', 'CHALLENGE_INVALID', 'QUERY_INVALID', 'STORE_UNAVAILABLE'],
  handle: async ({ request, parts }): Promise<Reply> => {
    const provider = providerOf(parts);
    const journey = readJourney(cookieOf(request, COOKIE), parts);
    if (!journey) throw new Problem('CHALLENGE_INVALID');
    const { subject } = await orProblem(provider.finish(request.url.split('?')[1] ?? '', journey));
    const opened = await enterBySubject(logInDeps(parts), subject, originOf(request));
    if (!opened) throw new Problem('PROVIDER_REFUSED', { detail: '本系统没有与该身份对应的在用账号' });
    return { ...REDIRECT, headers: { Location: '/', 'Set-Cookie': sessionCookie(opened.token, parts) }, body: '' };
  },
});

function providerOf({ people }: ApiParts): IdentityProvider {
  if (!people.provider) throw new Problem('PROVIDER_NOT_CONFIGURED');
  return people.provider;
}

async function orProblem<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (!(error instanceof ProviderError)) throw error;
    throw new Problem(error.problem === 'refused' ? 'PROVIDER_REFUSED' : 'PROVIDER_UNAVAILABLE');
  });
}

/** What the way back needs, encrypted in a cookie of its own: it binds the way back to the browser that went. */
function journeyCookie(journey: ProviderJourney, { keyRing, people }: ApiParts): string {
  const expiresAt = people.now() + JOURNEY_SECONDS * 1000;
  const text = keyRing.encrypt(JSON.stringify({ ...journey, expiresAt })).toString('base64url');
  // Lax, because the provider's page sends the browser back from another site.
  return `${COOKIE}=${text}; Path=${COOKIE_PATH}; Max-Age=${JOURNEY_SECONDS}; HttpOnly; SameSite=Lax${people.secureCookies ? '; Secure' : ''}`;
}

function readJourney(text: string | null, { keyRing, people }: ApiParts): ProviderJourney | null {
  if (text === null) return null;
  try {
    const journey = journeyShape.parse(JSON.parse(keyRing.decrypt(Buffer.from(text, 'base64url')).toString('utf8')));
    return journey.expiresAt > people.now() ? journey : null;
  } catch {
    // Not written by this installation, or changed: as good as absent.
    return null;
  }
}

export const providerRoutes: readonly Route[] = [begin, finish];
