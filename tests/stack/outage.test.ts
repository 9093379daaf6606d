import { setTimeout as sleep } from 'node:timers/promises';
import { holdDown, openGround, type Ground } from './ground';
import { endOf, makePerson, openHospital, orderOf, walkStay, walkStep, type Answer } from './hospital';
import { expectAllHolds } from './oracles';

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
}, 90_000);
afterAll(() => ground?.close(), 60_000);

test('the national platform is away: commands are accepted and end by themselves once it is back', async () => {
  const { hospital } = ground;
  const person = await ground.person();
  await walkStay(hospital, person, 'OUT1', ['admit', 'deposit', 'fees']);
  const back = holdDown(ground, 'sandbox-national');
  const order = orderOf(person, 'OUT1', 'preSettle');
  const answer = await hospital.post(order, 3);
  expect(answer.status).toBe(202);
  expect(answer.headers.get('retry-after')).not.toBeNull();
  // What needs no platform goes on: it waits only for the command before it.
  const look = await hospital.get<{ stage: string }>('/v1/admissions/OUT1');
  expect(look.stage).toBe('admitted');
  await back();
  expect((await hospital.give(order.path, order.body, order.key)).code).toBeNull();
  for (const step of ['discharge', 'settle'] as const) await walkStep(hospital, person, 'OUT1', step);
  await expectAllHolds(ground);
}, 90_000);

test('one institution\'s platform is slow: twenty stays of another one settle before any of its commands ends', async () => {
  const slow = openHospital(ground.stack.api, ground.stack.tokens.otherInstitution);
  const slowPeople = await Promise.all(Array.from({ length: 10 }, () => ground.person()));
  await ground.faults({ infno: '*', phase: 'in-answer', kind: 'delay', ms: 8_000, times: 1_000, institution: 'H99000000003' });
  let slowEnded = 0;
  const slowWork = slowPeople.map(async (person, index) => {
    const end = await walkStep(slow, person, `SLOW${index}`, 'admit');
    slowEnded += 1;
    return end;
  });
  await ground.untilFired('9001');
  const people = await Promise.all(Array.from({ length: 20 }, () => ground.person()));
  await Promise.all(people.map((person, index) => walkStay(ground.hospital, person, `FAST${index}`)));
  expect(slowEnded).toBe(0);
  await ground.faults();
  await Promise.all(slowWork);
  await expectAllHolds(ground);
}, 120_000);

test('Temporal is away: reading goes on, what was answered 202 is delivered later, and nothing else is', async () => {
  const { hospital } = ground;
  const people = await Promise.all(Array.from({ length: 4 }, () => ground.person()));
  const waiting = await Promise.all(people.map(async (person, index) => {
    await walkStay(hospital, person, `TMP${index}`, ['admit', 'deposit', 'fees', 'preSettle', 'discharge']);
    return orderOf(person, `TMP${index}`, 'settle');
  }));
  const newcomer = await ground.person();
  const orders = [...waiting, orderOf(newcomer, 'TMPNEW', 'admit')];
  const back = holdDown(ground, 'temporal');
  const answers = await Promise.all(orders.map((order) => hospital.post(order, 2)));
  for (const answer of answers) expectAcceptedOrToldToWait(answer);
  expect((await hospital.get<{ stage: string }>('/v1/admissions/TMP0')).stage).toBe('discharged');
  expect((await fetch(`${ground.stack.api}/readyz`)).status).toBe(503);
  await back();
  const accepted = orders.filter((_, index) => answers[index]?.status === 202);
  for (const { key } of accepted) await untilDelivered(key);
  for (const order of orders) expect((await hospital.give(order.path, order.body, order.key)).code).toBeNull();
  await expectAllHolds(ground);
}, 90_000);

test('a person that the platform does not know is refused and leaves nothing behind', async () => {
  const stranger = makePerson(998);
  const order = orderOf(stranger, 'OUTNONE', 'admit');
  const end = endOf(order, await ground.hospital.post(order));
  expect(end?.code).not.toBeNull();
  await expectAllHolds(ground);
}, 60_000);

function expectAcceptedOrToldToWait(answer: Answer): void {
  expect([202, 503]).toContain(answer.status);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  if (answer.status === 503) expect(answer.body.code).toBe('TEMPORAL_UNAVAILABLE');
}

/** Asks for the command only, so that nothing but the product itself can deliver it. */
async function untilDelivered(key: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const { status } = await ground.hospital.get<{ status: string }>(`/v1/commands/key:${key}`);
    if (status === 'done') return;
    if (status !== 'accepted' || Date.now() > deadline) throw new Error(`${key} is ${status}`);
    await sleep(100);
  }
}
