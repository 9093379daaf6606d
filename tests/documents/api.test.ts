import { operations as clearing } from '../../activities/clearing';
import { digestOf } from '../../activities/clearing/generate/digest';
import { openCase } from '../../activities/office-case/open';
import type { OperationContext, RegisterOperation } from '../../activities/office-case/operations';
import { issuePrepayBalance } from '../../api/documents/prepay-balance';
import { printedDocumentRoutes } from '../../api/routes/printed-documents';
import { add, fen, ZERO } from '../../domain/money';
import { isRefusal } from '../../domain/refusal';
import { loadCaseDefinitions } from '../../schemas/processes/load-cases';
import { CaseAct, DocumentPrint, OfficeCase, PrintedDocument, XrClearingBatch, XrClearingItem, XrClearingLine, XrClearingPair, XrPayable, XrSettlement, XrSettlementFund } from '../../store/entities';
import { openPeopleRig, type PeopleRig } from '../people/rig';
import { readPdf } from '../sheet/pdf-text';
import { CARE, CITY, FUND, openAgencies, OTHER, PROVINCE, TODAY, type Agencies } from '../support/agencies';
import { onBothDatabases } from '../support/databases';
import { serves } from '../support/serves';
import { scannedDocument } from '../../web/scanned-document';

const BATCH = '990000-202610-1';
const CASE = 'office-case/xr-clear-monthly/990000/1';
const NOW = Date.parse('2026-11-25T02:00:00Z');

onBothDatabases('documents by HTTP', (database) => {
  let rig: PeopleRig;
  let agencies: Agencies;
  let province: string;
  let city: string;
  let otherCity: string;

  beforeEach(async () => {
    rig = await openPeopleRig(database(), { routes: printedDocumentRoutes });
    agencies = await openAgencies(rig.store);
    province = (await rig.enter('sheng-jingban-1')).token;
    city = (await rig.enter('shi01-jingban-1')).token;
    otherCity = (await rig.enter('shi02-jingban-1')).token;
  }, 60_000);
  afterEach(async () => {
    await rig?.close();
  });

  const listed = async (token: string, query = ''): Promise<{ number: string; kind: string; hash: string; subject: string; party: string | null }[]> => {
    const answer = await rig.ask(`GET /v1/documents?limit=100${query}`, { token });
    expect(answer.status).toBe(200);
    return answer.body.items;
  };
  const raw = async (path: string, token: string, headers: Record<string, string> = {}, method = 'GET') => {
    const response = await fetch(`${rig.url}${path}`, { method, headers: { authorization: `Bearer ${token}`, ...headers } });
    return { status: response.status, type: response.headers.get('content-type') ?? '', replayed: response.headers.get('idempotency-replayed'), bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const printOf = (number: string | undefined, key: string, format = 'pdf', token = province) =>
    raw(`/v1/documents/${number}/prints?format=${format}`, token, { 'idempotency-key': key }, 'POST');
  const drawn = (bytes: Buffer): string => readPdf(bytes).runs.join('').replaceAll(/\s/g, '');

  /** A draft batch of two flows of one fund and a third of another, one settlement moved out of it. */
  async function draftBatch(): Promise<void> {
    const line = { batchId: BATCH, insutype: '390', kind: 'current' as const, count: 2 };
    const lines = [
      { ...line, payingCity: CITY, receivingCity: CARE, fund: FUND, fen: fen(120_000) },
      { ...line, payingCity: CARE, receivingCity: CITY, fund: FUND, fen: fen(5_000) },
      { ...line, payingCity: CITY, receivingCity: CARE, fund: 'aid' as const, fen: fen(700) },
    ];
    const settlement = {
      recordType: 'S' as const, msgid: 'm', office: PROVINCE, payingCity: CITY, receivingCity: CARE, county: '990201', fixmedins_code: 'H99020000001', personHash: 'x', insutype: '390',
      med_type: '21', setl_time: '2026-10-03 10:00:00', businessDate: '2026-10-03', reconciledDate: '2026-10-04', dise_codg: null, medfee_sumamt: fen(9_900), psn_cash_pay: ZERO,
      fulamt_ownpay_amt: ZERO, overlmt_selfpay: ZERO, preselfpay_amt: ZERO, inscp_scp_amt: ZERO, status: 'reconciled' as const, reversalOf: null,
    };
    await rig.store.write(async (manager) => {
      await manager.insert(XrClearingBatch, {
        id: BATCH, office: PROVINCE, period: '2026-10', status: 'draft', caseId: CASE, caseNo: 'xr-clear-monthly-990000-2026-0001', parametersVersion: 0, items: 6, movedOut: 1,
        payableFen: add(...lines.map((each) => each.fen)), digest: digestOf(lines as XrClearingLine[]), generatedAt: NOW, approvedAt: null,
      });
      await manager.insert(XrClearingLine, lines);
      await manager.insert(XrClearingPair, { batchId: BATCH, payingCity: CITY, receivingCity: CARE, insutype: '390', kind: 'current', settlements: 2, medfeeFen: fen(150_000), cashFen: ZERO });
      await manager.insert(XrSettlement, [
        { ...settlement, id: 1_000_001, setl_id: 'S1', enteredWindow: 202610, entry: 'current' },
        { ...settlement, id: 1_000_002, setl_id: 'S2', enteredWindow: 202611, entry: 'late' },
      ]);
      await manager.insert(XrSettlementFund, [1, 2].map((id) => ({ settlementId: 1_000_000 + id, fundNo: 5, fen: fen(8_800) })));
      await manager.insert(XrClearingItem, {
        batchId: BATCH, settlementId: 1_000_002, state: 'movedOut', city: CITY, side: 'payable', reasonCode: 'amount', reason: '金额不符', movedTo: 202611, entryBefore: 'current', byUser: 'u', at: NOW,
      });
    });
  }

  const context = (form: object = {}): OperationContext => ({
    caseId: CASE, caseNo: 'xr-clear-monthly-990000-2026-0001', definition: 'xr-clear-monthly', division: PROVINCE, period: '2026-10', form: { ...form }, step: 'effect', now: NOW,
    actors: [
      { act: 'submit', userId: 'nobody-maker', personKey: 'p1', step: 'maker', at: NOW - 3_000 },
      { act: 'approve', userId: 'nobody-recheck', personKey: 'p2', step: 'recheck', at: NOW - 2_000 },
      { act: 'approve', userId: 'nobody-approver', personKey: 'p3', step: 'approve', at: NOW - 1_000 },
    ],
  });
  const apply = (name: string, form: object = {}) => rig.store.write(async (manager) => {
    const outcome = await (clearing[name] as RegisterOperation).apply?.(manager, context(form));
    if (!outcome || isRefusal(outcome)) throw new Error(JSON.stringify(outcome));
    return outcome;
  });

  test('a clearing: drafts before its approval, documents with it, void with its undo', async () => {
    serves('xr-clear-month-print');
    await draftBatch();
    const draft = `/v1/document-drafts?format=pdf&batchId=${BATCH}&kind=clearingPayable&city=${CITY}&insutype=390&fund=${FUND}`;
    const seen = await raw(draft, city);
    expect([seen.status, seen.type]).toEqual([200, 'application/pdf']);
    expect(drawn(seen.bytes)).toContain('未审批');
    expect(drawn(seen.bytes)).toContain('1,200.00');
    expect((await raw(draft, otherCity)).status).toBe(404);
    expect((await raw(`/v1/document-drafts?batchId=${BATCH}&kind=clearingSummary&insutype=390&fund=${FUND}`, city)).status).toBe(404);
    expect((await raw(`/v1/document-drafts?batchId=${BATCH}&kind=clearingSummary&insutype=390&fund=${FUND}`, province)).status).toBe(200);
    expect((await raw(draft.replace(BATCH, '990000-202610-9'), province)).status).toBe(404);
    expect(await listed(province)).toEqual([]);

    await apply('clearing.approve');
    const documents = await listed(province);
    const kinds = documents.map(({ kind, subject }) => `${kind} ${subject.replace(`${BATCH}/`, '')}`).sort();
    expect(kinds).toEqual([
      `clearingPayable ${CITY}/390/aid`, `clearingPayable ${CITY}/390/${FUND}`, `clearingPayable ${CARE}/390/${FUND}`,
      `clearingReceivable ${CITY}/390/${FUND}`, `clearingReceivable ${CARE}/390/aid`, `clearingReceivable ${CARE}/390/${FUND}`,
      'clearingSummary 390/aid', `clearingSummary 390/${FUND}`,
      `movedOut ${CITY}/${FUND}/1`,
      `paymentNotice ${CITY}/aid`, `paymentNotice ${CITY}/${FUND}`, `paymentNotice ${CARE}/${FUND}`,
      `receiptNotice ${CITY}/${FUND}`, `receiptNotice ${CARE}/aid`, `receiptNotice ${CARE}/${FUND}`,
    ].sort());
    expect((await listed(city)).map(({ party }) => party)).toEqual(Array.from({ length: 7 }, () => CITY));
    expect((await listed(otherCity, '&kind=clearingSummary'))).toEqual([]);

    // Σ应付 of all payable tables is Σ应收 of all receivable ones, by fund.
    const rows = await rig.store.read((manager) => manager.find(PrintedDocument));
    const sum = (kind: string, fund: string): number =>
      rows.filter((row) => row.kind === kind && row.fund === fund).flatMap(({ data }) => (data as { rows: { amount: { fen: number } }[] }).rows).reduce((total, { amount }) => total + amount.fen, 0);
    for (const fund of [FUND, 'aid']) expect(sum('clearingPayable', fund)).toBe(sum('clearingReceivable', fund));
    expect(sum('clearingPayable', FUND)).toBe(125_000);
    expect(rows.find(({ kind }) => kind === 'movedOut')?.data).toMatchObject({ rows: [{ setlId: 'S2', amount: { fen: 8_800 }, movedTo: '2026-11' }] });
    expect(rows.find(({ kind, subject }) => kind === 'clearingPayable' && subject.endsWith(`${CITY}/390/${FUND}`))?.data).toMatchObject({
      movedOut: { count: 1, amount: { fen: 8_800 } }, signers: { made: { name: 'nobody-maker' }, reviewed: { name: 'nobody-recheck' }, approved: { name: 'nobody-approver' } },
    });

    const summary = documents.find(({ kind, subject }) => kind === 'clearingSummary' && subject.endsWith(FUND))?.number;
    const printed = drawn((await printOf(summary, 'p1')).bytes);
    for (const each of ['平衡行（须为0.00）', '1,250.00', '壹仟贰佰伍拾元整', '第1次打印']) expect(printed).toContain(each);

    await apply('clearing.undo', { batchId: BATCH });
    expect(drawn((await printOf(summary, 'p2')).bytes)).toContain('作废');
    expect(await listed(province, '&state=live')).toEqual([]);
    expect(await listed(province, '&state=void')).toHaveLength(15);
  }, 90_000);

  test('orders and vouchers are issued with their documents and voided with them', async () => {
    serves('xr-clear-city-pay-print');
    const own = await agencies.owe('B1', CITY, CARE, 9_500);
    await agencies.owe('B1', CITY, OTHER, 2_500);
    await agencies.fill(CITY, 10_000);
    const [voucher] = await listed(province, '&kind=prepayVoucher');
    expect((await listed(city, '&kind=prepayVoucher'))[0]).toEqual(voucher);
    const paper = await raw(`/v1/documents/${voucher?.number}?format=pdf`, province);
    expect(drawn(paper.bytes)).toContain('第三联财务');
    const form = await agencies.disbursementForm('B1', 12_000, { withheld: [{ payable: own, deductionFen: 100, reason: '扣款' }] });
    await agencies.run('disbursement.fundRequest', CITY, form, { caseNo: 'pay-1' });
    const made = await agencies.run('disbursement.order', CITY, form, { caseNo: 'pay-1' });
    const [order] = await listed(city, '&kind=disbursementOrder');
    expect(order).toMatchObject({ number: made['document'], subject: made['orderNo'], party: PROVINCE });
    const text = drawn((await raw(`/v1/documents/${order?.number}?format=pdf`, province)).bytes);
    for (const each of ['P2026-1', '120.00', '1.00', '100.00', '19.00', '壹拾玖元整']) expect(text).toContain(each);
    expect(drawn((await printOf(order?.number, 'p1', 'pdf', city)).bytes)).toContain('财政部门（章）');
    await agencies.run('disbursement.orderUndo', CITY, { orderNo: made['orderNo'], reason: '测试' });
    expect(await listed(city, '&kind=disbursementOrder&state=live')).toEqual([]);

    const balance = { kind: 'prepayBalance', division: PROVINCE, period: '2026-11', fund: FUND };
    expect((await rig.ask('POST /v1/documents', { token: province, body: balance })).body.code).toBe('DOCUMENT_NOT_READY');
    expect((await rig.ask('POST /v1/documents', { token: city, body: balance })).body.code).toBe('DIVISION_OUT_OF_SCOPE');
    const issued = await rig.ask('POST /v1/documents', { token: province, body: { ...balance, period: '2026-10' } });
    expect(issued).toMatchObject({ status: 200, body: { kind: 'prepayBalance', fund: FUND, period: '2026-10', party: null } });
    const december = { by: 'u', at: Date.parse('2026-12-02T00:00:00Z') };
    const month = await rig.store.write((manager) => issuePrepayBalance(manager, { province: PROVINCE, period: '2026-11', fund: FUND }, december));
    const of = (amount: number) => ({ fund: FUND, fen: amount });
    expect(month).toMatchObject({ data: { rows: [{ city: { code: CITY }, opening: of(0), paidIn: of(10_000), replenished: of(0), used: of(0), returned: of(0), closing: of(10_000) }] } });
    expect((await rig.ask('POST /v1/documents', { token: province, body: { ...balance, period: '2026-10', fund: 'aid' } })).body.code).toBe('DOCUMENT_NOT_READY');
  }, 90_000);

  test('拨付明细 of an institution, deductions by themselves', async () => {
    await draftBatch();
    await apply('clearing.approve');
    await rig.store.write((manager) => manager.update(XrPayable, { batchId: BATCH }, { payingCity: CITY }));
    const form = await agencies.disbursementForm(BATCH, 125_000);
    await agencies.run('disbursement.fundRequest', CITY, form, { caseNo: 'pay-2' });
    const { orderNo } = await agencies.run('disbursement.order', CITY, form, { caseNo: 'pay-2' });
    const body = { kind: 'disbursementDetail', orderNo, institution: 'H99020000001' };
    const issued = await rig.ask('POST /v1/documents', { token: city, body });
    expect(issued).toMatchObject({ status: 200, body: { kind: 'disbursementDetail', subject: `${orderNo}/H99020000001` } });
    expect((await rig.ask('POST /v1/documents', { token: city, body })).body.number).toBe(issued.body.number);
    const row = await rig.store.read((manager) => manager.findOneByOrFail(PrintedDocument, { number: issued.body.number }));
    expect(row.data).toMatchObject({ rows: [{ settlements: 1, medfee: 9_900, owed: { fen: 8_800 }, deduction: { fen: 0 } }] });
    expect((await rig.ask('POST /v1/documents', { token: city, body: { ...body, institution: 'H0' } })).body.code).toBe('DOCUMENT_NOT_READY');
    expect((await rig.ask('POST /v1/documents', { token: otherCity, body })).body.code).toBe('ORDER_NOT_FOUND');
  }, 90_000);

  describe('one document', () => {
    let number: string;
    let hash: string;
    beforeEach(async () => {
      await agencies.fill(CITY, 10_000);
      const [first] = await listed(province);
      [number, hash] = [first?.number ?? '', first?.hash ?? ''];
    }, 60_000);

    test('a look is a preview and records nothing; a print is recorded and returned', async () => {
      serves('xr-prepay-voucher-print');
      const page = await raw(`/v1/documents/${number}`, city);
      expect([page.status, page.type]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.bytes.toString()).toContain('预览');
      expect(page.bytes.toString()).toContain('**** ');
      expect((await raw(`/v1/documents/${number}`, city, { accept: 'application/pdf' })).type).toBe('application/pdf');
      const print = (key: string, format = 'pdf') => printOf(number, key, format);
      expect(await rig.store.read((manager) => manager.count(DocumentPrint))).toBe(0);
      const [first, second, again] = [await print('p1'), await print('p2'), await print('p2', 'html')];
      expect([first.status, second.status, again.status, again.replayed]).toEqual([201, 201, 201, 'true']);
      expect(drawn(first.bytes)).not.toContain('补打');
      expect(drawn(first.bytes)).toContain('第1次打印');
      expect(drawn(second.bytes)).toContain('补打（第2次打印）');
      expect(again.bytes.toString()).toContain('补打（第 2 次打印）');
      expect(drawn(first.bytes)).toMatch(/62009900000000\d\d/);
      expect((await raw(`/v1/documents/${number}/prints`, province, {}, 'POST')).status).toBe(400);
      expect((await listed(province, '&kind=prepayVoucher'))[0]).toMatchObject({ prints: 2 });
    }, 60_000);

    test('verification is open and says nothing of the content', async () => {
      const verify = async (path: string) => (await rig.ask(`GET ${path}`)).body;
      expect(await verify(`/v1/documents/${number}/verify?hash=${hash}`)).toEqual({ state: 'genuine', number, kindName: '预付金凭单', issuedAt: expect.any(Number), voidedAt: null });
      const unknown = { state: 'unknown', kindName: null, issuedAt: null, voidedAt: null };
      expect(await verify(`/v1/documents/${number}/verify?hash=${'0'.repeat(64)}`)).toEqual({ ...unknown, number });
      expect(await verify(`/v1/documents/nothing/verify?hash=${hash}`)).toEqual({ ...unknown, number: 'nothing' });
      expect((await rig.ask(`GET /v1/documents/${number}/verify`)).body.code).toBe('QUERY_INVALID');
      expect((await rig.ask(`GET /v1/documents/${number}/verify?hash=x'%20OR%201=1`)).body.code).toBe('QUERY_INVALID');
    });

    test('the list says what the code on paper says, and that address verifies', async () => {
      const [{ verifyUrl }] = (await rig.ask('GET /v1/documents', { token: province })).body.items;
      expect(verifyUrl).toBe(`/v1/documents/${number}/verify?hash=${hash}`);
      expect(scannedDocument(`https://anjie.example${verifyUrl}`, '')).toEqual({ number, hash });
      expect((await rig.ask(`GET ${verifyUrl}`)).body.state).toBe('genuine');
    });

    test('serial numbers: as many documents as numbers, void ones too; one that is gone is named', async () => {
      const serials = async (token = province) => (await rig.ask('GET /v1/document-serials', { token })).body.items;
      await agencies.fill(CITY, 20_000);
      const approver = (await rig.enter('sheng-shenpi-1')).token;
      await rig.ask(`POST /v1/documents/${number}/void`, { token: approver, body: { reason: '打印污损', reissue: true } });
      const range = { admdvs: PROVINCE, kind: 'prepayVoucher', kindName: '预付金凭单', letters: 'YP', year: 2026, last: 3, issued: 3, voided: 1, missing: [] };
      expect(await serials()).toEqual([range]);
      expect(await serials(otherCity)).toEqual([]);
      const [second] = (await listed(province)).map((each) => each.number).filter((each) => each.endsWith('2'));
      await rig.store.write((manager) => manager.delete(PrintedDocument, { number: second }));
      expect(await serials()).toEqual([{ ...range, issued: 2, missing: [2] }]);
      expect((await rig.ask('GET /v1/document-serials')).status).toBe(401);
    }, 60_000);

    test('only an approver of the office voids; the new one names the old', async () => {
      const approver = (await rig.enter('sheng-shenpi-1')).token;
      const body = { reason: '打印污损', reissue: true };
      const path = `POST /v1/documents/${number}/void`;
      expect((await rig.ask(path, { token: province, body })).body.code).toBe('POST_MISSING');
      expect((await rig.ask(path, { token: otherCity, body })).body.code).toBe('DOCUMENT_NOT_FOUND');
      expect((await rig.ask(path, { token: approver, body: { reason: '' } })).status).toBe(400);
      const done = await rig.ask(path, { token: approver, body });
      expect(done.body).toMatchObject({ voided: { number, voidReason: '打印污损', voidedBy: '示例省审批一' }, reissued: { replaces: number, voidedAt: null, version: 2 } });
      expect((await rig.ask(path, { token: approver, body })).body.code).toBe('DOCUMENT_VOID');
      expect((await rig.ask(`GET /v1/documents/${number}/verify?hash=${hash}`)).body.state).toBe('void');
      const paper = drawn((await raw(`/v1/documents/${number}?format=pdf`, province)).bytes);
      expect(paper).toContain('作废');
      expect(paper).toContain(`由${done.body.reissued.number}代替`);
      expect(await rig.audited()).toContain('document.voided');
    }, 60_000);

    test('nobody sees the documents of another city, nor of no number', async () => {
      expect(await listed(otherCity)).toEqual([]);
      for (const each of [number, '990000-YP-202611-000999', '..%2F..%2Fetc']) expect((await raw(`/v1/documents/${each}`, otherCity)).status).toBe(404);
      expect((await rig.ask(`GET /v1/documents/${number}`)).status).toBe(401);
      expect((await rig.ask('GET /v1/documents?kind=nothing', { token: province })).body.code).toBe('QUERY_INVALID');
    });
  });

  test('the approval sheet: a draft of any case, numbered once it has ended', async () => {
    const definition = loadCaseDefinitions()['xr-base-city-bank'];
    if (!definition) throw new Error('no definition');
    const form = { purpose: 'clearing', holder: '示例医保中心', bankName: '示例银行', bankCode: '990000000001', accountNo: '6200990000001234', validFrom: TODAY };
    const opened = await rig.store.write((manager) => openCase(manager, { definition, division: CITY, makerId: 'shi01-jingban-1', form }, NOW));
    if (isRefusal(opened)) throw new Error(opened.code);
    const { caseNo } = opened;
    const path = `/v1/office-cases/${caseNo}/document`;
    const paper = drawn((await raw(`${path}?format=pdf`, city)).bytes);
    expect(paper).toContain('未审批');
    expect(paper).toContain('示例医保中心');
    expect((await raw(path, otherCity)).status).toBe(404);
    const body = { kind: 'approvalSheet', caseNo };
    expect((await rig.ask('POST /v1/documents', { token: city, body })).body.code).toBe('DOCUMENT_NOT_READY');
    await rig.store.write((manager) => manager.update(OfficeCase, { caseNo }, { status: 'effective', endedAt: NOW }));
    const issued = await rig.ask('POST /v1/documents', { token: city, body });
    expect(issued.body).toMatchObject({ kind: 'approvalSheet', admdvs: CITY, subject: caseNo, fund: null });
    expect((await rig.ask('POST /v1/documents', { token: province, body })).body.number).toBe(issued.body.number);
    expect((await rig.ask('POST /v1/documents', { token: otherCity, body })).body.code).toBe('CASE_NOT_FOUND');
    expect(await rig.store.read((manager) => manager.count(CaseAct))).toBe(0);
  }, 60_000);
});
