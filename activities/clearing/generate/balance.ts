import { fundOfNo, type FundKey } from '../../../domain/clearing/funds';
import { type Imbalance, imbalances } from '../../../domain/clearing/lines';
import { periodOf } from '../../../domain/clearing/period';
import type { Fen } from '../../../domain/money';
import { fenOf, integerOf } from '../../../store/columns';
import { type XrClearingBatch, XrClearingLine } from '../../../store/entities';
import type { Transactions } from '../../../store/transactions';
import { rangesOf } from './ranges';
import { selectionOf } from './sums';

type SourceSum = { readonly insutype: string; readonly fund: FundKey; readonly fen: Fen };

/**
 * What is wrong with a batch: Σ应付 against Σ应收 by insutype and fund, and both against the settlements themselves, which are
 * read anew. Empty when it may leave the first review.
 */
export async function balanceOf(store: Transactions, { id, office, period }: Pick<XrClearingBatch, 'id' | 'office' | 'period'>, onRange: () => void): Promise<Imbalance[]> {
  const window = periodOf(period);
  const ranges = await store.read((manager) => rangesOf(manager, office, window));
  const sources: SourceSum[] = [];
  for (const range of ranges) {
    sources.push(
      ...(await store.read(async (manager) => {
        const { table, condition, values } = selectionOf(manager, { office, window, range });
        const rows: { insutype: string; fund: unknown; fen: unknown }[] = await manager.query(
          `SELECT s.insutype AS insutype, f.fund_no AS fund, SUM(f.fen) AS fen FROM ${table} ` +
            `JOIN xr_settlement_fund f ON f.settlement_id = s.id WHERE ${condition} GROUP BY s.insutype, f.fund_no`,
          [...values],
        );
        return rows.map(({ insutype, fund, fen }) => ({ insutype, fund: fundOfNo(integerOf(fund)), fen: fenOf(fen) }));
      })),
    );
    onRange();
  }
  const lines = await store.read((manager) => manager.findBy(XrClearingLine, { batchId: id }));
  return imbalances(lines, sources);
}
