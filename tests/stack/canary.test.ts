import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import iconv from 'iconv-lite';
import { makeIdNumber } from '../support/identity';
import { openGround, type Ground } from './ground';
import { admitBody, orderOf, settleBody, walkStep, type Person } from './hospital';
import { expectAllHolds } from './oracles';

const NAME = '示例金丝雀';
const CERTNO = makeIdNumber('1988-08-08', 777);
const PHONE = '00077788899';
const TOKEN = 'EC9901CANARY0000777000077700';
const CONTACT = '示例雀友';
/** The code on the person's phone; the token that the centre gives for it is added when it is known. */
const QR_CODE = '9901777777777777777777777777';
const SECRETS: Record<string, string> = { NAME, CERTNO, PHONE, TOKEN, CONTACT, QR_CODE };
const IPT = 'CANARY1';
/** What the SDK itself notes of a local activity, past every codec: number, name and times. */
const LOCAL_ACTIVITY_NOTE = ['seq', 'attempt', 'activity_id', 'activity_type', 'complete_time', 'backoff', 'original_schedule_time'];

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
  await liveThroughEverything();
}, 180_000);
afterAll(() => ground?.close(), 60_000);

/** A stay with all that may write something down: a refusal, bad input, a lost answer, crashes. */
async function liveThroughEverything(): Promise<void> {
  const { hospital, stack } = ground;
  const person = await ground.person({ psn_name: NAME, certno: CERTNO, brdy: '1988-08-08', ec_qr_code: QR_CODE });
  issueVoucher(person);
  await hospital.post({ path: '/v1/admissions', body: { ...admitBody(person, IPT), certno: `${CERTNO}1`, [NAME]: PHONE }, key: 'canary-bad-1' });
  await hospital.post({ path: '/v1/admissions', body: { ...admitBody(person, IPT), credential: { type: '09', no: TOKEN } }, key: 'canary-bad-2' });
  await hospital.post({ path: '/v1/admissions', body: { ...admitBody(person, IPT), credential: { type: '02', qrCode: QR_CODE } }, key: 'canary-bad-4' });
  await hospital.post({ path: `/v1/admissions?certno=${CERTNO}&name=${encodeURIComponent(NAME)}`, body: {}, key: 'canary-bad-3' });
  await hospital.post({ path: `/v1/admissions/${CERTNO}/${encodeURIComponent(NAME)}`, body: {}, key: CERTNO });

  const admit = admitBody(person, IPT) as { form: object };
  const form = { ...admit.form, coner_name: CONTACT, tel: PHONE };
  const admitted = await hospital.give('/v1/admissions', { ...admit, form, credential: { type: '01', no: TOKEN } }, 'canary-admit');
  expect(admitted.code).toBeNull();
  await walkStep(hospital, person, IPT, 'deposit');
  await walkStep(hospital, person, IPT, 'fees');
  await ground.faults({ infno: '2303', phase: 'before-commit', kind: 'businessError', text: `患者${NAME}（${CERTNO}，电话${PHONE}）待遇已暂停` });
  const refused = await hospital.give(`/v1/admissions/${IPT}/pre-settlement`, settleBody(person), 'canary-refused');
  expect(refused.code).toBe('PLATFORM_REFUSED');
  await walkStep(hospital, person, IPT, 'preSettle');
  await walkStep(hospital, person, IPT, 'discharge');
  const stranger = await hospital.give(`/v1/admissions/${IPT}/settlement`, { ...settleBody(person), credential: { type: '01', no: `${TOKEN}9` } }, 'canary-token');
  expect(stranger.code).not.toBeNull();

  await ground.faults(
    { infno: '2304', phase: 'after-commit', kind: 'reset' },
    { infno: '2304', nth: 2, phase: 'in-answer', kind: 'delay', ms: 1_500 },
  );
  const { path, body, key } = orderOf(person, IPT, 'settle');
  const settling = hospital.give(path, { ...body, credential: { type: '01', qrCode: QR_CODE } }, key);
  await ground.untilFired('2304');
  await sleep(600);
  stack.kill('worker-admission-1', 'SIGKILL');
  expect((await settling).code).toBeNull();
  await stack.killAndWait('api', 'SIGKILL');
  await expectAllHolds(ground);
  SECRETS['DECODED'] = tokenOf(person);
}

/** The person's phone showed an e-voucher: known to the centre only. */
function issueVoucher(person: Person): void {
  const centre = openCentre();
  centre
    .prepare('INSERT INTO voucher (ec_token, psn_no, fixmedins_code, expires_at) VALUES (?, ?, ?, ?)')
    .run(TOKEN, person.psn_no, 'H99000000001', Date.now() + 3_600_000);
  centre.close();
}

/** The token that 1162 gave for the scanned code. */
function tokenOf(person: Person): string {
  const centre = openCentre();
  const tokens = centre.prepare<[string, string], { ec_token: string }>('SELECT ec_token FROM voucher WHERE psn_no = ? AND ec_token <> ?').all(person.psn_no, TOKEN);
  centre.close();
  expect(tokens).toHaveLength(1);
  return tokens[0]?.ec_token ?? '';
}

function openCentre(): Database.Database {
  return new Database(join(ground.stack.dataDir, 'sandbox-national', 'national-centre.db'));
}

test('no file of ours holds the canary: databases with their logs ahead, Temporal, logs of all processes', () => {
  const files = filesIn(ground.stack.dataDir).filter((file) => !file.startsWith('sandbox-'));
  expect(files).toEqual(expect.arrayContaining(['anjie.db', 'anjie.db-wal', 'temporal.sqlite', 'logs/api.log', 'logs/worker-admission-1.log']));
  const found = files.flatMap((file) => findIn(readFileSync(join(ground.stack.dataDir, file))).map((form) => `${file}: ${form}`));
  expect(found).toEqual([]);
});

test('the same search does find it where it belongs: at the centre, and in what the API tells the hospital', async () => {
  const folder = join(ground.stack.dataDir, 'sandbox-national');
  const centre = Buffer.concat(filesIn(folder).map((file) => readFileSync(join(folder, file))));
  expect(findIn(centre)).toEqual(expect.arrayContaining(['NAME utf-8', 'CERTNO utf-8', 'TOKEN utf-8', 'QR_CODE utf-8', 'DECODED utf-8']));
  const admission = await ground.hospital.get<{ patientName: string }>(`/v1/admissions/${IPT}`);
  expect(admission.patientName).toBe(NAME);
  expect(findIn(iconv.encode(`…${NAME}…`, 'gb18030'))).toEqual(['NAME gb18030']);
  for (const pad of ['', 'x', 'xx']) expect(findIn(Buffer.from(Buffer.from(`${pad}${NAME}${CERTNO}`).toString('base64')))).toContain('CERTNO base64');
});

test('histories, ids, search attributes and memos in Temporal hold ciphertext only', async () => {
  let payloads = 0;
  for await (const execution of ground.temporal.workflow.list()) {
    const visible = JSON.stringify({ ...execution.raw, ...execution.searchAttributes }, bigintAsText);
    expect([execution.workflowId, findIn(Buffer.from(visible))]).toEqual([execution.workflowId, []]);
    for (const payload of await payloadsOf(execution.workflowId)) {
      payloads += 1;
      const data = Buffer.from(payload.data ?? '', 'base64');
      expect(findIn(data)).toEqual([]);
      const encoding = Buffer.from(payload.metadata['encoding'] ?? '', 'base64').toString();
      if (encoding !== 'binary/encrypted') expect(LOCAL_ACTIVITY_NOTE).toEqual(expect.arrayContaining(Object.keys(JSON.parse(data.toString()) as object)));
    }
  }
  expect(payloads).toBeGreaterThan(20);
});

test('with the token of operations the codec server shows the payloads; without it 401', async () => {
  const payloads = await payloadsOf(`admission/H99000000001/${IPT}`);
  const decode = (token?: string): Promise<Response> =>
    fetch(`${ground.stack.codec}/decode`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ payloads }),
    });
  expect((await decode()).status).toBe(401);
  expect((await decode('nonsense')).status).toBe(401);
  expect((await decode(ground.stack.tokens.clerk)).status).toBe(403);
  const answer = await decode(ground.stack.tokens.ops);
  expect(answer.status).toBe(200);
  const { payloads: plain } = (await answer.json()) as { payloads: { data: string }[] };
  const text = plain.map((payload) => Buffer.from(payload.data, 'base64').toString()).join('\n');
  for (const secret of [CERTNO, TOKEN, PHONE, CONTACT, QR_CODE]) expect(text).toContain(secret);
});

interface WirePayload {
  readonly metadata: Record<string, string>;
  readonly data?: string;
}

/** All payloads in a history but the search attributes, which the server must read; in base64, as they travel. */
async function payloadsOf(workflowId: string): Promise<WirePayload[]> {
  const history = await ground.temporal.workflow.getHandle(workflowId).fetchHistory();
  expect([workflowId, findIn(Buffer.from(JSON.stringify(history, bigintAsText)))]).toEqual([workflowId, []]);
  const found: WirePayload[] = [];
  const visit = (value: unknown, name: string): void => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array || name === 'searchAttributes') return;
    const { metadata, data } = value as { metadata?: Record<string, Uint8Array>; data?: Uint8Array };
    if (metadata && 'encoding' in metadata) {
      const entries = Object.entries(metadata).map(([key, bytes]) => [key, Buffer.from(bytes).toString('base64')]);
      found.push({ metadata: Object.fromEntries(entries) as Record<string, string>, data: Buffer.from(data ?? []).toString('base64') });
      return;
    }
    for (const [key, item] of Object.entries(value)) visit(item, key);
  };
  visit(history, '');
  return found;
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** The forms in which bytes hold a secret, such as `NAME utf-8`. */
function findIn(bytes: Buffer): string[] {
  return Object.entries(SECRETS).flatMap(([name, secret]) =>
    formsOf(secret).filter(({ needle }) => bytes.includes(needle)).map(({ form }) => `${name} ${form}`),
  );
}

function formsOf(secret: string): { form: string; needle: Buffer }[] {
  const texts = { 'utf-8': Buffer.from(secret), gb18030: iconv.encode(secret, 'gb18030'), 'utf-16': Buffer.from(secret, 'utf16le') };
  const escaped = [...secret].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  const plain = Object.entries(texts).filter(([, needle], index, all) => index === 0 || !needle.equals(all[0]?.[1] ?? needle));
  return [
    ...plain.map(([form, needle]) => ({ form, needle })),
    { form: 'escaped', needle: Buffer.from(escaped) },
    ...(encodeURIComponent(secret) === secret ? [] : [{ form: 'percent', needle: Buffer.from(encodeURIComponent(secret)) }]),
    ...plain.flatMap(([form, needle]) => inBase64(needle).map((part) => ({ form: form === 'utf-8' ? 'base64' : `base64 of ${form}`, needle: part }))),
  ];
}

/** What a secret looks like inside a longer base64 text, at each of the three places where it may begin. */
function inBase64(secret: Buffer): Buffer[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), secret]).toString('base64');
    const first = before === 0 ? 0 : before + 1;
    const whole = Math.floor(((before + secret.length) * 8) / 6);
    return Buffer.from(text.slice(first, whole));
  });
}
