import { openRig, type Rig } from '../support/admission-rig';
import { expectBooksAgree, walk } from '../support/stay-walk';
import { differencesOf, groupsOf, openCalendar, reconcileDay } from './support';

/** The second profile: account inside the fund sum, lower-case refund flag, numbers as text, A forms, bytes with a sign. */
let rig: Rig;
const calendar = openCalendar(() => rig);
beforeAll(async () => {
  rig = await openRig({ profile: 'riverside', timeoutMs: 1_000, settings: { signature: { family: 'none' } } });
}, 120_000);
afterAll(() => rig.close(), 60_000);
afterEach(() => rig.faults());

test('a lost 2304A, reversed and settled anew: totals and file in the reading of the profile, the day is closed', async () => {
  const date = await calendar.begin();
  const stay = walk(rig, 'A');
  await stay.admit();
  await stay.pay();
  await stay.upload();
  await stay.preSettle();
  await rig.faults({ infno: '2304', nth: 1, phase: 'after-commit', kind: 'reset' });
  await stay.settle();
  await stay.discharge();
  await calendar.night(date);
  const end = await reconcileDay(rig, date);
  expect(end).toMatchObject({ state: 'closed', groups: 1, open: 0 });
  expect(await differencesOf(rig, end)).toEqual([]);
  const [group] = await groupsOf(rig, end);
  // 13,248.58 of the funds and 1,500.00 of the account.
  expect(group).toMatchObject({ medfee_sumamt: 2118743, fund_pay_sumamt: 1474858, acct_pay: 150000, fixmedins_setl_cnt: 1 });
  expect(['000000', '0']).toContain(group?.stmt_rslt);
  const [message] = (await rig.records<{ infno: string; infcode: unknown }>('messages')).filter((each) => each.infno === '3202');
  expect(message).toMatchObject({ infcode: 0 });
  await expectBooksAgree(rig);
}, 120_000);
