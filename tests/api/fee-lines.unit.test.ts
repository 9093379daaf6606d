import { checkBatch, checkLine, type FeeLine, type KeptLine } from '../../domain/fee-lines';
import { fen } from '../../domain/money';

function line(feedetl_sn: string, cnt: string, pric: string, amount: number, init?: string): FeeLine {
  return {
    feedetl_sn, cnt, pric, det_item_fee_sumamt: fen(amount), fee_ocur_time: '2026-11-05 15:40:00',
    med_list_codg: 'XJ01', medins_list_codg: 'YP20', ...(init === undefined ? {} : { init_feedetl_sn: init }),
  };
}

describe('one line: amount = quantity × price, half up to the fen', () => {
  test.each`
    what                        | cnt         | price         | fen         | init         | code
    ${'exact'}                  | ${'10'}     | ${'58.00'}    | ${58_000}   | ${undefined} | ${null}
    ${'rounded up'}             | ${'42'}     | ${'38.765'}   | ${162_813}  | ${undefined} | ${null}
    ${'a fen too little'}       | ${'42'}     | ${'38.765'}   | ${162_812}  | ${undefined} | ${'ROW_AMOUNT_MISMATCH'}
    ${'half goes up'}           | ${'1'}      | ${'0.005'}    | ${1}        | ${undefined} | ${null}
    ${'return'}                 | ${'-4'}     | ${'38.765'}   | ${-15_506}  | ${'A06'}     | ${null}
    ${'return without origin'}  | ${'-4'}     | ${'38.765'}   | ${-15_506}  | ${undefined} | ${'ROW_RETURN_WITHOUT_ORIGINAL'}
    ${'positive with origin'}   | ${'4'}      | ${'38.765'}   | ${15_506}   | ${'A06'}     | ${'ROW_SIGN_MISMATCH'}
    ${'sign of amount differs'} | ${'-4'}     | ${'38.765'}   | ${15_506}   | ${'A06'}     | ${'ROW_AMOUNT_MISMATCH'}
    ${'four decimals'}          | ${'0.3333'} | ${'9.999999'} | ${333}      | ${undefined} | ${null}
  `('$what', ({ cnt, price, fen: amount, init, code }) => {
    expect(checkLine({ row: 7, line: line('X', cnt, price, amount, init) })?.code ?? null).toBe(code);
  });
});

describe('a batch against itself and against what is kept', () => {
  const original: KeptLine = line('A06', '42', '38.765', 162_813);
  const numbered = (...lines: FeeLine[]) => lines.map((one, index) => ({ row: index + 1, line: one }));

  test.each([
    ['a return within its original', [line('A07', '-4', '38.765', -15_506, 'A06')], [original], []],
    ['an original in the same batch, after its return', [line('R', '-1', '10', -1000, 'O'), line('O', '1', '10', 1000)], [], []],
    ['a serial number that is kept', [line('A06', '1', '38.765', 3877)], [original], [[1, 'ROW_SERIAL_DUPLICATE']]],
    ['a serial number twice', [line('X', '1', '1', 100), line('X', '1', '1', 100)], [], [[2, 'ROW_SERIAL_DUPLICATE']]],
    ['a return of nothing', [line('R', '-1', '10', -1000, 'NONE')], [], [[1, 'ROW_ORIGINAL_UNKNOWN']]],
    ['a return of a return', [line('A08', '-1', '38.765', -3877, 'A07')], [original, line('A07', '-4', '38.765', -15_506, 'A06')], [[1, 'ROW_ORIGINAL_UNKNOWN']]],
    ['a return at another price', [line('R', '-1', '38.76', -3876, 'A06')], [original], [[1, 'ROW_ORIGINAL_DIFFERS']]],
    ['the same price written otherwise', [line('R', '-1', '38.7650', -3877, 'A06')], [original], []],
    ['a return of more than was charged', [line('R', '-42.0001', '38.765', -162_813, 'A06')], [original], [[1, 'ROW_RETURN_EXCEEDS']]],
    [
      'two returns that are too much together',
      [line('R1', '-40', '38.765', -155_060, 'A06'), line('R2', '-3', '38.765', -11_630, 'A06')],
      [original],
      [[2, 'ROW_RETURN_EXCEEDS']],
    ],
    [
      'a return on top of one that is kept',
      [line('R2', '-39', '38.765', -151_184, 'A06')],
      [original, line('A07', '-4', '38.765', -15_506, 'A06')],
      [[1, 'ROW_RETURN_EXCEEDS']],
    ],
  ] as const)('%s', (_name, batch, kept, expected) => {
    expect(checkBatch(numbered(...batch), kept).map(({ row, code }) => [row, code])).toEqual(expected);
  });
});
