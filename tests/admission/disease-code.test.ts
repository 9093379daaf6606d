import { Message } from '../../store/entities';
import { HOSPITAL, openRig, type Rig } from '../support/admission-rig';
import { SETTLE, walk } from '../support/stay-walk';

/** 病种编码 of a stay that is paid by disease: where the profile sends it, and that a centre which wants it gets it. */
const BY_DISEASE = { psnSetlway: '0201', diseCodg: 'BZ0001' };

describe.each([
  // profile        setting              what 2303 and 2304 carry
  ['default',       {},                                                 undefined],
  ['riverside',     {},                                                 { dise_codg: 'BZ0001' }],
  ['default',       { settlementDiseaseCode: 'expContent' } as const,   { expContent: '{"dise_codg":"BZ0001"}' }],
])('profile %s %j', (profile, settings, carried) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig({ profile, settings });
  }, 120_000);
  afterAll(() => rig.close(), 60_000);

  test(`a stay paid by disease is settled; the code goes out as ${JSON.stringify(carried)}`, async () => {
    const stay = walk(rig, 'B', { iptNo: 'ZYBZ1' });
    const { settleBeforeDischarge } = rig.profile;
    await stay.admit({ medType: '26' });
    await stay.pay();
    await stay.upload();
    const settle = { credential: stay.patient.credential, ...SETTLE, psnSetlway: '0201' };
    if (carried) {
      const wanting = { status: 'refused', refusal: { code: 'PLATFORM_REFUSED', platform: { text: expect.stringContaining('病种编码') } } };
      expect(await rig.command('ZYBZ1', 'preSettle', settle)).toMatchObject(wanting);
      // Paid by item, and still a single-disease stay.
      expect(await rig.command('ZYBZ1', 'preSettle', { ...settle, psnSetlway: '01' })).toMatchObject(wanting);
    }
    expect(await rig.command('ZYBZ1', 'preSettle', { ...settle, ...BY_DISEASE })).toMatchObject({ status: 'done' });
    if (!settleBeforeDischarge) await stay.discharge();
    if (carried) expect(await stay.trySettle({ psnSetlway: '0201' })).toMatchObject({ refusal: { code: 'PLATFORM_REFUSED' } });
    await stay.settle(BY_DISEASE);
    expect([await carriedBy('2303'), await carriedBy('2304')]).toEqual([carried, carried]);
    const [booked] = await rig.records<{ info: { psn_setlway: string; dise_codg?: string } }>('settlements');
    expect(booked?.info).toMatchObject({ psn_setlway: '0201', ...(carried ? { dise_codg: 'BZ0001' } : {}) });
    expect(booked?.info.dise_codg).toBe(carried && 'BZ0001');
  }, 60_000);

  test('a stay paid by item needs none', async () => {
    const stay = walk(rig, 'A', { iptNo: 'ZYBZ2' });
    await stay.untilSettlement();
    await stay.settle();
  }, 60_000);

  /** The members with the code in the last message of a transaction, as it was sent. */
  async function carriedBy(infno: '2303' | '2304'): Promise<unknown> {
    const where = { workflowId: `admission/${HOSPITAL}/ZYBZ1`, infno: rig.profile.forms[infno] ?? infno };
    const row = await rig.store.read((manager) => manager.findOneOrFail(Message, { where, order: { id: 'DESC' } }));
    const { input } = JSON.parse(row.request ?? '') as { input: unknown };
    const nodes = (typeof input === 'string' ? JSON.parse(input) : input) as Record<string, Record<string, unknown>>;
    const data = Object.values(nodes)[0] ?? {};
    const members = ['dise_codg', 'expContent', 'exp_content'].filter((name) => name in data);
    return members.length === 0 ? undefined : Object.fromEntries(members.map((name) => [name, data[name]]));
  }
});
