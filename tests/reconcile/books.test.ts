import type { ReconcileAttempt } from '../../activities/reconcile/context';
import { totalsOfDay } from '../../activities/reconcile/day-books';
import { dueDays, missingDays, watchReconciliations } from '../../activities/reconcile/missing';
import { closeReconciliation, failReconciliation, openReconciliation } from '../../activities/reconcile/runs';
import { proveAbsent } from '../../activities/reconcile/stays';
import { watchedOfDay } from '../../activities/reconcile/watched';
import { viewRuns } from '../../api/reconciliation-views';
import { readBookMetrics } from '../../api/book-metrics';
import { parseDateTime } from '../../domain/calendar';
import { fen } from '../../domain/money';
import type { ReconcileEnd } from '../../domain/reconciliation/steps';
import { createLogger } from '../../runtime/logger';
import { registry } from '../../runtime/metrics';
import { loadProfiles } from '../../schemas/national/load-profiles';
import { AbnormalItem, Message, Reconciliation, ReconciliationDifference, Settlement } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { onBothDatabases } from '../support/databases';

const H = 'H99000000001';
const DAY = '2026-11-12';
const NIGHT = at('2026-11-13 02:30:00');
const NO_AMOUNTS = {
  fulamt_ownpay_amt: 0, overlmt_selfpay: 0, preselfpay_amt: 0, inscp_scp_amt: 0, act_pay_dedc: 0, hifp_pay: 0, cvlserv_pay: 0, hifes_pay: 0,
  hifmi_pay: 0, hifob_pay: 0, hifdm_pay: 0, maf_pay: 0, oth_pay: 0, psn_part_amt: 0, acct_mulaid_pay: 0, hosp_part_amt: 0, balc: 0,
  depositApplied: 0, depositRefund: 0, topUp: 0,
};

function at(text: string): number {
  return parseDateTime(text);
}

onBothDatabases('the books of the reconciliation', (database) => {
  let store: Store;
  let now = NIGHT;
  let told: string[] = [];
  beforeEach(async () => {
    store = await database().openMigrated();
    now = NIGHT;
    told = [];
  });

  function deps(runId = 'run-1', profile = 'default'): ReconcileAttempt {
    const profiles = loadProfiles();
    const found = profiles[profile];
    if (!found) throw new Error(profile);
    return {
      store,
      // What is tested here asks nobody.
      gateway: undefined as never,
      institution: (code) => ({ fixmedinsCode: code, name: '示例', admdvs: '990100', level: '3', profile, gateway: { url: null, paasid: '', secret: '' }, operators: [] }),
      profile: () => found,
      now: () => now,
      command: async (workflowId, name, envelope) => {
        told.push(`${workflowId} ${name} ${(envelope.payload as { decision: string }).decision}`);
        return { status: 'done', result: {} };
      },
      attempt: 0,
      runId,
    };
  }

  async function settlement(setl_id: string, of: Partial<Settlement> = {}): Promise<void> {
    await store.write((manager) =>
      manager.insert(Settlement, {
        ...(NO_AMOUNTS as object), admissionId: `${H}/Z1/1`, institution: H, setl_id, msgid: `M${setl_id}`, infno: '2304', kind: 'final', status: 'live',
        setl_time: `${of.businessDate ?? DAY} 10:00:00`, businessDate: DAY, insutype: '310', clr_type: '21', clr_way: '1', clr_optins: '990100',
        hi_paymtd: '1', medfee_sumamt: fen(1000), fund_pay_sumamt: fen(600), acct_pay: fen(100), psn_cash_pay: fen(300), raw: {},
        cancelledAt: null, cancelMsgid: null, cancelSetlId: null, ...of,
      } as Settlement),
    );
  }

  async function message(msgid: string, sent: string, of: Partial<Message> = {}): Promise<void> {
    await store.write((manager) =>
      manager.insert(Message, {
        workflowId: `admission/${H}/Z1`, commandId: msgid, step: 'settle', ordinal: 0, institution: H, msgid, infno: '2304', profile: 'default',
        state: 'sent', leaseUntil: null, leaseToken: null, attempts: 1, request: '{}', answer: null, outcome: 'unknown', infcode: null,
        inf_refmsgid: null, psn_no: 'P1', mdtrt_id: 'V1', preparedAt: at(sent), sentAt: at(sent), answeredAt: null, resolution: 'open', watchDay: null, ...of,
      }),
    );
  }

  async function runAt(moment: string, date = DAY): Promise<ReconcileEnd> {
    now = at(moment);
    const opened = await openReconciliation(deps(`run at ${moment}`), { institution: H, date });
    return closeReconciliation(deps(), { opened, round: 0, totals: { groups: 1, unbalanced: 0, scopes: [] } });
  }

  test('totals: live and held count, cancelled and other days do not; groups seen lately are asked about with zero', async () => {
    await settlement('S1');
    await settlement('S2', { status: 'held', medfee_sumamt: fen(1), fund_pay_sumamt: fen(0), acct_pay: fen(1) });
    await settlement('S3', { status: 'cancelled' });
    await settlement('S4', { insutype: '390', businessDate: '2026-11-01' });
    await settlement('S5', { insutype: '510', businessDate: '2026-09-01' });
    await settlement('S6', { institution: 'H99000000002' });
    // The centre knows nothing of what patients paid themselves: neither as a settlement nor as a group to ask about.
    await settlement('ZF1', { kind: 'selfPay', msgid: 'ZF1', infno: '', insutype: '391', fund_pay_sumamt: fen(0), acct_pay: fen(0) });
    const read = (profile: string) => store.read((manager) => totalsOfDay(manager, deps('x', profile), { institution: H, date: DAY }));
    const sorted = (await read('default')).sort((a, b) => a.insutype.localeCompare(b.insutype));
    expect(sorted.map(({ insutype, medfee, fund, account, count }) => [insutype, count, medfee, fund, account])).toEqual([
      ['310', 2, 1001, 600, 101],
      ['390', 0, 0, 0, 0],
    ]);
    expect((await read('riverside')).find((group) => group.insutype === '310')).toMatchObject({ fund: 701 });
  });

  test('what a day has to prove', async () => {
    await message('open', '2026-11-12 10:00:00');
    await message('abandoned', '2026-11-12 10:01:00', { resolution: 'abandoned', watchDay: DAY });
    await message('proven', '2026-11-12 10:02:00', { resolution: 'abandoned' });
    await message('adopted', '2026-11-12 10:03:00', { resolution: 'adopted' });
    await message('settled', '2026-11-12 10:04:00', { state: 'answered', outcome: 'settled', resolution: null });
    await message('refused', '2026-11-12 10:05:00', { state: 'answered', outcome: 'refused', resolution: null });
    await message('prepared', '2026-11-12 10:06:00', { state: 'prepared', outcome: null, resolution: null });
    await message('under way', '2026-11-12 10:07:00', { outcome: null, resolution: null });
    await message('2305', '2026-11-12 10:08:00', { infno: '2305' });
    await message('midnight', '2026-11-11 23:50:00');
    await message('day before', '2026-11-11 23:40:00');
    await message('next day', '2026-11-13 00:00:00');
    const found = await store.read((manager) => watchedOfDay(manager, H, DAY));
    expect(found.map((each) => each.msgid)).toEqual(['open', 'abandoned', 'under way', 'midnight']);
    expect(found.find((each) => each.msgid === 'midnight')).toMatchObject({ firstDay: '2026-11-11', lastDay: DAY });
    expect(found.find((each) => each.msgid === 'under way')).toMatchObject({ underWay: true });
  });

  test('versions: a retried activity finds its own, a run that was ended from outside is failed, a closed day opens another', async () => {
    const day = { institution: H, date: DAY };
    const first = await openReconciliation(deps('run-1'), day);
    expect(await openReconciliation(deps('run-1'), day)).toEqual(first);
    const second = await openReconciliation(deps('run-2'), day);
    expect([first.version, second.version]).toEqual([1, 2]);
    const states = await store.read((manager) => manager.find(Reconciliation, { order: { version: 'ASC' } }));
    expect(states.map((run) => run.state)).toEqual(['failed', 'running']);

    const failed = await failReconciliation(deps(), { opened: second, round: 1, reason: '平台不可达' });
    expect(failed).toMatchObject({ state: 'failed', rounds: 2 });
    expect(await openCodes()).toEqual(['RECONCILIATION_FAILED']);
    expect(await runAt('2026-11-13 03:00:00')).toMatchObject({ state: 'closed', version: 3 });
    expect(await openCodes()).toEqual([]);
  });

  test.each([
    // started                 lost on that day        state
    ['2026-11-12 18:00:00',    false,                  'balanced'],
    ['2026-11-13 00:09:59',    false,                  'balanced'],
    ['2026-11-13 00:10:00',    false,                  'closed'],
    ['2026-11-13 02:30:00',    true,                   'balanced'],
  ])('a run of %s (something lost: %s) ends %s', async (started, lost, state) => {
    if (lost) await message('open', '2026-11-12 10:00:00');
    expect(await runAt(started)).toMatchObject({ state });
  });

  test('absent is what was in none of the files: it leaves the watch list and its stay is told', async () => {
    await message('lost', '2026-11-12 10:00:00');
    await message('abandoned', '2026-11-12 10:01:00', { resolution: 'abandoned', watchDay: DAY });
    await message('adopting', '2026-11-12 10:02:00', { resolution: 'adopting' });
    await message('live', '2026-11-12 10:03:00');
    const opened = await openReconciliation(deps(), { institution: H, date: DAY });
    await store.write((manager) => manager.insert(ReconciliationDifference, difference(opened.id, 'live')));
    await proveAbsent(deps(), { opened, round: 0, balanced: false });
    const rows = await store.read((manager) => manager.find(Message, { order: { id: 'ASC' } }));
    expect(rows.map((row) => [row.msgid, row.resolution, row.watchDay])).toEqual([
      ['lost', 'absent', null],
      ['abandoned', 'abandoned', null],
      ['adopting', 'adopting', null],
      ['live', 'open', null],
    ]);
    expect(told).toEqual([`admission/${H}/Z1 resolveUnknown abandon`, `admission/${H}/Z1 resolveUnknown abandon`]);
  });

  test('totals that differ without a row that says why prove nothing', async () => {
    await message('lost', '2026-11-12 10:00:00');
    const opened = await openReconciliation(deps(), { institution: H, date: DAY });
    await proveAbsent(deps(), { opened, round: 0, balanced: false });
    expect(told).toEqual([]);
  });

  test('days that are due, and days that are missing', async () => {
    for (const date of ['2026-11-02', '2026-11-08', '2026-11-10', '2026-11-11']) await settlement(`S${date}`, { businessDate: date });
    await settlement('ZF1', { businessDate: '2026-11-05', kind: 'selfPay', msgid: 'ZF1' });
    await runAt('2026-11-11 02:30:00', '2026-11-10');
    // Run while the day was not over: that counts for nothing.
    await runAt('2026-11-11 18:00:00', '2026-11-11');
    now = NIGHT;
    expect(await dueDays(deps(), { institution: H })).toEqual(['2026-11-02', '2026-11-08', '2026-11-11', '2026-11-12']);
    const missing = (moment: string) => store.read((manager) => missingDays(manager, H, '09:00', at(moment)));
    expect(await missing('2026-11-12 08:59:00')).toEqual(['2026-11-02', '2026-11-08']);
    expect(await missing('2026-11-12 09:00:00')).toEqual(['2026-11-02', '2026-11-08', '2026-11-11']);

    now = at('2026-11-13 09:01:00');
    expect(await watchReconciliations(deps(), { institution: H })).toEqual(['2026-11-02', '2026-11-08', '2026-11-11']);
    expect(await openCodes()).toEqual(['RECONCILIATION_MISSING', 'RECONCILIATION_MISSING', 'RECONCILIATION_MISSING']);
    await readBookMetrics({ store, logger: createLogger('test', 'silent'), institutions: [], profiles: loadProfiles() } as never);
    expect(await registry.metrics()).toContain('anjie_abnormal_items_open{process="reconcile",code="RECONCILIATION_MISSING"} 3');
    await runAt('2026-11-13 10:00:00', '2026-11-08');
    expect(await openCodes()).toHaveLength(2);
  });

  test('the view of a run counts what still waits', async () => {
    const opened = await openReconciliation(deps(), { institution: H, date: DAY });
    await store.write(async (manager) => {
      await manager.insert(ReconciliationDifference, difference(opened.id, 'a'));
      await manager.insert(ReconciliationDifference, { ...difference(opened.id, 'b'), state: 'abnormal' });
      await manager.insert(ReconciliationDifference, { ...difference(opened.id, 'c'), state: 'undone' });
    });
    const views = await store.read(async (manager) => viewRuns(manager, await manager.find(Reconciliation)));
    expect(views).toMatchObject([{ businessDate: DAY, version: 1, state: 'running', openDifferences: 2, totals: { settlements: 0, medfeeFen: 0 } }]);
  });

  function difference(reconciliationId: string, msgid: string): Omit<ReconciliationDifference, 'id'> {
    return {
      reconciliationId, subject: `${msgid}/+`, class: 'onlyTheirs', state: 'open', round: 0, setl_id: `S${msgid}`, msgid, mdtrt_id: 'V1', psn_no: 'P1',
      refd_setl_flag: '0', ourMedfeeFen: null, ourFundFen: null, ourAccountFen: null, theirMedfeeFen: fen(1), theirFundFen: fen(1), theirAccountFen: fen(0),
      memo: null, resolution: null, updatedAt: now,
    };
  }

  async function openCodes(): Promise<string[]> {
    const rows = await store.read((manager) => manager.findBy(AbnormalItem, { state: 'open' }));
    return rows.map((row) => row.code).sort();
  }
});
