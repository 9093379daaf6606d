import { fen, type Fen } from '../../domain/money';
import { readResultFile, writeDetailFile, type DetailRow } from '../../domain/reconciliation/day-file';

/** A file as a reader sees it: columns apart by spaces, `·` for an empty one. */
function file(...lines: string[]): string {
  return lines.map((line) => `${line.trim().split(/\s+/).map((column) => (column === '·' ? 'null' : column)).join('\t')}\n`).join('');
}

const detail = (row: Partial<DetailRow>): DetailRow => ({
  setl_id: 'S1', mdtrt_id: 'V1', psn_no: 'P1', medfee_sumamt: fen(2118743), fund_pay_sumamt: fen(1324858), acct_pay: fen(150000), refd_setl_flag: '0', ...row,
});

describe('the detail file of 9101', () => {
  test.each<[string, Partial<DetailRow>, string]>([
    // what                    row                                              line
    ['a settlement',           {},                                              'S1 V1 P1 21187.43 13248.58 1500.00 0'],
    ['nothing paid',           { medfee_sumamt: fen(0), acct_pay: fen(0) },     'S1 V1 P1 0.00     13248.58 0.00    0'],
    ['one fen',                { acct_pay: fen(1) },                            'S1 V1 P1 21187.43 13248.58 0.01    0'],
    ['an empty column',        { mdtrt_id: '' },                                'S1 ·  P1 21187.43 13248.58 1500.00 0'],
    ['a refund row',           { medfee_sumamt: fen(-100), refd_setl_flag: '1' }, 'S1 V1 P1 -1.00   13248.58 1500.00 1'],
  ])('%s', (_what, row, line) => {
    expect(writeDetailFile([detail(row)])).toBe(file(line));
  });

  test('no rows is an empty file; several rows are lines in their order', () => {
    expect(writeDetailFile([])).toBe('');
    expect(writeDetailFile([detail({ setl_id: 'S1' }), detail({ setl_id: 'S2' })]).split('\n').map((line) => line.slice(0, 2))).toEqual(['S1', 'S2', '']);
  });

  test.each(['S\t1', 'S\n1', 'S\r1'])('a value that would break its row is refused: %j', (setl_id) => {
    expect(() => writeDetailFile([detail({ setl_id })])).toThrow(RangeError);
  });
});

describe('the result file of 9102', () => {
  const GOOD = 'P1 V1 S1 M1 000101 0 医药机构无此结算 21187.43 13248.58 1500.00';

  test('gives each row with amounts in fen', () => {
    expect(readResultFile(file(GOOD))).toEqual([
      {
        psn_no: 'P1', mdtrt_id: 'V1', setl_id: 'S1', msgid: 'M1', stmt_rslt: '000101', refd_setl_flag: '0', memo: '医药机构无此结算',
        medfee: 2118743, fund: 1324858, account: 150000,
      },
    ]);
  });

  test.each<[string, string, number]>([
    ['empty',                                 '',                                       0],
    ['empty lines at the end',                `${file(GOOD)}\n\n`,                      1],
    ['no line end at the end',                file(GOOD).trimEnd(),                     1],
    ['CRLF',                                  file(GOOD).replace('\n', '\r\n'),         1],
    ['a BOM in front',                        `\uFEFF${file(GOOD)}`,                    1],
    ['the newer edition with exp_content',    file(`${GOOD} {}`),                       1],
    ['a settlement and its refund row',       file(GOOD, 'P1 V1 S1 M2 000101 1 · -21187.43 -13248.58 -1500.00'), 2],
    ['the same line twice',                   file(GOOD, GOOD),                         1],
    ['one message under two settlements',     file(GOOD, GOOD.replace('S1', 'S2')),     2],
    ['without amounts',                       file('P1 V1 S1 M1 000101 0 · · · ·'),     1],
    ['without a setl_id, found by its msgid', file(GOOD.replace('S1', '·')),            1],
  ])('%s', (_what, text, rows) => {
    expect(readResultFile(text)).toHaveLength(rows);
  });

  test.each<[string, string, RegExp]>([
    ['a line cut off',                          file(GOOD, 'P1 V1 S2 M1'),                               /第 2 行有 4 列/],
    ['a column too many',                       file(`${GOOD} {} x`),                                    /第 1 行有 12 列/],
    ['commas instead of tabs',                  file(GOOD).replaceAll('\t', ','),                        /第 1 行有 1 列/],
    ['three decimals',                          file(GOOD.replace('13248.58', '13248.580')),             /金额不正确/],
    ['an exponent',                             file(GOOD.replace('21187.43', '1E-2')),                  /金额不正确/],
    ['full-width digits',                       file(GOOD.replace('21187.43', '２１１８７.43')),          /金额不正确/],
    ['a currency sign',                         file(GOOD.replace('21187.43', '¥21187.43')),             /金额不正确/],
    ['NaN',                                     file(GOOD.replace('21187.43', 'NaN')),                   /金额不正确/],
    ['neither setl_id nor msgid',               file(GOOD.replace('S1', '·').replace('M1', '·')),        /没有结算号/],
    ['the same settlement with other amounts',  file(GOOD, GOOD.replace('1500.00', '1500.01')),          /第 2 行与第 1 行/],
    ['a header line',                           file('psn_no mdtrt_id setl_id msgid a b c d e f', GOOD), /第 1 行金额不正确/],
  ])('%s: nothing of the file is used', (_what, text, message) => {
    expect(() => readResultFile(text)).toThrow(message);
    expect(() => readResultFile(text)).toThrow(RangeError);
  });

  test('what the institution hands in and the centre echoes comes back to the fen', () => {
    const amounts = [0, 1, 99, 100, 2118743, 999_999_999].map((value) => fen(value) as Fen);
    const lines = writeDetailFile(amounts.map((amount, index) => detail({ setl_id: `S${index}`, medfee_sumamt: amount })));
    const echoed = lines.replace(/^(\S+)\t(\S+)\t(\S+)\t(.*)\t0$/gm, '$3\t$2\t$1\tnull\t000102\t0\tnull\t$4');
    expect(readResultFile(echoed).map((row) => row.medfee)).toEqual(amounts);
  });
});
