import type { CallOutcome, CallRequest, NationalGateway } from '../../activities/national/types';
import { fen } from '../../domain/money';
import type { Infno, Output9102 } from '../../schemas/national/generated';
import { Settlement } from '../../store/entities';
import { HOSPITAL, openRig, type Rig } from '../support/admission-rig';
import { expectBooksAgree } from '../support/stay-walk';
import {
  differencesOf, groupsOf, liveOf, openCalendar, openItems, readyToSettle, reconcileDay, settlementMessages, slipThrough,
} from './support';

let rig: Rig;
const calendar = openCalendar(() => rig);
beforeAll(async () => {
  rig = await openRig({ timeoutMs: 1_000, settings: { signature: { family: 'none' } } });
}, 120_000);
afterAll(() => rig.close(), 60_000);
afterEach(() => rig.faults());

test('two insurance types of one agency: apart in 3201, together in 3202; an amount that differs by one fen goes to a person', async () => {
  const date = await calendar.begin();
  const employee = await readyToSettle(rig, 'A');
  const { setlId, fund_pay_sumamt } = await employee.settle();
  const resident = await readyToSettle(rig, 'B');
  residentSettlement = { date, iptNo: resident.iptNo, setlId: String((await resident.settle())['setlId']) };
  const setFund = (value: number): Promise<unknown> =>
    rig.store.write((manager) => manager.update(Settlement, { setl_id: String(setlId) }, { fund_pay_sumamt: fen(value) }));
  await setFund(Number(fund_pay_sumamt) + 1);
  await calendar.night(date);
  const end = await reconcileDay(rig, date);
  expect(end).toMatchObject({ state: 'differs', groups: 2, open: 1 });
  expect(await differencesOf(rig, end)).toEqual([{ class: 'amounts', state: 'abnormal', setl_id: setlId, resolution: '两边金额不一致' }]);
  expect((await groupsOf(rig, end)).map((group) => [group.insutype, group.stmt_rslt])).toEqual([['310', '000103'], ['390', '000000']]);
  expect(await openItems(rig)).toEqual([`RECONCILIATION_DIFFERENCE ${setlId}/+`, `RECONCILIATION_DIFFERS ${date}`]);

  // Finance corrects the books; the next run closes the items by itself.
  await setFund(Number(fund_pay_sumamt));
  expect(await reconcileDay(rig, date)).toMatchObject({ state: 'closed', version: 2, open: 0 });
  expect(await openItems(rig)).toEqual([]);
}, 120_000);

let residentSettlement: { date: string; iptNo: string; setlId: string };

test('refunded at the centre behind our back: an abnormal item for a person, nothing is changed here', async () => {
  const { date, iptNo, setlId } = residentSettlement;
  await refundBehindOurBack(iptNo, setlId);
  const end = await reconcileDay(rig, date);
  expect(end).toMatchObject({ state: 'differs', rounds: 2, open: 1 });
  expect(await differencesOf(rig, end)).toEqual([
    { class: 'onlyOurs', state: 'abnormal', setl_id: setlId, resolution: '本地已结算，中心没有或已退费' },
  ]);
  expect((await groupsOf(rig, end)).find((group) => group.insutype === '390')).toMatchObject({ stmt_rslt: '000102', fixmedins_setl_cnt: 1 });
  expect(await openItems(rig)).toEqual([`RECONCILIATION_DIFFERENCE ${setlId}/+`, `RECONCILIATION_DIFFERS ${date}`]);
  expect(await rig.state(iptNo)).toMatchObject({ stage: 'settled' });

  // Finance finds that the refund stands: 2305 is refused as refunded already, 5203 says so too, the books follow.
  const { deposit } = await rig.state(iptNo);
  expect(await rig.command(iptNo, 'cancelSettlement', { setlId, reason: '经办机构已退费' })).toMatchObject({ status: 'done' });
  expect((await rig.state(iptNo)).deposit).toBeGreaterThan(deposit);
  expect(await reconcileDay(rig, date)).toMatchObject({ state: 'closed', open: 0 });
  expect(await openItems(rig)).toEqual([]);
  await expectBooksAgree(rig);
}, 120_000);

/** Every transaction of the run loses its answer once, before and after the centre did its part. */
test.each<[string, string]>([
  ['before-commit', 'reset'],
  ['after-commit', 'reset'],
  ['in-answer', 'empty'],
  ['before-commit', 'hang'],
])('3201, 9101, 3202, 9102, 5203 and 2305 each lose an answer (%s, %s): the day is closed all the same', async (phase, kind) => {
  const date = await calendar.begin();
  rounds += 1;
  const stay = await readyToSettle(rig, 'D', rounds);
  const live = await slipThrough(rig, stay);

  await calendar.night(date);
  await rig.faults(...['3201', '9101', '3202', '9102', '5203', '2305'].map((infno) => ({ infno, nth: 1, phase, kind })));
  const end = await reconcileDay(rig, date);
  expect(end).toMatchObject({ state: 'closed', open: 0 });
  expect(await differencesOf(rig, end)).toMatchObject([{ class: 'onlyTheirs', state: 'undone', setl_id: live }]);
  expect(await liveOf(rig, stay.iptNo)).toEqual([]);
  await rig.faults();
  await stay.cancelAdmission();
}, 120_000);

let rounds = 0;

test('a garbled result file is asked for anew; one that stays garbled fails the run, loses nothing, and the next run closes', async () => {
  const date = await calendar.begin();
  rounds += 1;
  const stay = await readyToSettle(rig, 'D', rounds);
  await rig.faults({ infno: '2304', nth: 1, phase: 'after-commit', kind: 'reset' });
  await stay.settle();
  await calendar.night(date);
  const watching = async (): Promise<boolean> => (await settlementMessages(rig, stay.iptNo)).some((message) => message.watchDay !== null);

  const mend = breakResultFiles();
  expect(await reconcileDay(rig, date)).toMatchObject({ state: 'failed', version: 1 });
  mend();
  expect(await openItems(rig)).toContain(`RECONCILIATION_FAILED ${date}`);
  expect(await watching()).toBe(true);

  await rig.faults({ infno: '9102', nth: 1, phase: 'in-answer', kind: 'garble' });
  expect(await reconcileDay(rig, date)).toMatchObject({ state: 'closed', version: 2 });
  expect(await openItems(rig)).not.toContain(`RECONCILIATION_FAILED ${date}`);
  expect(await watching()).toBe(false);
}, 120_000);

/** Every 9102 answers half of its file, until the returned function is called. */
function breakResultFiles(): () => void {
  const { gateway } = rig.deps;
  const broken: NationalGateway = Object.create(gateway, {
    call: {
      value: async (request: CallRequest<Infno>): Promise<CallOutcome<Infno>> => {
        const outcome = await gateway.call(request);
        if (request.infno !== '9102' || outcome.kind !== 'settled') return outcome;
        const { content } = outcome.output as Output9102;
        return { ...outcome, output: { content: content.subarray(0, content.length / 2) } };
      },
    },
  });
  Object.assign(rig.deps, { gateway: broken });
  return () => void Object.assign(rig.deps, { gateway });
}

/** 2305 past our books, as another program or the centre's own clerk may do it. */
async function refundBehindOurBack(iptNo: string, setlId: string): Promise<void> {
  const { personNo, mdtrtId, insuplcAdmdvs } = await rig.state(iptNo);
  const outcome = await rig.deps.gateway.call({
    key: { workflowId: 'elsewhere', commandId: 'refund', step: 'refund', ordinal: 0 },
    institution: HOSPITAL,
    infno: '2305',
    input: { data: { psn_no: personNo ?? '', setl_id: setlId, mdtrt_id: mdtrtId ?? '' } },
    psnNo: personNo ?? '',
    insuplcAdmdvs: insuplcAdmdvs ?? '',
    operator: { id: 'C009', name: '他处', type: '1' },
  });
  expect(outcome.kind).toBe('settled');
}
