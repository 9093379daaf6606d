import { connect } from 'node:net';
import { encodeRequest } from '../../domain/national/codec';
import { type Centre, Hospital, openCentre, post, profileNamed, Stay } from './hospital';

/** What never reaches the books. */
describe('gateway and header', () => {
  let centre: Centre;
  let hospital: Hospital;

  async function open(id = 'default', changes: Parameters<typeof profileNamed>[1] = {}): Promise<void> {
    centre = await openCentre(profileNamed(id, changes));
    hospital = new Hospital(centre);
  }
  afterEach(async () => {
    await centre.close();
    expect(centre.errors).toEqual([]);
  });

  const person = { data: { mdtrt_cert_type: '02', mdtrt_cert_no: '990101195803120019' } };

  test.each(['x-tif', 'x-ca', 'apikey'] as const)('signature %s: wrong secret and old time are refused at the gateway', async (family) => {
    await open('default', { signature: { family } });
    await hospital.signIn();
    const wrong = await hospital.call('1101', person, { secret: 'other' });
    expect(wrong).toMatchObject({ infcode: '-1', gatewayError: true, inf_refmsgid: null, err_msg: '签名校验失败' });
    const at = (minutes: number): { signedAt: Date } => ({ signedAt: new Date(Date.now() + minutes * 60_000) });
    for (const minutes of [-6, 6]) expect(await hospital.refused('1101', person, at(minutes))).toContain('时间戳');
    for (const minutes of [-4, 4]) await hospital.ok('1101', person, at(minutes));
  });

  test('a nonce is used once', async () => {
    await open();
    await hospital.signIn();
    await hospital.ok('1101', person, { nonce: 'n-1' });
    expect(await hospital.refused('1101', person, { nonce: 'n-1' })).toContain('随机数重复');
  });

  test.each(['infno', 'callService', 'path'] as const)('address style %s: a path of another transaction', async (style) => {
    await open('default', { url: { style, prefix: '/fsi/api/rsfComIfsService/callService' } });
    await hospital.signIn();
    await hospital.ok('1101', person);
    const elsewhere = await hospital.call('1101', person, { path: `${centre.sandbox.url}/2001` });
    expect(elsewhere).toMatchObject({ gatewayError: true, err_msg: '交易编号不存在' });
  });

  test('a number that the province offers in another form does not exist', async () => {
    await open('riverside');
    await hospital.signIn();
    const { body } = encodeRequest(
      { ...centre.profile, forms: {} },
      '2303',
      {
        msgid: hospital.newMsgid(), mdtrtarea_admvs: '990100', insuplc_admdvs: '990100', opter_type: '1', opter: 'op1',
        opter_name: '示例经办', inf_time: '2026-11-22 08:00:00', fixmedins_code: hospital.code, fixmedins_name: '示例一院',
      },
      new Stay(hospital, 'A').settlement(1, {
        psn_no: '1', mdtrt_id: '1', fulamt_ownpay_amt: 0, overlmt_selfpay: 0, preselfpay_amt: 0, inscp_scp_amt: 0,
      }) as never,
    );
    const raw = await hospital.post(`${centre.sandbox.url}/fsi/api/rsfComIfsService/callService/2303`, body);
    expect(raw.body.toString('utf8')).toContain('交易编号不存在');
  });

  test('sign-in: absent, of another operator, signed out, expired', async () => {
    await open('default', { signNoLifeMinutes: 30 });
    expect(await hospital.refused('1101', person)).toContain('未签到或签到已过期');
    const signNo = await hospital.signIn();
    await hospital.ok('1101', person);
    const other = new Hospital(centre, 'H99000000002');
    expect(await other.refused('1101', person, { signNo })).toContain('未签到或签到已过期');
    await centre.control('PUT', '/_clock', { offsetMs: 30 * 60_000 });
    expect(await hospital.refused('1101', person)).toContain('未签到或签到已过期');
    const again = await hospital.signIn();
    await hospital.ok('9002', { signOut: { sign_no: again, opter_no: 'op1' } });
    expect(await hospital.refused('1101', person)).toContain('未签到或签到已过期');
    // A message that failed here was never accepted: it may come again under its msgid.
    const msgid = hospital.newMsgid();
    await hospital.refused('1101', person, { msgid });
    await hospital.signIn();
    await hospital.ok('1101', person, { msgid });
  });

  test('header: insured place, msgid of another institution', async () => {
    await open();
    await hospital.signIn();
    const stay = new Stay(hospital, 'A');
    await stay.admit();
    expect(await hospital.refused('2404', { data: stay.ids }, { insuplc: '990200' })).toContain('参保地医保区划');
    const foreign = new Hospital(centre, 'H99000000002').newMsgid();
    expect(await hospital.refused('2404', { data: stay.ids }, { msgid: foreign })).toContain('发送方报文ID');
    await hospital.ok('2404', { data: stay.ids });
  });

  test.each([
    ['empty', ''],
    ['truncated', '{"infno":"1101","msgid":"H99'],
    ['a list', '[1,2,3]'],
    ['a text', '"1101"'],
    ['null', 'null'],
    ['a number', '1'],
    ['duplicate member', '{"infno":"1101","infno":"2304"}'],
    ['deep nesting', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['deep objects', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['lone surrogate', '{"infno":"1101","msgid":"\\ud800"}'],
    ['prototype', '{"__proto__":{"infno":"1101"},"infno":"__proto__"}'],
    ['unknown number', '{"infno":"0000"}'],
    ['wrong types', '{"infno":["1101"],"msgid":{},"input":7}'],
    ['form-encoded', 'infno=1101&msgid=1'],
    ['html', '<html></html>'],
    ['a large text', `{"infno":"1101","x":"${'x'.repeat(1_000_000)}"}`],
  ])('garbage (%s) gets an envelope with -1', async (_what, body) => {
    await open();
    const raw = await post(`${centre.sandbox.url}/1101`, { 'content-type': 'application/json' }, body);
    expect(JSON.parse(raw.body.toString('utf8'))).toMatchObject({ infcode: -1 });
    expect(await centre.records('messages')).toEqual([]);
    await hospital.signIn();
  });

  test('bytes that are no UTF-8, other methods, unknown controls, half a request', async () => {
    await open();
    const bytes = await post(`${centre.sandbox.url}/1101`, {}, Buffer.from([0x7b, 0xff, 0xfe, 0x7d]).toString('latin1'));
    expect(bytes.body.toString('utf8')).toContain('"infcode":-1');
    expect((await fetch(`${centre.sandbox.url}/1101`)).status).toBe(405);
    expect((await fetch(`${centre.sandbox.url}/_nothing`)).status).toBe(404);
    expect((await fetch(`${centre.sandbox.url}/_records?kind=__proto__`)).status).toBe(400);
    expect((await fetch(`${centre.sandbox.url}/_data`, { method: 'PUT', body: '{' })).status).toBe(400);
    const twice = { psn_no: '1', certno: '1', psn_name: '甲', brdy: '1990-01-01', insuinfo: [{ insutype: '310', psn_type: '1101', psn_insu_stas: '1', insuplc_admdvs: '990100' }] };
    const persons = [twice, { ...twice, psn_no: '2' }];
    await expect(centre.control('PUT', '/_data', { persons })).rejects.toThrow('400');
    expect((await fetch(`${centre.sandbox.url}/_data`, { method: 'PUT', body: '{"persons":[{"psn_no":1}]}' })).status).toBe(400);
    const port = Number(new URL(centre.sandbox.url).port);
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write('POST /1101 HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"infno"');
        socket.destroy();
        resolve();
      });
    });
    await hospital.signIn();
  });
});
