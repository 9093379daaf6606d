import { undoEffect } from '../../domain/benefits/accumulators';
import { dateOf } from '../../domain/calendar';
import { policyFor } from '../../domain/policies';
import { bookEffects, undoEffects } from './accumulators';
import { unsettledLines } from './lines';
import { must, Refusal } from './refusal';
import { finalSettlementOf, liveSettlementsOfYear, type Settlement } from './settlements';
import type { Db } from './store';
import type { Visit } from './visits';

/** When and by which message a settlement is undone. */
export interface RefundMoment {
  readonly msgid: string;
  /** `yyyy-MM-dd HH:mm:ss`. */
  readonly at: string;
}

/** Throws Refusal when a settlement may not be undone now, whichever transaction asks for it. */
export function mustBeRefundable(db: Db, settlement: Settlement): void {
  must(settlement.refd_setl_flag === '0', '[结算撤销]退费标志不为未退费，不能重复退费');
  must(settlement.clr_appy_evt_id === null, '[结算撤销]该结算所属月份已申报清算，不能撤销');
  const list = db
    .prepare<[string], { stas_type: string }>('SELECT stas_type FROM list WHERE setl_id = ?')
    .get(settlement.setl_id);
  must(list?.stas_type !== '1', '[结算撤销]结算清单已提交，请先撤回结算清单');
  const booked = liveSettlementsOfYear(db, settlement).map(({ setl_id, effects }) => ({
    setlId: setl_id,
    change: effects.change,
  }));
  const rule = policyFor(`${settlement.year}-01-01`).undo.earlierSettlement;
  const effect = undoEffect(booked, settlement.setl_id, rule);
  // A policy that recalculates later settlements would change booked money; this centre always refuses.
  must(effect.kind === 'free', '[结算撤销]该结算之后存在使用同一累计的结算，请先撤销后面的结算');
}

/** Undoes a settlement: accumulators, accounts and lines stand again as before it. */
export function refund(db: Db, settlement: Settlement, moment: RefundMoment): void {
  mustBeRefundable(db, settlement);
  undoEffects(db, keyOf(settlement), settlement.effects);
  db.prepare('UPDATE line SET setl_id = NULL, last_setl_id = setl_id WHERE setl_id = ?').run(settlement.setl_id);
  db.prepare(
    "UPDATE settlement SET refd_setl_flag = '1', refund_msgid = ?, refund_time = ? WHERE setl_id = ?",
  ).run(moment.msgid, moment.at, settlement.setl_id);
}

/** Takes a refund back: the settlement stands again. Throws Refusal when the stay went on in the meantime. */
export function reinstate(db: Db, settlement: Settlement, visit: Visit): void {
  const changed = '[冲正]撤销结算之后该就诊已发生变更，不能冲正';
  must(settlement.clr_appy_evt_id === null, '[冲正]该结算所属月份已申报清算，不能冲正');
  must(visit.state !== 'cancelled' && !finalSettlementOf(db, visit.mdtrt_id), changed);
  must(visit.endtime === null || dateOf(visit.endtime) === settlement.info.enddate, changed);
  const kept = db
    .prepare<[string], { count: number; fee: number }>(
      `SELECT count(*) AS count, total(det_item_fee_sumamt) AS fee FROM line WHERE setl_id IS NULL AND last_setl_id = ?`,
    )
    .get(settlement.setl_id);
  must(kept?.count === settlement.line_count && kept.fee === settlement.amounts.medfee_sumamt, changed);
  const open = unsettledLines(db, visit.mdtrt_id);
  must(settlement.mid_setl_flag === '1' || open.count === settlement.line_count, changed);
  const later = liveSettlementsOfYear(db, settlement).some(({ seq }) => seq > settlement.seq);
  if (later) throw new Refusal('[冲正]撤销结算之后存在新的结算，不能冲正');
  bookEffects(db, keyOf(settlement), settlement.effects);
  db.prepare('UPDATE line SET setl_id = ? WHERE setl_id IS NULL AND last_setl_id = ?').run(
    settlement.setl_id,
    settlement.setl_id,
  );
  db.prepare("UPDATE settlement SET refd_setl_flag = '0', refund_msgid = NULL, refund_time = NULL WHERE setl_id = ?").run(
    settlement.setl_id,
  );
}

function keyOf(settlement: Settlement): { psnNo: string; insutype: string; year: string } {
  return { psnNo: settlement.psn_no, insutype: settlement.insutype, year: settlement.year };
}
