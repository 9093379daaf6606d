/** The printed documents (单据) of cross-region money. `letters` stand in the number and never change. */
export const DOCUMENT_KINDS = {
  clearingPayable: { letters: 'YF', zh: '月度清算表（参保地应付）' },
  clearingReceivable: { letters: 'YS', zh: '月度清算表（就医地应收）' },
  clearingSummary: { letters: 'HZ', zh: '清算汇总表' },
  paymentNotice: { letters: 'FT', zh: '付款通知书' },
  receiptNotice: { letters: 'ST', zh: '收款通知书' },
  disbursementOrder: { letters: 'BD', zh: '拨付单' },
  disbursementDetail: { letters: 'BM', zh: '拨付明细' },
  prepayVoucher: { letters: 'YP', zh: '预付金凭单' },
  prepayBalance: { letters: 'YE', zh: '预付金余额表' },
  movedOut: { letters: 'CY', zh: '差异与移出明细' },
  approvalSheet: { letters: 'SP', zh: '审批表' },
} as const satisfies Record<string, { letters: string; zh: string }>;

export type DocumentKind = keyof typeof DOCUMENT_KINDS;

export const DOCUMENT_KIND_KEYS = Object.keys(DOCUMENT_KINDS) as readonly DocumentKind[];
