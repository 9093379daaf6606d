import { OBJECTION_REASONS, type ObjectionReason } from '../clearing/objection';
import { ofFund, sumOf, totalOf, yuan } from './amounts';
import type { MovedOutData } from './data';
import type { DocumentBody } from './model';
import { column, figures, grouped, head, insutypeName, moneyHeads, placeName, row, SEAL, signatures } from './parts';

function reasonName(code: string): string {
  return Object.hasOwn(OBJECTION_REASONS, code) ? OBJECTION_REASONS[code as ObjectionReason] : code;
}

/** 差异与移出明细: settlements that a city objected to, and the month to which each was moved. */
export function movedOut(data: MovedOutData): DocumentBody {
  const { office, fund, rows } = data;
  const total = sumOf(fund, rows.map(({ amount }) => amount));
  return {
    office: office.name,
    title: `异地就医清算差异与移出明细`,
    fund,
    heads: [head('市（州）', placeName(data.city)), ...moneyHeads(data), head('清算批次', data.batchId), head('轮次', data.round), head('分册', `第 ${data.part} 册，共 ${data.parts} 册`)],
    sections: [
      {
        title: null,
        columns: [column('结算号', 2.4), column('险种', 1.2), column('日期', 1), column('医疗机构', 1.4), figures('金额', 1.1), column('原因', 2.2), column('移至', 0.8)],
        rows: [
          ...rows.map((each) => row([each.setlId, insutypeName(each.insutype), each.date, each.institution, yuan(ofFund(fund, each.amount)), `${reasonName(each.reasonCode)}：${each.reason}`, each.movedTo ?? '未移出'])),
          ...(rows.length === 0 ? [] : [row(['合计', '', '', '', yuan(total), '', ''], 'sum')]),
        ],
        none: '没有差异',
      },
    ],
    total: totalOf('本册合计', total),
    count: `${grouped(rows.length)} 笔`,
    notes: [],
    signatures: signatures(data.signers),
    seals: [SEAL],
    copies: [],
  };
}
