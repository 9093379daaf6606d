import { periodOf } from '../../domain/clearing/period';
import { FUNDS, type FundKey } from '../../domain/clearing/funds';
import { add, fen, ZERO } from '../../domain/money';
import { XrClearingBatch, XrClearingLine, XrSettlement, XrSettlementFund } from '../../store/entities';
import type { Store } from '../../store/open-store';

/** What one city owes another for a month, by institution. */
export interface ClearedFlow {
  readonly batchId: string;
  readonly office: string;
  /** yyyy-MM */
  readonly period: string;
  readonly payingCity: string;
  readonly receivingCity: string;
  readonly fund: FundKey;
  readonly institutions: readonly (readonly [institution: string, amount: number])[];
}

/** An approved batch with the line of a flow and a settlement for each amount; a flow of a batch that stands is added to it. */
export async function insertClearedMonth(store: Store, { batchId, office, period, payingCity, receivingCity, fund, institutions }: ClearedFlow): Promise<void> {
  const amounts = institutions.map(([, amount]) => fen(amount));
  await store.write(async (manager) => {
    const batch = { id: batchId, office, period, status: 'approved' as const, caseId: `case/${batchId}`, caseNo: batchId, parametersVersion: 1, items: 0, movedOut: 0, payableFen: ZERO, digest: null, generatedAt: 1, approvedAt: 1 };
    if (!(await manager.existsBy(XrClearingBatch, { id: batchId }))) await manager.insert(XrClearingBatch, batch);
    await manager.insert(XrClearingLine, { batchId, payingCity, receivingCity, insutype: '390', fund, kind: 'current', count: amounts.length, fen: add(ZERO, ...amounts) });
    let id = await manager.count(XrSettlement);
    for (const [fixmedins_code, amount] of institutions) {
      id += 1;
      await manager.insert(XrSettlement, { ...PLAIN, id, setl_id: `S${id}`, msgid: `M${id}`, office, payingCity, receivingCity, county: receivingCity, fixmedins_code, medfee_sumamt: fen(amount), enteredWindow: periodOf(period) });
      await manager.insert(XrSettlementFund, { settlementId: id, fundNo: FUNDS[fund].no, fen: fen(amount) });
    }
  });
}

const PLAIN = {
  recordType: 'S', personHash: 'a'.repeat(32), insutype: '390', med_type: '21', setl_time: '2026-10-05 10:00:00', businessDate: '2026-10-05', reconciledDate: '2026-10-06', dise_codg: null,
  psn_cash_pay: ZERO, fulamt_ownpay_amt: ZERO, overlmt_selfpay: ZERO, preselfpay_amt: ZERO, inscp_scp_amt: ZERO, status: 'reconciled', reversalOf: null, entry: 'current',
} as const;
