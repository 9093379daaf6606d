import { setMaxListeners } from 'node:events';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { authenticate, type Caller } from './auth';
import { COMMAND_JSON_LIMIT, readJson, requireNoBody } from './body';
import { EVERY_ANSWER } from './headers';
import { requestSeconds } from './metrics';
import type { ApiParts } from './parts';
import { errorMiddleware, Problem, problemOfIssues } from './problem';
import type { Call, Reply, Route } from './route';
import { routes } from './routes';
import { authenticateUser, NO_SESSION, NO_USER } from './users';
import { serveWorkbench } from './web';

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
  for (const [path, members] of namedFirst(groupByPath(served))) app.all(expressPath(path), dispatch(members, parts));
  app.use(serveWorkbench(served.map(({ path }) => path)));
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

/** Addresses with fewer parameters first: `…/bulk-acts` is not the number of a case. */
function namedFirst(groups: Map<string, Route[]>): [string, Route[]][] {
  const parameters = (path: string): number => path.split('{').length;
  return [...groups].sort(([a], [b]) => parameters(a) - parameters(b));
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
    if (!route.listens) {
      const stopTimer = requestSeconds.startTimer({ operation: route.operationId });
      response.on('finish', () => stopTimer({ status: response.statusCode }));
    }
    const reply = await run(route, request, parts);
    if (route.listens) releasePlace(response);
    await send(response, reply);
  };
}

async function run(route: Route, request: Request, parts: ApiParts): Promise<Reply> {
  const caller = route.access === 'institution' ? await authenticate(request, parts.verifyToken) : NOBODY;
  const { user, session } = route.access === 'user' ? await authenticateUser(request, route, parts) : { user: NO_USER, session: NO_SESSION };
  if (parts.stopping.aborted && route.command) throw new Problem('SHUTTING_DOWN');
  const query = readQuery(request, route.query);
  const body = await readBody(request, route);
  const params = Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)]));
  const call: Call = { request, parts, caller, user, session, params, query, body };
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

async function send(response: Response, reply: Reply): Promise<void> {
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  response.status(reply.status);
  if (reply.stream) {
    response.setHeader('Content-Type', reply.stream.mediaType);
    await reply.stream.write(response);
  } else if (reply.type === 'html') {
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
  for (const [name, value] of Object.entries(EVERY_ANSWER)) response.setHeader(name, value);
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
    const release = (): void => {
      response.off('close', release);
      inHand -= 1;
    };
    response.once('close', release);
    response.locals['release'] = release;
    next();
  };
}

/** A listener stays for hours and has a limit of its own. */
function releasePlace(response: Response): void {
  (response.locals['release'] as () => void)();
}
