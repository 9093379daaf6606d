import { openRig, type Rig } from '../support/admission-rig';
import { expectBooksAgree, liveAtCentre } from '../support/stay-walk';
import {
  differencesOf, groupsOf, openCalendar, openItems, readyToSettle, reconcileDay, settlementMessages, slipThrough,
} from './support';

let rig: Rig;
const calendar = openCalendar(() => rig);
beforeAll(async () => {
  rig = await openRig({ timeoutMs: 1_000, settings: { signature: { family: 'none' } } });
}, 120_000);
afterAll(() => rig.close(), 60_000);
afterEach(() => rig.faults());

let rounds = 0;
const nextRound = (): number => (rounds += 1);

test('a day without trouble: 3201 agrees, the day is closed; run again it is the same', async () => {
  const date = await calendar.begin();
  const stay = await readyToSettle(rig, 'A', nextRound());
  await stay.settle();
  const during = await reconcileDay(rig, date);
  expect(during).toMatchObject({ state: 'balanced', version: 1, groups: 1, rounds: 1, open: 0 });

  await calendar.night(date);
  const closed = await reconcileDay(rig, date);
  expect(closed).toMatchObject({ state: 'closed', version: 2 });
  const groups = await groupsOf(rig, closed);
  expect(groups).toMatchObject([
    { insutype: '310', clr_type: '21', medfee_sumamt: 2118743, fund_pay_sumamt: 1324858, acct_pay: 150000, fixmedins_setl_cnt: 1, stmt_rslt: '000000' },
  ]);

  const again = await reconcileDay(rig, date);
  expect(again).toMatchObject({ state: 'closed', version: 3 });
  expect(await totalsOf(again)).toEqual(await totalsOf(closed));
  expect(await openItems(rig)).toEqual([]);
  await stay.cancelAdmission();
  expect(await reconcileDay(rig, date)).toMatchObject({ state: 'closed', version: 4 });
}, 120_000);

async function totalsOf(end: Parameters<typeof groupsOf>[1]): Promise<unknown> {
  return (await groupsOf(rig, end)).map(({ reconciliationId: _run, msgid: _msgid, ...totals }) => totals);
}

test('lost after the centre booked, abandoned by 2601: watched until the day is over, then proven absent', async () => {
  const date = await calendar.begin();
  const stay = await readyToSettle(rig, 'A', nextRound());
  await rig.faults({ infno: '2304', nth: 1, phase: 'after-commit', kind: 'reset' });
  await stay.settle();
  expect(await settlementMessages(rig, stay.iptNo).then((all) => all.slice(-2))).toMatchObject([
    { outcome: 'unknown', resolution: 'abandoned', watchDay: date },
    { outcome: 'settled', watchDay: null },
  ]);

  expect(await reconcileDay(rig, date)).toMatchObject({ state: 'balanced', open: 0 });
  expect((await settlementMessages(rig, stay.iptNo)).at(-2)).toMatchObject({ watchDay: date });

  await calendar.night(date);
  expect(await reconcileDay(rig, date)).toMatchObject({ state: 'closed', open: 0 });
  expect((await settlementMessages(rig, stay.iptNo)).at(-2)).toMatchObject({ resolution: 'abandoned', watchDay: null });
  await expectBooksAgree(rig);
  await stay.cancelAdmission();
}, 120_000);

test('a frozen sender comes through after 2601 was told «not found»: undone by 2305, the patient can settle', async () => {
  const date = await calendar.begin();
  const stay = await readyToSettle(rig, 'A', nextRound());
  const slipped = await slipThrough(rig, stay);

  await calendar.night(date);
  const end = await reconcileDay(rig, date);
  expect(end).toMatchObject({ state: 'closed', rounds: 2, open: 0 });
  expect(await differencesOf(rig, end)).toEqual([
    { class: 'onlyTheirs', state: 'undone', setl_id: slipped, resolution: expect.stringContaining('2305') },
  ]);
  expect(await groupsOf(rig, end)).toMatchObject([{ fixmedins_setl_cnt: 0, stmt_rslt: '000000' }]);
  expect(await liveAtCentre(rig)).toEqual([]);
  await expectBooksAgree(rig);
  expect((await settlementMessages(rig, stay.iptNo)).every((message) => message.watchDay === null)).toBe(true);

  await rig.faults();
  expect(await stay.settle()).toMatchObject({ medfee_sumamt: 2118743, depositApplied: 643885 });
  await expectBooksAgree(rig);
  await stay.cancelAdmission();
}, 120_000);

test('2601 stays without an answer: the settlement is undone by 2305, the stay hears it and settles anew', async () => {
  const date = await calendar.begin();
  const stay = await readyToSettle(rig, 'A', nextRound());
  await rig.faults(
    { infno: '2304', nth: 1, phase: 'after-commit', kind: 'reset' },
    { infno: '2601', nth: 1, times: 1_000, phase: 'before-commit', kind: 'reset' },
  );
  const settling = stay.settle();
  const [live] = await until(() => liveAtCentre(rig), (all) => all.length === 1);
  await until(() => settlementMessages(rig, stay.iptNo), (all) => all.at(-1)?.resolution === 'abandoning');

  await calendar.night(date);
  const end = await reconcileDay(rig, date);
  expect(await differencesOf(rig, end)).toMatchObject([{ class: 'onlyTheirs', state: 'undone', setl_id: live }]);
  expect(end).toMatchObject({ state: 'closed', open: 0 });
  const settled = await settling;
  expect(settled['setlId']).not.toBe(live);
  expect(await liveAtCentre(rig)).toEqual([settled['setlId']]);
  await expectBooksAgree(rig);
  await rig.faults();
  await stay.cancelAdmission();
}, 180_000);

/** Asks until the answer is as wanted. */
async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
