import { z } from 'zod';
import { outcomeOf, type OutcomeCode } from '../domain/outcomes';
import { problemBody } from '../schemas/api/problem';
import { COMMAND_HEADERS, EVERY_ANSWER, type HeaderName, headerNamesOfProblem, RESPONSE_HEADERS } from './headers';
import { type Answer, BODY_ERRORS, COMMON_ERRORS, EDGE_ERRORS, type Route, USER_ERRORS } from './route';
import { SESSION_COOKIE } from './users';

type Json = { [member: string]: unknown };

export interface OpenApi extends Json {
  readonly openapi: string;
  readonly info: { title: string; version: string; description: string };
  readonly tags: readonly { name: string }[];
  readonly paths: { [path: string]: { [method: string]: OpenApiOperation } };
  readonly components: { schemas: { [name: string]: Json }; headers: { [name: string]: Json }; securitySchemes: Json };
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
    components: { schemas, headers: headerComponents(), securitySchemes: SECURITY_SCHEMES },
  };
}

const SECURITY_SCHEMES: Json = {
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: '机构的访问令牌' },
  session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE, description: '经办人员的会话；写操作另须请求头 X-Anjie-Csrf' },
  sessionToken: { type: 'http', scheme: 'bearer', description: '同一会话的令牌 as_…，供脚本使用' },
};

const SECURITY_OF_ACCESS: Readonly<Record<Route['access'], readonly Json[]>> = {
  open: [],
  institution: [{ bearer: [] }],
  user: [{ session: [] }, { sessionToken: [] }],
};

const ERRORS_OF_ACCESS: Readonly<Record<Route['access'], readonly OutcomeCode[]>> = {
  open: EDGE_ERRORS,
  institution: COMMON_ERRORS,
  user: USER_ERRORS,
};

function operationOf(route: Route, schemas: { [name: string]: Json }): OpenApiOperation {
  const errors = [...new Set([...route.errors, ...ERRORS_OF_ACCESS[route.access]])];
  return {
    operationId: route.operationId,
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    tags: [route.tag],
    security: SECURITY_OF_ACCESS[route.access],
    parameters: [...pathParameters(route), ...queryParameters(route, schemas), ...headerParameters(route)],
    ...(route.body === undefined && !route.fileName ? {} : { requestBody: route.fileName ? FILE_BODY : requestBodyOf(route, schemas) }),
    responses: { ...failures(errors, route), ...successes(route, schemas) },
    'x-errors': errors,
  };
}

/** What stands in the paths, by name. */
const PATH_PARAMETERS: { [name: string]: Json } = {
  id: { description: '住院号', schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,30}$' } },
  commandId: { description: '业务编号，或 key: 加幂等键', schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,68}$' } },
  userId: { description: '人员编号', schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,40}$' } },
  delegationId: { description: '委托编号', schema: { type: 'string', pattern: '^[1-9]\\d{0,14}$' } },
  caseNo: { description: '办件编号', schema: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,100}$' } },
  batchId: { description: '批次编号', schema: { type: 'string', pattern: '^[A-Za-z0-9-]{1,100}$' } },
  attachmentId: { description: '附件编号', schema: { type: 'string', pattern: '^[0-9a-f-]{36}$' } },
  workflowId: { description: '流程编号，斜线写作 %2F', schema: { type: 'string', maxLength: 200 } },
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
  const csrf = {
    name: 'X-Anjie-Csrf',
    in: 'header',
    required: false,
    description: '以 Cookie 登录时必填：GET /v1/session 给出的防伪标记',
    schema: { type: 'string' },
  };
  const fileName = {
    name: 'X-File-Name',
    in: 'header',
    required: true,
    description: '文件名，UTF-8 百分号编码',
    schema: { type: 'string', maxLength: 1_100 },
    example: '%E8%AF%81%E6%98%8E.pdf',
  };
  const language = {
    name: 'Accept-Language',
    in: 'header',
    required: false,
    description: '说明（title、next）所用的语言：zh-CN（默认）或 en',
    schema: { type: 'string', maxLength: 200 },
  };
  return [
    language,
    ...(route.fileName ? [fileName] : []),
    ...(route.access === 'user' && route.method !== 'get' ? [csrf] : []),
    ...(givesCommand(route) || route.keyed ? [key] : []),
    ...(givesCommand(route) ? [prefer] : []),
  ];
}

/** A file as it is. */
const FILE_BODY: NonNullable<OpenApiOperation['requestBody']> = {
  required: true,
  content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
};

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
  return { description: answer.description, ...headersNamed(answer.headers ?? []), content: Object.fromEntries(content) };
}

/** All headers by name; those of every answer stand here only and say so. */
function headerComponents(): { [name: string]: Json } {
  return Object.fromEntries(
    Object.entries(RESPONSE_HEADERS).map(([name, header]) => [name, { ...header, ...(name in EVERY_ANSWER ? { 'x-every-response': true } : {}) }]),
  );
}

function headersNamed(names: readonly HeaderName[]): Json {
  if (names.length === 0) return {};
  return { headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])) };
}

/** The schema of an answer that has none of its own. */
function plainSchema(type: string): Json {
  if (type === 'application/json') return { type: 'object' };
  const binary = type === 'application/pdf' || type === 'application/octet-stream';
  return binary ? { type: 'string', format: 'binary' } : { type: 'string' };
}

function failures(codes: readonly OutcomeCode[], route: Route): { [status: string]: Json } {
  const refusals = new Set(route.errors.filter((code) => !BODY_ERRORS.includes(code)).map((code) => outcomeOf(code).status));
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
        ...headersNamed([...headerNamesOfProblem(status), ...(givesCommand(route) && refusals.has(status) ? COMMAND_HEADERS : [])]),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

/** Its answer may be the first answer to the same key, and a refusal is repeated as a refusal. */
function givesCommand(route: Route): boolean {
  return route.command !== undefined || route.waits === true;
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
