import { type Platform, cancelled, startPlatform } from './platform';
import { countReceipts, noteReceipt } from './receipts';
import { type Rig, type Settings, cancellationCall, openRig, removeDirectory, startChild, temporaryDirectory, until } from './rig';

/** Processes that die, freeze or race; each test runs real ones and kills them by pid. */

let directory: string;
let platform: Platform;
let rig: Rig;
let settings: Settings;

beforeEach(async () => {
  directory = temporaryDirectory();
  platform = await startPlatform();
  platform.script['2305'] = (request) => cancelled(request);
  settings = { directory, url: platform.url, timeoutMs: 1500 };
  rig = await openRig(settings);
});
afterEach(async () => {
  await rig.close();
  await platform.close();
  removeDirectory(directory);
});

const retry = (commandId: string) =>
  rig.gateway.call(cancellationCall({ key: { workflowId: 'w', commandId, step: 'send', ordinal: 0 }, onAnswer: noteReceipt }));

describe('kill -9 at each fail-point, then a retry', () => {
  test.each([
    // fail-point, requests that reached the platform before the retry, outcome of the retry, business rows in the end
    ['before-send', 0, 'unknown', 0],
    ['after-send-before-answer', 1, 'unknown', 0],
    ['after-answer-before-commit', 1, 'unknown', 0],
    ['after-commit', 1, 'settled', 1],
  ])('%s', async (name, sends, kind, receipts) => {
    const child = startChild({ ...settings, commandId: name }, { ANJIE_FAILPOINTS: `${name}=kill` });
    expect(await child.exited()).toMatchObject({ signal: 'SIGKILL' });
    await until('the platform to have read what was sent', () => platform.of('2305').length >= sends);
    expect(await retry(name)).toMatchObject({ kind });
    expect(platform.of('2305')).toHaveLength(sends);
    expect(await countReceipts(rig.store)).toBe(receipts);
    const [row] = await rig.messages();
    expect(row).toMatchObject(kind === 'unknown' ? { state: 'sent', resolution: 'open' } : { state: 'answered', outcome: 'settled' });
  });

  test('the retry waits for the lease of the dead sender before it calls the outcome unknown', async () => {
    const child = startChild({ ...settings, commandId: 'x' }, { ANJIE_FAILPOINTS: 'after-send-before-answer=kill' });
    await child.exited();
    const [row] = await rig.messages();
    await retry('x');
    expect(Date.now()).toBeGreaterThanOrEqual(row?.leaseUntil ?? Number.MAX_SAFE_INTEGER);
  });
});

test('two processes that race on one key send once, and both get the answer', async () => {
  platform.script['2305'] = (request) => ({ ...cancelled(request), delayMs: 400 });
  const children = [1, 2, 3].map(() => startChild({ ...settings, commandId: 'race' }));
  for (const child of children) expect(await child.exited()).toEqual({ code: 0, signal: null });
  expect(platform.of('2305')).toHaveLength(1);
  const outcomes = children.map((child) => child.lines.at(-1));
  expect(outcomes.map((outcome) => outcome?.['kind'])).toEqual(['settled', 'settled', 'settled']);
  expect(outcomes.filter((outcome) => outcome?.['replayed'] === false)).toHaveLength(1);
  expect(await countReceipts(rig.store)).toBe(1);
});

test('two gateways in one process that race on one key send once', async () => {
  const other = await openRig(settings);
  const call = cancellationCall();
  const outcomes = await Promise.all([rig, other, rig, other].map((each) => each.gateway.call(call)));
  expect(outcomes.map((outcome) => outcome.kind)).toEqual(['settled', 'settled', 'settled', 'settled']);
  expect(platform.of('2305')).toHaveLength(1);
  await other.close();
});

describe('a sender frozen past its lease', () => {
  test('before it wrote: not a byte leaves when it thaws', async () => {
    const child = startChild({ ...settings, commandId: 'frozen' }, { ANJIE_FAILPOINTS: 'before-send=pause:1000' });
    await until('its row', async () => (await rig.messages()).length === 1);
    process.kill(child.pid, 'SIGSTOP');
    const outcome = await retry('frozen');
    expect(outcome).toMatchObject({ kind: 'unknown' });
    process.kill(child.pid, 'SIGCONT');
    expect(await child.exited()).toMatchObject({ code: 0 });
    expect(child.lines.at(-1)).toMatchObject({ kind: 'unknown', reason: 'leaseEnded' });
    expect(platform.of('2305')).toHaveLength(0);
    expect(await rig.messages()).toMatchObject([{ outcome: 'unknown', resolution: 'open' }]);
  });

  test('with the answer in hand: its late record is refused, but the answer is kept for whoever resolves', async () => {
    const child = startChild({ ...settings, commandId: 'late' }, { ANJIE_FAILPOINTS: 'after-answer-before-commit=pause:1000' });
    await until('the answer', () => platform.of('2305').length === 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.kill(child.pid, 'SIGSTOP');
    const outcome = await retry('late');
    expect(outcome).toMatchObject({ kind: 'unknown' });
    process.kill(child.pid, 'SIGCONT');
    await child.exited();
    expect(child.lines.at(-1)).toMatchObject({ kind: 'unknown', reason: 'lateAnswer' });
    expect(await rig.messages()).toMatchObject([{ state: 'sent', outcome: 'unknown', resolution: 'open' }]);
    expect(await countReceipts(rig.store)).toBe(0);
    const late = await rig.gateway.readLateAnswer(outcome.msgid, '2305');
    expect(late).toMatchObject({ kind: 'settled', output: { setlinfo: { setl_id: 'SETL1' } } });
  });
});

test('business rows commit with the answer, or the answer alone does', async () => {
  const failing = cancellationCall({
    onAnswer: async (outcome, manager) => {
      await noteReceipt(outcome, manager);
      throw new Error('the ledger refuses');
    },
  });
  await expect(rig.gateway.call(failing)).rejects.toThrow('the ledger refuses');
  expect(await rig.messages()).toMatchObject([{ state: 'answered', outcome: 'settled', answer: expect.stringContaining('SETL1') as string }]);
  expect(await countReceipts(rig.store)).toBe(0);
  const seen: boolean[] = [];
  const healed = await rig.gateway.call({
    ...failing,
    onAnswer: async (outcome, manager) => {
      seen.push(outcome.replayed);
      await noteReceipt(outcome, manager);
    },
  });
  expect(healed).toMatchObject({ kind: 'settled', replayed: true });
  expect(seen).toEqual([true]);
  expect(await countReceipts(rig.store)).toBe(1);
  expect(platform.of('2305')).toHaveLength(1);
});

test('answer and business rows become visible together', async () => {
  const other = await openRig(settings);
  const during: unknown[] = [];
  const outcome = await rig.gateway.call(
    cancellationCall({
      onAnswer: async (answer, manager) => {
        await noteReceipt(answer, manager);
        during.push(await countReceipts(other.store), (await other.messages())[0]?.state);
      },
    }),
  );
  expect(outcome.kind).toBe('settled');
  expect(during).toEqual([0, 'sent']);
  expect(await countReceipts(other.store)).toBe(1);
  await other.close();
});
