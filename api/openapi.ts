import { z } from 'zod';
import { outcomeOf, type OutcomeCode } from '../domain/outcomes';
import { problemBody } from '../schemas/api/problem';
import { type Answer, COMMON_ERRORS, type Route } from './route';

type Json = { [member: string]: unknown };

export interface OpenApi extends Json {
  readonly openapi: string;
  readonly info: { title: string; version: string; description: string };
  readonly tags: readonly { name: string }[];
  readonly paths: { [path: string]: { [method: string]: OpenApiOperation } };
  readonly components: { schemas: { [name: string]: Json }; securitySchemes: Json };
}

export interface OpenApiOperation extends Json {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly parameters: readonly Json[];
  readonly requestBody?: { required: boolean; content: { [type: string]: { schema: Json; example?: unknown } } };
  readonly responses: { [status: string]: Json };
  readonly 'x-errors': readonly OutcomeCode[];
}

/** The OpenAPI 3.1 document of the routes. Schemas that have an id become components; nothing is written by hand twice. */
export function buildOpenApi(routes: readonly Route[]): OpenApi {
  const schemas: { [name: string]: Json } = {};
  const paths: OpenApi['paths'] = {};
  schemaOf(problemBody, 'output', schemas);
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '安结 Anjie 医保结算接口',
      version: '1',
      description: '每个业务一次调用。重发无害：同一幂等键、同样内容，得到第一次的结果。金额单位为分。',
    },
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: { schemas, securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  };
}

function operationOf(route: Route, schemas: { [name: string]: Json }): OpenApiOperation {
  const errors = [...new Set([...route.errors, ...(route.access === 'open' ? [] : COMMON_ERRORS)])];
  return {
    operationId: route.operationId,
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    tags: [route.tag],
    ...(route.access === 'open' ? { security: [] } : { security: [{ bearer: [] }] }),
    parameters: [...pathParameters(route), ...queryParameters(route, schemas), ...headerParameters(route)],
    ...(route.body === undefined ? {} : { requestBody: requestBodyOf(route, schemas) }),
    responses: { ...successes(route, schemas), ...failures(errors) },
    'x-errors': errors,
  };
}

/** What stands in the paths, by name. */
const PATH_PARAMETERS: { [name: string]: Json } = {
  id: { description: '住院号', schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,30}$' } },
  commandId: { description: '业务编号，或 key: 加幂等键', schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,68}$' } },
  date: { description: '业务日期 yyyy-MM-dd', schema: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' } },
};

function pathParameters(route: Route): Json[] {
  return [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    ...PATH_PARAMETERS[name],
    ...(route.example?.path?.[name] === undefined ? {} : { example: route.example.path[name] }),
  }));
}

function queryParameters(route: Route, schemas: { [name: string]: Json }): Json[] {
  if (!route.query) return [];
  const { properties = {}, required = [] } = schemaOf(route.query, 'input', schemas) as { properties?: { [name: string]: Json }; required?: string[] };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(typeof schema['description'] === 'string' ? { description: schema['description'] } : {}),
    schema,
    ...(route.example?.query?.[name] === undefined ? {} : { example: route.example.query[name] }),
  }));
}

function headerParameters(route: Route): Json[] {
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: '每笔业务唯一的键；重发时不变，得到第一次的结果（响应头 Idempotency-Replayed: true）',
    schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,64}$' },
    example: `demo-${route.operationId}-1`,
  };
  const prefer = {
    name: 'Prefer',
    in: 'header',
    required: false,
    description: '最多等待几秒，0–60，默认 10；到时未办完则返回 202',
    schema: { type: 'string', pattern: '^wait=\\d{1,2}$' },
    example: 'wait=10',
  };
  return [
    ...(route.command || route.keyed ? [key] : []),
    ...(route.command || route.waits ? [prefer] : []),
  ];
}

function requestBodyOf(route: Route, schemas: { [name: string]: Json }): NonNullable<OpenApiOperation['requestBody']> {
  const json = { schema: schemaOf(route.body as z.ZodType, 'input', schemas), ...(route.example?.body === undefined ? {} : { example: route.example.body }) };
  const content: NonNullable<OpenApiOperation['requestBody']>['content'] = { 'application/json': json };
  if (route.rawBody?.includes('text/csv')) content['text/csv'] = { schema: { type: 'string' }, example: route.example?.csv };
  return { required: !route.query?.shape['all'], content };
}

function successes(route: Route, schemas: { [name: string]: Json }): { [status: string]: Json } {
  return Object.fromEntries(Object.entries(route.answers).map(([status, answer]) => [status, responseOf(answer, schemas)]));
}

function responseOf(answer: Answer, schemas: { [name: string]: Json }): Json {
  const types = [answer.type ?? 'application/json'].flat();
  const content = types.map((type) => [type, { schema: answer.schema ? schemaOf(answer.schema, 'output', schemas) : plainSchema(type) }]);
  return { description: answer.description, content: Object.fromEntries(content) };
}

/** The schema of an answer that has none of its own. */
function plainSchema(type: string): Json {
  if (type === 'application/json') return { type: 'object' };
  return type === 'application/pdf' ? { type: 'string', format: 'binary' } : { type: 'string' };
}

function failures(codes: readonly OutcomeCode[]): { [status: string]: Json } {
  const byStatus = new Map<number, OutcomeCode[]>();
  for (const code of codes) {
    const { status } = outcomeOf(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      String(status),
      {
        description: group.map((code) => `${code} ${outcomeOf(code).title}`).join('；'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

/** JSON Schema of a zod schema; the parts that have an id move to the components and are referred to. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: { [name: string]: Json }): Json {
  const { $defs = {}, $schema: _dialect, ...own } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' }) as Json & { $defs?: { [name: string]: Json } };
  for (const [name, definition] of Object.entries($defs)) schemas[name] = relink(definition);
  return relink(own);
}

/** Turns `#/$defs/Name` into the place of the components. */
function relink<T>(node: T): T {
  return JSON.parse(JSON.stringify(node).replaceAll('"#/$defs/', '"#/components/schemas/')) as T;
}
