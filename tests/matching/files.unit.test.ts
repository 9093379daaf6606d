import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'iconv-lite';
import { type Engine, openEngine } from '../../activities/matching/engine';
import { countReadable, loadFile } from '../../activities/matching/load';
import type { FileSource } from '../../activities/matching/sources';
import { UnreadableInput } from '../../activities/matching/unreadable';
import type { Declaration } from '../../domain/matching/declaration';
import { dayLiteral, ident, literal } from '../../domain/matching/sql/text';
import { checkDeclaration, DeclarationError } from '../../schemas/matching/check-declaration';
import { shipped, temporaryFolder } from './rig';

const LEG = {
  key: 'files', version: 1, zh: '文件', scope: 'day',
  columns: { no: { type: 'text', zh: '号' }, amt: { type: 'fen', zh: '金额' }, on: { type: 'date', zh: '日期' } },
  sides: [{ key: 'a', zh: '甲', rows: 'one' }, { key: 'b', zh: '乙', rows: 'one' }],
  match: ['no'], amounts: [{ column: 'amt', tolerance: 0 }], attributes: [{ column: 'on' }], groups: ['on'], ages: [1],
  codes: [
    { code: 'A_TWICE', zh: '重', kind: 'break', when: { duplicate: 'a' } }, { code: 'B_TWICE', zh: '重', kind: 'break', when: { duplicate: 'b' } },
    { code: 'A_ONLY', zh: '仅甲', kind: 'break', when: { present: ['a'], absent: ['b'] } }, { code: 'B_ONLY', zh: '仅乙', kind: 'break', when: { present: ['b'], absent: ['a'] } },
    { code: 'AMOUNT', zh: '金额', kind: 'break', when: { amounts: ['amt'] } }, { code: 'DATE', zh: '日期', kind: 'break', when: { attributes: ['on'] } },
  ],
};
const leg: Declaration = checkDeclaration(LEG);

describe('a side out of a file', () => {
  const { folder, remove } = temporaryFolder();
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ folder: join(folder, 'engine'), memoryMb: 100, threads: 1 });
  });
  afterAll(() => {
    engine.close();
    remove();
  });

  const read = async (source: FileSource): Promise<unknown[][]> => {
    await loadFile(engine, leg, 0, source);
    await countReadable(engine, leg, 0);
    return (await engine.all('SELECT c_no, c_amt, c_on FROM side_0 ORDER BY 1')).map((row) => row.map((value) => (typeof value === 'bigint' ? Number(value) : value)));
  };
  const WANTED = [['R1', 1_234, '2026-10-10'], ['R2', -5, ''], ['R3', 0, '2026-10-11']];

  /** 40 bytes and CR LF: kind 1, number 2–11, name 12–25, amount 26–32, date 33–40. */
  const record = (kind: string, no: string, name: string, amt: string, on: string): Buffer => {
    const bytes = Buffer.alloc(42, 0x20);
    for (const [text, at] of [[kind, 0], [no, 1], [name, 11], [amt, 25], [on, 32]] as const) encode(text, 'gb18030').copy(bytes, at);
    bytes.set([13, 10], 40);
    return bytes;
  };
  const columns = { no: { from: [{ at: 2, bytes: 10 }] }, amt: { from: [{ at: 26, bytes: 7 }] }, on: { from: [{ at: 33, bytes: 8 }] } };
  const fixed = (records: Buffer[], end = Buffer.alloc(0)): FileSource => {
    const path = join(folder, 'fixed.txt');
    writeFileSync(path, Buffer.concat([...records, end]));
    return { kind: 'fixed', path, recordBytes: 42, columns };
  };
  const rows = [record('H', '', '', '', ''), record('D', 'R1', '示例㐂甲𠮷', '+001234', '20261010'), record('D', 'R2', '示例|乙,"', '-000005', '00000000'), record('D', 'R3', '丂丄', '+000000', '20261011')];

  test('fixed records of GB18030, whatever bytes the names have; an end-of-file mark is no record', async () => {
    expect(await read(fixed(rows))).toEqual(WANTED);
    expect(await read(fixed(rows, Buffer.from([0x1a])))).toEqual(WANTED);
  });
  test.each([
    ['a record that is a byte short', (list: Buffer[]) => [...list.slice(0, 2), (list[2] as Buffer).subarray(1), ...list.slice(3)], '第 3 条记录'],
    ['an amount that is none', (list: Buffer[]) => [...list, record('D', 'R4', '', '+0012.4', '20261010')], '金额'],
    ['a day that is none', (list: Buffer[]) => [...list, record('D', 'R4', '', '+000001', '20261310')], '日期'],
    ['a key that is not ASCII', (list: Buffer[]) => [...list, record('D', '号', '', '+000001', '20261010')], '号'],
    ['an empty key', (list: Buffer[]) => [...list, record('D', '', '', '+000001', '20261010')], '匹配键为空'],
  ])('%s is refused', async (_, change, words) => {
    await expect(read(fixed(change(rows)))).rejects.toThrow(UnreadableInput);
    await expect(read(fixed(change(rows)))).rejects.toThrow(words);
  });
  test('delimited text of GB18030 with yuan and blanks, and parquet', async () => {
    const path = join(folder, 'yuan.csv');
    writeFileSync(path, encode('no|姓名|yuan|on\nR1 |示例㐂|12.34|2026-10-10\nR2|乙|-0.05|\n R3|"丙|丁"|0|2026-10-11 08:00:00\n', 'gb18030'));
    const amt = { from: ['yuan'], unit: 'yuan' } as const;
    expect(await read({ kind: 'delimited', path, header: ['no', '姓名', 'yuan', 'on'], delimiter: '|', charset: 'gb18030', columns: { amt } })).toEqual(WANTED);
    const parquet = join(folder, 'rows.parquet');
    await engine.run(`COPY (SELECT c_no AS no, c_amt AS amt, c_on AS on FROM side_0) TO ${literal(parquet)} (FORMAT parquet)`);
    expect(await read({ kind: 'parquet', path: parquet })).toEqual(WANTED);
  });
  test('a line with too few columns is refused', async () => {
    const path = join(folder, 'short.csv');
    writeFileSync(path, 'no,amt,on\nR1,1,2026-10-10\nR2\n');
    await expect(read({ kind: 'delimited', path, header: ['no', 'amt', 'on'] })).rejects.toThrow(UnreadableInput);
  });
});

describe('a declaration', () => {
  const { codes, sides, columns } = LEG;
  test.each([
    ['shape', { key: 'X!' }],
    ['column.unknown', { match: ['nothing'] }],
    ['column.type', { amounts: [{ column: 'on', tolerance: 0 }] }],
    ['column.personal', { columns: { ...columns, certno: { type: 'text', zh: '证件号码' } } }],
    ['side.unknown', { codes: [...codes, { code: 'XX', zh: 'x', kind: 'break', when: { present: ['c'] } }] }],
    ['side.rows', { codes: [...codes, { code: 'XX', zh: 'x', kind: 'break', when: { voided: 'a' } }] }],
    ['key.twice', { match: ['no', 'no'] }],
    ['groups.many', { sides: [sides[0], { ...sides[1], rows: 'many' }] }],
    ['amount.unknown', { codes: [...codes, { code: 'XX', zh: 'x', kind: 'break', when: { amounts: ['on'] } }] }],
    ['attribute.unknown', { codes: [...codes, { code: 'XX', zh: 'x', kind: 'break', when: { attributes: ['amt'] } }] }],
    ['ages.order', { ages: [3, 1] }],
    ['code.uncovered', { codes: codes.filter(({ code }) => code !== 'AMOUNT') }],
    ['code.unreachable', { codes: [...codes, { ...codes[0], code: 'XX' }] }],
  ])('%s is a problem of its own', (code, change) => {
    const thrown = (() => {
      try {
        return checkDeclaration({ ...LEG, ...change });
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(DeclarationError);
    expect((thrown as DeclarationError).problems.map((problem) => problem.code)).toContain(code);
  });
  test('names and values cannot leave their quotes', () => {
    expect(literal("o'k; DROP")).toBe("'o''k; DROP'");
    for (const wrong of [() => ident('a"b'), () => ident(''), () => literal('a\u0000'), () => dayLiteral("2026-10-10'"), () => dayLiteral('2026-02-30')]) expect(wrong).toThrow(RangeError);
    expect(shipped('tax-treasury').sides.map(({ rows }) => rows)).toEqual(['many', 'one']);
  });
});
