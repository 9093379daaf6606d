/**
 * One levy row (征集): what it is and where it stands. What was exchanged with tax and where the money is are two columns, since a
 * cancellation can cross a payment. Everything about money follows from the receipts; nothing of it is stored twice.
 */
import type { PaymentRow } from '../../schemas/tax/fields';
import { add, fen, max, subtract, ZERO, type Fen } from '../money';

export const EXCHANGE_STATES = {
  '10': '已核定', '20': '待发送审核', '30': '已报盘', '31': '报盘不明', '40': '税务已接收', '41': '税务拒收', '50': '撤销待审核', '51': '撤销已报盘', '52': '已撤销',
} as const;
export type ExchangeState = keyof typeof EXCHANGE_STATES;

export const MONEY_STATES = {
  '00': '未缴费', '60': '部分缴费', '61': '已缴费（在途）', '62': '已入库', '63': '多缴挂账', '70': '已到账', '80': '已登账', '90': '退费审核中', '91': '已同意退费',
  '92': '已退库', '93': '退库失败',
} as const;
/** Of the whole row. 63 is beside another state: see `surplusOf`. */
export type MoneyState = Exclude<keyof typeof MONEY_STATES, '63'>;

/** What of a payment row moves money. Amounts in fen, times in Asia/Shanghai. */
export type PaymentFacts = Pick<
  PaymentRow,
  | 'kind' | 'taxrpt_no' | 'taxrpt_row' | 'orig_taxrpt_no' | 'orig_taxrpt_row' | 'dcla_no' | 'amt' | 'inte' | 'latefee' | 'paid' | 'clct_time' | 'ursn_date'
  | 'intsury_date' | 'treasury'
>;

/** One line of a tax receipt (税票) that paid for this levy. */
export interface TaxReceipt {
  readonly taxrpt_no: string;
  readonly taxrpt_row: string;
  readonly amt: Fen;
  readonly inte: Fen;
  readonly latefee: Fen;
  readonly paid: Fen;
  readonly clct_time: string;
  readonly ursn_date: string;
  readonly intsury_date: string;
  readonly treasury: string;
  /** `transit` paid at tax · `treasury` in the treasury · `arrived` matched to a statement line · `voided` 票作废. */
  readonly stage: 'transit' | 'treasury' | 'arrived' | 'voided';
  readonly arvl_bchno: string;
  readonly arvl_date: string;
  /** What kind 03 paid back: principal, and all together. */
  readonly refundedAmt: Fen;
  readonly refundedPaid: Fen;
}

/** An undoing, correction or treasury date that came before what it belongs to. */
export interface HeldRow {
  readonly row: PaymentFacts;
  /** Epoch ms at which it becomes a break. */
  readonly until: number;
}

export interface Refund {
  readonly application: string;
  readonly state: '90' | '91' | '93';
  /** Principal asked back, fen. */
  readonly amt: Fen;
  /** Principal paid back by now. */
  readonly back: Fen;
  /** Why the treasury could not pay, in 93. */
  readonly reason: string;
}

export interface Levy {
  readonly levy_no: string;
  /** 应缴金额, the principal. */
  readonly amt: Fen;
  readonly exchange: ExchangeState;
  /** Who put it into a levy batch. */
  readonly maker: string;
  /** Left at least once, so tax may know it. */
  readonly sent: boolean;
  /** Tax said that it has it. */
  readonly accepted: boolean;
  readonly dcla_no: string;
  /** Tax's reason of a refusal. */
  readonly reason: string;
  /** 委托扣款 is running. */
  readonly debitRunning: boolean;
  /** How the last cancellation stands: `paid` 未撤销（已缴）, `busy` in 批扣 or 已申报. */
  readonly cancel: 'none' | 'applied' | 'sent' | 'cancelled' | 'paid' | 'busy';
  readonly receipts: readonly TaxReceipt[];
  /** Keys (receipt, row, kind) that were posted; each once for ever. */
  readonly posted: readonly string[];
  readonly held: readonly HeldRow[];
  readonly refund: Refund | null;
  /** Accounting month `yyyyMM` of 收入登账; empty when not booked. */
  readonly booked: string;
}

export function newLevy(levy_no: string, amt: Fen): Levy {
  if (amt <= 0) throw new RangeError(`a levy is more than nothing: ${amt}`);
  return {
    levy_no, amt, exchange: '10', maker: '', sent: false, accepted: false, dcla_no: '', reason: '', debitRunning: false, cancel: 'none', receipts: [], posted: [],
    held: [], refund: null, booked: '',
  };
}

/** Unique for ever: a receipt's line and what was done with it. */
export function postingKey(row: Pick<PaymentFacts, 'taxrpt_no' | 'taxrpt_row' | 'kind'>): string {
  return `${row.taxrpt_no}/${row.taxrpt_row}/${row.kind}`;
}

const live = (receipt: TaxReceipt): boolean => receipt.stage !== 'voided';

/** Principal that stays: paid less voided less refunded. */
export function netOf(levy: Levy): Fen {
  return add(...levy.receipts.filter(live).map((receipt) => subtract(receipt.amt, receipt.refundedAmt)));
}

export function unpaidOf(levy: Levy): Fen {
  return max(ZERO, subtract(levy.amt, netOf(levy)));
}

/** 多缴挂账: what came over the principal, to be refunded or turned into a prepayment. */
export function surplusOf(levy: Levy): Fen {
  return max(ZERO, subtract(netOf(levy), levy.amt));
}

/** Principal, interest and 滞纳金 together, by where they are, and what is back with the payer. Voided receipts are nowhere. */
export interface Whereabouts {
  readonly paid: Fen;
  readonly transit: Fen;
  readonly treasury: Fen;
  readonly arrived: Fen;
  readonly refunded: Fen;
}

export function whereaboutsOf(levy: Levy): Whereabouts {
  const at = (stage: TaxReceipt['stage']): Fen =>
    add(...levy.receipts.filter((receipt) => receipt.stage === stage).map((receipt) => subtract(receipt.paid, receipt.refundedPaid)));
  const receipts = levy.receipts.filter(live);
  return {
    paid: add(...receipts.map(({ paid }) => paid)),
    transit: at('transit'),
    treasury: at('treasury'),
    arrived: at('arrived'),
    refunded: add(...receipts.map(({ refundedPaid }) => refundedPaid)),
  };
}

/**
 * State of the money. A surplus that is still under way holds nothing back: the row stands where the principal is covered.
 */
export function moneyOf(levy: Levy): MoneyState {
  if (levy.refund) return levy.refund.state;
  const net = netOf(levy);
  if (net === 0) return whereaboutsOf(levy).refunded > 0 ? '92' : '00';
  if (net < levy.amt) return '60';
  const covered = (...stages: TaxReceipt['stage'][]): boolean =>
    add(...levy.receipts.filter(({ stage }) => stages.includes(stage)).map((receipt) => subtract(receipt.amt, receipt.refundedAmt))) >= levy.amt;
  if (covered('arrived')) return levy.booked === '' ? '70' : '80';
  return covered('arrived', 'treasury') ? '62' : '61';
}

/** All codes that the row shows: exchange, money when there is any, 63 with a surplus. */
export function codesOf(levy: Levy): readonly (ExchangeState | keyof typeof MONEY_STATES)[] {
  const money = moneyOf(levy);
  return [levy.exchange, ...(money === '00' ? [] : [money]), ...(surplusOf(levy) > 0 ? (['63'] as const) : [])];
}

/** Refused or cancelled (41, 52): no payment revives it. */
export function isDead(levy: Levy): boolean {
  return levy.exchange === '41' || levy.exchange === '52';
}

/** 逾期欠费, a mark: known to tax, not paid in full, past its day. Dates `yyyy-MM-dd`; no `dueDate`, never overdue. */
export function isOverdue(levy: Levy, dueDate: string, today: string): boolean {
  return dueDate !== '' && today > dueDate && levy.exchange === '40' && (moneyOf(levy) === '00' || moneyOf(levy) === '60') && levy.cancel !== 'paid';
}

/** What does not hold of a levy, in Chinese; empty when all holds. */
export function levyFaults(levy: Levy): string[] {
  const { paid, transit, treasury, arrived, refunded } = whereaboutsOf(levy);
  const faults: string[] = [];
  if (fen(netOf(levy) + unpaidOf(levy) - surplusOf(levy)) !== levy.amt) faults.push('应缴不等于实缴加未缴减多缴');
  if (add(transit, treasury, arrived, refunded) !== paid) faults.push('实缴不等于在途、在库、到账与已退之和');
  if ([transit, treasury, arrived, refunded].some((amount) => amount < 0)) faults.push('有一处金额为负');
  if (new Set(levy.posted).size !== levy.posted.length) faults.push('同一税票明细记入两次');
  if (isDead(levy) && levy.receipts.length > 0) faults.push('已终结的征集挂有缴费');
  if (levy.booked !== '' && moneyOf(levy) !== '80' && levy.refund === null && refunded === 0) faults.push('已登账而未到账');
  return faults;
}
