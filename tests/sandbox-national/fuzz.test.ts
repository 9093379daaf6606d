import { encodeRequest } from '../../domain/national/codec';
import type { Infno } from '../../schemas/national/generated';
import { type Centre, Hospital, openCentre, profileNamed, Stay } from './hospital';

const ROUNDS = 1500;
const seed = Number(process.env['FUZZ_SEED'] ?? 20261122);

/** Values that programs send when they are wrong. */
const BAD: readonly unknown[] = [
  null, '', ' ', 0, -1, 1.5, 1e300, '-0', '1E5', '9999999999999999', '99999999999999.99', '-99999999999999.99', '0.0001',
  '999999999999.9999', '９', '2026-02-29', '2026-13-01 00:00:00', '0001-01-01 00:00:00', '9999-12-31 23:59:59', true, [], {},
  [[]], [{}], 'x'.repeat(5000), '𠮷', "'; DROP TABLE visit; --", '%', '0000', '__proto__', '\u0000', '\ud800', '{"a":', '310', '510',
  '2', '1', '01', '99010000000000000000000002', 'H99000000002',
];

/** A small repeatable generator of numbers in [0, 1). */
function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Valid messages with one to three members spoilt: each gets an envelope, and the program never fails. */
test(`spoilt messages (seed ${seed})`, async () => {
  const centre: Centre = await openCentre(profileNamed('default', { url: { style: 'one', prefix: '/' } }));
  const hospital = new Hospital(centre);
  const signNo = await hospital.signIn();
  const stay = new Stay(hospital, 'A');
  await stay.admit();
  await stay.upload([stay.charge('Z1')]);
  const random = randomFrom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const ids = { ...stay.ids, setl_id: '1' };
  const inputs: readonly (readonly [Infno, object])[] = [
    ['1101', { data: stay.credential }],
    ['2001', { data: { psn_no: stay.psnNo, insutype: '310', fixmedins_code: hospital.code, med_type: '21', begntime: '2026-11-02 08:00:00' } }],
    ['2401', stay.admission()],
    ['2301', { feedetail: [stay.charge('Z2'), stay.charge('Z3', { cnt: '-1', det_item_fee_sumamt: '-100', init_feedetl_sn: 'Z1' })] }],
    ['2302', { data: [{ feedetl_sn: 'Z2', ...stay.ids }] }],
    ['2303', stay.settlement(100000)],
    ['2304', stay.settlement(100000)],
    ['2305', { data: ids }],
    ['2404', { data: stay.ids }],
    ['2405', { data: stay.ids }],
    ['2601', { data: { psn_no: stay.psnNo, omsgid: hospital.newMsgid(), oinfno: '2304' } }],
    ['5203', { data: ids }],
    ['5303', { data: { psn_no: stay.psnNo, begntime: '2026-11-01 00:00:00' } }],
    ['5206', { data: { psn_no: stay.psnNo, cum_ym: '202611' } }],
    ['4102', { data: { stastinfo: [{ psn_no: stay.psnNo, setl_id: '1', stas_type: '1' }] } }],
    ['3201', { data: { insutype: '310', clr_type: '21', setl_optins: '990100', stmt_begndate: '2026-11-01', stmt_enddate: '2026-11-30', medfee_sumamt: 0, fund_pay_sumamt: 0, acct_pay: 0, fixmedins_setl_cnt: 0 } }],
    ['9101', { fsUploadIn: { in: Buffer.from('PK\u0003\u0004'), filename: 'a.zip', fixmedins_code: hospital.code } }],
  ];
  const bodies = inputs.map(([infno, input]) => {
    const header = {
      msgid: hospital.newMsgid(), mdtrtarea_admvs: '990100', insuplc_admdvs: '990100', opter_type: '1', opter: 'op1', opter_name: '示例经办',
      inf_time: '2026-11-22 08:00:00', fixmedins_code: hospital.code, fixmedins_name: '示例一院', sign_no: signNo,
    };
    return encodeRequest(centre.profile, infno, header, input as never).body;
  });
  const codes = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const message = JSON.parse(pick(bodies)) as Record<string, unknown>;
    message['msgid'] = hospital.newMsgid();
    const spoils = 1 + Math.floor(random() * 3);
    for (let spoil = 0; spoil < spoils; spoil += 1) spoilOne(message, pick, random);
    const raw = await hospital.post(centre.sandbox.url, JSON.stringify(message));
    const answer = JSON.parse(raw.body.toString('utf8')) as { infcode: number; err_msg: string };
    expect([raw.status, typeof answer.infcode, answer.err_msg]).not.toContain('系统异常，请联系医保中心');
    expect(raw.status).toBe(200);
    codes.set(String(answer.infcode), (codes.get(String(answer.infcode)) ?? 0) + 1);
  }
  expect(centre.errors).toEqual([]);
  // Both happen, or the test spoils nothing or everything.
  expect(codes.get('0')).toBeGreaterThan(5);
  expect(codes.get('-1')).toBeGreaterThan(500);
  await centre.close();
}, 120_000);

/** Replaces or removes one member somewhere in the input, seldom in the header. */
function spoilOne(message: Record<string, unknown>, pick: <T>(values: readonly T[]) => T, random: () => number): void {
  const places: [Record<string, unknown>, string][] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      places.push([value as Record<string, unknown>, name]);
      walk(member);
    }
  };
  walk(random() < 0.15 ? message : message['input']);
  if (places.length === 0) return;
  const [owner, name] = pick(places);
  if (random() < 0.1) delete owner[name];
  else owner[name] = structuredClone(pick(BAD));
}
