import path from 'node:path';
import { Writable } from 'node:stream';

import iconv from 'iconv-lite';

import { openChecks } from '../../cli/story/checks';
import { cutIntoDays, readPatient } from '../../cli/story/patient';
import { openScreen, yuan } from '../../cli/story/screen';

describe('fee files', () => {
  const text = '\ufefffeedetl_sn,fee_ocur_time,memo\r\n1,2026-01-01 08:00:00,"甲,乙"\r\n2,2026-01-02 09:00:00,\r\n3,2026-01-01 10:00:00,丙\r\n';

  test.each(['utf-8', 'gb18030'])('%s is cut into days and keeps its encoding', (charset) => {
    const days = cutIntoDays(iconv.encode(text, charset), charset, 'fees.csv');
    expect(days.map(({ date, lines }) => ({ date, lines }))).toEqual([
      { date: '2026-01-01', lines: 2 },
      { date: '2026-01-02', lines: 1 },
    ]);
    expect(iconv.decode(days[0]?.csv ?? Buffer.alloc(0), charset)).toBe(
      'feedetl_sn,fee_ocur_time,memo\n1,2026-01-01 08:00:00,"甲,乙"\n3,2026-01-01 10:00:00,丙\n',
    );
  });

  test('a file without the time of the fee is refused by name', () => {
    expect(() => cutIntoDays(Buffer.from('a,b\n1,2\n'), 'utf-8', 'fees.csv')).toThrow('fees.csv 没有 fee_ocur_time 列');
  });

  test('patient D has fourteen days and more than four hundred lines, none of them lost in the cutting', () => {
    const { days, lineCount } = readPatient(path.resolve('cli', 'demo', 'patients', 'D.json'));
    expect(days).toHaveLength(14);
    expect(lineCount).toBe(416);
  });
});

describe('screen', () => {
  function screenOn(isTTY: boolean): { text: () => string; screen: ReturnType<typeof openScreen> } {
    let written = '';
    const output = new Writable({
      write(chunk: Buffer, _encoding, done) {
        written += chunk.toString();
        done();
      },
    });
    const stream = Object.assign(output, { isTTY }) as unknown as NodeJS.WriteStream;
    return { text: () => written, screen: openScreen(stream, 2) };
  }

  test('elsewhere than on a terminal every step is a plain line', () => {
    const { text, screen } = screenOn(false);
    screen.doing('入院');
    screen.step('入院登记', '地址');
    expect(text()).toBe('  1/2 入院登记\n         地址\n');
  });

  test('on a terminal the bar stands in one line that is drawn anew', () => {
    const { text, screen } = screenOn(true);
    screen.step('入院登记');
    screen.doing('结算');
    expect(text()).toContain('1/2');
    expect(text().split('\r').at(-1)).toMatch(/\[█{14}░{14}\] 1\/2 \d+s 结算$/);
    screen.end();
    screen.line('核对');
    expect(text().endsWith('\r\u001b[2K核对\n')).toBe(true);
  });

  test.each([
    [0, '0.00'],
    [5, '0.05'],
    [-15506, '-155.06'],
    [123456789, '1,234,567.89'],
  ])('%d fen are %s yuan', (fen, expected) => {
    expect(yuan(fen)).toBe(expected);
  });
});

describe('checks', () => {
  test('a subject with one wrong number is marked, and the number is told', () => {
    const checks = openChecks();
    checks.equal('A 结算', '现金', '1.00', '1.00');
    checks.equal('A 结算', '基金', '2.00', '3.00');
    checks.equal('B 结算', '笔数', 1, 1);
    expect(checks.failed).toHaveLength(1);
    expect(checks.table()).toEqual([
      '  ✗ A 结算：1/2 项相符',
      '      基金：应为 2.00，实为 3.00',
      '  ✓ B 结算：1/1 项相符',
    ]);
  });
});
