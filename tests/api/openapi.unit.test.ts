import { z } from 'zod';
import { CSV_COLUMNS, CSV_REQUIRED } from '../../schemas/api/fees';
import { renderDocs } from '../../api/docs';
import { buildOpenApi, type OpenApiOperation } from '../../api/openapi';
import { routes } from '../../api/routes';
import { OUTCOME_CODES, outcomeOf } from '../../domain/outcomes';
import { ADMISSION_COMMANDS } from '../../domain/admission/types';

const document = buildOpenApi(routes);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: operation.operationId, path, method, operation })),
);

/** Every `$ref` below a node. */
function refsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = (node as { $ref?: unknown }).$ref;
  return [...(typeof own === 'string' ? [own] : []), ...Object.values(node).flatMap(refsIn)];
}

/** A schema of the document as something that validates, its components beside it. */
function validatorOf(schema: object): z.ZodType {
  const inlined = JSON.parse(JSON.stringify({ ...schema, $defs: document.components.schemas }).replaceAll('#/components/schemas/', '#/$defs/'));
  return z.fromJSONSchema(inlined);
}

describe('the OpenAPI document', () => {
  test('is 3.1, with one operationId for each operation and no $ref that leads nowhere', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
    const refs = refsIn(document);
    expect(refs.length).toBeGreaterThan(30);
    for (const ref of refs) expect(document).toHaveProperty(ref.replace('#/', '').split('/'));
  });

  test('has one operation for each command of a stay', () => {
    const given = routes.flatMap((route) => route.command ?? []);
    expect([...given].sort()).toEqual([...ADMISSION_COMMANDS].sort());
  });

  test.each(operations)('$name names its path parameters, its answers and its errors under their status', ({ path, operation }) => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const parameters = operation.parameters as readonly { name: string; in: string; schema: object; example?: unknown }[];
    expect(parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name)).toEqual(inPath);
    expect(Object.keys(operation.responses).some((status) => /^[23]/.test(status))).toBe(true);
    for (const code of operation['x-errors']) {
      expect(operation.responses[String(outcomeOf(code).status)]?.['description']).toContain(code);
    }
    expect(Object.keys(operation)).not.toContain('undefined');
  });

  test.each(operations.filter(({ operation }) => operation.requestBody?.content['application/json']))('$name: its example fits its schema', ({ operation }) => {
    const json = operation.requestBody?.content['application/json'];
    expect(json?.example).toBeDefined();
    expect(validatorOf(json?.schema ?? {}).safeParse(json?.example)).toMatchObject({ success: true });
  });

  test.each(operations.filter(({ operation }) => operation.parameters.length > 0))('$name: examples of its parameters fit', ({ operation }) => {
    for (const parameter of operation.parameters as readonly { name: string; required: boolean; schema: object; example?: unknown }[]) {
      if (parameter.required) expect(parameter.example).toBeDefined();
      if (parameter.example !== undefined) {
        expect([parameter.name, validatorOf(parameter.schema).safeParse(parameter.example).success]).toEqual([parameter.name, true]);
      }
    }
  });

  test.each(routes.filter((route) => route.body))('$operationId: the example fits the very schema that checks requests', (route) => {
    expect(route.body?.safeParse(route.example?.body)).toMatchObject({ success: true });
  });

  test('unknown members are refused by the document as by the program', () => {
    const deposit = document.paths['/v1/admissions/{id}/deposits']?.['post'] as OpenApiOperation;
    const { schema, example } = deposit.requestBody?.content['application/json'] ?? { schema: {}, example: {} };
    expect(validatorOf(schema).safeParse({ ...(example as object), extra: 1 }).success).toBe(false);
  });

  test('the columns of the CSV are those of 2301 that the institution fills in', () => {
    expect(CSV_REQUIRED).toEqual(expect.arrayContaining(['feedetl_sn', 'fee_ocur_time', 'det_item_fee_sumamt', 'cnt', 'pric']));
    expect(CSV_COLUMNS).not.toContain('mdtrt_id');
  });
});

describe('the reference page', () => {
  const page = renderDocs(document);

  test('holds every operation and every code, and nothing from outside', () => {
    for (const { name } of operations) expect(page).toContain(`id="${name}"`);
    for (const code of OUTCOME_CODES) expect(page).toContain(`<tr id="${code}">`);
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(|https?:\/\//);
  });

  test('links lead to places that exist', () => {
    for (const [, target = ''] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${target}"`);
  });
});
