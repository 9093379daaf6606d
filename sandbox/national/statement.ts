import { fen, negate, type Fen } from '../../domain/money';
import { fundSumOnWire } from '../../domain/national/fund-sum';
import type { Profile } from '../../schemas/national/profile';
import { sumOf } from './amounts';
import type { Db } from './store';

/** What a reconciliation covers: one institution and agency, days from–to, and optionally one insurance and clr_type. */
export interface StatementScope {
  readonly fixmedinsCode: string;
  readonly setlOptins: string;
  readonly begin: string;
  readonly end: string;
  readonly insutype?: string;
  readonly clrType?: string;
  /** False leaves refunded settlements out, both rows of them. */
  readonly withRefunds: boolean;
}

/** One row of the centre's statement. A refunded settlement gives two: as booked, and with a minus sign at its refund. */
export interface StatementRow {
  readonly psn_no: string;
  readonly mdtrt_id: string;
  readonly setl_id: string;
  readonly msgid: string;
  readonly refd_setl_flag: string;
  readonly medfee: Fen;
  readonly fund: Fen;
  readonly acct: Fen;
  readonly cash: Fen;
}

export interface StatementTotals {
  readonly count: number;
  readonly medfee: Fen;
  readonly fund: Fen;
  readonly acct: Fen;
  readonly cash: Fen;
}

interface Row {
  psn_no: string;
  mdtrt_id: string;
  setl_id: string;
  msgid: string;
  refund_msgid: string | null;
  refd_setl_flag: string;
  booked: number;
  refunded: number;
  medfee_sumamt: number;
  fund_pay_sumamt: number;
  acct_pay: number;
  psn_cash_pay: number;
}

/** The centre's rows of a period, oldest settlement first. */
export function statementRows(view: Db, profile: Profile, scope: StatementScope): StatementRow[] {
  const from = `${scope.begin.slice(0, 10)} 00:00:00`;
  const to = `${scope.end.slice(0, 10)} 23:59:59`;
  const rows = view
    .prepare<object, Row>(
      `SELECT *, setl_time BETWEEN @from AND @to AS booked,
              (refund_time IS NOT NULL AND refund_time BETWEEN @from AND @to) AS refunded
         FROM settlement
        WHERE fixmedins_code = @fixmedinsCode AND clr_optins = @setlOptins
          AND (setl_time BETWEEN @from AND @to OR refund_time BETWEEN @from AND @to)
          AND (@insutype IS NULL OR insutype = @insutype) AND (@clrType IS NULL OR clr_type = @clrType)
          AND (@withRefunds = 1 OR refd_setl_flag = '0')
        ORDER BY seq`,
    )
    .all({
      from,
      to,
      fixmedinsCode: scope.fixmedinsCode,
      setlOptins: scope.setlOptins,
      insutype: scope.insutype ?? null,
      clrType: scope.clrType ?? null,
      withRefunds: scope.withRefunds ? 1 : 0,
    });
  return rows.flatMap((row) => {
    const positive = asBooked(row, profile);
    return [...(row.booked ? [positive] : []), ...(row.refunded ? [asRefund(positive, row.refund_msgid ?? '')] : [])];
  });
}

export function totalsOf(rows: readonly StatementRow[]): StatementTotals {
  return {
    count: rows.length,
    medfee: sumOf(rows.map((row) => row.medfee)),
    fund: sumOf(rows.map((row) => row.fund)),
    acct: sumOf(rows.map((row) => row.acct)),
    cash: sumOf(rows.map((row) => row.cash)),
  };
}

function asBooked(row: Row, profile: Profile): StatementRow {
  return {
    psn_no: row.psn_no,
    mdtrt_id: row.mdtrt_id,
    setl_id: row.setl_id,
    msgid: row.msgid,
    refd_setl_flag: row.refd_setl_flag,
    medfee: fen(row.medfee_sumamt),
    fund: fundSumOnWire(profile, fen(row.fund_pay_sumamt), fen(row.acct_pay)),
    acct: fen(row.acct_pay),
    cash: fen(row.psn_cash_pay),
  };
}

function asRefund(row: StatementRow, msgid: string): StatementRow {
  return {
    ...row,
    msgid,
    medfee: negate(row.medfee),
    fund: negate(row.fund),
    acct: negate(row.acct),
    cash: negate(row.cash),
  };
}
