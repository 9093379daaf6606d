import { generate } from '../../activities/clearing/generate/generate';
import { operations } from '../../activities/clearing';
import type { Route } from '../../api/route';
import { STATISTICS } from '../../api/clearing/statistics';
import { clearingRoutes } from '../../api/routes/clearing';
import { clearingStatisticsRoutes } from '../../api/routes/clearing-statistics';
import { xrSettlementRoutes } from '../../api/routes/xr-settlements';
import type { XrRecord } from '../../domain/clearing/record';
import { fen } from '../../domain/money';
import { Admission } from '../../store/entities';
import { openPeopleRig, type PeopleRig } from '../people/rig';
import { onBothDatabases } from '../support/databases';
import { serves } from '../support/serves';
import { readXlsx, type XlsxSheet } from '../support/xlsx';
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
  const sheetOf = async (path: string, token = province): Promise<XlsxSheet> => {
    const response = await fetch(`${rig.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect([response.status, response.headers.get('content-disposition')]).toEqual([200, expect.stringMatching(/^attachment; filename="[\w-]+\.xlsx"$/)]);
    return readXlsx(Buffer.from(await response.arrayBuffer()));
  };
  /** Values of the rows below the heads. */
  const bodyOf = ({ rows }: XlsxSheet) => rows.slice(4).map((row) => Object.values(row).map(({ value }) => value));
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
    const sheet = await sheetOf(`/v1/clearing/batches/${BATCH}/lines?format=xlsx`);
    expect(Object.values(sheet.rows[1] ?? {}).map(({ value }) => value)).toEqual(['统计期', '2026-10', '辖区', '示例省']);
    expect(bodyOf(sheet)).toContainEqual([expect.stringMatching(/（990100）$/), expect.stringMatching(/（990200）$/), expect.any(String), '职工统筹', '扣款', 1, -10]);
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
    const preview = async (change: object = {}, token = city) => (await rig.ask(`POST /v1/clearing/batches/${BATCH}/objections/preview`, { token, body: { city: '990100', side: 'payable', setlIds: body.setlIds, ...change } })).body;
    const before = await preview({ setlIds: [] });
    expect(before).toMatchObject({ items: [], count: 0, movedFen: 0, movedTo: '2026-11' });
    expect(before.afterFen).toBe(before.beforeFen);
    const seen = await preview({ setlIds: [records[0]?.setl_id, 'NONE'] });
    expect(seen).toMatchObject({ missing: ['NONE'], missingCount: 1, count: 2, items: [{ setl_id: records[0]?.setl_id, otherCity: '990200', why: 'named' }, { why: 'correction', fen: -1_000 }] });
    expect(seen.movedFen).toBe(seen.items[0].fen - 1_000);
    expect([seen.movedFen > 0, seen.beforeFen - seen.movedFen]).toEqual([true, seen.afterFen]);
    expect(seen.beforeFen).toBe(before.beforeFen);
    expect(await preview({}, province)).toMatchObject({ code: 'XR_OUT_OF_SCOPE' });
    expect(await object({})).toMatchObject({ status: 200, body: { named: 1 } });
    expect(await preview({ setlIds: [] })).toMatchObject({ count: 2, items: [{ why: 'before' }, { why: 'correction' }], afterFen: seen.afterFen });
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
    expect((await get('/v1/clearing/counties')).body.items).toEqual([]);
    expect((await get('/v1/clearing/parameters')).body.items).toMatchObject([{ version: 0, content: { lateLimitMonths: 2 } }]);
    await rig.store.write((manager) => operations['clearing.approve']?.apply?.(manager, {
      caseId: 'case-1', caseNo: '1', definition: 'xr-clear-monthly', division: PROVINCE, period: '2026-10', form: {}, step: 'effect', actors: [], now: rig.now(),
    }) as Promise<unknown>);
    expect((await get(`/v1/clearing/batches/${BATCH}/payables`)).body.items).toHaveLength(3);
    const sheet = await sheetOf(`/v1/clearing/batches/${BATCH}/payables?format=xlsx`);
    expect([sheet.frozen, bodyOf(sheet).map((row) => row.slice(-3))]).toEqual([4, [[1_000, 0, 0], [4_990, 0, 0], [21, 0, 0]]]);
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
    expect(await statistic('details', 'period=2026-10&city=990100')).toHaveLength(9);
    const details = await statistic('details');
    expect(details.find(({ setl_id }) => setl_id === records[8]?.setl_id)).toMatchObject({ recordTypeName: '扣款', entryName: '扣款', medfeeFen: -1_000, employeePoolFen: -1_000 });
    expect(details.map(({ setl_id }) => setl_id).sort()).toEqual(records.map(({ setl_id }) => setl_id).sort());
    expect(JSON.stringify(details)).not.toMatch(/P\d/);
    // Every statistic is a table on the page and a workbook, and both say the same.
    for (const [kind, { zh }] of Object.entries(STATISTICS)) {
      const sheet = await sheetOf(`/v1/clearing/statistics/${kind}?period=2026-10&format=xlsx`, reader);
      expect([kind, sheet.rows[0]?.['A']?.value, sheet.frozen]).toEqual([kind, `异地${zh}`, 4]);
      const rows = await statistic(kind);
      expect([kind, bodyOf(sheet).length]).toEqual([kind, rows.length]);
      const numbers = sheet.rows.slice(4).flatMap((row) => Object.values(row)).filter(({ format }) => format.startsWith('#')).map(({ value }) => value);
      const amounts = rows.flatMap((row) => Object.entries(row).flatMap(([name, value]) => (typeof value === 'number' ? [name.endsWith('Fen') ? value / 100 : value] : [])));
      expect([kind, numbers]).toEqual([kind, amounts]);
    }
    expect((await get('/v1/clearing/statistics/settlements?period=2026-10&city=880100', reader)).body).toMatchObject({ code: 'DIVISION_OUT_OF_SCOPE' });
    expect((await get('/v1/clearing/statistics/settlements?period=2026-10&format=pdf', reader)).body).toMatchObject({ code: 'QUERY_INVALID' });
    expect((await get('/v1/clearing/statistics/by-period?period=2026-10&to=2026-09', reader)).body).toMatchObject({ code: 'QUERY_INVALID' });
    expect((await get('/v1/clearing/statistics/toString?period=2026-10', reader)).status).toBe(404);
    expect((await get('/v1/clearing/statistics/by-city?period=2026-10', province)).body).toMatchObject({ code: 'RIGHT_MISSING' });
  });
  test('what lies between provinces: a province sees its own sums of both sides, clears none of it, and is told by city', async () => {
    const abroad = [
      settlement({ mdtrtarea_admdvs: '880101', fixmedins_code: 'H88010100001', parts: { '310100': 5_000, '310200': 700 } }),
      settlement({ insuplc_admdvs: '990201', mdtrtarea_admdvs: '880101', fixmedins_code: 'H88010100001', parts: { '310100': 900 } }),
      settlement({ insuplc_admdvs: '880101', mdtrtarea_admdvs: '990101', fixmedins_code: 'H99010100001', insutype: '390', parts: { '390100': 800 } }),
    ];
    expect((await send(csvOf([...records, ...abroad]))).body).toMatchObject({ accepted: 12, rejected: 0 });
    const now = Date.UTC(2026, 10, 30);
    expect(await generate({ store: rig.store, now: () => now }, { office: PROVINCE, period: '2026-10', caseId: 'case-1', caseNo: '1', now }, () => undefined)).toMatchObject({ result: { items: 9 } });
    const reader = (await rig.enter('sheng-tongji-1')).token;
    const table = async (query: string) => (await get(`/v1/clearing/statistics/cross-province?${query}`, reader)).body as { columns: { name: string }[]; rows: unknown[][] };
    const rows = async (query: string) => {
      const { columns, rows: found } = await table(query);
      const at = (name: string): number => columns.findIndex((column) => column.name === name);
      return found.map((row) => ['side', 'city', 'otherCity', 'settlements', 'employeePoolFen', 'accountFen', 'residentPoolFen'].map((name) => row[at(name)]));
    };
    expect(await rows('period=2026-10')).toEqual([
      ['参保地', '990100', '880100', 1, 5_000, 700, 0],
      ['参保地', '990200', '880100', 1, 900, 0, 0],
      ['就医地', '990100', '880100', 1, 0, 0, 800],
    ]);
    expect(await rows('period=2026-10&city=990200')).toEqual([['参保地', '990200', '880100', 1, 900, 0, 0]]);
    expect(await rows('period=2026-09')).toEqual([]);
    expect((await sheetOf('/v1/clearing/statistics/cross-province?period=2026-10&format=xlsx', reader)).rows).toHaveLength(7);
  });

  test('who is in hospital: insured elsewhere, by month; others, cash and cancelled stays do not count', async () => {
    serves('xr-stat-in-hospital');
    const institution = 'H99000000001';
    const stays: [string, string | null, string, Admission['stage']][] = [
      ['2026-09-20 10:00:00', null, '990201', 'admitted'],
      ['2026-09-25 10:00:00', '2026-10-02 09:00:00', '990200', 'settled'],
      ['2026-10-05 10:00:00', '2026-10-31 23:59:59', '990200', 'discharged'],
      ['2026-10-31 00:00:00', '2026-11-01 00:00:00', '990299', 'settled'],
      ['2026-11-01 00:00:00', null, '990200', 'admitted'],
      ['2026-08-01 10:00:00', '2026-09-30 23:59:59', '990200', 'settled'],
      ['2026-10-06 10:00:00', null, '990101', 'admitted'],
      ['2026-10-06 10:00:00', null, '990200', 'cancelled'],
      ['2026-10-06 10:00:00', null, '990200', 'selfPay'],
      ['2026-10-07 10:00:00', null, '880100', 'admitted'],
    ];
    await rig.store.write((manager) =>
      manager.insert(Admission, stays.map(([admittedAt, dischargedAt, insuplc_admdvs, stage], index) => ({
        id: `${institution}/Z${index}/1`, institution, ipt_no: `Z${index}`, round: 1, workflowId: `w${index}`, stage, profile: 'default', psn_no: null, personKey: null, patientName: null, certno: null,
        insutype: '310', insuplc_admdvs, med_type: '21', mdtrt_id: null, admittedAt, dischargedAt, waitsFor: '', dueAt: null, medfeeFen: fen(100 + index), fundFen: fen(0), depositFen: fen(0),
        state: {}, form: {}, version: 1, createdAt: 0, updatedAt: 0,
      }))),
    );
    const reader = (await rig.enter('sheng-tongji-1')).token;
    const rows = async (query: string) => (await get(`/v1/clearing/statistics/in-hospital?${query}`, reader)).body.rows as unknown[][];
    const place = ['990100', institution, '示例机构 1'];
    expect(await rows('period=2026-10')).toEqual([[...place, '880100', '310', 0, 1, 0, 1, 109], [...place, '990200', '310', 2, 2, 2, 2, 203]]);
    expect(await rows('period=2026-11&city=990200')).toEqual([[...place, '990200', '310', 2, 1, 1, 2, 204]]);
    expect(await rows('period=2026-07')).toEqual([]);
    const sheet = await sheetOf('/v1/clearing/statistics/in-hospital?period=2026-10&format=xlsx', reader);
    expect(bodyOf(sheet).map((row) => row.slice(-5))).toEqual([[0, 1, 0, 1, 1.09], [2, 2, 2, 2, 2.03]]);
  });
});
