import { decodeRequest, encodeRequest, INPUT_CHARACTERS, MessageError } from '../../domain/national/codec';
import type { Fen } from '../../domain/money';
import type { Infno, TransactionMap } from '../../schemas/national/generated';
import { header, riverside, standard } from './support';

const settle = {
  psn_no: 'P1',
  mdtrt_cert_type: '02',
  mdtrt_cert_no: 'X',
  medfee_sumamt: 2118743 as Fen,
  psn_setlway: '01',
  mdtrt_id: 'MD1',
  insutype: '310',
  acct_used_flag: '1',
  mid_setl_flag: '0',
};
const line = {
  feedetl_sn: 'L1',
  mdtrt_id: 'MD1',
  psn_no: 'P1',
  med_type: '21',
  fee_ocur_time: '2026-11-22 08:00:00',
  med_list_codg: 'X',
  medins_list_codg: 'M',
  det_item_fee_sumamt: 100 as Fen,
  cnt: '1',
  pric: '1',
  bilg_dept_codg: 'D',
  bilg_dept_name: '内科',
  bilg_dr_codg: 'DR',
  bilg_dr_name: '示例医师',
};

function failure(act: () => unknown): MessageError {
  try {
    act();
  } catch (error) {
    if (error instanceof MessageError) return error;
    throw error;
  }
  throw new Error('the message was accepted');
}

/** The body of a settlement whose member is replaced by raw JSON. */
function wire(member: string, raw: string): string {
  const { body } = encodeRequest(standard, '2304', header, { data: settle });
  const pattern = new RegExp(`"${member}":("[^"]*"|[^,}]+)`);
  if (!pattern.test(body)) throw new Error(`no member ${member}`);
  return body.replace(pattern, () => (raw === '' ? `"was_${member}":1` : `"${member}":${raw}`));
}

const receive = (member: string, raw: string): MessageError => failure(() => decodeRequest(standard, wire(member, raw)));

test('the body that the cases below change is accepted', () => {
  expect(decodeRequest(standard, wire('medfee_sumamt', '0'))).toMatchObject({ input: { data: { medfee_sumamt: 0 } } });
  expect(decodeRequest(standard, wire('medfee_sumamt', '"12.3"'))).toMatchObject({ input: { data: { medfee_sumamt: 1230 } } });
  expect(decodeRequest(standard, wire('medfee_sumamt', '-0.01'))).toMatchObject({ input: { data: { medfee_sumamt: -1 } } });
  expect(decodeRequest(standard, wire('medfee_sumamt', '-0.00'))).toMatchObject({ input: { data: { medfee_sumamt: 0 } } });
  expect(decodeRequest(standard, wire('medfee_sumamt', '90071992547409.91'))).toMatchObject({ input: { data: { medfee_sumamt: 9007199254740991 } } });
});

describe('money', () => {
  test.each([
    ['0.005', 'MESSAGE_TOO_MANY_DECIMALS'],
    ['21187.4300', 'MESSAGE_TOO_MANY_DECIMALS'],
    ['1E-2', 'MESSAGE_NOT_DECIMAL'],
    ['"１００.００"', 'MESSAGE_NOT_DECIMAL'],
    ['"NaN"', 'MESSAGE_NOT_DECIMAL'],
    ['"Infinity"', 'MESSAGE_NOT_DECIMAL'],
    ['NaN', 'MESSAGE_NOT_JSON'],
    ['""', 'MESSAGE_FIELD_REQUIRED'],
    ['null', 'MESSAGE_FIELD_REQUIRED'],
    ['".5"', 'MESSAGE_NOT_DECIMAL'],
    ['.5', 'MESSAGE_NOT_JSON'],
    ['"+5"', 'MESSAGE_NOT_DECIMAL'],
    ['"¥12"', 'MESSAGE_NOT_DECIMAL'],
    ['"1,000.00"', 'MESSAGE_NOT_DECIMAL'],
    ['" 12.30"', 'MESSAGE_NOT_DECIMAL'],
    ['007', 'MESSAGE_NOT_JSON'],
    ['"007"', 'MESSAGE_NOT_DECIMAL'],
    ['9223372036854775808', 'MESSAGE_NUMBER_TOO_LARGE'],
    ['[12]', 'MESSAGE_NOT_DECIMAL'],
    ['{}', 'MESSAGE_NOT_DECIMAL'],
    ['1.00,"medfee_sumamt":2.00', 'MESSAGE_DUPLICATE_MEMBER'],
  ])('received %s → %s', (raw, code) => {
    expect(receive('medfee_sumamt', raw).code).toBe(code);
  });

  test('an amount that fen cannot hold exactly is refused, not rounded', () => {
    // 90,071,992,547,409.93 yuan is two fen more than the largest safe integer.
    expect(receive('medfee_sumamt', '90071992547409.93')).toMatchObject({ code: 'MESSAGE_NUMBER_TOO_LARGE', rule: 'fen' });
  });

  test.each([
    [1.5, 'MESSAGE_NOT_DECIMAL'],
    [Number.NaN, 'MESSAGE_NOT_DECIMAL'],
    [2 ** 53, 'MESSAGE_NOT_DECIMAL'],
    ['21187.43', 'MESSAGE_NOT_DECIMAL'],
  ])('sent %s → %s', (amount, code) => {
    expect(failure(() => encodeRequest(standard, '2304', header, { data: { ...settle, medfee_sumamt: amount as Fen } })).code).toBe(code);
  });

  test.each([
    ['cnt', '1.00001', 'MESSAGE_TOO_MANY_DECIMALS'],
    ['cnt', '1e6', 'MESSAGE_NOT_DECIMAL'],
    ['cnt', '1234567890123', 'MESSAGE_NUMBER_TOO_LARGE'],
    ['pric', '38.7654321', 'MESSAGE_TOO_MANY_DECIMALS'],
    ['pric', '', 'MESSAGE_FIELD_REQUIRED'],
  ])('%s of a line as %s → %s', (member, value, code) => {
    expect(failure(() => encodeRequest(standard, '2301', header, { feedetail: [{ ...line, [member]: value }] })).code).toBe(code);
  });
});

describe('dates and times', () => {
  test.each(['2026-02-29', '2026-13-01', '20261122', '2026/11/22', '0001-01-01', '1732000000', '2026-11-22 00:00:00', '２０２６-11-22'])('a day as %s', (day) => {
    expect(failure(() => encodeRequest(standard, '2304', header, { data: { ...settle, dscg_time: day } })).code).toBe('MESSAGE_NOT_A_DATE');
  });

  test.each(['2026-02-29 00:00:00', '2026-11-22 24:00:00', '2026-11-22T08:00:00', '2026-11-22 08:00', '2026-11-22 08:00:00.123456', '2026-11-22 08:00:00+08:00', '2026-11-22'])('a time as %s', (time) => {
    expect(failure(() => encodeRequest(standard, '2301', header, { feedetail: [{ ...line, fee_ocur_time: time }] })).code).toBe('MESSAGE_NOT_A_TIME');
  });

  test('a time as a number is refused', () => {
    expect(receive('inf_time', '1732000000000').code).toBe('MESSAGE_NOT_TEXT');
  });
});

describe('codes', () => {
  test.each([
    ['insutype', '311'],
    ['mdtrt_cert_type', '2'],
    ['psn_setlway', '1'],
    ['acct_used_flag', 'Y'],
    ['insutype', 'toString'],
  ])('%s as %s', (member, value) => {
    const error = failure(() => encodeRequest(standard, '2304', header, { data: { ...settle, [member]: value } }));
    expect(error.code).toMatch(value.length > 6 ? 'MESSAGE_TOO_LONG' : 'MESSAGE_NOT_IN_CODE_TABLE');
    expect(error.path).toBe(`input.data.${member}`);
  });

  test('a local code passes where the province has it, and nowhere else', () => {
    const input = { feedetail: [{ ...line, med_type: '9118' }] };
    expect(encodeRequest(riverside, '2301', header, input).body).toContain('9118');
    expect(failure(() => encodeRequest(standard, '2301', header, input)).rule).toBe('codeTable:med_type');
  });

  test('an unknown number, and a form that the province does not offer', () => {
    expect(failure(() => decodeRequest(standard, wire('infno', '"9999"'))).code).toBe('MESSAGE_UNKNOWN_TRANSACTION');
    const body = encodeRequest(riverside, '2304', header, { data: settle }).body.replace('"2304A"', '"2304"');
    expect(failure(() => decodeRequest(riverside, body)).code).toBe('MESSAGE_UNKNOWN_TRANSACTION');
  });
});

describe('body', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['truncated', wire('psn_no', '"P1"').slice(0, -5), 'MESSAGE_NOT_JSON'],
    ['two lines of JSON', `${wire('psn_no', '"P1"')}\n{}`, 'MESSAGE_NOT_JSON'],
    ['form-encoded', 'infno=2304&msgid=1', 'MESSAGE_NOT_JSON'],
    ['comment', wire('psn_no', '/* x */"P1"'), 'MESSAGE_NOT_JSON'],
    ['empty', '', 'MESSAGE_EMPTY'],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), 'MESSAGE_NOT_UTF8'],
    ['lone surrogate', wire('psn_no', '"\\ud800"'), 'MESSAGE_BAD_TEXT'],
    ['NUL in a text', wire('psn_no', '"P\\u0000"'), 'MESSAGE_BAD_TEXT'],
    ['raw control character', wire('psn_no', '"P\u0001"'), 'MESSAGE_NOT_JSON'],
    ['missing member', wire('psn_no', ''), 'MESSAGE_FIELD_REQUIRED'],
    ['wrong case of a member', wire('psn_no', '"P1"').replace('"psn_no"', '"PSN_NO"'), 'MESSAGE_FIELD_REQUIRED'],
    ['number for a text', wire('psn_no', '990101198001010018'), 'MESSAGE_NOT_TEXT'],
    ['31 characters', wire('psn_no', `"${'1'.repeat(31)}"`), 'MESSAGE_TOO_LONG'],
    ['node missing', wire('psn_no', '"P1"').replace('"data":', '"date":'), 'MESSAGE_NODE_REQUIRED'],
    ['node a list', wire('psn_no', '"P1"').replace('"data":{', '"data":[{').replace(/}}}$/, '}]}}'), 'MESSAGE_NOT_AN_OBJECT'],
    ['a text of 1 MB', wire('psn_no', `"${'1'.repeat(1_000_000)}"`), 'MESSAGE_INPUT_TOO_LARGE'],
    ['nested 10,000 deep', '['.repeat(10_000), 'MESSAGE_TOO_DEEP'],
    ['no insured place', wire('insuplc_admdvs', '""'), 'MESSAGE_FIELD_REQUIRED'],
  ])('%s', (_, body, code) => {
    expect(failure(() => decodeRequest(standard, body)).code).toBe(code);
  });

  test('a byte order mark and members that nobody knows are no reason to refuse', () => {
    const body = wire('psn_no', '"P1","unknown":[1,2,{"__proto__":{"x":1}}]');
    expect(decodeRequest(standard, Buffer.from(`\ufeff${body}`, 'utf8'))).toMatchObject({ infno: '2304', input: { data: { psn_no: 'P1' } } });
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test('a rare character counts as one', () => {
    const name = '𠮷'.repeat(50);
    expect(encodeRequest(standard, '2301', header, { feedetail: [{ ...line, bilg_dr_name: name }] }).body).toContain(name);
    expect(failure(() => encodeRequest(standard, '2301', header, { feedetail: [{ ...line, bilg_dr_name: `${name}x` }] })).code).toBe('MESSAGE_TOO_LONG');
  });
});

describe('size', () => {
  const many = (count: number, memo: string) => ({ feedetail: Array.from({ length: count }, () => ({ ...line, memo })) });

  test('lists: none, and one line more than the profile allows', () => {
    expect(failure(() => encodeRequest(standard, '2301', header, many(0, ''))).code).toBe('MESSAGE_NODE_REQUIRED');
    expect(encodeRequest(standard, '2301', header, many(100, 'x')).body.length).toBeGreaterThan(20_000);
    expect(failure(() => encodeRequest(standard, '2301', header, many(101, 'x'))).text).toBe('每次最多上传 100 条明细');
    expect(failure(() => encodeRequest(riverside, '2301', header, many(51, 'x'))).code).toBe('MESSAGE_TOO_MANY_ROWS');
  });

  test(`an input of more than ${INPUT_CHARACTERS} characters is refused, a file is not`, () => {
    expect(failure(() => encodeRequest(standard, '2301', header, many(100, 'x'.repeat(200)))).code).toBe('MESSAGE_INPUT_TOO_LARGE');
    const file = { fsUploadIn: { in: new Uint8Array(100_000), filename: 'a.zip', fixmedins_code: 'H99000000001' } };
    expect(encodeRequest(standard, '9101', header, file).body.length).toBeGreaterThan(130_000);
  });
});

describe('required', () => {
  test.each<[string, Infno, unknown, string]>([
    ['always', '2304', { data: { ...settle, mdtrt_id: undefined } }, 'input.data.mdtrt_id'],
    ['as an empty text', '2304', { data: { ...settle, mdtrt_id: '' } }, 'input.data.mdtrt_id'],
    ['by a condition', '1101', { data: { mdtrt_cert_type: '03', mdtrt_cert_no: 'X' } }, 'input.data.card_sn'],
    ['in a row of a list', '4102', { data: { stastinfo: [{ psn_no: 'P', setl_id: 'S', stas_type: '1' }, { psn_no: 'P', setl_id: 'S' }] } }, 'input.data.stastinfo[1].stas_type'],
  ])('%s', (_, infno, input, path) => {
    expect(failure(() => encodeRequest(standard, infno, header, input as TransactionMap[Infno]['input']))).toMatchObject({ code: 'MESSAGE_FIELD_REQUIRED', path });
  });

  test('a profile may ask for more, or for less', () => {
    const input = { data: { ...settle, acct_used_flag: undefined } };
    expect(encodeRequest(standard, '2303', header, input).body).not.toContain('acct_used_flag');
    expect(failure(() => encodeRequest(riverside, '2303', header, input)).path).toBe('input.data.acct_used_flag');
  });

  test('the insured place, whenever a person is named', () => {
    const { insuplc_admdvs: _, ...without } = header;
    expect(failure(() => encodeRequest(standard, '2304', without, { data: settle })).path).toBe('header.insuplc_admdvs');
    expect(encodeRequest(standard, '9001', without, { signIn: { opter_no: 'clerk01', ip: '127.0.0.1' } }).body).toContain('"insuplc_admdvs":""');
  });
});

test('an error says where and what in Chinese, and never the value', () => {
  const error = failure(() => encodeRequest(standard, '2301', header, { feedetail: [line, line, { ...line, cnt: '1.23456' }] }));
  expect(error).toMatchObject({ path: 'input.feedetail[2].cnt', rule: 'decimal(16,4)', text: '第3行「数量」（cnt）最多 4 位小数' });
  expect(error.message).not.toContain('1.23456');
});
