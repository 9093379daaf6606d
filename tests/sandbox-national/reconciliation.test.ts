import { unzipOne, zipOne } from '../../domain/files/zip';
import { fen, formatYuan } from '../../domain/money';
import { type Centre, Hospital, openCentre, profileNamed, Stay } from './hospital';

interface Totals {
  medfee: number;
  fund: number;
  acct: number;
  count: number;
}

/** 3201, 3202, 9101, 9102 and the declaration of a month. */
describe.each(['default', 'riverside'])('reconciliation under profile %s', (id) => {
  const profile = profileNamed(id, { settleBeforeDischarge: false });
  let centre: Centre;
  let hospital: Hospital;
  let stay: Stay;
  let setlId: string;
  let msgid: string;
  let today: string;

  beforeEach(async () => {
    centre = await openCentre(profile);
    hospital = new Hospital(centre);
    await hospital.signIn();
    stay = new Stay(hospital, 'A');
    await stay.admit();
    await stay.upload([stay.charge('K1')]);
    await stay.discharge();
    msgid = hospital.newMsgid();
    const { output } = await hospital.ok('2304', stay.settlement(100000), { msgid });
    setlId = output.setlinfo.setl_id;
    today = (output.setlinfo.setl_time ?? '').slice(0, 10);
  });
  afterEach(async () => {
    await centre.close();
    expect(centre.errors).toEqual([]);
  });

  // 1,000.00 in scope: deductible 800.00, 87 % of 200.00 from the pool, 826.00 on the account.
  const ACCT = 82600;
  const fund = (): number => (profile.accountInFundSum ? 17400 + ACCT : 17400);

  async function totals(sent: Totals, changes: object = {}): Promise<string> {
    const { output } = await hospital.ok('3201', {
      data: {
        insutype: '310',
        clr_type: '21',
        setl_optins: '990100',
        stmt_begndate: today,
        stmt_enddate: today,
        medfee_sumamt: fen(sent.medfee),
        fund_pay_sumamt: fen(sent.fund),
        acct_pay: fen(sent.acct),
        fixmedins_setl_cnt: sent.count,
        ...changes,
      },
    });
    return output.stmtinfo.stmt_rslt;
  }

  test('3201: balanced, centre more, institution more, amounts differ', async () => {
    const right = { medfee: 100000, fund: fund(), acct: ACCT, count: 1 };
    expect(await totals(right)).toBe('000000');
    expect(await totals({ medfee: 0, fund: 0, acct: 0, count: 0 })).toBe('000101');
    expect(await totals({ ...right, count: 2 })).toBe('000102');
    expect(await totals({ ...right, fund: fund() - 1 })).toBe('000103');
    expect(await totals({ ...right, acct: ACCT + 1 })).toBe('000103');
    const none = { medfee: 0, fund: 0, acct: 0, count: 0 };
    expect(await totals(none, { insutype: '390' })).toBe('000000');
    expect(await totals(none, { setl_optins: '990200' })).toBe('000000');
    expect(await totals(none, { stmt_begndate: '2026-01-01', stmt_enddate: '2026-01-31' })).toBe('000000');
  });

  test('3201: a refunded settlement is two rows, or none by the filter', async () => {
    await hospital.ok('2305', { data: { ...stay.ids, setl_id: setlId } });
    expect(await totals({ medfee: 0, fund: 0, acct: 0, count: 2 })).toBe('000000');
    expect(await totals({ medfee: 0, fund: 0, acct: 0, count: 2 }, { REFD_SETL_FLAG: '1' })).toBe('000000');
    expect(await totals({ medfee: 0, fund: 0, acct: 0, count: 0 }, { REFD_SETL_FLAG: '0' })).toBe('000000');
  });

  /** Hands in a detail file; the rows of the result file. */
  async function details(rows: string[][], changes: object = {}, zipped = true): Promise<string[][]> {
    const text = Buffer.from(rows.map((row) => `${row.join('\t')}\n`).join(''), 'utf8');
    const sum = (column: number): number =>
      rows.reduce((total, row) => total + Math.round(Number(row[column]?.replace(',', '') ?? 0) * 100), 0);
    const upload = await hospital.ok('9101', {
      fsUploadIn: {
        in: zipped ? zipOne({ name: 'stmt.txt', content: text }) : text,
        filename: 'stmt.zip',
        fixmedins_code: hospital.code,
      },
    });
    const { output } = await hospital.ok('3202', {
      data: {
        setl_optins: '990100',
        file_qury_no: upload.output.file_qury_no,
        stmt_begndate: today,
        stmt_enddate: today,
        medfee_sumamt: fen(sum(3)),
        fund_pay_sumamt: fen(sum(4)),
        cash_payamt: fen(0),
        fixmedins_setl_cnt: rows.length,
        ...changes,
      },
    });
    const { file_qury_no, filename } = output.fileinfo;
    const file = await hospital.ok('9102', { fsDownloadIn: { file_qury_no, filename, fixmedins_code: hospital.code } });
    return unzipOne(Buffer.from(file.output.content), 1_000_000)
      .content.toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t'));
  }

  const mine = (): string[] => [
    setlId, stay.mdtrtId, stay.psnNo, '1000.00', formatYuan(fen(fund())), formatYuan(fen(ACCT)), '0',
  ];

  test('3202: no difference, a lost settlement shows by its msgid, the others by their kind', async () => {
    expect(await details([mine()])).toEqual([]);
    expect(await details([mine()], {}, false)).toEqual([]);
    const centreRow = (rslt: string, memo: string): string[] => [
      stay.psnNo, stay.mdtrtId, setlId, msgid, rslt, '0', memo, '1000.00', formatYuan(fen(fund())), formatYuan(fen(ACCT)),
    ];
    expect(await details([])).toEqual([centreRow('000101', '医药机构无此结算')]);
    const wrong = mine();
    wrong[3] = '999.00';
    expect(await details([wrong])).toEqual([centreRow('000103', '金额或退费标志不一致')]);
    const unknown = ['999', stay.mdtrtId, stay.psnNo, '10.00', '5.00', '0.00', '0'];
    expect(await details([mine(), unknown])).toEqual([
      [stay.psnNo, stay.mdtrtId, '999', 'null', '000102', '0', '医保中心无此结算', '10.00', '5.00', '0.00'],
    ]);
  });

  test('3202: a reversal shows as two rows of one settlement', async () => {
    const by = hospital.newMsgid();
    await hospital.ok('2601', { data: { psn_no: stay.psnNo, omsgid: msgid, oinfno: id === 'default' ? '2304' : '2304A' } }, { msgid: by });
    const rows = await details([]);
    expect(rows.map((row) => [row[2], row[3], row[5], row[7]])).toEqual([
      [setlId, msgid, '1', '1000.00'],
      [setlId, by, '1', '-1000.00'],
    ]);
    expect(await details([], { REFD_SETL_FLAG: '0' })).toEqual([]);
  });

  test('3202 refuses totals that are not those of the file, and files that it cannot read', async () => {
    await expect(details([mine()], { medfee_sumamt: fen(1) })).rejects.toThrow('汇总不一致');
    await expect(details([['a', 'b']], {})).rejects.toThrow('第1行格式不正确');
    await expect(details([mine().with(3, '1,000.00')])).rejects.toThrow('金额不正确');
  });

  test('a declared month can be undone only after 3204', async () => {
    const declaration = {
      data: {
        clr_type: '21',
        setlym: today.slice(0, 7).replace('-', ''),
        psntime: 1,
        medfee_sumamt: fen(100000),
        med_sumfee: fen(100000),
        fund_appy_sum: fen(fund()),
        cash_payamt: fen(0),
        acct_pay: fen(ACCT),
        begndate: `${today.slice(0, 7)}-01`,
        enddate: today,
      },
    };
    expect(await hospital.refused('3203', { data: { ...declaration.data, psntime: 2 } })).toContain('清算人次');
    const { output } = await hospital.ok('3203', declaration);
    expect(await hospital.refused('3203', declaration)).toContain('重复申报');
    const ids = { data: { ...stay.ids, setl_id: setlId } };
    const reversal = { data: { psn_no: stay.psnNo, omsgid: msgid, oinfno: id === 'default' ? '2304' : '2304A' } };
    expect(await hospital.refused('2305', ids)).toContain('已申报清算');
    expect(await hospital.refused('2601', reversal)).toContain('已申报清算');
    await hospital.ok('3204', { data: { clr_appy_evt_id: output.result.clr_appy_evt_id } });
    expect(await hospital.refused('3204', { data: { clr_appy_evt_id: output.result.clr_appy_evt_id } })).toContain('未查询到');
    await hospital.ok('2305', ids);
  });
});
