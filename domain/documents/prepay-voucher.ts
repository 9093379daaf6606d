import { add, subtract } from '../money';
import { ofFund, totalOf, yuan } from './amounts';
import { type PrepayVoucherData, VOUCHER_KINDS } from './data';
import type { DocumentBody } from './model';
import { column, figures, head, moneyHeads, payeeHeads, placeName, row, SEAL, signatures, type View } from './parts';

/** 预付金凭单 in three copies: what a city pays in or gets back, and the quota before and after. */
export function prepayVoucher(data: PrepayVoucherData, view: View): DocumentBody {
  const { office, fund, city } = data;
  const amount = ofFund(fund, data.amount);
  if (amount <= 0) throw new RangeError(`a voucher of ${amount} fen`);
  const [quotaBefore, quotaAfter, paidBefore] = [data.quotaBefore, data.quotaAfter, data.paidBefore].map((each) => ofFund(fund, each)) as [typeof amount, typeof amount, typeof amount];
  const paidAfter = data.kind === 'return' ? subtract(paidBefore, amount) : add(paidBefore, amount);
  const change = data.kind === 'return' ? `−${yuan(amount)}` : yuan(amount);
  return {
    office: office.name,
    title: `异地就医预付金凭单（${VOUCHER_KINDS[data.kind]}）`,
    fund,
    heads: [
      head('凭单号', data.orderNo),
      head('年度', data.year),
      head('市（州）', placeName(city)),
      ...moneyHeads({ period: String(data.year), fund }).slice(1),
      head('额度依据', `额度第 ${data.quotaVersion} 版`),
      head('办件编号', data.caseNo, true),
      head('付款单位', placeName(data.payer)),
      head('收款单位', placeName(data.payeeOffice)),
      ...payeeHeads(data.payee, view),
      head('付款期限', data.dueDate),
    ],
    sections: [
      {
        title: null,
        columns: [column('项目', 1.4), figures('变动前'), figures('本次'), figures('变动后')],
        rows: [
          row(['预付金额度', yuan(quotaBefore), yuan(subtract(quotaAfter, quotaBefore)), yuan(quotaAfter)]),
          row(['已缴预付金', yuan(paidBefore), change, yuan(paidAfter)], 'sum'),
        ],
        none: '',
      },
      confirmations(),
    ],
    total: totalOf(data.kind === 'return' ? '本次退还' : '本次上缴', amount),
    count: null,
    notes: [],
    signatures: signatures(data.signers),
    seals: [SEAL],
    copies: ['第一联　付款单位', '第二联　收款单位', '第三联　财务'],
  };
}

/** Filled in by hand, or printed on the receipts of the bank. */
function confirmations(): DocumentBody['sections'][number] {
  return {
    title: '付款与收款确认',
    columns: [column('确认', 1), column('银行回单号', 2), column('日期', 1.2), column('经办人', 1.2)],
    rows: [row(['付款确认', '', '', '']), row(['收款确认', '', '', ''])],
    none: '',
  };
}
