import { add, min, subtract, ZERO, type Fen } from '../money';

/** 拨付 (city to province), 转付 (province to the care place), 拨付 of the care place to an institution, 上缴 and 退还 of prepayment. */
export const ORDER_KINDS = { clearing: '拨付', forward: '转付', inst: '拨付定点机构', payIn: '预付金上缴', return: '预付金退还' } as const;
export type OrderKind = keyof typeof ORDER_KINDS;

/** Letters of an order's number: `990100-BF-202611-000001`. */
export const ORDER_LETTERS: Record<OrderKind, string> = { clearing: 'BF', forward: 'ZF', inst: 'JG', payIn: 'SJ', return: 'TH' };

export const ORDER_STATES = {
  open: '待付款',
  partPaid: '部分付款',
  paid: '已付款待收款',
  received: '已收款',
  stopped: '停付',
  void: '已作废',
} as const;
export type OrderState = keyof typeof ORDER_STATES;

/** Why no payment is taken for an order until somebody releases it (放行). */
export const STOP_REASONS = { accountChanged: '收款账户已变更，待核对', bounced: '退票，待更正账户' } as const;
export type StopReason = keyof typeof STOP_REASONS;

/** `undone`: 付款确认撤销, the transfer belonged to another order. `bounced`: 退票, the bank gave it back. */
export const PAYMENT_STATES = { paid: '已付款待收款', received: '已收款', undone: '已撤销', bounced: '已退票' } as const;
export type PaymentState = keyof typeof PAYMENT_STATES;

/** Money of an order: due, confirmed as paid, confirmed as received. */
export interface OrderMoney {
  readonly due: Fen;
  readonly paid: Fen;
  readonly received: Fen;
}

/** State of an order that follows from its money; `stopped` and `void` are acts of people and win. */
export function orderState({ due, paid, received }: OrderMoney, marks: { readonly stopped: boolean; readonly void: boolean }): OrderState {
  if (marks.void) return 'void';
  if (received === due) return 'received';
  if (marks.stopped) return 'stopped';
  if (paid === due) return 'paid';
  return paid > 0 ? 'partPaid' : 'open';
}

export function outstanding({ due, paid }: Pick<OrderMoney, 'due' | 'paid'>): Fen {
  return subtract(due, paid);
}

/** A line of an order with room for a payment. */
export interface Room {
  readonly lineNo: number;
  readonly due: Fen;
  readonly paid: Fen;
}

/**
 * Spreads a payment over an order's lines in their order, so that it is known which payable each fen pays. Returns null
 * when it is not above zero or more than is still due.
 */
export function spread(amount: Fen, lines: readonly Room[]): { lineNo: number; fen: Fen }[] | null {
  if (amount <= 0) return null;
  let left = amount;
  const parts: { lineNo: number; fen: Fen }[] = [];
  for (const line of lines) {
    const part = min(left, outstanding(line));
    if (part <= 0) continue;
    parts.push({ lineNo: line.lineNo, fen: part });
    left = subtract(left, part);
  }
  return left === 0 ? parts : null;
}

export type SplitProblem = 'empty' | 'duplicate' | 'notPositive' | 'sumDiffers';

/** What is wrong with the split of one transfer over orders, or null. */
export function splitProblem(amount: Fen, splits: readonly { readonly orderNo: string; readonly fen: Fen }[]): SplitProblem | null {
  if (splits.length === 0) return 'empty';
  if (new Set(splits.map(({ orderNo }) => orderNo)).size !== splits.length) return 'duplicate';
  if (splits.some((split) => split.fen <= 0)) return 'notPositive';
  return add(ZERO, ...splits.map((split) => split.fen)) === amount ? null : 'sumDiffers';
}
