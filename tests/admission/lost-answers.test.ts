import { AbnormalItem, JournalEntry } from '../../store/entities';
import { HOSPITAL, demoPatient, openRig, type Rig } from '../support/admission-rig';
import { declareMonth, scanVoucher, withdrawDeclaration } from '../support/centre-acts';
import { codeOf, done, expectBooksAgree, expectReadModelEqualsState, liveAtCentre, openAbnormal, SETTLE, walk } from '../support/stay-walk';

/** Answers that do not come, come wrong or come with other amounts; cases of the fault matrix, one stay each. */
describe.each(['default', 'riverside'])('profile %s', (profile) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig({ profile, timeoutMs: 700 });
  }, 120_000);
  afterAll(() => rig.close(), 60_000);
  afterEach(() => rig.faults());

  test('2601 answered nothing though it was done: reversed once, the settlement made once more', async () => {
    const stay = await readyToSettle();
    await rig.faults(lost('2304'), lost('2601'));
    const settled = done(await stay.trySettle());
    expect(await liveAtCentre(rig)).toEqual([settled['setlId']]);
    expect(await timesReceived(stay.iptNo)).toMatchObject({ '2304': 2, '2601': 2 });
    await agreeAndEnd(stay);
  }, 60_000);

  test('2601 refused, the month being declared: frozen, a person adopts, and what is declared stays', async () => {
    const stay = await readyToSettle();
    await rig.faults(lost('2304'), { infno: '2601', phase: 'before-commit', kind: 'reset' });
    const settling = stay.trySettle();
    await until(async () => (await liveAtCentre(rig)).length === 1);
    const declaration = await declareMonth(rig);
    const refused = await settling;
    expect(codeOf(refused)).toBe('OUTCOME_UNKNOWN');
    const { unknown } = await rig.state(stay.iptNo);
    expect(unknown).toMatchObject({ needsPerson: true });
    expect(await openAbnormal(rig, stay.iptNo)).toEqual(['REVERSAL_REFUSED', 'SETTLEMENT_UNKNOWN']);
    expect(codeOf(await stay.trySettle())).toBe('OUTCOME_UNKNOWN');
    expect(codeOf(await rig.command(stay.iptNo, 'cancelAdmission', { reason: '测试' }))).toBe('OUTCOME_UNKNOWN');
    await expectReadModelEqualsState(rig, stay.iptNo);

    const [setlId] = await liveAtCentre(rig);
    const resolve = (payload: object) => rig.command(stay.iptNo, 'resolveUnknown', { msgid: unknown?.msgid, reason: '测试', ...payload });
    expect(codeOf(await resolve({ decision: 'adopt', setlId: '99010020260101000000' }))).toBe('SETTLEMENT_NOT_FOUND');
    expect(codeOf(await resolve({ decision: 'adopt', msgid: `${HOSPITAL}202601010000000001`, setlId }))).toBe('NOTHING_UNKNOWN');
    expect(done(await resolve({ decision: 'adopt', setlId }))).toMatchObject({ setlId, kind: 'final', fund_pay_sumamt: 1324858, psn_cash_pay: 643885 });
    expect(await rig.state(stay.iptNo)).toMatchObject({ stage: 'settled', unknown: null });
    expect(await openAbnormal(rig, stay.iptNo)).toEqual([]);
    await agree(stay.iptNo);

    const cancelling = await rig.command(stay.iptNo, 'cancelAdmission', { reason: '测试' });
    expect(cancelling).toMatchObject({ status: 'refused', refusal: { code: 'PLATFORM_REFUSED', platform: { infno: '2305', text: expect.stringContaining('已申报清算') } } });
    expect(await rig.state(stay.iptNo)).toMatchObject({ stage: 'settled' });
    await agree(stay.iptNo);
    await withdrawDeclaration(rig, declaration);
    await agreeAndEnd(stay);
  }, 60_000);

  test('the query is stale: "none" first, then "done"; nothing is sent twice', async () => {
    await rig.faults(...staleAfter('2401'));
    const stay = walk(rig, 'A', { iptNo: nextNumber() });
    await stay.admit();
    await stay.pay();
    await stay.upload();
    const settled = await stay.leave();
    if (profile === 'riverside') await stay.cancelDischarge();
    await rig.faults(...staleAfter('2305'));
    expect(await stay.cancelSettlement(settled['setlId'])).toMatchObject({ setl_id: settled['setlId'], depositRestoredFen: 800000 });
    expect(await timesReceived(stay.iptNo)).toMatchObject({ '2401': 1, '5303': 2, '2305': 1, '5203': 2 });
    await agreeAndEnd(stay);
  }, 60_000);

  test.each(['acceptAmounts', 'cancelSettlement'])('the centre settles other amounts than it computed: held, nothing booked, then %s', async (way) => {
    const stay = await readyToSettle();
    await stay.preSettle();
    const entries = await ledgerEntries();
    await rig.faults({ infno: '2304', phase: 'before-commit', kind: 'amountDrift', amountFen: 345 });
    expect(codeOf(await stay.trySettle())).toBe('SETTLEMENT_HELD');
    const { held, deposit } = await rig.state(stay.iptNo);
    expect(held?.ref).toMatchObject({ fund_pay_sumamt: 1324858 - 345, psn_cash_pay: 643885 + 345 });
    expect([deposit, await ledgerEntries()]).toEqual([800000, entries]);
    expect(await openAbnormal(rig, stay.iptNo)).toEqual(['SETTLEMENT_HELD']);
    expect(codeOf(await stay.trySettle())).toBe('SETTLEMENT_HELD');
    await agree(stay.iptNo);

    const setlId = held?.ref.setlId;
    done(await rig.command(stay.iptNo, way, { setlId, reason: '测试' }));
    const after = await rig.state(stay.iptNo);
    if (way === 'acceptAmounts') {
      expect(after).toMatchObject({ stage: 'settled', held: null, deposit: 0, settlements: [{ setlId, psn_cash_pay: 644230, depositApplied: 644230 }] });
    } else {
      expect(after).toMatchObject({ held: null, deposit: 800000, settlements: [] });
      expect(after.fees.unsettled.medfee).toBe(2118743);
      expect(await ledgerEntries()).toBe(entries);
      done(await stay.trySettle());
    }
    expect(await openAbnormal(rig, stay.iptNo)).toEqual([]);
    await agreeAndEnd(stay);
  }, 60_000);

  test('a voucher that ran out asks for a new scan and is never an unknown outcome', async () => {
    const iptNo = nextNumber();
    const patient = { ...demoPatient('A'), iptNo, credential: { type: '01' as const, no: await scanVoucher(rig, 'A') } };
    const inThreeHours = rig.now() + 3 * 3_600_000;
    await rig.setClock(inThreeHours);
    expect(codeOf(await rig.admit(patient))).toBe('CREDENTIAL_EXPIRED');
    expect(await rig.handle(iptNo).result()).toMatchObject({ stage: 'refused' });

    const stay = await readyToSettle();
    const [fresh, second] = [await scanVoucher(rig, 'A'), await scanVoucher(rig, 'A')];
    const before = await rig.state(stay.iptNo);
    await rig.setClock(inThreeHours + 3 * 3_600_000);
    expect(codeOf(await stay.trySettle({ credential: { type: '01', no: fresh } }))).toBe('CREDENTIAL_EXPIRED');
    // It lives through 1101 and 2303 and runs out before 2304.
    await rig.faults({ infno: '2304', kind: 'businessError', code: -1, text: '[电子凭证]电子凭证令牌已过期，请重新扫码' });
    const third = await scanVoucher(rig, 'A');
    expect(codeOf(await stay.trySettle({ credential: { type: '01', no: third } }))).toBe('CREDENTIAL_EXPIRED');
    expect(codeOf(await stay.trySettle({ credential: { type: '01', no: second } }))).toBe('CREDENTIAL_EXPIRED');
    expect(await rig.state(stay.iptNo)).toEqual(before);
    done(await stay.trySettle({ credential: { type: '01', no: await scanVoucher(rig, 'A') } }));
    await agreeAndEnd(stay);
    await rig.setClock(Date.now());
  }, 60_000);

  test("another person's credential is refused, at admission and at the till", async () => {
    const patient = { ...demoPatient('A'), iptNo: nextNumber() };
    expect(codeOf(await rig.admit(patient, { certno: demoPatient('B').patient.certno }))).toBe('PERSON_MISMATCH');
    const stay = await readyToSettle();
    const before = await rig.state(stay.iptNo);
    expect(codeOf(await stay.trySettle({ credential: demoPatient('B').credential }))).toBe('PERSON_MISMATCH');
    expect(await rig.state(stay.iptNo)).toEqual(before);
    await agreeAndEnd(stay);
  }, 60_000);

  test('2304 refused for a reason: nothing changed, the next settlement works', async () => {
    const stay = await readyToSettle();
    const before = await rig.state(stay.iptNo);
    await rig.faults({ infno: '2304', kind: 'businessError', code: -1, text: '[结算]该人员待遇等待期内，不能结算' });
    const refused = await stay.trySettle();
    expect(refused).toMatchObject({ status: 'refused', refusal: { code: 'PLATFORM_REFUSED', platform: { infno: '2304', text: expect.stringContaining('待遇等待期') } } });
    expect(await rig.state(stay.iptNo)).toEqual(before);
    done(await stay.trySettle());
    await agreeAndEnd(stay);
  }, 60_000);

  test('what the patient was told is not what is due: nothing is settled until it was said anew', async () => {
    const stay = await readyToSettle();
    expect(codeOf(await stay.trySettle({ expectedCashFen: 643884 }))).toBe('AMOUNT_MISMATCH');
    expect(await liveAtCentre(rig)).toEqual([]);
    done(await stay.trySettle({ expectedCashFen: 643885 }));
    await agreeAndEnd(stay);
  }, 60_000);

  test('2301 lost and its 2302 refused for a reason of its own: a person is told, nothing is sent anew until the lines are gone', async () => {
    const stay = walk(rig, 'A', { iptNo: nextNumber() });
    const { mdtrt_id } = await stay.admit();
    const refusal = { infno: '2302', kind: 'businessError', text: '[费用明细]该就诊的费用正在审核，暂不能撤销' };
    await rig.faults(lost('2301'), refusal);
    const uploading = stay.upload();
    await until(async () => (await openAbnormal(rig, stay.iptNo)).length > 0);
    expect(await openAbnormal(rig, stay.iptNo)).toEqual(['WITHDRAWAL_REFUSED']);
    expect((await rig.state(stay.iptNo)).fees.uploaded).toBe(0);
    const { uploaded } = await uploading;
    expect(await openAbnormal(rig, stay.iptNo)).toEqual([]);
    const [item] = await rig.store.read((manager) => manager.findBy(AbnormalItem, { workflowId: `admission/${HOSPITAL}/${stay.iptNo}` }));
    expect(item).toMatchObject({ state: 'closed', title: expect.stringContaining('正在审核') });
    const there = (await rig.records<{ mdtrt_id: string }>('lines')).filter((line) => line.mdtrt_id === mdtrt_id);
    expect(there).toHaveLength(Number(uploaded));
    await stay.pay();
    await stay.leave();
    await agreeAndEnd(stay);
  }, 60_000);

  test('single lines withdrawn though the answer of 2302 was lost', async () => {
    const stay = walk(rig, 'A', { iptNo: nextNumber() });
    await stay.admit();
    await stay.upload();
    const before = (await rig.state(stay.iptNo)).fees.unsettled.medfee;
    await rig.faults(lost('2302'));
    expect(await stay.withdrawFees(['A01', 'A02'])).toEqual({ withdrawn: 2 });
    expect((await rig.state(stay.iptNo)).fees.unsettled.medfee).toBe(before - 90000);
    const left = (await rig.records<{ feedetl_sn: string }>('lines')).map((line) => line.feedetl_sn);
    expect(left).not.toContain('A01');
    expect(codeOf(await rig.command(stay.iptNo, 'withdrawFees', { feedetlSns: ['A01'] }))).toBe('FEES_NOT_FOUND');
    await stay.pay();
    const settled = await stay.leave();
    expect(settled['medfee_sumamt']).toBe(before - 90000);
    await agreeAndEnd(stay);
  }, 60_000);

  let numbers = 0;
  function nextNumber(): string {
    numbers += 1;
    return `ZYLOST${numbers}`;
  }

  async function readyToSettle() {
    const stay = walk(rig, 'A', { iptNo: nextNumber() });
    await stay.untilSettlement();
    return stay;
  }

  /** The centre did it and the line was cut; and a query right afterwards does not see it yet. */
  function staleAfter(infno: string): object[] {
    return [{ infno, phase: 'after-commit', kind: 'staleRead', reads: 1 }, lost(infno)];
  }

  async function agree(iptNo: string): Promise<void> {
    await expectBooksAgree(rig);
    await expectReadModelEqualsState(rig, iptNo);
  }

  async function agreeAndEnd(stay: ReturnType<typeof walk>): Promise<void> {
    await agree(stay.iptNo);
    await stay.cancelAdmission();
    await expectBooksAgree(rig);
    expect(await openAbnormal(rig, stay.iptNo)).toEqual([]);
  }

  async function ledgerEntries(): Promise<number> {
    return rig.store.read((manager) => manager.countBy(JournalEntry, { institution: HOSPITAL }));
  }

  /** How often the centre met each transaction of a stay; A forms count as their base. */
  async function timesReceived(iptNo: string): Promise<Record<string, number>> {
    const { sent } = await rig.store.read(async (manager) => ({
      sent: await manager.query(`SELECT msgid FROM message WHERE workflow_id = 'admission/${HOSPITAL}/${iptNo}'`) as { msgid: string }[],
    }));
    const ours = new Set(sent.map((row) => row.msgid));
    const counts: Record<string, number> = {};
    for (const { msgid, infno } of await rig.records<{ msgid: string; infno: string }>('messages')) {
      const base = infno.replace(/A$/, '');
      if (ours.has(msgid)) counts[base] = (counts[base] ?? 0) + 1;
    }
    return counts;
  }
});

describe('a division where a person decides about a lost settlement', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig({ timeoutMs: 700, rules: { unknownSettlement: 'ask' } });
  }, 120_000);
  afterAll(() => rig.close(), 60_000);

  test('frozen at once; abandoned by a person, though 2601 is lost too; then settled', async () => {
    const stay = walk(rig, 'A');
    await stay.untilSettlement();
    await rig.faults(lost('2304'), lost('2601'));
    expect(codeOf(await stay.trySettle())).toBe('OUTCOME_UNKNOWN');
    const { unknown } = await rig.state(stay.iptNo);
    // The machine leaves it alone; what does not touch the settlement goes on.
    done(await rig.command(stay.iptNo, 'recordDeposit', { amountFen: 100, method: 'cash', receiptNo: 'R1' }));
    expect(codeOf(await rig.command(stay.iptNo, 'preSettle', { credential: stay.patient.credential, ...SETTLE }))).toBe('OUTCOME_UNKNOWN');
    expect(await liveAtCentre(rig)).toHaveLength(1);
    const abandon = () => rig.command(stay.iptNo, 'resolveUnknown', { msgid: unknown?.msgid, decision: 'abandon', reason: '测试' });
    expect(codeOf(await abandon())).toBe('OUTCOME_UNKNOWN');
    // Whoever began to abandon it may not adopt it: the reversal may have been done.
    const adopting = await rig.command(stay.iptNo, 'resolveUnknown', { msgid: unknown?.msgid, decision: 'adopt', setlId: 'X', reason: '测试' });
    expect(codeOf(adopting)).toBe('BEING_ABANDONED');
    expect(done(await abandon())).toMatchObject({ reversal: 'alreadyReversed' });
    expect(await openAbnormal(rig, stay.iptNo)).toEqual([]);
    expect(await liveAtCentre(rig)).toEqual([]);
    expect(done(await stay.trySettle())).toMatchObject({ psn_cash_pay: 643885, depositRefund: 156215 });
    await expectBooksAgree(rig);
    await expectReadModelEqualsState(rig, stay.iptNo);
  }, 60_000);
});

function lost(infno: string): object {
  return { infno, phase: 'after-commit', kind: 'reset' };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it did not come about in ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
