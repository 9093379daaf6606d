import { addDays, formatDate } from '../../domain/calendar';
import { readPatient } from '../../cli/story/patient';
import { openCentre } from '../../cli/story/centre';
import { openApi } from '../../cli/story/client';
import { openStay } from '../../cli/story/stay';
import { introduce } from '../../cli/story/newcomer';
import { serves } from '../support/serves';
import { startStack, type TestStack } from '../support/stack';

interface Run {
  readonly version: number;
  readonly state: string;
  readonly businessDate: string;
  readonly totals: Record<string, number>;
  readonly groups: readonly Record<string, unknown>[];
  readonly openDifferences: number;
}
interface View extends Run {
  readonly versions: readonly { version: number; state: string }[];
  readonly differences: { readonly items: readonly Record<string, unknown>[]; readonly nextCursor: string | null };
}

let stack: TestStack;
/** How long the product waits for the platform. */
const TIMEOUT_MS = 4_000;
const today = formatDate(Date.now());
beforeAll(async () => {
  stack = await startStack({ env: { ANJIE_NATIONAL_TIMEOUT_MS: String(TIMEOUT_MS) } });
}, 120_000);
afterAll(() => stack.stop(), 60_000);

function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}, token = stack.tokens.clerk): Promise<Response> {
  const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  return fetch(`${stack.api}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...json, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function faults(...planned: readonly object[]): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(`${stack.sandbox.national}/_faults`, { method: 'PUT', headers, body: JSON.stringify({ faults: planned }) });
}

async function get<T>(path: string, token?: string): Promise<T> {
  return (await (await send('GET', path, undefined, {}, token)).json()) as T;
}

test('a settled day is reconciled on demand: totals, 3201 result, versions; the same key gives the same run', async () => {
  serves('inst-settle-total-reconcile');
  const patient = readPatient('cli/demo/patients/B.json');
  await introduce(stack.sandbox.national, patient.header);
  const stay = openStay(openApi(stack.api, stack.tokens.clerk, 'reconcile-test'), patient.header);
  await stay.admit();
  for (const day of patient.days) await stay.uploadFees(day, patient.charset);
  await stay.discharge();
  await faults({ infno: '2304', nth: 1, phase: 'after-commit', kind: 'reset' });
  const settled = await stay.settle();

  const first = await send('POST', '/v1/reconciliations', { date: today }, { 'idempotency-key': 'day-1', prefer: 'wait=30' });
  expect(first.status).toBe(200);
  const answer = (await first.json()) as { commandId: string; result: object };
  expect(answer.result).toMatchObject({ date: today, version: 1, state: 'balanced', groups: 1, open: 0 });
  const repeat = await send('POST', '/v1/reconciliations', { date: today }, { 'idempotency-key': 'day-1', prefer: 'wait=30' });
  expect(repeat.headers.get('idempotency-replayed')).toBe('true');
  expect(await repeat.json()).toEqual(answer);
  expect((await send('POST', '/v1/reconciliations', { date: addDays(today, -1) }, { 'idempotency-key': 'day-1' })).status).toBe(409);

  const later = await send('POST', '/v1/reconciliations', { date: today }, { 'idempotency-key': 'day-2', prefer: 'wait=0' });
  expect(later.status).toBe(202);
  const place = later.headers.get('location') ?? '';
  const done = await until(() => get<{ status: string; result?: object }>(place), (command) => command.status === 'done');
  expect(done.result).toMatchObject({ version: 2, state: 'balanced' });

  const view = await get<View>(`/v1/reconciliations/${today}`);
  expect(view).toMatchObject({ version: 2, state: 'balanced', openDifferences: 0, differences: { items: [], nextCursor: null } });
  expect(view.versions.map((each) => each.version)).toEqual([2, 1]);
  expect(view.groups).toMatchObject([{ insutype: '390', clrType: '21', settlements: 1, stmtRslt: '000000', stmtRsltDscr: '平' }]);
  expect(view.totals).toEqual({
    settlements: 1,
    medfeeFen: settled.amounts['medfee_sumamt'],
    fundFen: settled.amounts['fund_pay_sumamt'],
    accountFen: settled.amounts['acct_pay'],
  });
  expect(await get<View>(`/v1/reconciliations/${today}?version=1`)).toMatchObject({ version: 1 });
}, 120_000);

test('pages, other institutions, and what is refused', async () => {
  const page = await get<{ items: Run[]; nextCursor: string }>('/v1/reconciliations?limit=1');
  expect(page.items).toMatchObject([{ businessDate: today, version: 2 }]);
  expect(await get<{ items: Run[] }>(`/v1/reconciliations?limit=1&cursor=${page.nextCursor}`)).toMatchObject({ items: [{ version: 1 }] });
  expect(await get<{ items: Run[] }>('/v1/reconciliations', stack.tokens.otherInstitution)).toEqual({ items: [], nextCursor: null });
  expect((await send('GET', `/v1/reconciliations/${today}`, undefined, {}, stack.tokens.otherInstitution)).status).toBe(404);
});

test.each<[string, unknown, Record<string, string>, number, string]>([
  // what                        body                                headers                        status  code
  ['no key',                     { date: '2026-11-12' },             {},                            400,    'IDEMPOTENCY_KEY_MISSING'],
  ['tomorrow',                   { date: addDays(today, 1) },        { 'idempotency-key': 'bad-1' }, 422,   'DAY_NOT_BEGUN'],
  ['a day that is not',          { date: '2026-02-29' },             { 'idempotency-key': 'bad-2' }, 400,   'FIELD_INVALID'],
  ['slashes',                    { date: '2026/11/12' },             { 'idempotency-key': 'bad-3' }, 400,   'FIELD_INVALID'],
  ['no zeros',                   { date: '2026-1-2' },               { 'idempotency-key': 'bad-4' }, 400,   'FIELD_INVALID'],
  ['a number',                   { date: 20261112 },                 { 'idempotency-key': 'bad-5' }, 400,   'FIELD_INVALID'],
  ['no date',                    {},                                 { 'idempotency-key': 'bad-6' }, 400,   'FIELD_INVALID'],
  ['a member too many',          { date: '2026-11-12', x: 1 },       { 'idempotency-key': 'bad-7' }, 400,   'FIELD_INVALID'],
])('%s is refused and nothing is run', async (_what, body, headers, status, code) => {
  const answer = await send('POST', '/v1/reconciliations', body, headers);
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([status, code]);
});

test.each(['2026-02-29', '..%2f', '20261112', '2020-01-01', `${today}?version=99`, `${today}?version=0`])('GET /v1/reconciliations/%s finds nothing', async (place) => {
  const answer = await send('GET', `/v1/reconciliations/${place}`);
  expect([400, 404]).toContain(answer.status);
});

test('the worker is killed in the middle of a run: the run goes on where it was', async () => {
  await faults({ infno: '3202', nth: 1, phase: 'after-commit', kind: 'hang' });
  const accepted = await send('POST', '/v1/reconciliations', { date: today }, { 'idempotency-key': 'day-3', prefer: 'wait=0' });
  expect(accepted.status).toBe(202);
  const firings = async (): Promise<number> =>
    ((await (await fetch(`${stack.sandbox.national}/_faults`)).json()) as { firings: unknown[] }).firings.length;
  await until(firings, (count) => count === 1);
  await stack.killAndWait('worker-reconcile-1', 'SIGKILL');
  const done = await until(() => get<{ status: string; result?: object }>(accepted.headers.get('location') ?? ''), (command) => command.status === 'done');
  expect(done.result).toMatchObject({ version: 3, state: 'balanced', open: 0 });
}, 60_000);

test('a settlement that only the centre has is found in its file, undone there, and the day agrees again', async () => {
  serves('inst-settle-detail-reconcile');
  const patient = readPatient('cli/demo/patients/C.json');
  await introduce(stack.sandbox.national, patient.header);
  const stay = openStay(openApi(stack.api, stack.tokens.clerk, 'difference-test'), patient.header);
  await stay.admit();
  for (const day of patient.days) await stay.uploadFees(day, patient.charset);
  await stay.discharge();
  // The first 2304 arrives when its sender has given up and 2601 found nothing; the second one is refused.
  await faults(
    { infno: '2304', nth: 1, phase: 'before-commit', kind: 'delay', ms: 2 * TIMEOUT_MS },
    { infno: '2304', nth: 2, phase: 'before-commit', kind: 'businessError' },
  );
  await expect(stay.settle()).rejects.toMatchObject({ code: 'PLATFORM_REFUSED' });
  const centre = openCentre(stack.sandbox.national);
  const mdtrtId = String((await stay.look()).mdtrtId);
  const [slipped] = await until(() => centre.settlements(mdtrtId), (rows) => rows.length === 1);

  const found = await send('POST', '/v1/reconciliations', { date: today }, { 'idempotency-key': 'day-4', prefer: 'wait=30' });
  expect((await found.json()) as object).toMatchObject({ result: { version: 4, state: 'balanced', open: 0 } });
  const view = await get<View>(`/v1/reconciliations/${today}?version=4`);
  expect(view.differences.items).toEqual([
    expect.objectContaining({
      class: 'onlyTheirs', state: 'undone', setlId: slipped?.setl_id, msgid: slipped?.msgid, resolution: expect.stringContaining('2305'),
      theirs: expect.objectContaining({ medfeeFen: slipped?.amounts['medfee_sumamt'] }),
    }),
  ]);
  expect((await centre.settlements(mdtrtId)).filter((row) => row.refd_setl_flag === '0')).toEqual([]);
  expect(view.totals['settlements']).toBe(1);

  // The patient settles after all, and the next run finds nothing more.
  const settled = await stay.settle();
  const again = await send('POST', '/v1/reconciliations', { date: today }, { 'idempotency-key': 'day-5', prefer: 'wait=30' });
  expect((await again.json()) as object).toMatchObject({ result: { version: 5, state: 'balanced', open: 0 } });
  const last = await get<View>(`/v1/reconciliations/${today}`);
  expect([last.differences.items, last.totals['settlements']]).toEqual([[], 2]);
  expect((await centre.settlements(mdtrtId)).filter((row) => row.refd_setl_flag === '0').map((row) => row.setl_id)).toEqual([settled.setlId]);
}, 120_000);

test('metrics count abnormal items and missing days', async () => {
  const metrics = await (await fetch(`${stack.api}/metrics`)).text();
  expect(metrics).toContain('anjie_reconciliations_missing{institution="H99000000001"} 0');
  expect(metrics).toContain('anjie_abnormal_items_open');
});

async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('not in time');
}
