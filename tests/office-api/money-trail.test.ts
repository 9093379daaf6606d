import { operations as clearing } from '../../activities/clearing';
import { generate } from '../../activities/clearing/generate/generate';
import type { Route } from '../../api/route';
import { moneyTrailRoutes } from '../../api/routes/money-trail';
import { xrSettlementRoutes } from '../../api/routes/xr-settlements';
import { moneyTrailView } from '../../schemas/api/money-trail';
import { prepaymentRules } from '../../schemas/processes/xr-prepayment-rules';
import { csvOf, deduction, settlement } from '../clearing/support';
import { openPeopleRig, type PeopleRig } from '../people/rig';
import { accountForm, type Agencies, CARE, CITY, openAgencies, PROVINCE, TODAY } from '../support/agencies';
import { onBothDatabases } from '../support/databases';
import { serves } from '../support/serves';

const ROUTES: readonly Route[] = [...moneyTrailRoutes, ...xrSettlementRoutes];
const BATCH = '990000-202610-1';
const FUND = 'residentPool';
/** Of three settlements of 700.00 yuan by one city's fund, less a deduction of 10.00. */
const OWED = 3 * 70_000 - 1_000;
const POOL = 50_000;

interface Node { kind: string; key: string; amountFen: number; undone: boolean; here: boolean; stateName: string; href: string; caseNo: string | null; links: { kind: string; key: string }[]; note: string }
interface Level { kind: string; count: number; totalFen: number; items: Node[]; nextCursor: string | null }

/** One flow of money from its settlements to the receipt at the care place, and back from every point of it. */
onBothDatabases('the way of the money', (database) => {
  let rig: PeopleRig;
  let agencies: Agencies;
  let province: string;
  let orderNo: string;
  let paymentNo: string;
  let setlId: string;

  beforeEach(async () => {
    rig = await openPeopleRig(database(), { routes: ROUTES });
    agencies = await openAgencies(rig.store);
    province = (await rig.enter('sheng-jingban-1')).token;
    const parts = { '390100': 70_000 };
    const own = Array.from({ length: 3 }, () => settlement({ insutype: '390', parts }));
    const other = settlement({ insuplc_admdvs: '990201', mdtrtarea_admdvs: '990101', insutype: '390', parts });
    const less = { ...deduction(own[0]!, 1_000, '2026-10-20'), funds: [{ fund_pay_type: '390100', fund_payamt: -1_000 as never }] };
    setlId = own[1]!.setl_id;
    const sent = await rig.ask('POST /v1/xr/settlements', { token: province, raw: csvOf([...own, other, less]), headers: { 'content-type': 'text/csv; charset=utf-8' } });
    expect(sent.body).toMatchObject({ accepted: 5 });
    const now = Date.UTC(2026, 10, 30);
    await generate({ store: rig.store, now: () => now }, { office: PROVINCE, period: '2026-10', caseId: 'case-1', caseNo: 'clear-1', now }, () => undefined);
    await rig.store.write((manager) => clearing['clearing.approve']?.apply?.(manager, {
      caseId: 'case-1', caseNo: 'clear-1', definition: 'xr-clear-monthly', division: PROVINCE, period: '2026-10', form: {}, step: 'effect', actors: [], now,
    }) as Promise<unknown>);
    await agencies.fill(CITY, POOL);
    const form = await agencies.disbursementForm(BATCH, OWED);
    await agencies.run('disbursement.fundRequest', CITY, form, { caseNo: 'pay-1' });
    orderNo = String((await agencies.run('disbursement.order', CITY, form, { caseNo: 'pay-1' }))['orderNo']);
    paymentNo = String((await pay('RCPT-1', OWED - POOL))['paymentNo']);
    await agencies.run('payment.received', PROVINCE, { paymentNo, receivedOn: TODAY, amountFen: OWED - POOL }, { caseNo: 'received-1' });
    const forward = { period: '2026-10', batch: BATCH, fund: FUND, payee: CARE, payableFen: OWED, payeeAccountId: await agencies.accountId(CARE), dueDate: '2026-12-10' };
    await agencies.run('disbursement.forward', PROVINCE, forward, { caseNo: 'forward-1' });
  });
  afterEach(async () => {
    await rig?.close();
  });

  const pay = (receiptNo: string, amountFen: number) => agencies.run('payment.paid', CITY, { receiptNo, paidOn: TODAY, amountFen, payerAccount: 'clearing', orders: [{ orderNo, fen: amountFen }] }, { caseNo: `paid-${receiptNo}` });
  const ask = (query: string, token = province) => rig.ask(`GET /v1/money-trail?${query}`, { token });
  async function follow(kind: string, key: string, token = province, more = ''): Promise<{ levels: Map<string, Level>; sums: { name: string; left: { fen: number }; right: { fen: number }; equal: boolean }[]; notes: string[] }> {
    const { status, body } = await ask(`kind=${kind}&key=${encodeURIComponent(key)}${more}`, token);
    expect([status, body.code]).toEqual([200, undefined]);
    expect(moneyTrailView.safeParse(body)).toMatchObject({ success: true });
    return { levels: new Map((body.levels as Level[]).map((level) => [level.kind, level])), sums: body.sums, notes: body.notes };
  }

  test('from a line of the clearing to the receipt, each level to the fen', async () => {
    serves('xr-clear-month-query', 'xr-pay-query');
    const { levels, sums } = await follow('line', `${BATCH}/${CITY}/${CARE}/390/${FUND}/current`);
    expect([...levels].map(([kind, { count, totalFen }]) => [kind, count, totalFen])).toEqual([
      ['settlement', 3, 210_000],
      ['batch', 1, 279_000],
      ['line', 2, OWED],
      ['payable', 1, OWED],
      ['order', 2, 2 * OWED],
      ['payment', 1, OWED - POOL],
      ['receipt', 1, OWED - POOL],
      ['entry', 8, expect.any(Number)],
    ]);
    expect(sums.map(({ name, left, right, equal }) => [name, left.fen, right.fen, equal])).toEqual([
      ['结算与清算行', 210_000, 210_000, true],
      ['清算行与应付款', OWED, OWED, true],
      ['应付款与账簿', OWED, OWED, true],
      ['应付款与拨付单', OWED, OWED, true],
      ['应付款与到省', OWED, OWED, true],
      ['预付金抵扣与账簿', POOL, POOL, true],
      ['付款单与付款', OWED - POOL, OWED - POOL, true],
      ['付款单与收款', OWED - POOL, OWED - POOL, true],
      ['付款与账簿', OWED - POOL, OWED - POOL, true],
      ['收款与账簿', OWED - POOL, OWED - POOL, true],
    ]);
    // One way of money is made once: to make it takes longer than all looks at it.
    await everyPoint();
    await wholeBatch();
    await cities();
    await refusals();
  });

  /** Every point leads to every other. */
  async function everyPoint(): Promise<void> {
    const payableId = (await follow('order', orderNo)).levels.get('payable')!.items[0]!.key;
    const entries = (await follow('order', orderNo)).levels.get('entry')!.items;
    const points: [string, string][] = [['order', orderNo], ['payment', paymentNo], ['receipt', paymentNo], ['payable', payableId], ['settlement', `${CARE}/${setlId}`], ['settlement', setlId], ['entry', entries.at(-1)!.key]];
    for (const [kind, key] of points) {
      const { levels, sums } = await follow(kind, key);
      expect([kind, levels.get('payable')?.totalFen, levels.get('payment')?.items[0]?.key, levels.get('batch')?.items[0]?.key]).toEqual([kind, OWED, paymentNo, BATCH]);
      expect(sums.filter(({ equal }) => !equal)).toEqual([]);
    }
    const { levels } = await follow('settlement', setlId);
    const [own] = levels.get('settlement')!.items;
    expect(own).toMatchObject({ here: true, amountFen: 70_000, stateName: '列入 2026-10 清算', href: `/money-trail?kind=settlement&key=${CARE}%2F${setlId}`, links: [{ kind: 'line', key: `${BATCH}/${CITY}/${CARE}/390/${FUND}/current` }] });
    expect(levels.get('order')!.items.map(({ href, caseNo, links }) => [href, caseNo, links])).toEqual([
      [`/payments/${orderNo}`, 'pay-1', [{ kind: 'payment', key: paymentNo }]],
      [expect.stringContaining('/payments/990000-ZF-'), 'forward-1', []],
    ]);
    expect(levels.get('receipt')!.items[0]).toMatchObject({ caseNo: 'received-1', key: paymentNo });
    expect(JSON.stringify((await ask(`kind=settlement&key=${setlId}`)).body)).not.toMatch(/personHash|psn_no/);
  }

  /** A whole batch is looked into line by line; pages go on where they stopped. */
  async function wholeBatch(): Promise<void> {
    const { levels, sums } = await follow('batch', BATCH, province, '&limit=1');
    expect(sums.filter(({ equal }) => !equal)).toEqual([]);
    expect(levels.get('settlement')).toMatchObject({ count: 5, totalFen: OWED + 70_000 });
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 9 && cursor !== 'end'; page += 1) {
      const { body } = await ask(`kind=batch&key=${BATCH}&limit=2&level=settlement${cursor}`);
      expect(body.levels.map((level: Level) => level.kind)).toEqual(['settlement']);
      seen.push(...body.levels[0].items.map((item: Node) => item.key));
      cursor = body.levels[0].nextCursor === null ? 'end' : `&cursor=${body.levels[0].nextCursor}`;
    }
    expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
  }

  /** A city sees its own flows, orders and books, and nothing of another. */
  async function cities(): Promise<void> {
    const city = (await rig.enter('shi01-jingban-1')).token;
    const own = await follow('order', orderNo, city);
    expect(own.levels.get('order')!.items.map(({ caseNo }) => caseNo)).toEqual(['pay-1']);
    expect(own.levels.get('entry')!.items.every(({ note }) => !note.includes('示例省账簿'))).toBe(true);
    expect(own.sums.filter(({ equal }) => !equal)).toEqual([]);
    const care = (await rig.enter('shi02-jingban-1')).token;
    expect(await ask(`kind=order&key=${orderNo}`, care)).toMatchObject({ status: 404, body: { code: 'MONEY_TRAIL_NOT_FOUND' } });
    const theirs = await follow('settlement', `${CARE}/${setlId}`, care);
    expect(theirs.levels.get('payable')?.totalFen).toBe(OWED);
    // Of the orders the care place sees the one that pays it.
    expect(theirs.levels.get('order')?.items.map(({ caseNo }) => caseNo)).toEqual(['forward-1']);
    expect(theirs.levels.has('payment')).toBe(false);
  }

  async function refusals(): Promise<void> {
    const refused = [
      ['kind=other&key=x', 400, 'QUERY_INVALID'],
      ['kind=order', 400, 'QUERY_INVALID'],
      ['kind=order&key=%E4%BB%98', 400, 'QUERY_INVALID'],
      ['kind=order&key=990100-BF-202611-999999', 404, 'MONEY_TRAIL_NOT_FOUND'],
      ['kind=line&key=a/b/c', 404, 'MONEY_TRAIL_NOT_FOUND'],
      ['kind=line&key=990000-202610-1/990100/990200/390/toString/current', 404, 'MONEY_TRAIL_NOT_FOUND'],
      ['kind=entry&key=deposit/1', 404, 'MONEY_TRAIL_NOT_FOUND'],
      ['kind=case&key=xr-clear-monthly-990000-2026-9999', 404, 'CASE_NOT_FOUND'],
      ['kind=batch&key=990000-202610-1&level=entry&cursor=abc', 400, 'CURSOR_INVALID'],
    ] as const;
    for (const [query, status, code] of refused) expect([query, await ask(query)]).toMatchObject([query, { status, body: { code } }]);
  }

  test('what was undone stays on the trail and counts no more', async () => {
    const undone = await agencies.run('payment.receivedUndo', PROVINCE, { paymentNo, payer: CITY, reason: '测试' });
    // What was passed on to the care place cannot be taken back: the forward goes first.
    expect(undone).toMatchObject({ refused: 'ORDER_FORWARDED' });
    const forwardNo = (await follow('order', orderNo)).levels.get('order')!.items.find(({ caseNo }) => caseNo === 'forward-1')!.key;
    expect((await agencies.run('disbursement.orderUndo', PROVINCE, { orderNo: forwardNo, reason: '测试' })).refused).toBeUndefined();
    expect((await agencies.run('payment.receivedUndo', PROVINCE, { paymentNo, payer: CITY, reason: '测试' })).refused).toBeUndefined();
    expect((await agencies.run('payment.paidUndo', CITY, { paymentNo, reason: '测试' })).refused).toBeUndefined();
    await pay('RCPT-2', 1_000);
    const { levels, sums } = await follow('payment', paymentNo);
    expect(levels.get('payment')).toMatchObject({ count: 2, totalFen: 1_000, items: [{ key: paymentNo, undone: true, stateName: '已撤销' }, { undone: false, amountFen: 1_000 }] });
    expect(levels.get('order')!.items.map(({ undone: gone }) => gone)).toEqual([false, true]);
    const states = levels.get('entry')!.items.map(({ stateName }) => stateName);
    expect(['已记账', '已冲销', '反向登账'].map((name) => states.filter((state) => state === name).length)).toEqual([6, 3, 3]);
    expect(sums.filter(({ equal }) => !equal)).toEqual([]);
    expect(sums.find(({ name }) => name === '付款单与付款')).toMatchObject({ left: { fen: 1_000 }, right: { fen: 1_000 } });
  });

  test('on to the institutions of the care place, and back from what they were paid', async () => {
    jest.replaceProperty(prepaymentRules as { careAdvances: boolean }, 'careAdvances', true);
    const institution = 'H99020200001';
    await agencies.run('xrBase.instAccount', CARE, { ...accountForm('monthly', '6200990000777700'), institution });
    const rows = [{ institution, payableFen: OWED, deductionFen: 0, payeeAccountId: await agencies.accountId(institution, 'monthly') }];
    const made = await agencies.run('disbursement.institutions', CARE, { period: '2026-10', batch: BATCH, fund: FUND, dueDate: '2026-12-10', amountFen: OWED, institutions: rows }, { caseNo: 'inst-1' });
    expect(made).toMatchObject({ dueFen: OWED });
    const before = await follow('line', `${BATCH}/${CITY}/${CARE}/390/${FUND}/current`);
    const instNo = before.levels.get('order')!.items.find(({ caseNo }) => caseNo === 'inst-1')!.key;
    const first = OWED - 9_000;
    const paid = await agencies.run('payment.paid', CARE, { receiptNo: 'INST-1', paidOn: TODAY, amountFen: first, payerAccount: 'clearing', orders: [{ orderNo: instNo, fen: first }] }, { caseNo: 'inst-paid-1' });
    const instPayment = String(paid['paymentNo']);

    const { levels, sums } = await follow('line', `${BATCH}/${CITY}/${CARE}/390/${FUND}/current`);
    const [due] = levels.get('due')!.items;
    expect(levels.get('due')).toMatchObject({ count: 1, totalFen: OWED, items: [{ stateName: '已开单', links: [{ kind: 'order', key: instNo }] }] });
    expect(levels.get('line')!.items[0]!.links).toContainEqual({ kind: 'due', key: due!.key });
    expect(levels.get('order')!.items.find(({ key }) => key === instNo)).toMatchObject({ amountFen: OWED, links: [{ kind: 'payment', key: instPayment }] });
    expect(levels.get('payment')!.items.map(({ key, amountFen }) => [key, amountFen])).toContainEqual([instPayment, first]);
    expect(sums.map(({ name, left, right }) => [name, left.fen, right.fen])).toEqual(expect.arrayContaining([
      ['清算行与机构应付', OWED, OWED],
      ['机构应付与付款单', OWED, OWED],
      ['付款单与付款', OWED - POOL + first, OWED - POOL + first],
    ]));
    for (const [kind, key] of [['due', due!.key], ['order', instNo], ['payment', instPayment], ['batch', BATCH], ['settlement', `${CARE}/${setlId}`]] as const) {
      const from = await follow(kind, key);
      expect([kind, from.levels.get('due')?.totalFen, from.levels.get('batch')?.items[0]?.key, from.levels.get('order')!.items.some((each) => each.key === instNo)]).toEqual([kind, OWED, BATCH, true]);
      expect([kind, from.sums.filter(({ equal }) => !equal)]).toEqual([kind, []]);
    }
    // The city of the insured has nothing to do with what the care place pays its institutions.
    const city = await follow('line', `${BATCH}/${CITY}/${CARE}/390/${FUND}/current`, (await rig.enter('shi01-jingban-1')).token);
    expect([city.levels.get('due'), city.levels.get('order')!.items.some(({ key }) => key === instNo), city.sums.filter(({ equal }) => !equal)]).toEqual([undefined, false, []]);
    for (const key of ['0', '999999', 'x']) expect(await ask(`kind=due&key=${key}`)).toMatchObject({ status: 404, body: { code: 'MONEY_TRAIL_NOT_FOUND' } });
    jest.restoreAllMocks();
  });
});
