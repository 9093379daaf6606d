import type { EntityManager } from 'typeorm';
import type { PreSettlePayload, SettlePayload, SettlementTarget } from '../../domain/admission/payloads';
import {
  differingAmounts,
  normaliseAmounts,
  settleDeposit,
  settlementProblems,
} from '../../domain/admission/settlement-check';
import type { FundRow } from '../../domain/benefits/invariants';
import type { AdmissionState } from '../../domain/admission/state';
import type { StepInput, StepOutcome } from '../../domain/admission/steps';
import type { SettlementAmounts, SettlementRef } from '../../domain/admission/types';
import { formatYuan } from '../../domain/money';
import type { Input2304, Output2303, Output2304 } from '../../schemas/national/generated';
import type { Profile } from '../../schemas/national/profile';
import { book } from './book';
import { commitAlone, raiseAbnormal } from './commit';
import { admitted, asOutcome, asUnreachable, callRepeating, refuse, workflowIdOf, type RegisterDeps } from './context';
import { decodeScanned, type CodeUse, type Presented } from './credential';
import { acceptHeld, bookSettlement, holdSettlement, type SettledAnswer } from './settlement-books';

const SETTLING: CodeUse = '01301';

/** 预结算 2303: computed by the centre, books nothing; the last one holds until fees change. */
export async function preSettle(deps: RegisterDeps, input: StepInput<PreSettlePayload>): Promise<StepOutcome> {
  const shown = await decodeScanned(deps, input, SETTLING);
  return shown.kind === 'presented' ? preSettlePresented(deps, shown.input) : shown;
}

async function preSettlePresented(deps: RegisterDeps, input: StepInput<Presented<PreSettlePayload>>): Promise<StepOutcome> {
  const { state, payload } = input;
  return book(
    deps,
    input,
    {
      step: 'preSettle',
      infno: '2303',
      input: buildSettlement(deps, state, payload),
      repeat: true,
      refusalText: '医保中心未受理预结算。',
    },
    async (answer, manager) => {
      const amounts = amountsOf(deps, state, answer.output);
      const broken = settlementProblems(amounts, fundsOf(answer.output), state.fees.unsettled);
      if (broken.length > 0) {
        await raiseAbnormal(manager, deps, state, {
          code: 'AMOUNTS_INCONSISTENT',
          subject: answer.msgid,
          title: '预结算金额不平，已拒绝',
        });
        return refuse('AMOUNTS_INCONSISTENT', `医保中心返回的金额不平：${broken.join('；')}`);
      }
      const preSettlement = { amounts, interim: payload.midSetlFlag === '1', feesVersion: state.fees.version };
      return { kind: 'done', events: [{ type: 'preSettled', preSettlement }], result: { ...amounts, funds: fundsOf(answer.output) } };
    },
  );
}

/** 撤销预结算: nothing was booked, so only our own record goes. */
export async function revokePreSettlement(deps: RegisterDeps, input: StepInput<Record<string, never>>): Promise<StepOutcome> {
  return commitAlone(deps, input, 'revokePreSettlement', async () => ({
    kind: 'done',
    events: [{ type: 'preSettlementRevoked' }],
    result: {},
  }));
}

/**
 * 结算: the fresh credential names the admitted person (1162 for a scanned code, 1101), the amounts are computed once more (2303) and must be
 * those that the patient was told, then 2304 books. Settlement, ledger, read model and receipt commit with the answer.
 */
export async function settle(deps: RegisterDeps, input: StepInput<SettlePayload>): Promise<StepOutcome> {
  const shown = await decodeScanned(deps, input, SETTLING);
  return shown.kind === 'presented' ? settlePresented(deps, shown.input) : shown;
}

async function settlePresented(deps: RegisterDeps, input: StepInput<Presented<SettlePayload>>): Promise<StepOutcome> {
  const { state, payload } = input;
  // Neither needs the other's answer and neither books anything, so they go out together.
  const [person, computed] = await Promise.all([
    callRepeating(deps, input, workflowIdOf(state), {
      step: 'settlePerson',
      infno: '1101',
      input: { data: { mdtrt_cert_type: payload.credential.type, mdtrt_cert_no: payload.credential.no, card_sn: payload.credential.cardSn } },
    }),
    callRepeating(deps, input, workflowIdOf(state), { step: 'settleCompute', infno: '2303', input: buildSettlement(deps, state, payload) }),
  ]);
  if (person.kind !== 'settled') {
    return asUnreachable(asOutcome(deps, input, person, '1101', '就诊凭证无效或已过期，请重新扫码或刷卡。'));
  }
  if (person.output.baseinfo.psn_no !== state.personNo) {
    return refuse('PERSON_MISMATCH', '出示的凭证与入院登记不是同一人，请核对后重新读取。');
  }
  if (computed.kind !== 'settled') {
    return asUnreachable(asOutcome(deps, input, computed, '2303', '医保中心未受理预结算。'));
  }
  const amounts = amountsOf(deps, state, computed.output);
  return (await refuseChanged(deps, input, amounts)) ?? bookAtCentre(deps, input, amounts);
}

/** Amounts that are not those the patient was told stop here, before any money moves (invariant M9); null when they are. */
async function refuseChanged(deps: RegisterDeps, input: StepInput<SettlePayload>, amounts: SettlementAmounts): Promise<StepOutcome | null> {
  const { state, payload } = input;
  const shown = state.preSettlement;
  const interim = payload.midSetlFlag === '1';
  const comparable = shown !== null && shown.feesVersion === state.fees.version && shown.interim === interim;
  const differs = comparable && differingAmounts(shown.amounts, amounts).length > 0;
  const announced = payload.expectedCashFen;
  if (!differs && (announced === undefined || announced === amounts.psn_cash_pay)) return null;
  const told = announced ?? shown?.amounts.psn_cash_pay ?? amounts.psn_cash_pay;
  return commitAlone(deps, input, 'settleChanged', async () => ({
    ...refuse(
      'AMOUNT_MISMATCH',
      `应付现金由 ${formatYuan(told)} 元变为 ${formatYuan(amounts.psn_cash_pay)} 元，请与患者确认后重新结算。`,
    ),
    events: [{ type: 'preSettled', preSettlement: { amounts, interim, feesVersion: state.fees.version } }],
  }));
}

async function bookAtCentre(deps: RegisterDeps, input: StepInput<Presented<SettlePayload>>, expected: SettlementAmounts): Promise<StepOutcome> {
  const { state, payload } = input;
  return book(
    deps,
    input,
    {
      step: 'settle',
      infno: '2304',
      input: buildSettlement(deps, state, payload),
      repeat: false,
      refusalText: '医保中心未受理结算。',
    },
    async (answer, manager) => {
      const { setlinfo, setldetail } = answer.output;
      const amounts = amountsOf(deps, state, answer.output);
      const settled: SettledAnswer = {
        msgid: answer.msgid,
        infno: '2304',
        setlId: setlinfo.setl_id,
        setlTime: setlinfo.setl_time ?? '',
        kind: payload.midSetlFlag === '1' ? 'interim' : 'final',
        amounts,
        funds: setldetail,
        info: setlinfo,
      };
      return concludeSettlement(manager, deps, input, settled, expected);
    },
  );
}

/** Books a settlement that the centre made, or holds it for a person when its amounts are not those expected. */
export async function concludeSettlement(
  manager: EntityManager,
  deps: RegisterDeps,
  input: StepInput,
  settled: SettledAnswer,
  expected: SettlementAmounts | null,
): Promise<Extract<StepOutcome, { kind: 'done' | 'refused' }>> {
  const { state } = input;
  const reasons = settlementProblems(settled.amounts, settled.funds, state.fees.unsettled);
  const drift = expected ? differingAmounts(expected, settled.amounts) : [];
  if (drift.length > 0) reasons.push(`与预结算不一致：${drift.join('、')}`);
  const ref = settlementRef(state, settled);
  if (reasons.length === 0) {
    await bookSettlement(manager, deps, input, settled, ref);
    return {
      kind: 'done',
      events: [{ type: 'settled', ref, sums: state.fees.unsettled, at: deps.now() }],
      result: ref,
    };
  }
  await holdSettlement(manager, deps, input, settled, ref);
  await raiseAbnormal(manager, deps, state, { code: 'SETTLEMENT_HELD', subject: settled.setlId, title: '中心结算金额与预结算不一致，未入账' });
  return {
    ...refuse('SETTLEMENT_HELD', `中心已结算但金额待确认：${reasons.join('；')}。请确认金额或撤销该笔结算。`),
    events: [{ type: 'settlementHeld', held: { ref, reasons }, sums: state.fees.unsettled, at: deps.now() }],
  };
}

/** A settlement with what it does to the deposit. */
export function settlementRef(state: AdmissionState, settled: SettledAnswer): SettlementRef {
  const { applied, refund, topUp } = settleDeposit(settled.amounts.psn_cash_pay, state.deposit, settled.kind !== 'interim');
  return {
    ...settled.amounts,
    setlId: settled.setlId,
    msgid: settled.msgid,
    kind: settled.kind,
    setlTime: settled.setlTime,
    depositApplied: applied,
    depositRefund: refund,
    topUp,
  };
}

/** 确认金额入账: a person accepts a held settlement as the centre made it. */
export async function acceptAmounts(deps: RegisterDeps, input: StepInput<SettlementTarget>): Promise<StepOutcome> {
  return commitAlone(deps, input, 'acceptAmounts', (manager) => acceptHeld(manager, deps, input));
}

function buildSettlement(deps: RegisterDeps, state: AdmissionState, payload: Presented<PreSettlePayload> & Partial<SettlePayload>): Input2304 {
  const { personNo, mdtrtId } = admitted(state);
  const { unsettled } = state.fees;
  return {
    data: {
      psn_no: personNo,
      mdtrt_cert_type: payload.credential.type,
      mdtrt_cert_no: payload.credential.no,
      medfee_sumamt: unsettled.medfee,
      psn_setlway: payload.psnSetlway,
      mdtrt_id: mdtrtId,
      acct_used_flag: payload.acctUsedFlag,
      insutype: state.insutype,
      invono: payload.invono,
      mid_setl_flag: payload.midSetlFlag,
      fulamt_ownpay_amt: unsettled.fulamtOwnpay,
      overlmt_selfpay: unsettled.overlmt,
      preselfpay_amt: unsettled.preselfpay,
      inscp_scp_amt: unsettled.inscp,
      dscg_time: state.endtime?.slice(0, 10),
      ...diseaseCode(deps.profile(state.profile), payload.diseCodg),
    },
  };
}

/** The disease code in the member that the division takes it in; the catalogue has none (docs/decisions/0009-disease-code.md). */
function diseaseCode({ settlementDiseaseCode: member }: Profile, code: string | undefined): Pick<Input2304['data'], 'dise_codg' | 'expContent'> {
  if (code === undefined || member === 'none') return {};
  return member === 'dise_codg' ? { dise_codg: code } : { expContent: JSON.stringify({ dise_codg: code }) };
}

function amountsOf(deps: RegisterDeps, state: AdmissionState, output: Output2303 | Output2304): SettlementAmounts {
  return normaliseAmounts(output.setlinfo, deps.profile(state.profile).accountInFundSum);
}

function fundsOf(output: Output2303): FundRow[] {
  return output.setldetail.map(({ fund_pay_type, fund_payamt }) => ({ fund_pay_type, fund_payamt }));
}
