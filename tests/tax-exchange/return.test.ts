import type { LevyRow } from '../../schemas/tax/fields';
import { onBothDatabases } from '../support/databases';
import { paymentOf, TaxRig } from './rig';

onBothDatabases('payment files of tax', (database) => {
  let rig: TaxRig;
  let units: LevyRow[];
  let persons: LevyRow[];
  beforeEach(async () => {
    rig = await TaxRig.open(await database().openMigrated());
    await rig.register();
    units = (await rig.sendAll('allUnits', 'ZG')).rows.filter(({ row_level }) => row_level === '1');
    persons = (await rig.sendAll('flexible', 'LH')).rows;
  });
  afterEach(() => rig.close());
  const nth = (list: readonly LevyRow[], index: number): LevyRow => {
    const row = list[index];
    if (!row) throw new Error(`no row ${index}`);
    return row;
  };
  /** Every fen of the files is posted, unmatched, held or a difference; the books say the same. */
  const expectBooked = async (): Promise<void> => {
    const posted = (await rig.payments()).reduce((sum, { paidFen }) => sum + paidFen, 0);
    const unmatched = (await rig.asides({ sort: 'unmatched' })).reduce((sum, { paidFen }) => sum + paidFen, 0);
    expect([await rig.balance('TAX_TRANSIT'), await rig.balance('CONTRIB_COLLECTED'), await rig.balance('CONTRIB_UNMATCHED')].map((each) => each + 0)).toEqual([posted + unmatched, 0 - posted, 0 - unmatched].map((each) => each + 0));
  };

  test('paid in full, in part, too much, for nothing and wrongly: every row ends as one thing and the books agree', async () => {
    const { amt } = nth(units, 1);
    const rows = [
      paymentOf(nth(units, 0), 'T1', { latefee: 7, intsury_date: '2026-11-12' }),
      paymentOf(nth(units, 1), 'T2', { amt: 100, paid: 100 }),
      paymentOf(nth(persons, 0), 'T3', { amt: nth(persons, 0).amt + 5, paid: nth(persons, 0).amt + 5 }),
      paymentOf(nth(persons, 1), 'T4', { amt: 10, paid: 10 }),
      paymentOf(nth(persons, 1), 'T5', { levy_no: '', amt: 300, paid: 300 }),
      paymentOf(nth(persons, 1), 'T6', { levy_no: '990100202611LH99999999999999', amt: 20, paid: 20 }),
      paymentOf(nth(persons, 1), 'T7', { psn_no: 'F9' }),
      paymentOf(nth(units, 0), 'T1', { latefee: 7 }),
      paymentOf(nth(persons, 2), 'V1', { kind: '02', orig_taxrpt_no: 'T9', orig_taxrpt_row: '1', amt: -nth(persons, 2).amt, paid: -nth(persons, 2).amt }),
    ];
    await rig.arrive('HP', rows);
    const [batch] = await rig.take();
    expect(batch).toMatchObject({ kind: 'tax-return', state: 'done', total: 9, done: 5, rejected: 4 });
    expect((await rig.asides()).map(({ sort, code, rowNo }) => [rowNo, sort, code])).toEqual([
      [4, 'break', 'TAX_PARTIAL_REFUSED'], [5, 'unmatched', 'TAX_NO_RECEIVABLE'], [6, 'unmatched', 'TAX_LEVY_UNKNOWN'], [7, 'break', 'TAX_PAYER_DIFFERS'], [9, 'held', 'TAX_ORIGINAL_UNKNOWN'],
    ]);
    const standing = await rig.levies({ unitNo: 'U1' });
    expect(standing.filter(({ part }) => part === '1').map(({ money, rowLevel }) => [rowLevel, money])).toEqual([[1, 62], [2, 62], [2, 62]]);
    expect(standing.filter(({ part }) => part === '2').map(({ money, paidFen }) => [money, paidFen])).toEqual([[60, 100], [0, 0], [0, 0]]);
    expect(await rig.levies({ psnNo: 'F0' })).toMatchObject([{ exchange: 40, money: 61, paidFen: nth(persons, 0).amt + 5 }]);
    await expectBooked();
    // The payment that the void waits for; the rest of the unit; the same receipt under another levy; the day of 入库.
    await rig.arrive('HP', [
      paymentOf(nth(persons, 2), 'T9'), paymentOf(nth(units, 1), 'T8', { amt: amt - 100, paid: amt - 100 }), paymentOf(nth(persons, 3), 'T1'),
      paymentOf(nth(persons, 0), 'T3', { amt: nth(persons, 0).amt + 5, paid: nth(persons, 0).amt + 5, intsury_date: '2026-11-13' }),
    ]);
    const [second] = await rig.take();
    expect(second).toMatchObject({ done: 3, rejected: 1 });
    expect(await rig.levies({ psnNo: 'F2' })).toMatchObject([{ exchange: 40, money: 0, paidFen: 0 }]);
    expect(await rig.levies({ psnNo: 'F0' })).toMatchObject([{ money: 62 }]);
    expect((await rig.levies({ unitNo: 'U1', part: '2' })).map(({ money }) => money)).toEqual([61, 61, 61]);
    expect(await rig.asides({ sort: 'held' })).toEqual([]);
    expect(await rig.asides({ code: 'TAX_RECEIPT_CONFLICT' })).toHaveLength(1);
    await expectBooked();
    // 回盘重处理: the first carries what the second built on; the second is undone and run again.
    if (!batch || !second) throw new Error('no batch');
    await expect(rig.order(batch, 'undo')).rejects.toThrow('LEVY_IN_USE');
    const before = await rig.levies();
    expect(await rig.order(second, 'undo')).toMatchObject({ state: 'undone' });
    expect(await rig.levies({ psnNo: 'F2' })).toMatchObject([{ exchange: 30, money: 0 }]);
    expect(await rig.levies({ psnNo: 'F0' })).toMatchObject([{ money: 61 }]);
    expect(await rig.asides({ sort: 'held' })).toHaveLength(1);
    await expectBooked();
    const [, file] = await rig.files({ direction: 'in' });
    const again = await rig.batch('tax-return', { fileId: file?.id });
    expect(again).toMatchObject({ state: 'done', done: 3, rejected: 1 });
    expect(await rig.levies()).toEqual(before);
    await expectBooked();
    expect(await rig.tryBatch('tax-return', { fileId: file?.id })).toMatchObject({ code: 'BATCH_UNDER_WAY' });
  });

  test('the same file is taken once under whatever name; a half one waits; a wrong one is held; an unknown batch is put apart', async () => {
    const made = await rig.arrive('HP', [paymentOf(nth(persons, 0), 'T1')]);
    expect(await rig.poll()).toMatchObject({ registered: 1, repeated: 0, batches: [expect.stringContaining('tax-return') as string] });
    expect(rig.inboxNames()).toEqual([]);
    await rig.put(made.name, made.bytes, 1, 0);
    await rig.put(made.name.replace('000001.txt', '000077.txt'), made.bytes, 1, 0);
    expect(await rig.poll()).toMatchObject({ registered: 0, repeated: 2, batches: [] });
    expect((await rig.files({ direction: 'in' })).map(({ arrivals, state }) => [arrivals, state])).toEqual([[3, 'taken']]);
    // Half-way uploaded: its `.ok` tells of more bytes.
    const whole = await rig.arrive('HP', [paymentOf(nth(persons, 1), 'T2')]);
    await rig.put(whole.name, whole.bytes.subarray(0, 700), 1, 0);
    await import('node:fs/promises').then(({ writeFile }) => writeFile(`${rig.tax.inbox}/${whole.name}`, whole.bytes.subarray(0, 300)));
    expect(await rig.poll()).toMatchObject({ registered: 0, left: 1 });
    await rig.put(whole.name, whole.bytes, 1, 0);
    expect(await rig.poll()).toMatchObject({ registered: 1 });
    // One fen too many in T: all of it is held, nothing is posted.
    const wrong = await rig.arrive('HP', [paymentOf(nth(persons, 2), 'T3')]);
    const trailer = wrong.bytes.length - 602;
    const sum = String(nth(persons, 2).amt).padStart(17, '0');
    const bytes = Buffer.from(wrong.bytes);
    bytes.write(`+${String(nth(persons, 2).amt + 1).padStart(17, '0')}`, trailer + 11, 'latin1');
    expect(wrong.bytes.subarray(trailer + 11, trailer + 29).toString()).toBe(`+${sum}`);
    await rig.put(wrong.name, bytes, 1, 0);
    expect(await rig.poll()).toMatchObject({ registered: 1, batches: [] });
    expect(await rig.files({ state: 'held' })).toMatchObject([{ code: 'FILE_SUMS_DIFFER', serialKey: null }]);
    // Corrected under the same serial it is taken; the serial of a file that was taken is not for another.
    await rig.put(wrong.name, wrong.bytes, 1, 0);
    expect(await rig.poll()).toMatchObject({ registered: 1, batches: [expect.any(String)] });
    await rig.arrive('HP', [paymentOf(nth(persons, 3), 'T4')], { file_sn: 1 });
    await rig.arrive('HP', [paymentOf(nth(persons, 3), 'T5')], { batch_no: '9901012026009999' });
    await rig.arrive('HZ', [], { ref_file: 'ZJ_ZG_990100_19901010000_202611_20261120_000099.txt' });
    expect(await rig.poll()).toMatchObject({ registered: 3, batches: [] });
    expect((await rig.files({ state: 'quarantined' })).map(({ code }) => code).sort()).toEqual(['FILE_BATCH_UNKNOWN', 'FILE_BATCH_UNKNOWN', 'FILE_SERIAL_REUSED']);
  });

  test('a file whose forerunner is missing waits by setting, and goes on in order', async () => {
    const wait = { outOfOrder: 'wait', totalsDiffer: 'hold' } as const;
    await rig.arrive('HP', [paymentOf(nth(persons, 0), 'T2')], { file_sn: 2 });
    expect(await rig.poll(wait)).toMatchObject({ registered: 1, batches: [] });
    expect(await rig.files({ state: 'waiting' })).toMatchObject([{ code: 'FILE_EARLIER_MISSING' }]);
    await rig.arrive('HP', [paymentOf(nth(persons, 1), 'T1')], { file_sn: 1 });
    expect((await rig.poll(wait)).batches).toHaveLength(2);
    expect((await rig.files({ direction: 'in' })).map(({ state }) => state)).toEqual(['taken', 'taken']);
  });
});
