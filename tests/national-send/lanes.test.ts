import { type Platform, cancelled, no, ok, signedIn, startPlatform } from './platform';
import { OTHER_HOSPITAL, type Rig, type Settings, cancellationCall, openRig, readCall, removeDirectory, startChild, temporaryDirectory } from './rig';

/** Sign-in, rate, places and circuit. */

let directory: string;
let platform: Platform;
const rigs: Rig[] = [];

beforeEach(async () => {
  directory = temporaryDirectory();
  platform = await startPlatform();
  platform.script['5303'] = () => ok({ data: [] });
  platform.script['2305'] = (request) => cancelled(request);
});
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
  await platform.close();
  removeDirectory(directory);
});

async function open(over: Partial<Settings> = {}): Promise<Rig> {
  const rig = await openRig({ directory, url: platform.url, timeoutMs: 3000, signIn: true, ...over });
  rigs.push(rig);
  return rig;
}

describe('sign-in', () => {
  test('20 calls at once sign in once, and all carry the sign_no', async () => {
    platform.script['9001'] = (_request, nth) => ({ ...signedIn(`S${nth}`), delayMs: 200 });
    const rig = await open();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => rig.gateway.call(readCall())));
    expect(outcomes.every((outcome) => outcome.kind === 'settled')).toBe(true);
    expect(platform.of('9001')).toHaveLength(1);
    expect(platform.of('9001')[0]).toMatchObject({ sign_no: '', input: { signIn: { opter_no: 'op1' } } });
    expect(new Set(platform.of('5303').map((each) => each.sign_no))).toEqual(new Set(['S1']));
  });

  test('processes that start together sign in once', async () => {
    platform.script['9001'] = (_request, nth) => ({ ...signedIn(`S${nth}`), delayMs: 1500 });
    await open();
    const children = [1, 2, 3].map((each) => startChild({ directory, url: platform.url, timeoutMs: 8000, signIn: true, commandId: `p${each}`, infno: '5303' }));
    for (const child of children) expect(await child.exited()).toMatchObject({ code: 0 });
    expect(children.map((child) => child.lines.at(-1)?.['kind'])).toEqual(['settled', 'settled', 'settled']);
    expect(platform.of('9001')).toHaveLength(1);
  });

  test('a lapsed sign_no is renewed once for all who met it, and each call goes out anew under a new msgid', async () => {
    const rig = await open();
    await rig.gateway.call(readCall());
    let valid = 'S2';
    platform.script['9001'] = (_request, nth) => signedIn(`S${nth}`);
    platform.script['2305'] = (request) => (request.sign_no === valid ? cancelled(request) : no('签到已过期,请重新签到'));
    const calls = Array.from({ length: 10 }, () => cancellationCall());
    const outcomes = await Promise.all(calls.map((call) => rig.gateway.call(call)));
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(Array.from({ length: 10 }, () => 'settled'));
    expect(platform.of('9001')).toHaveLength(2);
    expect(platform.of('2305')).toHaveLength(20);
    expect(new Set(platform.of('2305').map((each) => each.msgid)).size).toBe(20);
    const rows = (await rig.messages()).filter((row) => row.infno === '2305');
    expect(rows.filter((row) => row.outcome === 'refused').map((row) => row.step)).toEqual(Array.from({ length: 10 }, () => 'send'));
    expect(rows.filter((row) => row.outcome === 'settled').map((row) => row.step)).toEqual(Array.from({ length: 10 }, () => 'send~2'));

    valid = 'none';
    const replayed = await rig.gateway.call(calls[0]!);
    expect(replayed).toEqual({ ...outcomes[0], replayed: true });
    expect(platform.of('2305')).toHaveLength(20);
  });

  test('business rows are not written for the refusal that only asked to sign in', async () => {
    platform.script['2305'] = (request, nth) => (nth === 1 ? no('操作员未签到') : cancelled(request));
    const rig = await open();
    const seen: string[] = [];
    await rig.gateway.call(cancellationCall({ onAnswer: async (outcome) => void seen.push(outcome.kind) }));
    expect(seen).toEqual(['settled']);
  });

  test('a platform that never accepts the sign-in is asked twice, then its refusal stands', async () => {
    platform.script['2305'] = () => no('签到已过期');
    const rig = await open();
    const call = cancellationCall();
    expect(await rig.gateway.call(call)).toMatchObject({ kind: 'refused', text: '签到已过期' });
    expect(await rig.gateway.call(call)).toMatchObject({ kind: 'refused', replayed: true });
    expect([platform.of('9001').length, platform.of('2305').length]).toEqual([2, 2]);
  });

  test('a refused sign-in is a refusal of the call; once it works the same call is sent', async () => {
    platform.script['9001'] = (_request, nth) => (nth === 1 ? no('操作员编号不存在,请联系经办机构') : signedIn('S2'));
    const rig = await open();
    const call = cancellationCall();
    const refused = await rig.gateway.call(call);
    expect(refused).toMatchObject({ kind: 'refused', text: '签到失败: 操作员编号不存在,请联系经办机构' });
    expect(platform.of('2305')).toHaveLength(0);
    expect(await rig.gateway.call(call)).toMatchObject({ kind: 'settled', msgid: refused.msgid });
  });

  test('a lost sign-in sends nothing else and is tried anew', async () => {
    platform.script['9001'] = (_request, nth) => (nth === 1 ? { act: 'reset' } : signedIn('S2'));
    const rig = await open();
    const call = cancellationCall();
    expect(await rig.gateway.call(call)).toMatchObject({ kind: 'unreachable' });
    expect(platform.of('2305')).toHaveLength(0);
    expect(await rig.gateway.call(call)).toMatchObject({ kind: 'settled' });
    expect(platform.of('2305').map((each) => each.sign_no)).toEqual(['S2']);
  });

  test('another operator has a sign-in of his own', async () => {
    const rig = await open();
    await rig.gateway.call(readCall());
    await rig.gateway.call(readCall({ operator: { id: 'op2', name: '示例经办二', type: '1' } }));
    await rig.gateway.call(readCall());
    expect(platform.of('9001').map((each) => each.input['signIn']?.['opter_no'])).toEqual(['op1', 'op2']);
  });
});

describe('limits', () => {
  test('a rate limit of the gateway is waited out under the same msgid', async () => {
    platform.script['2305'] = (request, nth) => (nth <= 2 ? { body: 'slow down', status: 429, headers: { 'retry-after': '1' } } : cancelled(request));
    const rig = await open({ signIn: false });
    const started = Date.now();
    const outcome = await rig.gateway.call(cancellationCall({ timeoutMs: 6000 }));
    expect(outcome.kind).toBe('settled');
    expect(new Set(platform.of('2305').map((each) => each.msgid))).toEqual(new Set([outcome.msgid]));
    expect(Date.now() - started).toBeGreaterThanOrEqual(1900);
  });

  test('a busy platform is asked again for a read, never for what books', async () => {
    platform.script['5303'] = (_request, nth) => (nth === 1 ? no('系统繁忙,请稍后再试') : ok({ data: [] }));
    platform.script['2305'] = () => no('系统繁忙,请稍后再试');
    const rig = await open({ signIn: false });
    expect(await rig.gateway.call(readCall())).toMatchObject({ kind: 'settled' });
    expect(platform.of('5303')).toHaveLength(2);
    expect(await rig.gateway.call(cancellationCall())).toMatchObject({ kind: 'unknown' });
    expect(platform.of('2305')).toHaveLength(1);
  });

  test('no more than the rate leaves in a second', async () => {
    const rig = await open({ signIn: false, rate: 10 });
    await Promise.all(Array.from({ length: 25 }, () => rig.gateway.call(readCall({ timeoutMs: 8000 }))));
    const times = platform.of('5303').map((each) => each.at);
    // A full bucket of 10, then 10 a second: the 25th leaves 1.5 s after the first.
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(1300);
  });

  test('of several processes each keeps to its part of the rate', async () => {
    const rig = await open({ signIn: false, rate: 10, processes: 5 });
    await Promise.all(Array.from({ length: 5 }, () => rig.gateway.call(readCall({ timeoutMs: 8000 }))));
    const times = platform.of('5303').map((each) => each.at);
    // A full bucket of 2, then 2 a second: the 5th leaves 1.5 s after the first.
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(1300);
  });

  test('a slow institution fills its own places only', async () => {
    platform.script['2305'] = (request) => (request.raw.includes(OTHER_HOSPITAL) ? cancelled(request) : { act: 'hang' });
    const rig = await open({ signIn: false, concurrency: 2 });
    const slow = Array.from({ length: 6 }, () => rig.gateway.call(cancellationCall({ timeoutMs: 1500 })));
    const started = Date.now();
    const quick = await rig.gateway.call(cancellationCall({ institution: OTHER_HOSPITAL, timeoutMs: 1500 }));
    expect(quick.kind).toBe('settled');
    expect(Date.now() - started).toBeLessThan(1000);
    const kinds = (await Promise.all(slow)).map((outcome) => outcome.kind);
    // Two had places and lost their answers; who found none in time has sent nothing.
    expect(kinds.filter((kind) => kind === 'unknown').length).toBeGreaterThanOrEqual(2);
    expect(kinds.filter((kind) => kind === 'unreachable').length).toBe(6 - platform.of('2305').filter((each) => !each.raw.includes(OTHER_HOSPITAL)).length);
  });

  test('after many silences calls are turned away at once, until a probe gets through', async () => {
    const { port } = platform;
    await platform.close();
    const rig = await open({ signIn: false });
    for (let each = 0; each < 8; each += 1) expect(await rig.gateway.call(readCall())).toMatchObject({ reason: 'ECONNREFUSED' });
    const turnedAway = cancellationCall();
    expect(await rig.gateway.call(turnedAway)).toMatchObject({ kind: 'unreachable', reason: 'circuitOpen' });
    platform = await startPlatform(port);
    platform.script['2305'] = (request) => cancelled(request);
    await new Promise((resolve) => setTimeout(resolve, 2100));
    expect(await rig.gateway.call(turnedAway)).toMatchObject({ kind: 'settled' });
    expect(await rig.gateway.call(cancellationCall())).toMatchObject({ kind: 'settled' });
  });
});
