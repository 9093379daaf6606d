import { abandonSettlement } from '../../activities/register/cancellation';
import { Message } from '../../store/entities';
import { openRig, type Rig } from '../support/admission-rig';
import { codeOf, expectBooksAgree, liveAtCentre, SETTLE } from '../support/stay-walk';
import { differencesOf, groupsOf, openCalendar, openItems, readyToSettle, reconcileDay, settlementMessages } from './support';

/** A division that asks a person about a settlement whose answer was lost, instead of reversing it at once. */
let rig: Rig;
const calendar = openCalendar(() => rig);
beforeAll(async () => {
  rig = await openRig({ timeoutMs: 1_000, settings: { signature: { family: 'none' }, unknownSettlement: 'ask' } });
}, 120_000);
afterAll(() => rig.close(), 60_000);
afterEach(() => rig.faults());

/** A stay whose settlement was lost: booked at the centre, or not. */
async function frozenStay(round: number, phase: 'before-commit' | 'after-commit') {
  const stay = await readyToSettle(rig, 'A', round);
  await rig.faults({ infno: '2304', nth: 1, phase, kind: 'reset' });
  const told = await rig.command(stay.iptNo, 'settle', { credential: stay.patient.credential, ...SETTLE });
  expect(codeOf(told)).toBe('OUTCOME_UNKNOWN');
  expect(await rig.state(stay.iptNo)).toMatchObject({ unknown: { needsPerson: true } });
  return stay;
}

test('booked at the centre: the day file shows it live, the stay adopts it by 5203, deposit applied, booked once', async () => {
  const date = await calendar.begin();
  const stay = await frozenStay(1, 'after-commit');
  const [live] = await liveAtCentre(rig);
  const end = await reconcileDay(rig, date);
  expect(end).toMatchObject({ state: 'balanced', rounds: 2, open: 0 });
  expect(await differencesOf(rig, end)).toMatchObject([{ class: 'onlyTheirs', state: 'adopted', setl_id: live }]);
  expect(await groupsOf(rig, end)).toMatchObject([{ fixmedins_setl_cnt: 1, medfee_sumamt: 2118743, stmt_rslt: '000000' }]);

  const state = await rig.state(stay.iptNo);
  expect(state).toMatchObject({ stage: 'settled', unknown: null, deposit: 0 });
  expect(state.settlements).toMatchObject([{ setlId: live, medfee_sumamt: 2118743, fund_pay_sumamt: 1324858, depositApplied: 643885, depositRefund: 156115 }]);
  expect(await settlementMessages(rig, stay.iptNo)).toMatchObject([{ outcome: 'unknown', resolution: 'adopted' }]);
  await expectBooksAgree(rig);

  await calendar.night(date);
  expect(await reconcileDay(rig, date)).toMatchObject({ state: 'closed', rounds: 1 });
  expect(await openItems(rig)).toEqual([]);
  await stay.cancelAdmission();
  await expectBooksAgree(rig);
}, 120_000);

test('not booked: proven absent once the day is over, and the stay is free to settle again', async () => {
  const date = await calendar.begin();
  const stay = await frozenStay(2, 'before-commit');
  expect(await reconcileDay(rig, date)).toMatchObject({ state: 'balanced', open: 0 });
  expect(await rig.state(stay.iptNo)).toMatchObject({ unknown: { needsPerson: true } });

  await calendar.night(date);
  expect(await reconcileDay(rig, date)).toMatchObject({ state: 'closed', open: 0 });
  expect((await settlementMessages(rig, stay.iptNo)).at(-1)).toMatchObject({ resolution: 'absent', watchDay: null });
  expect(await rig.state(stay.iptNo)).toMatchObject({ unknown: null, stage: 'discharged' });
  expect(await stay.settle()).toMatchObject({ medfee_sumamt: 2118743, depositApplied: 643885 });
  await expectBooksAgree(rig);
  await stay.cancelAdmission();
}, 120_000);

test('a settlement of a quarter to midnight is proven only by both days', async () => {
  const date = await calendar.begin('23:50:00');
  const stay = await frozenStay(3, 'before-commit');
  await calendar.night(date);
  const next = await rig.deps.now();
  expect(await reconcileDay(rig, date)).toMatchObject({ state: 'closed' });
  expect(await rig.state(stay.iptNo)).toMatchObject({ unknown: { needsPerson: true } });

  const following = new Date(next + 8 * 3_600_000).toISOString().slice(0, 10);
  await calendar.night(following);
  expect(await reconcileDay(rig, following)).toMatchObject({ state: 'closed' });
  expect(await rig.state(stay.iptNo)).toMatchObject({ unknown: null });
  await stay.cancelAdmission();
}, 120_000);

test('while no 2601 has left the message may be adopted; once one is in doubt it may not', async () => {
  await calendar.begin();
  const stay = await frozenStay(4, 'after-commit');
  const state = await rig.state(stay.iptNo);
  const msgid = state.unknown?.msgid ?? '';
  const resolution = async (): Promise<string | null> => (await rig.store.read((manager) => manager.findOneByOrFail(Message, { msgid }))).resolution;
  const abandon = (ordinal: number) =>
    abandonSettlement(rig.deps, { commandId: `test/${ordinal}`, operator: { id: 'C001', name: '示例收费员', type: '1' }, state, payload: { msgid, infno: '2304' }, ordinal });

  await rig.faults({ infno: '2601', nth: 1, times: 100, kind: 'http429' });
  expect(await abandon(0)).toMatchObject({ kind: 'unreachable' });
  expect(await resolution()).toBe('open');
  await rig.faults({ infno: '2601', nth: 1, times: 1, phase: 'before-commit', kind: 'reset' });
  expect(await abandon(1)).toMatchObject({ kind: 'unknown' });
  expect(await resolution()).toBe('abandoning');
  await rig.faults({ infno: '2601', nth: 1, times: 100, kind: 'http429' });
  expect(await abandon(2)).toMatchObject({ kind: 'unreachable' });
  expect(await resolution()).toBe('abandoning');
}, 120_000);
