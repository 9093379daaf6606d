import type { Accumulators } from '../../domain/benefits/accumulators';
import { allLines } from './lines';
import { allSettlements } from './settlements';
import type { Db } from './store';

/** The centre's own books, as tests and reconciliations ask for them. Amounts in fen. */
const kinds = {
  settlements: (view: Db): object[] => allSettlements(view),
  visits: (view: Db): object[] =>
    view
      .prepare<[], object>(
        `SELECT mdtrt_id, fixmedins_code, psn_no, insutype, insuplc_admdvs, med_type, ipt_no, begntime, endtime, state, msgid
           FROM visit ORDER BY rowid`,
      )
      .all(),
  lines: (view: Db): object[] =>
    allLines(view).map(({ item: _item, answer: _answer, sent: _sent, split, ...line }) => ({ ...line, ...split })),
  messages: (view: Db): object[] =>
    view
      .prepare<[], object>(
        `SELECT msgid, infno, fixmedins_code, opter, psn_no, received_at, times, infcode, err_msg, inf_refmsgid
           FROM message ORDER BY id`,
      )
      .all(),
  accumulators: (view: Db): object[] =>
    view
      .prepare<[], { psn_no: string; insutype: string; year: string; content: string }>('SELECT * FROM accumulator')
      .all()
      .map(({ psn_no, insutype, year, content }) => ({ psn_no, insutype, year, ...(JSON.parse(content) as Accumulators) })),
  accounts: (view: Db): object[] =>
    view.prepare<[], object>('SELECT psn_no, kind, opening, balance FROM account ORDER BY psn_no, kind').all(),
  lists: (view: Db): object[] =>
    view
      .prepare<[], { content: string }>('SELECT * FROM list ORDER BY rowid')
      .all()
      .map((row) => ({ ...row, content: JSON.parse(row.content) as object })),
  files: (view: Db): object[] =>
    view
      .prepare<[], object>(
        `SELECT file_qury_no, fixmedins_code, filename, kind, length(content) AS bytes, created_at, dld_endtime
           FROM file ORDER BY rowid`,
      )
      .all(),
  declarations: (view: Db): object[] => view.prepare<[], object>('SELECT * FROM declaration ORDER BY rowid').all(),
  sessions: (view: Db): object[] =>
    view.prepare<[], object>('SELECT sign_no, fixmedins_code, opter, signed_at, expires_at FROM session').all(),
} as const;

export type RecordKind = keyof typeof kinds;

export function isRecordKind(text: string): text is RecordKind {
  return Object.hasOwn(kinds, text);
}

/** One kind of record, or all kinds with the totals over live settlements. */
export function readRecords(view: Db, kind?: RecordKind): Record<string, unknown> {
  if (kind) return { [kind]: kinds[kind](view) };
  const all = Object.entries(kinds).map(([name, read]) => [name, read(view)] as const);
  return { ...Object.fromEntries(all), totals: totals(view) };
}

function totals(view: Db): unknown {
  return view
    .prepare(
      `SELECT count(*) FILTER (WHERE refd_setl_flag = '0') AS settlementsLive,
              count(*) FILTER (WHERE refd_setl_flag = '1') AS settlementsRefunded,
              ${['medfee_sumamt', 'fund_pay_sumamt', 'acct_pay', 'acct_mulaid_pay', 'psn_cash_pay', 'hosp_part_amt']
                .map((name) => `coalesce(sum(${name}) FILTER (WHERE refd_setl_flag = '0'), 0) AS ${name}`)
                .join(', ')}
         FROM settlement`,
    )
    .get();
}
