import { formatCompact, formatDateTime } from '../../../domain/calendar';
import type { Fen } from '../../../domain/money';
import { sumOf } from '../amounts';
import type { Call, Handler } from '../call';
import { readDetailFile, writeResultFile, type DetailRow, type ResultRow } from '../detail-file';
import { must } from '../refusal';
import { nextSerial } from '../store';
import { statementRows, totalsOf, type StatementRow } from '../statement';
import { fileOf, insertFile, KEPT_MS } from './files';

const BALANCED = '000000';
const CENTRE_HAS_MORE = '000101';
const INSTITUTION_HAS_MORE = '000102';
const AMOUNTS_DIFFER = '000103';

const WORDS: Readonly<Record<string, string>> = {
  [BALANCED]: '平',
  [CENTRE_HAS_MORE]: '医保中心多',
  [INSTITUTION_HAS_MORE]: '医药机构多',
  [AMOUNTS_DIFFER]: '数据不一致',
};

/** 3201: compares the institution's totals with the centre's. */
export const compareTotals: Handler<'3201'> = (call) => {
  const { data } = call.input;
  mustBePeriod(data.stmt_begndate, data.stmt_enddate);
  const ours = totalsOf(
    statementRows(call.view, call.profile, {
      fixmedinsCode: call.institution.fixmedins_code,
      setlOptins: data.setl_optins,
      begin: data.stmt_begndate,
      end: data.stmt_enddate,
      insutype: data.insutype,
      clrType: data.clr_type,
      withRefunds: data.REFD_SETL_FLAG !== '0',
    }),
  );
  const differs =
    ours.medfee !== data.medfee_sumamt || ours.fund !== data.fund_pay_sumamt || ours.acct !== data.acct_pay;
  const result = byCount(ours.count, data.fixmedins_setl_cnt) ?? (differs ? AMOUNTS_DIFFER : BALANCED);
  return {
    output: {
      stmtinfo: { setl_optins: data.setl_optins, stmt_rslt: result, stmt_rslt_dscr: WORDS[result] ?? '' },
    },
  };
};

function byCount(ours: number, theirs: number): string | null {
  if (ours === theirs) return null;
  return ours > theirs ? CENTRE_HAS_MORE : INSTITUTION_HAS_MORE;
}

/** 3202: compares row by row with the file that 9101 brought, and lays the differences down for 9102. */
export const compareDetails: Handler<'3202'> = (call) => {
  const { data } = call.input;
  const { db, institution } = call;
  mustBePeriod(data.stmt_begndate, data.stmt_enddate);
  const theirs = readDetailFile(fileOf(db, institution.fixmedins_code, data.file_qury_no).content);
  must(
    theirs.length === data.fixmedins_setl_cnt &&
      sumOf(theirs.map((row) => row.medfee)) === data.medfee_sumamt &&
      sumOf(theirs.map((row) => row.fund)) === data.fund_pay_sumamt,
    '[对账]对账明细文件合计与交易传入汇总不一致',
  );
  const ours = statementRows(call.view, call.profile, {
    fixmedinsCode: institution.fixmedins_code,
    setlOptins: data.setl_optins,
    begin: data.stmt_begndate,
    end: data.stmt_enddate,
    ...(data.clr_type === undefined ? {} : { clrType: data.clr_type }),
    withRefunds: data.REFD_SETL_FLAG !== '0',
  });
  return { output: { fileinfo: layDown(call, differences(ours, theirs)) } };
};

function layDown(call: Call, rows: readonly ResultRow[]): { file_qury_no: string; filename: string; dld_endtime: string } {
  const stem = `stmt_${call.institution.fixmedins_code}_${formatCompact(call.now)}_${nextSerial(call.db, 'stmt_file')}`;
  const fileQuryNo = insertFile(call, { filename: `${stem}.zip`, kind: 'result', content: writeResultFile(stem, rows) });
  return { file_qury_no: fileQuryNo, filename: `${stem}.zip`, dld_endtime: formatDateTime(call.now + KEPT_MS) };
}

/** The rows that do not agree: the centre's first, then what only the institution has. */
function differences(ours: readonly StatementRow[], theirs: readonly DetailRow[]): ResultRow[] {
  const left = new Map<string, DetailRow[]>();
  for (const row of theirs) left.set(keyOf(row), [...(left.get(keyOf(row)) ?? []), row]);
  const result: ResultRow[] = [];
  for (const row of ours) {
    const match = left.get(keyOf(row))?.shift();
    if (!match) result.push({ row, stmtRslt: CENTRE_HAS_MORE, memo: '医药机构无此结算' });
    else if (!agree(row, match)) result.push({ row, stmtRslt: AMOUNTS_DIFFER, memo: '金额或退费标志不一致' });
  }
  for (const row of [...left.values()].flat()) {
    result.push({ row: { ...row, msgid: '' }, stmtRslt: INSTITUTION_HAS_MORE, memo: '医保中心无此结算' });
  }
  return result;
}

/** A refund's row carries the setl_id of its settlement; the sign tells them apart. */
function keyOf(row: { setl_id: string; medfee: Fen }): string {
  return `${row.setl_id}/${row.medfee < 0 ? '-' : '+'}`;
}

function agree(ours: StatementRow, theirs: DetailRow): boolean {
  return (
    ours.mdtrt_id === theirs.mdtrt_id &&
    ours.psn_no === theirs.psn_no &&
    ours.medfee === theirs.medfee &&
    ours.fund === theirs.fund &&
    ours.acct === theirs.acct &&
    ours.refd_setl_flag === theirs.refd_setl_flag
  );
}

function mustBePeriod(begin: string, end: string): void {
  must(begin.slice(0, 10) <= end.slice(0, 10), '[对账]对账开始日期晚于结束日期');
}
