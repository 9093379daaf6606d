import { Message } from '../../store/entities';
import { demoPatient, HOSPITAL, openRig, type Rig } from '../support/admission-rig';
import { showCode } from '../support/centre-acts';
import { codeOf, done, expectBooksAgree, expectReadModelEqualsState, liveAtCentre, openAbnormal, SETTLE, walk } from '../support/stay-walk';

/** A clerk's scanner reads the code of the patient's e-voucher; 1162 makes it a token before anything else is asked. */
describe.each([
  ['default', '1162'],
  ['riverside', '6101'],
])('profile %s', (profile, decoding) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig({ profile, timeoutMs: 500 });
  }, 120_000);
  afterAll(() => rig.close(), 60_000);
  afterEach(async () => {
    await rig.faults();
    await rig.setClock(Date.now());
  });

  let lost = 0;
  const A = demoPatient('A').patient.certno;
  const B = demoPatient('B').patient.certno;
  const scan = async (certno = A) => ({ credential: { type: '01' as const, qrCode: await showCode(rig, certno) } });

  test('a stay from admission to settlement on codes alone: each is decoded once, before the person is asked for', async () => {
    const stay = walk(rig, 'A', { iptNo: 'ZYSCAN1' });
    await stay.admit({ ...(await scan()), certno: A });
    await stay.pay();
    await stay.upload();
    done(await rig.command('ZYSCAN1', 'preSettle', { ...(await scan()), ...SETTLE }));
    if (!rig.profile.settleBeforeDischarge) await stay.discharge();
    const settled = await stay.settle(await scan());
    expect(settled).toMatchObject({ medfee_sumamt: 2118743, fund_pay_sumamt: 1324858, psn_cash_pay: 643885 });
    expect((await messagesOf('ZYSCAN1')).map((row) => row.infno).filter((infno) => infno === decoding)).toHaveLength(3);
    // 1101 and 2303 of a settlement go out together, so only the first message of a command has a fixed place.
    for (const command of await commandsOf('ZYSCAN1')) if (command.includes('1101') || command.includes(preSettlement())) expect(command[0]).toBe(decoding);
    expect(await usesOf('ZYSCAN1')).toEqual(['01103', '01301', '01301']);
    await agree('ZYSCAN1');
    await stay.cancelAdmission();
  }, 120_000);

  test('another credential costs no further message', async () => {
    const stay = walk(rig, 'B', { iptNo: 'ZYSCAN2' });
    await stay.untilSettlement();
    await stay.settle();
    expect((await messagesOf('ZYSCAN2')).map((row) => row.infno)).toEqual(expect.not.arrayContaining([decoding]));
    await stay.cancelAdmission();
  }, 120_000);

  test('a code that ran out, or was used, asks for a new scan; with it the same stay is settled', async () => {
    const stay = walk(rig, 'B', { iptNo: 'ZYSCAN3' });
    const used = await scan(B);
    await stay.admit(used);
    await stay.pay();
    await stay.upload();
    if (!rig.profile.settleBeforeDischarge) await stay.discharge();
    const again = await stay.trySettle(used);
    expect(again).toMatchObject({
      status: 'refused',
      refusal: { code: 'CREDENTIAL_EXPIRED', platform: { infno: '1162', text: expect.stringContaining('已被使用') } },
    });
    const old = await scan(B);
    await rig.setClock(Date.now() + 61_000);
    expect(await stay.trySettle(old)).toMatchObject({ refusal: { code: 'CREDENTIAL_EXPIRED', platform: { text: expect.stringContaining('已过期') } } });
    expect(await stay.trySettle({ credential: { type: '01', qrCode: '9901999999999999999999999999' } })).toMatchObject({ refusal: { code: 'CREDENTIAL_EXPIRED' } });
    expect(await rig.state('ZYSCAN3')).toMatchObject({ unknown: null, held: null, settlements: [] });
    await stay.settle(await scan(B));
    await agree('ZYSCAN3');
    await stay.cancelAdmission();
  }, 120_000);

  test('the code of somebody else settles and admits nobody', async () => {
    const stay = walk(rig, 'A', { iptNo: 'ZYSCAN4' });
    await stay.untilSettlement();
    expect(codeOf(await stay.trySettle(await scan(B)))).toBe('PERSON_MISMATCH');
    expect(codeOf(await rig.command('ZYSCAN4', 'preSettle', { ...(await scan(B)), ...SETTLE }))).toBe('PLATFORM_REFUSED');
    expect(await liveAtCentre(rig)).toEqual([]);
    await agree('ZYSCAN4');
    await stay.cancelAdmission();
    const other = await rig.admit(demoPatientAs('ZYSCAN5'), { ...(await scan(B)), certno: A });
    expect(codeOf(other)).toBe('PERSON_MISMATCH');
    expect(await rig.handle('ZYSCAN5').result()).toMatchObject({ stage: 'refused' });
  }, 120_000);

  test.each([
    ['cut after the centre used it up', 'after-commit', 'reset'],
    ['cut before',                      'before-commit', 'reset'],
    ['no answer',                       'after-commit', 'hang'],
    ['a time-out in disguise',          'after-commit', 'disguisedTimeout'],
    ['busy',                            'before-commit', 'busy'],
  ])('an answer to the decoding that is lost (%s) asks for a new scan and leaves no question open', async (_what, phase, kind) => {
    const iptNo = `ZYLOST${(lost += 1)}`;
    const stay = walk(rig, 'B', { iptNo });
    await stay.untilSettlement();
    await rig.faults({ infno: '1162', phase, kind, times: 9 });
    expect(codeOf(await stay.trySettle(await scan(B)))).toBe('CREDENTIAL_EXPIRED');
    expect((await messagesOf(iptNo)).filter((row) => row.infno === decoding).map((row) => [row.outcome, row.resolution])).toEqual([['unknown', null]]);
    expect(await rig.state(iptNo)).toMatchObject({ unknown: null, settlements: [] });
    await rig.faults();
    await stay.settle(await scan(B));
    await agree(iptNo);
    await stay.cancelAdmission();
  }, 120_000);

  test('a sign-in that lapsed is renewed and the code is read after all', async () => {
    await rig.faults({ infno: '1162', phase: 'before-commit', kind: 'expireSign' });
    const stay = walk(rig, 'B', { iptNo: 'ZYSCAN6' });
    await stay.admit(await scan(B));
    await stay.cancelAdmission();
  }, 60_000);

  test('a settlement lost on the way is settled anew on the token of the one code', async () => {
    const stay = walk(rig, 'A', { iptNo: 'ZYSCAN7' });
    await stay.untilSettlement();
    await rig.faults({ infno: '2304', nth: 1, phase: 'after-commit', kind: 'reset' });
    const settled = await stay.settle(await scan());
    expect(await liveAtCentre(rig)).toEqual([settled['setlId']]);
    const sent = (await messagesOf('ZYSCAN7')).map((row) => row.infno);
    expect([sent.filter((infno) => infno === decoding).length, sent.filter((infno) => /^2304/.test(infno)).length]).toEqual([1, 2]);
    await agree('ZYSCAN7');
    await stay.cancelAdmission();
  }, 120_000);

  async function agree(iptNo: string): Promise<void> {
    await expectBooksAgree(rig);
    await expectReadModelEqualsState(rig, iptNo);
    expect(await openAbnormal(rig, iptNo)).toEqual([]);
  }

  function messagesOf(iptNo: string): Promise<Message[]> {
    return rig.store.read((manager) => manager.find(Message, { where: { workflowId: `admission/${HOSPITAL}/${iptNo}` }, order: { id: 'ASC' } }));
  }

  /** Numbers as sent, in their order, command by command. */
  async function commandsOf(iptNo: string): Promise<string[][]> {
    const rows = await messagesOf(iptNo);
    return [...new Set(rows.map((row) => row.commandId))].map((id) => rows.filter((row) => row.commandId === id).map((row) => row.infno));
  }

  function preSettlement(): string {
    return rig.profile.forms['2303'] ?? '2303';
  }

  /** 用码业务类型 of each decoding, as it stands in the message. */
  async function usesOf(iptNo: string): Promise<(string | undefined)[]> {
    const rows = (await messagesOf(iptNo)).filter((row) => row.infno === decoding);
    return rows.map((row) => /businessType[^\d]+(\d{5})/.exec(row.request ?? '')?.[1]);
  }
});

function demoPatientAs(iptNo: string): ReturnType<typeof demoPatient> {
  return { ...demoPatient('A'), iptNo };
}
