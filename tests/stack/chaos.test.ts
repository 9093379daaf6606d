import { setTimeout as sleep } from 'node:timers/promises';
import { Settlement } from '../../store/entities';
import { openGround, type Ground } from './ground';
import { STAY_STEPS, walkStep, type Person, type StayStep } from './hospital';
import { expectAllHolds, expectHistoriesReplay } from './oracles';

/** `ANJIE_CHAOS_SEED` repeats the order of kills and pauses of an earlier run. */
const seed = Number(process.env['ANJIE_CHAOS_SEED'] ?? Date.now() % 1_000_000);
const STAYS = 5;
const KILL_EVERY_MS = 3_000;
const LONGEST_PAUSE_MS = 4_000;
/** The centre takes its time, so that a kill mostly meets something under way, ms. */
const CENTRE_MS = 300;
const VICTIMS = ['temporal', 'sandbox-national', 'worker-admission-1', 'worker-admission-2', 'worker-admission-1', 'api', 'codec'] as const;

let ground: Ground;
beforeAll(async () => {
  process.stderr.write(`\nchaos: ANJIE_CHAOS_SEED=${seed}\n`);
  ground = await openGround({ workers: 2, env: { SANDBOX_LATENCY_MS: String(CENTRE_MS) } });
}, 90_000);
afterAll(() => ground?.close(), 60_000);

test(`random kills every three seconds while ${STAYS} stays are walked (seed ${seed}): all holds at the end`, async () => {
  const people = await Promise.all(Array.from({ length: STAYS }, () => ground.person()));
  const chaos = startKilling();
  const walks = await Promise.allSettled(people.map((person, index) => walk(person, `CHAOS${index}`, randomFrom(seed + 1 + index))));
  const kills = await chaos.end();
  process.stderr.write(`chaos: ${kills.length} kills: ${kills.join(', ')}\n`);
  expect(walks.filter((each) => each.status === 'rejected').map((each) => String(each.reason))).toEqual([]);
  await expectAllHolds(ground);
  const live = await ground.store.read((manager) => manager.findBy(Settlement, { status: 'live' }));
  expect(live).toHaveLength(STAYS);
  await expectHistoriesReplay(ground);
}, 240_000);

/** Admission to settlement, its cancellation and a second settlement, with pauses so that kills meet every kind of step. */
async function walk(person: Person, iptNo: string, random: () => number): Promise<void> {
  const steps: readonly StayStep[] = [...STAY_STEPS, 'cancelSettlement', 'settle'];
  for (const [index, step] of steps.entries()) {
    await sleep(random() * LONGEST_PAUSE_MS);
    await walkStep(ground.hospital, person, iptNo, step, index * 10 + 1);
  }
}

function startKilling(): { end(): Promise<string[]> } {
  const random = randomFrom(seed);
  const kills: string[] = [];
  let going = true;
  const killing = (async () => {
    while (going) {
      await sleep(KILL_EVERY_MS * (0.5 + random()));
      const name = VICTIMS[Math.floor(random() * VICTIMS.length)] ?? 'api';
      const signal = random() < 0.25 ? 'SIGTERM' : 'SIGKILL';
      if (!going || ground.stack.pid(name) === undefined) continue;
      ground.stack.kill(name, signal);
      kills.push(signal === 'SIGKILL' ? name : `${name} (SIGTERM)`);
    }
  })();
  return {
    end: async () => {
      going = false;
      await killing;
      return kills;
    },
  };
}

/** Numbers in [0, 1): the same seed always gives the same series. */
function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
