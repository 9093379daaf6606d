import { compareDecimals, parseDecimal, ZERO } from '../../../domain/money';
import type {
  Input3101,
  Input3101DataPatient_dtosFsi_encounter_dtosFsi_order_dtos as Order,
  Output3101,
  Output3101Result,
} from '../../../schemas/national/generated/3101';
import type { Call, Handler } from '../call';
import { itemOn } from '../catalogue';
import { must } from '../refusal';
import type { Db } from '../store';
import { visitOf } from '../visits';

/** 严重程度: 1 a plain violation, 3 a slight suspicion. */
const VIOLATION = '1';
const SUSPICION = '3';
/** Quantity of one order above which the centre calls it a violation. */
const LARGEST_QUANTITY = '1000';

/** 3101: looks through orders before they are charged; books nothing. */
export const analyseBefore: Handler<'3101'> = (call) => analyse(call, call.input);

/** 3102: the same while care goes on. */
export const analyseDuring: Handler<'3102'> = (call) => analyse(call, call.input);

function analyse(call: Call, { data }: Input3101): { output: Output3101 } {
  const [patient] = data.patient_dtos;
  const [encounter] = patient?.fsi_encounter_dtos ?? [];
  must(patient?.patn_id && encounter?.mdtrt_id, '[明细审核]参保人标识、就诊ID不能为空');
  const visit = visitOf(call, call.view, encounter.mdtrt_id, patient.patn_id);
  const found = (encounter.fsi_order_dtos ?? []).flatMap((order) => judge(call.view, order));
  return { output: { result: found.map((each) => ({ ...each, patn_id: visit.psn_no, mdtrt_id: visit.mdtrt_id })) } };
}

function judge(view: Db, order: Order): Output3101Result[] {
  const { hilist_code: code = '', rx_id: id = '', cnt = '0', pric = '0', drord_begn_date: day } = order;
  const found: Output3101Result[] = [];
  const vola_amt = order.sumamt ?? ZERO;
  if (isAbove(cnt, LARGEST_QUANTITY)) {
    found.push({ rule_id: 'R02', rule_name: '超量', vola_cont: `明细[${id}]单次数量${cnt}超过${LARGEST_QUANTITY}`, sev_deg: VIOLATION, vola_amt });
  }
  const cap = day === undefined ? null : (itemOn(view, code, day)?.cap ?? null);
  if (cap !== null && isAbove(pric, cap)) {
    found.push({ rule_id: 'R01', rule_name: '超限价', vola_cont: `明细[${id}]单价${pric}元高于限价${cap}元`, sev_deg: SUSPICION, vola_amt });
  }
  return found;
}

function isAbove(value: string, limit: string): boolean {
  return compareDecimals(parseDecimal(value), parseDecimal(limit)) > 0;
}
