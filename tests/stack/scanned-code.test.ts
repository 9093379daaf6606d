import { serves } from '../support/serves';
import { showCode } from '../support/centre-acts';
import { openGround, type CentreMessage, type Ground } from './ground';
import { admitBody, MEDFEE, settleBody, walkStep, type End, type Person } from './hospital';
import { expectAllHolds } from './oracles';

/** The window's scanner: a stay through the API on what it reads from e-vouchers, in a province that decodes them by 6101. */
let ground: Ground;
beforeAll(async () => {
  ground = await openGround({ profile: 'riverside' });
}, 90_000);
afterAll(() => ground?.close(), 60_000);
afterEach(() => expectAllHolds(ground));

const PLACE = '/v1/admissions/SCAN1';

test('admitted, told the amounts and settled by scanned codes; an old code and another person’s are refused', async () => {
  const person = await ground.person();
  const stranger = await ground.person();
  const admission = admitBody(person, 'SCAN1') as { form: object };
  const form = { ...admission.form, tel: '00000000000' };
  const admitted = await ground.hospital.give('/v1/admissions', { ...admission, form, ...(await scan(person)) }, 'scan-admit');
  expect(admitted).toMatchObject({ code: null, result: { stage: 'admitted', psn_no: person.psn_no } });
  for (const step of ['deposit', 'fees'] as const) await walkStep(ground.hospital, person, 'SCAN1', step);
  const way = settleBody(person);
  expect(await give('pre-settlement', { ...way, ...(await scan(person)) }, 'scan-pre')).toMatchObject({ code: null, result: { medfee_sumamt: MEDFEE } });

  const used = await scan(person);
  expect((await give('pre-settlement', { ...way, ...used }, 'scan-used')).code).toBeNull();
  expect((await give('settlement', { ...way, ...used }, 'scan-settle-1')).code).toBe('CREDENTIAL_EXPIRED');
  expect((await give('settlement', { ...way, ...(await scan(stranger)) }, 'scan-settle-2')).code).toBe('PERSON_MISMATCH');
  const paying = { ...way, credential: { type: '01', qrCode: '134567890123456789' } };
  expect((await ground.hospital.post({ path: `${PLACE}/settlement`, body: paying, key: 'scan-settle-3' })).body.code).toBe('CREDENTIAL_IS_PAYMENT_CODE');
  const fresh = await scan(person);
  const settled = await give('settlement', { ...way, ...fresh }, 'scan-settle-4');
  expect(settled).toMatchObject({ code: null, result: { medfee_sumamt: MEDFEE } });

  // The same key again: the first answer, without a look at a code that is used up.
  const decoded = await sent('6101');
  expect(await give('settlement', { ...way, ...fresh }, 'scan-settle-4')).toMatchObject({ code: null, result: settled.result });
  expect(await sent('6101')).toBe(decoded);
  serves('ecred-if4-inpatient', 'visit-ip-scan', 'visit-ip-6101-decode');
}, 60_000);

async function scan(person: Person): Promise<{ credential: { type: '01'; qrCode: string } }> {
  const sandbox = { url: ground.stack.sandbox.national };
  return { credential: { type: '01', qrCode: await showCode({ sandbox }, person.certno) } };
}

function give(name: string, body: object, key: string): Promise<End> {
  return ground.hospital.give(`${PLACE}/${name}`, body, key);
}

async function sent(infno: string): Promise<number> {
  return (await ground.records<CentreMessage>('messages')).filter((message) => message.infno === infno).length;
}
