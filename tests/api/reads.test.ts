import { Client, Connection } from '@temporalio/client';
import type { SettlementAmounts } from '../../domain/admission/types';
import { fen } from '../../domain/money';
import { AbnormalItem, Admission, Deposit, FeeLine, Reconciliation, ReconciliationDifference, ReconciliationGroup, Settlement, SettlementFund, TimelineEvent } from '../../store/entities';
import { ask, type Ground, insertAdmission, INSTITUTION, type Instance, openGround, OTHER_INSTITUTION, startInstance } from './harness';

let ground: Ground;
let connection: Connection;
let api: Instance;
const ID = `${INSTITUTION}/SHEET1/1`;
const CERTNO = '990101195803120019';

beforeAll(async () => {
  ground = await openGround();
  connection = Connection.lazy({ address: '127.0.0.1:1', interceptors: [] });
  api = await startInstance(ground, new Client({ connection }));
  const opened = { institution: INSTITUTION, iptNo: 'SHEET1', round: 1, profile: 'default', insutype: '310', medType: '21', begntime: '2026-11-02 15:20:00' };
  await insertAdmission(ground.store, opened, 'settled');
  await ground.store.write(async (manager) => {
    await manager.update(Admission, { id: ID }, { personKey: ground.keyRing.keyedHash(CERTNO), patientName: '示例<甲>', dischargedAt: '2026-11-12 10:00:00' });
  });
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await connection?.close();
  await ground?.close();
});

const read = (path: string, token = ground.clerk) => ask(api, `GET ${path}`, { token });

/** Amounts of patient A (fen), as the reference case has them. */
const A = {
  medfee_sumamt: 2_118_743, fulamt_ownpay_amt: 29_100, overlmt_selfpay: 298_000, preselfpay_amt: 221_580, inscp_scp_amt: 1_570_063,
  act_pay_dedc: 80_000, hifp_pay: 1_324_858, cvlserv_pay: 0, hifes_pay: 0, hifmi_pay: 0, hifob_pay: 0, hifdm_pay: 0, maf_pay: 0, oth_pay: 0,
  fund_pay_sumamt: 1_324_858, psn_part_amt: 793_885, acct_pay: 150_000, acct_mulaid_pay: 0, psn_cash_pay: 643_885, hosp_part_amt: 0, balc: 0,
} as unknown as SettlementAmounts;

async function settleA(): Promise<void> {
  await ground.store.write(async (manager) => {
    const inserted = await manager.insert(Settlement, {
      admissionId: ID, institution: INSTITUTION, setl_id: 'S0001', msgid: 'H9900000000120261112100000' + '0001', infno: '2304', kind: 'final',
      status: 'live', setl_time: '2026-11-12 10:30:00', businessDate: '2026-11-12', insutype: '310', clr_type: null, clr_way: null, clr_optins: null,
      hi_paymtd: null, ...A, depositApplied: fen(643_885), depositRefund: fen(156_115), topUp: fen(0), raw: {}, cancelledAt: null, cancelMsgid: null, cancelSetlId: null,
    });
    const settlementId = Number(inserted.identifiers[0]?.['id']);
    await manager.insert(SettlementFund, { settlementId, lineNo: 1, fund_pay_type: '310100', fund_pay_type_name: null, inscp_scp_amt: null, crt_payb_lmt_amt: null, fund_payamt: fen(1_324_858), setl_proc_info: null });
    const line = (seq: number, name: string, category: string, amount: number): object => ({
      admissionId: ID, uploadId: 'U1', seq, feedetl_sn: `A0${seq}`, init_feedetl_sn: null, fee_ocur_time: '2026-11-05 10:00:00', med_list_codg: 'X', medins_list_codg: 'Y',
      medins_list_name: name, cnt: '1', pric: '1', det_item_fee_sumamt: fen(amount), detail: {}, state: 'uploaded', refusalCode: null, refusalText: null, pric_uplmt_amt: null,
      selfpay_prop: null, fulamt_ownpay_amt: fen(0), overlmt_amt: fen(0), preselfpay_amt: fen(0), inscp_scp_amt: fen(amount), chrgitm_lv: '01', med_chrgitm_type: category, settlementId, msgid: null,
    });
    await manager.insert(FeeLine, [line(1, '普通床位费', '01', 58_000), line(2, '<script>alert(1)</script>', '09', 100_000), line(3, '二级床位', '01', 42_000)]);
    await manager.insert(Deposit, [
      { admissionId: ID, kind: 'received', amountFen: fen(800_000), method: 'cash', receiptNo: 'R1', commandId: 'c1', at: '2026-11-02 15:30:00' },
      { admissionId: ID, kind: 'applied', amountFen: fen(643_885), method: null, receiptNo: null, commandId: 'c2', at: '2026-11-12 10:30:00' },
      { admissionId: ID, kind: 'refunded', amountFen: fen(156_115), method: 'cash', receiptNo: null, commandId: 'c2', at: '2026-11-12 10:30:00' },
    ]);
    await manager.insert(TimelineEvent, [1, 2, 3].map((seq) => ({ admissionId: ID, seq, at: seq, commandId: null, kind: 'amended', text: `第${seq}件`, detail: null })));
  });
}

test('without a settlement there is no sheet', async () => {
  const answer = await read('/v1/admissions/SHEET1/sheet');
  expect([answer.status, answer.body.code]).toEqual([409, 'SHEET_NOT_READY']);
});

describe('a settled stay', () => {
  beforeAll(settleA);

  test('its sheet is a page that runs nothing, with what people typed escaped; tests/sheet reads its figures', async () => {
    const answer = await read('/v1/admissions/SHEET1/sheet');
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.body.text).toContain('21,187.43');
    expect(answer.body.text).not.toMatch(/<script|https?:\/\//);
  });

  test('a cancelled settlement prints 作废 when asked for by its number, and no sheet otherwise', async () => {
    await ground.store.write((manager) => manager.update(Settlement, { setl_id: 'S0001' }, { status: 'cancelled' }));
    expect((await read('/v1/admissions/SHEET1/sheet')).status).toBe(409);
    expect((await read('/v1/admissions/SHEET1/sheet?setlId=S0001')).body.text).toContain('作废');
    await ground.store.write((manager) => manager.update(Settlement, { setl_id: 'S0001' }, { status: 'live' }));
  });

  test('money adds up and the ID number never leaves in full', async () => {
    const money = await read('/v1/admissions/SHEET1/money');
    expect(money.body['deposits']).toEqual({ received: 800_000, applied: 643_885, refunded: 156_115, topUp: 0, restored: 0 });
    const deposits = await read('/v1/admissions/SHEET1/deposits');
    expect(deposits.body.items).toHaveLength(3);
    const detail = await read('/v1/admissions/SHEET1');
    expect(detail.body['certnoMasked']).toBe('990***********0019');
    expect(JSON.stringify([money.body, deposits.body, detail.body])).not.toContain(CERTNO);
  });

  test('the timeline pages in order', async () => {
    const first = await read('/v1/admissions/SHEET1/timeline?limit=2');
    expect(first.body.items?.map((item) => item['seq'])).toEqual([1, 2]);
    const second = await read(`/v1/admissions/SHEET1/timeline?limit=2&cursor=${first.body.nextCursor}`);
    expect([second.body.items?.map((item) => item['seq']), second.body.nextCursor]).toEqual([[3], null]);
  });
});

describe('lists', () => {
  beforeAll(async () => {
    for (let n = 1; n <= 7; n += 1) {
      await insertAdmission(ground.store, { institution: INSTITUTION, iptNo: `LIST${n}`, round: 1, profile: 'default', insutype: '390', medType: '21', begntime: `2026-10-0${n} 09:00:00` });
    }
    // Rows changed in the same millisecond must neither repeat nor get lost between pages.
    await ground.store.write((manager) => manager.createQueryBuilder().update(Admission).set({ updatedAt: 1_000 }).where("ipt_no LIKE 'LIST%'").execute());
  });

  test.each(['-updatedAt', 'updatedAt'])('sorted by %s, page by page, each row once', async (sort) => {
    const seen: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof read>> = await read(`/v1/admissions?sort=${sort}&limit=3${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...(page.body.items ?? []).map((item) => item['iptNo']));
      cursor = page.body.nextCursor ?? null;
    } while (cursor);
    const names = Array.from({ length: 7 }, (_item, index) => `LIST${index + 1}`);
    expect(seen).toEqual(sort === 'updatedAt' ? [...names, 'SHEET1'] : ['SHEET1', ...names.reverse()]);
  });

  test('by stage, by date with both ends included, by number', async () => {
    const numbers = async (query: string) => ((await read(`/v1/admissions?${query}`)).body.items ?? []).map((item) => item['iptNo']).sort();
    expect(await numbers('stage=settled')).toEqual(['SHEET1']);
    expect(await numbers('admittedFrom=2026-10-02&admittedTo=2026-10-03')).toEqual(['LIST2', 'LIST3']);
    expect(await numbers('iptNo=LIST5')).toEqual(['LIST5']);
  });

  test('self-pay ones say so, and their settlement names no message', async () => {
    const id = `${INSTITUTION}/LIST6/1`;
    await ground.store.write(async (manager) => {
      const row = await manager.findOneByOrFail(Admission, { id });
      await manager.update(Admission, { id }, { state: { ...row.state, selfPayReason: '停保' } });
      const of = await manager.findOneByOrFail(Settlement, { setl_id: 'S0001' });
      await manager.insert(Settlement, { ...of, id: undefined, admissionId: id, setl_id: 'ZF1', msgid: 'ZF1', infno: '', kind: 'selfPay' });
    });
    const shown = await Promise.all(['LIST6', 'LIST7'].map(async (iptNo) => (await read(`/v1/admissions?iptNo=${iptNo}`)).body.items?.[0]?.['selfPay']));
    expect(shown).toEqual([true, false]);
    const { settlements } = (await read('/v1/admissions/LIST6')).body as unknown as { settlements: object[] };
    expect(settlements).toEqual([expect.objectContaining({ kind: 'selfPay', setlId: 'ZF1', msgid: null })]);
  });

  test('overdue ones, whose deadline lies behind; each says its own', async () => {
    const set = (iptNo: string, dueAt: number) => ground.store.write((manager) => manager.update(Admission, { id: `${INSTITUTION}/${iptNo}/1` }, { dueAt }));
    const inAnHour = Date.now() + 3_600_000;
    await set('LIST2', 5_000);
    await set('LIST3', inAnHour);
    const page = await read('/v1/admissions?overdue=true');
    expect(page.body.items).toEqual([expect.objectContaining({ iptNo: 'LIST2', dueAt: 5_000 })]);
    expect((await read('/v1/admissions?overdue=true&stage=settled')).body.items).toEqual([]);
    expect((await read('/v1/admissions?overdue=yes')).status).toBe(400);
    expect((await read('/v1/admissions/LIST3')).body['dueAt']).toBe(inAnHour);
    expect((await read('/v1/admissions?iptNo=LIST4')).body.items).toEqual([expect.objectContaining({ dueAt: null })]);
  });

  test('by person, exactly, and only within one’s own institution', async () => {
    const search = (token: string) => ask(api, 'POST /v1/admissions/search', { token, body: { certno: CERTNO } });
    expect((await search(ground.clerk)).body.items?.map((item) => item['iptNo'])).toEqual(['SHEET1']);
    expect((await search(ground.otherClerk)).body.items).toEqual([]);
  });

  test('abnormal items and reconciliations of one’s own institution', async () => {
    await ground.store.write(async (manager) => {
      const item = { process: 'admission', workflowId: 'w', code: 'FEES_OVERDUE', title: '逾期', openedAt: 1, closedAt: null, resolution: null, detail: null };
      await manager.insert(AbnormalItem, [
        { ...item, institution: INSTITUTION, subject: 'a', state: 'open' },
        { ...item, institution: INSTITUTION, subject: 'b', state: 'closed' },
        { ...item, institution: OTHER_INSTITUTION, subject: 'c', state: 'open' },
      ]);
      const id = `${INSTITUTION}/2026-11-12/1`;
      await manager.insert(Reconciliation, { id, institution: INSTITUTION, businessDate: '2026-11-12', version: 1, workflowId: 'w', state: 'differs', startedAt: 1, finishedAt: 2 });
      await manager.insert(ReconciliationGroup, { reconciliationId: id, insutype: '310', clr_type: '21', clr_optins: '990100', medfee_sumamt: fen(1), fund_pay_sumamt: fen(2), acct_pay: fen(3), fixmedins_setl_cnt: 4, stmt_rslt: '000101', stmt_rslt_dscr: null, msgid: null });
      const difference = { reconciliationId: id, round: 0, class: 'onlyTheirs' as const, updatedAt: 1 };
      await manager.insert(ReconciliationDifference, [{ ...difference, subject: 'x', state: 'open' }, { ...difference, subject: 'y', state: 'closed' }]);
    });
    expect((await read('/v1/abnormal-items')).body.items?.map((item) => item['subject'])).toEqual(['a']);
    expect((await read('/v1/abnormal-items?state=closed')).body.items?.map((item) => item['subject'])).toEqual(['b']);
    const runs = await read('/v1/reconciliations');
    expect(runs.body.items).toEqual([expect.objectContaining({ businessDate: '2026-11-12', openDifferences: 1, groups: [expect.objectContaining({ settlements: 4, stmtRslt: '000101' })] })]);
    expect((await read('/v1/reconciliations', ground.otherClerk)).body.items).toEqual([]);
  });
});
