import { generate } from '../../activities/clearing/generate/generate';
import { operations } from '../../activities/clearing';
import type { Route } from '../../api/route';
import { clearingRoutes } from '../../api/routes/clearing';
import { clearingStatisticsRoutes } from '../../api/routes/clearing-statistics';
import { xrSettlementRoutes } from '../../api/routes/xr-settlements';
import type { XrRecord } from '../../domain/clearing/record';
import { openPeopleRig, type PeopleRig } from '../people/rig';
import { onBothDatabases } from '../support/databases';
import { serves } from '../support/serves';
import { csvOf, deduction, PROVINCE, settlement } from './support';

const ROUTES: readonly Route[] = [...xrSettlementRoutes, ...clearingRoutes, ...clearingStatisticsRoutes];
const BATCH = '990000-202610-1';
const CSV = { 'content-type': 'text/csv; charset=utf-8' };

/** Settlements sent, cleared and looked at over HTTP by people of the province and of two cities. */
onBothDatabases('clearing over HTTP', (database) => {
  let rig: PeopleRig;
  let province: string;
  let records: XrRecord[];

  beforeEach(async () => {
    rig = await openPeopleRig(database(), { routes: ROUTES });
    province = (await rig.enter('sheng-jingban-1')).token;
    const there = Array.from({ length: 5 }, () => settlement());
    const back = Array.from({ length: 3 }, () => settlement({ insuplc_admdvs: '990201', mdtrtarea_admdvs: '990101', fixmedins_code: 'H99010100001', insutype: '390', parts: { '390100': 700 } }));
    records = [...there, ...back, deduction(there[0] as XrRecord, 1_000, '2026-10-20')];
  });
  afterEach(async () => {
    await rig?.close();
  });

  const send = (raw: string, headers: Record<string, string> = CSV, token = province) => rig.ask('POST /v1/xr/settlements', { token, raw, headers });
  const get = async (path: string, token = province) => {
    const { status, body, headers } = await rig.ask(`GET ${path}`, { token });
    const route = ROUTES.find((each) => new RegExp(`^${each.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path.split('?')[0] ?? ''));
    if (status === 200 && headers.get('content-type')?.includes('json')) expect(route?.answers[200]?.schema?.safeParse(body)).toMatchObject({ success: true });
    return { status, body };
  };
  async function clear(): Promise<void> {
    expect((await send(csvOf(records))).body).toMatchObject({ accepted: 9, rejected: 0 });
    // 30 November.
    const now = Date.UTC(2026, 10, 30);
    const order = { office: PROVINCE, period: '2026-10', caseId: 'case-1', caseNo: '1', now };
    expect(await generate({ store: rig.store, now: () => now }, order, () => undefined)).toMatchObject({ result: { batchId: BATCH, items: 9 } });
  }

  test('a file is taken, taken once, and its bad lines are told', async () => {
    const text = csvOf([...records, settlement({ mdtrtarea_admdvs: '990105' })]);
    const first = await send(text);
    expect(first).toMatchObject({ status: 200, body: { state: 'done', lines: 10, accepted: 9, rejected: 1, rejects: [{ line: 10, code: 'XR_SAME_CITY', field: 'mdtrtarea_admdvs' }] } });
    const again = await send(text);
    expect([again.headers.get('idempotency-replayed'), again.body]).toEqual(['true', first.body]);
    expect((await get('/v1/xr/intake-files')).body.items).toMatchObject([{ fileId: first.body.fileId, accepted: 9 }]);
    expect((await get(`/v1/xr/intake-files/${first.body.fileId}`)).body.rejects).toHaveLength(1);
    // A city sees what its province sent, but not what another city sent.
    const second = (await rig.enter('shi02-jingban-1')).token;
    expect((await get(`/v1/xr/intake-files/${first.body.fileId}`, second)).status).toBe(200);
    const own = await send(csvOf([settlement()]).replace('1,990000', '1,990200'), CSV, second);
    expect(own).toMatchObject({ status: 200, body: { accepted: 1 } });
    const third = (await rig.enter('shi01-jingban-1')).token;
    expect((await get(`/v1/xr/intake-files/${own.body.fileId}`, third)).body).toMatchObject({ code: 'XR_FILE_NOT_FOUND' });
  });

  test.each([
    ['totals that do not agree', (text: string) => text.replace(/\nT,9/, '\nT,8'), CSV, 422, 'XR_FILE_TOTALS_DIFFER'],
    ['no end', (text: string) => text.slice(0, text.indexOf('\nT,')), CSV, 400, 'XR_FILE_TRAILER_MISSING'],
    ['bytes of another encoding', () => Buffer.from([0x48, 0x2c, 0xff, 0xfe]).toString('latin1'), { 'content-type': 'text/csv; charset=utf-16' }, 415, 'CONTENT_TYPE_UNSUPPORTED'],
    ['JSON', () => '{}', { 'content-type': 'application/json' }, 415, 'CONTENT_TYPE_UNSUPPORTED'],
    ['NDJSON that breaks off', () => '{"header":', { 'content-type': 'application/x-ndjson' }, 400, 'JSON_INVALID'],
    ['nothing', () => '', CSV, 400, 'XR_FILE_HEADER_INVALID'],
  ])('a body with %s is refused whole', async (_title, change, headers, status, code) => {
    expect(await send(change(csvOf(records)), headers)).toMatchObject({ status, body: { code } });
    expect((await get('/v1/xr/intake-files')).body.items).toEqual([]);
  });

  test('batches, lines, items, comparison: the province sees all, a city its own side', async () => {
    serves('xr-clear-month-query');
    await clear();
    expect((await get('/v1/clearing/batches?period=2026-10')).body.items).toMatchObject([{ batchId: BATCH, statusName: '审核中', items: 9 }]);
    const whole = (await get(`/v1/clearing/batches/${BATCH}`)).body;
    expect(whole.balance).toEqual([
      { insutype: '310', fund: 'account', fundName: '个人账户', payableFen: 100_000, receivableFen: 100_000 },
      { insutype: '310', fund: 'employeePool', fundName: '职工统筹', payableFen: 499_000, receivableFen: 499_000 },
      { insutype: '390', fund: 'residentPool', fundName: '居民统筹', payableFen: 2_100, receivableFen: 2_100 },
    ]);
    const city = (await rig.enter('shi01-queren-1')).token;
    const own = (await get(`/v1/clearing/batches/${BATCH}`, city)).body;
    expect(own.balance).toEqual([]);
    expect(new Set(own.cities.map((each: { city: string }) => each.city))).toEqual(new Set(['990100']));
    expect((await get(`/v1/clearing/batches/${BATCH}/lines?city=990100&side=payable`, city)).body).toMatchObject({ totalFen: 599_000 });
    expect((await get(`/v1/clearing/batches/${BATCH}/lines?city=990100&side=receivable`, city)).body).toMatchObject({ totalFen: 2_100 });
    expect((await get(`/v1/clearing/batches/${BATCH}/lines?fund=account`)).body.items).toHaveLength(1);
    const csv = await rig.ask(`GET /v1/clearing/batches/${BATCH}/lines?format=csv`, { token: province });
    expect(JSON.stringify(csv.body)).toContain('990100,990200,310,职工统筹,扣款,1,-10.00');
    expect((await get('/v1/clearing/batches/990000-209901-1')).body).toMatchObject({ code: 'CLEARING_BATCH_NOT_FOUND' });
    expect((await get(`/v1/clearing/batches/${BATCH}/comparison?city=990100`, city)).body.items[0]).toMatchObject({ fundName: '个人账户', fen: 100_000, monthOnMonth: null });
  });

  test('items go page by page, each once, and are found by what they have', async () => {
    serves('xr-stat-cost-details');
    await clear();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { body: { items: { setl_id: string }[]; nextCursor: string | null } } = await get(`/v1/clearing/batches/${BATCH}/items?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...page.body.items.map(({ setl_id }) => setl_id));
      cursor = page.body.nextCursor;
    } while (cursor);
    expect([...seen].sort()).toEqual(records.map(({ setl_id }) => setl_id).sort());
    const items = async (query: string) => (await get(`/v1/clearing/batches/${BATCH}/items?${query}`)).body.items as Record<string, unknown>[];
    expect(await items('kind=deduction')).toMatchObject([{ recordType: 'D', entryName: '扣款', funds: [{ fund: 'employeePool', fen: -1_000 }] }]);
    expect(await items('city=990100&side=receivable&institution=H99010100001')).toHaveLength(3);
    expect(await items(`setlId=${records[2]?.setl_id}`)).toMatchObject([{ setl_id: records[2]?.setl_id, window: '2026-10', decision: null }]);
    expect((await get(`/v1/clearing/batches/${BATCH}/items?institution=H99010100001`)).body).toMatchObject({ code: 'QUERY_INVALID' });
    expect((await get(`/v1/clearing/batches/${BATCH}/items?cursor=abc`)).body).toMatchObject({ code: 'CURSOR_INVALID' });
    expect((await get(`/v1/clearing/batches/${BATCH}/items?kind=other`)).status).toBe(400);
    expect(JSON.stringify(await items('limit=50'))).not.toMatch(/personHash|psn_no/);
  });

  test('a city names what it objects to; nobody does so for another', async () => {
    await clear();
    const city = (await rig.enter('shi01-queren-1')).token;
    const body = { city: '990100', side: 'payable', setlIds: [records[0]?.setl_id], reasonCode: 'amount', reason: '金额待核' };
    const object = (change: object, token = city) => rig.ask(`POST /v1/clearing/batches/${BATCH}/objections`, { token, body: { ...body, ...change } });
    expect(await object({})).toMatchObject({ status: 200, body: { named: 1 } });
    expect(await object({ city: '990200', side: 'receivable' })).toMatchObject({ status: 403, body: { code: 'XR_OUT_OF_SCOPE' } });
    expect(await object({}, province)).toMatchObject({ status: 403 });
    expect(await object({ setlIds: ['NONE'] })).toMatchObject({ status: 422, body: { code: 'CLEARING_ITEM_NOT_IN_BATCH' } });
    expect(await object({ setlIds: [] })).toMatchObject({ status: 400, body: { code: 'FIELD_INVALID' } });
    expect((await get(`/v1/clearing/batches/${BATCH}/items?decided=objected`, city)).body.items).toMatchObject([{ decision: { state: 'objected', reason: '金额待核' } }]);
  });

  test('payables, parties and parameters', async () => {
    await clear();
    const parties = (await get('/v1/clearing/parties')).body.items;
    expect(parties).toHaveLength(4);
    expect(parties[0]).toMatchObject({ slot: 'payable-990100', division: '990100' });
    expect((await get('/v1/clearing/parameters')).body.items).toMatchObject([{ version: 0, content: { lateLimitMonths: 2 } }]);
    await rig.store.write((manager) => operations['clearing.approve']?.apply?.(manager, {
      caseId: 'case-1', caseNo: '1', definition: 'xr-clear-monthly', division: PROVINCE, period: '2026-10', form: {}, step: 'effect', actors: [], now: rig.now(),
    }) as Promise<unknown>);
    expect((await get(`/v1/clearing/batches/${BATCH}/payables`)).body.items).toHaveLength(3);
    const other = (await rig.enter('shi02-queren-1')).token;
    expect((await get(`/v1/clearing/batches/${BATCH}/payables?city=990200&side=payable`, other)).body.items).toMatchObject([{ payingCity: '990200', fen: 2_100, paidFen: 0 }]);
  });

  test('statistics count visits, not deductions, and agree with the clearing', async () => {
    serves('xr-stat-settlements', 'xr-stat-diseases', 'xr-stat-institutions', 'xr-stat-cost-by-period', 'xr-stat-cost-by-city');
    serves('xr-stat-cost-by-hospital-fund', 'xr-stat-cost-by-hospital-structure');
    await clear();
    const reader = (await rig.enter('sheng-tongji-1')).token;
    const statistic = async (kind: string, query = 'period=2026-10', token = reader): Promise<Record<string, unknown>[]> => {
      const { columns, rows } = (await get(`/v1/clearing/statistics/${kind}?${query}`, token)).body as { columns: { name: string }[]; rows: unknown[][] };
      return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
    };
    expect(await statistic('settlements')).toMatchObject([
      { insutype: '310', med_typeName: '普通住院', settlements: 5, medfeeFen: 614_000, employeePoolFen: 499_000, accountFen: 100_000 },
      { insutype: '390', settlements: 3, medfeeFen: 11_100, residentPoolFen: 2_100 },
    ]);
    expect(await statistic('diseases')).toMatchObject([{ dise_codg: 'I10.x00', settlements: 8 }]);
    expect(await statistic('institutions')).toMatchObject([{ fixmedins_code: 'H99010100001', settlements: 3 }, { fixmedins_code: 'H99020200001', settlements: 5 }]);
    expect(await statistic('hospital-funds')).toMatchObject([{ residentPoolFen: 2_100 }, { employeePoolFen: 499_000 }]);
    expect(await statistic('hospital-structure')).toMatchObject([{ medfeeFen: 11_100, inscpFen: 0 }, { medfeeFen: 614_000 }]);
    expect(await statistic('by-period', 'period=2026-09&to=2026-11')).toMatchObject([{ period: '2026-10', insutype: '310' }, { period: '2026-10', insutype: '390', residentPoolFen: 2_100 }]);
    expect(await statistic('by-city')).toContainEqual({ city: '990100', insutype: '310', fund: '职工统筹', payableFen: 499_000, receivableFen: 0 });
    expect((await get('/v1/clearing/statistics/by-period?period=2026-10&to=2026-09', reader)).body).toMatchObject({ code: 'QUERY_INVALID' });
    expect((await get('/v1/clearing/statistics/toString?period=2026-10', reader)).status).toBe(404);
    expect((await get('/v1/clearing/statistics/by-city?period=2026-10', province)).body).toMatchObject({ code: 'RIGHT_MISSING' });
  });
});
