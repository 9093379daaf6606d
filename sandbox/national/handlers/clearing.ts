import { formatCompact } from '../../../domain/calendar';
import { fen } from '../../../domain/money';
import { fundSumOnWire } from '../../../domain/national/fund-sum';
import { sumOf } from '../amounts';
import type { Handler } from '../call';
import { must } from '../refusal';
import { nextSerial } from '../store';

const APPLIED = '10';

interface MonthRow {
  readonly setl_id: string;
  readonly medfee_sumamt: number;
  readonly fund_pay_sumamt: number;
  readonly acct_pay: number;
  readonly psn_cash_pay: number;
}

/** 3203: declares a month's live settlements; from then on none of them can be undone. */
export const declareMonth: Handler<'3203'> = (call) => {
  const { data } = call.input;
  const { db, institution, profile } = call;
  must(/^\d{4}(0[1-9]|1[0-2])$/.test(data.setlym), '[清算申请]清算年月格式不正确');
  const month = `${data.setlym.slice(0, 4)}-${data.setlym.slice(4)}`;
  must(
    data.begndate.startsWith(month) && data.enddate.startsWith(month) && data.begndate <= data.enddate,
    '[清算申请]开始、结束日期与清算年月不符',
  );
  const clrWay = data.clr_way ?? null;
  const applied = db
    .prepare(
      `SELECT 1 FROM declaration WHERE fixmedins_code = ? AND clr_type = ? AND clr_way IS ? AND setlym = ? AND withdrawn = 0`,
    )
    .get(institution.fixmedins_code, data.clr_type, clrWay, data.setlym);
  must(!applied, '[清算申请]该清算年月已申报，不能重复申报');
  const rows = db
    .prepare<object, MonthRow>(
      `SELECT setl_id, medfee_sumamt, fund_pay_sumamt, acct_pay, psn_cash_pay FROM settlement
        WHERE fixmedins_code = @code AND clr_type = @clrType AND (@clrWay IS NULL OR clr_way = @clrWay)
          AND substr(setl_time, 1, 10) BETWEEN @begin AND @end AND refd_setl_flag = '0' AND clr_appy_evt_id IS NULL`,
    )
    .all({
      code: institution.fixmedins_code,
      clrType: data.clr_type,
      clrWay,
      begin: data.begndate,
      end: data.enddate,
    });
  const sum = (amount: (row: MonthRow) => number): number => sumOf(rows.map((row) => fen(amount(row))));
  must(rows.length === data.psntime, '[清算申请]清算人次与中心结算记录不一致');
  must(sum((row) => row.medfee_sumamt) === data.medfee_sumamt, '[清算申请]医疗费总额与中心结算记录不一致');
  must(
    sum((row) => fundSumOnWire(profile, fen(row.fund_pay_sumamt), fen(row.acct_pay))) === data.fund_appy_sum,
    '[清算申请]基金申报总额与中心结算记录不一致',
  );
  must(sum((row) => row.psn_cash_pay) === data.cash_payamt, '[清算申请]现金支付金额与中心结算记录不一致');
  must(sum((row) => row.acct_pay) === data.acct_pay, '[清算申请]个人账户支出与中心结算记录不一致');
  const id = `${formatCompact(call.now)}${String(nextSerial(db, 'clr_appy_evt_id')).padStart(8, '0')}`;
  db.prepare(
    `INSERT INTO declaration (clr_appy_evt_id, fixmedins_code, clr_type, clr_way, setlym, clr_stas, withdrawn, opt_time,
       opter, opter_name, content) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)`,
  ).run(
    id,
    institution.fixmedins_code,
    data.clr_type,
    clrWay,
    data.setlym,
    APPLIED,
    call.nowText,
    call.opter,
    call.opterName,
    JSON.stringify(data),
  );
  const lock = db.prepare('UPDATE settlement SET clr_appy_evt_id = ? WHERE setl_id = ?');
  for (const row of rows) lock.run(id, row.setl_id);
  return { output: { result: { clr_appy_evt_id: id } } };
};

/** 3204: takes a declaration back while the agency has not accepted it. */
export const withdrawDeclaration: Handler<'3204'> = (call) => {
  const { data } = call.input;
  const gone = call.db
    .prepare(
      `UPDATE declaration SET withdrawn = 1 WHERE clr_appy_evt_id = ? AND fixmedins_code = ? AND withdrawn = 0 AND clr_stas = ?`,
    )
    .run(data.clr_appy_evt_id, call.institution.fixmedins_code, APPLIED);
  must(gone.changes === 1, '[清算申请]未查询到可撤销的清算申请');
  call.db
    .prepare('UPDATE settlement SET clr_appy_evt_id = NULL WHERE clr_appy_evt_id = ?')
    .run(data.clr_appy_evt_id);
  return { output: {} };
};
