import type { Input2301Feedetail } from '../../../schemas/national/generated/2301';
import type { Call, Handler } from '../call';
import { insertLine, type Line } from '../lines';
import { priceLine } from '../pricing';
import { must, Refusal } from '../refusal';
import { finalSettlementOf } from '../settlements';
import { openVisitOf, type Visit } from '../visits';

const ALL_LINES = '0000';

/**
 * 2301: prices each line. What happens with a line that cannot be accepted is a setting of the division: the whole call
 * is refused, or only that line, which is then left out of `result` and named in warn_msg.
 */
export const uploadFees: Handler<'2301'> = (call) => {
  const rows = call.input.feedetail;
  const visit = visitOfRows(call, rows);
  must(rows.length <= call.profile.feeLinesPerCall, `[费用明细]单次上传明细不得超过${call.profile.feeLinesPerCall}条`);
  const accepted: Omit<Line, 'setl_id'>[] = [];
  const reasons: string[] = [];
  rows.forEach((row, index) => {
    try {
      const line = priceLine(call.db, visit, row, call.msgid);
      // Written at once, so that the next row of the same call sees it as original or duplicate.
      insertLine(call.db, line);
      accepted.push(line);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      reasons.push(`第${index + 1}条[${row.feedetl_sn}]${error.text}`);
    }
  });
  const refused = `[费用明细]上传失败：${reasons.join('；')}`;
  must(reasons.length === 0 || (call.profile.refusedLine === 'line' && accepted.length > 0), refused);
  return {
    output: { result: accepted.map((line) => line.answer) },
    ...(reasons.length > 0 ? { warning: refused } : {}),
  };
};

/** 2302: deletes lines that no settlement holds; "0000" means all of them. */
export const withdrawFees: Handler<'2302'> = (call) => {
  const rows = call.input.data;
  const { db } = call;
  const visit = visitOfRows(call, rows);
  must(
    rows.length <= call.profile.feeLinesPerCall,
    `[费用明细]单次撤销明细不得超过${call.profile.feeLinesPerCall}条`,
  );
  if (rows.some((row) => row.feedetl_sn === ALL_LINES)) {
    must(rows.length === 1, '[费用明细]撤销全部明细时不能同时传入其他流水号');
    db.prepare('DELETE FROM line WHERE mdtrt_id = ? AND setl_id IS NULL').run(visit.mdtrt_id);
    mustKeepOriginals(call, visit);
    return { output: {} };
  }
  const remove = db.prepare<[string, string], { setl_id: string | null }>(
    'DELETE FROM line WHERE mdtrt_id = ? AND feedetl_sn = ? RETURNING setl_id',
  );
  for (const row of rows) {
    const gone = remove.get(visit.mdtrt_id, row.feedetl_sn);
    must(gone, `[费用明细]未查询到费用明细[${row.feedetl_sn}]`);
    must(gone.setl_id === null, `[费用明细]费用明细[${row.feedetl_sn}]已结算，不能撤销`);
  }
  mustKeepOriginals(call, visit);
  return { output: {} };
};

/** No return may be left without its original. */
function mustKeepOriginals({ db }: Call, visit: Visit): void {
  const orphan = db
    .prepare<[string], { feedetl_sn: string }>(
      `SELECT feedetl_sn FROM line r WHERE mdtrt_id = ? AND init_feedetl_sn IS NOT NULL AND NOT EXISTS
         (SELECT 1 FROM line o WHERE o.mdtrt_id = r.mdtrt_id AND o.feedetl_sn = r.init_feedetl_sn) LIMIT 1`,
    )
    .get(visit.mdtrt_id);
  must(!orphan, `[费用明细]存在对应的退费明细[${orphan?.feedetl_sn ?? ''}]，请一并撤销`);
}

function visitOfRows(
  call: Call<'2301'> | Call<'2302'>,
  rows: readonly Pick<Input2301Feedetail, 'mdtrt_id' | 'psn_no'>[],
): Visit {
  const [first] = rows;
  must(first, '[费用明细]费用明细不能为空');
  must(
    rows.every((row) => row.mdtrt_id === first.mdtrt_id && row.psn_no === first.psn_no),
    '[费用明细]一次只能办理同一就诊的费用明细',
  );
  const visit = openVisitOf(call, first.mdtrt_id, first.psn_no);
  must(!finalSettlementOf(call.db, visit.mdtrt_id), '[费用明细]该就诊已结算，不能变更费用明细');
  return visit;
}
