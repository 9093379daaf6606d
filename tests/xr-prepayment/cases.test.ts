import { operations as coordination } from '../../activities/coordination';
import { operations as disbursement } from '../../activities/disbursement';
import { operations as prepayment } from '../../activities/xr-prepayment';
import { addDays, formatDate, yearOf } from '../../domain/calendar';
import type { FundKey } from '../../domain/clearing/funds';
import { fen, ZERO } from '../../domain/money';
import type { RoleKey } from '../../domain/people/role-keys';
import { loadCaseDefinitions } from '../../schemas/processes/load-cases';
import { BankAccount, CaseAct, CoordinationIssue, OfficeCase, PaymentOrder, PrepayWarning, XrPayable } from '../../store/entities';
import { openOfficeApi, type Desk, type OfficeApi } from '../office-api/rig';
import { insertClearedMonth } from '../support/cleared-month';
import { serves } from '../support/serves';

/** Prepayment, disbursement, payment and issues as people do them: by HTTP, each signature from another person's session. */
const [PROVINCE, CITY, CARE] = ['990000', '990100', '990200'] as const;
const FUND: FundKey = 'residentPool';
const TODAY = formatDate(Date.now());
const YEAR = yearOf(TODAY);
const DUE = addDays(TODAY, 20);
const ROLES: readonly RoleKey[] = ['maker', 'reviewer', 'rechecker', 'inspector', 'approver', 'accountant', 'cashier', 'cityConfirmer', 'issueHandler'];
const PEOPLE = [PROVINCE, CITY, CARE].flatMap((division) => ROLES.map((role) => ({ id: `${role}-${division}`, role, division })));
const definitions = loadCaseDefinitions();

let api: OfficeApi;
const desks = new Map<string, Desk>();

beforeAll(async () => {
  api = await openOfficeApi({ people: PEOPLE, definitions: Object.values(definitions), operations: { ...prepayment, ...disbursement, ...coordination } });
}, 60_000);
afterAll(() => api?.close());

async function desk(role: RoleKey, division: string): Promise<Desk> {
  const id = `${role}-${division}`;
  const known = desks.get(id) ?? (await api.desk(id));
  desks.set(id, known);
  return known;
}

type Signer = readonly [RoleKey, string];
// Members of a case differ by its definition.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type View = any;

/** Opens a case, has it signed by each in turn, and waits for its end. */
async function through(key: string, [role, division]: Signer, form: Record<string, unknown>, signers: readonly Signer[]): Promise<View> {
  const definition = definitions[key];
  if (!definition) throw new Error(`no definition ${key}`);
  const maker = await desk(role, division);
  const opened = await maker.apply(definition, division, form);
  if (opened.status !== 201) return opened.body;
  return signed(opened.body.caseNo, maker, signers);
}

async function signed(caseNo: string, maker: Desk, signers: readonly Signer[]): Promise<View> {
  for (const [role, division] of signers) {
    const answer = await (await desk(role, division)).act(caseNo, 'approve');
    expect([caseNo, role, answer.status, answer.body.code]).toEqual([caseNo, role, 200, undefined]);
    await settled(maker, caseNo);
  }
  return (await maker.read(caseNo)).body;
}

/** Until no operation is under way. */
async function settled(maker: Desk, caseNo: string): Promise<void> {
  const { definition, division } = (await maker.read(caseNo)).body;
  const chain = definitions[definition]?.chain ?? [];
  await api.rig.until(`office-case/${definition}/${division}/${caseNo}`, ({ step }) => step !== 'effect' && chain.every((each) => each.key !== step || each.kind === 'sign'));
}

function account(purpose: string, division: string): Promise<View> {
  const form = { purpose, holder: `示例${division}医保中心`, bankName: '示例银行', bankCode: '990000000001', accountNo: `62009900${division}${purpose.length}1`, validFrom: TODAY };
  return through('xr-base-city-bank', ['maker', division], form, [['reviewer', division]]);
}

const idOf = async (owner: string): Promise<number> => (await api.rig.store.read((manager) => manager.findOneByOrFail(BankAccount, { owner, purpose: 'clearing' }))).id;
let receipt = 0;

/** 付款确认 and 收款确认 of an order; returns both cases. */
async function payAndReceive(orderNo: string, amountFen: number, payer: string, payee: string, payerAccount: string): Promise<{ paid: View; received: View }> {
  receipt += 1;
  const paidForm = { receiptNo: `RCPT-2026-${receipt}`, paidOn: TODAY, amountFen, payerAccount, orders: [{ orderNo, fen: amountFen }] };
  const paid = await through('xr-pay-paid', ['cashier', payer], paidForm, [['accountant', payer]]);
  const { paymentNo } = await resultOf(paid);
  const received = await through('xr-pay-received', ['cashier', payee], { paymentNo, receivedOn: TODAY, amountFen }, [['accountant', payee]]);
  return { paid, received };
}

/** What the effect of a case showed. */
async function resultOf(view: View): Promise<View> {
  const row = await api.rig.store.read((manager) => manager.findOneByOrFail(OfficeCase, { caseNo: view.caseNo }));
  return (row.state as { results: Record<string, object> }).results['effect'];
}

test('accounts are maintained by one person and reviewed by another', async () => {
  serves('xr-base-city-bank-maintain', 'xr-base-city-bank-review', 'xr-base-inst-month-account', 'xr-base-agency-maintain', 'xr-prov-institutions');
  for (const division of [PROVINCE, CITY, CARE]) for (const purpose of ['clearing', 'prepay']) expect(await account(purpose, division)).toMatchObject({ status: 'effective' });
  const institution = { institution: 'H99010000001', holder: '示例医院', bankName: '示例银行', bankCode: '990000000001', accountNo: '6200990000990011', validFrom: TODAY };
  expect(await through('xr-base-inst-account', ['maker', CITY], institution, [['reviewer', CITY]])).toMatchObject({ status: 'effective' });
  const agency = { agencyNo: CITY, kind: 'agency', name: '示例市医保中心', address: '示例路 1 号', phone: '000-0000000', services: [{ medType: '21' }], status: 'open', validFrom: TODAY };
  expect(await through('xr-base-agency', ['maker', PROVINCE], agency, [['reviewer', PROVINCE]])).toMatchObject({ status: 'effective' });
  const bad = await through('xr-base-city-bank', ['maker', CITY], { purpose: 'clearing', holder: '示例', bankName: '示例银行', bankCode: '12', accountNo: '6200990000990012', validFrom: TODAY }, []);
  expect(bad).toMatchObject({ code: 'ACCOUNT_INVALID' });
}, 120_000);

test('a quota opens the pay-in; the city confirms; the money fills the pool', async () => {
  serves('xr-prepay-annual-adjust', 'xr-prepay-annual-review', 'xr-prepay-payin-maintain', 'xr-prepay-payin-confirm', 'xr-prepay-payin-review', 'xr-pay-confirm-paid', 'xr-pay-confirm-received');
  const annual = await through('xr-prepay-annual', ['maker', PROVINCE], { year: YEAR, quotas: [{ city: CITY, fund: FUND, quotaFen: 10_000 }], basis: '年度核定' }, [['reviewer', PROVINCE]]);
  expect(annual).toMatchObject({ status: 'effective' });
  const [draft] = (await resultOf(annual)).opened;
  const maker = await desk('maker', PROVINCE);
  expect((await maker.act(draft, 'submit')).status).toBe(200);
  const payIn = await signed(draft, maker, [['cityConfirmer', CITY], ['reviewer', PROVINCE]]);
  expect(payIn).toMatchObject({ status: 'effective', amountFen: 10_000 });
  const { received } = await payAndReceive((await resultOf(payIn)).orderNo, 10_000, CITY, PROVINCE, 'prepay');
  expect(received).toMatchObject({ status: 'effective' });
}, 120_000);

test('a disbursement is signed three times, draws the pool, and is paid; red allows the emergency increase', async () => {
  serves('xr-clear-city-pay-review', 'xr-clear-city-pay-inspect', 'xr-clear-city-pay-approve', 'xr-prepay-emergency-apply', 'xr-prepay-emergency-review', 'xr-prepay-emergency-recheck');
  const payable = { id: 'B1-1', batchId: 'B1', office: PROVINCE, period: TODAY.slice(0, 7), payingCity: CITY, receivingCity: CARE, insutype: '390', fund: FUND, fen: fen(12_000), drawnFen: ZERO, paidFen: ZERO, status: 'open' as const, createdAt: 0 };
  await api.rig.store.write((manager) => manager.insert(XrPayable, payable));
  const period = TODAY.slice(0, 7);
  const form = { period, batch: 'B1', fund: FUND, payableFen: 12_000, payeeAccountId: await idOf(PROVINCE), planNo: 'YK-2026-1', dueDate: DUE };
  expect(await through('xr-clear-city-pay', ['maker', CITY], { ...form, payableFen: 11_999 }, [])).toMatchObject({ code: 'ORDER_AMOUNT_DIFFERS' });
  const ended = await through('xr-clear-city-pay', ['maker', CITY], form, [['reviewer', CITY], ['inspector', CITY], ['approver', CITY]]);
  expect(ended).toMatchObject({ status: 'effective' });
  const order = await resultOf(ended);
  expect(order).toMatchObject({ drawnFen: 10_000, dueFen: 2_000 });
  await payAndReceive(order.orderNo, 2_000, CITY, PROVINCE, 'clearing');
  expect(await api.rig.store.read((manager) => manager.findOneByOrFail(XrPayable, { id: 'B1-1' }))).toMatchObject({ drawnFen: 12_000, paidFen: 12_000 });
  expect(await api.rig.store.read((manager) => manager.countBy(PrepayWarning, { city: CITY, level: 'red' }))).toBe(1);
  const forwardForm = { period, batch: 'B1', fund: FUND, payee: CARE, payableFen: 12_000, payeeAccountId: await idOf(CARE), dueDate: DUE };
  const forward = await through('xr-clear-forward', ['maker', PROVINCE], forwardForm, [['reviewer', PROVINCE], ['inspector', PROVINCE], ['approver', PROVINCE]]);
  const { received } = await payAndReceive((await resultOf(forward)).orderNo, 12_000, PROVINCE, CARE, 'clearing');
  expect(received).toMatchObject({ status: 'effective' });
  await payInstitution(period);
  const emergency = { city: CITY, fund: FUND, period, amountFen: 5_000, forecast: '清算增长' };
  expect(await through('xr-prepay-emergency', ['maker', CITY], emergency, [['reviewer', PROVINCE], ['rechecker', PROVINCE]])).toMatchObject({ status: 'effective' });
  const [increase] = await api.rig.store.read((manager) => manager.find(OfficeCase, { where: { definition: 'xr-prepay-payin', status: 'draft' } }));
  expect(increase).toMatchObject({ division: PROVINCE, makerId: `maker-${PROVINCE}`, amountFen: 5_000, form: { dueDate: addDays(TODAY, 14) } });
}, 180_000);

/** The care place pays its institution what the clearing says: three signatures, the order with its form, payment and arrival. */
async function payInstitution(period: string): Promise<void> {
  const institution = 'H99020000001';
  const account = { institution, holder: '示例医院', bankName: '示例银行', bankCode: '990000000001', accountNo: '6200990000990022', validFrom: TODAY };
  expect(await through('xr-base-inst-account', ['maker', CARE], account, [['reviewer', CARE]])).toMatchObject({ status: 'effective' });
  const payeeAccountId = (await api.rig.store.read((manager) => manager.findOneByOrFail(BankAccount, { owner: institution }))).id;
  await insertClearedMonth(api.rig.store, { batchId: 'B1', office: PROVINCE, period, payingCity: CITY, receivingCity: CARE, fund: FUND, institutions: [[institution, 12_000]] });
  const form = { period, batch: 'B1', fund: FUND, institutions: [{ institution, payableFen: 12_000, payeeAccountId }], amountFen: 12_000, dueDate: DUE };
  expect(await through('xr-clear-inst-pay', ['maker', CARE], { ...form, amountFen: 11_999 }, [])).toMatchObject({ code: 'ORDER_AMOUNT_DIFFERS' });
  const ended = await through('xr-clear-inst-pay', ['maker', CARE], form, [['reviewer', CARE], ['inspector', CARE], ['approver', CARE]]);
  expect(ended).toMatchObject({ status: 'effective', amountFen: 12_000 });
  const [order] = (await resultOf(ended)).orders;
  expect(order).toMatchObject({ institution, dueFen: 12_000, document: expect.any(String) });
  const { received } = await payAndReceive(order.orderNo, 12_000, CARE, CARE, 'clearing');
  expect(received).toMatchObject({ status: 'effective' });
  expect(await through('xr-clear-inst-pay', ['maker', CARE], form, [])).toMatchObject({ code: 'ORDER_NOTHING_PAYABLE' });
}

test('an account that changes under the approvers: the case ends without an order and nothing is drawn', async () => {
  const payable = { id: 'B2-1', batchId: 'B2', office: PROVINCE, period: TODAY.slice(0, 7), payingCity: CITY, receivingCity: CARE, insutype: '390', fund: FUND, fen: fen(700), drawnFen: ZERO, paidFen: ZERO, status: 'open' as const, createdAt: 0 };
  await api.rig.store.write((manager) => manager.insert(XrPayable, payable));
  const form = { period: TODAY.slice(0, 7), batch: 'B2', fund: FUND, payableFen: 700, payeeAccountId: await idOf(PROVINCE), planNo: 'YK-2026-2', dueDate: DUE };
  const maker = await desk('maker', CITY);
  const { body } = await maker.apply(definitions['xr-clear-city-pay'] as never, CITY, form);
  for (const role of ['reviewer', 'inspector'] as const) await (await desk(role, CITY)).act(body.caseNo, 'approve');
  const change = { purpose: 'clearing', holder: '示例省医保中心', bankName: '示例银行', bankCode: '990000000001', accountNo: '6200990000123456', validFrom: TODAY };
  expect(await through('xr-base-city-bank', ['maker', PROVINCE], change, [['reviewer', PROVINCE]])).toMatchObject({ status: 'effective' });
  await (await desk('approver', CITY)).act(body.caseNo, 'approve');
  const state = await api.rig.until(`office-case/xr-clear-city-pay/${CITY}/${body.caseNo}`, ({ status }) => ['failed', 'returned'].includes(status));
  expect(state.failure).toMatchObject({ code: 'ACCOUNT_CHANGED' });
  expect(await api.rig.store.read((manager) => manager.findOneByOrFail(XrPayable, { id: 'B2-1' }))).toMatchObject({ drawnFen: 0 });
  expect(await api.rig.store.read((manager) => manager.countBy(PaymentOrder, { batchId: 'B2' }))).toBe(0);
}, 120_000);

test('an issue goes to the peer, comes back not accepted, and is closed in the second round', async () => {
  serves('xr-issue-enter', 'xr-issue-handle', 'xr-issue-confirm');
  const maker = await desk('maker', CITY);
  const parties = [{ slot: `raiser-${CITY}`, division: CITY, zh: '发起方' }];
  const form = { category: 'payment', urgency: 'urgent', peer: CARE, parties, title: '付款追查', content: '一笔付款未确认收款', references: [{ number: '990100-FK-202611-000001' }] };
  const withdrawn = await maker.apply(definitions['xr-issue-critical'] as never, CITY, { ...form, urgency: 'critical' });
  await settled(maker, withdrawn.body.caseNo);
  expect((await maker.act(withdrawn.body.caseNo, 'withdraw')).status).toBe(200);
  await api.rig.until(`office-case/xr-issue-critical/${CITY}/${withdrawn.body.caseNo}`, ({ undoing }) => undoing.length === 0);
  expect(await api.rig.store.read((manager) => manager.findOneByOrFail(CoordinationIssue, { issueNo: withdrawn.body.caseNo }))).toMatchObject({ state: 'withdrawn', urgency: 'critical' });
  const { body } = await maker.apply(definitions['xr-issue-urgent'] as never, CITY, form);
  await settled(maker, body.caseNo);
  expect((await (await desk('issueHandler', CARE)).act(body.caseNo, 'approve', { opinion: '受理' })).status).toBe(200);
  await settled(maker, body.caseNo);
  expect(await maker.act(body.caseNo, 'withdraw')).toMatchObject({ status: 409 });
  expect(await (await desk('reviewer', CITY)).act(body.caseNo, 'approve', { step: 'confirm', slot: `raiser-${CITY}` })).toMatchObject({ status: 409 });
  expect((await (await desk('issueHandler', CARE)).act(body.caseNo, 'approve', { opinion: '未收到' })).status).toBe(200);
  await settled(maker, body.caseNo);
  expect((await (await desk('reviewer', CITY)).act(body.caseNo, 'return', { opinion: '请再核对银行流水', to: { step: 'handle' } })).status).toBe(200);
  await settled(maker, body.caseNo);
  const ended = await signed(body.caseNo, maker, [['issueHandler', CARE], ['reviewer', CITY]]);
  expect(ended).toMatchObject({ status: 'effective' });
  expect(await api.rig.store.read((manager) => manager.findOneByOrFail(CoordinationIssue, { issueNo: body.caseNo }))).toMatchObject({ state: 'closed', rounds: 2, peer: CARE });
  const said = await api.rig.store.read((manager) => manager.find(CaseAct, { where: { caseId: `office-case/xr-issue-urgent/${CITY}/${body.caseNo}` }, order: { seq: 'ASC' } }));
  expect(said.filter(({ opinion }) => opinion !== null).map(({ kind, opinion }) => [kind, opinion])).toEqual(expect.arrayContaining([['approve', '未收到'], ['return', '请再核对银行流水']]));
}, 120_000);
