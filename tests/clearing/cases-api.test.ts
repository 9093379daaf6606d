import { operations } from '../../activities/clearing';
import { clearingRoutes } from '../../api/routes/clearing';
import { formatDate } from '../../domain/calendar';
import type { CaseDefinition } from '../../domain/office-case/definition';
import { loadCaseDefinitions } from '../../schemas/processes/load-cases';
import { openOfficeApi, type OfficeApi } from '../office-api/rig';
import { STAFF } from '../support/office-definitions';
import { CITIES, PROVINCE } from '../support/office-people';
import { serves } from '../support/serves';

/** The smaller cases of clearing as people do them: by HTTP, each in a session of his own. */
const definitions = loadCaseDefinitions();
const [CITY] = CITIES;
const PERIOD = formatDate(Date.now()).slice(0, 7);
let api: OfficeApi;

beforeAll(async () => {
  const people = [...STAFF, { id: 'city-maker', role: 'maker' as const, division: CITY }, { id: 'city-reviewer', role: 'reviewer' as const, division: CITY }];
  api = await openOfficeApi({ people, definitions: Object.values(definitions), operations, routes: clearingRoutes });
}, 60_000);
afterAll(() => api?.close());

async function effective(key: string, division: string, caseNo: string): Promise<Record<string, unknown>> {
  const { results } = await api.rig.until(`office-case/${key}/${division}/${caseNo}`, ({ status }) => status === 'effective');
  return results['effect'] as Record<string, unknown>;
}

test('the parameters change by a maker and a reviewer, and only then', async () => {
  serves('xr-clear-month-parameters');
  const [maker, reviewer] = [await api.desk('maker-1'), await api.desk('reviewer-1')];
  const form = {
    fromPeriod: PERIOD, cutOffDay: 31, reconciledByDay: 20, lateLimitMonths: 1, medTypes: '21,11', claimByDay: 20, generateOnDay: 21,
    confirmByDay: 25, approveByDay: 31, tacitConfirmation: 'no', netting: 'no', countyPreCheck: 'no', reason: '测试调整',
  };
  const { status, body } = await maker.apply(definitions['xr-clear-parameters'] as CaseDefinition, PROVINCE, form);
  expect([status, body.code]).toEqual([201, undefined]);
  expect((await maker.act(body.caseNo, 'approve', { step: 'review', slot: '1' })).status).toBe(403);
  expect((await maker.ask('GET /v1/clearing/parameters')).body.items).toMatchObject([{ version: 0 }]);
  expect((await reviewer.act(body.caseNo, 'approve')).status).toBe(200);
  expect(await effective('xr-clear-parameters', PROVINCE, body.caseNo)).toMatchObject({ version: 1, reassigned: 0 });
  const { items } = (await maker.ask('GET /v1/clearing/parameters')).body;
  expect(items.find(({ version }: { version: number }) => version === 1)).toMatchObject({ content: { lateLimitMonths: 1 } });
});

test('a city claims its month, its reviewer signs', async () => {
  serves('xr-ul-month-claim');
  const [maker, reviewer] = [await api.desk('city-maker'), await api.desk('city-reviewer')];
  const { status, body } = await maker.apply(definitions['xr-clear-claim'] as CaseDefinition, CITY, { period: PERIOD, claimant: CITY, claimedCount: 1, claimedFen: 100 });
  expect([status, body.code]).toEqual([201, undefined]);
  expect((await (await api.desk('reviewer-1')).act(body.caseNo, 'approve')).status).toBeGreaterThanOrEqual(400);
  expect((await reviewer.act(body.caseNo, 'approve')).status).toBe(200);
  expect(await effective('xr-clear-claim', CITY, body.caseNo)).toMatchObject({ claimed: '1.00', reconciled: '0.00', difference: '1.00' });
});
