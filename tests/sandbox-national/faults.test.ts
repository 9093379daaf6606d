import { classify, observe } from '../../domain/national/classify';
import { decodeAnswer } from '../../domain/national/codec';
import { type Centre, Hospital, openCentre, profileNamed, Stay } from './hospital';

/** Each kind of fault at a settlement: what the hospital sees, and what the centre has really booked. */
describe('faults', () => {
  const profile = profileNamed('default');
  let centre: Centre;
  let hospital: Hospital;
  let stay: Stay;

  beforeEach(async () => {
    centre = await openCentre(profile);
    hospital = new Hospital(centre);
    await hospital.signIn();
    stay = new Stay(hospital, 'A');
    await stay.admit();
    await stay.upload([stay.charge('F1')]);
    await stay.discharge();
  });
  afterEach(async () => {
    await centre.close();
    expect(centre.errors).toEqual([]);
  });

  const live = async (): Promise<number | undefined> => (await centre.totals())['settlementsLive'];

  /** What a client makes of a settlement under a fault: an infcode, an HTTP status, or the failure it meets. */
  async function look(timeoutMs = 400): Promise<string> {
    try {
      const raw = await hospital.send('2304', stay.settlement(100000), { timeoutMs });
      if (raw.status !== 200) return `HTTP ${raw.status}`;
      const answer = decodeAnswer(profile, '2304', raw.body, raw.contentType);
      return `${answer.infcode} ${answer.err_msg ?? ''}`.trim();
    } catch (error) {
      return error instanceof Error ? (error as NodeJS.ErrnoException).code ?? error.message : String(error);
    }
  }

  test.each([
    // kind, phase, what the hospital sees, live settlements at the centre
    ['hang', 'before-commit', /client time-out/, 0],
    ['hang', 'after-commit', /client time-out/, 1],
    ['hang', 'in-answer', /client time-out/, 1],
    ['reset', 'before-commit', /ECONNRESET/, 0],
    ['reset', 'after-commit', /ECONNRESET/, 1],
    ['reset', 'in-answer', /ECONNRESET|aborted/, 1],
    ['garble', 'before-commit', /MESSAGE_/, 0],
    ['garble', 'after-commit', /MESSAGE_/, 1],
    ['html', 'after-commit', /MESSAGE_/, 1],
    ['empty', 'after-commit', /MESSAGE_/, 1],
    ['http503', 'before-commit', /HTTP 503/, 0],
    ['http503', 'after-commit', /HTTP 503/, 1],
    ['http429', 'before-commit', /HTTP 429/, 0],
    ['busy', 'before-commit', /-1 系统繁忙/, 0],
    ['disguisedTimeout', 'after-commit', /-1 请求超时/, 1],
    ['businessError', 'before-commit', /-1 \[医保业务\]/, 0],
    ['expireSign', 'before-commit', /-1 \[签到\]未签到或签到已过期/, 0],
  ] as const)('%s %s', async (kind, phase, sees, booked) => {
    await centre.faults({ infno: '2304', kind, phase });
    expect(await look()).toMatch(sees);
    expect(await live()).toBe(booked);
    const report = (await centre.control('GET', '/_faults')) as unknown as { faults: { fired: number }[]; firings: object[] };
    expect(report.faults).toMatchObject([{ seen: 1, fired: 1 }]);
    expect(report.firings).toMatchObject([{ infno: '2304', kind, phase }]);
    if (booked === 1) return;
    if (kind === 'expireSign') await hospital.signIn();
    expect(await look()).toBe('0');
    expect(await live()).toBe(1);
  });

  test('a disguised time-out is unknown, a business error is refused', async () => {
    const see = async (fault: object): Promise<string> => {
      await centre.faults({ infno: '2304', phase: 'before-commit', ...fault });
      const raw = await hospital.send('2304', stay.settlement(100000));
      return classify(profile, observe(profile, '2304', raw.status, raw.body, raw.contentType));
    };
    expect(await see({ kind: 'disguisedTimeout' })).toBe('unknown');
    expect(await see({ kind: 'busy' })).toBe('unknown');
    expect(await see({ kind: 'businessError', text: '[结算]该病种未开通' })).toBe('refused');
  });

  test('delay holds the answer, whole and in its middle', async () => {
    for (const phase of ['before-commit', 'in-answer']) {
      await centre.faults({ infno: '2303', kind: 'delay', phase, ms: 300 });
      const start = Date.now();
      await hospital.ok('2303', stay.settlement(100000));
      expect(Date.now() - start).toBeGreaterThanOrEqual(295);
    }
  });

  test('nth and times count matching calls; an A form meets its base', async () => {
    await centre.faults({ infno: '2303', kind: 'http503', nth: 2, times: 2 });
    const seen: number[] = [];
    for (let call = 0; call < 5; call += 1) seen.push((await hospital.send('2303', stay.settlement(100000))).status);
    expect(seen).toEqual([200, 503, 503, 200, 200]);
  });

  test('a probability draws the same series from the same seed', async () => {
    const series = async (seed: number): Promise<number[]> => {
      await centre.faults({ infno: '*', kind: 'http503', probability: 0.4, seed });
      const seen: number[] = [];
      for (let call = 0; call < 20; call += 1) seen.push((await hospital.send('2303', stay.settlement(100000))).status);
      return seen;
    };
    const first = await series(7);
    expect(first).toContain(503);
    expect(first).toContain(200);
    expect(await series(7)).toEqual(first);
    expect(await series(8)).not.toEqual(first);
  });

  test('amountDrift books other amounts than the pre-settlement showed, which still add up', async () => {
    const before = await hospital.ok('2303', stay.settlement(100000));
    await centre.faults({ infno: '2304', kind: 'amountDrift', amountFen: 250 });
    const { output } = await hospital.ok('2304', stay.settlement(100000));
    const { hifp_pay, psn_cash_pay, psn_part_amt = 0, acct_pay, medfee_sumamt } = output.setlinfo;
    expect(hifp_pay).toBe(before.output.setlinfo.hifp_pay - 250);
    expect([hifp_pay + psn_part_amt, acct_pay + psn_cash_pay]).toEqual([medfee_sumamt, psn_part_amt]);
    const [booked] = await centre.records<{ amounts: object; effects: { change: object } }>('settlements');
    expect(booked?.amounts).toMatchObject({ hifp_pay });
    expect(booked?.effects.change).toMatchObject({ poolFen: hifp_pay });
  });

  test('brokenSum tells less cash than it books', async () => {
    const { output: told } = await hospital.ok('2303', stay.settlement(100000));
    await centre.faults({ infno: '2303', kind: 'brokenSum', amountFen: 7 });
    const { output } = await hospital.ok('2303', stay.settlement(100000));
    const { medins_setl_id } = output.setlinfo;
    expect(output.setlinfo).toEqual({ ...told.setlinfo, medins_setl_id, psn_cash_pay: told.setlinfo.psn_cash_pay - 7 });
    await centre.faults({ infno: '2304', kind: 'brokenSum', amountFen: 7 });
    const settled = await hospital.ok('2304', stay.settlement(100000));
    const [booked] = await centre.records<{ amounts: { psn_cash_pay: number } }>('settlements');
    expect(booked?.amounts.psn_cash_pay).toBe(settled.output.setlinfo.psn_cash_pay + 7);
  });

  test('staleRead on a query shows the books from before, so often as it was asked', async () => {
    await hospital.ok('2405', { data: stay.ids });
    await centre.faults({ infno: '5303', kind: 'staleRead', times: 2 });
    await stay.discharge();
    const openStays = async (): Promise<number> =>
      (await hospital.ok('5303', { data: { psn_no: stay.psnNo, begntime: '2026-11-01 00:00:00' } })).output.data.length;
    expect([await openStays(), await openStays(), await openStays()]).toEqual([1, 1, 0]);
  });

  test('staleRead on a write hides that write from the next queries', async () => {
    const settled = await hospital.ok('2304', stay.settlement(100000));
    const ids = { ...stay.ids, setl_id: settled.output.setlinfo.setl_id };
    await centre.faults({ infno: '2305', kind: 'staleRead', reads: 1 }, { infno: '2305', kind: 'reset', phase: 'after-commit' });
    await expect(hospital.call('2305', { data: ids })).rejects.toThrow();
    const flag = async (): Promise<string> => (await hospital.ok('5203', { data: ids })).output.setlinfo.refd_setl_flag;
    expect([await flag(), await flag()]).toEqual(['0', '1']);
  });

  test('a plan with a mistake is refused and changes nothing', async () => {
    await centre.faults({ infno: '2304', kind: 'busy' });
    for (const fault of [{ infno: '2304', kind: 'nonsense' }, { infno: '2304', kind: 'busy', nth: 0 }, { kind: 'busy' }, { infno: '2304', kind: 'busy', phase: 'x' }]) {
      await expect(centre.faults(fault)).rejects.toThrow('400');
    }
    expect(await centre.control('GET', '/_faults')).toMatchObject({ faults: [{ kind: 'busy' }] });
    await centre.control('DELETE', '/_faults');
    expect(await look()).toBe('0');
  });
});
