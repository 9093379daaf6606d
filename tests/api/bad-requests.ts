import { gzipSync } from 'node:zlib';
import type { OutcomeCode } from '../../domain/outcomes';
import type { Ask } from './harness';

/** A request that is wrong in itself, whatever its body would mean. `{stay}` in the path is a stay of the caller's. */
export interface BadRequest {
  /** Group and case of bad-input-catalogue.json; the case is the name where it says nothing else. */
  readonly group: string;
  readonly name: string;
  readonly case?: string;
  readonly path: string;
  readonly options?: Ask;
  readonly status: number;
  /** Null where the answer has no body. */
  readonly code: OutcomeCode | null;
}

const GOOD = '{"amountFen":100,"method":"cash","receiptNo":"R1"}';
const DEPOSITS = 'POST /v1/admissions/{stay}/deposits';
const BODY = { amountFen: 100, method: 'cash', receiptNo: 'R1' };
const big = (bytes: number): string => `{"amountFen":100,"method":"cash","receiptNo":"${'R'.repeat(bytes)}"}`;

type BodyRow = readonly [name: string, raw: string | Buffer, status: number, code: OutcomeCode, more?: Pick<Ask, 'type' | 'headers'>];

const BODIES: readonly BodyRow[] = [
  ['truncated', GOOD.slice(0, 20), 400, 'JSON_INVALID'],
  ['empty', '', 400, 'JSON_INVALID'],
  ['duplicate keys', '{"amountFen":100,"amountFen":200,"method":"cash","receiptNo":"R1"}', 400, 'JSON_DUPLICATE_KEY'],
  ['1 MB string', big(1_000_000), 413, 'BODY_TOO_LARGE'],
  ['20 MB body', big(20_000_000), 413, 'BODY_TOO_LARGE'],
  ['numbers with leading zeros', GOOD.replace('100', '0100'), 400, 'JSON_INVALID'],
  ['big int literal', GOOD.replace('100', '100000000000000000000000000'), 400, 'JSON_NUMBER_INEXACT'],
  ['BOM', `\ufeff${GOOD}`, 400, 'JSON_INVALID'],
  ['lone surrogate', GOOD.replace('R1', '\\ud800'), 400, 'JSON_INVALID'],
  ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400, 'TEXT_NOT_UTF8'],
  ['UTF-16LE', Buffer.from(GOOD, 'utf16le'), 400, 'JSON_INVALID'],
  ['NDJSON in JSON', `${GOOD}\n${GOOD}`, 400, 'JSON_INVALID'],
  ['comment in JSON', `/* */${GOOD}`, 400, 'JSON_INVALID'],
  ['form-encoded', 'amountFen=100', 415, 'CONTENT_TYPE_UNSUPPORTED', { type: 'application/x-www-form-urlencoded' }],
  ['CSV where JSON is wanted', 'a,b', 415, 'CONTENT_TYPE_UNSUPPORTED', { type: 'text/csv' }],
  ['other charset', GOOD, 415, 'CONTENT_TYPE_UNSUPPORTED', { type: 'application/json; charset=gbk' }],
  ['gzip bomb', gzipSync(Buffer.alloc(50_000_000, 0x20)), 415, 'CONTENT_ENCODING_UNSUPPORTED', { headers: { 'content-encoding': 'gzip' } }],
];

const KEYS: readonly (readonly [name: string, key: string | undefined, code: OutcomeCode])[] = [
  ['no key', undefined, 'IDEMPOTENCY_KEY_MISSING'],
  ['empty key', '', 'IDEMPOTENCY_KEY_MISSING'],
  ['256-char key', 'k'.repeat(256), 'IDEMPOTENCY_KEY_INVALID'],
  ['key with a space', 'a b', 'IDEMPOTENCY_KEY_INVALID'],
  ['key with a quote', 'a"b', 'IDEMPOTENCY_KEY_INVALID'],
];

/** All answered 404. */
const PATHS: readonly (readonly [name: string, target: string, code: OutcomeCode, of?: string])[] = [
  ['..%2f in id', '/v1/admissions/..%2fH99000000003', 'PATH_INVALID', '../ in id'],
  ['%2e%2e in id', '/v1/admissions/%2e%2e%2fx', 'PATH_INVALID'],
  ['null byte in id', '/v1/admissions/a%00b', 'PATH_INVALID'],
  ['broken escape in id', '/v1/admissions/%E0%A4%A', 'PATH_INVALID'],
  ['id of 31', `/v1/admissions/${'A'.repeat(31)}`, 'PATH_INVALID'],
  ['id that is not', '/v1/admissions/NONE', 'ADMISSION_NOT_FOUND'],
  ['command that is none', '/v1/commands/1', 'COMMAND_NOT_FOUND'],
  ['command of nobody', '/v1/commands/11111111-1111-4111-8111-111111111111', 'COMMAND_NOT_FOUND'],
  ['unknown path', '/v1/nothing', 'ROUTE_UNKNOWN'],
  ['unknown path below', '/v1/admissions/{stay}/secrets', 'ROUTE_UNKNOWN'],
  ['trailing slash', '/v1/admissions/', 'ROUTE_UNKNOWN'],
];

const HUNDRED = Array.from({ length: 100 }, (_item, index) => `p${index}=1`).join('&');
const PAGING = 'search, paging, export';

/** Queries of the list of stays, all answered 400. */
const QUERIES: readonly (readonly [group: string, name: string, query: string, code: OutcomeCode, of?: string])[] = [
  [PAGING, 'ID number in query string', 'certno=990101195803120019', 'ID_NUMBER_IN_QUERY'],
  [PAGING, 'ID number as the number of a stay', 'iptNo=990101195803120019', 'ID_NUMBER_IN_QUERY'],
  ['HTTP', '?sort=unknown', 'sort=unknown', 'SORT_UNKNOWN'],
  ['HTTP', '?sort with SQL', 'sort=updatedAt;DROP%20TABLE%20command', 'SORT_UNKNOWN'],
  [PAGING, 'sort by masked column', 'sort=patientName', 'SORT_UNKNOWN'],
  ['HTTP', 'array query a[]=', 'stage[]=admitted', 'QUERY_INVALID'],
  ['HTTP', 'twice the same', 'limit=1&limit=2', 'QUERY_INVALID'],
  ['HTTP', '100 query params', HUNDRED, 'QUERY_INVALID'],
  [PAGING, 'limit 0', 'limit=0', 'QUERY_INVALID'],
  [PAGING, 'limit 101', 'limit=101', 'QUERY_INVALID'],
  [PAGING, 'limit 1e2', 'limit=1e2', 'QUERY_INVALID'],
  [PAGING, 'date range 1900–9999', 'admittedFrom=1900-01-01&admittedTo=9999-12-31', 'QUERY_INVALID'],
  [PAGING, 'dates out of order', 'admittedFrom=2026-11-02&admittedTo=2026-11-01', 'QUERY_INVALID'],
  ['dates and times', 'a month as a date', 'admittedFrom=202613', 'QUERY_INVALID'],
  [PAGING, 'broken cursor', 'cursor=AAAA', 'CURSOR_INVALID'],
  [PAGING, 'cursor of another list', `cursor=${Buffer.from('[1]').toString('base64url')}`, 'CURSOR_INVALID'],
  [PAGING, '1,000-char filter', `iptNo=${'A'.repeat(1000)}`, 'QUERY_INVALID'],
  [PAGING, '10,000-char filter in the address', `iptNo=${'A'.repeat(10_000)}`, 'HEADERS_TOO_LARGE', '10,000-char filter'],
];

const HTTP: readonly BadRequest[] = [
  { group: 'HTTP', name: 'HEAD on POST route', path: 'HEAD /v1/admissions/{stay}/discharge', status: 405, code: null },
  { group: 'HTTP', name: 'GET on POST route', path: 'GET /v1/admissions/{stay}/discharge', status: 405, code: 'METHOD_NOT_ALLOWED' },
  { group: 'HTTP', name: 'Origin other site', path: 'GET /v1/admissions', options: { headers: { origin: 'https://evil.example' } }, status: 403, code: 'ORIGIN_REFUSED' },
  { group: 'HTTP', name: 'a body where none is taken', path: 'DELETE /v1/admissions/{stay}/pre-settlement', options: { key: 'body-2', raw: '{"a":1}' }, status: 400, code: 'BODY_UNEXPECTED' },
];

const PREFERENCES = ['wait=61', 'wait=-1', 'respond-async', 'wait=1, wait=2'];

export const BAD_REQUESTS: readonly BadRequest[] = [
  ...BODIES.map(([name, raw, status, code, more]): BadRequest => ({ group: 'JSON / body', name, path: DEPOSITS, options: { key: 'body-1', raw, ...more }, status, code })),
  ...KEYS.map(([name, key, code]): BadRequest => ({
    group: 'ids and idempotency', name, path: DEPOSITS, options: { body: BODY, ...(key === undefined ? {} : { key }) }, status: 400, code,
  })),
  ...PATHS.map(([name, target, code, of]): BadRequest => ({ group: 'ids and idempotency', name, ...(of ? { case: of } : {}), path: `GET ${target}`, status: 404, code })),
  ...QUERIES.map(([group, name, query, code, of]): BadRequest => ({
    group, name, ...(of ? { case: of } : {}), path: `GET /v1/admissions?${query}`, status: code === 'HEADERS_TOO_LARGE' ? 431 : 400, code,
  })),
  ...HTTP,
  ...PREFERENCES.map((prefer): BadRequest => ({
    group: 'HTTP', name: `Prefer: ${prefer}`, path: DEPOSITS, options: { key: 'prefer-1', body: BODY, prefer }, status: 400, code: 'PREFER_INVALID',
  })),
];
