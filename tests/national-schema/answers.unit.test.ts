import { decodeAnswer, encodeAnswer, encodeGatewayError, MessageError } from '../../domain/national/codec';
import { fundSumOnWire } from '../../domain/national/fund-sum';
import { fen } from '../../domain/money';
import { riverside, shipped, standard } from './support';

const REFERENCE = '990100202611221030000000000001';
const line =
  '"feedetl_sn":"L1","det_item_fee_sumamt":DET,"cnt":"3","pric":12.5,"pric_uplmt_amt":0,"chrgitm_lv":"02","med_chrgitm_type":"09","lmt_used_flag":"0"';
const withAmount = (amount: string): string => line.replace('DET', amount);
const envelope = (output: string, infcode = '0'): string => `{"infcode":${infcode},"inf_refmsgid":"${REFERENCE}","err_msg":"","output":${output}}`;
const fees = (amount: string): string => envelope(`{"result":[{${withAmount(amount)}}]}`);

function codeOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof MessageError) return error.code;
    throw error;
  }
  return 'accepted';
}

const amountOf = (body: string | Uint8Array, contentType?: string): unknown => decodeAnswer(standard, '2301', body, contentType).output?.result[0]?.det_item_fee_sumamt;

describe('shapes of an accepted answer', () => {
  test.each([
    ['plain, infcode a number', fees('37.50')],
    ['infcode a text', envelope(`{"result":[{${withAmount('37.5')}}]}`, '"0"')],
    ['wrapped by a gateway', `{"code":0,"type":"success","message":"","data":${fees('37.50')}}`],
    ['wrapped, data a text', `{"code":0,"data":${JSON.stringify(fees('37.50'))}}`],
    ['output a text', envelope(JSON.stringify(`{"result":[{${withAmount('37.50')}}]}`))],
    ['output in a list', envelope(`[{"result":[{${withAmount('37.50')}}]}]`)],
    ['one row without its list', envelope(`{"result":{${withAmount('37.50')}}}`)],
    ['amount a text', fees('"37.50"')],
    ['superfluous zeros', fees('37.5000000')],
    ['byte order mark', `\ufeff${fees('37.50')}`],
    ['members that nobody knows', envelope(`{"result":[{${withAmount('37.50')},"new_member":{"a":[1]}}],"x":1}`)],
  ])('%s', (_, body) => {
    expect(amountOf(body)).toBe(3750);
    expect(amountOf(Buffer.from(body, 'utf8'))).toBe(3750);
  });

  test('a declared Chinese encoding is read', () => {
    const body = Buffer.concat([Buffer.from('{"infcode":0,"inf_refmsgid":"r","output":{"result":{"mdtrt_id":"M'), Buffer.from([0xd7, 0xa1]), Buffer.from('"}}}')]);
    expect(decodeAnswer(standard, '2401', body, 'application/json;charset=GBK').output).toEqual({ result: { mdtrt_id: 'M住' } });
  });

  test.each(['null', '{}', '""', '[]'])('no output node: output %s', (output) => {
    expect(decodeAnswer(standard, '2402', envelope(output))).toEqual({ infcode: '0', inf_refmsgid: REFERENCE, err_msg: null, gatewayError: false, output: {} });
  });

  test('an optional list is there even when the answer lacks it; null is absent', () => {
    const text = '{"infcode":0,"inf_refmsgid":null,"output":{"baseinfo":{"psn_no":"1","psn_cert_type":"01","certno":"2","psn_name":"","gend":"1","age":45.0,"brdy":null}}}';
    expect(decodeAnswer(standard, '1101', text).output).toEqual({
      baseinfo: { psn_no: '1', psn_cert_type: '01', certno: '2', psn_name: '', gend: '1', age: '45.0' },
      insuinfo: [],
      idetinfo: [],
    });
  });

  test('dates with a time, times with a fraction, numbers for texts are read', () => {
    const row = '{"mdtrt_id":123,"psn_no":"P","psn_cert_type":"01","certno":"C","psn_name":"N","brdy":"1980-01-01 00:00:00","insutype":"310","begndate":"2026-11-01T00:00:00.000","med_type":"9999","ipt_otp_no":"Z1"}';
    expect(decodeAnswer(standard, '5303', envelope(`{"data":[${row}]}`)).output?.data[0]).toMatchObject({ mdtrt_id: '123', brdy: '1980-01-01', begndate: '2026-11-01', med_type: '9999' });
  });

  test.each([
    ['in its node', '{"infcode":0,"output":{"signinoutb":{"sign_time":"2026-11-22 08:00:00","sign_no":"S1"}}}'],
    ['directly in output', '{"infcode":0,"output":{"sign_time":"2026-11-22 08:00:00","sign_no":"S1"}}'],
    ['beside infcode', '{"infcode":"0","sign_time":"2026-11-22 08:00:00","sign_no":"S1","output":null}'],
  ])('sign-in %s', (_, body) => {
    expect(decodeAnswer(standard, '9001', body).output).toEqual({ signinoutb: { sign_time: '2026-11-22 08:00:00', sign_no: 'S1' } });
  });

  test('9102: the body is the file, unless its type says that it is an envelope', () => {
    const file = Uint8Array.from([0x50, 0x4b, 3, 4, 0xff]);
    expect(decodeAnswer(standard, '9102', file, 'application/octet-stream').output).toEqual({ content: file });
    expect(decodeAnswer(standard, '9102', Buffer.from('{"infcode":-1,"err_msg":"文件不存在"}'), 'application/json')).toMatchObject({ infcode: '-1', err_msg: '文件不存在' });
    expect(codeOf(() => decodeAnswer(standard, '9102', new Uint8Array(), 'application/octet-stream'))).toBe('MESSAGE_NOT_BYTES');
    expect(codeOf(() => decodeAnswer(standard, '9102', '{"infcode":0}', 'application/json'))).toBe('MESSAGE_NOT_BYTES');
  });
});

describe('refusals', () => {
  test.each([
    ['a number', '{"infcode":-1,"inf_refmsgid":null,"err_msg":"余额不足","output":null}', '-1', null, false],
    ['a text', '{"infcode":"-2","inf_refmsgid":"R","err_msg":"余额不足"}', '-2', 'R', false],
    ['an intermediary', '{"infcode":999,"err_msg":"余额不足"}', '999', null, false],
    ['a gateway', '{"type":"error","infcode":-1,"err_msg":"余额不足"}', '-1', null, true],
    ['wrapped', '{"code":200,"type":"success","message":"ok","data":{"infcode":"-1","err_msg":"余额不足","output":"garbage"}}', '-1', null, false],
  ])('infcode as %s', (_, body, infcode, reference, gatewayError) => {
    expect(decodeAnswer(standard, '2304', body)).toEqual({ infcode, inf_refmsgid: reference, err_msg: '余额不足', gatewayError });
  });

  test.each(shipped.map((profile) => [profile.id, profile] as const))('written by %s and read back', (_, profile) => {
    const { body, contentType } = encodeAnswer(profile, '2304', { infcode: '-1', inf_refmsgid: REFERENCE, err_msg: '人员未入院' });
    expect(decodeAnswer(profile, '2304', body, contentType)).toEqual({ infcode: '-1', inf_refmsgid: REFERENCE, err_msg: '人员未入院', gatewayError: false });
    expect(decodeAnswer(profile, '2304', encodeGatewayError('未知的交易编号').body)).toMatchObject({ infcode: '-1', gatewayError: true });
  });

  test('riverside wraps its answers and writes texts', () => {
    const { body } = encodeAnswer(riverside, '9001', { infcode: '0', inf_refmsgid: 'R', output: { signinoutb: { sign_time: '2026-11-22 08:00:00', sign_no: 'S1' } } });
    expect(JSON.parse(String(body))).toMatchObject({ code: 0, type: 'success', data: { infcode: '0', sign_no: 'S1', output: null } });
  });
});

describe('what cannot be read for sure is refused', () => {
  const gbk = Buffer.concat([Buffer.from('{"infcode":-1,"err_msg":"'), Buffer.from([0xb2, 0xce, 0xb1, 0xa3]), Buffer.from('"}')]);
  test.each<[string, string | Uint8Array, string]>([
    ['empty', '', 'MESSAGE_EMPTY'],
    ['spaces', ' \n', 'MESSAGE_EMPTY'],
    ['no bytes', new Uint8Array(), 'MESSAGE_EMPTY'],
    ['HTML', '<html><body>502 Bad Gateway</body></html>', 'MESSAGE_NOT_JSON'],
    ['cut off', fees('37.50').slice(0, -20), 'MESSAGE_NOT_JSON'],
    ['two documents', `${fees('37.50')}\n${fees('37.50')}`, 'MESSAGE_NOT_JSON'],
    ['comment', `/* ok */${fees('37.50')}`, 'MESSAGE_NOT_JSON'],
    ['GBK without saying so', gbk, 'MESSAGE_NOT_UTF8'],
    ['half a character', Buffer.from(fees('37.50')).fill(0xe4, 20, 21), 'MESSAGE_NOT_UTF8'],
    ['a list', '[]', 'MESSAGE_NOT_AN_ENVELOPE'],
    ['a text', '"ok"', 'MESSAGE_NOT_AN_ENVELOPE'],
    ['no infcode', '{"output":{}}', 'MESSAGE_INFCODE_MISSING'],
    ['wrapper without infcode', '{"code":500,"type":"error","message":"fail","data":null}', 'MESSAGE_INFCODE_MISSING'],
    ['infcode null', '{"infcode":null,"output":{}}', 'MESSAGE_INFCODE_MISSING'],
    ['infcode a fraction', '{"infcode":0.5}', 'MESSAGE_INFCODE_MISSING'],
    ['infcode twice', '{"infcode":-1,"infcode":0,"output":{}}', 'MESSAGE_DUPLICATE_MEMBER'],
    ['output missing', envelope('null'), 'MESSAGE_NODE_REQUIRED'],
    ['output not JSON', envelope('"<xml/>"'), 'MESSAGE_NOT_JSON'],
    ['output of the wrong kind', envelope('7'), 'MESSAGE_NOT_AN_OBJECT'],
    ['amount missing', envelope(`{"result":[{${withAmount('null')}}]}`), 'MESSAGE_FIELD_REQUIRED'],
    ['amount twice', fees('1.00,"det_item_fee_sumamt":2.00'), 'MESSAGE_DUPLICATE_MEMBER'],
    ['three decimals', fees('37.505'), 'MESSAGE_TOO_MANY_DECIMALS'],
    ['exponent', fees('3.75E1'), 'MESSAGE_NOT_DECIMAL'],
    ['huge integer', fees('9223372036854775808'), 'MESSAGE_NUMBER_TOO_LARGE'],
    ['boolean', fees('true'), 'MESSAGE_NOT_DECIMAL'],
    ['nested too deep', `{"infcode":0,"output":${'['.repeat(60)}${']'.repeat(60)}}`, 'MESSAGE_TOO_DEEP'],
  ])('%s', (_, body, code) => {
    expect(codeOf(() => decodeAnswer(standard, '2301', body))).toBe(code);
  });
});

test.each([
  // profile, without account, account, wire sum
  ['default', 1234500, 10000, 1234500],
  ['riverside', 1224500, 10000, 1234500],
])('%s: fund sum %i with account %i beside it is %i on the wire', (id, without, account, wire) => {
  const profile = id === 'default' ? standard : riverside;
  expect(fundSumOnWire(profile, fen(without), fen(account))).toBe(wire);
});
