import { formatYuan, fen } from '../../domain/money';
import { type Centre, Hospital, openCentre, profileNamed, Stay } from './hospital';

/** What the centre refuses, and the cases that few patients are. */
describe('rules of the centre', () => {
  const profile = profileNamed('default');
  let centre: Centre;
  let hospital: Hospital;
  let stay: Stay;

  async function open(changes: Parameters<typeof profileNamed>[1] = {}, institutions: Record<string, object> = {}): Promise<void> {
    centre = await openCentre({ ...profile, ...changes }, institutions);
    hospital = new Hospital(centre);
    await hospital.signIn();
    stay = new Stay(hospital, 'A');
  }
  afterEach(async () => {
    await centre.close();
    expect(centre.errors).toEqual([]);
  });

  test('admission: second open stay, other person, accident, pause, number in use', async () => {
    await open();
    await stay.admit();
    const other = new Hospital(centre, 'H99000000002');
    await other.signIn();
    const again = await other.refused('2401', stay.admission({ ipt_no: 'OTHER1' }));
    expect(again).toMatch(/未出院.*示例一院\[H99000000001\]/);
    const paused = new Stay(hospital, 'A', { certno: '990101199002280045', insutype: '310', iptNo: 'ZY9' });
    await expect(paused.admit()).rejects.toThrow('暂停参保');
    const { output } = await hospital.ok('2001', {
      data: { psn_no: paused.psnNo, insutype: '310', fixmedins_code: hospital.code, med_type: '21', begntime: '2026-11-02 08:00:00' },
    });
    expect(output.trtinfo).toMatchObject([{ trt_enjymnt_flag: '0', trt_chk_rslt: expect.stringContaining('暂停参保') as string }]);
    const wrong = { ...stay.admission({ ipt_no: 'ZY8' }) };
    expect(await hospital.refused('2401', { ...wrong, mdtrtinfo: { ...wrong.mdtrtinfo, mdtrt_cert_no: '990101199612310061' } })).toContain('不是同一人');
    const free = new Stay(hospital, 'A', { certno: '990101199612310061', insutype: '390', iptNo: stay.demo.iptNo });
    await expect(free.admit()).rejects.toThrow('住院号');
    const accident = { ...free.admission({ ipt_no: 'ZY7', med_type: '22' }) };
    expect(await hospital.refused('2401', accident)).toContain('外伤备案');
    const filed = { ...accident.mdtrtinfo, expContent: JSON.stringify({ accident_filing_no: 'WS20261101' }) };
    await hospital.ok('2401', { ...accident, mdtrtinfo: filed });
  });

  test('a cancelled admission may be opened again only where the profile says so', async () => {
    for (const reopenCancelledAdmission of [true, false]) {
      await open({ reopenCancelledAdmission });
      await stay.admit();
      await hospital.ok('2404', { data: stay.ids });
      if (reopenCancelledAdmission) await stay.admit();
      else await expect(stay.admit()).rejects.toThrow('住院号');
      if (reopenCancelledAdmission) await centre.close();
    }
  });

  test.each([
    // what, changes of the line, reason
    ['unknown code', { med_list_codg: 'XX' }, '不存在或未对照'],
    ['code before its time', { fee_ocur_time: '2026-11-01 10:00:00' }, '早于入院日期'],
    ['amount two fen off', { det_item_fee_sumamt: '1000.02' }, '不符'],
    ['quantity 0', { cnt: '0', det_item_fee_sumamt: '0' }, '不能为零'],
    ['return without original', { cnt: '-1', det_item_fee_sumamt: '-100' }, '原费用流水号'],
    ['return of nothing', { cnt: '-1', det_item_fee_sumamt: '-100', init_feedetl_sn: 'NO' }, '找不到原费用明细'],
    ['other kind of treatment', { med_type: '26' }, '医疗类别'],
  ])('2301 refuses: %s', async (_what, changes, reason) => {
    await open();
    await stay.admit();
    const bad = { ...stay.charge('B1', changes as Record<string, string>), ...('med_type' in changes ? { med_type: '26' } : {}) };
    expect(await hospital.refused('2301', { feedetail: [bad] })).toContain(reason);
    expect(await centre.records('lines')).toEqual([]);
  });

  test('a refused line refuses its call, or only itself', async () => {
    for (const refusedLine of ['call', 'line'] as const) {
      await open({ refusedLine });
      await stay.admit();
      const feedetail = [stay.charge('L1'), stay.charge('L2', { med_list_codg: 'XX' }), stay.charge('L1')];
      const answer = await hospital.call('2301', { feedetail });
      const text = '第2条[L2]医疗目录编码[XX]不存在或未对照；第3条[L1]明细流水号重复';
      const kept = (await centre.records('lines')).map((line) => line['feedetl_sn']);
      if (refusedLine === 'call') {
        expect([answer.infcode, kept]).toEqual(['-1', []]);
        expect(answer.err_msg).toContain(text);
        await centre.close();
      } else {
        expect([answer.infcode, kept]).toEqual(['0', ['L1']]);
        expect(answer.warn_msg).toContain(text);
        expect(answer.output?.result.map((row) => row.feedetl_sn)).toEqual(['L1']);
      }
    }
  });

  test('returns mirror their original and never exceed it', async () => {
    await open();
    await stay.admit();
    const item = { med_list_codg: 'XJ01DDC074B001010199003', pric: '38.765', fee_ocur_time: '2026-11-04 09:00:00' };
    const known = stay.lines('A').find((line) => line.feedetl_sn === 'A06');
    const like = { ...item, med_list_codg: known?.med_list_codg ?? '' };
    const give = (sn: string, cnt: string, amount: string, init?: string): ReturnType<Stay['charge']> =>
      stay.charge(sn, { ...like, cnt, det_item_fee_sumamt: amount, ...(init ? { init_feedetl_sn: init } : {}) });
    await stay.upload([give('G1', '42', '1628.13')]);
    await stay.upload([give('G2', '-21', '-814.07', 'G1')]);
    expect(await hospital.refused('2301', { feedetail: [give('G3', '-22', '-852.83', 'G1')] })).toContain('超过原明细');
    const { output } = await hospital.ok('2301', { feedetail: [give('G4', '-21', '-814.06', 'G1')] });
    // The two halves round to 814.07 each; the last one gives back exactly what is left.
    expect(output.result[0]).toMatchObject({ det_item_fee_sumamt: -81406 });
    const lines = await centre.records<Record<string, number>>('lines');
    for (const part of ['det_item_fee_sumamt', 'preselfpay_amt', 'overlmt_amt', 'inscp_scp_amt', 'fulamt_ownpay_amt']) {
      expect([part, lines.reduce((sum, line) => sum + (line[part] ?? Number.NaN), 0)]).toEqual([part, 0]);
    }
    const one = (sn: string): Parameters<typeof hospital.ok<'2302'>>[1] => ({ data: [{ feedetl_sn: sn, ...stay.ids }] });
    expect(await hospital.refused('2302', one('G1'))).toContain('退费明细');
    expect(await hospital.refused('2302', one('NO'))).toContain('未查询到费用明细');
    await hospital.ok('2302', one('G4'));
  });

  test('a shown code: for one use and one minute, of a person whom the centre knows', async () => {
    await open();
    const show = async (): Promise<string> => {
      const shown: Readonly<Record<string, string>> = await centre.control('POST', '/_qrcodes', { certno: '990101195803120019' });
      return shown['ecQrCode'] ?? '';
    };
    const decoding = (ecQrCode: string): Parameters<typeof hospital.ok<'1162'>>[1] => ({
      data: { orgId: hospital.code, businessType: '01301', operatorId: 'op1', operatorName: '示例经办', officeId: '0304', officeName: '血管外科', ecQrCode },
    });
    const first = await show();
    expect(first).toMatch(/^\d{28}$/);
    expect((await hospital.ok('1162', decoding(first))).output.data).toMatchObject({ certno: '990101195803120019' });
    expect(await hospital.refused('1162', decoding(first))).toContain('已被使用');
    const second = await show();
    await centre.control('PUT', '/_clock', { offsetMs: 60_000 });
    expect(await hospital.refused('1162', decoding(second))).toContain('已过期');
    expect(await hospital.refused('1162', decoding('9901999999999999999999999999'))).toContain('二维码无效');
    await expect(centre.control('POST', '/_qrcodes', { certno: '990101200001010000' })).rejects.toThrow('nobody');
  });

  test('paid by disease: the code is wanted where the profile has a place for it', async () => {
    await open({ settlementDiseaseCode: 'expContent' });
    await stay.admit();
    await stay.upload([stay.charge('DZ1')]);
    await stay.discharge();
    const byDisease = (expContent?: string): ReturnType<typeof stay.settlement> =>
      stay.settlement(100000, { psn_setlway: '0201', ...(expContent === undefined ? {} : { expContent }) });
    expect(await hospital.refused('2304', byDisease())).toContain('病种编码');
    expect(await hospital.refused('2304', byDisease('{"dise_codg":""}'))).toContain('病种编码');
    expect(await hospital.refused('2304', byDisease('dise_codg'))).toContain('不是合法的JSON');
    await hospital.ok('2304', byDisease('{"dise_codg":"BZ0001"}'));
  });

  test('settlement: order, sum, person, expired voucher', async () => {
    await open();
    await stay.admit();
    await stay.upload([stay.charge('S1')]);
    expect(await hospital.refused('2304', stay.settlement(100000))).toContain('尚未办理出院');
    await stay.discharge();
    expect(await hospital.refused('2301', { feedetail: [stay.charge('S2')] })).toContain('已办理出院');
    expect(await hospital.refused('2304', stay.settlement(100001))).toContain('合计不一致');
    expect(await hospital.refused('2304', stay.settlement(100000, { mdtrt_cert_no: '990101199612310061' }))).toContain('不是同一人');
    const { output } = await hospital.ok('1162', {
      data: {
        orgId: hospital.code,
        businessType: '01301',
        operatorId: 'op1',
        operatorName: '示例经办',
        officeId: '0304',
        officeName: '血管外科',
        ecQrCode: '9901000000000000000000000001',
      },
    });
    const voucher = { mdtrt_cert_type: '01', mdtrt_cert_no: output.data.ecToken };
    const elsewhere = new Hospital(centre, 'H99000000002');
    await elsewhere.signIn();
    expect(await elsewhere.refused('1101', { data: voucher })).toContain('令牌无效');
    await centre.control('PUT', '/_clock', { offsetMs: 2 * 3600 * 1000 + 1000 });
    await hospital.signIn();
    expect(await hospital.refused('2304', stay.settlement(100000, voucher))).toContain('已过期，请重新扫码');
    await centre.control('PUT', '/_clock', { offsetMs: 0 });
    await hospital.signIn();
    await hospital.ok('2304', stay.settlement(100000, voucher));
    expect(await hospital.refused('2304', stay.settlement(100000))).toContain('已结算');
    expect(await hospital.refused('2405', { data: stay.ids })).toContain('请先撤销结算');
  });

  test('interim settlement: the deductible once a stay, the stay goes on', async () => {
    await open();
    await stay.admit();
    await stay.upload([stay.charge('M1')]);
    const interim = await hospital.ok('2304', stay.settlement(100000, { mid_setl_flag: '1', acct_used_flag: '0' }));
    expect(interim.output.setlinfo).toMatchObject({ act_pay_dedc: 80000, hifp_pay: 17400 });
    const final = new Stay(hospital, 'A');
    Object.assign(final, { mdtrtId: stay.mdtrtId, psnNo: stay.psnNo });
    await final.upload([final.charge('M2')]);
    await final.discharge();
    const { output } = await hospital.ok('2304', final.settlement(100000, { acct_used_flag: '0' }));
    expect(output.setlinfo).toMatchObject({ act_pay_dedc: 0, hifp_pay: 87000 });
    // The later one stands on the earlier one's accumulators.
    const first = { ...stay.ids, setl_id: interim.output.setlinfo.setl_id };
    expect(await hospital.refused('2305', { data: first })).toContain('请先撤销后面的结算');
    await hospital.ok('2305', { data: { ...stay.ids, setl_id: output.setlinfo.setl_id } });
    await hospital.ok('2405', { data: stay.ids });
    await hospital.ok('2305', { data: first });
    const [mine] = (await centre.records('accumulators')).filter((row) => row['psn_no'] === stay.psnNo);
    expect(mine).toMatchObject({ poolFen: 0, inScopeFen: 0, admissions: 0 });
  });

  test('a family account helps, and goes back with the settlement', async () => {
    await open();
    const family = new Stay(hospital, 'A', { certno: '990101198509090094', insutype: '310', iptNo: 'ZYF' });
    await family.admit();
    await family.upload([family.charge('F1')]);
    await family.discharge();
    const { output } = await hospital.ok('2304', family.settlement(100000));
    // 1,000.00 in scope, 800.00 deductible, 82 % of 200.00 from the pool: 836.00 are left, 200.00 of them on the own account.
    expect(output.setlinfo).toMatchObject({ hifp_pay: 16400, acct_pay: 20000, acct_mulaid_pay: 63600, psn_cash_pay: 0 });
    const accounts = async (): Promise<unknown> =>
      (await centre.records<Record<string, unknown>>('accounts'))
        .filter((row) => row['psn_no'] === family.psnNo)
        .map((row) => [row['kind'], row['balance']]);
    expect(await accounts()).toEqual([['family', 436400], ['personal', 0]]);
    await hospital.ok('2305', { data: { ...family.ids, setl_id: output.setlinfo.setl_id } });
    expect(await accounts()).toEqual([['family', 500000], ['personal', 20000]]);
  });

  test('above the ceiling of its contract the hospital bears a share', async () => {
    await open({}, { H99000000001: { drgCeilingFen: 90000, clr_way: '40' } });
    await stay.admit();
    await stay.upload([stay.charge('H1')]);
    await stay.discharge();
    const { output } = await hospital.ok('2304', stay.settlement(100000, { acct_used_flag: '0' }));
    expect(output.setlinfo).toMatchObject({ hosp_part_amt: 10000, psn_part_amt: 72600, hifp_pay: 17400, clr_way: '40' });
  });

  test('5206 shows accumulators, 5303 open stays, 5201 and 5202 the visit', async () => {
    await open();
    await stay.admit();
    await stay.upload([stay.charge('Q1')]);
    const openStays = { data: { psn_no: stay.psnNo, begntime: '2026-11-01 00:00:00' } };
    expect((await hospital.ok('5303', openStays)).output.data).toMatchObject([{ mdtrt_id: stay.mdtrtId, ipt_otp_no: stay.demo.iptNo }]);
    await stay.discharge();
    expect((await hospital.ok('5303', openStays)).output.data).toEqual([]);
    const settled = await hospital.ok('2304', stay.settlement(100000));
    const { output } = await hospital.ok('5206', { data: { psn_no: stay.psnNo, cum_ym: '202611' } });
    const pool = output.cuminfo.find((row) => row.insutype === '310' && row.cum_type_code === 'C0102');
    expect(pool?.cum).toBe(formatYuan(fen(17400)));
    const visits = await hospital.ok('5201', {
      data: { psn_no: stay.psnNo, med_type: '21', begntime: '2026-11-01 00:00:00', endtime: '2026-11-30 00:00:00' },
    });
    expect(visits.output.mdtrtinfo).toMatchObject([{ mdtrt_id: stay.mdtrtId, inhosp_stas: '0' }]);
    const diagnoses = await hospital.ok('5202', { data: stay.ids });
    expect(diagnoses.output.diseinfo.map((row) => row.inout_diag_type)).toEqual(['1', '2']);
    const lines = await hospital.ok('5204', { data: { ...stay.ids, setl_id: settled.output.setlinfo.setl_id } });
    expect(lines.output.list).toMatchObject([{ feedetl_sn: 'Q1', inscp_scp_amt: 100000 }]);
  });
});
