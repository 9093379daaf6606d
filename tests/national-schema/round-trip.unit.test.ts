import * as fc from 'fast-check';
import { decodeAnswer, decodeRequest, encodeAnswer, encodeRequest, infnoAsSent } from '../../domain/national/codec';
import { fen } from '../../domain/money';
import { transactions, type Infno, type TransactionMap } from '../../schemas/national/generated';
import { anyValues, header, riverside, seeded, shipped, standard } from './support';

const everyTransaction = shipped.flatMap((profile) =>
  (Object.keys(transactions) as Infno[])
    // A form that the province sends instead of the base is reached through the base.
    .filter((infno) => infnoAsSent(profile, infno) === infno || profile.forms[infno] !== undefined)
    .filter((infno) => !Object.values(profile.forms).includes(infno))
    .map((infno) => [profile.id, infno, profile] as const),
);

test.each(everyTransaction)('%s: a request of %s comes back as it was sent', (_, infno, profile) => {
  fc.assert(
    fc.property(anyValues(profile, transactions[infno].input), (values) => {
      const { body, infno: sent } = encodeRequest(profile, infno, header, values as unknown as TransactionMap[Infno]['input']);
      const decoded = decodeRequest(profile, Buffer.from(body, 'utf8'));
      expect(decoded).toMatchObject({ infno, sentInfno: sent });
      expect(decoded.input).toEqual(values);
      expect(decoded.header).toMatchObject(header);
    }),
    seeded(4),
  );
});

test.each(everyTransaction)('%s: an answer of %s comes back as it was given', (_, infno, profile) => {
  fc.assert(
    fc.property(anyValues(profile, transactions[infno].output), (values) => {
      const output = values as unknown as TransactionMap[Infno]['output'];
      const { body, contentType } = encodeAnswer(profile, infno, { infcode: '0', inf_refmsgid: '990100202611221030000000000001', output });
      const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
      const decoded = decodeAnswer(profile, infno, bytes, contentType);
      expect(decoded).toMatchObject({ infcode: '0', err_msg: null, gatewayError: false });
      expect(decoded.output).toEqual(values);
    }),
    seeded(4),
  );
});

const settle: TransactionMap['2304']['input'] = {
  data: {
    psn_no: '99010000000000000001',
    mdtrt_cert_type: '02',
    mdtrt_cert_no: '990101198001010018',
    medfee_sumamt: fen(2118743),
    psn_setlway: '01',
    mdtrt_id: 'MD0001',
    insutype: '310',
    acct_used_flag: '1',
    mid_setl_flag: '0',
  },
};

test('the default wire of a settlement: JSON numbers without float artefacts, header in the printed order', () => {
  const { body } = encodeRequest(standard, '2304', header, settle);
  expect(body).toContain('"medfee_sumamt":21187.43,');
  expect(Object.keys(JSON.parse(body) as object)).toEqual([
    ...['infno', 'msgid', 'mdtrtarea_admvs', 'insuplc_admdvs', 'recer_sys_code', 'infver', 'opter_type', 'opter', 'opter_name', 'inf_time'],
    ...['fixmedins_code', 'fixmedins_name', 'sign_no', 'dev_no', 'dev_safe_info', 'cainfo', 'signtype', 'input'],
  ]);
});

test('the wire of riverside: A form, input as text, numbers as texts, extra header members, its own spelling', () => {
  const { body, infno } = encodeRequest(riverside, '2304', header, settle);
  const wire = JSON.parse(body) as Record<string, string>;
  expect([infno, wire.infno]).toEqual(['2304A', '2304A']);
  expect(wire).toMatchObject({ infver: '1.0', recer_admdvs: '990000', serv_code: 'HIS', mdtrtarea_admdvs: '990100' });
  expect(wire).not.toHaveProperty('mdtrtarea_admvs');
  expect(JSON.parse(wire.input ?? '')).toMatchObject({ data: { medfee_sumamt: '21187.43' } });
});

test('renamed nodes, fields and codes reach the wire and come back', () => {
  const cancel: TransactionMap['2404']['input'] = { data: { mdtrt_id: 'MD0001', psn_no: 'P1', expContent: '{"a":1}' } };
  const { body } = encodeRequest(riverside, '2404', header, cancel);
  expect(JSON.parse((JSON.parse(body) as { input: string }).input)).toEqual({ mdtrtinfo: { mdtrt_id: 'MD0001', psn_no: 'P1', exp_content: '{"a":1}' } });
  expect(decodeRequest(riverside, body).input).toEqual(cancel);

  const person: TransactionMap['1101']['input'] = { data: { mdtrt_cert_type: '02', mdtrt_cert_no: 'X', psn_cert_type: '01' } };
  const asked = encodeRequest(riverside, '1101', header, person).body;
  expect(asked).toContain('psn_cert_type\\":\\"1\\"');
  expect(decodeRequest(riverside, asked).input).toEqual(person);
});

test('the refund filter of 3201 is spelled as the province prints it', () => {
  const totals: TransactionMap['3201']['input'] = {
    data: {
      insutype: '310',
      clr_type: '21',
      setl_optins: '990100',
      stmt_begndate: '2026-11-22',
      stmt_enddate: '2026-11-22',
      medfee_sumamt: fen(0),
      fund_pay_sumamt: fen(-1),
      acct_pay: fen(5),
      fixmedins_setl_cnt: 2,
      REFD_SETL_FLAG: '1',
    },
  };
  expect(encodeRequest(standard, '3201', header, totals).body).toContain('"medfee_sumamt":0.00,"fund_pay_sumamt":-0.01,"acct_pay":0.05,"fixmedins_setl_cnt":2,"REFD_SETL_FLAG":"1"');
  expect(encodeRequest(riverside, '3201', header, totals).body).toContain('refd_setl_flag');
});

test('a file is Base64 or a list of signed bytes', () => {
  const upload: TransactionMap['9101']['input'] = { fsUploadIn: { in: Uint8Array.from([0, 127, 128, 255]), filename: 'a.zip', fixmedins_code: 'H99000000001' } };
  const wireOf = (body: string): unknown => (JSON.parse(body) as { input: unknown }).input;
  expect(wireOf(encodeRequest(standard, '9101', header, upload).body)).toMatchObject({ fsUploadIn: { in: 'AH+A/w==' } });
  expect(JSON.parse(String(wireOf(encodeRequest({ ...riverside, numbersAs: 'number' }, '9101', header, upload).body)))).toMatchObject({ fsUploadIn: { in: [0, 127, -128, -1] } });
});

test('a message of a real size keeps its 100 lines exact', () => {
  const line = (index: number) => ({
    feedetl_sn: `L${index}`,
    mdtrt_id: 'MD0001',
    psn_no: 'P1',
    med_type: '21',
    fee_ocur_time: '2026-11-22 08:00:00',
    med_list_codg: 'XC07AAB134A001010100507',
    medins_list_codg: `M${index}`,
    det_item_fee_sumamt: fen(index * 37 - 500),
    cnt: '0.3333',
    pric: '38.765',
    bilg_dept_codg: 'D1',
    bilg_dept_name: '内科',
    bilg_dr_codg: 'DR1',
    bilg_dr_name: '示例医师',
  });
  const input = { feedetail: Array.from({ length: 50 }, (_, index) => line(index)) };
  for (const profile of shipped) {
    const { body } = encodeRequest(profile, '2301', header, input);
    expect(body.includes('bilg_dr_code')).toBe(profile.id === 'riverside');
    expect(decodeRequest(profile, body).input).toEqual(input);
  }
});
