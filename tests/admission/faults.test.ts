import { openRig, type Rig } from '../support/admission-rig';
import { expectBooksAgree, expectReadModelEqualsState, liveAtCentre, openAbnormal, walk } from '../support/stay-walk';

/** Every transaction of a stay meets the fault once, the undo ones included. */
const EVERY = ['1101', '2001', '2401', '2301', '2303', '2402', '2304', '2305', '2405', '2302', '2404'];

describe.each<[string, [what: string, phase: string, kind: string][]]>([
  ['default', [
    // what                                        phase            kind
    ['cut before the send is booked',              'before-commit', 'reset'],
    ['cut after the centre booked',                'after-commit',  'reset'],
    ['no answer, nothing booked',                  'before-commit', 'hang'],
    ['no answer, booked',                          'after-commit',  'hang'],
    ['garbled in the answer',                      'in-answer',     'garble'],
    ['empty body',                                 'in-answer',     'empty'],
    ['a gateway page instead of an answer',        'in-answer',     'html'],
    ['time-out disguised as infcode -1',           'after-commit',  'disguisedTimeout'],
    ['busy, nothing booked',                       'before-commit', 'busy'],
    ['HTTP 503 after booking',                     'after-commit',  'http503'],
    ['a rate limit',                               'before-commit', 'http429'],
    ['the sign-in lapses',                         'before-commit', 'expireSign'],
  ]],
  ['riverside', [
    ['cut before the send is booked',              'before-commit', 'reset'],
    ['cut after the centre booked',                'after-commit',  'reset'],
    ['garbled in the answer',                      'in-answer',     'garble'],
    ['time-out disguised as infcode -1',           'after-commit',  'disguisedTimeout'],
  ]],
])('profile %s', (profile, rows) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig({ profile, timeoutMs: 500 });
  }, 120_000);
  afterAll(() => rig.close(), 60_000);
  afterEach(() => rig.faults());

  let stays = 0;
  test.each(rows)('%s: one settlement on both sides, and all is undone again', async (_what, phase, kind) => {
    const before = await personBooks();
    await rig.faults(...EVERY.map((infno) => ({ infno, nth: 1, phase, kind })));
    stays += 1;
    const stay = walk(rig, 'A', { iptNo: `ZYFAULT${stays}` });
    await stay.admit();
    await stay.pay();
    await stay.upload();
    await stay.preSettle();
    const settled = await stay.leave();
    expect(settled).toMatchObject({ medfee_sumamt: 2118743, fund_pay_sumamt: 1324858, psn_cash_pay: 643885 });
    expect(await liveAtCentre(rig)).toEqual([settled['setlId']]);
    await expectBooksAgree(rig);
    await expectReadModelEqualsState(rig, stay.iptNo);
    await stay.cancelAdmission();
    expect(await liveAtCentre(rig)).toEqual([]);
    await expectBooksAgree(rig);
    expect(await personBooks()).toEqual(before);
    expect(await openAbnormal(rig, stay.iptNo)).toEqual([]);
  }, 120_000);

  /** Accounts and accumulators at the centre: undoing a stay must restore them exactly. */
  async function personBooks(): Promise<unknown> {
    return { accounts: await rig.records('accounts'), accumulators: await rig.records('accumulators') };
  }
});
