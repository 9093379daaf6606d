import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fen } from '../../domain/money';
import { type Platform, type Reply, cancelled, no, ok, startPlatform } from './platform';
import { CANARY, HOSPITAL, type Rig, callOf, cancellationCall, openRig, readCall, removeDirectory, temporaryDirectory } from './rig';

let directory: string;
let platform: Platform;
let rig: Rig;

beforeEach(async () => {
  directory = temporaryDirectory();
  platform = await startPlatform();
  rig = await openRig({ directory, url: platform.url, timeoutMs: 800 });
  platform.script['2305'] = (request) => cancelled(request);
});
afterEach(async () => {
  await rig.close();
  await platform.close();
  removeDirectory(directory);
});

test('settled: recorded once, read back afterwards, encrypted on disk', async () => {
  platform.script['2305'] = (request) => cancelled(request, `回执${CANARY}`);
  const call = cancellationCall();
  const first = await rig.gateway.call(call);
  expect(first).toMatchObject({ kind: 'settled', replayed: false, infRefmsgid: expect.stringMatching(/^\d{30}$/) as string });
  expect(first.kind === 'settled' && first.output.setlinfo.psn_cash_pay).toBe(fen(618743));
  const again = await rig.gateway.call(call);
  expect(again).toEqual({ ...first, replayed: true });
  expect(platform.of('2305')).toHaveLength(1);

  const [row] = await rig.messages();
  expect(row).toMatchObject({ state: 'answered', outcome: 'settled', infcode: '0', attempts: 1, mdtrt_id: 'M0001', psn_no: '99010000000001', resolution: null });
  expect(row?.msgid).toMatch(new RegExp(`^${HOSPITAL}\\d{18}$`));
  expect(row?.request).toBe(platform.of('2305')[0]?.raw);
  expect(row?.request).toContain(CANARY);
  expect(row?.answer).toContain(CANARY);
  for (const file of readdirSync(directory).filter((name) => name.startsWith('anjie.db'))) {
    expect(readFileSync(join(directory, file)).includes(Buffer.from(CANARY))).toBe(false);
  }
});

test('refused: the platform\'s code and words, not sent again', async () => {
  platform.script['2305'] = () => no('该结算记录存在未上传的清单,不允许撤销');
  const call = cancellationCall();
  const refused = { kind: 'refused', code: '-1', text: '该结算记录存在未上传的清单,不允许撤销' };
  expect(await rig.gateway.call(call)).toMatchObject({ ...refused, replayed: false });
  expect(await rig.gateway.call(call)).toMatchObject({ ...refused, replayed: true });
  expect(platform.of('2305')).toHaveLength(1);
});

test('connection refused: nothing left, and the next attempt sends under the same msgid', async () => {
  const { port } = platform;
  await platform.close();
  const call = cancellationCall();
  const first = await rig.gateway.call(call);
  expect(first).toMatchObject({ kind: 'unreachable', reason: 'ECONNREFUSED' });
  expect(await rig.messages()).toMatchObject([{ state: 'prepared', outcome: null, leaseUntil: null, attempts: 1 }]);
  platform = await startPlatform(port);
  platform.script['2305'] = (request) => cancelled(request);
  const second = await rig.gateway.call(call);
  expect(second).toMatchObject({ kind: 'settled', msgid: first.msgid });
  expect(platform.of('2305').map((each) => each.msgid)).toEqual([first.msgid]);
  expect(await rig.messages()).toMatchObject([{ attempts: 2 }]);
});

test('a TLS failure is before the request: nothing left', async () => {
  const plain = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await new Promise<void>((resolve) => void plain.listen(0, '127.0.0.1', resolve));
  const tls = await openRig({ directory, url: `https://127.0.0.1:${(plain.address() as AddressInfo).port}` });
  expect(await tls.gateway.call(cancellationCall())).toMatchObject({ kind: 'unreachable' });
  await tls.close();
  plain.close();
});

test('no such host: nothing left', async () => {
  const lost = await openRig({ directory, url: 'http://nowhere.invalid:9' });
  expect(await lost.gateway.call(cancellationCall())).toMatchObject({ kind: 'unreachable', reason: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) as string });
  await lost.close();
});

const unsure: [string, Reply][] = [
  ['reset after the request', { act: 'reset' }],
  ['no answer until the time-out', { act: 'hang' }],
  ['cut off in the answer', { act: 'cutOff' }],
  ['an HTML page', { body: '<html>502 Bad Gateway</html>', status: 502, type: 'text/html' }],
  ['an empty body', { body: '' }],
  ['half a JSON', { body: '{"infcode":0,"inf_refmsgid":"x","output":{"setlinfo":' }],
  ['bytes that are no UTF-8', { body: Buffer.from([0x7b, 0xc4, 0xe3, 0xba, 0xc3, 0x7d]) }],
  ['a wrapper without infcode', { json: { code: 0, message: 'ok' } }],
  ['infcode 0 with an output that breaks its schema', ok({ setlinfo: { setl_id: 'S' } })],
  ['a disguised time-out', no('调用失败', -1, null)],
  ['a busy platform', no('系统繁忙,请稍后再试')],
  ['an HTTP 500 with a friendly body', { body: '{"infcode":0,"inf_refmsgid":"1","output":null}', status: 500 }],
];

test.each(unsure)('%s: unknown, open to be resolved, never sent again by itself', async (title, answer) => {
  platform.script['2305'] = () => answer;
  const call = cancellationCall();
  const first = await rig.gateway.call(call);
  expect(first).toMatchObject({ kind: 'unknown' });
  const again = await rig.gateway.call(call);
  expect(again).toMatchObject({ kind: 'unknown', msgid: first.msgid });
  expect(platform.of('2305')).toHaveLength(1);
  const [row] = await rig.messages();
  expect(row).toMatchObject({ outcome: 'unknown', resolution: 'open' });
  const silent = ['reset after the request', 'no answer until the time-out', 'cut off in the answer'].includes(title);
  expect(row?.state).toBe(silent ? 'sent' : 'answered');
  expect(row?.answer === null).toBe(silent);
});

test('bytes that are no text are kept as they came', async () => {
  const bytes = Buffer.from([0x7b, 0xc4, 0xe3, 0xba, 0xc3, 0x7d]);
  platform.script['2305'] = () => ({ body: bytes, type: 'text/plain' });
  await rig.gateway.call(cancellationCall());
  const [row] = await rig.messages();
  expect(row?.answer).toBe(`data:text/plain;base64,${bytes.toString('base64')}`);
});

test('a new ordinal is a new message', async () => {
  platform.script['2305'] = (request, nth) => (nth === 1 ? { act: 'reset' } : cancelled(request));
  const call = cancellationCall();
  const lost = await rig.gateway.call(call);
  const anew = await rig.gateway.call({ ...call, key: { ...call.key, ordinal: 1 } });
  expect([lost.kind, anew.kind]).toEqual(['unknown', 'settled']);
  expect(anew.msgid).not.toBe(lost.msgid);
});

test('a lost read leaves nothing to resolve', async () => {
  platform.script['5303'] = () => ({ act: 'reset' });
  expect(await rig.gateway.call(readCall())).toMatchObject({ kind: 'unknown' });
  expect(await rig.messages()).toMatchObject([{ outcome: 'unknown', resolution: null }]);
});

test('a key that is used again for something else is the caller\'s mistake', async () => {
  const call = cancellationCall();
  await rig.gateway.call(call);
  await expect(rig.gateway.call(readCall({ key: call.key }))).rejects.toMatchObject({ problem: 'keyReused' });
  await expect(rig.gateway.call({ ...call, institution: 'H99000000009' })).rejects.toMatchObject({ problem: 'unknownInstitution' });
  await expect(rig.gateway.call({ ...call, key: { ...call.key, step: 'a~2' } })).rejects.toMatchObject({ problem: 'badKey' });
});

test('an input that breaks its schema is thrown before anything is written or sent', async () => {
  const call = cancellationCall();
  const broken = { ...call, input: { data: { ...call.input.data, setl_id: '' } } };
  await expect(rig.gateway.call(broken)).rejects.toMatchObject({ name: 'MessageError', path: 'input.data.setl_id' });
  expect(await rig.messages()).toHaveLength(0);
  expect(platform.received).toHaveLength(0);
});

test('beats at least once a second while it waits', async () => {
  platform.script['5303'] = () => ({ json: { infcode: 0, inf_refmsgid: 'R', output: { data: [] } }, delayMs: 2300 });
  let beats = 0;
  const slow = await rig.gateway.call(readCall({ timeoutMs: 5000, heartbeat: () => (beats += 1) }));
  expect(slow.kind).toBe('settled');
  expect(beats).toBeGreaterThanOrEqual(2);
});

test('500 calls at once have 500 msgids', async () => {
  const commands = Array.from({ length: 500 }, (_each, index) => ({ ...callOf(`many-${index}`), infno: '5303' as const, input: readCall().input }));
  platform.script['5303'] = () => ok({ data: [] });
  const outcomes = await Promise.all(commands.map((call) => rig.gateway.call({ ...call, timeoutMs: 20_000 })));
  expect(outcomes.filter((outcome) => outcome.kind === 'settled')).toHaveLength(500);
  expect(new Set(platform.of('5303').map((each) => each.msgid)).size).toBe(500);
});
