import { balance } from '../../activities/ledger';
import { demoFees, demoPatient, HOSPITAL, openRig, type Rig } from '../support/admission-rig';
import { codeOf, done, expectBooksAgree, expectReadModelEqualsState, liveAtCentre, openAbnormal, SELF_PAYING, walk } from '../support/stay-walk';

/** The same stories on both shipped profiles: order of work, names on the wire and readings of amounts differ. */
describe.each(['default', 'riverside'])('profile %s', (profile) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig({ profile });
  }, 120_000);
  afterAll(() => rig.close(), 60_000);
  afterEach(() => rig.faults());

  test('A: a whole stay, a lost answer, its recovery, cancellation, A2', async () => {
    const stay = walk(rig, 'A');
    const { iptNo } = stay;
    await stay.admit();
    await stay.pay();
    await stay.upload();
    const wrong = profile === 'default' ? await stay.trySettle() : await rig.command(iptNo, 'discharge', dischargeOf(stay.patient));
    expect(codeOf(wrong)).toBe(profile === 'default' ? 'NOT_DISCHARGED' : 'NOT_SETTLED');
    const uploaded = await rig.state(iptNo);
    expect([uploaded.fees.unsettled.medfee, uploaded.fees.refused]).toEqual([2118743, 1]);
    expect(await stay.preSettle()).toMatchObject({ fund_pay_sumamt: 1324858, acct_pay: 150000, psn_cash_pay: 643885 });

    // The centre books the settlement, the answer is cut: the till freezes, 2601 abandons it, it is settled anew.
    await rig.faults({ infno: '2304', nth: 1, phase: 'after-commit', kind: 'reset' });
    const settled = await stay.leave();
    expect(settled).toMatchObject({
      medfee_sumamt: 2118743, fund_pay_sumamt: 1324858, psn_cash_pay: 643885, depositApplied: 643885, depositRefund: 156115, topUp: 0,
    });
    expect(await liveAtCentre(rig)).toEqual([settled['setlId']]);
    expect(await rig.state(iptNo)).toMatchObject({ stage: 'settled', endtime: stay.patient.discharge['endtime'] });
    await agree(iptNo);

    await stay.comeBack(settled['setlId']);
    expect(await rig.state(iptNo)).toMatchObject({ stage: 'admitted', deposit: 800000, endtime: null });
    await agree(iptNo);
    await stay.upload(demoFees('A2'));
    expect(await stay.leave(demoPatient('A2'))).toMatchObject({
      medfee_sumamt: 2115543, fund_pay_sumamt: 1321914, acct_pay: 150000, psn_cash_pay: 643629, depositRefund: 156371,
    });
    const deposit = await rig.store.read((manager) => balance(manager, { institution: HOSPITAL, account: 'patient:deposit' }));
    expect(deposit).toBe(0);
    await agree(iptNo);
  }, 120_000);

  test.each(['B', 'D'])('%s settles to the fen', async (name) => {
    const stay = walk(rig, name);
    await stay.admit();
    await stay.pay();
    await stay.upload();
    const settled = await stay.leave();
    const { setlinfo, deposit } = stay.patient.expected;
    expect(settled).toMatchObject({
      medfee_sumamt: setlinfo['medfee_sumamt'], fund_pay_sumamt: setlinfo['fund_pay_sumamt'], psn_cash_pay: setlinfo['psn_cash_pay'],
      depositApplied: deposit['applied'], depositRefund: deposit['refund'], topUp: deposit['topUp'],
    });
    await agree(stay.iptNo);
  }, 120_000);

  test('C: everything is undone in the only order allowed, each wrong order refused', async () => {
    const before = await personBooks();
    const stay = walk(rig, 'C');
    const { iptNo } = stay;
    await stay.admit();
    await stay.pay();
    await stay.upload();
    const settled = await stay.leave();
    const setlId = settled['setlId'];
    expect(await stay.submitList(setlId)).toMatchObject({ setl_list_id: expect.any(String) });
    expect((await rig.state(iptNo)).undo.map((step) => step.act).at(-1)).toBe('list');
    const tooEarly = await rig.command(iptNo, profile === 'default' ? 'cancelDischarge' : 'cancelSettlement', { setlId, reason: '测试' });
    expect(codeOf(tooEarly)).toBe(profile === 'default' ? 'SETTLEMENT_FIRST' : 'DISCHARGE_FIRST');

    expect(await stay.cancelAdmission()).toEqual({ stage: 'cancelled' });
    expect(await liveAtCentre(rig)).not.toContain(setlId);
    expect(await personBooks()).toEqual(before);
    await expectBooksAgree(rig);
    const lists = await rig.records<{ setl_id: string; stas_type: string }>('lists');
    expect(lists.find((list) => list.setl_id === setlId)).toMatchObject({ stas_type: '0' });
    // The deposit that the settlement had used was restored, then paid back with the admission.
    const admissionId = `${HOSPITAL}/${iptNo}/1`;
    for (const account of ['patient:deposit', 'patient:receivable', 'cash', 'income:medical'] as const) {
      expect(await rig.store.read((manager) => balance(manager, { institution: HOSPITAL, admissionId, account }))).toBe(0);
    }
    expect(await openAbnormal(rig, iptNo)).toEqual([]);
    expect(await rig.handle(iptNo).result()).toEqual({ stage: 'cancelled', settlements: [] });
  }, 120_000);

  test('the number of a cancelled admission is opened again only where the division allows it', async () => {
    const patient = { ...demoPatient('C'), iptNo: 'ZYAGAIN1' };
    const first = walk(rig, 'C', patient);
    await first.admit();
    await first.cancelAdmission();
    const again = await rig.admit(patient, { round: 2 });
    if (profile === 'default') {
      done(again);
      expect(await rig.state(patient.iptNo)).toMatchObject({ stage: 'admitted', round: 2 });
      await agree(patient.iptNo);
      await first.cancelAdmission();
    } else {
      expect(codeOf(again)).toBe('PLATFORM_REFUSED');
      expect(await rig.handle(patient.iptNo).result()).toMatchObject({ stage: 'refused' });
    }
  }, 120_000);

  test('an entitlement refused: a self-pay stay with the reason, its deposit paid back in the end', async () => {
    const stay = walk(rig, 'A', { ...SELF_PAYING, iptNo: 'ZYSELF1' });
    expect(await stay.admit()).toEqual({ stage: 'selfPay', reason: expect.stringContaining('暂停参保') });
    await stay.pay();
    expect(codeOf(await stay.trySettle())).toBe('STAY_IS_SELF_PAY');
    expect(await rig.state('ZYSELF1')).toMatchObject({ stage: 'selfPay', mdtrtId: null, deposit: 800000 });
    expect((await rig.records<{ ipt_no: string }>('visits')).map((visit) => visit.ipt_no)).not.toContain('ZYSELF1');
    await agree('ZYSELF1');
    expect(await stay.cancelAdmission()).toEqual({ stage: 'cancelled' });
    const owed = await rig.store.read((manager) => balance(manager, { institution: HOSPITAL, admissionId: `${HOSPITAL}/ZYSELF1/1`, account: 'patient:deposit' }));
    expect(owed).toBe(0);
    // A kind of insurance that the person has no row of is refused.
    expect(codeOf(await rig.admit({ ...stay.patient, iptNo: 'ZYSELF2', patient: { ...SELF_PAYING.patient, insutype: '390' } }))).toBe('INSURANCE_NOT_FOUND');
  }, 60_000);

  async function agree(iptNo: string): Promise<void> {
    await expectBooksAgree(rig);
    await expectReadModelEqualsState(rig, iptNo);
    expect(await openAbnormal(rig, iptNo)).toEqual([]);
  }

  /** Accounts and accumulators at the centre: undoing a stay must restore them exactly. */
  async function personBooks(): Promise<unknown> {
    return { accounts: await rig.records('accounts'), accumulators: await rig.records('accumulators') };
  }
});

function dischargeOf({ discharge, dischargeDiagnoses }: ReturnType<typeof demoPatient>): object {
  const { endtime, ...form } = discharge;
  return { endtime, form, diagnoses: dischargeDiagnoses };
}
