import { readFileSync } from 'node:fs';
import { isOutcomeCode, outcomeOf } from '../../domain/outcomes';
import { openTokens, type Tokens } from '../../runtime/tokens';
import { openGround, type Ground } from '../stack/ground';
import { BAD_BODIES, bodyOf, routeOf } from './bad-bodies';
import { CATALOGUE, ELSEWHERE, NOT_HERE } from './bad-input-coverage';
import { BAD_MEANINGS, openStays, type World } from './bad-meanings';
import { BAD_REQUESTS } from './bad-requests';
import { ask, type Answer, type Ask } from './harness';
import { BROKEN_REQUESTS, rawExchange } from './raw-http';
import { expectStanding, type RowCounts, type Standing, standingOf, untilQuiet } from './standing';
import { WRONG_TOKENS } from './wrong-tokens';

/**
 * Bad input against everything that `npm start` runs: the API as a process, Temporal, the worker with the real admission
 * workflow, the platform's sandbox. Each case is refused in words, and leaves nothing behind on either side.
 */
let ground: Ground;
let tokens: Tokens;
let before: Standing;
let world: World;
const STAY = 'BAD1';
const LEAVING = 'BAD2';

beforeAll(async () => {
  ground = await openGround();
  tokens = await openTokens({ dataDir: ground.stack.dataDir, tokens: { jwksUrl: null, issuer: 'anjie-dev', audience: 'anjie' } });
  // Scheduled work would change the books while they are watched.
  for await (const { scheduleId } of ground.temporal.schedule.list()) await ground.temporal.schedule.getHandle(scheduleId).pause('test');
  const person = await openStays(ground, STAY, LEAVING);
  before = await untilQuiet(ground, 2_000);
  const settleDown = async (): Promise<void> => {
    before = await untilQuiet(ground);
  };
  world = { ground, tokens, stay: STAY, person, leaving: LEAVING, send, expectRefused, expectLeft, settleDown };
}, 120_000);

afterAll(() => ground?.close(), 60_000);

const HAN = /\p{Script=Han}/u;

/** 4xx under a stable code, with Chinese words wherever there are words. */
function expectRefused({ status, headers, body }: Answer, code?: string): void {
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  const given = body.code ?? '';
  expect([given, isOutcomeCode(given)]).toEqual([given, true]);
  if (isOutcomeCode(given)) expect([given, status]).toEqual([given, outcomeOf(given).status]);
  if (code !== undefined) expect(given).toBe(code);
  const faults = [...(body.errors ?? []), ...(body.rows ?? [])] as { message?: string }[];
  const texts = [body['title'], body['next'], body['detail'] ?? '无', ...faults.map((fault) => fault.message)];
  for (const text of texts) expect(text).toMatch(HAN);
}

const send = (path: string, options: Ask = {}): Promise<Answer> =>
  ask({ url: ground.stack.api }, path.replace('{stay}', STAY), { token: ground.stack.tokens.clerk, ...options });

/** Expects that nothing changed but what a case may leave; what it left is no fault of the next. */
async function expectLeft(leaves: RowCounts = {}): Promise<void> {
  try {
    await expectStanding(ground, before, leaves);
    if (Object.keys(leaves).length > 0) before = await standingOf(ground);
  } catch (error) {
    before = await untilQuiet(ground);
    throw error;
  }
}

const groupsOf = (rows: readonly { readonly group: string }[]): string[] => [...new Set(rows.map((row) => row.group))];

describe.each(groupsOf(BAD_BODIES))('bodies: %s', (group) => {
  test.each(BAD_BODIES.filter((row) => row.group === group))('$name', async (row) => {
    const route = routeOf(row);
    const answer = await send(`${route.method.toUpperCase()} ${route.path.replace('{id}', STAY)}`, {
      key: `bad-${row.base}-${row.leaves ? row.name.replace(/\W/g, '') : '1'}`, raw: bodyOf(row, route.example?.body), prefer: 'wait=10',
    });
    expectRefused(answer, row.code);
    if (row.issue) expect(answer.body.errors?.map((error) => error.code)).toContain(row.issue);
    if (row.row) expect(answer.body.rows?.map((fault) => fault.code)).toContain(row.row);
    await expectLeft(row.leaves);
  });
});

describe.each(groupsOf(BAD_REQUESTS))('requests: %s', (group) => {
  test.each(BAD_REQUESTS.filter((row) => row.group === group))('$name', async ({ path, options, status, code }) => {
    const answer = await send(path, options);
    expect(answer.status).toBe(status);
    if (code !== null) expectRefused(answer, code);
    await expectLeft();
  });
});

test.each(WRONG_TOKENS)('token: $name', async ({ make, code }) => {
  const token = await make(tokens, ground.stack.tokens.clerk);
  expectRefused(await send(`POST /v1/admissions/${STAY}/deposits`, { token, key: 'token-1', body: { amountFen: 100, method: 'cash', receiptNo: 'R1' } }), code);
  await expectLeft();
});

test.each(BROKEN_REQUESTS.filter(({ slow }) => !slow))('bytes: $name', async (request) => {
  const text = await rawExchange(Number(new URL(ground.stack.api).port), ground.stack.tokens.clerk, request);
  expect(text).toContain(`HTTP/1.1 ${request.status} `);
  expect(text).toContain(request.code);
  await expectLeft();
});

test.each(BAD_MEANINGS)('meaning: $id', ({ run }) => run(world), 30_000);

describe('coverage', () => {
  const named = [...BAD_BODIES, ...BAD_REQUESTS].map((row) => `${row.group}: ${row.case ?? row.name}`);
  const others = [...WRONG_TOKENS.map(({ name }) => `HTTP: ${name}`), ...BROKEN_REQUESTS.flatMap(({ name, slow }) => (slow ? [] : [`HTTP: ${name}`, `ids and idempotency: ${name}`]))];
  const here = new Set([...named, ...others, ...BAD_MEANINGS.map(({ id }) => id)]);

  test.each(CATALOGUE)('%s', (id) => {
    const places = [here.has(id), id in ELSEWHERE, id in NOT_HERE];
    expect([id, places.filter(Boolean).length]).toEqual([id, 1]);
  });

  test('no place is given to a case that the catalogue does not have', () => {
    expect([...Object.keys(ELSEWHERE), ...Object.keys(NOT_HERE)].filter((id) => !CATALOGUE.includes(id))).toEqual([]);
  });

  test.each(Object.entries(ELSEWHERE))('%s stands where it is said to', (_id, [file, words]) => {
    expect(readFileSync(file, 'utf8')).toContain(words);
  });
});
