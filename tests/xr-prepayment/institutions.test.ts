import { trialBalance, verifyLedger } from '../../activities/ledger';
import { bookClearing } from '../../activities/disbursement/clearing-books';
import { watchResiduals } from '../../activities/disbursement/month-check';
import { tracePayments } from '../../activities/disbursement/traces';
import { undoClearing } from '../../activities/clearing/register/approve';
import { draftInstitutions } from '../../api/prepayment/institution-draft';
import { parseDate } from '../../domain/calendar';
import { payablesOf } from '../../domain/clearing/payables';
import { fen } from '../../domain/money';
import { institutionDraftView } from '../../schemas/api/prepayment';
import { prepaymentRules } from '../../schemas/processes/xr-prepayment-rules';
import { AbnormalItem, PaymentOrder, XrClearingBatch, XrInstitutionDue, XrSettlementFund } from '../../store/entities';
import { accountForm, CARE, CITY, FUND, openAgencies, OTHER, PROVINCE, TODAY, type Agencies } from '../support/agencies';
import { insertClearedMonth } from '../support/cleared-month';
import { onBothDatabases } from '../support/databases';

const [H1, H2] = ['H99020000001', 'H99020000002'] as const;

const REFUSED: readonly (readonly [object, string])[] = [
  [{ institutions: [] }, 'ORDER_NOTHING_PAYABLE'],
  [{ amountFen: 599 }, 'ORDER_AMOUNT_DIFFERS'],
  [{ dueDate: '2026-11-19' }, 'PAYMENT_DATE_INVALID'],
  [{ batch: 'B9' }, 'CLEARING_BATCH_NOT_FOUND'],
  [{ fund: 'employeePool' }, 'ORDER_NOTHING_PAYABLE'],
];

/** A care city pays its institutions what a clearing says. */
onBothDatabases('institutions of the care place', (database) => {
  let agencies: Agencies;
  beforeEach(async () => {
    agencies = await openAgencies(await database().openMigrated());
    for (const [index, institution] of [H1, H2].entries()) await agencies.run('xrBase.instAccount', CARE, { ...accountForm('monthly', `620099000077770${index}`), institution });
  });
  afterEach(() => jest.restoreAllMocks());

  /** Settlements of a month with the lines, payables and books of its approved clearing. */
  async function cleared(batchId: string, period: string, rows: readonly (readonly [payingCity: string, institution: string, amount: number])[]): Promise<void> {
    const flows = [...new Set(rows.map(([payingCity]) => payingCity))].map((payingCity) => {
      const institutions = rows.filter(([city]) => city === payingCity).map(([, institution, amount]) => [institution, amount] as const);
      return { payingCity, institutions, total: fen(institutions.reduce((sum, [, amount]) => sum + amount, 0)) };
    });
    for (const { payingCity, institutions } of flows) await insertClearedMonth(agencies.store, { batchId, office: PROVINCE, period, payingCity, receivingCity: CARE, fund: FUND, institutions });
    const lines = flows.map(({ payingCity, total, institutions }) => ({ payingCity, receivingCity: CARE, insutype: '390', fund: FUND, kind: 'current' as const, count: institutions.length, fen: total }));
    const owed = payablesOf(lines, { netting: false });
    for (const payable of owed) await agencies.owe(batchId, payable.payingCity, payable.receivingCity, payable.fen, { period });
    await agencies.store.write((manager) => bookClearing(manager, batchId, lines, owed, 1));
  }

  const accountOf = async (institution: string) => agencies.accountId(institution, 'monthly');
  const form = async (batch: string, rows: readonly (readonly [string, number, number?])[], more: object = {}) => ({
    period: '2026-10', batch, fund: FUND, dueDate: '2026-12-10',
    amountFen: rows.reduce((sum, [, payable, deduction]) => sum + payable - (deduction ?? 0), 0),
    institutions: await Promise.all(rows.map(async ([institution, payableFen, deductionFen]) => ({ institution, payableFen, deductionFen: deductionFen ?? 0, payeeAccountId: await accountOf(institution) }))),
    ...more,
  });
  const pay = async (batch: string, rows: readonly (readonly [string, number, number?])[], more: object = {}) => agencies.run('disbursement.institutions', CARE, await form(batch, rows, more));
  const draft = async (batchId: string) => {
    const body = await agencies.store.read(async (manager) => draftInstitutions(manager, await manager.findOneByOrFail(XrClearingBatch, { id: batchId }), { batchId, city: CARE, fund: FUND }));
    expect(institutionDraftView.safeParse({ batch: batchId, fund: FUND, period: '2026-10', ...body })).toMatchObject({ success: true });
    return body;
  };
  const orders = () => agencies.store.read((manager) => manager.find(PaymentOrder, { where: { kind: 'inst' }, order: { id: 'ASC' } }));
  let receipt = 0;
  const paid = (orderNo: string, amountFen: number) =>
    agencies.run('payment.paid', CARE, { receiptNo: `INST-${(receipt += 1)}`, paidOn: TODAY, amountFen, payerAccount: 'clearing', orders: [{ orderNo, fen: amountFen }] });
  const received = (paymentNo: unknown, amountFen: number) => agencies.run('payment.received', CARE, { paymentNo, receivedOn: TODAY, amountFen });

  /** Brings a city's part of a clearing to the care place: by order, payment, passing on and receipt. */
  async function arrive(batch: string, city: string, amount: number, care: string = CARE): Promise<string> {
    const order = await agencies.run('disbursement.order', city, await agencies.disbursementForm(batch, amount));
    const transfer = (receiptNo: string, orderNo: unknown) => ({ receiptNo, paidOn: TODAY, amountFen: amount, payerAccount: 'clearing', orders: [{ orderNo, fen: amount }] });
    const first = await agencies.run('payment.paid', city, transfer(`A-${batch}-${city}`, order['orderNo']));
    await agencies.run('payment.received', PROVINCE, { paymentNo: first['paymentNo'], receivedOn: TODAY, amountFen: amount });
    const forward = await agencies.run('disbursement.forward', PROVINCE, { ...(await agencies.disbursementForm(batch, amount)), payee: care, payeeAccountId: await agencies.accountId(care) });
    const second = await agencies.run('payment.paid', PROVINCE, transfer(`B-${batch}-${city}`, forward['orderNo']));
    expect(await agencies.run('payment.received', care, { paymentNo: second['paymentNo'], receivedOn: TODAY, amountFen: amount })).toMatchObject({ state: 'received' });
    return String(second['paymentNo']);
  }

  test('each institution gets its sum of each line, after the receivable arrived, once; the advance is cleared to the fen', async () => {
    await cleared('B1', '2026-10', [[CITY, H1, 600], [CITY, H2, 300], [CITY, H1, 100], [OTHER, H1, 50]]);
    expect(await agencies.book(CARE, 'XR_ADVANCED')).toBe(-1_050);
    expect(await pay('B1', [[H1, 750]])).toMatchObject({ refused: 'ORDER_NOTHING_PAYABLE' });
    const residuals = () => agencies.store.write((manager) => watchResiduals(manager, parseDate('2026-12-20')));
    const items = () => agencies.store.read((manager) => manager.find(AbnormalItem, { where: { code: 'PAYMENT_RESIDUAL', state: 'open' }, order: { id: 'ASC' } }));
    expect([await residuals(), await residuals()]).toEqual([3, 3]);
    expect((await items()).map(({ institution, title }) => [institution, title.replace(/（.*/, '')])).toEqual([
      [CITY, `2026-10 居民统筹 ${CITY} 应付 10.00 元，已抵扣和确认付款 0.00 元，相差 10.00 元`],
      [OTHER, `2026-10 居民统筹 ${OTHER} 应付 0.50 元，已抵扣和确认付款 0.00 元，相差 0.50 元`],
      [CARE, `2026-10 居民统筹 ${CARE} 应收 10.50 元，已确认收款 0.00 元，相差 10.50 元`],
    ]);
    const arrived = await arrive('B1', CITY, 1_000);
    expect([await residuals(), (await items()).map(({ institution }) => institution)]).toEqual([2, [OTHER, CARE]]);
    expect(await pay('B1', [[H1, 750]])).toMatchObject({ refused: 'ORDER_AMOUNT_DIFFERS' });
    const drafted = await draft('B1');
    expect(drafted).toMatchObject({ payableFen: 1_000, deductionFen: 0, dueFen: 1_000, waitingFen: 50 });
    expect(drafted.items.map(({ institution, dueFen, payeeAccount }) => [institution, dueFen, payeeAccount?.accountMasked])).toEqual([[H1, 700, '**** 7700'], [H2, 300, '**** 7701']]);
    const race = await Promise.all([1, 2, 3].map(() => pay('B1', [[H1, 700], [H2, 300]])));
    expect(race.map(({ refused }) => refused ?? 'made').sort()).toEqual(['ORDER_NOTHING_PAYABLE', 'ORDER_NOTHING_PAYABLE', 'made']);
    expect(await draft('B1')).toMatchObject({ items: [], waitingFen: 50 });
    await arrive('B1', OTHER, 50);
    expect([await residuals(), await items()]).toEqual([0, []]);
    expect(await pay('B1', [[H1, 50]])).toMatchObject({ dueFen: 50 });
    const made = await orders();
    expect(made.map(({ orderNo, institution, payer, payee, dueFen }) => [orderNo, institution, payer, payee, dueFen])).toEqual([
      ['990200-JG-202611-000001', H1, CARE, CARE, 700],
      ['990200-JG-202611-000002', H2, CARE, CARE, 300],
      ['990200-JG-202611-000003', H1, CARE, CARE, 50],
    ]);
    expect(await agencies.run('payment.receivedUndo', CARE, { paymentNo: arrived, payer: PROVINCE, reason: '测试' })).toMatchObject({ refused: 'INSTITUTIONS_PAID' });
    for (const { orderNo, dueFen } of made) await received((await paid(orderNo, dueFen))['paymentNo'], dueFen);
    expect((await orders()).map(({ state }) => state)).toEqual(['received', 'received', 'received']);
    expect([await agencies.book(CARE, 'XR_ADVANCED'), await agencies.book(CARE, 'EXPEND'), await agencies.book(CARE, 'IN_TRANSIT'), await agencies.book(CARE, 'INCOME'), await agencies.book(CARE, 'FISCAL')]).toEqual([0, 0, 0, 0, 0]);
    const dues = await agencies.store.read((manager) => manager.find(XrInstitutionDue, { order: { id: 'ASC' } }));
    expect(dues.map(({ institution, payingCity, fen: amount, orderedFen }) => [institution, payingCity, amount, orderedFen])).toEqual([[H1, CITY, 700, 700], [H2, CITY, 300, 300], [H1, OTHER, 50, 50]]);
    expect((await agencies.store.read((manager) => verifyLedger(manager, CARE))).tampered).toEqual([]);
    const trial = await agencies.store.read((manager) => trialBalance(manager, CARE));
    expect(trial.reduce((sum, { balance }) => sum + balance, 0)).toBe(0);
  }, 60_000);

  test('part payment, bounce, release by a changed account, and the trace; an order that nothing was paid for is undone', async () => {
    await cleared('B1', '2026-10', [[CITY, H1, 600], [CITY, H2, 300]]);
    await arrive('B1', CITY, 900);
    await pay('B1', [[H1, 600], [H2, 300]]);
    const [first, second] = (await orders()).map(({ orderNo }) => orderNo) as [string, string];
    const part = await paid(first, 200);
    expect(await agencies.order(first)).toMatchObject({ state: 'partPaid', paidFen: 200 });
    const both = { receiptNo: 'BOTH', paidOn: TODAY, amountFen: 600, payerAccount: 'clearing', orders: [{ orderNo: first, fen: 400 }, { orderNo: second, fen: 200 }] };
    expect(await agencies.run('payment.paid', CARE, both)).toMatchObject({ refused: 'PAYMENT_SPLIT_INVALID' });
    expect(await paid(first, 401)).toMatchObject({ refused: 'PAYMENT_EXCEEDS' });
    expect(await agencies.run('disbursement.orderUndo', CARE, { orderNo: first, reason: '测试' })).toMatchObject({ refused: 'ORDER_PAID' });
    const bounced = await paid(first, 400);
    expect(await agencies.run('payment.bounced', CARE, { paymentNo: bounced['paymentNo'], bouncedOn: TODAY, reason: '账号有误' })).toMatchObject({ state: 'bounced' });
    expect(await agencies.order(first)).toMatchObject({ state: 'stopped', stopReason: 'bounced', paidFen: 200 });
    expect(await agencies.run('xrBase.instAccount', CARE, { ...accountForm('monthly', '6200990000888888'), institution: H1 })).toMatchObject({ version: 2, stopped: [first] });
    expect(await agencies.run('disbursement.release', CARE, { orderNo: first, payeeAccountId: await accountOf(H1), reason: '测试' })).toMatchObject({ orderNo: first });
    const rest = await paid(first, 400);
    expect(await agencies.store.write((manager) => tracePayments(manager, parseDate('2026-11-26') + 1))).toBe(2);
    await received(part['paymentNo'], 200);
    await received(rest['paymentNo'], 400);
    expect(await agencies.order(first)).toMatchObject({ state: 'received' });
    expect([await agencies.book(CARE, 'XR_ADVANCED'), await agencies.book(CARE, 'EXPEND')]).toEqual([-300, 300]);
    expect(await agencies.run('disbursement.orderUndo', CARE, { orderNo: second, reason: '测试' })).toMatchObject({ state: 'void' });
    expect([await agencies.book(CARE, 'EXPEND'), (await agencies.order(second)).state]).toEqual([0, 'void']);
    expect(await pay('B1', [[H2, 300]])).toMatchObject({ dueFen: 300 });
    expect(await agencies.run('payment.receivedUndo', CARE, { paymentNo: rest['paymentNo'], payer: CARE, reason: '测试' })).toMatchObject({ state: 'paid' });
    expect(await agencies.book(CARE, 'XR_ADVANCED')).toBe(-700);
  }, 60_000);

  test('by parameter the care place advances; what is not the clearing is refused; a clearing that institutions are paid for is not withdrawn', async () => {
    jest.replaceProperty(prepaymentRules as { careAdvances: boolean }, 'careAdvances', true);
    await cleared('B1', '2026-10', [[CITY, H1, 600]]);
    const good = await form('B1', [[H1, 600]]);
    for (const [change, code] of REFUSED) expect(await agencies.run('disbursement.institutions', CARE, { ...good, ...change })).toMatchObject({ refused: code });
    await agencies.store.write((manager) => manager.update(XrSettlementFund, { settlementId: 1 }, { fen: fen(599) }));
    expect(await pay('B1', [[H1, 599]])).toMatchObject({ refused: 'CLEARING_UNBALANCED' });
    await agencies.store.write((manager) => manager.update(XrSettlementFund, { settlementId: 1 }, { fen: fen(600) }));
    expect(await orders()).toEqual([]);
    expect(await pay('B1', [[H1, 600]])).toMatchObject({ dueFen: 600 });
    const undo = () => agencies.store.write((manager) => undoClearing.apply?.(manager, { form: { batchId: 'B1' }, now: 2, actors: [], division: PROVINCE } as never) as Promise<object>);
    expect(await undo()).toMatchObject({ code: 'CLEARING_PAID' });
    await agencies.run('disbursement.orderUndo', CARE, { orderNo: (await orders())[0]?.orderNo, reason: '测试' });
    expect(await pay('B1', [[H1, 600]])).toMatchObject({ dueFen: 600 });
  });

  test('netted, and with a flow that corrections outweigh: institutions are paid in full, and nothing is left between', async () => {
    const H3 = 'H99010000001';
    await agencies.run('xrBase.instAccount', CITY, { ...accountForm('monthly', '6200990000777709'), institution: H3 });
    const month = { batchId: 'B1', office: PROVINCE, period: '2026-10', fund: FUND };
    const flow = (payingCity: string, receivingCity: string, amount: number) => ({ payingCity, receivingCity, insutype: '390', fund: FUND, kind: 'current' as const, count: 1, fen: fen(amount) });
    const lines = [flow(CITY, CARE, 600), flow(CARE, CITY, 200), flow(OTHER, CARE, -150)];
    for (const { payingCity, receivingCity, fen: amount } of lines) await insertClearedMonth(agencies.store, { ...month, payingCity, receivingCity, institutions: [[receivingCity === CITY ? H3 : payingCity === OTHER ? H2 : H1, amount]] });
    const payables = payablesOf(lines, { netting: true });
    expect(payables.map(({ payingCity, receivingCity, fen: amount }) => [payingCity, receivingCity, amount])).toEqual([[CITY, CARE, 400], [CARE, OTHER, 150]]);
    for (const payable of payables) await agencies.owe('B1', payable.payingCity, payable.receivingCity, payable.fen);
    await agencies.store.write((manager) => bookClearing(manager, 'B1', lines, payables, 1));
    expect([await agencies.book(CARE, 'XR_ADVANCED'), await agencies.book(CITY, 'XR_ADVANCED'), await agencies.book(CITY, 'XR_PAYABLE', CARE)]).toEqual([-450, -200, -400]);
    await arrive('B1', CITY, 400);
    await arrive('B1', CARE, 150, OTHER);
    await pay('B1', [[H1, 600]]);
    await agencies.run('disbursement.institutions', CITY, { ...(await form('B1', [[H3, 200]])) });
    await cleared('B2', '2026-11', [[CITY, H2, 350]]);
    await arrive('B2', CITY, 350);
    expect(await pay('B2', [[H2, 350, 150]])).toMatchObject({ dueFen: 200 });
    for (const { orderNo, payer, dueFen } of await orders()) {
      const transfer = { receiptNo: `N-${orderNo}`, paidOn: TODAY, amountFen: dueFen, payerAccount: 'clearing', orders: [{ orderNo, fen: dueFen }] };
      await agencies.run('payment.received', payer, { paymentNo: (await agencies.run('payment.paid', payer, transfer))['paymentNo'], receivedOn: TODAY, amountFen: dueFen });
    }
    const left = await agencies.store.read((manager) => Promise.all([PROVINCE, CITY, CARE, OTHER].map(async (agency) => (await trialBalance(manager, agency)).filter(({ balance }) => balance !== 0).map(({ account, balance }) => [agency, account.replace(`:${FUND}`, ''), balance]))));
    expect(left.flat()).toEqual([
      [CITY, 'FISCAL', -950], [CITY, 'FUND_EXPENSE', 950],
      [CARE, 'FISCAL', -200], [CARE, 'FUND_EXPENSE', 200],
      [OTHER, 'FISCAL', 150], [OTHER, 'FUND_EXPENSE', -150],
    ]);
    expect(await agencies.between()).toEqual(Array<number>(9).fill(0));
  }, 60_000);

  test('what an institution owes from one clearing is kept back in the next, once, and comes back with a void order', async () => {
    jest.replaceProperty(prepaymentRules as { careAdvances: boolean }, 'careAdvances', true);
    await cleared('B1', '2026-10', [[CITY, H1, -500], [CITY, H2, 900]]);
    await pay('B1', [[H2, 900]]);
    await cleared('B2', '2026-11', [[OTHER, H1, 300], [CITY, H1, 100]]);
    expect(await draft('B2')).toMatchObject({ payableFen: 400, deductionFen: 400, items: [{ institution: H1, dueFen: 0 }] });
    expect(await pay('B2', [[H1, 400]])).toMatchObject({ refused: 'ORDER_AMOUNT_DIFFERS' });
    expect(await pay('B2', [[H1, 400, 400]])).toMatchObject({ dueFen: 0 });
    const [first, offset] = await orders();
    await agencies.run('disbursement.orderUndo', CARE, { orderNo: first?.orderNo, reason: '测试' });
    // A refusal rolls back, as the engine has it.
    const undone = agencies.store.write(async (manager) => {
      throw new Error(((await undoClearing.apply?.(manager, { form: { batchId: 'B1' }, now: 2, actors: [], division: PROVINCE } as never)) as { code: string }).code);
    });
    await expect(undone).rejects.toThrow('CLEARING_PAID');
    expect(await pay('B1', [[H2, 900]])).toMatchObject({ dueFen: 900 });
    expect(offset).toMatchObject({ payableFen: 400, deductionFen: 400, dueFen: 0, state: 'received' });
    await cleared('B3', '2026-12', [[CITY, H1, 250]]);
    expect(await pay('B3', [[H1, 250, 100]])).toMatchObject({ dueFen: 150 });
    const third = (await orders()).at(-1)?.orderNo;
    await agencies.run('disbursement.orderUndo', CARE, { orderNo: third, reason: '测试' });
    expect(await pay('B3', [[H1, 250, 100]])).toMatchObject({ dueFen: 150 });
    for (const { orderNo, dueFen, state } of await orders()) if (dueFen > 0 && state !== 'void') await received((await paid(orderNo, dueFen))['paymentNo'], dueFen);
    expect(await agencies.book(CARE, 'XR_ADVANCED')).toBe(0);
  }, 60_000);
});
