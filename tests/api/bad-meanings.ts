import { Admission, Message } from '../../store/entities';
import type { Tokens } from '../../runtime/tokens';
import type { Ground } from '../stack/ground';
import { admitBody, settleBody, walkStay, type Person } from '../stack/hospital';
import type { Answer, Ask } from './harness';
import type { RowCounts } from './standing';

/** Where the cases below happen: two stays at the running product, and what the test file expects of each case. */
export interface World {
  readonly ground: Ground;
  readonly tokens: Tokens;
  /** In hospital with fees, and its person. */
  readonly stay: string;
  readonly person: Person;
  /** Discharged, ready to be settled. */
  readonly leaving: string;
  send(path: string, options?: Ask): Promise<Answer>;
  expectRefused(answer: Answer, code?: string): void;
  /** Nothing but these rows is new, and nothing at the centre. */
  expectLeft(leaves?: RowCounts): Promise<void>;
  /** What was done on purpose becomes what the next case starts from. */
  settleDown(): Promise<void>;
}

/** Input that is well formed, so that only the process or the platform can tell what is wrong with it, or that nothing is. */
export interface BadMeaning {
  readonly id: string;
  run(world: World): Promise<void>;
}

const REFUSED_STEP: RowCounts = { Command: 1 };

let keys = 0;
const key = (): string => `meaning-${(keys += 1)}`;

async function control(world: World, method: string, path: string, body: object): Promise<Record<string, unknown>> {
  const url = `${world.ground.stack.sandbox.national}/${path}`;
  const answer = await fetch(url, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

const moveClock = (world: World, offsetMs: number): Promise<unknown> => control(world, 'PUT', '_clock', { offsetMs });

/** The person opens the e-voucher: what a scanner would read now. */
async function shownCode(world: World, { certno }: Person): Promise<string> {
  return String((await control(world, 'POST', '_qrcodes', { certno }))['ecQrCode']);
}

const voucher = (person: Person, credential: object): object => ({ ...settleBody(person), credential: { type: '01', ...credential } });

const preSettle = (world: World, credential: object): Promise<Answer> =>
  world.send(`POST /v1/admissions/${world.stay}/pre-settlement`, { key: key(), body: voucher(world.person, credential), prefer: 'wait=20' });

/** Refused, by the platform's own words where it was asked. */
async function expectNoToken(world: World, answer: Answer, code: string): Promise<void> {
  world.expectRefused(answer, code);
  expect(answer.body['platform']).toMatchObject({ infno: expect.stringMatching(/^\d{4}/), text: expect.stringMatching(/\p{Script=Han}/u) });
  await world.expectLeft({ ...REFUSED_STEP, Message: 1 });
}

const feeLine = (serial: string, code: string): object => ({
  feedetl_sn: serial, fee_ocur_time: '2026-11-03 10:12:00', med_list_codg: code, medins_list_codg: 'XM9', medins_list_name: '示例项目', cnt: '1', pric: '10.00',
  det_item_fee_sumamt: 1_000, bilg_dept_codg: '0304', bilg_dept_name: '血管外科', bilg_dr_codg: 'D990100000011', bilg_dr_name: '示例医师甲',
});

/** A line that the centre does not take is no bad request: it is refused by its number, kept with the centre's words, and counts nowhere. */
async function expectLineRefused(world: World, code: string, days: { begndate: string; enddate: string }, words: RegExp): Promise<void> {
  const item = { med_list_codg: code, name: '示例项目', listType: 'service', chrgitm_lv: '01', med_chrgitm_type: '03', ...days };
  await control(world, 'PUT', '_data', { items: [item] });
  await world.settleDown();
  const answer = await world.send(`POST /v1/admissions/${world.stay}/fees`, { key: key(), body: { lines: [feeLine(`L-${code.slice(-4)}`, code)] }, prefer: 'wait=20' });
  expect([answer.status, answer.body.result]).toMatchObject([200, { uploaded: 0, refused: 1 }]);
  await world.expectLeft({ Command: 1, FeeUpload: 1, FeeLine: 1, Message: 1, StepReceipt: 1, TimelineEvent: 1 });
  const { items } = (await world.send(`GET /v1/admissions/${world.stay}/fees?state=refused`)).body;
  expect(items?.find((line) => line['med_list_codg'] === code)).toMatchObject({ refusalText: expect.stringMatching(words) });
}

async function admitted(world: World, form: object): Promise<Record<string, unknown>> {
  const person = await world.ground.person();
  const iptNo = `NAME${(keys += 1)}`;
  const body = admitBody(person, iptNo) as { form: object };
  const answer = await world.send('POST /v1/admissions', { key: key(), body: { ...body, form: { ...body.form, ...form } }, prefer: 'wait=20' });
  expect(answer.status).toBe(201);
  await world.settleDown();
  const row = await world.ground.store.read((manager) => manager.findOneByOrFail(Admission, { ipt_no: iptNo }));
  return (row.form as { form: Record<string, unknown> }).form;
}

export const BAD_MEANINGS: readonly BadMeaning[] = [
  {
    id: 'ids and idempotency: same key other user',
    run: async (world) => {
      const order = { key: key(), body: { amountFen: 100, method: 'cash', receiptNo: 'R1' } };
      const path = `POST /v1/admissions/${world.stay}/deposits`;
      expect((await world.send(path, order)).status).toBe(200);
      await world.settleDown();
      const colleague = await world.tokens.issueDevToken({ sub: '0102', name: '同事', institution: 'H99000000001', roles: ['clerk'], expiresIn: '1h' });
      world.expectRefused(await world.send(path, { ...order, token: colleague }), 'IDEMPOTENCY_KEY_REUSED');
      await world.expectLeft();
    },
  },
  {
    id: 'ids and idempotency: id of another tenant',
    run: async (world) => {
      const token = world.ground.stack.tokens.otherInstitution;
      world.expectRefused(await world.send(`GET /v1/admissions/${world.stay}`, { token }), 'ADMISSION_NOT_FOUND');
      world.expectRefused(await world.send(`POST /v1/admissions/${world.stay}/cancellation`, { token, key: key(), body: { reason: '试试' } }), 'ADMISSION_NOT_FOUND');
      await world.expectLeft();
    },
  },
  {
    id: 'search, paging, export: page beyond end',
    run: async (world) => {
      const cursor = Buffer.from(JSON.stringify([0, ''])).toString('base64url');
      const answer = await world.send(`GET /v1/admissions?cursor=${cursor}`);
      expect([answer.status, answer.body.items, answer.body.nextCursor]).toEqual([200, [], null]);
    },
  },
  {
    id: 'money: fund+account+cash≠total',
    run: async (world) => {
      await world.ground.faults({ infno: '2303', phase: 'after-commit', kind: 'brokenSum' });
      const answer = await world.send(`POST /v1/admissions/${world.stay}/pre-settlement`, { key: key(), body: settleBody(world.person), prefer: 'wait=20' });
      world.expectRefused(answer, 'AMOUNTS_INCONSISTENT');
      await world.expectLeft({ ...REFUSED_STEP, Message: 1, StepReceipt: 1, AbnormalItem: 1 });
      expect((await world.send(`GET /v1/admissions/${world.stay}/money`)).body['preSettlement']).toBeNull();
    },
  },
  {
    id: 'codes and clinical: retired catalogue code',
    run: (world) => expectLineRefused(world, '009900000019901', { begndate: '2025-01-01', enddate: '2026-10-31' }, /已失效/),
  },
  {
    id: 'codes and clinical: code of another version date',
    run: (world) => expectLineRefused(world, '009900000029902', { begndate: '2026-11-10', enddate: '2099-12-31' }, /已失效/),
  },
  {
    id: 'codes and clinical: institution suspended today',
    run: async (world) => {
      const person = await world.ground.person();
      await world.ground.faults({ infno: '2401', phase: 'before-commit', kind: 'businessError', text: '[机构管理]定点医药机构今日暂停服务' });
      await world.settleDown();
      const answer = await world.send('POST /v1/admissions', { key: key(), body: admitBody(person, 'SUSPENDED'), prefer: 'wait=20' });
      world.expectRefused(answer, 'PLATFORM_REFUSED');
      expect(answer.body['platform']).toMatchObject({ infno: '2401', text: expect.stringContaining('今日暂停服务') });
      await world.expectLeft({ Command: 1, Admission: 1, Message: 3, StepReceipt: 1, TimelineEvent: 1 });
    },
  },
  {
    id: 'e-credential QR / scanner: code expired 1 s ago',
    run: async (world) => {
      const qrCode = await shownCode(world, world.person);
      await moveClock(world, 61_000);
      const answer = await preSettle(world, { qrCode }).finally(() => moveClock(world, 0));
      await expectNoToken(world, answer, 'CREDENTIAL_EXPIRED');
    },
  },
  {
    id: 'e-credential QR / scanner: code used twice',
    run: async (world) => {
      const qrCode = await shownCode(world, world.person);
      expect((await preSettle(world, { qrCode })).status).toBe(200);
      await world.settleDown();
      await expectNoToken(world, await preSettle(world, { qrCode }), 'CREDENTIAL_EXPIRED');
    },
  },
  {
    id: 'e-credential QR / scanner: code of test environment',
    run: async (world) => expectNoToken(world, await preSettle(world, { qrCode: '9999000000000000000000000001' }), 'CREDENTIAL_EXPIRED'),
  },
  {
    id: 'e-credential QR / scanner: caps-lock inverted case',
    run: async (world) => expectNoToken(world, await preSettle(world, { no: 'ecAB12CD34EF56' }), 'CREDENTIAL_EXPIRED'),
  },
  {
    id: 'e-credential QR / scanner: ecToken of other person',
    run: async (world) => {
      const stranger = await world.ground.person();
      const qrCode = await shownCode(world, stranger);
      await world.settleDown();
      const answer = await world.send(`POST /v1/admissions/${world.leaving}/settlement`, { key: key(), body: voucher(stranger, { qrCode }), prefer: 'wait=20' });
      world.expectRefused(answer, 'PERSON_MISMATCH');
      await world.expectLeft({ ...REFUSED_STEP, Message: 3 });
    },
  },
  {
    id: 'e-credential QR / scanner: ecToken of other institution',
    run: async (world) => {
      const traveller = await world.ground.person();
      const qrCode = await shownCode(world, traveller);
      const body = { ...admitBody(traveller, 'ELSEWHERE'), credential: { type: '01', qrCode } };
      expect((await world.send('POST /v1/admissions', { token: world.ground.stack.tokens.otherInstitution, key: key(), body, prefer: 'wait=20' })).status).toBe(201);
      const decoded = await world.ground.store.read((manager) => manager.findOneByOrFail(Message, { infno: '1162', institution: 'H99000000003' }));
      const no = /"ecToken"\s*:\s*"(EC[0-9a-f]+)"/.exec(JSON.stringify(decoded.answer).replaceAll('\\"', '"'))?.[1];
      expect(no).toBeDefined();
      await world.settleDown();
      await expectNoToken(world, await preSettle(world, { no }), 'CREDENTIAL_EXPIRED');
    },
  },
  {
    id: 'e-credential QR / scanner: clock skew ±5 min',
    run: async (world) => {
      for (const offsetMs of [300_000, -300_000]) {
        await moveClock(world, offsetMs);
        const answer = await preSettle(world, { qrCode: await shownCode(world, world.person) }).finally(() => moveClock(world, 0));
        // A code lives by the centre's clock alone, so nobody is turned away for ours.
        expect(answer.status).toBe(200);
      }
      await world.settleDown();
    },
  },
  { id: 'names and text: one char', run: async (world) => expect(await admitted(world, { chfpdr_name: '甲' })).toMatchObject({ chfpdr_name: '甲' }) },
  { id: 'names and text: rare char 𠮷 (4-byte)', run: async (world) => expect(await admitted(world, { chfpdr_name: '𠮷田' })).toMatchObject({ chfpdr_name: '𠮷田' }) },
];

/** Makes the two stays. */
export async function openStays({ hospital, person }: Ground, stay: string, leaving: string): Promise<Person> {
  const patient = await person();
  await walkStay(hospital, patient, stay, ['admit', 'deposit', 'fees']);
  await walkStay(hospital, await person(), leaving, ['admit', 'deposit', 'fees', 'preSettle', 'discharge']);
  return patient;
}
