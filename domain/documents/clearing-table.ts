import { LINE_KINDS, type LineKind } from '../clearing/entry';
import { add, type Fen, ZERO } from '../money';
import { sumOf, totalOf, yuan } from './amounts';
import type { ClearingRow, ClearingTableData } from './data';
import type { DocumentBody, DocumentRow, Section } from './model';
import { column, figures, grouped, head, moneyHeads, placeName, row, SEAL, signature, signatures } from './parts';

/** One side of a month's clearing: 应付 of an insured city, or 应收 of a care city. */
export interface Side {
  readonly title: string;
  readonly cityLabel: string;
  readonly peerLabel: string;
  readonly amountLabel: string;
}

const KIND_ORDER = Object.keys(LINE_KINDS) as readonly LineKind[];

/** The table of a city's side by one insutype and fund: a row a peer city, its kinds below it. Throws RangeError for mixed funds. */
export function clearingTable(data: ClearingTableData, side: Side): DocumentBody {
  const { office, city, fund, rows, movedOut, prepaid, signers, confirmed } = data;
  const total = sumOf(fund, rows.map(({ amount }) => amount));
  const moved = sumOf(fund, [movedOut.amount]);
  const held = prepaid && sumOf(fund, [prepaid]);
  return {
    office: office.name,
    title: `异地就医${side.title}`,
    fund,
    heads: [
      head(side.cityLabel, placeName(city)),
      ...moneyHeads(data),
      head('清算批次', data.batchId),
      head('轮次', data.round),
      head('参数版本', data.parametersVersion),
      head('业务截止日', data.cutOff),
      head('对账截止日', data.reconciledBy),
    ],
    sections: [sectionOf(data, side, total)],
    total: totalOf(side.amountLabel, total),
    count: `${grouped(countOf(rows))} 笔`,
    notes: [
      `异议移出 ${grouped(movedOut.count)} 笔，${yuan(moved)} 元，不在本表合计之内。`,
      ...(held === null ? [] : [`参考：预付金余额 ${yuan(held)} 元；应付与预付金不在表内相抵，以拨付单为准。`]),
      '人次与医疗费总额为该险种全部基金的结算，仅供核对；现金部分由患者支付，不在应付之内。',
    ],
    signatures: [...signatures(signers), signature(`${city.name}确认`, confirmed)],
    seals: [SEAL],
    copies: [],
  };
}

function sectionOf({ fund, rows }: ClearingTableData, { peerLabel, amountLabel }: Side, total: Fen): Section {
  const peers = [...new Map(rows.map(({ peer }) => [peer.code, peer])).values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  const body = peers.flatMap((peer): DocumentRow[] => {
    const own = rows.filter((each) => each.peer.code === peer.code);
    const kinds = KIND_ORDER.flatMap((kind) => own.filter((each) => each.kind === kind));
    const cells = (name: string, of: readonly ClearingRow[]): string[] => figuresOf(name, of, sumOf(fund, of.map(({ amount }) => amount)));
    return [row(cells(placeName(peer), own)), ...kinds.map((each) => row(cells(LINE_KINDS[each.kind], [each]), 'part'))];
  });
  return {
    title: null,
    columns: [column(peerLabel, 2.6), figures('笔数', 0.8), figures(amountLabel, 1.6), figures('人次（全部基金）', 1.1), figures('医疗费总额', 1.6)],
    rows: rows.length === 0 ? [] : [...body, row(figuresOf('合计', rows, total), 'sum')],
    none: '本期没有清算数据',
  };
}

function figuresOf(name: string, rows: readonly ClearingRow[], amount: Fen): string[] {
  const settlements = rows.reduce((sum, each) => sum + each.settlements, 0);
  return [name, grouped(countOf(rows)), yuan(amount), grouped(settlements), yuan(add(ZERO, ...rows.map(({ medfee }) => medfee)))];
}

function countOf(rows: readonly ClearingRow[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}
