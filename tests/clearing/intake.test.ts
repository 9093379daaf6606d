import { Readable } from 'node:stream';
import iconv from 'iconv-lite';
import { takeFile, type IntakeDeps } from '../../activities/clearing/intake/take';
import { XrClearingOffice, XrIntakeFile, XrIntakeReject, XrSettlement, XrSettlementFund } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { onBothDatabases } from '../support/databases';
import { csvOf, deduction, NOW, PROVINCE, reversal, settlement, sourceOf, take } from './support';

onBothDatabases('intake of settlements', (database) => {
  let store: Store;
  let deps: IntakeDeps;

  beforeEach(async () => {
    store = await database().openMigrated();
    deps = { store, keyRing: database().keyRing, now: () => NOW };
  });

  const rows = () => store.read((manager) => manager.find(XrSettlement, { where: {}, order: { id: 'ASC' } }));
  const rejects = () => store.read((manager) => manager.find(XrIntakeReject, { where: {}, order: { fileId: 'ASC', line: 'ASC' } }));
  const close = (firstOpenWindow: number) =>
    store.write((manager) => manager.update(XrClearingOffice, { office: PROVINCE }, { firstOpenWindow }));

  test('takes settlements with their funds; the person is only a keyed hash', async () => {
    const good = settlement({ parts: { '310100': 100_000, '310101': 500, '310200': 20_000, '630100': 700, '320100': 0 } });
    expect(await take(deps, [good])).toMatchObject({ state: 'done', lines: 1, accepted: 1, rejected: 0, medfeeFen: good.medfee_sumamt });
    const [row] = await rows();
    expect(row).toMatchObject({
      setl_id: good.setl_id, office: '990000', payingCity: '990100', receivingCity: '990200', county: '990202', enteredWindow: 202610, entry: 'current',
      status: 'reconciled',
    });
    expect(row?.personHash).toMatch(/^[0-9a-f]{32}$/);
    const parts = await store.read((manager) => manager.findBy(XrSettlementFund, { settlementId: row?.id ?? 0 }));
    expect(parts.map(({ fundNo, fen }) => [fundNo, fen])).toEqual([[1, 100_500], [2, 20_000]]);
    expect((await database().bytesOnDisk())?.includes(good.psn_no)).toBe(false);
  });

  test('the same content is taken once, and answers as the first time', async () => {
    const text = csvOf([settlement()]);
    const first = await takeFile(deps, sourceOf(text));
    const second = await takeFile(deps, sourceOf(text));
    expect([first.repeated, second.repeated]).toEqual([false, true]);
    expect(second.file).toEqual(first.file);
    expect(await rows()).toHaveLength(1);
  });

  test('two requests with the same content at once write each line once', async () => {
    const text = csvOf(Array.from({ length: 30 }, () => settlement()));
    const both = await Promise.all([takeFile(deps, sourceOf(text)), takeFile(deps, sourceOf(text))]);
    expect(both.map(({ file }) => file.accepted)).toEqual([30, 30]);
    expect(await rows()).toHaveLength(30);
  });

  const BROKEN: readonly [string, (lines: string[]) => string[], string][] = [
    ['a wrong sum', (lines: string[]) => lines.map((line) => (line.startsWith('T,') ? line.replace(/,[\d.]+$/, ',0.01') : line)), 'XR_FILE_TOTALS_DIFFER'],
    ['a wrong count', (lines: string[]) => lines.map((line) => line.replace(/^T,2/, 'T,3')), 'XR_FILE_TOTALS_DIFFER'],
    ['a line lost on the way', (lines: string[]) => lines.filter((_, index) => index !== 2), 'XR_FILE_TOTALS_DIFFER'],
    ['an amount that is none', (lines: string[]) => lines.map((line, index) => (index === 2 ? line.replace(/,30\.00,/, ',三十,') : line)), 'XR_FILE_TOTALS_DIFFER'],
    ['no trailer', (lines: string[]) => lines.slice(0, -1), 'XR_FILE_TRAILER_MISSING'],
    ['lines behind the trailer', (lines: string[]) => [...lines, lines[2] ?? ''], 'XR_FILE_TRAILER_MISSING'],
    ['another header', (lines: string[]) => ['H,SOMETHING,1,990000', ...lines.slice(1)], 'XR_FILE_HEADER_INVALID'],
    ["another office's header", (lines: string[]) => ['H,XR-SETTLEMENTS,1,980000', ...lines.slice(1)], 'XR_FILE_HEADER_INVALID'],
    ['a column too few', (lines: string[]) => lines.map((line, index) => (index === 1 ? line.replace(',funds', '') : line)), 'XR_FILE_HEADER_INVALID'],
    ['nothing in it', () => [], 'XR_FILE_HEADER_INVALID'],
    ['a quote that never ends', (lines: string[]) => lines.map((line, index) => (index === 2 ? `"${line}` : line)), 'CSV_MALFORMED'],
  ];
  test('a file that does not hold together is refused whole', async () => {
    for (const [title, change, code] of BROKEN) {
      const text = csvOf([settlement(), settlement()], change);
      const told = await takeFile(deps, sourceOf(text)).catch((error: unknown) => error);
      expect([title, told]).toMatchObject([title, { name: 'FileProblem', code }]);
      expect([title, await rows()]).toEqual([title, []]);
      expect([title, await store.read((manager) => manager.countBy(XrIntakeFile, {}))]).toEqual([title, 0]);
    }
  });

  test('bytes that are no text are refused; GB18030 is read when it is named', async () => {
    const wrong = Buffer.concat([Buffer.from(csvOf([settlement()])), Buffer.from([0xff, 0xfe])]);
    await expect(takeFile(deps, sourceOf(wrong))).rejects.toMatchObject({ code: 'TEXT_NOT_UTF8' });
    const gb = iconv.encode(csvOf([settlement()]), 'gb18030');
    expect((await takeFile(deps, sourceOf(gb, { charset: 'gb18030' }))).file.accepted).toBe(1);
    await expect(takeFile(deps, sourceOf(csvOf([settlement()]), { charset: 'big5' }))).rejects.toMatchObject({ code: 'CONTENT_TYPE_UNSUPPORTED' });
  });

  test('bad lines are rejected with their number and reason, the others are taken', async () => {
    const stands = settlement();
    await take(deps, [stands]);
    const twice = settlement();
    const file = await take(deps, [
      settlement(),
      settlement({ mdtrtarea_admdvs: '990103' }),
      settlement({ parts: { '777777': 100 } }),
      settlement({ parts: { '310100': -100 } }),
      { ...settlement(), medfee_sumamt: settlement().medfee_sumamt + 1 } as never,
      settlement({ businessDate: '2026-02-30' }),
      { ...stands, msgid: 'other' },
      twice,
      { ...twice, msgid: 'other' },
      reversal(settlement(), '2026-10-20'),
      settlement({ insuplc_admdvs: '980101', mdtrtarea_admdvs: '970101' }),
    ]);
    expect(file).toMatchObject({ lines: 11, accepted: 2, rejected: 9 });
    expect((await rejects()).map(({ line, code }) => [line, code])).toEqual([
      [2, 'XR_SAME_CITY'],
      [3, 'XR_FUND_UNKNOWN'],
      [4, 'XR_SIGN_WRONG'],
      [5, 'XR_AMOUNTS_UNBALANCED'],
      [6, 'XR_FIELD_INVALID'],
      [7, 'XR_DUPLICATE'],
      [9, 'XR_DUPLICATE'],
      [10, 'XR_ORIGINAL_UNKNOWN'],
      [11, 'XR_OUT_OF_SCOPE'],
    ]);
  });

  test('NDJSON is taken like CSV', async () => {
    const record = settlement();
    const text = [
      { header: { kind: 'XR-SETTLEMENTS', version: 1, division: PROVINCE } },
      record,
      { ...record, extra: 1 },
      { trailer: { lines: 2, medfee: record.medfee_sumamt, funds: 120_000, cash: record.psn_cash_pay } },
    ].map((each) => JSON.stringify(each)).join('\n');
    const { file } = await takeFile(deps, sourceOf(text, { format: 'ndjson' }));
    expect(file).toMatchObject({ accepted: 1, rejected: 1 });
    await expect(takeFile(deps, sourceOf('{"header":', { format: 'ndjson' }))).rejects.toMatchObject({ code: 'JSON_INVALID' });
  });

  test('a reversal while the window is open takes both out; afterwards it is a negative line of the next window', async () => {
    const [early, late] = [settlement(), settlement()];
    await take(deps, [early, late, reversal(early, '2026-10-20')]);
    await close(202611);
    await take(deps, [reversal(late, '2026-11-25')]);
    expect((await rows()).map(({ setl_id, enteredWindow, entry, status }) => [setl_id[0], enteredWindow, entry, status])).toEqual([
      ['S', 0, 'annulled', 'reversed'],
      ['S', 202610, 'current', 'reversed'],
      ['R', 0, 'annulled', 'reconciled'],
      ['R', 202611, 'contra', 'reconciled'],
    ]);
  });

  test('of reversals of one settlement, at once and in several files, one is taken', async () => {
    const one = settlement();
    await take(deps, [one]);
    await Promise.all([1, 2, 3, 4].map(() => take(deps, [reversal(one, '2026-10-20')])));
    expect((await rows()).filter(({ recordType }) => recordType === 'R')).toHaveLength(1);
    expect((await rejects()).map(({ code }) => code)).toEqual(['XR_ALREADY_REVERSED', 'XR_ALREADY_REVERSED', 'XR_ALREADY_REVERSED']);
  });

  test('deductions never exceed what remains, and a reversal takes back exactly that', async () => {
    const one = settlement();
    const rest = reversal(one, '2026-10-22', {
      funds: [{ fund_pay_type: '310100', fund_payamt: -40_000 as never }, { fund_pay_type: '310200', fund_payamt: -20_000 as never }],
      medfee_sumamt: -63_000 as never,
    });
    await take(deps, [one, deduction(one, 60_000, '2026-10-20'), deduction(one, 40_001, '2026-10-21'), reversal(one, '2026-10-22'), rest]);
    expect((await rejects()).map(({ line, code }) => [line, code])).toEqual([[3, 'XR_DEDUCTION_EXCEEDS'], [4, 'XR_REVERSAL_DIFFERS']]);
    expect((await rows()).map(({ recordType, entry }) => [recordType, entry])).toEqual([['S', 'annulled'], ['D', 'annulled'], ['R', 'annulled']]);
  });

  test('late ones enter the first open window as late, too late ones and other kinds of visit none', async () => {
    await take(deps, [settlement()]);
    await close(202611);
    await take(deps, [
      settlement(),
      settlement({ businessDate: '2026-08-31', reconciledDate: '2026-11-25' }),
      settlement({ med_type: '99' }),
      settlement({ businessDate: '2026-12-01', reconciledDate: '2026-12-02' }),
      settlement({ reconciledDate: '2026-12-21' }),
    ]);
    expect((await rows()).slice(1).map(({ enteredWindow, entry }) => [enteredWindow, entry])).toEqual([
      [202611, 'late'],
      [0, 'tooLate'],
      [0, 'medType'],
      [202612, 'current'],
      [202612, 'late'],
    ]);
  });

  test('an intake that broke off goes on with the line where it stopped', async () => {
    const records = Array.from({ length: 4_500 }, () => settlement());
    const text = csvOf(records);
    let written = 0;
    const breaking: IntakeDeps = {
      ...deps,
      store: { read: store.read, write: (work, options) => ((written += 1) > 3 ? Promise.reject(new Error('killed')) : store.write(work, options)) },
    };
    await expect(takeFile(breaking, sourceOf(text))).rejects.toThrow('killed');
    expect(await rows()).toHaveLength(4_000);
    expect((await takeFile(deps, sourceOf(text))).file).toMatchObject({ lines: 4_500, accepted: 4_500, state: 'done' });
    expect(await rows()).toHaveLength(4_500);
  });

  test('what breaks while it is read leaves nothing', async () => {
    const source = sourceOf(csvOf([settlement()]));
    const broken = { ...source, spool: { ...source.spool, bytes: () => Readable.from((async function* () { yield Buffer.from('H,XR'); throw new Error('gone'); })()) } };
    await expect(takeFile(deps, broken)).rejects.toThrow('gone');
    expect(await rows()).toEqual([]);
  });
}, { ownServer: true });
