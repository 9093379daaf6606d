import { type Centre, Hospital, openCentre, profileNamed, Stay } from './hospital';

/** 2601 and repeated messages. */
describe('reversal and repeated messages', () => {
  let centre: Centre;
  let hospital: Hospital;
  let stay: Stay;

  async function open(changes: Parameters<typeof profileNamed>[1] = {}, id = 'default'): Promise<void> {
    centre = await openCentre(profileNamed(id, changes));
    hospital = new Hospital(centre);
    await hospital.signIn();
    stay = new Stay(hospital, 'A');
  }
  /** Up to the point where 2304 may come. */
  async function ready(): Promise<void> {
    await stay.admit();
    await stay.upload([stay.charge('R1')]);
    if (!centre.profile.settleBeforeDischarge) await stay.discharge();
  }
  const settlement = (): Parameters<typeof hospital.ok<'2304'>>[1] => stay.settlement(100000, { dscg_time: '2026-11-12' });
  const reverse = (omsgid: string, oinfno: string): Parameters<typeof hospital.ok<'2601'>>[1] => ({
    data: { psn_no: stay.psnNo, omsgid, oinfno },
  });

  afterEach(async () => {
    await centre.close();
    expect(centre.errors).toEqual([]);
  });

  test.each([
    ['default', '2304'],
    ['riverside', '2304A'],
  ])('%s: a settlement is taken back by the very number sent, once', async (id, sent) => {
    await open({}, id);
    const before = await centre.records('accounts');
    await ready();
    const msgid = hospital.newMsgid();
    await hospital.ok('2304', settlement(), { msgid });
    expect(await hospital.refused('2601', reverse(msgid, sent === '2304' ? '2304A' : '2304'))).toContain('原交易编号');
    expect(await hospital.refused('2601', reverse(msgid, '2301'))).toContain('不支持冲正');
    expect(await hospital.refused('2601', reverse(hospital.newMsgid(), sent))).toContain('未找到原交易');
    await hospital.ok('2601', reverse(msgid, sent));
    expect(await hospital.refused('2601', reverse(msgid, sent))).toContain('退费标志不为未退费');
    expect(await centre.totals()).toMatchObject({ settlementsLive: 0, settlementsRefunded: 1 });
    expect(await centre.records('accounts')).toEqual(before);
    await hospital.ok('2304', settlement());
    expect(await centre.totals()).toMatchObject({ settlementsLive: 1, settlementsRefunded: 1 });
  });

  test('another hospital or person cannot take it back', async () => {
    await open();
    await ready();
    const msgid = hospital.newMsgid();
    await hospital.ok('2304', settlement(), { msgid });
    const other = new Hospital(centre, 'H99000000002');
    await other.signIn();
    expect(await other.refused('2601', reverse(msgid, '2304'))).toContain('未找到原交易');
    const wrong = { data: { ...reverse(msgid, '2304').data, psn_no: '99010000000000000000000008' } };
    expect(await hospital.refused('2601', wrong)).toContain('人员编号');
    expect(await centre.totals()).toMatchObject({ settlementsLive: 1 });
  });

  test('2601 on a 2305 lets the settlement stand again, unless the stay went on', async () => {
    await open();
    await ready();
    const settled = await hospital.ok('2304', settlement());
    const afterwards = [await centre.records('accounts'), await centre.records('accumulators')];
    const ids = { ...stay.ids, setl_id: settled.output.setlinfo.setl_id };
    const msgid = hospital.newMsgid();
    await hospital.ok('2305', { data: ids }, { msgid });
    await hospital.ok('2601', reverse(msgid, '2305'));
    expect((await hospital.ok('5203', { data: ids })).output.setlinfo.refd_setl_flag).toBe('0');
    expect([await centre.records('accounts'), await centre.records('accumulators')]).toEqual(afterwards);
    expect((await hospital.ok('5204', { data: ids })).output.list).toHaveLength(1);
    expect(await hospital.refused('2601', reverse(msgid, '2305'))).toContain('退费标志不为未退费');

    const second = hospital.newMsgid();
    await hospital.ok('2305', { data: ids }, { msgid: second });
    await hospital.ok('2405', { data: stay.ids });
    await stay.upload([stay.charge('R2')]);
    await stay.discharge();
    expect(await hospital.refused('2601', reverse(second, '2305'))).toContain('已发生变更');
    await hospital.ok('2304', stay.settlement(200000));
    expect(await hospital.refused('2601', reverse(second, '2305'))).toContain('已发生变更');
  });

  test('2601 on a 2401 closes the stay while nothing hangs on it', async () => {
    await open();
    await stay.admit();
    const [visit] = await centre.records<{ msgid: string }>('visits');
    const msgid = visit?.msgid ?? '';
    await stay.upload([stay.charge('R1')]);
    expect(await hospital.refused('2601', reverse(msgid, '2401'))).toContain('费用明细');
    await hospital.ok('2302', { data: [{ feedetl_sn: '0000', ...stay.ids }] });
    await hospital.ok('2601', reverse(msgid, '2401'));
    expect(await hospital.refused('2601', reverse(msgid, '2401'))).toContain('退费标志不为未退费');
    await stay.admit();
  });

  test('a refused original is not found', async () => {
    await open();
    await ready();
    const msgid = hospital.newMsgid();
    await hospital.refused('2304', stay.settlement(99999), { msgid });
    expect(await hospital.refused('2601', reverse(msgid, '2304'))).toContain('未找到原交易');
  });

  test.each([
    ['sameDay', '已超过冲正时限'],
    ['untilDeclared', null],
  ] as const)('window %s', async (reversalWindow, reason) => {
    await open({ reversalWindow });
    await ready();
    const msgid = hospital.newMsgid();
    await hospital.ok('2304', settlement(), { msgid });
    await centre.control('PUT', '/_clock', { offsetMs: 24 * 3600 * 1000 });
    await hospital.signIn();
    if (reason === null) await hospital.ok('2601', reverse(msgid, '2304'));
    else expect(await hospital.refused('2601', reverse(msgid, '2304'))).toContain(reason);
  });

  test.each([
    // what the centre does with a message of a known msgid, its second answer, live settlements
    ['refused', /-1 .*重复/, 1],
    ['sameAnswer', /^0 $/, 1],
    ['bookedTwice', /^0 $/, 2],
  ] as const)('a repeated msgid: %s', async (repeatedMsgid, second, booked) => {
    await open({ repeatedMsgid });
    await ready();
    const msgid = hospital.newMsgid();
    const first = await hospital.ok('2304', settlement(), { msgid });
    const again = await hospital.call('2304', settlement(), { msgid });
    expect(`${again.infcode} ${again.err_msg ?? ''}`).toMatch(second);
    if (repeatedMsgid === 'sameAnswer') {
      expect(again.output).toEqual(first.output);
      const other = await hospital.call('2304', stay.settlement(100000, { invono: 'X' }), { msgid });
      expect(other.err_msg).toContain('与原报文内容不一致');
    }
    expect(await centre.totals()).toMatchObject({ settlementsLive: booked });
    const [message] = (await centre.records<Record<string, unknown>>('messages')).filter((row) => row['msgid'] === msgid);
    expect(message).toMatchObject({ times: repeatedMsgid === 'sameAnswer' ? 3 : 2, infcode: 0 });
    if (booked === 1) return;
    await hospital.ok('2601', reverse(msgid, '2304'));
    await hospital.ok('2601', reverse(msgid, '2304'));
    expect(await centre.totals()).toMatchObject({ settlementsLive: 0, settlementsRefunded: 2 });
    const [mine] = (await centre.records('accumulators')).filter((row) => row['psn_no'] === stay.psnNo);
    expect(mine).toMatchObject({ poolFen: 0, admissions: 0 });
  });
});
