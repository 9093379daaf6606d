import { watchIssues } from '../../activities/coordination/issues';
import type { EntityManager } from 'typeorm';
import { expireTemporary } from '../../activities/xr-prepayment/temporary';
import { watchUseRate } from '../../activities/xr-prepayment/use-rate';
import { parseDate } from '../../domain/calendar';
import { Agency, BankAccount, CoordinationIssue, OfficeCase, PaymentOrder, PrepayQuota, PrepayWarning } from '../../store/entities';
import { accountForm, CARE, CITY, FUND, openAgencies, PROVINCE, type Agencies } from '../support/agencies';
import { onBothDatabases } from '../support/databases';

/** Quotas, accounts, agencies and issues: what is registered, and how it is undone. */
onBothDatabases('registers of prepayment', (database) => {
  let agencies: Agencies;
  beforeEach(async () => {
    agencies = await openAgencies(await database().openMigrated());
  });

  const annual = (quotaFen: number, more: object = {}) => agencies.run('prepay.annual', PROVINCE, { year: 2026, quotas: [{ city: CITY, fund: FUND, quotaFen }], basis: '测试', ...more });
  const payIn = (amountFen: number, more: object = {}) => agencies.run('prepay.payIn', PROVINCE, { city: CITY, fund: FUND, year: 2026, amountFen, dueDate: '2026-12-18', basis: '测试', ...more });
  const quotas = () => agencies.store.read((manager) => manager.find(PrepayQuota, { order: { id: 'ASC' } }));

  test('the annual quota keeps its proposal, and opens a pay-in or a return as a draft of its maker', async () => {
    for (const [period, amount] of [['2025-10', 100], ['2025-11', 200], ['2025-12', 301]] as const) await agencies.owe(`B${period}`, CITY, CARE, amount, { period });
    const set = await annual(1_000);
    expect(set).toMatchObject({ quotas: [{ version: 1, beforeFen: 0, quotaFen: 1_000, differenceFen: 1_000 }], opened: ['xr-prepay-payin-990000-2026-0001'] });
    expect(await quotas()).toMatchObject([{ proposedFen: 401, kind: 'annual' }]);
    const [draft] = await agencies.store.read((manager) => manager.find(OfficeCase, { where: { definition: 'xr-prepay-payin' } }));
    expect(draft).toMatchObject({ status: 'draft', makerId: 'maker-1', amountFen: 1_000, division: PROVINCE, form: { city: CITY, amountFen: 1_000, dueDate: '2026-12-18' } });
    expect(await payIn(1_000)).toMatchObject({ amountFen: 1_000 });
    expect(await annual(1_000)).toMatchObject({ quotas: [{ version: 2, differenceFen: 0 }], opened: [] });
    expect(await annual(600)).toMatchObject({ quotas: [{ version: 3, differenceFen: -400 }], opened: ['xr-prepay-return-990000-2026-0001'] });
  });

  test('a pay-in fills the quota and not more, also when two are approved at once', async () => {
    expect(await payIn(1)).toMatchObject({ refused: 'PREPAY_QUOTA_MISSING' });
    await annual(1_000);
    expect(await payIn(1_001)).toMatchObject({ refused: 'PREPAY_EXCEEDS_QUOTA' });
    const race = await Promise.all([payIn(600), payIn(600), payIn(600)]);
    expect(race.map(({ refused }) => refused ?? 'made').sort()).toEqual(['PREPAY_EXCEEDS_QUOTA', 'PREPAY_EXCEEDS_QUOTA', 'made']);
    expect(await agencies.store.read((manager) => manager.count(PaymentOrder))).toBe(1);
  });

  test.each<[string, object, string]>([
    ['a city of nowhere', { quotas: [{ city: '880100', fund: FUND, quotaFen: 1 }] }, 'PREPAY_CITY_INVALID'],
    ['the province itself', { quotas: [{ city: PROVINCE, fund: FUND, quotaFen: 1 }] }, 'PREPAY_CITY_INVALID'],
    ['no row', { quotas: [] }, 'PREPAY_QUOTA_INVALID'],
    ['a row twice', { quotas: [{ city: CITY, fund: FUND, quotaFen: 1 }, { city: CITY, fund: FUND, quotaFen: 2 }] }, 'PREPAY_QUOTA_INVALID'],
    ['a negative quota', { quotas: [{ city: CITY, fund: FUND, quotaFen: -1 }] }, 'PREPAY_QUOTA_INVALID'],
    ['a year gone by', { year: 2025 }, 'PREPAY_QUOTA_INVALID'],
  ])('annual quota refused: %s', async (_, more, code) => {
    expect(await annual(1, more)).toMatchObject({ refused: code });
    expect(await quotas()).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['nothing', { amountFen: 0 }, 'ORDER_NOTHING_PAYABLE'],
    ['a due date gone by', { dueDate: '2026-11-19' }, 'PAYMENT_DATE_INVALID'],
    ['another province', { city: '880100' }, 'PREPAY_CITY_INVALID'],
  ])('pay-in refused: %s', async (_, more, code) => {
    await annual(1_000);
    expect(await payIn(500, more)).toMatchObject({ refused: code });
  });

  test('a quota is undone from the latest, and not once a voucher stands on it', async () => {
    const [first, second] = [await annual(1_000), await annual(2_000)];
    const undo = (of: unknown) => agencies.run('prepay.quotaUndo', PROVINCE, { of, reason: '测试' });
    expect(await undo(first['caseNo'])).toMatchObject({ refused: 'CHANGE_SUPERSEDED' });
    const voucher = await payIn(500);
    expect(await undo(second['caseNo'])).toMatchObject({ refused: 'PREPAY_QUOTA_IN_USE' });
    await agencies.run('prepay.voucherUndo', PROVINCE, { orderNo: voucher['orderNo'], reason: '测试' });
    expect(await undo(second['caseNo'])).toMatchObject({ quotas: [{ version: 3, quotaFen: 1_000 }] });
    expect(await undo('nothing')).toMatchObject({ refused: 'CHANGE_NOT_FOUND' });
    expect((await quotas()).map(({ kind, quotaFen }) => [kind, quotaFen])).toEqual([['annual', 1_000], ['annual', 2_000], ['restored', 1_000]]);
  });

  test('an emergency increase waits for red; the warning of a level and month is raised once', async () => {
    await agencies.fill(CITY, 1_000);
    const ask = (more: object = {}) => agencies.run('prepay.emergency', CITY, { city: CITY, fund: FUND, period: '2026-10', amountFen: 300, forecast: '测试', ...more });
    const watch = () => agencies.store.write((manager) => watchUseRate(manager, { city: CITY, fund: FUND, province: PROVINCE, period: '2026-10' }, 1));
    await agencies.owe('B1', CITY, CARE, 699);
    expect([(await watch()).level, await ask()]).toMatchObject(['normal', { refused: 'PREPAY_NOT_RED' }]);
    await agencies.owe('B2', CITY, CARE, 1);
    expect([(await watch()).level, (await watch()).level]).toEqual(['yellow', 'yellow']);
    await agencies.owe('B3', CITY, CARE, 300);
    await agencies.run('disbursement.order', CITY, await agencies.disbursementForm('B1', 699));
    await agencies.run('disbursement.order', CITY, await agencies.disbursementForm('B3', 300));
    const warnings = await agencies.store.read((manager) => manager.find(PrepayWarning, { order: { id: 'ASC' } }));
    expect(warnings.map(({ level, rate, heldFen }) => [level, rate, heldFen])).toEqual([['yellow', '0.7000', 1_000], ['red', '1.0000', 1_000]]);
    expect(await ask({ amountFen: 0 })).toMatchObject({ refused: 'PREPAY_QUOTA_INVALID' });
    expect(await ask({ city: CARE })).toMatchObject({ refused: 'PREPAY_CITY_INVALID' });
    expect(await ask()).toMatchObject({ quotas: [{ version: 2, beforeFen: 1_000, quotaFen: 1_300, differenceFen: 1_299 }], opened: [] });
    const increased = await agencies.run('prepay.emergency', PROVINCE, { city: CITY, fund: FUND, period: '2026-10', amountFen: 500, forecast: '测试' });
    expect(increased).toMatchObject({ quotas: [{ version: 3, quotaFen: 1_800 }], opened: ['xr-prepay-payin-990000-2026-0002'] });
    const drafts = await agencies.store.read((manager) => manager.find(OfficeCase, { where: { definition: 'xr-prepay-payin' }, order: { caseNo: 'ASC' } }));
    expect(drafts.at(-1)).toMatchObject({ status: 'draft', makerId: 'maker-1', amountFen: 500, division: PROVINCE, form: { city: CITY, dueDate: '2026-12-04' } });
  });

  test('the temporary part of a quota ends with its year, once, and what the pool holds too much is drafted as a return', async () => {
    const year = (at: string, manager: EntityManager) => expireTemporary(manager, { city: CITY, fund: FUND, province: PROVINCE, openedAt: 1 }, parseDate(at) + 1);
    const expire = (at: string) => agencies.store.write((manager) => year(at, manager));
    const { caseNo } = await annual(1_000);
    const made = { id: 'made', caseNo: String(caseNo), division: PROVINCE, makerId: 'maker-9' };
    await agencies.store.write(async (manager) => {
      const [draft] = await manager.find(OfficeCase, { where: { definition: 'xr-prepay-payin' } });
      if (draft) await manager.insert(OfficeCase, { ...draft, ...made });
    });
    await agencies.owe('B1', CITY, CARE, 5_000);
    await agencies.run('prepay.emergency', CITY, { city: CITY, fund: FUND, period: '2026-10', amountFen: 300, forecast: '测试' });
    await agencies.run('prepay.emergency', CITY, { city: CITY, fund: FUND, period: '2026-10', amountFen: 200, forecast: '测试' });
    const voucher = await payIn(1_500);
    const paid = await agencies.run('payment.paid', CITY, { receiptNo: 'TEMP-1', paidOn: '2026-11-20', amountFen: 1_500, payerAccount: 'prepay', orders: [{ orderNo: voucher['orderNo'], fen: 1_500 }] });
    await agencies.run('payment.received', PROVINCE, { paymentNo: paid['paymentNo'], receivedOn: '2026-11-20', amountFen: 1_500 });
    expect([await expire('2026-12-31'), await expire('2027-01-02'), await expire('2027-01-03')]).toEqual([false, true, false]);
    expect((await quotas()).at(-1)).toMatchObject({ kind: 'expired', quotaFen: 1_000, differenceFen: -500, year: 2026 });
    const returns = await agencies.store.read((manager) => manager.find(OfficeCase, { where: { definition: 'xr-prepay-return' } }));
    expect(returns).toMatchObject([{ status: 'draft', makerId: 'maker-9', amountFen: 500, form: { city: CITY, dueDate: '2027-01-30' } }]);
    expect(await agencies.run('prepay.return', PROVINCE, { city: CITY, fund: FUND, year: 2026, amountFen: 500, dueDate: '2027-01-30', basis: '测试' }, { now: parseDate('2027-01-03') })).toMatchObject({ amountFen: 500 });
  });

  test('a bank account is stored so that nobody reads it from the disk, and found by its hash', async () => {
    const number = '6200990000777777';
    expect(await agencies.run('xrBase.cityBank', CITY, accountForm('clearing', number))).toMatchObject({ version: 2 });
    const [row] = await agencies.store.read((manager) => manager.find(BankAccount, { where: { owner: CITY, purpose: 'clearing' }, order: { version: 'DESC' } }));
    expect(row).toMatchObject({ accountNo: number, tail: '7777', reviewedBy: 'reviewer-1', replacedAt: null });
    expect(await agencies.run('xrBase.cityBank', CARE, accountForm('clearing', number))).toMatchObject({ refused: 'ACCOUNT_INVALID' });
    const bytes = await database().bytesOnDisk();
    if (bytes) expect(bytes.includes(number)).toBe(false);
  });

  test('an account change is undone to the former number; the first one leaves none', async () => {
    const changed = await agencies.run('xrBase.cityBank', CITY, accountForm('clearing', '6200990000777777'));
    const undo = (of: unknown) => agencies.run('xrBase.accountUndo', CITY, { of, reason: '测试' });
    expect(await undo(changed['caseNo'])).toMatchObject({ version: 3 });
    const rows = await agencies.store.read((manager) => manager.find(BankAccount, { where: { owner: CITY, purpose: 'clearing' }, order: { version: 'ASC' } }));
    expect(rows.map(({ accountNo, replacedAt }) => [accountNo.slice(-2), replacedAt === null])).toEqual([['10', false], ['77', false], ['10', true]]);
    expect(await undo(changed['caseNo'])).toMatchObject({ refused: 'CHANGE_SUPERSEDED' });
    const monthly = await agencies.run('xrBase.instAccount', CITY, { ...accountForm('monthly', '6200990000888888'), institution: 'H99010000001' });
    expect(await undo(monthly['caseNo'])).toMatchObject({ version: 1 });
    expect(await agencies.store.read((manager) => manager.countBy(BankAccount, { owner: 'H99010000001' }))).toBe(1);
    expect(await agencies.run('xrBase.instAccount', CITY, { ...accountForm('monthly', '6200990000888888'), institution: '990100' })).toMatchObject({ refused: 'ACCOUNT_INVALID' });
  });

  test('changes of one account at once make versions without gaps, one of which holds', async () => {
    await Promise.all(Array.from({ length: 6 }, (_, index) => agencies.run('xrBase.cityBank', CITY, accountForm('clearing', `62009900007777${10 + index}`))));
    const rows = await agencies.store.read((manager) => manager.find(BankAccount, { where: { owner: CITY, purpose: 'clearing' }, order: { version: 'ASC' } }));
    expect(rows.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(rows.filter(({ replacedAt }) => replacedAt === null).map(({ version }) => version)).toEqual([7]);
  });

  test('agencies have versions, within the division that keeps them', async () => {
    const form = { agencyNo: CITY, kind: 'agency', name: '示例市医保中心', address: '示例路 1 号', phone: '000-0000000', services: [{ medType: '21' }], status: 'open', validFrom: '2026-11-20' };
    expect(await agencies.run('xrBase.agency', PROVINCE, form)).toMatchObject({ version: 1 });
    const changed = await agencies.run('xrBase.agency', PROVINCE, { ...form, name: '示例市医保局' });
    expect(await agencies.run('xrBase.agency', CITY, form)).toMatchObject({ refused: 'AGENCY_INVALID' });
    expect(await agencies.run('xrBase.agency', CARE, { ...form, agencyNo: CITY })).toMatchObject({ refused: 'AGENCY_INVALID' });
    expect(await agencies.run('xrBase.agency', CITY, { ...form, kind: 'hospital' })).toMatchObject({ refused: 'AGENCY_INVALID' });
    expect(await agencies.run('xrBase.agencyUndo', PROVINCE, { of: changed['caseNo'], reason: '测试' })).toMatchObject({ version: 3 });
    const rows = await agencies.store.read((manager) => manager.find(Agency, { where: { agencyNo: CITY }, order: { version: 'ASC' } }));
    expect(rows.map(({ name, replacedAt }) => [name, replacedAt === null])).toEqual([['示例市医保中心', false], ['示例市医保局', false], ['示例市医保中心', true]]);
    expect(rows[2]?.services).toEqual(['21']);
  });

  test('an issue is registered with the term of its urgency, counts its answers, and is told when it is late', async () => {
    const context = { caseId: 'office-case/xr-issue/990100/xr-issue-1', caseNo: 'xr-issue-1' };
    const form = { category: 'payment', urgency: 'critical', peer: CARE, title: '付款追查', content: '测试' };
    const act = (name: string, more: object = {}, also: object = {}) => agencies.run(`issue.${name}`, CITY, { ...form, ...more }, { ...context, ...also });
    expect(await act('dispatch', { peer: CITY })).toMatchObject({ refused: 'ISSUE_INVALID' });
    expect(await act('dispatch', { peer: '880100' })).toMatchObject({ refused: 'ISSUE_INVALID' });
    expect(await act('dispatch', { title: '证件 990101195803120019' })).toMatchObject({ refused: 'ISSUE_INVALID' });
    expect(await act('dispatch', { parties: [{ slot: 'a', division: CARE, zh: '协办方' }] })).toMatchObject({ refused: 'ISSUE_INVALID' });
    const { dueAt } = await act('dispatch');
    // A Friday; two working days later it is Tuesday.
    expect(Number(dueAt)).toBeGreaterThan(parseDate('2026-11-24'));
    expect(Number(dueAt)).toBeLessThan(parseDate('2026-11-25'));
    const late = () => agencies.store.write((manager) => watchIssues(manager, parseDate('2026-11-25')));
    expect(await late()).toBe(1);
    await act('answer', {}, { now: parseDate('2026-11-26') });
    expect(await late()).toBe(0);
    await act('dispatch');
    await act('answer', {}, { now: parseDate('2026-11-27') });
    await act('close', {}, { now: parseDate('2026-11-28') });
    const [issue] = await agencies.store.read((manager) => manager.find(CoordinationIssue, { order: { id: 'ASC' } }));
    expect(issue).toMatchObject({ state: 'closed', rounds: 2, firstAnsweredAt: parseDate('2026-11-26'), closedAt: parseDate('2026-11-28'), raisedBy: CITY, peer: CARE });
  });

  test('an issue is accepted, ruled by the province after its rounds, closed by silence, and opened again once within its days', async () => {
    const form = { category: 'payment', urgency: 'urgent', peer: CARE, title: '付款追查', content: '测试' };
    const of = (serial: number) => ({ caseId: `office-case/xr-issue/${CITY}/xr-issue-${serial}`, caseNo: `xr-issue-${serial}` });
    const on = (day: string) => ({ now: parseDate(day) });
    const act = (serial: number, name: string, more: object = {}, also: object = {}) => agencies.run(`issue.${name}`, CITY, { ...form, ...more }, { ...of(serial), ...also });
    const issue = (serial: number) => agencies.store.read((manager) => manager.findOneByOrFail(CoordinationIssue, { issueNo: `xr-issue-${serial}` }));
    const rule = (division: string = PROVINCE) => agencies.run('issue.rule', division, { issueNo: 'xr-issue-1', ruling: '由协办方补付' });
    await act(1, 'dispatch');
    await act(1, 'accept');
    expect((await issue(1)).acceptedAt).not.toBeNull();
    for (let round = 1; round <= 3; round += 1) {
      expect(await rule()).toMatchObject({ refused: 'ISSUE_RULING_REFUSED' });
      expect(await act(1, 'answer')).toMatchObject({ silenceCloses: true });
    }
    const self = [{ act: 'submit' as const, step: 'maker' }, { act: 'approve' as const, step: 'handle' }].map((each) => ({ ...each, userId: 'u', personKey: 'same', at: 0 }));
    expect(await act(1, 'answer', {}, { actors: self })).toMatchObject({ refused: 'FOUR_EYES' });
    expect(await rule(CARE)).toMatchObject({ refused: 'ISSUE_RULING_REFUSED' });
    expect(await rule()).toMatchObject({ ending: '上级裁定' });
    expect(await rule()).toMatchObject({ refused: 'ISSUE_RULING_REFUSED' });
    await act(1, 'answer');
    await act(1, 'close');
    expect(await issue(1)).toMatchObject({ state: 'closed', ending: 'ruled', rounds: 3 });

    await act(2, 'dispatch');
    await act(2, 'answer');
    await act(2, 'close', {}, on('2026-11-21'));
    expect(await issue(2)).toMatchObject({ state: 'closed', ending: 'silent' });
    const again = (serial: number, day: string, reopens = 'xr-issue-2') => act(serial, 'dispatch', { reopens }, on(day));
    expect(await again(3, '2026-12-22')).toMatchObject({ refused: 'ISSUE_REOPEN_REFUSED' });
    expect(await again(3, '2026-12-20', 'xr-issue-9')).toMatchObject({ refused: 'ISSUE_REOPEN_REFUSED' });
    const race = await Promise.all([3, 4, 5].map((serial) => again(serial, '2026-12-20')));
    expect(race.map(({ refused }) => refused ?? 'opened').sort()).toEqual(['ISSUE_REOPEN_REFUSED', 'ISSUE_REOPEN_REFUSED', 'opened']);
    const opened = [3, 4, 5][race.findIndex(({ refused }) => refused === undefined)] ?? 0;
    const actors = [{ act: 'approve' as const, userId: 'u', personKey: 'p', step: 'confirm', at: 0 }];
    await act(opened, 'answer', {}, on('2026-12-20'));
    await act(opened, 'close', {}, { ...on('2026-12-20'), actors });
    expect(await issue(opened)).toMatchObject({ state: 'closed', ending: 'accepted', reopens: 'xr-issue-2' });
    expect(await again(6, '2026-12-21', `xr-issue-${opened}`)).toMatchObject({ refused: 'ISSUE_REOPEN_REFUSED' });
  });
}, { ownServer: true });
