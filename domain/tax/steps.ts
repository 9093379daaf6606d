/** The steps of the exchange with tax: one activity each. */
export interface TaxSteps {
  /** Writes and sends every file that is ready; their names. */
  sendTaxFiles(): Promise<{ readonly sent: readonly string[] }>;
  /** Takes what tax has sent, in order, and opens the batches that work it. */
  takeTaxFiles(): Promise<{ readonly registered: number; readonly repeated: number; readonly left: number; readonly batches: readonly string[] }>;
  /** Rows that waited for what they belong to longer than they may become differences. */
  endTaxHolds(): Promise<{ readonly ended: number }>;
}

export const TAX_WORKFLOW = 'taxExchange';
