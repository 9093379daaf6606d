import { In } from 'typeorm';
import type { PreSettlePayload } from '../../domain/admission/payloads';
import { fen } from '../../domain/money';
import { dischargeBody, reasonBody } from '../../schemas/api/admissions';
import {
  acceptAmountsBody, cancelSettlementBody, preSettleBody, resolveUnknownBody, settleBody, settleSelfPayBody, submitListBody, withdrawListBody,
} from '../../schemas/api/settlements';
import { type Admission, Settlement } from '../../store/entities';
import { commandRoute } from '../command-route';
import { EXAMPLE_CREDENTIAL, EXAMPLE_DIAGNOSIS, EXAMPLE_PATH, EXAMPLE_SCAN } from '../examples';
import { EXAMPLE_LIST_FORM } from '../example-list';
import { Problem } from '../problem';
import type { Call, Route } from '../route';
import { stateOf } from '../views';

const SETTLING = '预结算与结算';
const LISTS = '结算清单';
const CREDENTIAL_ERRORS = ['CREDENTIAL_IS_PAYMENT_CODE', 'CREDENTIAL_EXPIRED', 'PERSON_MISMATCH'] as const;
const EXAMPLE_WAY: PreSettlePayload = { credential: EXAMPLE_CREDENTIAL, psnSetlway: '01', acctUsedFlag: '1', midSetlFlag: '0' };

const preSettle = commandRoute({
  command: 'preSettle',
  method: 'post',
  path: '/v1/admissions/{id}/pre-settlement',
  operationId: 'preSettle',
  summary: '预结算',
  description: '平台试算（2303），不入账；可重复，以最后一次为准。',
  tag: SETTLING,
  body: preSettleBody,
  errors: [...CREDENTIAL_ERRORS, 'STAY_IS_SELF_PAY', 'NO_FEES', 'AMOUNTS_INCONSISTENT'],
  example: { path: EXAMPLE_PATH, body: EXAMPLE_WAY },
  payload: (body) => body,
});

const revokePreSettlement = commandRoute({
  command: 'revokePreSettlement',
  method: 'delete',
  path: '/v1/admissions/{id}/pre-settlement',
  operationId: 'revokePreSettlement',
  summary: '撤销预结算',
  tag: SETTLING,
  errors: ['STAY_IS_SELF_PAY', 'NO_PRE_SETTLEMENT'],
  example: { path: EXAMPLE_PATH },
  payload: () => ({}),
});

const discharge = commandRoute({
  command: 'discharge',
  method: 'post',
  path: '/v1/admissions/{id}/discharge',
  operationId: 'discharge',
  summary: '出院办理',
  description: '登记出院（2402）；此后不能再上传费用。',
  tag: '出院',
  body: dischargeBody,
  errors: ['MAIN_DIAGNOSIS_INVALID', 'DISCHARGE_BEFORE_ADMISSION', 'NOT_SETTLED'],
  example: {
    path: EXAMPLE_PATH,
    body: {
      endtime: '2026-11-12 10:00:00',
      form: { dscg_dept_codg: '0304', dscg_dept_name: '血管外科', dscg_bed: '血管-12', dscg_way: '1' },
      diagnoses: [{ ...EXAMPLE_DIAGNOSIS, diag_time: '2026-11-12 10:00:00' }],
    },
  },
  payload: (body, admission) => {
    if (body.endtime < stateOf(admission).begntime) throw new Problem('DISCHARGE_BEFORE_ADMISSION');
    return body;
  },
});

const cancelDischarge = commandRoute({
  command: 'cancelDischarge',
  method: 'post',
  path: '/v1/admissions/{id}/discharge/cancellation',
  operationId: 'cancelDischarge',
  summary: '出院撤销',
  tag: '出院',
  body: reasonBody,
  errors: ['SETTLEMENT_FIRST'],
  example: { path: EXAMPLE_PATH, body: { reason: '患者继续治疗' } },
  payload: (body) => body,
});

const settle = commandRoute({
  command: 'settle',
  method: 'post',
  path: '/v1/admissions/{id}/settlement',
  operationId: 'settle',
  summary: '结算',
  description: '须患者重新出示凭证；扫码的先解码（1162），再核验本人（1101）、结算（2304）。二维码过期或已用时返回 CREDENTIAL_EXPIRED，请重新扫码。结果不明时返回 OUTCOME_UNKNOWN，系统自行核实，请勿重复收费。',
  tag: SETTLING,
  body: settleBody,
  errors: [...CREDENTIAL_ERRORS, 'STAY_IS_SELF_PAY', 'NO_FEES', 'NOT_DISCHARGED', 'AMOUNT_MISMATCH', 'AMOUNTS_INCONSISTENT'],
  example: { path: EXAMPLE_PATH, body: { ...EXAMPLE_WAY, credential: EXAMPLE_SCAN, invono: 'FP2026110201' } },
  payload: withAnnounced,
});

const settleSelfPay = commandRoute({
  command: 'settleSelfPay',
  method: 'post',
  path: '/v1/admissions/{id}/self-pay-settlement',
  operationId: 'settleSelfPay',
  summary: '自费结算',
  description: '只用于自费住院：全部费用由个人现金支付，预交金先抵扣，多退少补；不经医保平台，不需出示凭证。撤销同医保结算。',
  tag: SETTLING,
  body: settleSelfPayBody,
  errors: ['STAY_IS_INSURED', 'NO_FEES', 'NOT_DISCHARGED', 'AMOUNT_MISMATCH'],
  example: { path: EXAMPLE_PATH, body: { invono: 'FP2026110202', expectedCashFen: 58_000 } },
  payload: withAnnounced,
});

const cancelSettlement = commandRoute({
  command: 'cancelSettlement',
  method: 'post',
  path: '/v1/admissions/{id}/settlement/cancellation',
  operationId: 'cancelSettlement',
  summary: '结算撤销',
  description: '撤销最近一笔结算（2305），预交金、个人账户与累计额如数恢复；自费结算只在本院撤销。',
  tag: SETTLING,
  body: cancelSettlementBody,
  errors: ['SETTLEMENT_NOT_FOUND', 'NOT_LAST_SETTLEMENT', 'DISCHARGE_FIRST', 'MONTH_DECLARED'],
  example: { path: EXAMPLE_PATH, body: { reason: '多记一日护理费' } },
  payload: async (body, admission, call) => ({ ...body, setlId: body.setlId ?? (await latestSettlement(call, admission)) }),
});

const acceptAmounts = commandRoute({
  command: 'acceptAmounts',
  method: 'post',
  path: '/v1/admissions/{id}/settlement/acceptance',
  operationId: 'acceptAmounts',
  summary: '确认结算金额',
  description: '中心结算金额与预结算不一致时，由人核对后确认入账。',
  tag: SETTLING,
  body: acceptAmountsBody,
  errors: ['NOTHING_HELD'],
  example: { path: EXAMPLE_PATH, body: {} },
  payload: (body, admission) => ({ setlId: body.setlId ?? heldSettlement(admission) }),
});

const submitList = commandRoute({
  command: 'submitList',
  method: 'post',
  path: '/v1/admissions/{id}/settlement-list',
  operationId: 'submitSettlementList',
  summary: '结算清单上传并提交',
  description: '上传（4101A）、提交（4102）并读回核对（4103）。',
  tag: LISTS,
  body: submitListBody,
  errors: ['STAY_IS_SELF_PAY', 'SETTLEMENT_NOT_FOUND', 'LIST_INCONSISTENT'],
  example: {
    path: EXAMPLE_PATH,
    body: { form: EXAMPLE_LIST_FORM, diagnoses: [{ diag_type: '1', diag_code: 'I70.200', diag_name: '四肢动脉粥样硬化', maindiag_flag: '1' }] },
  },
  payload: async (body, admission, call) => ({ ...body, setlId: body.setlId ?? (await latestSettlement(call, admission)) }),
});

const withdrawList = commandRoute({
  command: 'withdrawList',
  method: 'delete',
  path: '/v1/admissions/{id}/settlement-list',
  operationId: 'withdrawSettlementList',
  summary: '结算清单撤回',
  tag: LISTS,
  body: withdrawListBody,
  errors: ['STAY_IS_SELF_PAY', 'LIST_NOT_SUBMITTED', 'SETTLEMENT_NOT_FOUND'],
  example: { path: EXAMPLE_PATH, body: {} },
  payload: async (body, admission, call) => ({ setlId: body.setlId ?? (await latestSettlement(call, admission)) }),
});

const resolveUnknown = commandRoute({
  command: 'resolveUnknown',
  method: 'post',
  path: '/v1/admissions/{id}/unknown-outcome',
  operationId: 'resolveUnknown',
  summary: '不明结果处置',
  description: '结算应答丢失且系统不能自行判定时，由医保办决定认账（adopt，须给出中心结算号）或冲正（abandon）。',
  tag: SETTLING,
  body: resolveUnknownBody,
  errors: ['NOTHING_UNKNOWN', 'SETL_ID_REQUIRED', 'BEING_ADOPTED', 'BEING_ABANDONED', 'SETTLEMENT_NOT_OURS', 'SETTLEMENT_NOT_FOUND', 'REVERSAL_REFUSED'],
  example: { path: EXAMPLE_PATH, body: { decision: 'abandon', reason: '中心查无此笔结算' } },
  payload: ({ msgid, decision, setlId, reason }, admission) => {
    const open = msgid ?? stateOf(admission).unknown?.msgid;
    if (open === undefined) throw new Problem('NOTHING_UNKNOWN');
    return { msgid: open, decision, reason, ...(setlId === undefined ? {} : { setlId }) };
  },
});

/** The body with the announced cash as money, where it was announced. */
function withAnnounced<B extends { readonly expectedCashFen?: number | undefined }>({ expectedCashFen, ...body }: B) {
  return { ...body, ...(expectedCashFen === undefined ? {} : { expectedCashFen: fen(expectedCashFen) }) };
}

/** The newest settlement that stands, at the centre or, for a self-pay stay, here. Throws Problem when there is none. */
async function latestSettlement(call: Call, admission: Admission): Promise<string> {
  const row = await call.parts.store.read((manager) =>
    manager.findOne(Settlement, { where: { admissionId: admission.id, status: In(['live', 'held']) }, order: { id: 'DESC' } }),
  );
  if (!row) throw new Problem('SETTLEMENT_NOT_FOUND');
  return row.setl_id;
}

function heldSettlement(admission: Admission): string {
  const { held } = stateOf(admission);
  if (!held) throw new Problem('NOTHING_HELD');
  return held.ref.setlId;
}

export const settlementRoutes: readonly Route[] = [
  preSettle, revokePreSettlement, discharge, cancelDischarge, settle, settleSelfPay, cancelSettlement, acceptAmounts, submitList, withdrawList, resolveUnknown,
];
