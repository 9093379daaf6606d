import type { LevyRow } from '../../schemas/tax/fields';
import { type Bureau, levyOf, levyRow, okOf, openBureau, person, unitLevy } from './bureau';

/** What the office refuses, of files and of rows, with its own codes. */
describe('strict', () => {
  let bureau: Bureau;
  beforeEach(async () => {
    bureau = await openBureau();
  });
  afterEach(async () => {
    await bureau.close();
    expect(bureau.errors).toEqual([]);
  });

  const spoilt: [string, string, (bytes: Buffer) => Buffer][] = [
    ['a digit of an amount in a row', 'WJ0006', (bytes) => replaced(bytes, 602 + 451, '9')],
    ['a character of a name', 'WJ0008', (bytes) => replaced(bytes, 602 + 285, '8')],
    ['a broken character', 'WJ0003', (bytes) => replaced(bytes, 602 + 305, '\xff')],
    ['the trailer missing', 'WJ0004', (bytes) => bytes.subarray(0, -602)],
    ['a row missing', 'WJ0005', (bytes) => Buffer.concat([bytes.subarray(0, 602), bytes.subarray(1204)])],
    ['a record one byte short', 'WJ0003', (bytes) => Buffer.concat([bytes.subarray(0, 700), bytes.subarray(701)])],
    ['another version', 'WJ0009', (bytes) => replaced(bytes, 1, '9')],
    ['another batch month in the header', 'WJ0002', (bytes) => replaced(bytes, 37, '2')],
  ];
  test.each(spoilt)('a file with %s is refused as a whole: %s', async (_what, code, spoil) => {
    const file = await bureau.file('ZJ', [levyRow(levyOf(1)), levyRow(levyOf(2))]);
    const bytes = spoil(Buffer.from(file.bytes));
    expect((await bureau.sendFile({ ...file, bytes, ok: okOf(bytes, 2, 80003) })).status).toBe(200);
    await bureau.control('POST', '/_work');
    const task = await bureau.task(file.name);
    expect(task).toMatchObject({ state: 'refused', code });
    expect(await bureau.answersTo(task)).toMatchObject([{ row_no: 0, result: '2', code }]);
    expect(await bureau.records('levies')).toEqual([]);
  });

  test.each([
    ['HP', {}, 'WJ0010'],
    ['ZJ', { batch_no: '' }, 'WJ0012'],
    ['HZ', { ref_file: 'HP_LH_990100_19901000000_202611_20261102_000001.txt' }, 'WJ0016'],
  ] as const)('a file %s with %j is not for this office: %s', async (item, head, code) => {
    expect(await bureau.send(item, [], head)).toMatchObject({ state: 'refused', code });
  });

  test('names, `.ok` and serials are looked at before anything is taken', async () => {
    const file = await bureau.file('ZJ', [levyRow(levyOf(1))]);
    const { name, bytes, ok } = file;
    const refused = async (path: string, body: Buffer | string): Promise<unknown> => {
      const answer = await bureau.put(path, body);
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    expect(await refused('ZJ_LH.txt', bytes)).toEqual([422, 'WJ0001']);
    expect(await refused(`${name}.ok`, ok)).toEqual([422, 'WJ0015']);
    await bureau.put(name, bytes.subarray(0, 900));
    expect(await refused(`${name}.ok`, ok)).toEqual([422, 'WJ0015']);
    expect(await refused(`${name}.ok`, 'nonsense')).toEqual([422, 'WJ0015']);
    expect((await fetch(`${bureau.office.url}/tasks?file_sn=1`)).status).toBe(404);
    const first = await bureau.sendFile(file);
    const again = await bureau.sendFile(file);
    expect([first.task.repeated, again.task.repeated, again.task.task_no]).toEqual([false, true, first.task.task_no]);
    expect(await refused(`${name}.ok`, ok)).toEqual([200, '']);
    const other = await bureau.file('ZJ', [levyRow(levyOf(2))], { file_sn: 1 });
    expect(await bureau.sendFile(other)).toMatchObject({ status: 409, task: { code: 'WJ0011' } });
    await bureau.control('POST', '/_work');
    expect(await bureau.records('levies')).toMatchObject([{ levy_no: 'L1' }]);
    expect(await bureau.records('arrivals')).toMatchObject([{ times: 3 }]);
  });

  const rows: [string, Partial<LevyRow>, string][] = [
    ['op', { op: 'C' }, 'ZJ0002'],
    ['kind of payer and line', { payer_kind: '3' }, 'ZJ0013'],
    ['amount zero', { amt: 0 }, 'ZJ0011'],
    ['interest negative', { inte: -1 }, 'ZJ0011'],
    ['months the wrong way round', { accrym_begn: '202612' }, 'ZJ0012'],
    ['no levy item', { levy_item: '' }, 'ZJ0018'],
    ['fixed late fee without its way', { latefee: 5 }, 'ZJ0017'],
    ['due before it came', { due_date: '2026-11-01' }, 'ZJ0019'],
    ['correction of an unknown levy', { orig_levy_no: 'NONE' }, 'ZJ0015'],
    ['check digit of the ID number', { certno: mistyped(person(1).certno) }, 'ZJ0009'],
    ['somebody else’s ID number', { certno: person(2).certno }, 'ZJ0008'],
    ['unknown person', { psn_no: 'NOBODY' }, 'ZJ0007'],
    ['somebody else’s 登记序号', { tax_reg_no: 'R2' }, 'ZJ0006'],
    ['number used before', { levy_no: 'L9' }, 'ZJ0003'],
    ['same months again', { ...levyOf(9), levy_no: 'L9b' }, 'ZJ0010'],
  ];
  test.each(rows)('row: %s', async (_what, change, code) => {
    await bureau.levy(levyOf(9));
    const task = await bureau.send('ZJ', [levyRow({ ...levyOf(1), ...change }), levyRow(levyOf(3))]);
    expect(task).toMatchObject({ state: 'done', refused: 1 });
    const answers = await bureau.answersTo(task);
    expect(answers).toMatchObject([{ row_no: 1, result: '2', code, dcla_no: '' }, { row_no: 2, result: '1', code: '000000', levy_no: 'L3' }]);
    expect(answers[1]?.dcla_no).toMatch(/^YZ990100\d{12}$/);
    expect(answers[0]?.text).not.toBe('');
  });

  test('a refused number is used up, and its correction names it', async () => {
    await bureau.send('ZJ', [levyRow(levyOf(1, { amt: 0 }))]);
    expect(await bureau.answersTo(await bureau.send('ZJ', [levyRow(levyOf(1))]))).toMatchObject([{ code: 'ZJ0003' }]);
    await bureau.levy(levyOf(1, { levy_no: 'L1b', orig_levy_no: 'L1' }));
  });

  test.each([
    ['登记序号 missing', { tax_reg_no: '' }, {}, ['ZJ0004', 'ZJ0016', 'ZJ0016']],
    ['登记序号 unknown', { tax_reg_no: 'U9' }, {}, ['ZJ0005', 'ZJ0016', 'ZJ0016']],
    ['登记序号 of another unit', { uscc: '91990101000000002X' }, {}, ['ZJ0006', 'ZJ0016', 'ZJ0016']],
    ['certno of a person differs', {}, { certno: person(3).certno }, ['ZJ0016', 'ZJ0008', 'ZJ0016']],
    ['nothing', {}, {}, ['000000', '000000', '000000']],
  ])('unit: %s', async (_what, unit, first, codes) => {
    const [row, one, two] = unitLevy(unit);
    const task = await bureau.send('ZJ', [row, { ...one, ...first }, two].map((each) => levyRow(each)), { line: 'ZG' });
    expect((await bureau.answersTo(task)).map(({ code }) => code)).toEqual(codes);
  });

  test('registers: DW and RY are answered with the 登记序号, and an ended payer is not levied', async () => {
    const unit = { rec: 'D', row_no: 0, op: 'A', emp_no: 'E7', uscc: '91990101000000007X', tax_reg_no: '', emp_name: '示例食品厂', emp_type: '', admdvs: '990100', taxdept_code: '', insutype: '310', begn_date: '2026-01-01', end_date: '', psncnt: 3, agrt_flag: '', opt_time: '' };
    const [given, changed] = await bureau.answersTo(await bureau.send('DW', [unit, { ...unit, emp_no: 'E8', op: 'U' }], { line: 'ZG' }));
    expect(given).toMatchObject({ levy_no: 'E7', result: '1' });
    expect(changed).toMatchObject({ levy_no: 'E8', result: '2', code: 'DJ0005' });
    const [row] = unitLevy({ emp_no: 'E7', uscc: unit.uscc, tax_reg_no: given?.dcla_no, emp_name: unit.emp_name });
    expect(await bureau.send('ZJ', [levyRow(row)], { line: 'ZG' })).toMatchObject({ refused: 0 });
    await bureau.send('DW', [{ ...unit, op: 'D' }], { line: 'ZG' });
    const late = { ...row, levy_no: 'LU2', accrym_begn: '202612', accrym_end: '202612' };
    expect(await bureau.answersTo(await bureau.send('ZJ', [levyRow(late)], { line: 'ZG' }))).toMatchObject([{ code: 'ZJ0020' }]);
    const human = { rec: 'D', row_no: 0, op: 'A', payer_kind: '2', ...person(77), gend: '1', brdy: '', tax_reg_no: '', emp_no: '', uscc: '', insutype: '310', psn_idet_type: '', town_code: '', begn_date: '2026-01-01', end_date: '', base: 0, agrt_flag: '', opt_time: '' };
    const people = await bureau.answersTo(await bureau.send('RY', [human, { ...human, psn_no: 'P78' }, { ...human, psn_no: 'P79', certno: mistyped(person(79).certno) }]));
    expect(people.map(({ code }) => code)).toEqual(['000000', 'DJ0003', 'DJ0002']);
  });

  const cancel = (n: number, change: Partial<LevyRow> = {}): LevyRow => levyRow(levyOf(n, { op: 'C', cncl_reason: '01', ...change }));
  test('cancellations: refused, cancelled, paid, in a debit', async () => {
    await bureau.levy(levyOf(1), levyOf(2), levyOf(3), levyOf(4));
    await bureau.order({ act: 'pay', levy_no: 'L2' }, { act: 'debit', levy_no: 'L3' });
    await bureau.control('POST', '/_work');
    const task = await bureau.send('ZC', [cancel(1), cancel(2), cancel(3), cancel(4, { amt: 1 }), cancel(5), cancel(4, { cncl_reason: '' }), cancel(4, { op: 'A' })]);
    const answers = await bureau.answersTo(task);
    expect(task.answer).toMatch(/^CF_/);
    expect(answers.map(({ result, code }) => `${result} ${code}`)).toEqual(['3 CX0010', '4 CX0020', '5 CX0030', '2 CX0002', '2 CX0001', '2 CX0004', '2 CX0005']);
    expect(answers[1]?.taxrpt_no).toBe((await bureau.records<{ taxrpt_no: string }>('receipts'))[0]?.taxrpt_no);
    expect(await bureau.answersTo(await bureau.send('ZC', [cancel(1)]))).toMatchObject([{ result: '3', code: 'CX0011' }]);
    // A cancelled levy is free to be levied anew, under a number of its own.
    await bureau.levy(levyOf(1, { levy_no: 'L1b' }));
    // After the debit the row is paid.
    await bureau.at('2026-11-02 11:30:00');
    expect(await bureau.answersTo(await bureau.send('ZC', [cancel(3)]))).toMatchObject([{ result: '4' }]);
  });

  test('a unit is cancelled with its persons, a person alone is not', async () => {
    await bureau.send('ZJ', unitLevy().map((row) => levyRow(row)), { line: 'ZG' });
    const rows = unitLevy().map((row) => levyRow({ ...row, op: 'C', cncl_reason: '01' }));
    const [unit, one] = rows as [LevyRow, LevyRow];
    expect(await bureau.answersTo(await bureau.send('ZC', [{ ...unit, levy_no: one.levy_no, amt: one.amt }], { line: 'ZG' }))).toMatchObject([{ code: 'CX0006' }]);
    expect((await bureau.answersTo(await bureau.send('ZC', [unit, one, rows[2]] as LevyRow[], { line: 'ZG' }))).map(({ result }) => result)).toEqual(['3', '3', '3']);
    expect((await bureau.records('levies')).map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });
});

function replaced(bytes: Buffer, at: number, text: string): Buffer {
  bytes.write(text, at, 'latin1');
  return bytes;
}

/** An identity number whose last character is wrong. */
function mistyped(certno: string): string {
  return certno.slice(0, 17) + (certno.endsWith('1') ? '2' : '1');
}
