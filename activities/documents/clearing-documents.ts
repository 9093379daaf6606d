import { FUND_KEYS, type FundKey } from '../../domain/clearing/funds';
import { cityTotals } from '../../domain/clearing/lines';
import { payablesOf } from '../../domain/clearing/payables';
import { periodText } from '../../domain/clearing/period';
import { addDays, formatDate } from '../../domain/calendar';
import type { ClearingHead, ClearingRow, ClearingTableData, FundAmount, Payee, Signed } from '../../domain/documents/data';
import { add, ZERO } from '../../domain/money';
import rules from '../../schemas/processes/document-rules.json';
import type { XrClearingLine } from '../../store/entities';
import { type ClearingSource, type ObjectedPart, pairKey } from './clearing-source';
import type { AnyNewDocument } from './issue';

type Side = 'payable' | 'receivable';

const SIDES = {
  payable: { kind: 'clearingPayable', own: 'payingCity', peer: 'receivingCity' },
  receivable: { kind: 'clearingReceivable', own: 'receivingCity', peer: 'payingCity' },
} as const;

/** 月度清算表 of every city and side, and the province's 清算汇总表: one a fund and insutype. */
export function clearingTables(source: ClearingSource): AnyNewDocument[] {
  const { batch, lines } = source;
  const flows = [...new Set(lines.map(({ insutype, fund }) => `${insutype}/${fund}`))].sort().map((flow) => flow.split('/') as [string, FundKey]);
  const tables = (Object.keys(SIDES) as Side[]).flatMap((side) =>
    flows.flatMap(([insutype, fund]) => {
      const ofFlow = lines.filter((line) => line.insutype === insutype && line.fund === fund);
      const cities = [...new Set(ofFlow.map((line) => line[SIDES[side].own]))].sort();
      return cities.map((city) => tableOf(source, side, city, insutype, fund));
    }),
  );
  const totals = cityTotals(lines);
  const summaries = flows.map(([insutype, fund]): AnyNewDocument => ({
    ...about(source, 'clearingSummary', null, `${batch.id}/${insutype}/${fund}`),
    kind: 'clearingSummary',
    data: {
      ...headOf(source, insutype, fund),
      rows: totals
        .filter((total) => total.insutype === insutype && total.fund === fund)
        .map(({ city, payable, receivable }) => ({ city: source.gazetteer.place(city), payable: { fund, fen: payable }, receivable: { fund, fen: receivable } })),
    },
  }));
  return [...tables, ...summaries];
}

function tableOf(source: ClearingSource, side: Side, city: string, insutype: string, fund: FundKey): AnyNewDocument {
  const { kind, own, peer } = SIDES[side];
  const { batch, lines, gazetteer, prepaid } = source;
  const rows = lines.filter((line) => line[own] === city && line.insutype === insutype && line.fund === fund).map((line) => rowOf(source, line, peer));
  const moved = source.objected.filter(({ item, settlement, fund: of }) => item.state === 'movedOut' && settlement[own] === city && settlement.insutype === insutype && of === fund);
  const held = side === 'payable' ? prepaid.get(`${city}/${fund}`) : undefined;
  const data: ClearingTableData = {
    ...headOf(source, insutype, fund),
    city: gazetteer.place(city),
    rows,
    movedOut: { count: moved.length, amount: { fund, fen: add(ZERO, ...moved.map(({ fen }) => fen)) } },
    prepaid: held === undefined ? null : { fund, fen: held },
    confirmed: confirmedBy(source, side, city),
  };
  return { ...about(source, kind, city, `${batch.id}/${city}/${insutype}/${fund}`), kind, data };
}

function rowOf({ pairs, gazetteer }: ClearingSource, line: XrClearingLine, peer: 'payingCity' | 'receivingCity'): ClearingRow {
  const { kind, fund, fen, count } = line;
  const pair = pairs.get(pairKey(line));
  return { peer: gazetteer.place(line[peer]), kind, count, settlements: pair?.settlements ?? 0, medfee: pair?.medfeeFen ?? ZERO, amount: { fund, fen } };
}

function confirmedBy({ confirmations, names }: ClearingSource, side: Side, city: string): Signed | null {
  const said = confirmations.find((each) => each.city === city && each.side === side);
  if (!said) return null;
  if (said.state === 'tacit') return { name: '逾期未异议，视为确认', at: said.at };
  const name = names.get(said.byUser ?? '') ?? said.byUser ?? '';
  return { name: said.state === 'objected' ? `${name}（有异议，已移出）` : name, at: said.at };
}

function headOf({ batch, round, cutOff, reconciledBy, gazetteer, signers }: ClearingSource, insutype: string, fund: FundKey): ClearingHead {
  const { id: batchId, period, parametersVersion } = batch;
  return { office: gazetteer.office(batch.office), batchId, period, round, fund, insutype, parametersVersion, cutOff, reconciledBy, signers };
}

function about<Kind extends AnyNewDocument['kind']>({ batch }: ClearingSource, kind: Kind, party: string | null, subject: string) {
  return { kind, admdvs: batch.office, party, period: batch.period, caseId: batch.caseId, subject };
}

/** 付款通知书 and 收款通知书 of what is payable, one a city and fund. `accounts` are the clearing accounts by division. */
export function clearingNotices(source: ClearingSource, accounts: ReadonlyMap<string, Payee>, at: number): AnyNewDocument[] {
  const { batch, lines, gazetteer, signers, netting } = source;
  const payables = payablesOf(lines, { netting });
  const dueDate = addDays(formatDate(at), rules.noticePayDays);
  const notices = (side: Side): AnyNewDocument[] => {
    const { own, peer } = SIDES[side];
    const kind = side === 'payable' ? 'paymentNotice' : 'receiptNotice';
    const keys = [...new Set(payables.map((payable) => `${payable[own]}/${payable.fund}`))].sort();
    return keys.map((key): AnyNewDocument => {
      const [city, fund] = key.split('/') as [string, FundKey];
      const rows = payables
        .filter((payable) => payable[own] === city && payable.fund === fund)
        .map((payable) => ({ peer: gazetteer.place(payable[peer]), insutype: payable.insutype, amount: { fund, fen: payable.fen } satisfies FundAmount }));
      const data = {
        office: gazetteer.office(batch.office), city: gazetteer.place(city), batchId: batch.id, period: batch.period, fund, rows,
        payee: accounts.get(side === 'payable' ? batch.office : city) ?? null,
        dueDate, basis: rules.noticeBasis, contact: gazetteer.contact(batch.office), signers,
      };
      return { ...about(source, kind, city, `${batch.id}/${city}/${fund}`), kind, data };
    });
  };
  return [...notices('payable'), ...notices('receivable')];
}

/** Rows of one 差异与移出明细; a longer list is several. */
export const ROWS_A_LIST = 2_000;

/** 差异与移出明细: what each city objected to, one a city and fund. */
export function movedOutLists(source: ClearingSource): AnyNewDocument[] {
  const { batch, objected } = source;
  const cities = [...new Set(objected.map(({ item }) => item.city))].sort();
  return cities.flatMap((city) =>
    FUND_KEYS.flatMap((fund) => {
      const own = objected.filter((each) => each.item.city === city && each.fund === fund);
      const parts = Math.ceil(own.length / ROWS_A_LIST);
      return Array.from({ length: parts }, (_, index): AnyNewDocument => ({
        ...about(source, 'movedOut', city, `${batch.id}/${city}/${fund}/${index + 1}`),
        kind: 'movedOut',
        data: movedOutData(source, city, fund, own.slice(index * ROWS_A_LIST, (index + 1) * ROWS_A_LIST), { part: index + 1, parts }),
      }));
    }),
  );
}

function movedOutData({ batch, round, gazetteer, signers }: ClearingSource, city: string, fund: FundKey, rows: readonly ObjectedPart[], parts: { part: number; parts: number }) {
  return {
    office: gazetteer.office(batch.office), batchId: batch.id, period: batch.period, round, fund, signers, city: gazetteer.place(city), ...parts,
    rows: rows.map(({ item, settlement, fen }) => ({
      setlId: settlement.setl_id,
      insutype: settlement.insutype,
      date: settlement.businessDate,
      institution: settlement.fixmedins_code,
      amount: { fund, fen },
      reasonCode: item.reasonCode,
      reason: item.reason,
      movedTo: item.state === 'movedOut' && item.movedTo !== null ? periodText(item.movedTo) : null,
    })),
  };
}
