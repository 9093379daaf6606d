import { setMaxListeners } from 'node:events';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { authenticate, type Caller } from './auth';
import { COMMAND_JSON_LIMIT, readJson, requireNoBody } from './body';
import { requestSeconds } from './metrics';
import type { ApiParts } from './parts';
import { errorMiddleware, Problem, problemOfIssues } from './problem';
import type { Call, Reply, Route } from './route';
import { routes } from './routes';

/** Requests in hand at once in one process; more are answered 429 before they cost memory. */
const MOST_REQUESTS = 1_000;
const ID_NUMBER = /(?<!\d)[1-9]\d{16}[\dXx](?!\d)/;
const NOBODY: Caller = { institution: '', operator: { id: '', name: '', type: '1' } };

/** Makes the HTTP application: the routes, strictness in front of them, one error middleware behind them. */
export function createApp(parts: ApiParts, served: readonly Route[] = routes): Express {
  // Every waiting request listens for the stop.
  setMaxListeners(MOST_REQUESTS, parts.stopping);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', false);
  app.set('query parser', false);
  app.set('case sensitive routing', true);
  app.set('strict routing', true);
  app.use(securityHeaders, limitLoad(), refuseOtherOrigins);
  for (const [path, members] of groupByPath(served)) app.all(expressPath(path), dispatch(members, parts));
  app.use(() => {
    throw new Problem('ROUTE_UNKNOWN');
  });
  app.use(errorMiddleware(parts.logger));
  return app;
}

function groupByPath(served: readonly Route[]): Map<string, Route[]> {
  const groups = new Map<string, Route[]>();
  for (const route of served) groups.set(route.path, [...(groups.get(route.path) ?? []), route]);
  return groups;
}

/** `/v1/admissions/{id}` in the words of the router. */
function expressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function dispatch(members: readonly Route[], parts: ApiParts): RequestHandler {
  const allow = [...new Set(members.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()])))].join(', ');
  return async (request, response) => {
    const method = request.method === 'HEAD' ? 'get' : request.method.toLowerCase();
    const route = members.find((member) => member.method === method);
    if (!route) throw new Problem('METHOD_NOT_ALLOWED', {}, { Allow: allow });
    const stopTimer = requestSeconds.startTimer({ operation: route.operationId });
    response.on('finish', () => stopTimer({ status: response.statusCode }));
    send(response, await run(route, request, parts));
  };
}

async function run(route: Route, request: Request, parts: ApiParts): Promise<Reply> {
  const caller = route.access === 'open' ? NOBODY : await authenticate(request, parts.verifyToken);
  if (parts.stopping.aborted && route.command) throw new Problem('SHUTTING_DOWN');
  const query = readQuery(request, route.query);
  const body = await readBody(request, route);
  const params = Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)]));
  const call: Call = { request, parts, caller, params, query, body };
  return route.handle(call);
}

/** Reads the query string by the route's schema: known names only, each once. Throws Problem. */
function readQuery(request: Request, schema: z.ZodObject | undefined): unknown {
  const search = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
  if (!schema) return {};
  const pairs = [...new URLSearchParams(search)];
  if (pairs.some(([name, value]) => ID_NUMBER.test(name) || ID_NUMBER.test(value))) throw new Problem('ID_NUMBER_IN_QUERY');
  const names = pairs.map(([name]) => name);
  if (new Set(names).size !== names.length) throw new Problem('QUERY_INVALID', { detail: '查询参数重复' });
  const parsed = schema.safeParse(Object.fromEntries(pairs));
  if (!parsed.success) throw problemOfIssues(parsed.error.issues, 'QUERY_INVALID');
  return parsed.data;
}

async function readBody(request: Request, route: Route): Promise<unknown> {
  if (route.rawBody) return undefined;
  if (!route.body) {
    await requireNoBody(request);
    return undefined;
  }
  const parsed = route.body.safeParse(await readJson(request, route.bodyLimit ?? COMMAND_JSON_LIMIT));
  if (!parsed.success) throw problemOfIssues(parsed.error.issues);
  return parsed.data;
}

const HTML_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

function send(response: Response, reply: Reply): void {
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  response.status(reply.status);
  if (reply.type === 'html') {
    response.setHeader('Content-Security-Policy', HTML_POLICY);
    response.type('text/html; charset=utf-8').send(reply.body);
  } else if (reply.type === 'text') {
    response.type('text/plain; charset=utf-8').send(reply.body);
  } else if (reply.type === 'pdf') {
    response.type('application/pdf').send(reply.body);
  } else {
    response.type('application/json').send(JSON.stringify(reply.body));
  }
}

const securityHeaders: RequestHandler = (_request, response, next) => {
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cache-Control', 'no-store');
  next();
};

/** Programs send no Origin; a page of another site would. */
const refuseOtherOrigins: RequestHandler = (request, _response, next) => {
  const { origin, host } = request.headers;
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)) throw new Problem('ORIGIN_REFUSED');
  next();
};

function limitLoad(): RequestHandler {
  let inHand = 0;
  return (_request, response, next) => {
    if (inHand >= MOST_REQUESTS) throw new Problem('TOO_MANY_REQUESTS');
    inHand += 1;
    response.once('close', () => {
      inHand -= 1;
    });
    next();
  };
}
