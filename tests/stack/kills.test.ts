import { setTimeout as sleep } from 'node:timers/promises';
import { Admission } from '../../store/entities';
import { openGround, seatWorker, type CentreMessage, type CentreSettlement, type Ground, type Seat } from './ground';
import { MEDFEE, orderOf, walkStay, type End, type Person } from './hospital';
import { expectAllHolds, expectHistoriesReplay } from './oracles';

/** A worker that settles first signs nobody in (an earlier step did), then sends 1101, 2303, 2304: this is the third. */
const AT_2304 = 3;
/** Ten seconds are wanted for a killed worker or Temporal; a machine that is busy with other things gets more. */
const LIMIT_MS = 20_000;
/** A frozen worker still takes tasks by the polls that it has open; each is given to another one only after five seconds. */
const FROZEN_LIMIT_MS = 45_000;
const STAYS = 12;

interface Ready {
  readonly person: Person;
  readonly iptNo: string;
}

let ground: Ground;
const figures: string[] = [];
/** Discharged stays; each case settles one. */
const ready: Ready[] = [];

beforeAll(async () => {
  ground = await openGround({ workers: 0 });
}, 90_000);
afterAll(async () => {
  process.stderr.write(`\nRecovery, from the kill to the result (restart included), ms\n${figures.join('\n')}\n\n`);
  await ground?.close();
}, 60_000);

test('kill -9 of the worker in the middle of the very first sign-in', async () => {
  const person = await ground.person();
  const seat = await seatWorker(ground, 'after-send-before-answer=kill@1');
  try {
    const { path, body, key } = orderOf(person, 'KILL0', 'admit');
    const admitting = timed(ground.hospital.give(path, body, key));
    const killedAt = await seat.untilDeaths(1);
    await expectRecovered('worker, in the sign-in', killedAt, admitting);
    await prepareStays();
  } finally {
    await seat.leave();
  }
}, 90_000);

describe('kill -9 of the only worker, in the middle of a settlement', () => {
  test.each(['before-send', 'after-send-before-answer', 'after-answer-before-commit', 'after-commit'])('at %s of 2304', async (point) => {
    const stay = nextStay();
    const seat = await seatWorker(ground, `${point}=kill@${AT_2304}`);
    try {
      const settling = { ending: settle(stay) };
      await expectSettled(`worker, ${point}`, await seat.untilDeaths(1), settling, stay);
      expect(seat.told[0]).toContain('SIGKILL');
    } finally {
      await seat.leave();
    }
  }, 60_000);
});

describe('in the middle of a settlement, its answer on the way', () => {
  let seat: Seat;
  beforeAll(async () => {
    seat = await seatWorker(ground);
  }, 30_000);
  afterAll(() => seat.leave(), 30_000);
  afterEach(() => ground.faults());

  test('kill -9 of the worker, after the sure path took over from the fast one', async () => {
    const stay = nextStay();
    const settling = await settleSlowly(stay, 'in-answer', 8_000);
    await sleep(3_000);
    seat.signal('SIGKILL');
    await expectSettled('worker, on the sure path', Date.now(), settling, stay);
  }, 60_000);

  test.each([
    ['temporal', 'Temporal', 'in-answer'],
    ['sandbox-national', 'centre, before it books', 'before-commit'],
    ['sandbox-national', 'centre, after it booked', 'in-answer'],
    ['api', 'API', 'in-answer'],
  ] as const)('kill -9 of %s: %s', async (name, what, phase) => {
    const stay = nextStay();
    const settling = await settleSlowly(stay, phase, 1_500);
    ground.stack.kill(name, 'SIGKILL');
    await expectSettled(what, Date.now(), settling, stay);
  }, 60_000);

  test('kill -9 of Temporal, before the settlement is delivered', async () => {
    const stay = nextStay();
    ground.stack.kill('temporal', 'SIGKILL');
    await expectSettled('Temporal, nothing delivered yet', Date.now(), { ending: settle(stay) }, stay);
  }, 60_000);

  test('SIGTERM of the worker: it drains and exits with 0, 2304 is sent once and no activity fails', async () => {
    const stay = nextStay();
    const [sent, told] = [await sentTo2304(), seat.told.length];
    const settling = await settleSlowly(stay, 'in-answer', 1_200);
    seat.signal('SIGTERM');
    await expectSettled('worker, SIGTERM', Date.now(), settling, stay);
    while (seat.told.length === told) await sleep(20);
    expect(seat.told[told]).toContain('退出码 0');
    expect((await sentTo2304()) - sent).toBe(1);
    expect(await failedEvents(stay.iptNo)).toEqual([]);
  }, 60_000);

  test('SIGSTOP past the lease: another worker ends the settlement, the frozen one wakes and changes nothing', async () => {
    const stay = nextStay();
    const settling = await settleSlowly(stay, 'in-answer', 1_000);
    seat.signal('SIGSTOP');
    const stoppedAt = Date.now();
    const other = await seatWorker(ground);
    try {
      await expectSettled('worker frozen, another takes over', stoppedAt, settling, stay, FROZEN_LIMIT_MS);
    } finally {
      seat.signal('SIGCONT');
      await other.leave();
    }
    await sleep(1_000);
    await expectOneSettlement(stay);
    await expectAllHolds(ground);
  }, 90_000);
});

test('the histories of all that replay', () => expectHistoriesReplay(ground), 60_000);

async function prepareStays(): Promise<void> {
  const steps = ['admit', 'deposit', 'fees', 'preSettle', 'discharge'] as const;
  const walks = Array.from({ length: STAYS }, async (_, index) => {
    const stay = { person: await ground.person(), iptNo: `KILL${index + 1}` };
    await walkStay(ground.hospital, stay.person, stay.iptNo, steps);
    return stay;
  });
  ready.push(...(await Promise.all(walks)));
}

function nextStay(): Ready {
  const stay = ready.shift();
  if (!stay) throw new Error('there are not stays enough');
  return stay;
}

interface Ended {
  readonly end: End;
  readonly at: number;
}

async function timed(giving: Promise<End>): Promise<Ended> {
  return { end: await giving, at: Date.now() };
}

function settle({ person, iptNo }: Ready): Promise<Ended> {
  const { path, body, key } = orderOf(person, iptNo, 'settle');
  return timed(ground.hospital.give(path, body, key));
}

/** Gives the settlement and comes back when the centre has 2304 and does not answer for `ms`. */
async function settleSlowly(stay: Ready, phase: 'before-commit' | 'in-answer', ms: number): Promise<{ ending: Promise<Ended> }> {
  await ground.faults({ infno: '2304', phase, kind: 'delay', ms });
  const ending = settle(stay);
  await ground.untilFired('2304');
  return { ending };
}

async function expectSettled(what: string, since: number, settling: { ending: Promise<Ended> }, stay: Ready, limitMs = LIMIT_MS): Promise<void> {
  const { end } = await expectRecovered(what, since, settling.ending, limitMs);
  expect(end.result).toMatchObject({ medfee_sumamt: MEDFEE });
  await expectOneSettlement(stay);
}

async function expectRecovered(what: string, since: number, ending: Promise<Ended>, limitMs = LIMIT_MS): Promise<Ended> {
  const ended = await ending;
  figures.push(`  ${String(ended.at - since).padStart(6)}  ${what}`);
  expect(ended.end.code).toBeNull();
  await expectAllHolds(ground);
  expect(ended.at - since).toBeLessThan(limitMs);
  return ended;
}

/** The centre has one live settlement of this stay, the one that our row names. */
async function expectOneSettlement({ iptNo }: Ready): Promise<void> {
  const row = await ground.store.read((manager) => manager.findOneByOrFail(Admission, { ipt_no: iptNo }));
  const live = (await ground.records<CentreSettlement>('settlements')).filter((each) => each.mdtrt_id === row.mdtrt_id && each.refd_setl_flag === '0');
  expect(live).toHaveLength(1);
  expect(row.stage).toBe('settled');
}

async function sentTo2304(): Promise<number> {
  return (await ground.records<CentreMessage>('messages')).filter((message) => message.infno === '2304').length;
}

/** Events of a history that say that something failed, timed out or was tried again. */
async function failedEvents(iptNo: string): Promise<string[]> {
  const { events } = await ground.temporal.workflow.getHandle(`admission/H99000000001/${iptNo}`).fetchHistory();
  return (events ?? []).flatMap((event) => {
    const local = event.markerRecordedEventAttributes?.failure ? ['markerFailed'] : [];
    const kinds = ['activityTaskFailedEventAttributes', 'activityTaskTimedOutEventAttributes', 'workflowTaskFailedEventAttributes', 'workflowTaskTimedOutEventAttributes'] as const;
    return [...local, ...kinds.filter((kind) => event[kind])];
  });
}
