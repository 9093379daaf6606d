import { agencyRoutes } from '../../api/routes/agencies';
import { issueRoutes } from '../../api/routes/issues';
import { paymentRoutes } from '../../api/routes/payments';
import { prepaymentRoutes } from '../../api/routes/prepayment';
import type { Route } from '../../api/route';
import { openPeopleRig, type PeopleRig } from '../people/rig';
import { CARE, CITY, FUND, openAgencies, OTHER, PROVINCE, TODAY, type Agencies } from '../support/agencies';
import { insertClearedMonth } from '../support/cleared-month';
import { onBothDatabases } from '../support/databases';
import { serves } from '../support/serves';
import { readXlsx } from '../support/xlsx';

const ROUTES: readonly Route[] = [...prepaymentRoutes, ...paymentRoutes, ...agencyRoutes, ...issueRoutes];

/** What people of a province and a city see of prepayment, orders, payments, accounts and issues. */
onBothDatabases('reads of prepayment', (database) => {
  let rig: PeopleRig;
  let agencies: Agencies;
  let province: string;
  let city: string;
  let orderNo: string;
  let paymentNo: string;

  beforeEach(async () => {
    rig = await openPeopleRig(database(), { routes: ROUTES });
    agencies = await openAgencies(rig.store);
    await agencies.fill(CITY, 10_000);
    const own = await agencies.owe('B1', CITY, CARE, 9_500);
    await agencies.owe('B1', CITY, OTHER, 2_500);
    const form = await agencies.disbursementForm('B1', 12_000, { withheld: [{ payable: own, deductionFen: 100, reason: '扣款' }] });
    await agencies.run('disbursement.fundRequest', CITY, form, { caseNo: 'pay-1' });
    orderNo = String((await agencies.run('disbursement.order', CITY, form, { caseNo: 'pay-1' }))['orderNo']);
    const paid = await agencies.run('payment.paid', CITY, { receiptNo: 'RCPT-1', paidOn: TODAY, amountFen: 900, payerAccount: 'clearing', orders: [{ orderNo, fen: 900 }] });
    paymentNo = String(paid['paymentNo']);
    province = (await rig.enter('sheng-jingban-1')).token;
    city = (await rig.enter('shi02-jingban-1')).token;
  });
  afterEach(async () => {
    await rig?.close();
  });

  const get = async (path: string, token = province) => {
    const answer = await rig.ask(`GET ${path}`, { token });
    checkAnswer(path, answer.status, answer.body);
    return answer.body;
  };

  /** Each answer of status 200 fits the schema of its route. */
  function checkAnswer(path: string, status: number, body: unknown): void {
    const route = ROUTES.find((each) => new RegExp(`^${each.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path.split('?')[0] ?? ''));
    if (status === 200) expect(route?.answers[200]?.schema?.safeParse(body)).toMatchObject({ success: true });
  }

  test('pools, movements, the month, quotas and warnings', async () => {
    serves('xr-prepay-query');
    expect((await get('/v1/prepayment/pools?period=2026-10')).items).toEqual([
      {
        city: CITY, cityName: expect.any(String), fund: FUND, fundName: '居民统筹', year: 2026, quotaFen: 10_000, balanceFen: 0, underwayFen: 0, differenceFen: 10_000,
        use: { period: '2026-10', clearingFen: 12_000, heldFen: 10_000, rate: '1.2000', level: 'red', levelName: '红色预警' },
      },
    ]);
    const movements = (await get(`/v1/prepayment/pools/${CITY}/${FUND}/movements`)).items as { amountFen: number; kind: string }[];
    expect(movements.map(({ amountFen, kind }) => [amountFen, kind])).toEqual([[-10_000, 'xrDraw'], [10_000, 'xrReceived']]);
    const first = await get(`/v1/prepayment/pools/${CITY}/${FUND}/movements?limit=1`);
    const second = await get(`/v1/prepayment/pools/${CITY}/${FUND}/movements?limit=1&cursor=${first.nextCursor}`);
    expect([first.items, second.items, second.nextCursor]).toEqual([[movements[0]], [movements[1]], null]);
    expect((await get('/v1/prepayment/balances?period=2026-11')).items).toMatchObject([{ openingFen: 0, paidInFen: 10_000, drawnFen: -10_000, returnedFen: 0, closingFen: 0 }]);
    expect((await get('/v1/prepayment/balances?period=2026-12')).items).toMatchObject([{ openingFen: 0, paidInFen: 0, closingFen: 0 }]);
    await agencies.run('disbursement.orderUndo', CITY, { orderNo, reason: '测试' });
    expect((await get('/v1/prepayment/quotas')).items).toMatchObject([{ version: 1, kind: 'annual', quotaFen: 10_000, differenceFen: 10_000 }]);
    expect((await get('/v1/prepayment/warnings')).items.map(({ level }: { level: string }) => level)).toEqual(['red', 'yellow']);
    expect((await get('/v1/prepayment/quota-proposals?year=2027')).items).toMatchObject([{ city: CITY, proposedFen: 8_000, quotaFen: 10_000 }]);
  });

  test('a voided draw leaves the month as if never', async () => {
    await agencies.run('payment.paidUndo', CITY, { paymentNo, reason: '测试' });
    await agencies.run('disbursement.orderUndo', CITY, { orderNo, reason: '测试' });
    expect((await get('/v1/prepayment/balances?period=2026-11')).items).toMatchObject([{ paidInFen: 10_000, drawnFen: 0, closingFen: 10_000 }]);
  });

  test('orders and payments, each with its parts', async () => {
    serves('xr-pay-query');
    const orders = (await get('/v1/payment-orders?kind=clearing')).items;
    expect(orders).toMatchObject([{ orderNo, payer: CITY, payee: PROVINCE, payableFen: 12_000, deductionFen: 100, drawnFen: 10_000, dueFen: 1_900, dueText: '壹拾玖元整', paidFen: 900, state: 'partPaid', batch: 'B1' }]);
    const order = await get(`/v1/payment-orders/${orderNo}`);
    expect(order).toMatchObject({ planNo: 'P2026-1', payeeAccount: { accountMasked: '**** 0000' }, payments: [{ paymentNo, fen: 900, state: 'paid' }] });
    expect(order.lines.map(({ receivingCity, dueFen, paidFen }: Record<string, unknown>) => [receivingCity, dueFen, paidFen])).toEqual([[CARE, 0, 0], [OTHER, 1_900, 900]]);
    expect((await get('/v1/payments?state=paid')).items).toMatchObject([{ paymentNo, amountFen: 900, amountText: '玖元整', traced: false }]);
    expect((await get(`/v1/payments?paidFrom=${TODAY}&paidTo=${TODAY}`)).items).toHaveLength(2);
    expect((await get('/v1/payments?paidTo=2026-11-01')).items).toEqual([]);
    expect(await get(`/v1/payments/${paymentNo}`)).toMatchObject({ splits: [{ orderNo, lineNo: 2, fen: 900 }] });
    expect(await get(`/v1/disbursement-drafts?batch=B1&fund=${FUND}&payer=${CITY}`)).toMatchObject({ payableFen: 100, poolFen: 0, payee: PROVINCE, period: '2026-10' });
    expect(await get(`/v1/disbursement-drafts?batch=B1&fund=${FUND}&payer=${PROVINCE}&payee=${CARE}`)).toMatchObject({ payableFen: 9_400, payee: CARE, items: [{ receivingCity: CARE, availableFen: 9_400 }] });
  });

  test('the check of a month shows what was drawn, paid and received beside the clearing; institutions of an approved batch alone', async () => {
    await insertClearedMonth(rig.store, { batchId: 'B1', office: PROVINCE, period: '2026-10', payingCity: CITY, receivingCity: CARE, fund: FUND, institutions: [['H99020000001', 9_500]] });
    const check = await get('/v1/payment-checks?batch=B1');
    expect(check).toMatchObject({ batch: 'B1', equal: false });
    expect(check.residuals.map(({ side, city: of, clearingFen, confirmedFen, residualFen }: Record<string, unknown>) => [side, of, clearingFen, confirmedFen, residualFen])).toEqual([
      ['payer', CITY, 12_000, 10_000, 2_000],
      ['care', CARE, 9_500, 0, 9_500],
    ]);
    expect((await get('/v1/payment-checks?batch=B1', city)).residuals.map(({ city: of }: { city: string }) => of)).toEqual([CARE]);
    expect(await get('/v1/payment-checks?batch=B9')).toMatchObject({ code: 'CLEARING_BATCH_NOT_FOUND' });
    const drafts = (batch: string, payer: string, token?: string) => get(`/v1/institution-drafts?batch=${batch}&fund=${FUND}&payer=${payer}`, token);
    expect(await drafts('B1', CARE, city)).toMatchObject({ items: [], waitingFen: 9_500 });
    expect(await drafts('B1', CITY, city)).toMatchObject({ code: 'DIVISION_OUT_OF_SCOPE' });
    expect(await drafts('B9', CARE)).toMatchObject({ code: 'CLEARING_BATCH_NOT_FOUND' });
  });

  test('a city sees its own and not its neighbour\'s', async () => {
    expect((await get('/v1/prepayment/pools', city)).items).toEqual([]);
    expect((await get(`/v1/prepayment/pools/${CITY}/${FUND}/movements`, city)).items).toEqual([]);
    expect((await get('/v1/payment-orders', city)).items).toEqual([]);
    expect((await get('/v1/payments', city)).items).toEqual([]);
    for (const path of [`/v1/payment-orders/${orderNo}`, `/v1/payments/${paymentNo}`, `/v1/disbursement-drafts?batch=B1&fund=${FUND}&payer=${CITY}`]) {
      expect([path, (await rig.ask(`GET ${path}`, { token: city })).status]).toEqual([path, path.includes('drafts') ? 403 : 404]);
    }
    expect((await get('/v1/bank-accounts', city)).items.map(({ owner }: { owner: string }) => owner)).toEqual(['990200', '990200']);
  });

  test('accounts are masked; the number is seen only by unmasking, which is audited', async () => {
    const all = await rig.ask('GET /v1/bank-accounts?limit=100&history=true', { token: province });
    expect(all.body.items).toHaveLength(6);
    expect(JSON.stringify(all.body)).not.toMatch(/6200990/);
    const id = await agencies.accountId(CITY);
    const seen = await rig.ask('POST /v1/unmask', { token: province, body: { subject: `bank-account/${id}`, field: 'accountNo', reason: '核对收款账户' } });
    expect(seen).toMatchObject({ status: 200, body: { value: '6200990000000010' } });
    expect(await rig.audited()).toContain('unmasked');
    const foreign = await rig.ask('POST /v1/unmask', { token: city, body: { subject: `bank-account/${id}`, field: 'accountNo', reason: '核对收款账户' } });
    expect(foreign.status).toBe(403);
  });

  test('agencies with their versions', async () => {
    serves('xr-base-agency-query');
    const form = { agencyNo: CITY, kind: 'agency', name: '示例市医保中心', address: '示例路 1 号', phone: '000', services: [{ medType: '21' }], status: 'open', validFrom: TODAY };
    await agencies.run('xrBase.agency', PROVINCE, form);
    await agencies.run('xrBase.agency', PROVINCE, { ...form, name: '示例市医保局' });
    expect((await get('/v1/agencies', city)).items).toMatchObject([{ agencyNo: CITY, name: '示例市医保局', version: 2, current: true, services: ['21'] }]);
    expect((await get('/v1/agencies?history=true&agencyNo=990100')).items).toHaveLength(2);
  });

  test('issues by side, and their statistics', async () => {
    serves('xr-issue-query', 'xr-issue-statistics');
    const raise = (caseNo: string, urgency: string, peer: string) =>
      agencies.run('issue.dispatch', CITY, { category: 'payment', urgency, peer, title: '付款追查', content: '测试' }, { caseId: `c/${caseNo}`, caseNo });
    await raise('xr-issue-1', 'critical', CARE);
    await raise('xr-issue-2', 'normal', PROVINCE);
    await agencies.run('issue.answer', CITY, {}, { caseId: 'c/xr-issue-1', caseNo: 'xr-issue-1' });
    await agencies.run('issue.close', CITY, {}, { caseId: 'c/xr-issue-1', caseNo: 'xr-issue-1' });
    const [home] = (await get('/v1/xr-issue-parties', city)).items;
    expect(home).toEqual({ slot: `raiser-${home.division}`, division: home.division, zh: expect.stringContaining('发起方') });
    expect((await get('/v1/xr-issues')).items.map(({ issueNo }: { issueNo: string }) => issueNo)).toEqual(['xr-issue-2', 'xr-issue-1']);
    expect((await get('/v1/xr-issues', city)).items).toMatchObject([{ issueNo: 'xr-issue-1', state: 'closed', stateName: '已关闭', endingName: '自动关闭', urgencyName: '特急', rounds: 1 }]);
    expect(await get('/v1/xr-issues/xr-issue-1', city)).toMatchObject({ peer: CARE, messages: [] });
    expect((await rig.ask('GET /v1/xr-issues/xr-issue-2', { token: city })).status).toBe(404);
    expect(await get('/v1/xr-issue-statistics?from=2026-11-01&to=2026-11-30')).toMatchObject({ total: 2, closed: 1, onTime: 1, late: 0, closedInOneRound: 1, byPeer: [{ peer: PROVINCE, total: 1 }, { peer: CARE, total: 1 }] });
    expect(await get('/v1/xr-issue-statistics?from=2026-11-01&to=2026-11-30', city)).toMatchObject({ total: 1 });
    const csv = (await rig.ask('GET /v1/xr-issue-statistics?from=2026-11-01&to=2026-11-30&format=csv', { token: province })).body.text;
    expect(csv.split('\r\n').slice(0, 3)).toEqual(['\ufeff分列,项目,提出,办结,按时答复,逾期答复,一次办结,往来轮次'.slice(csv.startsWith('\ufeff') ? 0 : 1), '合计,,2,1,1,0,1,1', '紧急程度,特急,1,1,1,0,1,1']);
    const sheet = await fetch(`${rig.url}/v1/xr-issue-statistics?from=2026-11-01&to=2026-11-30&format=xlsx`, { headers: { authorization: `Bearer ${province}` } });
    const { rows } = readXlsx(Buffer.from(await sheet.arrayBuffer()));
    expect(rows.slice(0, 2).flatMap((row) => Object.values(row).map(({ value }) => value))).toEqual(['异地就医协同情况统计', '统计期', '2026-11-01 至 2026-11-30', '辖区', '示例省']);
    expect(Object.values(rows[4] ?? {}).map(({ value }) => value)).toEqual(['合计', 2, 1, 1, 0, 1, 1]);
  });

  test('a wrong query is a 400 that says which', async () => {
    for (const path of [
      '/v1/prepayment/pools?city=9901', '/v1/prepayment/pools?fund=nothing', '/v1/prepayment/pools?period=2026-13', '/v1/prepayment/pools?period=202610', '/v1/prepayment/balances',
      '/v1/payment-orders?state=unknown', '/v1/payment-orders?limit=0', '/v1/payment-orders?sort=id', '/v1/payments?paidFrom=2026-02-29', '/v1/payments?paidFrom=20261122',
      '/v1/payments?payer=990100&payer=990200', '/v1/bank-accounts?owner=..%2F..%2Fetc', '/v1/xr-issue-statistics?from=2026-11-02&to=2026-11-01', '/v1/xr-issue-statistics?from=1900-01-01&to=2099-01-01',
      '/v1/prepayment/quota-proposals?year=1', '/v1/payments?cursor=%00', '/v1/payments?cursor=abc',
    ]) {
      const answer = await rig.ask(`GET ${path}`, { token: province });
      expect([path, answer.status, typeof answer.body.code]).toEqual([path, 400, 'string']);
    }
  });

  test('without a session nobody sees anything, and no path of another form is an error of the server', async () => {
    for (const { path } of ROUTES) expect((await rig.ask(`GET ${path.replace(/\{\w+\}/g, 'x')}`)).status).toBe(401);
    expect((await rig.ask('GET /v1/prepayment/pools/990100/__proto__/movements', { token: province })).status).toBe(404);
    expect((await rig.ask('GET /v1/payment-orders/%2e%2e', { token: province })).status).toBe(404);
    expect((await rig.ask(`GET /v1/payments/${encodeURIComponent("' OR 1=1 --")}`, { token: province })).status).toBe(404);
  });
});
