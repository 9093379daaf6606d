import { type Centre, Hospital, openCentre, profileNamed, readDemo, Stay } from './hospital';

/** Whole stays, their undoing and their order, on both profiles. Amounts in fen, from the worked cases of the demo. */
describe.each(['default', 'riverside'])('a stay under profile %s', (id) => {
  const profile = profileNamed(id);
  let centre: Centre;
  let hospital: Hospital;

  beforeEach(async () => {
    centre = await openCentre(profile);
    hospital = new Hospital(centre);
    await hospital.signIn();
  });
  afterEach(async () => {
    await centre.close();
    expect(centre.errors).toEqual([]);
  });

  /** Lines that the catalogue knows; A10 is the one that it does not. */
  async function uploadA(stay: Stay): Promise<number> {
    return stay.upload(stay.lines('A').filter((line) => line.feedetl_sn !== 'A10'));
  }

  async function settle(stay: Stay, medfee: number): Promise<Record<string, unknown>> {
    if (!profile.settleBeforeDischarge) await stay.discharge();
    const { output } = await hospital.ok('2304', stay.settlement(medfee, { dscg_time: stay.demo.discharge.endtime.slice(0, 10) }));
    if (profile.settleBeforeDischarge) await stay.discharge();
    return output.setlinfo as unknown as Record<string, unknown>;
  }

  /** What SETLINFO must say, in this profile's reading of the fund total. */
  function expected(stay: Stay): Record<string, unknown> {
    const { setlinfo } = stay.demo.expected;
    const fund = Number(setlinfo['fund_pay_sumamt']) + (profile.accountInFundSum ? Number(setlinfo['acct_pay']) : 0);
    return { ...setlinfo, fund_pay_sumamt: fund };
  }

  test.each(['A', 'B', 'C', 'C-cap', 'D'])('case %s settles to its worked amounts', async (name) => {
    const stay = new Stay(new Hospital(centre, readDemo<{ institution: string }>(`patients/${name}.json`).institution), name);
    const refusedLines = readDemo<{ fees: { refused: string[] } }>(`patients/${name}.json`).fees.refused;
    await stay.hospital.signIn();
    await stay.admit();
    const lines = stay.lines(name).filter((line) => !refusedLines.includes(line.feedetl_sn));
    const medfee = await stay.upload(lines);
    expect(medfee).toBe(stay.demo.expected.setlinfo['medfee_sumamt']);
    if (!profile.settleBeforeDischarge) await stay.discharge();
    const dscg_time = stay.demo.discharge.endtime.slice(0, 10);
    const before = await stay.hospital.ok('2303', stay.settlement(medfee, { dscg_time }));
    const { output } = await stay.hospital.ok('2304', stay.settlement(medfee, { dscg_time }));
    expect(output.setlinfo).toMatchObject(expected(stay));
    const { setl_time: _t, medins_setl_id: _m, clr_way: _w, setl_id: _s, ...settled } = output.setlinfo;
    expect(before.output.setlinfo).toMatchObject(settled);
    expect(before.output.setldetail).toEqual(output.setldetail);
    const funds = output.setldetail.reduce((sum, row) => sum + row.fund_payamt, 0);
    expect(funds).toBe(stay.demo.expected.setlinfo['fund_pay_sumamt']);
  });

  test('undoing goes backwards only, and restores accumulators and account exactly', async () => {
    const accountsBefore = await centre.records('accounts');
    const stay = new Stay(hospital, 'A');
    await stay.admit();
    const medfee = await uploadA(stay);
    const setlinfo = await settle(stay, medfee);
    const ids = { ...stay.ids, setl_id: String(setlinfo['setl_id']) };
    const list = (stas_type: string): Promise<unknown> =>
      hospital.ok('4102', { data: { stastinfo: [{ psn_no: stay.psnNo, setl_id: ids.setl_id, stas_type }] } });
    await hospital.ok('4101A', listOf(ids));
    await list('1');

    expect(await hospital.refused('2305', { data: ids })).toMatch(profile.settleBeforeDischarge ? '请先撤销出院' : '请先撤回结算清单');
    expect(await hospital.refused('2404', { data: stay.ids })).toContain('已办理出院');
    expect(await hospital.refused('2302', withdrawAll(stay))).toContain('已办理出院');
    if (profile.settleBeforeDischarge) await hospital.ok('2405', { data: stay.ids });
    else expect(await hospital.refused('2405', { data: stay.ids })).toContain('请先撤销结算');
    expect(await hospital.refused('2305', { data: ids })).toContain('请先撤回结算清单');
    await list('0');
    const refund = await hospital.ok('2305', { data: ids });
    const sign = profile.refundAmountsNegative ? -1 : 1;
    expect(refund.output.setlinfo).toMatchObject({
      setl_id: ids.setl_id,
      medfee_sumamt: 2118743 * sign,
      acct_pay: 150000 * sign,
      psn_cash_pay: 643885 * sign,
      balc: 150000,
    });
    expect(await hospital.refused('2305', { data: ids })).toContain('退费标志不为未退费');
    if (!profile.settleBeforeDischarge) await hospital.ok('2405', { data: stay.ids });
    expect(await hospital.refused('2404', { data: stay.ids })).toContain('费用明细');
    await hospital.ok('2302', withdrawAll(stay));
    await hospital.ok('2404', { data: stay.ids });
    expect(await hospital.refused('2404', { data: stay.ids })).toContain('已撤销');

    expect(await centre.records('accounts')).toEqual(accountsBefore);
    const [mine] = (await centre.records<Record<string, unknown>>('accumulators')).filter((row) => row['psn_no'] === stay.psnNo);
    expect(mine).toMatchObject({ inScopeFen: 0, poolFen: 0, admissions: 0, burdenFen: 0 });
    expect(await centre.totals()).toMatchObject({ settlementsLive: 0, settlementsRefunded: 1, medfee_sumamt: 0 });
  });

  test('A, cancelled, and A2 give exactly the amounts of A2', async () => {
    const stay = new Stay(hospital, 'A');
    await stay.admit();
    const setlinfo = await settle(stay, await uploadA(stay));
    const undone = { ...stay.ids, setl_id: String(setlinfo['setl_id']) };
    if (profile.settleBeforeDischarge) await hospital.ok('2405', { data: stay.ids });
    await hospital.ok('2305', { data: undone });
    if (!profile.settleBeforeDischarge) await hospital.ok('2405', { data: stay.ids });
    await stay.upload(stay.lines('A2'));
    const again = await settle(stay, 2115543);
    expect(again).toMatchObject(expected(Object.assign(new Stay(hospital, 'A2'))));
    expect(again['setl_id']).not.toBe(undone.setl_id);
    // A new settlement needs a list of its own.
    expect(await hospital.refused('4103', { data: { psn_no: stay.psnNo, setl_id: String(again['setl_id']) } })).toContain('未查询到结算清单');
    const old = await hospital.ok('5203', { data: { ...undone } });
    expect(old.output.setlinfo).toMatchObject({ refd_setl_flag: '1', medfee_sumamt: 2118743 });
  });

  test('the list is read back with the money of the settlement', async () => {
    const stay = new Stay(hospital, 'A');
    await stay.admit();
    expect(await hospital.refused('4101A', listOf({ ...stay.ids, setl_id: '1' }))).toContain('未查询到结算信息');
    const setlinfo = await settle(stay, await uploadA(stay));
    const ids = { ...stay.ids, setl_id: String(setlinfo['setl_id']) };
    const first = await hospital.ok('4101A', listOf(ids));
    expect((await hospital.ok('4101A', listOf(ids))).output).toEqual(first.output);
    const { output } = await hospital.ok('4103', { data: { psn_no: stay.psnNo, setl_id: ids.setl_id } });
    expect(output.setlinfo).toMatchObject({
      psn_selfpay_amt: 466785,
      psn_ownpay_fee: 327100,
      acct_payamt: 150000,
      psn_cashpay: 643885,
    });
    expect(output.iteminfo.reduce((sum, row) => sum + (row.amt ?? 0), 0)).toBe(2118743);
    expect(output.payinfo).toMatchObject([{ fund_pay_type: '310100', fund_payamt: 1324858 }]);
  });
});

function withdrawAll(stay: Stay): { data: { feedetl_sn: string; mdtrt_id: string; psn_no: string }[] } {
  return { data: [{ feedetl_sn: '0000', ...stay.ids }] };
}

function listOf(ids: { mdtrt_id: string; psn_no: string; setl_id: string }): Parameters<Hospital['ok']>[1] & never {
  return {
    setlinfo: {
      ...ids,
      medcasno: 'BA1',
      ntly: 'CHN',
      prfs: '90',
      coner_name: '示例联系人',
      patn_rlts: '1',
      coner_addr: '示例路',
      coner_tel: '000',
      bill_code: 'B1',
      bill_no: 'N1',
      biz_sn: 'S1',
      setl_begn_date: '2026-11-02',
      setl_end_date: '2026-11-12',
      medins_fill_dept: '医保办',
      medins_fill_psn: '示例填报',
      hi_paymtd: '1',
      dscg_caty: '0304',
    },
    opspdiseinfo: [],
    diseinfo: [],
    oprninfo: [],
    icuinfo: [],
    bldinfo: [],
  } as never;
}
