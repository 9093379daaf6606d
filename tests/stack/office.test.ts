import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { Like } from 'typeorm';
import { CaseAct, CaseOperation, CaseTask, Command, OfficeCase } from '../../store/entities';
import { type StackDesk, sitDown } from './desk';
import { openGround, type Ground } from './ground';

/** Office cases on everything running: the API dies while many are signed at once; the read model is made anew while people sign. */
const PROVINCE = '990000';
const MANY = 40;
/** So many are decided when the API dies; eight are on their way at any time. */
const DECIDED_AT_KILL = 8;
const CITIES = ['01', '02', '03'] as const;
const EACH = 6;

let ground: Ground;
let maker: StackDesk;
let reviewer: StackDesk;

beforeAll(async () => {
  ground = await openGround();
  [maker, reviewer] = (await Promise.all(['sheng-jingban-1', 'sheng-shenhe-1'].map((login) => sitDown(ground.stack, login)))) as [StackDesk, StackDesk];
}, 90_000);
afterAll(() => ground?.close(), 60_000);

const hospital = (agencyNo: string) => ({ agencyNo, kind: 'hospital', name: '示例医院', address: '示例路一号', phone: '010-00000000', status: 'open', validFrom: '2026-12-01' });
const codeOf = (index: number): string => `H9900${String(index).padStart(7, '0')}`;
const decided = (): Promise<number> => ground.store.read((manager) => manager.countBy(CaseAct, { kind: 'approve' }));

test('kill -9 of the API in the middle of a bulk signing: the same request again, and each item has one decision', async () => {
  const caseNos = await inTurns(Array.from({ length: MANY }, (_, index) => index), (index) => maker.open('xr-base-agency', PROVINCE, hospital(codeOf(index))));
  const views = await inTurns(caseNos, async (caseNo) => (await reviewer.ask(`GET /v1/office-cases/${caseNo}`)).body);
  const items = views.map(({ caseNo, step, slot, round, seenHash }) => ({ caseNo, step, slot, round, seenHash }));
  // One is decided before, one is none: both keep their answer. The last one is withdrawn while the API is coming back.
  const [before = '', last = ''] = [caseNos[0], caseNos.at(-1)];
  expect((await reviewer.act(before, 'return', { opinion: '请补正' })).status).toBe(200);
  items.splice(1, 0, { ...items[0], caseNo: 'none-1' } as (typeof items)[number]);
  const sign = () => reviewer.ask('POST /v1/office-cases/bulk-acts', { act: 'approve', opinion: '批量同意', items }, 'bulk-kill');

  const broken = sign().then(() => 'answered', () => 'broken');
  while ((await decided()) < DECIDED_AT_KILL) await new Promise((then) => setTimeout(then, 2));
  await ground.stack.killAndWait('api', 'SIGKILL');
  expect(await broken).toBe('broken');
  const taken = await ground.store.read((manager) => manager.findBy(Command, { idempotencyKey: Like('b-%') }));
  expect(taken.length).toBeGreaterThanOrEqual(DECIDED_AT_KILL);
  expect(taken.length).toBeLessThan(MANY - 1);

  await untilServed(maker);
  expect((await maker.act(last, 'withdraw')).status).toBe(200);
  const expected = items.map(({ caseNo }) => [caseNo, caseNo === before ? 'CASE_ALREADY_DECIDED' : caseNo === last ? 'CASE_ENDED' : caseNo === 'none-1' ? 'CASE_NOT_FOUND' : true]);
  // Two tabs repeat it at once, and once more later: all hear the same.
  const answers = [...(await Promise.all([sign(), sign()])), await sign()];
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(body.items.map(({ caseNo, ok, problem }: { caseNo: string; ok: boolean; problem?: { code: string } }) => [caseNo, problem?.code ?? ok])).toEqual(expected);
  }

  const acts = await ground.store.read((manager) => manager.findBy(CaseAct, { kind: 'approve' }));
  const signed = caseNos.filter((caseNo) => caseNo !== before && caseNo !== last);
  const idOf = (caseNo: string): string => `office-case/xr-base-agency/${PROVINCE}/${caseNo}`;
  expect(acts.map(({ caseId }) => caseId).sort()).toEqual(signed.map(idOf).sort());
  await ground.store.read(async (manager) => {
    const commands = await manager.findBy(Command, { idempotencyKey: Like('b-%') });
    expect([commands.length, commands.filter(({ state }) => state !== 'done')]).toEqual([items.length, []]);
    // Its effect stands once, and no seat is open.
    for (const caseNo of signed) expect([caseNo, await manager.countBy(CaseOperation, { caseId: idOf(caseNo) })]).toEqual([caseNo, 1]);
    expect(await manager.countBy(CaseTask, { caseNo: Like('xr-base-agency-%'), status: 'open', step: 'review' })).toBe(0);
  });
}, 90_000);

test('the read model is compared and made anew while many sign: nothing differs, nothing newer is overwritten', async () => {
  const people = await Promise.all(CITIES.flatMap((city) => ['jingban-1', 'shenhe-1'].map((login) => sitDown(ground.stack, `shi${city}-${login}`))));
  let moving = true;
  const looking = (async () => {
    const told: string[] = [];
    for (let round = 0; moving; round += 1) told.push(await rebuild(round % 2 === 0 ? ['--check'] : []));
    return told;
  })();
  const walks = CITIES.flatMap((city, place) =>
    Array.from({ length: EACH }, (_, index) => walk(people[2 * place] as StackDesk, people[2 * place + 1] as StackDesk, `99${city}00`, `H99${city}0${String(index).padStart(6, '0')}`)),
  );
  const ended = await Promise.all(walks).finally(() => (moving = false));
  const told = await looking;
  expect(told.length).toBeGreaterThan(1);
  expect(told.filter((text) => !/^\d+ 次住院，0 与事件不符\n\d+ 件办件，0 与事件不符\n$/.test(text))).toEqual([]);
  expect(await rebuild(['--check'])).toMatch(new RegExp(`\\n${MANY + ended.length} 件办件，0 与事件不符\\n$`));
  const rows = await ground.store.read((manager) => manager.findBy(OfficeCase, { status: 'effective' }));
  expect(rows.map(({ caseNo }) => caseNo)).toEqual(expect.arrayContaining(ended));
}, 90_000);

/** Applied for, returned, submitted again, approved. */
async function walk(own: StackDesk, signer: StackDesk, division: string, no: string): Promise<string> {
  const caseNo = await own.open('xr-base-agency', division, hospital(no));
  expect((await signer.act(caseNo, 'return', { opinion: '请补正' })).status).toBe(200);
  expect((await own.act(caseNo, 'submit', { form: { ...hospital(no), phone: '010-00000001' } })).status).toBe(200);
  expect((await signer.act(caseNo, 'approve')).status).toBe(200);
  while ((await own.ask(`GET /v1/office-cases/${caseNo}`)).body.status !== 'effective') await new Promise((then) => setTimeout(then, 20));
  return caseNo;
}

/** What `npm run rebuild` tells. Throws Error with it when it ends with a code. */
async function rebuild(args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [resolve('dist', 'cli', 'rebuild.js'), ...args], { env: ground.stack.env });
  return stdout;
}

async function untilServed(desk: StackDesk): Promise<void> {
  for (const end = Date.now() + 10_000; ; ) {
    const status = await desk.ask('GET /v1/inbox').then((answer) => answer.status, () => 0);
    if (status === 200) return;
    if (Date.now() > end) throw new Error('the API did not come back');
    await new Promise((then) => setTimeout(then, 50));
  }
}

/** Eight at a time, results in order. */
async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const one = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T);
  };
  await Promise.all(Array.from({ length: 8 }, one));
  return results;
}
