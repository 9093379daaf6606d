/** What the way of the money passes (资金去向), in the order in which money goes. */
export const TRAIL_KINDS = {
  settlement: '结算',
  batch: '清算批次',
  line: '清算行',
  payable: '应付款',
  due: '机构应付',
  order: '付款单',
  payment: '付款',
  receipt: '收款',
  entry: '记账凭证',
} as const;
export type TrailKind = keyof typeof TRAIL_KINDS;

/** Where a trail may begin: any of these, or the office case that decided one. */
export const TRAIL_STARTS = ['case', ...Object.keys(TRAIL_KINDS)] as readonly ('case' | TrailKind)[];
