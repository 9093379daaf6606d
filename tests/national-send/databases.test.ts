import { claimResolution } from '../../activities/national/resolve';
import { onBothDatabases } from '../support/databases';
import { type Platform, cancelled, no, ok, signedIn, startPlatform } from './platform';
import { countReceipts, noteReceipt } from './receipts';
import { type Rig, type Settings, callOf, cancellationCall, readCall, rigOn } from './rig';

/** What rests on transactions and locks, with several processes' worth of connections to one database. */
onBothDatabases('national send', (database) => {
  let platform: Platform;
  const rigs: Rig[] = [];

  beforeEach(async () => {
    platform = await startPlatform();
    platform.script['2305'] = (request) => cancelled(request);
    platform.script['5303'] = () => ok({ data: [] });
  });
  afterEach(async () => {
    for (const { gateway } of rigs.splice(0)) gateway.close();
    await platform.close();
  });

  async function open(over: Partial<Settings> = {}): Promise<Rig> {
    const rig = rigOn(await database().openMigrated(), { url: platform.url, timeoutMs: 5000, ...over });
    rigs.push(rig);
    return rig;
  }

  test('senders that race on one key send once and write its business rows once', async () => {
    platform.script['2305'] = (request) => ({ ...cancelled(request), delayMs: 100 });
    const racers = [await open(), await open(), await open()];
    for (let round = 0; round < 5; round += 1) {
      const call = cancellationCall({ onAnswer: noteReceipt });
      const outcomes = await Promise.all([...racers, ...racers].map((rig) => rig.gateway.call(call)));
      expect(new Set(outcomes.map((outcome) => `${outcome.kind} ${outcome.msgid}`)).size).toBe(1);
      expect(platform.of('2305')).toHaveLength(round + 1);
      expect(await countReceipts(racers[0]!.store)).toBe(round + 1);
    }
  });

  test('200 calls over three connections have 200 msgids', async () => {
    const racers = [await open(), await open(), await open()];
    const calls = Array.from({ length: 200 }, (_each, index) => ({ ...readCall(), ...callOf(`many-${index}`), timeoutMs: 25_000 }));
    const outcomes = await Promise.all(calls.map((call, index) => racers[index % 3]!.gateway.call(call)));
    expect(outcomes.filter((outcome) => outcome.kind === 'settled')).toHaveLength(200);
    expect(new Set(platform.received.map((each) => each.msgid)).size).toBe(200);
  });

  test('several processes sign in once, and renew once', async () => {
    let valid = 'S1';
    platform.script['9001'] = (_request, nth) => ({ ...signedIn(`S${nth}`), delayMs: 100 });
    platform.script['5303'] = (request) => (request.sign_no === valid ? ok({ data: [] }) : no('签到已失效,请重新签到'));
    const racers = [await open({ signIn: true }), await open({ signIn: true }), await open({ signIn: true })];
    const all = () => Promise.all([...racers, ...racers].map((rig) => rig.gateway.call(readCall())));
    expect((await all()).map((outcome) => outcome.kind)).toEqual(Array.from({ length: 6 }, () => 'settled'));
    expect(platform.of('9001')).toHaveLength(1);
    valid = 'S2';
    expect((await all()).map((outcome) => outcome.kind)).toEqual(Array.from({ length: 6 }, () => 'settled'));
    expect(platform.of('9001')).toHaveLength(2);
  });

  test('adopting and abandoning exclude each other', async () => {
    platform.script['2305'] = () => ({ act: 'reset' });
    const [one, two] = [await open(), await open()];
    for (let round = 0; round < 5; round += 1) {
      const { msgid } = await one.gateway.call(cancellationCall());
      const claims = await Promise.all([
        claimResolution(one.store, msgid, 'abandoning'),
        claimResolution(two.store, msgid, 'adopting'),
        claimResolution(one.store, msgid, 'abandoning'),
        claimResolution(two.store, msgid, 'adopting'),
      ]);
      expect([claims[0] && claims[2], claims[1] && claims[3]].filter(Boolean)).toHaveLength(1);
      expect(claims[0]).toBe(claims[2]);
      expect(claims[1]).toBe(claims[3]);
    }
  });
});
