import { add, subtract, ZERO } from '../money';
import { ofFund, sumOf, totalOf, yuan } from './amounts';
import type { DisbursementDetailData } from './data';
import type { DocumentBody } from './model';
import { column, figures, grouped, head, insutypeName, moneyHeads, placeName, row, SEAL, signatures } from './parts';

/** 拨付明细: what an institution is paid by one fund for a month, deductions with their reason; it comes back signed. */
export function disbursementDetail(data: DisbursementDetailData): DocumentBody {
  const { office, fund, rows } = data;
  const owed = sumOf(fund, rows.map((each) => each.owed));
  const deducted = sumOf(fund, rows.map(({ deduction }) => deduction));
  const paid = subtract(owed, deducted);
  const settlements = rows.reduce((sum, each) => sum + each.settlements, 0);
  return {
    office: office.name,
    title: `异地就医清算资金拨付明细`,
    fund,
    heads: [head('医疗机构', placeName(data.institution), true), ...moneyHeads(data), head('拨付单号', data.orderNo)],
    sections: [
      {
        title: null,
        columns: [column('险种', 1.5), figures('人次', 0.7), figures('医疗费总额', 1.3), figures('基金应付', 1.3), figures('−扣款', 1.1), column('扣款原因', 1.8), figures('实拨', 1.3)],
        rows: [
          ...rows.map((each) => {
            const [due, deduction] = [ofFund(fund, each.owed), ofFund(fund, each.deduction)];
            return row([insutypeName(each.insutype), grouped(each.settlements), yuan(each.medfee), yuan(due), yuan(deduction), each.reason, yuan(subtract(due, deduction))]);
          }),
          row(['合计', grouped(settlements), yuan(add(ZERO, ...rows.map(({ medfee }) => medfee))), yuan(owed), yuan(deducted), '', yuan(paid)], 'sum'),
        ],
        none: '没有拨付',
      },
    ],
    total: totalOf('实拨金额', paid),
    count: `${grouped(settlements)} 人次`,
    notes: ['医疗机构核对无误后签章，一份交回经办机构。'],
    signatures: [...signatures(data.signers), { label: '医疗机构签收', name: null, at: null }],
    seals: [SEAL, '医疗机构（章）'],
    copies: [],
  };
}
