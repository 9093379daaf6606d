import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler, type Response } from 'express';
import type { Payload } from '@temporalio/common';
import { type KeyRing, KeyRingError } from '../runtime/keys';
import type { Logger } from '../runtime/logger';
import { codecPayloads, registry } from '../runtime/metrics';
import { ENCRYPTED_ENCODING, decryptPayload, encodingOf, encryptPayload } from '../runtime/payload-codec';
import { type Identity, TokenError, type Tokens } from '../runtime/tokens';
import { CODEC_COOKIE, clearCookie, loginPage, readCookie, sessionCookie } from './codec-login';

/** Roles whose bearer may read payloads in clear. */
export const CODEC_ROLES = ['ops', 'auditor'] as const;

export interface CodecAppOptions {
  readonly keyRing: KeyRing;
  readonly tokens: Pick<Tokens, 'verifyToken'>;
  readonly logger: Logger;
  readonly audience: string;
  /** Origins that a browser may call from, with credentials. */
  readonly uiOrigins: readonly string[];
}

interface WirePayload {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly data?: string;
}

class RequestError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The codec server's routes: POST /decode and /encode, a log-in page for the Temporal UI, health and metrics. */
export function createCodecApp(options: CodecAppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/health', (_request, response) => void response.json({ status: 'ok' }));
  app.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  app.get('/login', (_request, response) => sendPage(response, 200, loginPage()));
  app.post('/login', express.urlencoded({ extended: false, limit: '16kb' }), (request, response) => logIn(options, request, response));
  app.post('/logout', (_request, response) => void response.set('Set-Cookie', clearCookie()).redirect(303, '/login'));
  app.use(['/decode', '/encode'], allowOrigin(options.uiOrigins));
  const body = express.json({ limit: '32mb', type: () => true });
  app.post('/decode', body, (request, response) => serve(options, 'decode', request, response));
  app.post('/encode', body, (request, response) => serve(options, 'encode', request, response));
  app.use(answerError(options.logger));
  return app;
}

async function serve(options: CodecAppOptions, act: 'decode' | 'encode', request: Request, response: Response): Promise<void> {
  const who = await authorise(options, bearerOf(request) ?? readCookie(request.headers.cookie));
  const payloads = readPayloads(request.body);
  const convert = act === 'decode' ? decodeOne : encodeOne;
  const results = payloads.map((payload) => convert(options.keyRing, payload));
  const left = results.filter((result) => result.left).length;
  codecPayloads.inc({ result: act }, results.length - left);
  codecPayloads.inc({ result: 'left' }, left);
  options.logger.info(
    { audit: `codec.${act}`, sub: who.sub, count: results.length, left, namespace: request.get('x-namespace') ?? null },
    act === 'decode' ? '解读载荷' : '加密载荷',
  );
  response.json({ payloads: results.map((result) => result.payload) });
}

/** The person behind a token. Throws RequestError 401 or 403. */
async function authorise(options: CodecAppOptions, token: string | null): Promise<Identity> {
  if (!token) throw new RequestError(401, '请先登录: 浏览器打开本服务的 /login, 命令行带 --codec-auth');
  const identity = await options.tokens.verifyToken(token, { audience: options.audience });
  if (!identity.roles.some((role) => CODEC_ROLES.some((allowed) => allowed === role))) {
    options.logger.warn({ audit: 'codec.denied', sub: identity.sub }, '无权解读载荷');
    throw new RequestError(403, '该账号无权解读载荷');
  }
  return identity;
}

function bearerOf(request: Request): string | null {
  const header = request.get('authorization');
  return header ? header.replace(/^Bearer\s+/i, '').trim() : null;
}

function readPayloads(body: unknown): readonly WirePayload[] {
  const payloads = (body as { payloads?: unknown } | undefined)?.payloads ?? [];
  if (!Array.isArray(payloads)) throw new RequestError(400, 'payloads 应为数组');
  return payloads.map((payload: unknown) => {
    if (typeof payload !== 'object' || payload === null) throw new RequestError(400, 'payloads 的每一项应为对象');
    return payload as WirePayload;
  });
}

interface Converted {
  readonly payload: WirePayload;
  /** True when an encrypted payload could not be opened. */
  readonly left: boolean;
}

function decodeOne(keyRing: KeyRing, wire: WirePayload): Converted {
  const payload = fromWire(wire);
  if (encodingOf(payload) !== ENCRYPTED_ENCODING) return { payload: wire, left: false };
  try {
    return { payload: toWire(decryptPayload(keyRing, payload)), left: false };
  } catch (error) {
    if (!(error instanceof KeyRingError)) throw error;
    const note = error.problem === 'unknownKey' ? `密钥 ${error.keyId ?? ''} 不在密钥环中` : '密文已损坏';
    return { payload: { ...wire, metadata: { ...wire.metadata, note: Buffer.from(note).toString('base64') } }, left: true };
  }
}

function encodeOne(keyRing: KeyRing, wire: WirePayload): Converted {
  const payload = fromWire(wire);
  if (encodingOf(payload) === ENCRYPTED_ENCODING) return { payload: wire, left: false };
  return { payload: toWire(encryptPayload(keyRing, payload)), left: false };
}

function fromWire(wire: WirePayload): Payload {
  const metadata = Object.entries(wire.metadata ?? {}).map(([key, value]) => [key, Buffer.from(String(value), 'base64')]);
  return { metadata: Object.fromEntries(metadata) as Record<string, Uint8Array>, data: Buffer.from(String(wire.data ?? ''), 'base64') };
}

function toWire(payload: Payload): WirePayload {
  const metadata = Object.entries(payload.metadata ?? {}).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  return { metadata: Object.fromEntries(metadata) as Record<string, string>, data: Buffer.from(payload.data ?? []).toString('base64') };
}

function allowOrigin(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const origin = request.get('origin');
    if (origin === undefined) return next();
    if (!origins.includes(origin)) throw new RequestError(403, '该来源不在允许之列 (ANJIE_TEMPORAL_UI_ORIGINS)');
    response.set({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Methods': 'POST, OPTIONS',
      'Access-Control-Allow-Headers': 'content-type, x-namespace, authorization',
      'Access-Control-Max-Age': '600',
      Vary: 'Origin',
    });
    if (request.method === 'OPTIONS') response.status(204).end();
    else next();
  };
}

async function logIn(options: CodecAppOptions, request: Request, response: Response): Promise<void> {
  const given = (request.body as Record<string, unknown> | undefined)?.['token'];
  const token = typeof given === 'string' ? given.trim() : '';
  try {
    const identity = await authorise(options, token);
    options.logger.info({ audit: 'codec.login', sub: identity.sub }, '登录编解码服务');
    response.set('Set-Cookie', sessionCookie(token, identity.expiresAt));
    const address = `${request.protocol}://${request.get('host') ?? ''}`;
    const text = `已登录。每个浏览器设置一次：在 Temporal 界面右上角点眼镜图标，选 Use my browser setting，填入 ${address}，打开 Include cross-origin credentials，点 Apply，即可看到原文。`;
    sendPage(response, 200, loginPage({ ok: true, text }));
  } catch (error) {
    const status = statusOf(error);
    if (status >= 500) throw error;
    sendPage(response, status, loginPage({ ok: false, text: (error as Error).message }));
  }
}

function sendPage(response: Response, status: number, html: string): void {
  response
    .status(status)
    .set({
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    })
    .type('html')
    .send(html);
}

function answerError(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const status = statusOf(error);
    if (status >= 500) logger.error({ err: error }, '编解码请求出错');
    const detail = status >= 500 || !(error instanceof Error) ? '内部错误' : error.message;
    if (status === 401) response.set('WWW-Authenticate', `Bearer realm="${CODEC_COOKIE}"`);
    response.status(status).type('application/problem+json').send(JSON.stringify({ title: detail, status }));
  };
}

function statusOf(error: unknown): number {
  if (error instanceof RequestError) return error.status;
  if (error instanceof TokenError) return error.problem === 'keysUnavailable' ? 503 : 401;
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
