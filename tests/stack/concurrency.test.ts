import { setTimeout as sleep } from 'node:timers/promises';
import { Deposit, Settlement } from '../../store/entities';
import { openGround, type CentreMessage, type Ground } from './ground';
import { admitBody, endOf, MEDFEE, orderOf, settleBody, walkStay, type Answer, type Person } from './hospital';
import { expectAllHolds } from './oracles';

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
}, 90_000);
afterAll(() => ground?.close(), 60_000);
afterEach(() => expectAllHolds(ground));

let stays = 0;
async function newStay(...steps: Parameters<typeof walkStay>[3] & object): Promise<{ person: Person; iptNo: string; place: string }> {
  const person = await ground.person();
  const iptNo = `PAR${(stays += 1)}`;
  await walkStay(ground.hospital, person, iptNo, steps);
  return { person, iptNo, place: `/v1/admissions/${iptNo}` };
}

test('the same settlement under the same key, twenty times at once: one 2304, one answer', async () => {
  const { person, iptNo } = await newStay('admit', 'deposit', 'fees', 'preSettle', 'discharge');
  const before = await sent('2304');
  const order = orderOf(person, iptNo, 'settle');
  const answers = await Promise.all(Array.from({ length: 20 }, () => ground.hospital.post(order)));
  expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 200));
  expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
  expect(answers.filter((answer) => answer.headers.get('idempotency-replayed') === null)).toHaveLength(1);
  expect((await sent('2304')) - before).toBe(1);
}, 60_000);

test('two different settlements of one stay at once: one is booked, the other refused', async () => {
  const { person, place, iptNo } = await newStay('admit', 'deposit', 'fees', 'preSettle', 'discharge');
  const orders = ['a', 'b'].map((name) => ({ path: `${place}/settlement`, body: settleBody(person), key: `${iptNo}-settle-${name}` }));
  const answers = await Promise.all(orders.map((order) => ground.hospital.post(order)));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
  expect(answers.find((answer) => answer.status === 409)?.body.code).toBe('WRONG_STEP');
  const rows = await ground.store.read((manager) => manager.findBy(Settlement, { admissionId: `H99000000001/${iptNo}/1` }));
  expect(rows.map((row) => [row.status, row.medfee_sumamt])).toEqual([['live', MEDFEE]]);
}, 60_000);

test('the same key at once for two different contents: one is taken, the other hears 409', async () => {
  const { place, iptNo } = await newStay('admit');
  const orders = [100, 200].map((amountFen) => ({ path: `${place}/deposits`, body: { amountFen, method: 'cash', receiptNo: 'R1' }, key: `${iptNo}-one-key` }));
  const answers = await Promise.all(orders.map((order) => ground.hospital.post(order)));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
  expect(answers.find((answer) => answer.status === 409)?.body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  expect(await deposited(iptNo)).toHaveLength(1);
}, 60_000);

test('eleven commands at once for one stay: each is served or told to come again, none is lost or taken twice', async () => {
  const { place, iptNo } = await newStay('admit');
  const orders = Array.from({ length: 11 }, (_, index) => ({
    path: `${place}/deposits`,
    body: { amountFen: 1_000 + index, method: 'cash', receiptNo: `R${index}` },
    key: `${iptNo}-deposit-${index}`,
  }));
  const answers = await Promise.all(orders.map((order) => ground.hospital.post(order)));
  for (const answer of answers) expect([200, 429]).toContain(answer.status);
  for (const answer of answers.filter((each) => each.status === 429)) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  await Promise.all(orders.map((order) => ground.hospital.give(order.path, order.body, order.key)));
  expect(await deposited(iptNo)).toEqual(orders.map((order) => order.body.amountFen));
}, 60_000);

test('one admission number given ten times at once under ten keys: one stay, one visit at the centre', async () => {
  const person = await ground.person();
  const before = await sent('2401');
  const orders = Array.from({ length: 10 }, (_, index) => ({ path: '/v1/admissions', body: admitBody(person, 'PARNEW'), key: `PARNEW-${index}` }));
  const answers = await Promise.all(orders.map((order) => untilEnded(order)));
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
  expect(answers.filter((answer) => answer.status === 409)).toHaveLength(9);
  expect((await sent('2401')) - before).toBe(1);
}, 60_000);

async function untilEnded(order: { path: string; body: object; key: string }): Promise<Answer> {
  for (;;) {
    const answer = await ground.hospital.post(order);
    if (endOf(order, answer)) return answer;
    await sleep(100);
  }
}

async function sent(infno: string): Promise<number> {
  return (await ground.records<CentreMessage>('messages')).filter((message) => message.infno === infno).length;
}

/** Deposits of a stay in fen, small ones first. */
async function deposited(iptNo: string): Promise<number[]> {
  const rows = await ground.store.read((manager) => manager.findBy(Deposit, { admissionId: `H99000000001/${iptNo}/1`, kind: 'received' }));
  return rows.map((row) => Number(row.amountFen)).sort((a, b) => a - b);
}
