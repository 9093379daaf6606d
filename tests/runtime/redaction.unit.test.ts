import { createLogger } from '../../runtime/logger';
import { redact, scrubText } from '../../runtime/redact';
import { toTemporalLogger } from '../../runtime/temporal-logging';

// A made-up person: the canary must never show in any line.
const NAME = '示例甲';
const ID = '990101199003070013';
const PHONE = '13912345678';
const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl';
const QR_CODE = '9901000000000000000000000001';
const MSGID = 'H990000000012026112216101000420';

function capture(): { lines: string[]; sink: { write(line: string): void } } {
  const lines: string[] = [];
  return { lines, sink: { write: (line) => void lines.push(line) } };
}

function expectClean(text: string): void {
  for (const secret of [NAME, ID, PHONE, TOKEN, QR_CODE]) expect(text).not.toContain(secret);
}

describe('redaction of log lines', () => {
  const cases: [string, (log: ReturnType<typeof createLogger>) => void][] = [
    ['nested object', (log) => log.info({ a: { b: [{ psn_name: NAME, certno: ID, tel: PHONE }] } }, 'x')],
    ['other spellings', (log) => log.info({ psnName: NAME, 'Cert-No': ID, ecToken: TOKEN, sign_no: ID }, 'x')],
    ['scanned code', (log) => log.info({ credential: { type: '01', qrCode: QR_CODE }, data: { ecQrCode: QR_CODE } }, `扫码 ${QR_CODE}`)],
    ['scanned code in embedded JSON', (log) => log.error({ body: JSON.stringify({ input: JSON.stringify({ ecQrCode: QR_CODE, ec_qr_code: NAME }) }) }, 'x')],
    ['message text', (log) => log.warn(`身份证 ${ID} 手机 ${PHONE} Bearer ${TOKEN}`)],
    ['format argument', (log) => log.error('bad %s and %o', ID, { name: NAME })],
    ['error message and stack', (log) => log.error(new Error(`病人 ${ID} 重复`))],
    ['error in a member, with cause and own members', (log) => {
      const error = Object.assign(new Error(`outer ${ID}`, { cause: new Error(`inner ${PHONE}`) }), { certno: ID, psn_name: NAME });
      log.error({ err: error, name: NAME }, 'x');
    }],
    ['embedded JSON', (log) => log.error({ body: JSON.stringify({ input: JSON.stringify({ psn_name: NAME, certno: ID }) }) }, 'x')],
    ['map and set', (log) => log.info({ people: new Map([[ID, { name: NAME }]]), ids: new Set([ID]) }, 'x')],
    ['number and bigint', (log) => log.info({ a: Number(PHONE), b: BigInt(ID) }, 'x')],
    ['child bindings', (log) => log.child({ psn_name: NAME, note: ID }).info('x')],
    ['credentials in an address', (log) => log.error(`connect mysql://anjie:${NAME}@127.0.0.1/anjie failed`)],
    ['the SDK', (log) => toTemporalLogger(log).warn('Activity failed', { error: new Error(`no ${ID}`), details: [{ name: NAME }] })],
  ];

  test.each(cases)('%s', (_title, write) => {
    const { lines, sink } = capture();
    write(createLogger('test', 'trace', sink));
    expect(lines).toHaveLength(1);
    expectClean(lines.join(''));
    expect(() => void JSON.parse(lines[0] ?? '')).not.toThrow();
    expect(lines[0]).toContain('[已隐去]');
  });

  test('what operations need stays readable', () => {
    const { lines, sink } = capture();
    createLogger('test', 'info', sink).info({ msgid: MSGID, infno: '2304', amountFen: 2118743, at: 1700000000000 }, '已发送');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msgid: MSGID, infno: '2304', amountFen: 2118743, at: 1700000000000, msg: '已发送' });
  });

  test('never throws: cycles, throwing getters, proxies, symbols, invalid dates', () => {
    const cycle: Record<string, unknown> = { bytes: Buffer.from(NAME), when: new Date(Number.NaN), s: Symbol('x'), f: () => 1 };
    cycle['self'] = cycle;
    Object.defineProperty(cycle, 'bad', { enumerable: true, get: () => { throw new Error(`getter ${ID}`); } });
    const proxy = new Proxy({}, { ownKeys: () => { throw new Error(NAME); } });
    const { lines, sink } = capture();
    const log = createLogger('test', 'info', sink);
    expect(() => log.info(cycle, 'x')).not.toThrow();
    expect(() => log.info({ proxy }, 'x')).not.toThrow();
    expect(lines).toHaveLength(2);
    expectClean(lines.join(''));
  });

  test('very long text is cut and still clean', () => {
    const text = `${'甲'.repeat(19_990)}${ID}${ID}`;
    expectClean(scrubText(text));
    expect(String(redact(text)).length).toBeLessThan(20_010);
  });

  test('scrubbing hostile text takes no long time', () => {
    const started = Date.now();
    scrubText('"name":"'.repeat(4000));
    scrubText('\\'.repeat(20_000));
    scrubText('1'.repeat(20_000));
    scrubText(`a://${'x'.repeat(20_000)}`);
    expect(Date.now() - started).toBeLessThan(2000);
  });
});
