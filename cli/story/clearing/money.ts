import { fundName } from '../../../domain/clearing/funds';
import { cityOf } from '../../../domain/clearing/record';
import { yearOf } from '../../../domain/calendar';
import { yuan } from '../screen';
import { owed, type ClearedMonth } from './month';
import type { CaseView } from './office';
import { addressesOf, cityLogin, FUND, PAYER, PROVINCE, provinceLogin, signedBy, through, type Stage } from './stage';

export const PREPAYMENT_STEPS = 5;
export const DISBURSEMENT_STEPS = 6;

interface OrderView {
  readonly orderNo: string;
  readonly state: string;
  readonly payableFen: number;
  readonly drawnFen: number;
  readonly dueFen: number;
  readonly paidFen: number;
  readonly receivedFen: number;
}

const ofPayer = (post: string): string => cityLogin(PAYER, post);

/** One city's prepayment: accounts, quota, pay-in, the payment and its receipt. Returns what is in the pool then, fen. */
export async function fillPool(stage: Stage, { records }: ClearedMonth): Promise<number> {
  const { screen, office, today, checks } = stage;
  screen.chapter(`预付金：${PAYER} ${fundName(FUND)}`);
  await openAccounts(stage);
  const quotaFen = Math.floor((payableOf(records) * 2) / 5 / 10_000) * 10_000;
  const form = { year: yearOf(today), quotas: [{ city: PAYER, fund: FUND, quotaFen }], basis: '年度核定（演示）' };
  const annual = await through(stage, provinceLogin('jingban'), 'xr-prepay-annual', PROVINCE, form, [provinceLogin('shenhe')]);
  screen.step(`年度额度 ${yuan(quotaFen)} 元已审核，同时开出上缴草稿`, ...addressesOf(stage, annual));
  const [draft = ''] = annual.results['effect']?.['opened'] as readonly string[];
  const submitted = await (await office.person(provinceLogin('jingban'))).act(draft, 'submit', { opinion: '请确认上缴。' });
  const payIn = await signedBy(stage, submitted, [ofPayer('queren'), provinceLogin('shenhe')]);
  const orderNo = String(payIn.results['effect']?.['orderNo']);
  screen.step(`上缴 ${yuan(payIn.amountFen ?? 0)} 元：市（州）确认、省级审核，凭单 ${orderNo}`, ...addressesOf(stage, payIn));
  await payAndReceive(stage, orderNo, quotaFen, 'prepay');
  const balanceFen = await poolOf(stage);
  screen.step(`预付金余额 ${yuan(balanceFen)} 元`);
  checks.equal('预付金', '余额＝上缴', yuan(quotaFen), yuan(balanceFen));
  return balanceFen;
}

/** What the city owes by the fund, by the settlements themselves. */
function payableOf(records: ClearedMonth['records']): number {
  return owed(records.filter(({ insuplc_admdvs }) => cityOf(insuplc_admdvs) === PAYER), FUND);
}

async function openAccounts(stage: Stage): Promise<void> {
  const { screen, today } = stage;
  screen.doing('登记银行账户');
  for (const division of [PROVINCE, PAYER]) {
    const login = (post: string): string => (division === PROVINCE ? provinceLogin(post) : ofPayer(post));
    for (const [index, purpose] of ['clearing', 'prepay'].entries()) {
      const form = { purpose, holder: `示例${division}医保中心`, bankName: '示例银行', bankCode: '990000000001', accountNo: `62009900${division}0${index}`, validFrom: today };
      await through(stage, login('jingban'), 'xr-base-city-bank', division, form, [login('shenhe')]);
    }
  }
  screen.step('省、市清算账户与预付金账户 4 个：一人维护、另一人审核');
}

/** 付款确认 by the city's cashier and accountant, 收款确认 by the province's. */
async function payAndReceive(stage: Stage, orderNo: string, amountFen: number, payerAccount: 'prepay' | 'clearing', part = 1): Promise<CaseView> {
  const { today, screen } = stage;
  const paidForm = { receiptNo: `DEMO-${orderNo}-${part}`, paidOn: today, amountFen, payerAccount, orders: [{ orderNo, fen: amountFen }] };
  const paid = await through(stage, ofPayer('chuna'), 'xr-pay-paid', PAYER, paidForm, [ofPayer('kuaiji')]);
  const paymentNo = String(paid.results['effect']?.['paymentNo']);
  const form = { paymentNo, receivedOn: today, amountFen };
  const received = await through(stage, provinceLogin('chuna'), 'xr-pay-received', PROVINCE, form, [provinceLogin('kuaiji')]);
  screen.step(`付款 ${yuan(amountFen)} 元：付款单位出纳、会计确认付款，省级出纳、会计确认收款（${paymentNo}）`, ...addressesOf(stage, received));
  return received;
}

async function poolOf({ office }: Stage): Promise<number> {
  const { api } = await office.person(ofPayer('jingban'));
  const { items } = await api.get<{ items: readonly { balanceFen: number }[] }>(`/v1/prepayment/pools?city=${PAYER}&fund=${FUND}`);
  return items[0]?.balanceFen ?? 0;
}

/** The form of a disbursement of all that the city owes by a fund, as the API drafts it. */
export async function disbursementForm(stage: Stage, batch: string, fund: string): Promise<{ readonly payableFen: number }> {
  const { api } = await stage.office.person(ofPayer('jingban'));
  const draft = await api.get<{ payableFen: number; payeeAccount: { id: number } }>(`/v1/disbursement-drafts?batch=${batch}&fund=${fund}&payer=${PAYER}`);
  const { month } = stage.months;
  return { period: month, batch, fund, payableFen: draft.payableFen, payeeAccountId: draft.payeeAccount.id, planNo: `YK-${month}-${fund}`, dueDate: stage.dueDate } as { readonly payableFen: number };
}

/** One city's order: three signatures, drawn from the pool as far as it reaches, the rest paid in two parts and received. */
export async function disburse(stage: Stage, { batchId, records }: ClearedMonth, poolFen: number): Promise<void> {
  const { screen, checks, office } = stage;
  screen.chapter(`拨付：${PAYER} ${fundName(FUND)}`);
  const maker = await office.person(ofPayer('jingban'));
  const form = await disbursementForm(stage, batchId, FUND);
  checks.equal('拨付', '应付＝结算合计', yuan(payableOf(records)), yuan(form.payableFen));
  const opened = await maker.open('xr-clear-city-pay', PAYER, form);
  screen.step(`拨付申请 ${yuan(form.payableFen)} 元`, ...addressesOf(stage, opened));
  const approved = await signedBy(stage, opened, [ofPayer('shenhe'), ofPayer('shencha'), ofPayer('shenpi')]);
  const orderNo = String(approved.results['effect']?.['orderNo']);
  const orderNow = (): Promise<OrderView> => maker.api.get(`/v1/payment-orders/${orderNo}`);
  const order = await orderNow();
  screen.step(`审核、审查、审批：拨付单 ${orderNo}`);
  screen.step(`预付金抵扣 ${yuan(order.drawnFen)} 元，实拨 ${yuan(order.dueFen)} 元，合计 ${yuan(order.payableFen)} 元`);
  checks.equal('拨付', '预付金抵扣', yuan(poolFen), yuan(order.drawnFen));
  checks.equal('拨付', '抵扣＋实拨＝应付', yuan(form.payableFen), yuan(order.drawnFen + order.dueFen));
  checks.equal('拨付', '预付金余额', yuan(0), yuan(await poolOf(stage)));
  const first = Math.floor(order.dueFen / 2);
  await payPart(stage, order, first, 1, orderNow);
  await payPart(stage, order, order.dueFen - first, 2, orderNow);
  const ended = await orderNow();
  screen.step(`拨付单收讫：已付 ${yuan(ended.paidFen)} 元，已收 ${yuan(ended.receivedFen)} 元`);
  checks.equal('拨付', '收讫', 'received', ended.state);
  checks.equal('拨付', '已收＝实拨', yuan(ended.dueFen), yuan(ended.receivedFen));
}

/** A part payment; after it, what was drawn, what is paid and what is outstanding make up what was payable. */
async function payPart(stage: Stage, { orderNo }: OrderView, amountFen: number, part: number, orderNow: () => Promise<OrderView>): Promise<void> {
  const before = await orderNow();
  await payAndReceive(stage, orderNo, amountFen, 'clearing', part);
  const { paidFen, receivedFen } = await orderNow();
  const { api } = await stage.office.person(ofPayer('jingban'));
  const { payments } = await api.get<{ payments: readonly { fen: number }[] }>(`/v1/payment-orders/${orderNo}`);
  const booked = payments.reduce((total, { fen }) => total + fen, 0);
  const outstanding = before.dueFen - booked;
  stage.checks.equal('拨付', `第 ${part} 次：已付`, yuan(before.paidFen + amountFen), yuan(paidFen));
  stage.checks.equal('拨付', `第 ${part} 次：已收`, yuan(paidFen), yuan(receivedFen));
  stage.checks.equal('拨付', `第 ${part} 次：抵扣＋已付＋未付＝应付`, yuan(before.payableFen), yuan(before.drawnFen + paidFen + outstanding));
}
