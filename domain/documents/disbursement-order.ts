import { subtract } from '../money';
import { mustEqual, ofFund, sumOf, totalOf, yuan } from './amounts';
import type { DisbursementOrderData, FundAmount } from './data';
import type { DocumentBody, DocumentRow } from './model';
import { column, figures, grouped, head, insutypeName, MADE, moneyHeads, payeeHeads, placeName, row, signature, type View } from './parts';

type Part = 'payable' | 'deduction' | 'reserve' | 'drawn' | 'due';
const PARTS: readonly (readonly [Part, string])[] = [
  ['payable', '应付'],
  ['deduction', '−扣款'],
  ['reserve', '−预留金'],
  ['drawn', '−预付金抵扣'],
  ['due', '实拨'],
];

/** 拨付单: what a city pays by one fund. Throws RangeError unless the lines sum to its head and 实拨 is what remains. */
export function disbursementOrder(data: DisbursementOrderData, view: View): DocumentBody {
  const { office, fund, lines } = data;
  for (const [part] of PARTS) mustEqual(`${data.orderNo} ${part}`, sumOf(fund, lines.map((line) => line[part])), ofFund(fund, data[part]));
  const due = remaining(data);
  mustEqual(`${data.orderNo} 实拨`, ofFund(fund, data.due), due);
  const cells = (amounts: Readonly<Record<Part, FundAmount>>): string[] => PARTS.map(([part]) => yuan(ofFund(fund, amounts[part])));
  const rows: DocumentRow[] = lines.map((line) => row([line.payableId, placeName(line.receiving), insutypeName(line.insutype), ...cells(line)]));
  const { made, reviewed, inspected, approved } = data.signers;
  return {
    office: office.name,
    title: `异地就医清算资金拨付单`,
    fund,
    heads: [
      head('拨付单号', data.orderNo),
      ...moneyHeads(data),
      head('清算批次', data.batchId),
      head('支出科目', data.subject),
      head('用款计划号', data.planNo),
      head('付款期限', data.dueDate),
      head('收款单位', placeName(data.payeeOffice)),
      ...payeeHeads(data.payee, view),
    ],
    sections: [
      {
        title: null,
        columns: [column('应付编号', 2.2), column('就医地', 1.8), column('险种', 1.5), ...PARTS.map(([, zh]) => figures(zh, 1.25))],
        rows: [...rows, row(['合计', '', '', ...cells(data)], 'sum')],
        none: '没有应付',
      },
    ],
    total: totalOf('实拨金额', due),
    count: `${grouped(lines.length)} 笔应付`,
    notes: ['记账凭证号：＿＿＿＿＿＿＿＿＿＿＿＿（记账后填写）'],
    signatures: [signature(MADE, made), signature('审核', reviewed), signature('审查', inspected), signature('审批', approved)],
    seals: ['单位公章（电子签章）', '财政部门（章）'],
    copies: [],
  };
}

function remaining({ fund, payable, deduction, reserve, drawn }: DisbursementOrderData): ReturnType<typeof subtract> {
  return [deduction, reserve, drawn].reduce((left, part) => subtract(left, ofFund(fund, part)), ofFund(fund, payable));
}
