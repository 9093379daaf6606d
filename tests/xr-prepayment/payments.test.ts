import { verifyLedger } from '../../activities/ledger';
import { bookClearing, unbookClearing } from '../../activities/disbursement/clearing-books';
import { dropFundRequest } from '../../activities/disbursement/disburse';
import { watchTerms } from '../../activities/disbursement/terms';
import { tracePayments, watchOverdueOrders } from '../../activities/disbursement/traces';
import { parseDate } from '../../domain/calendar';
import { fen } from '../../domain/money';
import { AbnormalItem, FundRequest, OfficeCase, Payment, PaymentTrace, XrClearingBatch } from '../../store/entities';
import { accountForm, CARE, CITY, FUND, openAgencies, OTHER, PROVINCE, TODAY, type Agencies } from '../support/agencies';
import { insertClearedMonth } from '../support/cleared-month';
import { onBothDatabases } from '../support/databases';

const ZEROS = Array<number>(9).fill(0);

/** From the order to the confirmed receipt, and back. */
onBothDatabases('payment and receipt', (database) => {
  let agencies: Agencies;
  let payable: string;
  let orderNo: string;
  beforeEach(async () => {
    agencies = await openAgencies(await database().openMigrated());
    payable = await agencies.owe('B1', CITY, CARE, 1_000);
    await agencies.owe('B1', CITY, OTHER, 500);
    const form = await agencies.disbursementForm('B1', 1_500);
    expect(await agencies.run('disbursement.fundRequest', CITY, form, { caseNo: 'case-1' })).toEqual({ amountFen: 1_500, caseNo: 'case-1' });
    orderNo = String((await agencies.run('disbursement.order', CITY, form, { caseNo: 'case-1' }))['orderNo']);
  });

  const transfer = (amountFen: number, more: object = {}) => ({ receiptNo: `RCPT-${amountFen}`, paidOn: TODAY, amountFen, payerAccount: 'clearing', orders: [{ orderNo, fen: amountFen }], ...more });
  const pay = (amountFen: number, more: object = {}) => agencies.run('payment.paid', CITY, transfer(amountFen, more));
  const receive = (paymentNo: unknown, amountFen: number) => agencies.run('payment.received', PROVINCE, { paymentNo, receivedOn: TODAY, amountFen });

  test('part payments, each confirmed by both sides; the care place gets it from the province; every book closes', async () => {
    const first = await pay(600);
    expect(await agencies.order(orderNo)).toMatchObject({ state: 'partPaid', paidFen: 600, receivedFen: 0 });
    expect(await receive(first['paymentNo'], 600)).toMatchObject({ state: 'received' });
    expect(await agencies.payable(payable)).toEqual({ fen: 1_000, drawn: 1_000, paid: 600 });
    const second = await pay(900);
    expect(await agencies.order(orderNo)).toMatchObject({ state: 'paid' });
    expect(await agencies.between()).toEqual(ZEROS);
    await receive(second['paymentNo'], 900);
    expect(await agencies.order(orderNo)).toMatchObject({ state: 'received', paidFen: 1_500, receivedFen: 1_500 });
    expect([await agencies.book(CITY, 'FISCAL'), await agencies.book(CITY, 'EXPEND'), await agencies.book(CITY, 'IN_TRANSIT', PROVINCE)]).toEqual([-1_500, 0, 0]);
    expect([await agencies.book(PROVINCE, 'PROVINCE_CLEARING'), await agencies.book(PROVINCE, 'XR_PAYABLE', CARE), await agencies.book(PROVINCE, 'XR_PAYABLE', OTHER)]).toEqual([1_500, -1_000, -500]);

    const forwardForm = { ...(await agencies.disbursementForm('B1', 1_000)), payee: CARE, payeeAccountId: await agencies.accountId(CARE) };
    const forward = await agencies.run('disbursement.forward', PROVINCE, forwardForm);
    expect(await agencies.run('disbursement.forward', PROVINCE, forwardForm)).toMatchObject({ refused: 'ORDER_NOTHING_PAYABLE' });
    const third = await agencies.run('payment.paid', PROVINCE, { ...transfer(1_000), orders: [{ orderNo: forward['orderNo'], fen: 1_000 }] });
    expect(await agencies.run('payment.received', CARE, { paymentNo: third['paymentNo'], receivedOn: TODAY, amountFen: 1_000 })).toMatchObject({ state: 'received' });
    expect([await agencies.book(CARE, 'INCOME'), await agencies.book(CARE, 'FISCAL'), await agencies.book(CARE, 'XR_RECEIVABLE', CITY), await agencies.book(PROVINCE, 'XR_PAYABLE', CARE)]).toEqual([0, 1_000, -1_000, 0]);
    expect(await agencies.run('payment.receivedUndo', PROVINCE, { paymentNo: first['paymentNo'], payer: CITY, reason: '测试' })).toMatchObject({ refused: 'ORDER_FORWARDED' });
    for (const agency of [CITY, CARE, PROVINCE]) expect((await agencies.store.read((manager) => verifyLedger(manager, agency))).tampered).toEqual([]);
    expect(await agencies.between()).toEqual(ZEROS);
  });

  test('a clearing is booked when approved, mirrored when withdrawn, and its debts are gone when all is paid', async () => {
    const owed = { receivingCity: CARE, insutype: '390', fund: FUND, fen: fen(1_000) };
    const payables = [{ ...owed, payingCity: CITY }, { ...owed, payingCity: CITY, receivingCity: OTHER, fen: fen(500) }];
    const { store } = agencies;
    for (const at of [1, 2, 3]) {
      if (at > 1) await store.write((manager) => unbookClearing(manager, 'B1', at));
      expect([await agencies.book(CITY, 'XR_PAYABLE', CARE), await agencies.book(CARE, 'XR_ADVANCED')]).toEqual([0, 0]);
      await store.write((manager) => bookClearing(manager, 'B1', payables, payables, at));
      expect([await agencies.book(CITY, 'FUND_EXPENSE'), await agencies.book(CITY, 'XR_PAYABLE', CARE), await agencies.book(CARE, 'XR_RECEIVABLE', CITY)]).toEqual([1_500, -1_000, 1_000]);
    }
    await receive((await pay(1_500))['paymentNo'], 1_500);
    for (const [care, amount] of [[CARE, 1_000], [OTHER, 500]] as const) {
      const form = { ...(await agencies.disbursementForm('B1', amount)), payee: care, payeeAccountId: await agencies.accountId(care) };
      const forward = await agencies.run('disbursement.forward', PROVINCE, form);
      const paid = await agencies.run('payment.paid', PROVINCE, { ...transfer(amount), orders: [{ orderNo: forward['orderNo'], fen: amount }] });
      await agencies.run('payment.received', care, { paymentNo: paid['paymentNo'], receivedOn: TODAY, amountFen: amount });
      expect([await agencies.book(CITY, 'XR_PAYABLE', care), await agencies.book(care, 'XR_RECEIVABLE', CITY), await agencies.book(PROVINCE, 'XR_PAYABLE', care)]).toEqual([0, 0, 0]);
      expect([await agencies.book(care, 'INCOME'), await agencies.book(care, 'FISCAL')]).toEqual([0, amount]);
    }
    expect([await agencies.book(CITY, 'FISCAL'), await agencies.book(CITY, 'EXPEND'), await agencies.book(PROVINCE, 'PROVINCE_CLEARING')]).toEqual([-1_500, 0, 0]);
    expect(await agencies.between()).toEqual(ZEROS);
  });

  test('付款确认 is undone only before 收款确认, 收款确认 by its own undo; then all is as before', async () => {
    const paid = await pay(600);
    const number = { paymentNo: paid['paymentNo'], reason: '登错付款单' };
    await receive(paid['paymentNo'], 600);
    expect(await agencies.run('payment.paidUndo', CITY, number)).toMatchObject({ refused: 'PAYMENT_RECEIVED' });
    expect(await agencies.run('payment.receivedUndo', PROVINCE, { ...number, payer: OTHER })).toMatchObject({ refused: 'PAYMENT_NOT_FOUND' });
    expect(await agencies.run('payment.receivedUndo', PROVINCE, { ...number, payer: CITY })).toMatchObject({ state: 'paid' });
    expect(await agencies.run('payment.receivedUndo', PROVINCE, { ...number, payer: CITY })).toMatchObject({ refused: 'PAYMENT_NOT_RECEIVED' });
    expect(await agencies.payable(payable)).toEqual({ fen: 1_000, drawn: 1_000, paid: 0 });
    expect(await receive(paid['paymentNo'], 600)).toMatchObject({ state: 'received' });
    await agencies.run('payment.receivedUndo', PROVINCE, { ...number, payer: CITY });
    expect(await agencies.run('payment.paidUndo', CITY, number)).toMatchObject({ state: 'undone' });
    expect(await agencies.run('payment.paidUndo', CITY, number)).toMatchObject({ refused: 'PAYMENT_ENDED' });
    expect(await agencies.order(orderNo)).toMatchObject({ state: 'open', paidFen: 0, receivedFen: 0 });
    expect([await agencies.book(CITY, 'EXPEND'), await agencies.book(CITY, 'XR_PAYABLE', CARE), await agencies.book(PROVINCE, 'PROVINCE_CLEARING')]).toEqual([1_500, 0, 0]);
    expect(await pay(600)).toMatchObject({ state: 'paid' });
    expect(await agencies.between()).toEqual(ZEROS);
  });

  test('an order that is void gives back what it drew and asked for; with a payment it cannot be', async () => {
    const paid = await pay(1);
    expect(await agencies.run('disbursement.orderUndo', CITY, { orderNo, reason: '测试' })).toMatchObject({ refused: 'ORDER_PAID' });
    await agencies.run('payment.paidUndo', CITY, { paymentNo: paid['paymentNo'], reason: '测试' });
    expect(await agencies.run('disbursement.orderUndo', CITY, { orderNo, reason: '测试' })).toMatchObject({ state: 'void' });
    expect(await agencies.payable(payable)).toEqual({ fen: 1_000, drawn: 0, paid: 0 });
    expect([await agencies.book(CITY, 'EXPEND'), await agencies.book(CITY, 'FISCAL')]).toEqual([0, 0]);
    expect(await agencies.store.read((manager) => manager.findOneBy(FundRequest, { caseNo: 'case-1' }))).toMatchObject({ state: 'void', planNo: 'P2026-1' });
    expect(await pay(10)).toMatchObject({ refused: 'ORDER_VOID' });
    const again = await agencies.run('disbursement.order', CITY, await agencies.disbursementForm('B1', 1_500));
    expect(String(again['orderNo'])).toMatch(/-000002$/);
  });

  test('a request for funds without an order is taken back, one that was granted stays', async () => {
    await agencies.owe('B3', CITY, CARE, 40);
    await agencies.run('disbursement.fundRequest', CITY, await agencies.disbursementForm('B3', 40), { caseNo: 'case-3' });
    const drop = (caseNo: string) => agencies.store.write((manager) => dropFundRequest(manager, caseNo));
    await drop('case-1');
    await drop('case-3');
    await drop('case-3');
    const rows = await agencies.store.read((manager) => manager.find(FundRequest, { order: { id: 'ASC' } }));
    expect(rows.map(({ caseNo, state, amountFen }) => [caseNo, state, amountFen])).toEqual([['case-1', 'granted', 1_500], ['case-3', 'void', 40]]);
  });

  test('what was drawn and passed on cannot be voided', async () => {
    await agencies.fill(OTHER, 300);
    await agencies.owe('B2', OTHER, CARE, 300);
    const order = await agencies.run('disbursement.order', OTHER, await agencies.disbursementForm('B2', 300));
    const form = { ...(await agencies.disbursementForm('B2', 300)), payee: CARE, payeeAccountId: await agencies.accountId(CARE) };
    const forward = await agencies.run('disbursement.forward', PROVINCE, form);
    expect(forward).toMatchObject({ dueFen: 300 });
    expect(await agencies.run('disbursement.orderUndo', OTHER, { orderNo: order['orderNo'], reason: '测试' })).toMatchObject({ refused: 'ORDER_FORWARDED' });
    expect(await agencies.run('disbursement.orderUndo', PROVINCE, { orderNo: forward['orderNo'], reason: '测试' })).toMatchObject({ state: 'void' });
    expect(await agencies.run('disbursement.orderUndo', OTHER, { orderNo: order['orderNo'], reason: '测试' })).toMatchObject({ state: 'void' });
    expect(await agencies.pool(OTHER)).toBe(300);
    expect(await agencies.between()).toEqual(ZEROS);
  });

  test('退票: the order stops, is released by the account that holds now, and is paid again', async () => {
    const paid = await pay(1_500);
    expect(await agencies.run('payment.bounced', CITY, { paymentNo: paid['paymentNo'], bouncedOn: '2026-11-19', reason: '账号有误' })).toMatchObject({ refused: 'PAYMENT_DATE_INVALID' });
    expect(await agencies.run('payment.bounced', CITY, { paymentNo: paid['paymentNo'], bouncedOn: TODAY, reason: '账号有误' })).toMatchObject({ state: 'bounced' });
    expect(await agencies.order(orderNo)).toMatchObject({ state: 'stopped', stopReason: 'bounced', paidFen: 0 });
    expect(await pay(1_500, { receiptNo: 'RCPT-X' })).toMatchObject({ refused: 'ORDER_STOPPED' });
    expect(await receive(paid['paymentNo'], 1_500)).toMatchObject({ refused: 'PAYMENT_ENDED' });
    const release = async (more: object = {}) => agencies.run('disbursement.release', CITY, { orderNo, payeeAccountId: await agencies.accountId(PROVINCE), reason: '测试', ...more });
    expect(await release()).toMatchObject({ refused: 'ACCOUNT_UNCHANGED' });
    await agencies.run('xrBase.cityBank', PROVINCE, accountForm('clearing', '6200990000005555'));
    expect(await release({ payeeAccountId: 1 })).toMatchObject({ refused: 'ACCOUNT_CHANGED' });
    expect(await release()).toMatchObject({ orderNo });
    expect(await release()).toMatchObject({ refused: 'ORDER_NOT_STOPPED' });
    expect(await pay(1_500, { receiptNo: 'RCPT-1500' })).toMatchObject({ refused: 'RECEIPT_NO_USED' });
    expect(await pay(1_500, { receiptNo: 'RCPT-Y' })).toMatchObject({ state: 'paid' });
    expect(await agencies.between()).toEqual(ZEROS);
  });

  test('an order in flight stops when its payee changes the account; a paid one does not', async () => {
    await pay(100);
    const changed = await agencies.run('xrBase.cityBank', PROVINCE, accountForm('clearing', '6200990000005555'));
    expect(changed).toMatchObject({ version: 2, stopped: [orderNo] });
    expect(await agencies.order(orderNo)).toMatchObject({ state: 'stopped', stopReason: 'accountChanged', paidFen: 100 });
    expect(await pay(200)).toMatchObject({ refused: 'ORDER_STOPPED' });
    await agencies.run('disbursement.release', CITY, { orderNo, payeeAccountId: await agencies.accountId(PROVINCE), reason: '测试' });
    await pay(1_400);
    expect(await agencies.run('xrBase.cityBank', PROVINCE, accountForm('clearing', '6200990000006666'))).toMatchObject({ version: 3, stopped: [] });
    await agencies.owe('B9', CITY, CARE, 10);
    const stale = { ...(await agencies.disbursementForm('B9', 10)), payeeAccountId: 1 };
    expect(await agencies.run('disbursement.order', CITY, stale)).toMatchObject({ refused: 'ACCOUNT_CHANGED' });
  });

  test('one transfer for two orders is split; one receipt number is taken once, whoever asks at once', async () => {
    await agencies.owe('B2', CITY, CARE, 70);
    const other = await agencies.run('disbursement.order', CITY, await agencies.disbursementForm('B2', 70));
    const both = { ...transfer(1_570), orders: [{ orderNo, fen: 1_500 }, { orderNo: other['orderNo'], fen: 70 }] };
    const race = await Promise.all([1, 2, 3].map(() => agencies.run('payment.paid', CITY, both)));
    expect(race.filter(({ refused }) => refused === undefined)).toHaveLength(1);
    expect(race.flatMap(({ refused }) => refused ?? []).every((code) => ['RECEIPT_NO_USED', 'PAYMENT_EXCEEDS'].includes(code))).toBe(true);
    const paymentNo = race.find(({ refused }) => refused === undefined)?.['paymentNo'];
    const receipts = await Promise.all([1, 2, 3].map(() => receive(paymentNo, 1_570)));
    expect(receipts.map(({ refused }) => refused ?? 'done').sort()).toEqual(['PAYMENT_RECEIVED', 'PAYMENT_RECEIVED', 'done']);
    expect([(await agencies.order(orderNo)).state, (await agencies.order(String(other['orderNo']))).state]).toEqual(['received', 'received']);
    expect(await agencies.book(PROVINCE, 'PROVINCE_CLEARING')).toBe(1_570);
  });

  test.each<[string, () => object, string]>([
    ['a receipt number of three characters', () => transfer(100, { receiptNo: 'abc' }), 'RECEIPT_NO_INVALID'],
    ['a receipt number with a blank', () => transfer(100, { receiptNo: 'abc 123' }), 'RECEIPT_NO_INVALID'],
    ['no order', () => transfer(100, { orders: [] }), 'PAYMENT_SPLIT_INVALID'],
    ['an order twice', () => transfer(100, { orders: [{ orderNo, fen: 50 }, { orderNo, fen: 50 }] }), 'PAYMENT_SPLIT_INVALID'],
    ['parts that do not sum', () => transfer(100, { orders: [{ orderNo, fen: 99 }] }), 'PAYMENT_SPLIT_INVALID'],
    ['a negative part', () => transfer(100, { orders: [{ orderNo, fen: -100 }] }), 'PAYMENT_SPLIT_INVALID'],
    ['one fen too much', () => transfer(1_501), 'PAYMENT_EXCEEDS'],
    ['an order that is none', () => transfer(100, { orders: [{ orderNo: '990100-BF-202611-999999', fen: 100 }] }), 'ORDER_NOT_FOUND'],
    ['a payment of tomorrow', () => transfer(100, { paidOn: '2026-11-21' }), 'PAYMENT_DATE_INVALID'],
    ['a payment before the order', () => transfer(100, { paidOn: '2026-11-19' }), 'PAYMENT_DATE_INVALID'],
    ['no such account', () => transfer(100, { payerAccount: 'monthly' }), 'ACCOUNT_NOT_REVIEWED'],
  ])('refused: %s', async (_, form, code) => {
    expect(await agencies.run('payment.paid', CITY, form())).toMatchObject({ refused: code });
    expect(await agencies.store.read((manager) => manager.count(Payment))).toBe(0);
  });

  test.each<[string, (paymentNo: unknown) => [string, object], string]>([
    ['another amount', (paymentNo) => [PROVINCE, { paymentNo, receivedOn: TODAY, amountFen: 599 }], 'PAYMENT_AMOUNT_DIFFERS'],
    ['received before it was paid', (paymentNo) => [PROVINCE, { paymentNo, receivedOn: '2026-11-19', amountFen: 600 }], 'PAYMENT_DATE_INVALID'],
    ['another receiver', (paymentNo) => [CARE, { paymentNo, receivedOn: TODAY, amountFen: 600 }], 'PAYMENT_NOT_FOUND'],
    ['no such payment', () => [PROVINCE, { paymentNo: 'x', receivedOn: TODAY, amountFen: 600 }], 'PAYMENT_NOT_FOUND'],
  ])('receipt refused: %s', async (_, ask, code) => {
    const [division, form] = ask((await pay(600))['paymentNo']);
    expect(await agencies.run('payment.received', division, form)).toMatchObject({ refused: code });
  });

  test('a disbursement of another amount than the clearing is refused, and of another division has nothing', async () => {
    await agencies.owe('B3', CITY, CARE, 5);
    const form = await agencies.disbursementForm('B3', 6);
    expect(await agencies.run('disbursement.order', CITY, form)).toMatchObject({ refused: 'ORDER_AMOUNT_DIFFERS' });
    expect(await agencies.run('disbursement.order', OTHER, form)).toMatchObject({ refused: 'ORDER_NOTHING_PAYABLE' });
    const withheld = [{ payable: payable, deductionFen: 1, reason: '测试' }];
    expect(await agencies.run('disbursement.order', CITY, { ...(await agencies.disbursementForm('B3', 5)), withheld })).toMatchObject({ refused: 'ORDER_WITHHELD_INVALID' });
  });

  test('a payment that nobody confirms in time is traced once, and the trace ends with it; an overdue order is told', async () => {
    const paid = await pay(600);
    const later = (day: string) => parseDate(day) + 1;
    const trace = (day: string) => agencies.store.write((manager) => tracePayments(manager, later(day)));
    expect([await trace('2026-11-25'), await trace('2026-11-26'), await trace('2026-11-27')]).toEqual([0, 1, 0]);
    const items = () => agencies.store.read((manager) => manager.findBy(AbnormalItem, { code: 'PAYMENT_UNCONFIRMED' }));
    expect((await items()).map(({ state, institution }) => [state, institution])).toEqual([['open', CITY]]);
    await receive(paid['paymentNo'], 600);
    expect(await agencies.store.read((manager) => manager.find(PaymentTrace, { order: { id: 'ASC' } }))).toMatchObject([{ state: 'closed', result: 'received' }]);
    expect((await items())[0]?.state).toBe('closed');
    expect(await agencies.store.write((manager) => watchOverdueOrders(manager, later('2026-12-10')))).toBe(0);
    expect(await agencies.store.write((manager) => watchOverdueOrders(manager, later('2026-12-11')))).toBe(1);
    const overdue = () => agencies.store.read((manager) => manager.findBy(AbnormalItem, { code: 'PAYMENT_OVERDUE' }));
    expect((await overdue()).map(({ state }) => state)).toEqual(['open']);
    await pay(900);
    expect(await agencies.store.write((manager) => watchOverdueOrders(manager, later('2026-12-12')))).toBe(0);
    expect((await overdue()).map(({ state, resolution }) => [state, resolution])).toEqual([['closed', '已付款或已作废']]);
  });

  test('a city is reminded to submit and to pay what a clearing made it owe, the province told when the term is over; what is done closes both', async () => {
    const approvedAt = parseDate('2026-11-02') + 9 * 3_600_000;
    await insertClearedMonth(agencies.store, { batchId: 'T1', office: PROVINCE, period: '2026-10', payingCity: CITY, receivingCity: CARE, fund: FUND, institutions: [['H99020000001', 700]] });
    await agencies.store.write((manager) => manager.update(XrClearingBatch, { id: 'T1' }, { approvedAt }));
    await agencies.owe('T1', CITY, CARE, 700);
    const watch = async (day: string) => {
      const over = await agencies.store.write((manager) => watchTerms(manager, parseDate(day) + 8.5 * 3_600_000));
      const items = await agencies.store.read((manager) => manager.find(AbnormalItem, { where: { workflowId: 'xr-clearing/T1', state: 'open' }, order: { id: 'ASC' } }));
      return [over, ...items.map(({ code, institution }) => `${code} ${institution}`)];
    };
    // Monday the 2nd: five working days end on Friday the 6th, ten on Friday the 13th.
    expect(await watch('2026-11-05')).toEqual([0]);
    expect(await watch('2026-11-06')).toEqual([0, `DISBURSEMENT_UNSUBMITTED ${CITY}`]);
    expect(await watch('2026-11-09')).toEqual([1, `DISBURSEMENT_UNSUBMITTED ${CITY}`, `DISBURSEMENT_UNSUBMITTED ${PROVINCE}`]);
    const [item] = await agencies.store.read((manager) => manager.findBy(AbnormalItem, { code: 'DISBURSEMENT_UNSUBMITTED', institution: CITY }));
    expect(item?.title).toBe(`2026-10 居民统筹 ${CITY} 应付 7.00 元尚未申报拨付，已过期限 2026-11-06（T1）`);
    const under = { id: 'case/T1', caseNo: 'T1-1', definition: 'xr-clear-city-pay', definitionVersion: 1, division: CITY, title: '拨付', round: 1, makerId: 'm', businessKey: `T1/${FUND}`, formHash: 'h', form: {}, opened: {}, state: {}, waitsFor: '', openedAt: 1, updatedAt: 1, version: 1, step: null, makerPersonKey: null, openKey: null, period: null, amountFen: null, dueAt: null, endedAt: null };
    await agencies.store.write((manager) => manager.insert(OfficeCase, { ...under, status: 'draft' }));
    expect(await watch('2026-11-09')).toHaveLength(3);
    await agencies.store.write((manager) => manager.update(OfficeCase, { id: 'case/T1' }, { status: 'inReview' }));
    expect(await watch('2026-11-09')).toEqual([0]);
    expect(await watch('2026-11-13')).toEqual([0, `DISBURSEMENT_UNPAID ${CITY}`]);
    expect(await watch('2026-11-16')).toEqual([1, `DISBURSEMENT_UNPAID ${CITY}`, `DISBURSEMENT_UNPAID ${PROVINCE}`]);
    const order = await agencies.run('disbursement.order', CITY, await agencies.disbursementForm('T1', 700));
    const paid = (receiptNo: string, amount: number) => agencies.run('payment.paid', CITY, { receiptNo, paidOn: TODAY, amountFen: amount, payerAccount: 'clearing', orders: [{ orderNo: order['orderNo'], fen: amount }] });
    await paid('TERM-1', 300);
    expect(await watch('2026-11-20')).toHaveLength(3);
    await paid('TERM-2', 400);
    expect(await watch('2026-11-20')).toEqual([0]);
  });
});
