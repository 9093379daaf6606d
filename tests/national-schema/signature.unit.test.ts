import { formatMsgid, parseMsgid } from '../../domain/national/msgid';
import { signatureHeaders, verifySignature } from '../../domain/national/signature';
import { formatCompactMs, formatDatetime } from '../../domain/national/time';
import { requestUrl } from '../../domain/national/url';
import { riverside, standard } from './support';

const secrets = { paasid: 'demo-app', secret: 'demo-secret' };
const body = '{"infno":"2304","input":{"data":{"psn_name":"示例甲"}}}';
const now = new Date(1794567890_250);
const family = (name: 'x-tif' | 'x-ca' | 'apikey' | 'none') => ({ signature: { family: name } });

test('x-tif: lower-case SHA-256 of timestamp, secret, nonce, timestamp', () => {
  // Computed with Python's hashlib.
  expect(signatureHeaders(standard, secrets, body, now, 'nonce-1')).toEqual({
    'x-tif-paasid': 'demo-app',
    'x-tif-timestamp': '1794567890',
    'x-tif-nonce': 'nonce-1',
    'x-tif-signature': '4b2c586bae44dc5c77ee0b2e5d10c3af4483feae409b0a4abe4542729dda2c8e',
  });
});

test('x-ca: timestamp and upper-case HMAC-SM3 over timestamp, line feed, body', () => {
  // Computed with Python's hmac over hashlib's SM3.
  const expected = {
    'x-ca-key': 'demo-app',
    'x-ca-signature': '1794567890:1CAB150B6DE9261ECFC3E516B4B7BC332BDDE4A34C6220D8C4C45724917974F2',
  };
  expect(signatureHeaders(riverside, secrets, body, now, 'unused')).toEqual(expected);
  expect(signatureHeaders(riverside, secrets, Buffer.from(body, 'utf8'), now, 'unused')).toEqual(expected);
});

test('apikey adds the key, none adds nothing', () => {
  expect(signatureHeaders(family('apikey'), secrets, body, now, 'n')).toMatchObject({ apikey: 'demo-app', 'x-tif-paasid': 'demo-app' });
  expect(signatureHeaders(family('none'), secrets, body, now, 'n')).toEqual({});
});

test.each(['x-tif', 'x-ca', 'apikey'] as const)('%s: a gateway tells valid, missing, wrong and expired', (name) => {
  const signed = signatureHeaders(family(name), secrets, body, now, 'n1');
  const check = (headers: Record<string, string>, other = secrets, at = now): string => verifySignature(family(name), other, headers, body, at);
  expect(check(signed)).toBe('valid');
  expect(check({})).toBe('missing');
  for (const header of Object.keys(signed)) expect(check({ ...signed, [header]: '' })).toBe('missing');
  for (const header of Object.keys(signed)) expect(check({ ...signed, [header]: `${signed[header]}0` })).toBe('wrong');
  expect(check(signed, { ...secrets, secret: 'rotated' })).toBe('wrong');
  expect(check(signed, secrets, new Date(now.getTime() + 299_000))).toBe('valid');
  expect(check(signed, secrets, new Date(now.getTime() + 360_000))).toBe('expired');
  expect(check(signed, secrets, new Date(now.getTime() - 360_000))).toBe('expired');
});

test('x-ca covers the body', () => {
  const signed = signatureHeaders(riverside, secrets, body, now, '');
  expect(verifySignature(riverside, secrets, signed, `${body} `, now)).toBe('wrong');
});

test('msgid: institution, Beijing time, serial', () => {
  const msgid = formatMsgid('H99000000001', new Date('2026-11-21T16:00:05Z'), 7);
  expect(msgid).toBe('H99000000001202611220000050007');
  expect(parseMsgid(msgid)).toEqual({ fixmedinsCode: 'H99000000001', time: '2026-11-22 00:00:05', serial: 7 });
  expect(formatMsgid('H99000000001', new Date('2026-11-21T16:00:05Z'), 12345)).toMatch(/2345$/);
});

test.each([
  ['H9900000001', 1],
  ['h99000000001', 1],
  ['H99000000001', -1],
  ['H99000000001', 1.5],
])('no msgid for institution %s and serial %s', (code, serial) => {
  expect(() => formatMsgid(code, now, serial)).toThrow('MESSAGE_BAD_MSGID');
});

test.each(['', 'H9900000000120261122000005000', 'H99000000001202613220000050007', 'H99000000001202611222400050007', 'H99000000001202611220000050007x'])(
  '%s is no msgid',
  (msgid) => {
    expect(parseMsgid(msgid)).toBeUndefined();
  },
);

test('times are Beijing times whatever the host says', () => {
  const moment = new Date('2026-12-31T16:00:00.009Z');
  expect([formatDatetime(moment), formatCompactMs(moment)]).toEqual(['2027-01-01 00:00:00', '20270101000000009']);
});

test.each([
  ['one', '2304', 'http://127.0.0.1:7100/base'],
  ['infno', '2304', 'http://127.0.0.1:7100/base/2304A'],
  ['callService', '2304', 'http://127.0.0.1:7100/base/fsi/api/rsfComIfsService/callService/2304A'],
  ['path', '2304', 'http://127.0.0.1:7100/base/fsi/api/hospSettService/settV2'],
  ['path', '2402', 'http://127.0.0.1:7100/base/fsi/api/dscgService/dischargeProcess'],
] as const)('address in style %s of %s', (style, infno, expected) => {
  expect(requestUrl({ ...riverside, url: { ...riverside.url, style } }, 'http://127.0.0.1:7100/base/', infno)).toBe(expected);
});

test('a transaction without a known path cannot be addressed in the path style', () => {
  expect(() => requestUrl({ ...standard, url: { ...standard.url, style: 'path' } }, 'http://127.0.0.1', '4102')).toThrow('MESSAGE_NO_PATH');
});
