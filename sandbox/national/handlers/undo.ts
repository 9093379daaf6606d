import { dateOf } from '../../../domain/calendar';
import { negate } from '../../../domain/money';
import { refundAmounts } from '../amounts';
import type { Call, Handler } from '../call';
import { must, Refusal } from '../refusal';
import { balanceOf } from '../registers';
import { refund, reinstate } from '../refunds';
import { settlementById, settlementByMessage, settlementByRefund, type Settlement } from '../settlements';
import { cancelVisit } from './stays';
import { visitOf, type Visit } from '../visits';

/** 2305: refunds a settlement that the institution knows by its setl_id. */
export const cancelSettlement: Handler<'2305'> = (call) => {
  const { data } = call.input;
  const { db, profile } = call;
  const visit = visitOf(call, db, data.mdtrt_id, data.psn_no);
  const settlement = settlementById(db, data.setl_id);
  must(settlement && settlement.mdtrt_id === visit.mdtrt_id, '[结算撤销]未查询到结算信息');
  must(settlement.refd_setl_flag === '0', '[结算撤销]退费标志不为未退费，不能重复退费');
  mustUndoDischargeFirst(call, visit, settlement);
  refund(db, settlement, { msgid: call.msgid, at: call.nowText });
  const balc = visit.insutype === '310' ? balanceOf(db, visit.psn_no, 'personal') : settlement.amounts.balc;
  return {
    output: {
      setlinfo: {
        mdtrt_id: settlement.mdtrt_id,
        setl_id: settlement.setl_id,
        clr_optins: settlement.clr_optins,
        setl_time: call.nowText,
        ...refundAmounts(profile, settlement.amounts, balc),
        pool_prop_selfpay: settlement.info.pool_prop_selfpay,
        medins_setl_id: call.msgid,
      },
      setldetail: settlement.setldetail.map((row) => ({
        ...row,
        fund_payamt: profile.refundAmountsNegative ? negate(row.fund_payamt) : row.fund_payamt,
      })),
    },
  };
};

/** Where the division settles before the discharge, the discharge is undone before the settlement. */
function mustUndoDischargeFirst({ profile }: Call, visit: Visit, settlement: Settlement): void {
  const mirrored = profile.settleBeforeDischarge && settlement.mid_setl_flag === '0';
  must(!(mirrored && visit.state === 'discharged'), '[结算撤销]该人员已办理出院，请先撤销出院');
}

/** Originals that 2601 may take back (union of the printed lists). */
const REVERSIBLE = new Set(['2102', '2102A', '2103', '2207', '2207A', '2208', '2304', '2304A', '2305', '2401']);
const ALREADY_GONE = '[冲正]退费标志不为未退费，不能冲正';

interface OriginalMessage {
  readonly infno: string;
  readonly fixmedins_code: string;
  readonly psn_no: string | null;
  readonly infcode: number;
  readonly received_at: string;
}

/** 2601: takes back what an earlier message booked, though the institution never learned its outcome. */
export const reverse: Handler<'2601'> = (call) => {
  const { data } = call.input;
  const original = call.db
    .prepare<[string], OriginalMessage>('SELECT * FROM message WHERE msgid = ?')
    .get(data.omsgid);
  must(original && original.fixmedins_code === call.institution.fixmedins_code, '[冲正]未找到原交易');
  must(REVERSIBLE.has(data.oinfno), `[冲正]交易[${data.oinfno}]不支持冲正`);
  must(original.infno === data.oinfno, '[冲正]原交易编号与原报文不一致');
  must(original.psn_no === data.psn_no, '[冲正]人员编号与原报文不一致');
  must(original.infcode === 0, '[冲正]未找到原交易：原交易未成功');
  mustBeInWindow(call, original);
  const base = data.oinfno.replace(/A$/, '');
  if (base === '2304') reverseSettlement(call, data.omsgid);
  else if (base === '2305') reverseRefund(call, data.omsgid);
  else reverseAdmission(call, data.omsgid);
  return { output: {} };
};

function mustBeInWindow({ profile, nowText }: Call, original: OriginalMessage): void {
  must(
    profile.reversalWindow === 'untilDeclared' || dateOf(original.received_at) === dateOf(nowText),
    '[冲正]已超过冲正时限，只能冲正当日交易',
  );
}

function reverseSettlement(call: Call, omsgid: string): void {
  const settlement = settlementByMessage(call.db, omsgid);
  must(settlement, '[冲正]未找到原交易');
  must(settlement.refd_setl_flag === '0', ALREADY_GONE);
  mustUndoDischargeFirst(call, visitOf(call, call.db, settlement.mdtrt_id, settlement.psn_no), settlement);
  refund(call.db, settlement, { msgid: call.msgid, at: call.nowText });
}

function reverseRefund(call: Call, omsgid: string): void {
  const settlement = settlementByRefund(call.db, omsgid);
  must(settlement, ALREADY_GONE);
  reinstate(call.db, settlement, visitOf(call, call.db, settlement.mdtrt_id, settlement.psn_no));
}

function reverseAdmission(call: Call, omsgid: string): void {
  const visit = call.db.prepare<[string], Visit>('SELECT * FROM visit WHERE msgid = ?').get(omsgid);
  if (!visit) throw new Refusal('[冲正]未找到原交易');
  must(visit.state !== 'cancelled', ALREADY_GONE);
  must(visit.state === 'open', '[冲正]该人员已办理出院，不能冲正');
  cancelVisit(call.db, visit);
}
