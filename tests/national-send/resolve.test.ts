import { claimResolution, concludeResolution, isLive, reverse } from '../../activities/national/resolve';
import type { Message } from '../../store/entities/Message';
import { type Platform, cancelled, no, ok, startPlatform } from './platform';
import { type Rig, callOf, cancellationCall, openRig, removeDirectory, temporaryDirectory } from './rig';

let directory: string;
let platform: Platform;
let rig: Rig;
let lost: string;

beforeEach(async () => {
  directory = temporaryDirectory();
  platform = await startPlatform();
  rig = await openRig({ directory, url: platform.url, timeoutMs: 800 });
  platform.script['2305'] = () => ({ act: 'reset' });
  lost = (await rig.gateway.call(cancellationCall())).msgid;
});
afterEach(async () => {
  await rig.close();
  await platform.close();
  removeDirectory(directory);
});

const rowOf = async (msgid: string): Promise<Message | null> => rig.gateway.findMessage(msgid);
const asking = (ordinal = 0) => {
  const { key, institution, insuplcAdmdvs, operator } = callOf('resolve');
  return { key: { ...key, ordinal }, institution, insuplcAdmdvs: insuplcAdmdvs ?? '', operator, psnNo: '99010000000001' };
};

describe('reversal', () => {
  test.each([
    ['answered 0', ok(null), 'abandoned'],
    ['already refunded', no('该交易退费标志不为未退费'), 'alreadyReversed'],
    ['not found', no('未找到原交易记录'), 'notFound'],
    ['refused otherwise', no('已清算的结算不允许冲正'), 'refused'],
    ['lost itself', { act: 'reset' } as const, 'unknown'],
  ])('2601 %s', async (_title, answer, kind) => {
    platform.script['2601'] = () => answer;
    const reversal = await reverse(rig.gateway, { ...asking(), omsgid: lost, infno: '2305' });
    expect(reversal.kind).toBe(kind);
    expect(platform.of('2601')[0]?.input['data']).toEqual({ psn_no: '99010000000001', omsgid: lost, oinfno: '2305' });
    expect(platform.of('2601')[0]?.msgid).not.toBe(lost);
  });

  test('a lost reversal is repeated under the next ordinal and ends once', async () => {
    platform.script['2601'] = (_request, nth) => (nth === 1 ? { act: 'reset' } : no('该交易已经冲正'));
    expect((await reverse(rig.gateway, { ...asking(0), omsgid: lost, infno: '2305' })).kind).toBe('unknown');
    expect((await reverse(rig.gateway, { ...asking(1), omsgid: lost, infno: '2305' })).kind).toBe('alreadyReversed');
  });

  test('the number that was really sent is reversed, whatever the caller calls it', async () => {
    await reverse(rig.gateway, { ...asking(), omsgid: lost, infno: '2304' });
    expect(platform.of('2601')[0]?.input['data']?.['oinfno']).toBe('2305');
  });
});

describe('adopt or abandon', () => {
  test('of many at once only one way is gone', async () => {
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_each, index) => claimResolution(rig.store, lost, index % 2 === 0 ? 'abandoning' : 'adopting')),
    );
    expect(claims.filter((_claim, index) => index % 2 === 0).every(Boolean)).not.toBe(claims.filter((_claim, index) => index % 2 === 1).every(Boolean));
    expect(new Set(claims.filter((_claim, index) => index % 2 === 0)).size).toBe(1);
  });

  test('abandoned stands on the watch list and can no longer be adopted', async () => {
    expect(await claimResolution(rig.store, lost, 'abandoning')).toBe(true);
    expect(await claimResolution(rig.store, lost, 'adopting')).toBe(false);
    expect(await rig.store.write((manager) => concludeResolution(manager, lost, 'adopting', 'adopted'))).toBe(false);
    expect(await rig.store.write((manager) => concludeResolution(manager, lost, 'abandoning', 'abandoned', '2026-11-22'))).toBe(true);
    expect(await rowOf(lost)).toMatchObject({ resolution: 'abandoned', watchDay: '2026-11-22' });
    expect(await claimResolution(rig.store, lost, 'adopting')).toBe(false);
    expect(await claimResolution(rig.store, lost, 'abandoning')).toBe(false);
  });

  test('a claim that is given up may be taken the other way', async () => {
    await claimResolution(rig.store, lost, 'adopting');
    await rig.store.write((manager) => concludeResolution(manager, lost, 'adopting', 'open'));
    expect(await claimResolution(rig.store, lost, 'abandoning')).toBe(true);
  });

  test('a message with a sure outcome cannot be claimed', async () => {
    platform.script['2305'] = (request) => cancelled(request);
    const { msgid } = await rig.gateway.call(cancellationCall());
    expect(await claimResolution(rig.store, msgid, 'abandoning')).toBe(false);
  });
});

test.each([
  ['0', true],
  ['000', true],
  ['1', false],
  ['001', false],
])('refd_setl_flag %s means live: %s', (flag, live) => {
  expect(isLive(flag)).toBe(live);
});
