import type { LevyRow, PaymentRow, StatementRow, TotalRow } from '../../schemas/tax/fields';
import { formOf } from '../../domain/files/forms';
import { inPieces } from '../files/support';
import { type Bureau, FORMAT, levyOf, levyRow, openBureau, unitLevy, UNIT } from './bureau';

/** Each way of paying: what the files say, day by day, and what the office's own books say. */
describe('payers', () => {
  let bureau: Bureau;
  beforeEach(async () => {
    bureau = await openBureau();
  });
  afterEach(async () => {
    await bureau.close();
    expect(bureau.errors).toEqual([]);
  });

  /** Rows of new 回盘 files, each file free of findings. */
  async function returns(): Promise<PaymentRow[]> {
    const files = await bureau.news('HP');
    for (const { report } of files) expect(report.findings).toEqual([]);
    return files.flatMap(({ rows }) => rows);
  }
  const brief = (rows: readonly PaymentRow[]): unknown[] => rows.map(({ kind, levy_no, amt, latefee, intsury_date }) => [kind, levy_no, amt, latefee, intsury_date]);

  test('a payment is in the next 回盘, and its day in the treasury in a later one', async () => {
    await bureau.levy(levyOf(1, { inte: 7 }));
    await bureau.order({ act: 'pay', levy_no: 'L1', at: '2026-11-02 10:00:00' });
    await bureau.at('2026-11-02 13:00:00');
    const [file] = await bureau.news('HP');
    expect(file?.name).toBe('HP_LH_990100_19901000000_202611_20261102_000001.txt');
    expect(file?.report.header).toMatchObject({ batch_no: 'P20261101', made_at: '2026-11-02 12:00:00', rows: 1, amt_sum: 40008 });
    expect(file?.rows).toMatchObject([{ kind: '01', levy_no: 'L1', certno: levyOf(1).certno, amt: 40001, inte: 7, paid: 40008, clct_time: '2026-11-02 10:00:00', ursn_date: '', treasury: '9901000001', channel: '05' }]);
    await bureau.at('2026-11-04 13:00:00');
    const [entered] = await returns();
    const original = file?.rows[0];
    expect(entered).toMatchObject({ kind: '04', taxrpt_no: original?.taxrpt_no, orig_taxrpt_no: original?.taxrpt_no, paid: 0, ursn_date: '2026-11-03', intsury_date: '2026-11-04' });
    await bureau.at('2026-11-09 13:00:00');
    expect(await returns()).toEqual([]);
  });

  test('the day in the treasury told by the payment once more, when so set', async () => {
    await bureau.control('PUT', '/_settings', { treasuryUpdate: 'repeat', treasuryDays: 1 });
    await bureau.levy(levyOf(1));
    await bureau.order({ act: 'pay', levy_no: 'L1', at: '2026-11-02 10:00:00' });
    await bureau.at('2026-11-03 13:00:00');
    expect(brief(await returns())).toEqual([['01', 'L1', 40001, 0, ''], ['01', 'L1', 40001, 0, '2026-11-03']]);
  });

  test('many ways: twice, late, voided, part, without a levy, on a dead levy, and who is sent away', async () => {
    await bureau.levy(...[1, 2, 3, 4, 5, 6].map((n) => levyOf(n, { latefee_way: '1', due_date: '2026-11-05' })));
    await bureau.send('ZJ', unitLevy().map((row) => levyRow(row)), { line: 'ZG' });
    await bureau.send('ZC', [levyRow(levyOf(6, { op: 'C', cncl_reason: '02' }))]);
    await bureau.order(
      { act: 'twice', levy_no: 'L1', at: '2026-11-02 10:00:00' },
      { act: 'late', levy_no: 'L2', days: 10 },
      { act: 'pay', levy_no: 'L3', at: '2026-11-02 10:00:00' },
      { act: 'void', levy_no: 'L3', at: '2026-11-02 17:00:00' },
      { act: 'part', levy_no: 'L4' },
      { act: 'withoutLevy', like: 'L5', amountFen: 1234, at: '2026-11-02 10:00:00' },
      { act: 'pay', levy_no: 'L6' },
      { act: 'pay', levy_no: 'L6', force: true, at: '2026-11-02 10:30:00' },
      { act: 'pay', levy_no: 'L1', at: '2026-11-02 15:00:00' },
      { act: 'pay', levy_no: 'LU', amountFen: 20000, at: '2026-11-02 10:00:00' },
    );
    await bureau.at('2026-11-02 13:00:00');
    expect(brief(await returns()).sort()).toEqual([
      ['01', '', 1234, 0, ''], ['01', 'L1', 40001, 0, ''], ['01', 'L1', 40001, 0, ''], ['01', 'L3', 40003, 0, ''], ['01', 'L6', 40006, 0, ''], ['01', 'LU', 20000, 0, ''],
    ]);
    await bureau.at('2026-11-02 21:00:00');
    const [voided] = await returns();
    expect(voided).toMatchObject({ kind: '02', levy_no: 'L3', paid: -40003 });
    expect(voided?.orig_taxrpt_no).toMatch(/^426990100/);
    await bureau.at('2026-11-20 12:30:00');
    // Ten days late at five ten-thousandths a day.
    expect(brief(await returns())).toContainEqual(['01', 'L2', 40002, 200, '']);
    const results = (await bureau.records<{ levy_no: string; result: string }>('events')).map(({ levy_no, result }) => `${levy_no} ${result}`);
    expect(results).toEqual(expect.arrayContaining(['L4 partRefused', 'L6 dead', 'L1 paidAlready']));
    // What was voided never enters the treasury.
    expect((await bureau.records<{ levy_no: string; entry_file: string | null }>('receipts')).filter(({ levy_no }) => levy_no === 'L3').map(({ entry_file }) => entry_file)).toEqual([null, null]);
  });

  test('a cancellation that is crossed by a payment ends with result 4 and the receipt', async () => {
    await bureau.levy(levyOf(1), levyOf(2), levyOf(3));
    await bureau.order({ act: 'cross', levy_no: 'L1' }, { act: 'cross', count: 1 });
    const task = await bureau.send('ZC', [1, 2, 3].map((n) => levyRow(levyOf(n, { op: 'C', cncl_reason: '01' }))));
    const answers = await bureau.answersTo(task);
    expect(answers.map(({ result }) => result)).toEqual(['4', '4', '3']);
    await bureau.at('2026-11-02 13:00:00');
    expect((await returns()).map(({ taxrpt_no }) => taxrpt_no)).toEqual(answers.slice(0, 2).map(({ taxrpt_no }) => taxrpt_no));
  });

  test('退库: application, consent, a failed payment, the corrected one, and the negative receipt', async () => {
    await bureau.levy(levyOf(1), levyOf(2));
    await bureau.order(
      { act: 'pay', levy_no: 'L1', at: '2026-11-02 10:00:00' },
      { act: 'pay', levy_no: 'L2', at: '2026-11-02 10:00:00' },
      { act: 'refund', levy_no: 'L1', fails: 1, at: '2026-11-02 11:00:00' },
      { act: 'refund', levy_no: 'L2' , at: '2026-11-02 11:00:00' },
    );
    await bureau.at('2026-11-04 13:00:00');
    const [file] = await bureau.news('TK');
    expect(file?.rows.map(({ kind, paid, levy_no }) => [kind, paid, levy_no])).toEqual([['03', -40001, 'L1'], ['03', -40002, 'L2']]);
    const [one, two] = file?.rows as [PaymentRow, PaymentRow];
    const consent = { batch_no: 'P20261101', ref_file: file?.name ?? '', made_at: '2026-11-04 14:00:00' };
    const wrong = await bureau.send('TF', [{ ...one, paid: -1, amt: -1 }, { ...one, dcla_no: 'TF0' }, { ...one, orig_taxrpt_no: two.orig_taxrpt_no }], consent);
    expect((await bureau.answersTo(wrong)).map(({ code }) => code)).toEqual(['TF0003', 'TF0001', 'TF0004']);
    const agreed = await bureau.send('TF', [one, { ...two, amt: 0, paid: 0 }], consent);
    expect(agreed).toMatchObject({ state: 'done', refused: 0, answer: '' });
    expect(await bureau.answersTo(await bureau.send('TF', [one], consent))).toMatchObject([{ code: 'TF0002' }]);
    await bureau.at('2026-11-06 20:30:00');
    const [failed] = await bureau.news('TJ');
    expect(failed?.rows).toMatchObject([{ dcla_no: one.dcla_no, paid: 0, intsury_date: '' }]);
    await bureau.send('TF', [one], { ...consent, made_at: '2026-11-06 21:00:00' });
    await bureau.at('2026-11-09 13:00:00');
    const [paid, told] = await bureau.news('TJ', 'HP');
    expect([paid?.item, told?.item].sort()).toEqual(['HP', 'TJ']);
    for (const each of [paid, told]) expect(each?.rows).toMatchObject([{ kind: '03', taxrpt_no: one.taxrpt_no, orig_taxrpt_no: one.orig_taxrpt_no, dcla_no: one.dcla_no, paid: -40001, intsury_date: '2026-11-08' }]);
    expect((await bureau.records('refunds')).map(({ state }) => state)).toEqual(['paid', 'refused']);
  });

  test('the treasury: a line covers many receipts of a day, late as set; one voucher moves them to 财政专户', async () => {
    await bureau.control('PUT', '/_settings', { statementLateDays: 3, dz: 'none' });
    await bureau.levy(...[1, 2, 3].map((n) => levyOf(n)), levyOf(4, { insutype: '390' }));
    await bureau.order(...[1, 2, 3, 4].map((n) => ({ act: 'pay', levy_no: `L${n}`, at: '2026-11-02 10:00:00' })));
    await bureau.at('2026-11-05 09:00:00');
    expect(await bureau.news('GK')).toEqual([]);
    await bureau.at('2026-11-08 09:00:00');
    const [lines] = await bureau.news('GK');
    expect(lines?.rows as unknown as StatementRow[]).toMatchObject([
      { source: '1', stmt_date: '2026-11-04', treasury: '9901000001', budget: '102030101', insutype: '310', amt: 40001 + 40002 + 40003 },
      { source: '1', stmt_date: '2026-11-04', budget: '102110101', insutype: '390', amt: 40004 },
    ]);
    await bureau.at('2026-11-11 09:00:00');
    const [transfer] = await bureau.news('GK');
    expect(transfer?.rows as unknown as StatementRow[]).toMatchObject([{ source: '2', insutype: '310', part: '2', amt: 120006 }, { source: '2', insutype: '390', amt: 40004 }]);
    const vouchers = new Set((transfer?.rows as unknown as StatementRow[]).map(({ voucher_no }) => voucher_no));
    expect(vouchers.size).toBe(1);
  });

  test('对账: totals of yesterday, and details for totals of ours that differ', async () => {
    await bureau.levy(levyOf(1), levyOf(2));
    await bureau.order({ act: 'pay', levy_no: 'L1', at: '2026-11-02 10:00:00' }, { act: 'pay', levy_no: 'L2', at: '2026-11-02 11:00:00' });
    await bureau.at('2026-11-03 02:00:00');
    const [file] = await bureau.news('DZ');
    expect(file?.report).toMatchObject({ findings: [], header: { rows: 0, amt_sum: 80003 } });
    const theirs: TotalRow = { rec: 'S', row_no: 1, day: '2026-11-02', line: 'LH', insutype: '310', taxdept_code: '19901000000', treasury: '9901000001', rows: 2, amt: 80003, inte: 0, latefee: 0, paid: 80003 };
    const ask = async (...summary: TotalRow[]): Promise<string[]> => {
      const made = await bureau.totals(summary);
      await bureau.sendFile(made);
      await bureau.control('POST', '/_work');
      return (await bureau.answersTo(await bureau.task(made.name))).map(({ result, code }) => `${result} ${code}`);
    };
    expect(await ask(theirs)).toEqual(['1 000000']);
    await bureau.list();
    expect(await ask({ ...theirs, rows: 1, amt: 40001, paid: 40001 }, { ...theirs, row_no: 2, insutype: '390' })).toEqual(['2 DZ0001', '2 DZ0002']);
    const [details] = await bureau.news('DZ');
    expect(details?.rows.map(({ levy_no, paid }) => [levy_no, paid])).toEqual([['L1', 40001], ['L2', 40002]]);
    expect(details?.report.findings).toEqual([]);
    const kinds: string[] = [];
    for await (const batch of formOf(FORMAT).read(inPieces(await bureau.bytesOf(details?.name ?? '')), { item: 'DZ', fields: 'all', first: 0 })) kinds.push(...batch.map(({ kind }) => kind));
    expect(kinds).toEqual(['header', 'total', 'payment', 'payment', 'trailer']);
  });

  test('declared mode: what a unit declared comes as SB, and its payment names the declaration', async () => {
    const row = (change: Partial<LevyRow>): object => ({ payer_kind: '1', row_level: '1', clct_bill_id: 'D1', insutype: '310', part: '1', accrym_begn: '202611', accrym_end: '202611', amt: 700, ...change });
    const { dcla_no } = await bureau.control<{ dcla_no: string[] }>('PUT', '/_declarations', {
      line: 'ZG', poolarea_no: '990100', admdvs: '990100', taxdept_code: '19901000000', period: '202611', at: '2026-11-02 10:00:00',
      rows: [row(UNIT), row({ row_level: '2', psn_no: 'P1', amt: 300 }), row({ row_level: '2', psn_no: 'P2', amt: 400 })],
    });
    await bureau.at('2026-11-02 13:00:00');
    const files = await bureau.news('SB', 'HP');
    expect(files.map(({ item, report }) => [item, report.header?.rows, report.header?.amt_sum, report.findings])).toEqual([['SB', 3, 700, []], ['HP', 1, 700, []]]);
    expect((files[0]?.rows as unknown as LevyRow[]).map(({ levy_no }) => levy_no)).toEqual(dcla_no);
    expect(files[1]?.rows).toMatchObject([{ levy_no: '', dcla_no: dcla_no[0], uscc: UNIT.uscc }]);
    expect(await bureau.answersTo(await bureau.send('ZC', [levyRow({ ...levyOf(1), levy_no: dcla_no[0], op: 'C', cncl_reason: '01' })]))).toMatchObject([{ result: '5', code: 'CX0031' }]);
    const reply = { rec: 'D', row_no: 1, levy_no: '', result: '1', code: '', text: '', dcla_no: '', taxrpt_no: '', at: '2026-11-02 13:00:00' };
    expect(await bureau.send('HZ', [reply], { ref_file: files[1]?.name })).toMatchObject({ state: 'done', answer: '' });
    expect(await bureau.records('feedback')).toMatchObject([{ ref_file: files[1]?.name, result: '1' }]);
  });
});
