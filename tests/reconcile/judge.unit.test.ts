import { fen } from '../../domain/money';
import { classOf, judge, type OurMessage, type OurSettlement, type TheirSettlement } from '../../domain/reconciliation/difference';

const DAY = '2026-11-12';
const theirs = (of: Partial<TheirSettlement> = {}): TheirSettlement => ({
  class: 'onlyTheirs', setl_id: 'S1', mdtrt_id: 'V1', refd_setl_flag: '0', medfee: fen(1000), fund: fen(600), account: fen(100), ...of,
});
const ours = (of: Partial<OurSettlement> = {}): OurSettlement => ({
  status: 'live', businessDate: DAY, medfee: fen(1000), fund: fen(600), account: fen(100), ...of,
});
const message = (of: Partial<OurMessage> = {}): OurMessage => ({
  workflowId: 'admission/H/1', mdtrt_id: 'V1', outcome: 'unknown', resolution: 'open', bookedAs: null, ...of,
});

describe('a settlement that only the centre has', () => {
  test.each<[string, Partial<OurMessage> | null, Partial<TheirSettlement>, string, string]>([
    // what we know of its message                 message                                          theirs                         does        because
    ['lost, nobody gave it up',                    {},                                              {},                            'adopt',    ''],
    ['lost, given to a person',                    { resolution: 'manual' },                        {},                            'adopt',    ''],
    ['lost, an adoption broke off',                { resolution: 'adopting' },                      {},                            'adopt',    ''],
    ['lost, a 2601 is under way',                  { resolution: 'abandoning' },                    {},                            'undo',     '迟到'],
    ['reversed by 2601',                           { resolution: 'abandoned' },                     {},                            'undo',     '迟到'],
    ['proven absent on an earlier day',            { resolution: 'absent' },                        {},                            'undo',     '迟到'],
    ['refused, as we were told',                   { outcome: 'refused', resolution: null },        {},                            'undo',     '拒绝'],
    ['booked by us under another setl_id',         { outcome: 'settled', bookedAs: 'S9' },          {},                            'undo',     '两笔'],
    ['adopted under another setl_id',              { resolution: 'adopted', bookedAs: 'S9' },       {},                            'undo',     '两笔'],
    ['still on its way',                           { outcome: null, resolution: null },             {},                            'later',    '途中'],
    ['answered, not yet booked here',              { outcome: 'settled', resolution: null },        {},                            'later',    '途中'],
    ['ours, but of another visit',                 { mdtrt_id: 'V2' },                              {},                            'abnormal', '不是同一次就诊'],
    ['not ours',                                   null,                                            {},                            'abnormal', '没有这份报文'],
    ['not ours, refunded there',                   null,                                            { refd_setl_flag: '1' },       'none',     '已退费'],
    ['reversed here and there',                    { resolution: 'abandoned' },                     { refd_setl_flag: '001' },     'none',     '已退费'],
    ['the row of a refund',                        { resolution: 'abandoned' },                     { medfee: fen(-1000) },        'none',     '已退费'],
    ['the centre says that we have it',            null,                                            { class: 'onlyOurs' },         'abnormal', '本地没有'],
  ])('%s', (_what, known, row, action, because) => {
    const verdict = judge(DAY, theirs(row), undefined, known === null ? undefined : message(known));
    expect(verdict.action).toBe(action);
    if (because !== '') expect((verdict as { reason: string }).reason).toContain(because);
  });
});

describe('a settlement that our books hold', () => {
  test.each<[string, Partial<OurSettlement>, Partial<TheirSettlement>, string, string]>([
    // what                                       ours                                theirs                                             does        because
    ['the centre does not have it',               {},                                 { class: 'onlyOurs' },                             'abnormal', '中心没有'],
    ['refunded at the centre',                    {},                                 { class: 'amounts', refd_setl_flag: '1' },         'abnormal', '已退费'],
    ['no amounts from the centre',                {},                                 { class: 'amounts', medfee: null },                'abnormal', '中心没有'],
    ['one fen more in all',                       {},                                 { class: 'amounts', medfee: fen(1001) },           'abnormal', '金额不一致'],
    ['one fen less from the fund',                {},                                 { class: 'amounts', fund: fen(599) },              'abnormal', '金额不一致'],
    ['one fen less from the account',             {},                                 { class: 'amounts', account: fen(99) },            'abnormal', '金额不一致'],
    ['same amounts, another person or visit',     {},                                 { class: 'amounts' },                              'abnormal', '编号不一致'],
    ['booked here a day earlier',                 { businessDate: '2026-11-11' },     { class: 'amounts' },                              'abnormal', '2026-11-11'],
    ['held for its amounts',                      { status: 'held' },                 { class: 'amounts', fund: fen(599) },              'abnormal', '待确认'],
    ['cancelled here, alive there',               { status: 'cancelled' },            { class: 'cancelled' },                            'abnormal', '仍有效'],
    ['cancelled here, refunded there',            { status: 'cancelled' },            { class: 'cancelled', refd_setl_flag: '1' },       'none',     '均已撤销'],
    ['cancelled here between file and answer',    { status: 'cancelled' },            { class: 'onlyOurs' },                             'none',     '均已撤销'],
  ])('%s', (_what, own, row, action, because) => {
    const verdict = judge(DAY, theirs(row), ours(own), undefined);
    expect(verdict).toMatchObject({ action, reason: expect.stringContaining(because) });
  });
});

test.each<[string, { stmt_rslt: string; medfee: number | null }, 'live' | 'cancelled' | null, string]>([
  // what                                              row                                     ours         class
  ['centre has more, not in our books',                { stmt_rslt: '000101', medfee: 1000 },  null,        'onlyTheirs'],
  ['institution has more; amounts are our own',        { stmt_rslt: '000102', medfee: 1000 },  'live',      'onlyOurs'],
  ['amounts differ',                                   { stmt_rslt: '000103', medfee: 1000 },  'live',      'amounts'],
  ['a code that no list has, in our books',            { stmt_rslt: '909090', medfee: 1000 },  'live',      'amounts'],
  ['a code that no list has, not in our books',        { stmt_rslt: '909090', medfee: 1000 },  null,        'onlyTheirs'],
  ['no code, no amounts',                              { stmt_rslt: '', medfee: null },        'live',      'onlyOurs'],
  ['we cancelled it',                                  { stmt_rslt: '000101', medfee: 1000 },  'cancelled', 'cancelled'],
])('%s is filed as it should', (_what, { stmt_rslt, medfee }, status, expected) => {
  const row = { stmt_rslt, medfee: medfee === null ? null : fen(medfee) };
  expect(classOf(row, status === null ? undefined : { status })).toBe(expected);
});
