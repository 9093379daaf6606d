import { PROVINCE } from '../support/office-people';
import { ONE, PEOPLE, THREE } from './definitions';
import { type Desk, type OfficeAnswer, type OfficeApi, openOfficeApi } from './rig';

/** Wrong requests that no list of samples has: each gets a 4xx with its code, leaves no row and starts no process. */
let api: OfficeApi;
let maker: Desk;
let reviewer: Desk;
let other: Desk;
let open = '';
let foreign = '';
let seen: Record<string, unknown>;
let keys = 0;

beforeAll(async () => {
  api = await openOfficeApi({ people: PEOPLE, definitions: [THREE, ONE], operations: { 'test.effect': { apply: async () => ({ result: {} }) } } });
  [maker, reviewer, other] = (await Promise.all(['maker-1', 'reviewer-1', 'other-city-maker'].map((id) => api.desk(id)))) as [Desk, Desk, Desk];
  open = (await maker.apply(THREE, PROVINCE, { subject: '在办' })).body.caseNo;
  foreign = (await (await api.desk('city-maker')).apply(ONE, '990100', { subject: '外市' })).body.caseNo;
  seen = (await reviewer.read(open)).body;
}, 60_000);
afterAll(() => api?.close());

const key = (): string => `more-${(keys += 1)}`;
const raw = (path: string, text: string | Buffer, desk = (): Desk => maker) => () => desk().ask(`POST ${path}`, { raw: text, key: key() });
const formRaw = (form: string) => raw('/v1/office-cases', `{"definition":"${THREE.key}","division":"${PROVINCE}","submit":true,"form":${form}}`);
const act = (given: object, caseNo = (): string => open, desk = (): Desk => reviewer) => () =>
  desk().ask(`POST /v1/office-cases/${caseNo()}/acts`, { body: { act: 'approve', step: 'review', slot: '1', round: 1, opinion: '', seenHash: seen['seenHash'], ...given }, key: key() });
const attach = (name: string, content: string | Buffer = 'x') => () =>
  maker.ask(`POST /v1/office-cases/${open}/attachments`, { raw: content, key: key(), headers: { 'content-type': 'application/octet-stream', 'x-file-name': name } });

const REFUSED: readonly [string, () => Promise<OfficeAnswer>, string][] = [
  ['an opinion of 20,000 characters of four bytes', act({ opinion: '𠮷'.repeat(20_000) }), 'FIELD_INVALID'],
  ['an opinion of 300 kB', act({ opinion: '长'.repeat(100_000) }), 'BODY_TOO_LARGE'],
  ['NUL in an opinion', act({ opinion: 'a\u0000b' }), 'FIELD_INVALID|TEXT_INVALID'],
  ['isolates that turn an opinion', act({ opinion: '\u2067同意\u2069' }), 'FIELD_INVALID|TEXT_INVALID'],
  ['a reason that nobody can see', act({ act: 'reject', opinion: '\u200b\u2060\ufeff' }), 'OPINION_REQUIRED|FIELD_INVALID|TEXT_INVALID'],
  ['a subject that nobody can see', formRaw('{"subject":"\\u200b\\u200b"}'), 'FORM_INVALID'],
  ['a lone surrogate', formRaw('{"subject":"\\ud800"}'), 'JSON_INVALID'],
  ['bytes that are no UTF-8', raw('/v1/office-cases', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])), 'JSON_INVALID|TEXT_NOT_UTF8'],
  ['the same member twice deep in a form', formRaw('{"subject":"甲","rows":[{"item":"a","item":"b"}]}'), 'JSON_DUPLICATE_KEY'],
  ['__proto__ in a form', formRaw('{"subject":"甲","__proto__":{"amount":1}}'), 'FORM_INVALID|FIELD_INVALID|JSON_INVALID'],
  ['constructor in a row', formRaw('{"subject":"甲","rows":[{"constructor":{"prototype":{}}}]}'), 'FORM_INVALID'],
  ['40 levels', formRaw(`${'['.repeat(40)}${']'.repeat(40)}`), 'JSON_INVALID'],
  ['1e400 fen', formRaw('{"subject":"甲","amount":1e400}'), 'JSON_NUMBER_INEXACT|FORM_INVALID'],
  ['a fraction by exponent', formRaw('{"subject":"甲","amount":15e-1}'), 'FORM_INVALID'],
  ['an amount in a list', formRaw('{"subject":"甲","amount":[1]}'), 'FORM_INVALID'],
  ['a flag for a round', act({ round: true }), 'FIELD_INVALID'],
  ['a round beyond all', act({ round: 9_007_199_254_740_991 }), 'CASE_CHANGED|FIELD_INVALID'],
  ['an act of the prototype', act({ act: 'toString' }), 'FIELD_INVALID'],
  ['a step of the prototype', act({ step: '__proto__' }), 'CASE_STEP_UNKNOWN|FIELD_INVALID'],
  ['another city’s case, by one who may not see it', act({ step: 'review' }, () => foreign, () => other), 'CASE_NOT_FOUND'],
  ['another city’s case in a bulk', () => other.ask('POST /v1/office-cases/bulk-acts', { body: { act: 'approve', opinion: '', items: [{ caseNo: foreign, step: 'review', slot: '1', round: 1, seenHash: 'nothing' }] }, key: key() }), 'FIELD_INVALID'],
  ['a number of 5,000 characters', act({}, () => 'x'.repeat(5_000)), 'CASE_NOT_FOUND|PATH_INVALID'],
  ['a number of 10,000 characters', act({}, () => 'x'.repeat(10_000)), 'HEADERS_TOO_LARGE'],
  ['SQL for a number', act({}, () => encodeURIComponent("' OR '1'='1")), 'CASE_NOT_FOUND'],
  ['NUL in a number', act({}, () => 'a%00b'), 'CASE_NOT_FOUND|PATH_INVALID'],
  ['a broken escape in a number', act({}, () => 'a%zz'), 'PATH_INVALID|NOT_FOUND|CASE_NOT_FOUND'],
  ['a file name with a broken escape', attach('%zz.pdf'), 'ATTACHMENT_NAME_INVALID'],
  ['a file name of a device', attach(encodeURIComponent('a/b:con.pdf')), 'ATTACHMENT_NAME_INVALID'],
  ['a file name with NUL', attach('a.txt%00.pdf'), 'ATTACHMENT_NAME_INVALID'],
  ['a file name with a line break', attach(encodeURIComponent('a\r\nX-Set: 1.pdf')), 'ATTACHMENT_NAME_INVALID'],
  ['a page that runs scripts as a picture', attach('a.png', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'ATTACHMENT_TYPE_REFUSED'],
  ['changes heard with a wrong token', () => api.ask('GET /v1/inbox/events', { headers: { authorization: 'Bearer not-a-session' } }), 'SESSION_INVALID|TOKEN_INVALID'],
  ['changes heard with a token in the address', () => api.ask(`GET /v1/inbox/events?token=${maker.token}`), 'SESSION_MISSING|QUERY_INVALID'],
  ['a cursor of another shape', () => reviewer.ask(`GET /v1/inbox?cursor=${Buffer.from('{"__proto__":[1,1]}').toString('base64url')}`), 'CURSOR_INVALID'],
  ['a cursor with SQL', () => reviewer.ask(`GET /v1/inbox?cursor=${Buffer.from('["1 OR 1=1",1]').toString('base64url')}`), 'CURSOR_INVALID'],
  ['a cursor of a number that is none', () => reviewer.ask(`GET /v1/inbox?cursor=${Buffer.from('[1e999,1]').toString('base64url')}`), 'CURSOR_INVALID'],
  ['a filter with SQL', () => reviewer.ask(`GET /v1/inbox?definition=${encodeURIComponent("x' UNION SELECT 1 --")}`), 'QUERY_INVALID'],
  ['an amount by exponent in a filter', () => reviewer.ask('GET /v1/inbox?amountTo=1e3'), 'QUERY_INVALID'],
];

test.each(REFUSED)('%s', async (_what, ask, code) => {
  const [rows, workflows] = [await api.rowsOf(), await api.workflows()];
  const { status, body } = await ask();
  expect([status, body.code]).toEqual([expect.any(Number), expect.stringMatching(new RegExp(`^(${code})$`))]);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect([await api.rowsOf(), await api.workflows()]).toEqual([rows, workflows]);
});

test('a filter of wildcards finds what is called so, not everything', async () => {
  for (const q of ['%', '_', '%25%25', '\\']) {
    const { status, body } = await reviewer.ask(`GET /v1/inbox?q=${encodeURIComponent(q)}`);
    expect([q, status, body.items]).toEqual([q, 200, []]);
  }
});
