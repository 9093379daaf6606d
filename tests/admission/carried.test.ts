import { balance } from '../../activities/ledger';
import { decodeRequest } from '../../domain/national/codec';
import type { Input2401 } from '../../schemas/national/generated';
import { FeeLine, Message, Settlement, TimelineEvent } from '../../store/entities';
import { HOSPITAL, demoFees, demoPatient, openRig, type Rig } from '../support/admission-rig';
import { codeOf, done, expectBooksAgree, expectReadModelEqualsState, walk } from '../support/stay-walk';

/** What a settlement may carry beyond the ordinary; each on both readings of fund_pay_sumamt. */

/** A demo person whose family member's account pays too; comes with patient A's bill. */
const FAMILY = { certno: '990101198509090094', insutype: '310' };
const withFamily = { patient: FAMILY, credential: { type: '02', no: FAMILY.certno } } as const;

describe.each([['default', 'without the account'], ['riverside', 'with the account']])('profile %s, fund_pay_sumamt %s', (profile) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig({ profile, contract: { clr_way: '40', drgCeilingFen: 1_500_000 } });
  }, 120_000);
  afterAll(() => rig.close(), 60_000);

  test("family account and the hospital's share: amounts, ledger and 清算方式 as the centre answered them", async () => {
    const stay = walk(rig, 'A', { ...withFamily, iptNo: 'ZYCARRY1' });
    await stay.admit();
    await stay.pay();
    await stay.upload();
    await stay.preSettle();
    const settled = (await stay.leave()) as Record<string, number>;
    const [centre] = await rig.records<{ amounts: Record<string, number>; clr_way: string }>('settlements');
    // Pre-settlement, settlement, read model and ledger share the outside reading, whatever was on the wire.
    expect(settled).toMatchObject(centre?.amounts ?? {});
    expect(settled['acct_pay']).toBe(20_000);
    expect(settled['acct_mulaid_pay']).toBeGreaterThan(0);
    expect(settled['hosp_part_amt']).toBe(2118743 - 1_500_000);

    const row = await rig.store.read((manager) => manager.findOneByOrFail(Settlement, { admissionId: `${HOSPITAL}/ZYCARRY1/1` }));
    // What the fund will owe is decided by DRG later; the row keeps what the answer gave.
    expect(row).toMatchObject({ clr_way: '40', hi_paymtd: '40', fund_pay_sumamt: settled['fund_pay_sumamt'] });
    const onWire = (row.raw as { fund_pay_sumamt: number }).fund_pay_sumamt;
    expect(onWire).toBe((settled['fund_pay_sumamt'] ?? 0) + (profile === 'riverside' ? 20_000 : 0));
    expect(await accounts('ZYCARRY1')).toEqual({
      'account:personal': 20_000,
      'account:family': settled['acct_mulaid_pay'],
      'hospital:share': settled['hosp_part_amt'],
      'fund:310100': settled['hifp_pay'],
      'patient:receivable': 0,
      'income:medical': -2118743,
    });
    await expectBooksAgree(rig);
    await expectReadModelEqualsState(rig, 'ZYCARRY1');
    await stay.cancelAdmission();
    expect(Object.values(await accounts('ZYCARRY1')).every((amount) => amount === 0)).toBe(true);
  }, 60_000);

  test('adopted from 5203, which leaves the share of the hospital out: the same amounts', async () => {
    const stay = walk(rig, 'A', { ...withFamily, iptNo: 'ZYCARRY2' });
    await stay.untilSettlement();
    await rig.faults({ infno: '2304', phase: 'after-commit', kind: 'reset' }, { infno: '2601', kind: 'businessError', text: '[冲正]暂不允许冲正' });
    expect(codeOf(await stay.trySettle())).toBe('OUTCOME_UNKNOWN');
    const lost = (await rig.records<{ setl_id: string; refd_setl_flag: string; amounts: object }>('settlements')).at(-1);
    const msgid = (await rig.state('ZYCARRY2')).unknown?.msgid;
    const adopted = done(await rig.command('ZYCARRY2', 'resolveUnknown', { msgid, decision: 'adopt', setlId: lost?.setl_id, reason: '测试' }));
    expect(adopted).toMatchObject({ ...lost?.amounts, setlId: lost?.setl_id, kind: 'final' });
    await expectBooksAgree(rig);
    await expectReadModelEqualsState(rig, 'ZYCARRY2');
    await stay.cancelAdmission();
  }, 60_000);

  test('an accident (med_type 22) is refused without its filing number and carries it where there is one', async () => {
    const patient = { ...demoPatient('A'), iptNo: 'ZYCARRY3' };
    expect(codeOf(await rig.admit(patient, { medType: '22' }))).toBe('ACCIDENT_NOT_FILED');
    expect(await rig.handle('ZYCARRY3').result()).toEqual({ stage: 'refused', settlements: [] });
    expect((await rig.records<{ ipt_no: string }>('visits')).map((visit) => visit.ipt_no)).not.toContain('ZYCARRY3');

    const stay = walk(rig, 'A', { iptNo: 'ZYCARRY4' });
    await stay.admit({ medType: '22', accidentFilingNo: 'WS2026110001' });
    const sent = await rig.store.read((manager) => manager.findOneByOrFail(Message, { workflowId: `admission/${HOSPITAL}/ZYCARRY4`, infno: '2401' }));
    const { mdtrtinfo } = decodeRequest(rig.profile, sent.request ?? '').input as unknown as Input2401;
    expect(JSON.parse(mdtrtinfo.expContent ?? '{}')).toEqual({ accident_filing_no: 'WS2026110001' });
    await stay.cancelAdmission();
  }, 60_000);

  test("a refused line keeps the platform's own words", async () => {
    const stay = walk(rig, 'A', { iptNo: 'ZYCARRY5' });
    await stay.admit();
    expect(await stay.upload()).toMatchObject({ uploaded: 9, refused: 1 });
    const lines = await rig.store.read((manager) => manager.findBy(FeeLine, { admissionId: `${HOSPITAL}/ZYCARRY5/1`, state: 'refused' }));
    expect(lines.map((line) => line.feedetl_sn)).toEqual(['A10']);
    expect(lines[0]?.refusalText).toMatch(/\[A10\].*(失效|不存在)/);
    await stay.cancelAdmission();
  }, 60_000);

  async function accounts(iptNo: string): Promise<Record<string, number>> {
    const names = ['account:personal', 'account:family', 'hospital:share', 'fund:310100', 'patient:receivable', 'income:medical'] as const;
    const balances = await rig.store.read((manager) =>
      Promise.all(names.map((account) => balance(manager, { institution: HOSPITAL, admissionId: `${HOSPITAL}/${iptNo}/1`, account }))),
    );
    return Object.fromEntries(names.map((name, index) => [name, balances[index] ?? 0]));
  }
});

describe.each(['3101', '3102'] as const)('费用预警 %s, where the division wants it', (infno) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig({ settings: { feeWarning: infno }, timeoutMs: 500 });
  }, 120_000);
  afterAll(() => rig.close(), 60_000);
  afterEach(() => rig.faults());

  test('its warnings come back with the upload and stand on the timeline; they block nothing', async () => {
    const stay = walk(rig, 'A', { iptNo: 'ZYWARN1' });
    await stay.admit();
    const uploaded = await stay.upload();
    expect(uploaded).toMatchObject({ uploaded: 9, refused: 1 });
    const asked = (await rig.records<{ infno: string }>('messages')).filter((message) => /^310\d$/.test(message.infno));
    expect(new Set(asked.map((message) => message.infno))).toEqual(new Set([infno]));
    expect(uploaded['warnings']).toContainEqual(expect.stringMatching(/^超限价：明细\[A01\]单价58.00元高于限价40.00元/));
    expect(await warnings('ZYWARN1')).toEqual([expect.stringContaining('费用预警：超限价：明细[A01]')]);
    await expectReadModelEqualsState(rig, 'ZYWARN1');
    await stay.cancelAdmission();
  }, 60_000);

  test('a plain violation by the platform stops the batch before anything is charged', async () => {
    const stay = walk(rig, 'A', { iptNo: 'ZYWARN2' });
    await stay.admit();
    const [line] = demoFees('A');
    const rows = [{ ...line, cnt: '1001', pric: '58.00', det_item_fee_sumamt: '58058.00' }];
    const refused = await rig.uploadFees('ZYWARN2', rows as Record<string, string>[]);
    expect(refused).toMatchObject({ status: 'refused', refusal: { code: 'FEE_WARNING', message: expect.stringContaining('超量') } });
    expect((await rig.state('ZYWARN2')).fees.uploaded).toBe(0);
    expect(await rig.records('lines')).toEqual([]);
    expect(await warnings('ZYWARN2')).toEqual([expect.stringContaining('超量')]);
    await expectReadModelEqualsState(rig, 'ZYWARN2');
    await stay.cancelAdmission();
  }, 60_000);

  test('an analysis that gives no answer is no reason not to charge', async () => {
    const stay = walk(rig, 'A', { iptNo: 'ZYWARN3' });
    await stay.admit();
    await rig.faults({ infno, kind: 'reset', times: 50 });
    expect(await stay.upload()).toMatchObject({ uploaded: 9, warnings: ['费用预警未取得：医保平台无应答'] });
    await expectReadModelEqualsState(rig, 'ZYWARN3');
    await stay.cancelAdmission();
  }, 60_000);

  async function warnings(iptNo: string): Promise<string[]> {
    const rows = await rig.store.read((manager) => manager.findBy(TimelineEvent, { admissionId: `${HOSPITAL}/${iptNo}/1`, kind: 'feesWarned' }));
    return rows.map((row) => row.text);
  }
});
