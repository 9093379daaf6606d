import { headerNamesOfProblem } from '../../api/headers';
import { buildOpenApi, type OpenApiOperation } from '../../api/openapi';
import { routes } from '../../api/routes';

const document = buildOpenApi(routes);
/** Headers of the transport, which OpenAPI does not describe. */
const TRANSPORT: ReadonlySet<string> = new Set(['connection', 'content-length', 'content-type', 'date', 'keep-alive', 'transfer-encoding']);
const PROBLEM = headerNamesOfProblem(404).map((name) => name.toLowerCase());
const everywhere = Object.entries(document.components.headers).flatMap(([name, header]) => (header['x-every-response'] === true ? [name.toLowerCase()] : []));

/** The operations of an address, by method; none where the address is not served. */
function operationsAt(pathname: string): { readonly [method: string]: OpenApiOperation } {
  const fits = Object.keys(document.paths).filter((path) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname));
  // A fixed address comes before one with a parameter: …/search is no number of a stay.
  const [path] = fits.sort((a, b) => a.split('{').length - b.split('{').length);
  return path === undefined ? {} : (document.paths[path] ?? {});
}

/**
 * Expects that an answer is described by the OpenAPI document: its status, and each header that is not of the transport.
 * Answers of addresses that are not served carry nothing but the headers of every answer and of every problem.
 */
export function expectDeclared(method: string, target: string, answer: Pick<Response, 'status' | 'headers'>): void {
  const operations = operationsAt(new URL(target, 'http://x').pathname);
  const operation = operations[method === 'HEAD' ? 'get' : method.toLowerCase()] ?? Object.values(operations)[0];
  const response = operation?.responses[String(answer.status)] as { headers?: object } | undefined;
  const where = `${method} ${target} ${answer.status}`;
  if (operation) expect([where, response !== undefined]).toEqual([where, true]);
  const declared = [...everywhere, ...(operation ? [] : PROBLEM), ...Object.keys(response?.headers ?? {}).map((name) => name.toLowerCase())];
  const sent = [...answer.headers.keys()].filter((name) => !TRANSPORT.has(name));
  expect([where, sent.filter((name) => !declared.includes(name))]).toEqual([where, []]);
  expect([where, everywhere.filter((name) => !sent.includes(name))]).toEqual([where, []]);
}
