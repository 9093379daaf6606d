import { verifyLedger } from '../../activities/ledger';
import { PrepayWarning, AbnormalItem } from '../../store/entities';
import { onBothDatabases } from '../support/databases';
import { CARE, CITY, OTHER, openAgencies, PROVINCE, TODAY } from '../support/agencies';

/** Pools under many orders at once. Races 67 and 68 of the fault table are here. */
onBothDatabases('prepayment pools', (database) => {
  const opened = async () => openAgencies(await database().openMigrated());
  const ZEROS = Array<number>(9).fill(0);

  test('50 orders at once draw a pool of 1,000 yuan to zero and not below; the rest stays payable and no order is refused', async () => {
    const agencies = await opened();
    await agencies.fill(CITY, 100_000);
    const ids: string[] = [];
    for (let index = 0; index < 50; index += 1) ids.push(await agencies.owe(`B${index}`, CITY, index % 2 === 0 ? CARE : OTHER, 3_001));
    const forms = await Promise.all(ids.map((_, index) => agencies.disbursementForm(`B${index}`, 3_001)));
    const orders = await Promise.all(forms.map((form) => agencies.run('disbursement.order', CITY, form)));
    expect(orders.map(({ refused }) => refused)).toEqual(Array(50).fill(undefined));
    const sum = (name: string): number => orders.reduce((total, order) => total + Number(order[name]), 0);
    expect([sum('drawnFen'), sum('dueFen'), await agencies.pool()]).toEqual([100_000, 50 * 3_001 - 100_000, 0]);
    expect(new Set(orders.map(({ orderNo }) => orderNo)).size).toBe(50);
    expect(orders.map(({ orderNo }) => Number(String(orderNo).slice(-6))).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    for (const [index, id] of ids.entries()) {
      const { fen, drawn, paid } = await agencies.payable(id);
      expect([fen, drawn, paid]).toEqual([3_001, 3_001, orders[index]?.['drawnFen']]);
    }
    expect(await agencies.between()).toEqual(ZEROS);
    expect((await agencies.store.read((manager) => verifyLedger(manager, PROVINCE))).tampered).toEqual([]);
    const warnings = await agencies.store.read((manager) => manager.find(PrepayWarning, { order: { level: 'ASC' } }));
    expect(warnings.map(({ level, period, city }) => [level, period, city])).toEqual([['red', '2026-10', CITY], ['yellow', '2026-10', CITY]]);
    expect(await agencies.store.read((manager) => manager.countBy(AbnormalItem, { code: 'PREPAY_USE_RATE' }))).toBe(2);
  }, 120_000);

  test('two orders for one payable at once: one is made, the other has nothing left to order', async () => {
    const agencies = await opened();
    await agencies.fill(CITY, 500);
    const id = await agencies.owe('B1', CITY, CARE, 900);
    const form = await agencies.disbursementForm('B1', 900);
    const orders = await Promise.all([1, 2, 3, 4].map(() => agencies.run('disbursement.order', CITY, form)));
    expect(orders.map(({ refused }) => refused ?? 'made').sort()).toEqual(['ORDER_NOTHING_PAYABLE', 'ORDER_NOTHING_PAYABLE', 'ORDER_NOTHING_PAYABLE', 'made']);
    expect(await agencies.payable(id)).toEqual({ fen: 900, drawn: 900, paid: 500 });
    expect(await agencies.pool()).toBe(0);
  });

  test('top-ups, draws, voids and returns at once: the balance is that of some order of them all, and never below zero', async () => {
    const agencies = await opened();
    await agencies.fill(CITY, 10_000);
    await agencies.run('prepay.annual', PROVINCE, { year: 2026, quotas: [{ city: CITY, fund: 'residentPool', quotaFen: 20_000 }], basis: '测试' });
    const payments: unknown[] = [];
    for (let index = 0; index < 5; index += 1) {
      const voucher = await agencies.run('prepay.payIn', PROVINCE, { city: CITY, fund: 'residentPool', year: 2026, amountFen: 2_000, dueDate: '2026-12-18', basis: '测试' });
      const paid = await agencies.run('payment.paid', CITY, { receiptNo: `TOP-${index}`, paidOn: TODAY, amountFen: 2_000, payerAccount: 'prepay', orders: [{ orderNo: voucher['orderNo'], fen: 2_000 }] });
      payments.push(paid['paymentNo']);
    }
    for (let index = 0; index < 12; index += 1) await agencies.owe(`B${index}`, CITY, CARE, 3_000);
    const forms = await Promise.all(Array.from({ length: 12 }, (_, index) => agencies.disbursementForm(`B${index}`, 3_000)));
    const mixed = await Promise.all([
      ...payments.map((paymentNo) => agencies.run('payment.received', PROVINCE, { paymentNo, receivedOn: TODAY, amountFen: 2_000 })),
      ...forms.map(async (form, index) => {
        const order = await agencies.run('disbursement.order', CITY, form);
        if (index % 3 === 0) return { ...(await agencies.run('disbursement.orderUndo', CITY, { orderNo: order['orderNo'], reason: '测试' })), drawnFen: 0 };
        return order;
      }),
    ]);
    expect(mixed.filter(({ refused }) => refused !== undefined)).toEqual([]);
    const drawn = mixed.reduce((sum, { drawnFen }) => sum + Number((drawnFen as number | undefined) ?? 0), 0);
    expect(await agencies.pool()).toBe(20_000 - drawn);
    expect(await agencies.pool()).toBeGreaterThanOrEqual(0);
    expect(await agencies.between()).toEqual(ZEROS);
  }, 120_000);

  test('what is given back leaves the pool at once: an order cannot draw it, and a void voucher brings it back', async () => {
    const agencies = await opened();
    await agencies.fill(CITY, 10_000);
    await agencies.run('prepay.annual', PROVINCE, { year: 2026, quotas: [{ city: CITY, fund: 'residentPool', quotaFen: 4_000 }], basis: '调减' });
    const form = { city: CITY, fund: 'residentPool', year: 2026, amountFen: 6_000, dueDate: '2026-12-18', basis: '调减' };
    expect(await agencies.run('prepay.return', PROVINCE, { ...form, amountFen: 6_001 })).toMatchObject({ refused: 'PREPAY_BELOW_QUOTA' });
    const back = await agencies.run('prepay.return', PROVINCE, form);
    expect(await agencies.pool()).toBe(4_000);
    await agencies.owe('B1', CITY, CARE, 9_000);
    const order = await agencies.run('disbursement.order', CITY, await agencies.disbursementForm('B1', 9_000));
    expect(order).toMatchObject({ drawnFen: 4_000, dueFen: 5_000 });
    expect(await agencies.run('prepay.voucherUndo', PROVINCE, { orderNo: back['orderNo'], reason: '测试' })).toMatchObject({ state: 'void' });
    expect(await agencies.pool()).toBe(6_000);
    expect(await agencies.between()).toEqual(ZEROS);
    expect(await agencies.run('prepay.voucherUndo', PROVINCE, { orderNo: back['orderNo'], reason: '再次' })).toMatchObject({ refused: 'ORDER_VOID' });
  });

  test('an order that asks for less draws less; deductions and reserves stay payable', async () => {
    const agencies = await opened();
    await agencies.fill(CITY, 10_000);
    const [a, b] = [await agencies.owe('B1', CITY, CARE, 700), await agencies.owe('B1', CITY, OTHER, 300)];
    const withheld = [{ payable: a, deductionFen: 50, reserveFen: 20, reason: '扣款' }];
    const order = await agencies.run('disbursement.order', CITY, await agencies.disbursementForm('B1', 1_000, { drawFen: 100, withheld }));
    expect(order).toMatchObject({ payableFen: 1_000, deductionFen: 50, reserveFen: 20, drawnFen: 100, dueFen: 830 });
    expect([await agencies.payable(a), await agencies.payable(b)]).toEqual([
      { fen: 700, drawn: 630, paid: 100 },
      { fen: 300, drawn: 300, paid: 0 },
    ]);
    expect(await agencies.run('disbursement.order', CITY, await agencies.disbursementForm('B1', 70))).toMatchObject({ payableFen: 70, drawnFen: 70, dueFen: 0, state: 'received' });
    expect(await agencies.payable(a)).toEqual({ fen: 700, drawn: 700, paid: 170 });
  });

  test('a pool of another fund is not touched, and a city without a pool pays by itself', async () => {
    const agencies = await opened();
    await agencies.fill(CITY, 5_000, 'employeePool');
    await agencies.owe('B1', CITY, CARE, 900);
    expect(await agencies.run('disbursement.order', CITY, await agencies.disbursementForm('B1', 900))).toMatchObject({ drawnFen: 0, dueFen: 900 });
    expect([await agencies.pool(CITY, 'employeePool'), await agencies.pool()]).toEqual([5_000, 0]);
  });
});
