import { fundName } from '../clearing/funds';
import { ofFund, sumOf, totalOf, yuan } from './amounts';
import type { NoticeData } from './data';
import type { DocumentBody } from './model';
import { column, figures, grouped, head, insutypeName, moneyHeads, payeeHeads, placeName, row, SEAL, signatures, type View } from './parts';

/** 付款通知书: what the province asks a city to pay by one fund of a clearing. */
export function paymentNotice(data: NoticeData, view: View): DocumentBody {
  return notice(data, view, { title: '付款通知书', peerLabel: '就医地', amountLabel: '应付金额', dateLabel: '付款期限' });
}

/** 收款通知书: what a city will be paid by one fund of a clearing. */
export function receiptNotice(data: NoticeData, view: View): DocumentBody {
  return notice(data, view, { title: '收款通知书', peerLabel: '参保地', amountLabel: '应收金额', dateLabel: '预计到账' });
}

interface Words {
  readonly title: string;
  readonly peerLabel: string;
  readonly amountLabel: string;
  readonly dateLabel: string;
}

function notice(data: NoticeData, view: View, words: Words): DocumentBody {
  const { office, city, fund, rows, payee } = data;
  const total = sumOf(fund, rows.map(({ amount }) => amount));
  return {
    office: office.name,
    title: `异地就医清算${words.title}`,
    fund,
    heads: [
      head('致', `${placeName(city)}医疗保障经办机构`, true),
      ...moneyHeads(data),
      head('清算批次', data.batchId),
      head(words.dateLabel, data.dueDate),
      ...(payee ? payeeHeads(payee, view) : [head('收款账户', '以经审核登记的清算账户为准', true)]),
      head('用途（附言）', `${data.batchId} ${city.code} ${fundName(fund)}`, true),
    ],
    sections: [
      {
        title: null,
        columns: [column(words.peerLabel, 2), column('险种', 1.6), figures(words.amountLabel, 1.4)],
        rows: [...rows.map(({ peer, insutype, amount }) => row([placeName(peer), insutypeName(insutype), yuan(ofFund(fund, amount))])), row(['合计', '', yuan(total)], 'sum')],
        none: '本期没有应收应付',
      },
    ],
    total: totalOf(words.amountLabel, total),
    count: `${grouped(rows.length)} 笔`,
    notes: [data.basis, ...(data.contact === null ? [] : [`联系：${data.contact}`])],
    signatures: signatures(data.signers),
    seals: [SEAL],
    copies: [],
  };
}
