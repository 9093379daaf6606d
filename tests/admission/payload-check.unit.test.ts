import { checkPayload } from '../../domain/admission/payload-check';
import { dueAt, nextDeadline } from '../../domain/admission/deadlines';
import { openStay, type AdmissionState } from '../../domain/admission/state';
import type { AdmissionCommand } from '../../domain/admission/types';
import { reasonFor } from '../../domain/national/named-lines';
import { RULES } from '../support/rules';

const credential = { type: '02', no: '990101195803120019' };
const deposit = { amountFen: 100, method: 'cash', receiptNo: 'R1' };
const settle = { credential, psnSetlway: '01', acctUsedFlag: '1', midSetlFlag: '0' };
const admit = { credential, insutype: '310', medType: '21', begntime: '2026-11-02 15:20:00', form: { adm_bed: '1' }, diagnoses: [{ diag_code: 'I70' }] };

describe('the shape of a command', () => {
  test.each<[AdmissionCommand, object, string | null]>([
    // command            payload                                                    field that is wrong
    ['admit',             admit,                                                     null],
    ['admit',             { ...admit, certno: '990101195803120019' },                null],
    ['admit',             { ...admit, certno: 5 },                                   'certno'],
    ['admit',             { ...admit, begntime: '2026-11-02' },                      'begntime'],
    ['admit',             { ...admit, diagnoses: [['x']] },                          'diagnoses'],
    ['admit',             { ...admit, form: { adm_bed: { nested: 1 } } },            'form'],
    ['admit',             { ...admit, credential: { type: '09', no: 'x' } },         'credential'],
    ['admit',             { ...admit, credential: null },                            'credential'],
    ['admit',             { ...admit, credential: { type: '01', qrCode: '1' } },     null],
    ['admit',             { ...admit, credential: { type: '02', qrCode: '1' } },     'credential'],
    ['admit',             { ...admit, credential: { type: '01', qrCode: 1 } },       'credential'],
    ['admit',             { ...admit, credential: { ...credential, qrCode: '1' } },  'credential'],
    ['admit',             { ...admit, credential: { type: '01', qrCode: '1', no: '1' } }, 'credential'],
    ['recordDeposit',     deposit,                                                   null],
    ['recordDeposit',     { ...deposit, amountFen: 0 },                              'amountFen'],
    ['recordDeposit',     { ...deposit, amountFen: 0.5 },                            'amountFen'],
    ['recordDeposit',     { ...deposit, amountFen: 2 ** 53 },                        'amountFen'],
    ['recordDeposit',     { ...deposit, amountFen: '100' },                          'amountFen'],
    ['refundDeposit',     { ...deposit, receiptNo: '' },                             'receiptNo'],
    ['uploadFees',        { uploadId: 'u', lineCount: 0 },                           'lineCount'],
    ['withdrawFees',      { feedetlSns: 'all' },                                     null],
    ['withdrawFees',      { feedetlSns: ['A1'] },                                    null],
    ['withdrawFees',      { feedetlSns: [] },                                        'feedetlSns'],
    ['withdrawFees',      {},                                                        'feedetlSns'],
    ['settle',            settle,                                                    null],
    ['settle',            { ...settle, expectedCashFen: 0 },                         null],
    ['settle',            { ...settle, expectedCashFen: -1 },                        'expectedCashFen'],
    ['settle',            { ...settle, midSetlFlag: true },                          'midSetlFlag'],
    ['settleSelfPay',     {},                                                        null],
    ['settleSelfPay',     { invono: 'FP1', expectedCashFen: 100 },                   null],
    ['settleSelfPay',     { expectedCashFen: 0.5 },                                  'expectedCashFen'],
    ['preSettle',         { ...settle, acctUsedFlag: '2' },                          'acctUsedFlag'],
    ['preSettle',         { ...settle, diseCodg: 'I70.2' },                          null],
    ['preSettle',         { ...settle, diseCodg: '' },                               'diseCodg'],
    ['revokePreSettlement', {},                                                      null],
    ['cancelSettlement',  { setlId: 'S1' },                                          'reason'],
    ['resolveUnknown',    { msgid: 'M', decision: 'abandon', reason: 'r' },          null],
    ['resolveUnknown',    { msgid: 'M', decision: 'guess', reason: 'r' },            'decision'],
    ['submitList',        { setlId: 'S1', form: {}, diagnoses: [] },                 null],
  ])('%s %j', (command, payload, wrong) => {
    const refusal = checkPayload(command, payload as Record<string, unknown>);
    expect(refusal?.message ?? null).toBe(wrong === null ? null : `指令内容不正确：${wrong}。`);
  });
});

describe('deadlines', () => {
  const HOUR = 3_600_000;
  const DAY = 24 * HOUR;
  const rules = { ...RULES, feesOverdueDays: 3, settlementOverdueHours: 24, maxStayDaysPerSettlement: 90, keepOpenDays: 90 };
  const opened = openStay({ institution: 'H', iptNo: 'Z', round: 1, profile: 'default', insutype: '310', medType: '21', begntime: '2026-11-02 15:20:00' }, rules);
  const fees = { ...opened.fees, lastUploadAt: 1000 };
  test.each<[string, Partial<AdmissionState>, object | null, number | null]>([
    // case                          state                                                                            next of itself                              by when people act
    ['nothing yet',                  {},                                                                              null,                                       null],
    ['in the stay: fees first',      { stage: 'admitted', fees, unsettledSince: 0 },                                  { at: 1000 + 3 * DAY, alarm: 'FEES_OVERDUE' }, 1000 + 3 * DAY],
    ['then the mid-stay settlement', { stage: 'admitted', fees, unsettledSince: 0, alarms: ['FEES_OVERDUE'] },        { at: 90 * DAY, alarm: 'MID_STAY_DUE' },    1000 + 3 * DAY],
    ['both told',                    { stage: 'admitted', fees, unsettledSince: 0, alarms: ['FEES_OVERDUE', 'MID_STAY_DUE'] }, null,                              1000 + 3 * DAY],
    ['discharged',                   { stage: 'discharged', dischargedAt: 5 },                                        { at: 5 + DAY, alarm: 'SETTLEMENT_OVERDUE' }, 5 + DAY],
    ['discharged and told',          { stage: 'discharged', dischargedAt: 5, alarms: ['SETTLEMENT_OVERDUE'] },        null,                                       5 + DAY],
    ['settled after discharge',      { stage: 'settled', dischargedAt: 5, settledAt: 7 },                             { at: 7 + 90 * DAY, alarm: null },          null],
    ['settled before discharge',     { stage: 'settled', dischargedAt: null, settledAt: 7 },                          null,                                       null],
    ['and then discharged',          { stage: 'settled', dischargedAt: 9, settledAt: 7 },                             { at: 9 + 90 * DAY, alarm: null },          null],
    ['cancelled',                    { stage: 'cancelled', fees, unsettledSince: 0 },                                 null,                                       null],
  ])('%s', (_name, change, next, due) => {
    const state = { ...opened, ...change };
    expect([nextDeadline(state), dueAt(state)]).toEqual([next, due]);
  });
});

test.each([
  ['第1条[A1]编码失效；第3条[A10]数量不能为零', 'A10', '第3条[A10]数量不能为零'],
  ['第1条[A1]编码失效；第3条[A10]数量不能为零', 'A1', '第1条[A1]编码失效'],
  ['上传失败', 'A1', '上传失败'],
])('%s, of %s', (text, sn, reason) => expect(reasonFor(text, sn)).toBe(reason));
