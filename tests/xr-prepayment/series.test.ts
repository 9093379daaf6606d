import fc from 'fast-check';
import { trialBalance, verifyLedger } from '../../activities/ledger';
import { Payment, PaymentOrder } from '../../store/entities';
import { CARE, CITY, FUND, openAgencies, OTHER, PROVINCE, TODAY, type Agencies } from '../support/agencies';
import { insertClearedMonth } from '../support/cleared-month';
import { onBothDatabases } from '../support/databases';

const SEED = Number(process.env['FAST_CHECK_SEED'] ?? Date.now() % 2 ** 31);
const INSTITUTION = 'H99020000001';

/** What people may try, each with numbers that fit or do not; most of it is refused. */
const ACTS = ['payIn', 'return', 'voidOrder', 'pay', 'receive', 'undoPaid', 'undoReceived', 'bounce', 'disburse', 'institution'] as const;
const step = fc.record({ act: fc.constantFrom(...ACTS), amount: fc.integer({ min: 1, max: 1_500 }), pick: fc.nat(1_000) });

/** Random series of money going there and back. Race 71 of the fault table: nothing comes back that was not paid. */
onBothDatabases('series of payments', (database) => {
  test('whatever is paid, returned, bounced and undone in whatever order: no order is overpaid, no pool below zero, every book adds up', async () => {
    const agencies = await openAgencies(await database().openMigrated());
    await agencies.run('prepay.annual', PROVINCE, { year: 2026, quotas: [{ city: CITY, fund: FUND, quotaFen: 4_000 }], basis: '测试' });
    await agencies.run('xrBase.instAccount', CARE, { institution: INSTITUTION, holder: '示例医院', bankName: '示例银行', bankCode: '990000000001', accountNo: '6200990000777700', validFrom: TODAY });
    await insertClearedMonth(agencies.store, { batchId: 'B0', office: PROVINCE, period: '2026-10', payingCity: OTHER, receivingCity: CARE, fund: FUND, institutions: [[INSTITUTION, 900]] });
    const steps = fc.sample(step, { numRuns: 50, seed: SEED });
    const done: Record<string, number> = {};
    for (const [index, each] of steps.entries()) {
      const outcome = await perform(agencies, each, index);
      if (outcome['refused'] === undefined) done[each.act] = (done[each.act] ?? 0) + 1;
      await holds(agencies, `seed ${SEED}, step ${index} ${JSON.stringify(each)}`);
    }
    expect(Object.keys(done).length).toBeGreaterThan(3);
    for (const agency of [PROVINCE, CITY, CARE]) expect((await agencies.store.read((manager) => verifyLedger(manager, agency))).tampered).toEqual([]);
  }, 120_000);

  test('what crashes before its commit leaves no number behind: orders and payments are gapless, and the run anew makes them once', async () => {
    const agencies = await openAgencies(await database().openMigrated());
    await agencies.run('prepay.annual', PROVINCE, { year: 2026, quotas: [{ city: CITY, fund: FUND, quotaFen: 9_000 }], basis: '测试' });
    const crash = new Error('the process dies here');
    const payIn = () => agencies.run('prepay.payIn', PROVINCE, { city: CITY, fund: FUND, year: 2026, amountFen: 1_000, dueDate: '2026-12-18', basis: '测试' });
    const numbers: string[] = [];
    for (let index = 0; index < 6; index += 1) {
      agencies.crashAt(index % 2 === 0 ? crash : null);
      if (index % 2 === 0) await expect(payIn()).rejects.toBe(crash);
      else numbers.push(String((await payIn())['orderNo']));
    }
    agencies.crashAt(null);
    expect(numbers.map((orderNo) => Number(orderNo.slice(-6)))).toEqual([1, 2, 3]);
    const form = { receiptNo: 'CRASH-1', paidOn: TODAY, amountFen: 1_000, payerAccount: 'prepay', orders: [{ orderNo: numbers[0], fen: 1_000 }] };
    agencies.crashAt(crash);
    await expect(agencies.run('payment.paid', CITY, form)).rejects.toBe(crash);
    expect([await agencies.book(CITY, 'IN_TRANSIT', PROVINCE), (await agencies.order(numbers[0] ?? '')).paidFen]).toEqual([0, 0]);
    agencies.crashAt(null);
    expect(await agencies.run('payment.paid', CITY, form)).toMatchObject({ paymentNo: expect.stringMatching(/-FK-202611-000001$/) });
    expect(await agencies.run('payment.paid', CITY, form)).toMatchObject({ refused: 'RECEIPT_NO_USED' });
    await holds(agencies, 'after the crashes');
  });
});

async function perform(agencies: Agencies, { act, amount, pick }: { act: (typeof ACTS)[number]; amount: number; pick: number }, index: number): Promise<Record<string, unknown>> {
  const orders = await agencies.store.read((manager) => manager.find(PaymentOrder, { order: { id: 'ASC' } }));
  const payments = await agencies.store.read((manager) => manager.find(Payment, { order: { id: 'ASC' } }));
  const order = orders[pick % Math.max(orders.length, 1)];
  const payment = payments[pick % Math.max(payments.length, 1)];
  const number = { paymentNo: payment?.paymentNo ?? 'none', reason: '测试' };
  const prepayment = { city: CITY, fund: FUND, year: 2026, amountFen: amount, dueDate: '2026-12-18', basis: '测试' };
  switch (act) {
    case 'payIn':
      return agencies.run('prepay.payIn', PROVINCE, prepayment);
    case 'return':
      if (pick % 2 === 0) await agencies.run('prepay.annual', PROVINCE, { year: 2026, quotas: [{ city: CITY, fund: FUND, quotaFen: pick * 4 }], basis: '测试' });
      return agencies.run('prepay.return', PROVINCE, prepayment);
    case 'voidOrder':
      return agencies.run(order?.kind === 'payIn' || order?.kind === 'return' ? 'prepay.voucherUndo' : 'disbursement.orderUndo', order?.kind === 'payIn' ? PROVINCE : (order?.payer ?? CITY), { orderNo: order?.orderNo ?? 'none', reason: '测试' });
    case 'pay': {
      const purpose = order?.kind === 'payIn' || order?.kind === 'return' ? 'prepay' : 'clearing';
      const fen = pick % 3 === 0 && order ? Math.max(order.dueFen - order.paidFen, 1) : amount;
      return agencies.run('payment.paid', order?.payer ?? CITY, { receiptNo: `RAND-${index}`, paidOn: TODAY, amountFen: fen, payerAccount: purpose, orders: [{ orderNo: order?.orderNo ?? 'none', fen }] });
    }
    case 'receive':
      return agencies.run('payment.received', payment?.payee ?? PROVINCE, { ...number, receivedOn: TODAY, amountFen: pick % 5 === 0 ? amount : (payment?.amountFen ?? 1) });
    case 'undoPaid':
      return agencies.run('payment.paidUndo', payment?.payer ?? CITY, number);
    case 'undoReceived':
      return agencies.run('payment.receivedUndo', payment?.payee ?? PROVINCE, { ...number, payer: payment?.payer ?? CITY });
    case 'bounce': {
      const bounced = await agencies.run('payment.bounced', payment?.payer ?? CITY, { ...number, bouncedOn: TODAY });
      for (const stopped of orders) await agencies.run('disbursement.release', stopped.payer, { orderNo: stopped.orderNo, payeeAccountId: stopped.payeeAccountId, sameAccount: 'yes', reason: '测试' });
      return bounced;
    }
    case 'disburse': {
      await agencies.owe(`R${index}`, CITY, CARE, amount);
      return agencies.run('disbursement.order', CITY, await agencies.disbursementForm(`R${index}`, amount, { drawFen: pick % 2 === 0 ? Math.floor(amount / 2) : null }));
    }
    case 'institution': {
      const row = { institution: INSTITUTION, payableFen: 900, deductionFen: 0, payeeAccountId: await agencies.accountId(INSTITUTION, 'monthly') };
      return agencies.run('disbursement.institutions', CARE, { batch: 'B0', fund: FUND, institutions: [row], amountFen: 900, dueDate: '2026-12-10' });
    }
    default:
      return act satisfies never;
  }
}

/** What is true at every moment, whatever happened. */
async function holds(agencies: Agencies, where: string): Promise<void> {
  const orders = await agencies.store.read((manager) => manager.find(PaymentOrder, { order: { id: 'ASC' } }));
  const wrong = orders.filter(({ dueFen, paidFen, receivedFen, voidedAt }) => receivedFen < 0 || receivedFen > paidFen || paidFen > dueFen || (voidedAt !== null && paidFen > 0));
  expect([where, wrong.map(({ orderNo }) => orderNo)]).toEqual([where, []]);
  expect([where, (await agencies.pool()) >= 0, await agencies.between()]).toEqual([where, true, Array<number>(9).fill(0)]);
  for (const agency of [PROVINCE, CITY, CARE]) {
    const trial = await agencies.store.read((manager) => trialBalance(manager, agency));
    expect([where, agency, trial.reduce((sum, { balance }) => sum + balance, 0)]).toEqual([where, agency, 0]);
  }
  const transit = await agencies.store.read((manager) => manager.findBy(Payment, { state: 'paid' }));
  const inTransit = await Promise.all([[CITY, PROVINCE], [PROVINCE, CITY], [PROVINCE, CARE], [CARE, undefined]].map(([agency, other]) => agencies.book(agency ?? '', 'IN_TRANSIT', other)));
  expect([where, inTransit.reduce((sum, fen) => sum + fen, 0)]).toEqual([where, transit.reduce((sum, { amountFen }) => sum + amountFen, 0)]);
}
