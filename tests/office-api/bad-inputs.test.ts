import { PROVINCE } from '../support/office-people';
import { ONE, PEOPLE, THREE } from './definitions';
import { type Desk, type OfficeAnswer, type OfficeApi, openOfficeApi } from './rig';

/** Wrong requests to the inbox and the forms: each gets a 4xx with its code, leaves no row and starts no process. */
let api: OfficeApi;
let maker: Desk;
let reviewer: Desk;
let open = '';
let decided = '';
let withdrawn = '';
let seen: { seenHash: string } & Record<string, unknown>;

beforeAll(async () => {
  api = await openOfficeApi({ people: PEOPLE, definitions: [THREE, ONE], operations: { 'test.effect': { apply: async () => ({ result: {} }) } } });
  [maker, reviewer] = (await Promise.all(['maker-1', 'reviewer-1'].map((id) => api.desk(id)))) as [Desk, Desk];
  const apply = async (subject: string): Promise<string> => (await maker.apply(THREE, PROVINCE, { subject })).body.caseNo;
  [open, decided, withdrawn] = [await apply('在办'), await apply('已审'), await apply('已撤')];
  await (await api.desk('reviewer-2')).act(decided, 'approve');
  await maker.act(withdrawn, 'withdraw');
  seen = (await reviewer.read(open)).body;
}, 60_000);
afterAll(() => api?.close());

async function leavesNothing(ask: () => Promise<OfficeAnswer>, code: string | RegExp): Promise<void> {
  const [rows, workflows] = [await api.rowsOf(), await api.workflows()];
  const { status, body } = await ask();
  expect([status, body.code]).toEqual([expect.any(Number), expect.stringMatching(code)]);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(body).toMatchObject({ title: expect.any(String), next: expect.any(String) });
  expect([await api.rowsOf(), await api.workflows()]).toEqual([rows, workflows]);
}

let keys = 0;
const post = (path: string, body: unknown, desk = (): Desk => maker) => () => desk().ask(`POST ${path}`, { body, key: `bad-${(keys += 1)}` });
const form = (given: Record<string, unknown>) => post('/v1/office-cases', { definition: THREE.key, division: PROVINCE, form: { subject: '事项', ...given }, submit: true });
const act = (given: Record<string, unknown>, caseNo = (): string => open, desk = (): Desk => reviewer) => () =>
  desk().ask(`POST /v1/office-cases/${caseNo()}/acts`, { body: { act: 'approve', step: 'review', slot: '1', round: 1, opinion: '', seenHash: seen.seenHash, ...given }, key: `bad-${(keys += 1)}` });

/** As the catalogue of bad inputs names them, and more. */
const APPROVALS: readonly [string, () => Promise<OfficeAnswer>, string | RegExp][] = [
  ['approve already decided', act({}, () => decided), 'CASE_ALREADY_DECIDED'],
  ['approve after recall', act({}, () => withdrawn), 'CASE_ENDED'],
  ['reject without reason', act({ act: 'reject' }), 'OPINION_REQUIRED'],
  ['reject for a reason of blanks', act({ act: 'reject', opinion: ' \n ' }), 'OPINION_REQUIRED'],
  ['reason 10,000 chars', act({ opinion: '长'.repeat(10_000) }), 'FIELD_INVALID'],
  ['reason with a turned text', act({ opinion: 'a\u202eb' }), 'TEXT_INVALID|FIELD_INVALID'],
  ['delegate to self', () => reviewer.ask('POST /v1/delegations', { body: { toUser: 'reviewer-1', validFrom: '2026-11-23 09:00:00', validTo: '2026-12-01 09:00:00', reason: '休假' }, key: 'd-1' }), /DELEGATION_TO_SELF|FIELD_INVALID/],
  ['bulk with nothing', () => reviewer.ask('POST /v1/office-cases/bulk-acts', { body: { act: 'approve', opinion: '', items: [] }, key: 'b-1' }), 'FIELD_INVALID'],
  ['bulk with one seat twice', () => {
    const item = { caseNo: open, step: 'review', slot: '1', round: 1, seenHash: seen.seenHash };
    return reviewer.ask('POST /v1/office-cases/bulk-acts', { body: { act: 'approve', opinion: '', items: [item, item] }, key: 'b-2' });
  }, 'FIELD_INVALID'],
  ['comment on closed case', act({ act: 'copy', step: 'maker', slot: null, to: { userId: 'reviewer-2' } }, () => withdrawn, () => maker), 'CASE_ENDED'],
  ['unknown act', act({ act: 'sign' }), 'FIELD_INVALID'],
  ['unknown step', act({ step: 'nowhere' }), 'CASE_STEP_UNKNOWN'],
  ['unknown slot', act({ slot: 'zz' }), 'CASE_STEP_UNKNOWN'],
  ['step that is yet to come', act({ step: 'approve' }), 'CASE_CHANGED'],
  ['round that is yet to come', act({ round: 2 }), 'CASE_CHANGED'],
  ['round 0', act({ round: 0 }), 'FIELD_INVALID'],
  ['a hash that is none', act({ seenHash: 'abc' }), 'FIELD_INVALID'],
  ['a hash of another page', act({ seenHash: 'f'.repeat(64) }), 'CASE_CHANGED'],
  ['transfer to nobody', act({ act: 'transfer', opinion: '请代办' }), 'ACT_TARGET_INVALID'],
  ['return to a later step', act({ act: 'return', opinion: '退回', to: { step: 'approve' } }), 'ACT_TARGET_INVALID'],
  ['withdraw once it is reviewed', act({ act: 'withdraw' }, () => decided, () => maker), 'ACT_NOT_ALLOWED'],
  ['a decision of the caller’s own making', act({ decision: 'x.y.z' }), 'FIELD_INVALID'],
  ['a case that is none', act({}, () => 'nothing-1'), 'CASE_NOT_FOUND'],
  ['../ in the number', act({}, () => '..%2f..%2fx'), 'CASE_NOT_FOUND'],
  ['no key', () => reviewer.ask(`POST /v1/office-cases/${open}/acts`, { body: { act: 'approve', step: 'review', round: 1, opinion: '', seenHash: seen.seenHash } }), 'IDEMPOTENCY_KEY_MISSING'],
  ['256-char key', () => reviewer.ask(`POST /v1/office-cases/${open}/acts`, { body: { act: 'approve', step: 'review', round: 1, opinion: '', seenHash: seen.seenHash }, key: 'k'.repeat(256) }), 'IDEMPOTENCY_KEY_INVALID'],
];
test.each(APPROVALS)('inbox: %s', (_name, ask, code) => leavesNothing(ask, code));

const FORMS: readonly [string, () => Promise<OfficeAnswer>, string | RegExp][] = [
  ['missing required', form({ subject: undefined }), 'FORM_INVALID'],
  ['empty', form({ subject: '' }), 'FORM_INVALID'],
  ['only spaces', form({ subject: '   ' }), 'FORM_INVALID'],
  ['201 chars', form({ subject: '长'.repeat(201) }), 'FORM_INVALID'],
  ['RTL override', form({ subject: 'a\u202eb' }), 'FORM_INVALID'],
  ['control', form({ subject: 'a\u0007b' }), 'FORM_INVALID'],
  ['number type in JSON', form({ subject: 7 }), 'FORM_INVALID'],
  ['unknown extra field', form({ extra: 1 }), 'FORM_INVALID'],
  ['wrong case of field', form({ Subject: '甲' }), 'FORM_INVALID'],
  ['-0.01', form({ amount: -0.01 }), 'FORM_INVALID'],
  ['negative', form({ amount: -1 }), 'FORM_INVALID'],
  ['0.005', form({ amount: 0.005 }), 'FORM_INVALID'],
  ['string 12.3', form({ amount: '12.3' }), 'FORM_INVALID'],
  ['1E-2 as text', form({ amount: '1E-2' }), 'FORM_INVALID'],
  ['full-width', form({ amount: '１００' }), 'FORM_INVALID'],
  ['NaN as text', form({ amount: 'NaN' }), 'FORM_INVALID'],
  ['currency sign', form({ amount: '¥12' }), 'FORM_INVALID'],
  ['9007199254740993 fen', () => maker.ask('POST /v1/office-cases', { raw: `{"definition":"test-three","division":"${PROVINCE}","submit":true,"form":{"subject":"甲","amount":9007199254740993}}`, key: 'big' }), 'JSON_NUMBER_INEXACT'],
  ['clearing month 202613', form({ period: '202613' }), 'FORM_INVALID'],
  ['clearing month 2026-13', form({ period: '2026-13' }), 'FORM_INVALID'],
  ['month as number', form({ period: 202611 }), 'FORM_INVALID'],
  ['a list that is none', form({ rows: 'x' }), 'FORM_INVALID'],
  ['a row that is none', form({ rows: [1] }), 'FORM_INVALID'],
  ['a row with an unknown field', form({ rows: [{ other: 1 }] }), 'FORM_INVALID'],
  ['1,001 rows', form({ rows: Array.from({ length: 1_001 }, () => ({ item: 'x' })) }), 'FORM_INVALID'],
  ['a form that is a list', post('/v1/office-cases', { definition: THREE.key, division: PROVINCE, form: [], submit: true }), 'FIELD_INVALID'],
  ['no form', post('/v1/office-cases', { definition: THREE.key, division: PROVINCE, submit: true }), 'FIELD_INVALID'],
  ['null', post('/v1/office-cases', null), 'FIELD_INVALID'],
  ['unknown definition', post('/v1/office-cases', { definition: 'nothing', division: PROVINCE, form: {}, submit: true }), 'DEFINITION_UNKNOWN'],
  ['definition of the prototype', post('/v1/office-cases', { definition: 'constructor', division: PROVINCE, form: {}, submit: true }), 'DEFINITION_UNKNOWN'],
  ['unknown division', post('/v1/office-cases', { definition: ONE.key, division: '999999', form: { subject: '甲' }, submit: true }), 'DIVISION_NOT_FOUND'],
  ['another’s division', post('/v1/office-cases', { definition: ONE.key, division: '990100', form: { subject: '甲' }, submit: true }), 'CASE_START_REFUSED'],
  ['not one’s role', post('/v1/office-cases', { definition: ONE.key, division: PROVINCE, form: { subject: '甲' }, submit: true }, () => reviewer), 'CASE_START_REFUSED'],
  ['the same business twice', form({ subject: '在办' }), 'CASE_ALREADY_OPEN'],
  ['a draft with a wrong field', post('/v1/office-cases', { definition: THREE.key, division: PROVINCE, form: { amount: 'x' }, submit: false }), 'FORM_INVALID'],
  ['duplicate keys', () => maker.ask('POST /v1/office-cases', { raw: '{"definition":"a","definition":"b"}', key: 'dup' }), 'JSON_DUPLICATE_KEY'],
  ['truncated', () => maker.ask('POST /v1/office-cases', { raw: '{"definition":', key: 'cut' }), 'JSON_INVALID'],
  ['1 MB string', form({ subject: 'x'.repeat(1_000_000) }), 'BODY_TOO_LARGE'],
  ['form-encoded', () => maker.ask('POST /v1/office-cases', { raw: 'a=1', key: 'enc', headers: { 'content-type': 'application/x-www-form-urlencoded' } }), 'CONTENT_TYPE_UNSUPPORTED'],
];
test.each(FORMS)('form: %s', (_name, ask, code) => leavesNothing(ask, code));

test('a faulty form names each field', async () => {
  const { body } = await form({ amount: 'x', rows: [{ cents: -1 }] })();
  expect(body.errors).toEqual([
    { path: 'form.amount', code: 'FORM_INVALID', message: '金额应为整数分。' },
    { path: 'form.rows[0].cents', code: 'FORM_INVALID', message: expect.any(String) },
  ]);
});

const QUERIES: readonly [string, string][] = [
  ['?view=all', 'QUERY_INVALID'],
  ['?limit=101', 'QUERY_INVALID'],
  ['?limit=0', 'QUERY_INVALID'],
  ['?cursor=zz', 'CURSOR_INVALID'],
  [`?cursor=${Buffer.from('["a",1]').toString('base64url')}`, 'CURSOR_INVALID'],
  ['?sort=openedAt', 'QUERY_INVALID'],
  ['?period=202611', 'QUERY_INVALID'],
  ['?amountFrom=1.5', 'QUERY_INVALID'],
  ['?amountFrom=1e3', 'QUERY_INVALID'],
  ['?division=99', 'QUERY_INVALID'],
  [`?q=${'x'.repeat(5_000)}`, 'QUERY_INVALID'],
  ['?q=%00', 'QUERY_INVALID'],
  ['?q=990101195803120019', 'ID_NUMBER_IN_QUERY'],
  ['?view=todo&view=done', 'QUERY_INVALID'],
  ['?a[]=1', 'QUERY_INVALID'],
];
test.each(QUERIES)('query: %s', (query, code) => leavesNothing(() => reviewer.ask(`GET /v1/inbox${query}`), code));

test('a rare character and a formula are plain text in a form', async () => {
  const { status, body } = await maker.apply(ONE, PROVINCE, { subject: '𠮷=cmd|calc' });
  expect([status, body.form]).toEqual([201, { subject: '𠮷=cmd|calc' }]);
});
