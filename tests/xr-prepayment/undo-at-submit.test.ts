import type { OperationContext } from '../../activities/office-case/operations';
import { operations as disbursement } from '../../activities/disbursement';
import { operations as prepayment } from '../../activities/xr-prepayment';
import { isRefusal } from '../../domain/refusal';
import { EFFECT, operationOf } from '../../domain/office-case/definition';
import { loadCaseDefinitions } from '../../schemas/processes/load-cases';
import { BankAccount, PrepayQuota } from '../../store/entities';
import { accountForm, CARE, CITY, FUND, openAgencies, OTHER, PROVINCE, TODAY, type Agencies } from '../support/agencies';
import { onBothDatabases } from '../support/databases';

const operations = { ...prepayment, ...disbursement };

/** An undo whose ground is gone is refused when it is submitted, by the code that its effect would give; asking changes nothing. */
onBothDatabases('an undo is checked when it is submitted', (database) => {
  let agencies: Agencies;
  beforeEach(async () => {
    agencies = await openAgencies(await database().openMigrated());
  });

  /** What the check at submit and the effect say of undoing a case: each its code, or null. */
  async function asked(definition: string, division: string, of: unknown, more: object = {}): Promise<{ submit: string | null; effect: string | null }> {
    const found = loadCaseDefinitions()[definition];
    const operation = operations[(found && operationOf(found, EFFECT)) ?? ''];
    if (!operation?.apply) throw new Error(`${definition} has no effect`);
    const actors = [{ act: 'approve' as const, userId: 'reviewer-1', personKey: 'p2', step: 'review', at: 0 }];
    const context: OperationContext = { caseId: 'office-case/x/1', caseNo: 'undo-1', definition, division, period: null, form: { of, reason: '测试', ...more }, step: EFFECT, actors, now: 1_795_000_000_000 };
    const submit = await agencies.store.write(async (manager) => (await operation.check?.(manager, context)) ?? null);
    const rolledBack = new Error('only asked');
    let effect: string | null = null;
    await agencies.store
      .write(async (manager) => {
        const outcome = await operation.apply?.(manager, context);
        effect = outcome && isRefusal(outcome) ? outcome.code : null;
        throw rolledBack;
      })
      .catch((error: unknown) => {
        if (error !== rolledBack) throw error;
      });
    return { submit: submit?.code ?? null, effect };
  }

  const both = (code: string | null) => ({ submit: code, effect: code });

  test('money that was received and has gone on', async () => {
    const more = (paymentNo: unknown, payer: string) => ({ paymentNo, payer });
    const transfer = (orderNo: unknown, receiptNo: string, amountFen: number, payerAccount = 'clearing') => ({ receiptNo, paidOn: TODAY, amountFen, payerAccount, orders: [{ orderNo, fen: amountFen }] });
    const filled = await agencies.fill(CITY, 500);
    expect(await asked('xr-pay-received-undo', PROVINCE, undefined, more(filled, CITY))).toEqual(both(null));
    await agencies.owe('B1', CITY, CARE, 800);
    const order = await agencies.run('disbursement.order', CITY, await agencies.disbursementForm('B1', 800));
    expect(await asked('xr-pay-received-undo', PROVINCE, undefined, more(filled, CITY))).toEqual(both('PREPAY_POOL_SHORT'));
    expect(await asked('xr-clear-pay-undo', CITY, undefined, { orderNo: order['orderNo'] })).toEqual(both(null));
    const passOn = async (amount: number) => {
      const forward = await agencies.run('disbursement.forward', PROVINCE, { ...(await agencies.disbursementForm('B1', amount)), payee: CARE, payeeAccountId: await agencies.accountId(CARE) });
      expect(forward['orderNo']).toMatch(/-ZF-/);
    };
    await passOn(500);
    expect(await asked('xr-clear-pay-undo', CITY, undefined, { orderNo: order['orderNo'] })).toEqual(both('ORDER_FORWARDED'));
    const paid = await agencies.run('payment.paid', CITY, transfer(order['orderNo'], 'UNDO-1', 300));
    await agencies.run('payment.received', PROVINCE, { paymentNo: paid['paymentNo'], receivedOn: TODAY, amountFen: 300 });
    expect(await asked('xr-pay-received-undo', PROVINCE, undefined, more(paid['paymentNo'], CITY))).toEqual(both(null));
    await passOn(300);
    expect(await asked('xr-pay-received-undo', PROVINCE, undefined, more(paid['paymentNo'], CITY))).toEqual(both('ORDER_FORWARDED'));
    expect(await asked('xr-pay-received-undo', PROVINCE, undefined, more(paid['paymentNo'], OTHER))).toEqual(both('PAYMENT_NOT_FOUND'));
  });

  test('accounts, agencies and quotas', async () => {
    const account = await agencies.run('xrBase.cityBank', CITY, accountForm('clearing', '6200990000777777'));
    expect(await asked('xr-base-account-undo', CITY, account['caseNo'])).toEqual(both(null));
    expect(await agencies.store.read((manager) => manager.countBy(BankAccount, { owner: CITY, purpose: 'clearing' }))).toBe(2);
    await agencies.run('xrBase.cityBank', CITY, accountForm('clearing', '6200990000777778'));
    expect(await asked('xr-base-account-undo', CITY, account['caseNo'])).toEqual(both('CHANGE_SUPERSEDED'));
    expect(await asked('xr-base-account-undo', CITY, 'nothing')).toEqual(both('CHANGE_NOT_FOUND'));
    expect(await asked('xr-base-account-undo', PROVINCE, account['caseNo'])).toEqual(both('CHANGE_NOT_FOUND'));

    const form = { agencyNo: CITY, kind: 'agency', name: '示例市医保中心', address: '示例路 1 号', phone: '000-0000000', services: [{ medType: '21' }], status: 'open', validFrom: '2026-11-20' };
    const agency = await agencies.run('xrBase.agency', PROVINCE, form);
    expect(await asked('xr-base-agency-undo', PROVINCE, agency['caseNo'])).toEqual(both(null));
    await agencies.run('xrBase.agency', PROVINCE, { ...form, name: '示例市医保局' });
    expect(await asked('xr-base-agency-undo', PROVINCE, agency['caseNo'])).toEqual(both('CHANGE_SUPERSEDED'));
    expect(await asked('xr-base-agency-undo', PROVINCE, 'nothing')).toEqual(both('CHANGE_NOT_FOUND'));

    const annual = (quotaFen: number) => agencies.run('prepay.annual', PROVINCE, { year: 2026, quotas: [{ city: CITY, fund: FUND, quotaFen }], basis: '测试' });
    const [first, second] = [await annual(1_000), await annual(2_000)];
    expect(await asked('xr-prepay-quota-undo', PROVINCE, first['caseNo'])).toEqual(both('CHANGE_SUPERSEDED'));
    expect(await asked('xr-prepay-quota-undo', PROVINCE, second['caseNo'])).toEqual(both(null));
    await agencies.run('prepay.payIn', PROVINCE, { city: CITY, fund: FUND, year: 2026, amountFen: 500, dueDate: '2026-12-18', basis: '测试' });
    expect(await asked('xr-prepay-quota-undo', PROVINCE, second['caseNo'])).toEqual(both('PREPAY_QUOTA_IN_USE'));
    expect(await asked('xr-prepay-quota-undo', PROVINCE, 'nothing')).toEqual(both('CHANGE_NOT_FOUND'));
    expect(await agencies.store.read((manager) => manager.count(PrepayQuota))).toBe(2);
  });
});
