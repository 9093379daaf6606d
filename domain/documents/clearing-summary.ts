import { subtract } from '../money';
import { mustEqual, ofFund, sumOf, totalOf, yuan } from './amounts';
import type { ClearingSummaryData } from './data';
import type { DocumentBody } from './model';
import { column, figures, grouped, head, moneyHeads, placeName, row, SEAL, signatures } from './parts';

/** 清算汇总表: what each city owes and is owed by one fund. Throws RangeError unless both sides of all cities are equal. */
export function clearingSummary(data: ClearingSummaryData): DocumentBody {
  const { office, fund, rows } = data;
  const payable = sumOf(fund, rows.map((each) => each.payable));
  const receivable = sumOf(fund, rows.map((each) => each.receivable));
  mustEqual(`${data.batchId} ${fund} Σ应付 = Σ应收`, payable, receivable);
  const cities = rows.map((each) => {
    const [owes, owed] = [ofFund(fund, each.payable), ofFund(fund, each.receivable)];
    return row([placeName(each.city), yuan(owes), yuan(owed), yuan(subtract(owed, owes))]);
  });
  const balance = yuan(subtract(receivable, payable));
  return {
    office: office.name,
    title: `异地就医清算汇总表`,
    fund,
    heads: [...moneyHeads(data), head('清算批次', data.batchId), head('轮次', data.round), head('参数版本', data.parametersVersion)],
    sections: [
      {
        title: null,
        columns: [column('市（州）', 2), figures('应付', 1.4), figures('应收', 1.4), figures('差额（应收−应付）', 1.4)],
        rows: cities.length === 0 ? [] : [...cities, row(['合计', yuan(payable), yuan(receivable), balance], 'sum'), row(['平衡行（须为 0.00）', '', '', balance], 'sum')],
        none: '本期没有清算数据',
      },
    ],
    total: totalOf('应付合计', payable),
    count: `${grouped(rows.length)} 个市（州）`,
    notes: [],
    signatures: signatures(data.signers),
    seals: [SEAL],
    copies: [],
  };
}
