import type { CancelSettlementPayload, ResolveUnknownPayload } from '../../domain/admission/payloads';
import { normaliseAmounts } from '../../domain/admission/settlement-check';
import { isSelfPay } from '../../domain/admission/state';
import type { LookOutcome, RecordPayload, ResolvePayload, StepInput, StepOutcome } from '../../domain/admission/steps';
import type { SettlementAmounts } from '../../domain/admission/types';
import { formatDate } from '../../domain/calendar';
import { add, subtract } from '../../domain/money';
import { decodeRequest } from '../../domain/national/codec';
import { says } from '../../domain/national/platform-text';
import type { Input2304, Output5203 } from '../../schemas/national/generated';
import { Message } from '../../store/entities';
import { claimResolution, concludeResolution, isLive, noteFinding, reverse } from '../national/resolve';
import { book } from './book';
import { closeAbnormal, commitAlone, commitStep, findReceipt, raiseAbnormal } from './commit';
import { admitted, callRepeating, refuse, workflowIdOf, type RegisterDeps } from './context';
import { concludeSettlement } from './settlement';
import { undoSettlement } from './settlement-books';

/** A cancellation that no counterparty was asked for. */
const NOBODY = { msgid: null, setlId: null };

/**
 * 结算撤销 2305 of a known settlement. A lost answer is settled by 5203, never by sending it blindly again. Refused because it
 * is refunded already, and so 5203 says: what the other side did behind our back is undone in our books too. A self-pay
 * settlement is undone in our books alone.
 */
export async function cancelSettlement(deps: RegisterDeps, input: StepInput<CancelSettlementPayload>): Promise<StepOutcome> {
  if (isSelfPay(input.state)) return commitAlone(deps, input, 'cancelSettlement', (manager) => undoSettlement(manager, deps, input, input.payload.setlId, NOBODY));
  const outcome = await sendCancellation(deps, input);
  if (outcome.kind !== 'refused' || !says(deps.profile(input.state.profile), 'alreadyReversed', outcome.refusal.platform?.text)) return outcome;
  const look = await lookForCancellation(deps, { ...input, payload: { ...input.payload, msgid: null } });
  return look.kind === 'found' ? { kind: 'done', events: look.events, result: look.result } : outcome;
}

async function sendCancellation(deps: RegisterDeps, input: StepInput<CancelSettlementPayload>): Promise<StepOutcome> {
  const { personNo, mdtrtId } = admitted(input.state);
  const { setlId } = input.payload;
  return book(
    deps,
    input,
    {
      step: 'cancelSettlement',
      infno: '2305',
      input: { data: { mdtrt_id: mdtrtId, setl_id: setlId, psn_no: personNo } },
      repeat: false,
      refusalText: '医保中心未受理结算撤销。',
    },
    (answer, manager) =>
      undoSettlement(manager, deps, input, setlId, { msgid: answer.msgid, setlId: answer.output.setlinfo.setl_id ?? null }),
  );
}

/** 5203 after a lost 2305: `refd_setl_flag` says whether the refund happened. */
export async function lookForCancellation(
  deps: RegisterDeps,
  input: StepInput<CancelSettlementPayload & { readonly msgid: string | null }>,
): Promise<LookOutcome> {
  const seen = await querySettlement(deps, input, input.payload.setlId);
  if (seen.kind !== 'settled') return { kind: 'unclear', reason: seen.kind === 'refused' ? seen.text : seen.reason };
  const { msgid, setlId } = input.payload;
  if (isLive(seen.output.setlinfo.refd_setl_flag)) {
    if (msgid !== null) await deps.store.write((manager) => noteFinding(manager, msgid, 'absent'));
    return { kind: 'absent' };
  }
  const done = await commitAlone(deps, input, 'found/2305', async (manager) => {
    if (msgid !== null) await noteFinding(manager, msgid, 'adopted');
    return undoSettlement(manager, deps, input, setlId, { msgid, setlId: null });
  });
  return done.kind === 'done' ? { kind: 'found', events: done.events, result: done.result } : { kind: 'unclear', reason: done.refusal.message };
}

/**
 * 冲正 2601 of a settlement whose answer was lost. Answered 0 (or «already refunded», or «not found»): the till is free
 * and the msgid stands on the day's watch list, which only the daily reconciliation clears. Refused: a person decides.
 */
export async function abandonSettlement(deps: RegisterDeps, input: StepInput<ResolvePayload>): Promise<StepOutcome> {
  const step = 'abandonSettlement';
  const before = await findReceipt(deps, input, step);
  if (before) return before;
  const { msgid, infno } = input.payload;
  const proven = await deps.gateway.findMessage(msgid);
  if (proven?.resolution === 'absent' || proven?.resolution === 'abandoned') {
    return commitAlone(deps, input, step, async (manager) => {
      await closeUnknown(manager, deps, input, msgid, '日对账已证实中心无此结算');
      return { kind: 'done', events: [{ type: 'unknownResolved', how: 'abandoned' }], result: { msgid, reversal: 'byReconciliation' } };
    });
  }
  if (!(await claimResolution(deps.store, msgid, 'abandoning'))) {
    return commitAlone(deps, input, step, async () => refuse('BEING_ADOPTED', '该笔结算正在按中心记录认领，不能冲正。'));
  }
  const reversed = await reverse(deps.gateway, {
    key: { workflowId: workflowIdOf(input.state), commandId: input.commandId, step, ordinal: input.ordinal },
    institution: input.state.institution,
    psnNo: admitted(input.state).personNo,
    insuplcAdmdvs: input.state.insuplcAdmdvs ?? undefined,
    operator: input.operator,
    omsgid: msgid,
    infno,
  });
  switch (reversed.kind) {
    case 'unknown':
      return { kind: 'unknown', msgid: reversed.msgid, infno: '2601', reason: reversed.reason };
    case 'unreachable':
      await giveClaimBack(deps, input, msgid);
      return { kind: 'unreachable', reason: reversed.reason };
    case 'refused':
      return commitAlone(deps, input, step, async (manager) => {
        await concludeResolution(manager, msgid, 'abandoning', 'manual');
        await raiseAbnormal(manager, deps, input.state, { code: 'REVERSAL_REFUSED', subject: msgid, title: `冲正被拒绝：${reversed.text}`.slice(0, 200) });
        return { ...refuse('REVERSAL_REFUSED', '医保中心拒绝冲正，已转人工处置。'), events: [{ type: 'unknownNeedsPerson', reason: reversed.text }] };
      });
    default:
      return commitAlone(deps, input, step, async (manager) => {
        await concludeResolution(manager, msgid, 'abandoning', 'abandoned', formatDate(deps.now()));
        await closeUnknown(manager, deps, input, msgid, '已冲正，列入当日对账观察');
        return { kind: 'done', events: [{ type: 'unknownResolved', how: 'abandoned' }], result: { msgid, reversal: reversed.kind } };
      });
  }
}

/** Takes a settlement into our books whose answer was lost and which the day file showed live under its msgid. */
export async function adoptSettlement(deps: RegisterDeps, input: StepInput<ResolveUnknownPayload & ResolvePayload>): Promise<StepOutcome> {
  const step = 'adoptSettlement';
  const before = await findReceipt(deps, input, step);
  if (before) return before;
  const { msgid, setlId } = input.payload;
  if (!setlId) return refuse('SETL_ID_REQUIRED', '认领须填写中心结算ID。');
  if (!(await claimResolution(deps.store, msgid, 'adopting'))) return refuse('BEING_ABANDONED', '该笔结算正在冲正或已处置，不能认领。');
  const seen = await querySettlement(deps, input, setlId);
  if (seen.kind === 'unknown' || seen.kind === 'unreachable') return { kind: 'unreachable', reason: seen.reason };
  if (seen.kind === 'refused') return release(deps, msgid, refuse('SETTLEMENT_NOT_FOUND', `医保中心查无此结算：${seen.text}`));
  const info = seen.output.setlinfo;
  if (info.medins_setl_id !== msgid || !isLive(info.refd_setl_flag)) {
    return release(deps, msgid, refuse('SETTLEMENT_NOT_OURS', '该结算ID不对应本报文，或已退费，不能认领。'));
  }
  const kind = await kindOfLost(deps, input, msgid);
  return deps.store.write(async (manager) => {
    const settled = {
      msgid,
      infno: '5203',
      setlId,
      setlTime: info.setl_time ?? '',
      kind,
      amounts: amountsOf(info, deps.profile(input.state.profile).accountInFundSum),
      funds: seen.output.setldetail,
      info,
    };
    const outcome = await concludeSettlement(manager, deps, input, settled, null);
    await concludeResolution(manager, msgid, 'adopting', 'adopted');
    await closeUnknown(manager, deps, input, msgid, '已按中心记录认领');
    return commitStep(manager, deps, input, step, outcome);
  });
}

/** Whether the lost 2304 asked for a mid-stay settlement: the answer of 5203 does not say. */
async function kindOfLost(deps: RegisterDeps, input: StepInput, msgid: string): Promise<'interim' | 'final'> {
  const message = await deps.store.read((manager) => manager.findOneByOrFail(Message, { msgid }));
  const lost = decodeRequest(deps.profile(input.state.profile), message.request ?? '');
  return (lost.input as unknown as Input2304).data.mid_setl_flag === '1' ? 'interim' : 'final';
}

/** Commits events that no counterparty is asked about. */
export async function recordEvents(deps: RegisterDeps, input: StepInput<RecordPayload>): Promise<StepOutcome> {
  const { step, events, abnormal, closeAbnormal: closing } = input.payload;
  return commitAlone(deps, input, step, async (manager) => {
    if (abnormal) await raiseAbnormal(manager, deps, input.state, abnormal);
    if (closing) await closeAbnormal(manager, deps, input.state, closing);
    return { kind: 'done', events };
  });
}

function querySettlement(deps: RegisterDeps, input: StepInput, setlId: string) {
  const { personNo, mdtrtId } = admitted(input.state);
  return callRepeating(deps, input, workflowIdOf(input.state), {
    step: 'querySettlement',
    infno: '5203',
    input: { data: { psn_no: personNo, setl_id: setlId, mdtrt_id: mdtrtId } },
  });
}

/** 5203 names two amounts otherwise and leaves out the hospital's share, which is then the rest of the total. */
function amountsOf(info: Output5203['setlinfo'], accountInFundSum: boolean): SettlementAmounts {
  const { psn_pay, cash_payamt, ...same } = info;
  const amounts = normaliseAmounts({ ...same, psn_part_amt: psn_pay, psn_cash_pay: cash_payamt }, accountInFundSum);
  const hospital = subtract(amounts.medfee_sumamt, add(amounts.fund_pay_sumamt, amounts.psn_part_amt));
  return { ...amounts, hosp_part_amt: hospital };
}

/** An adoption that failed leaves the message to a person again. */
async function release(deps: RegisterDeps, msgid: string, refused: StepOutcome): Promise<StepOutcome> {
  await deps.store.write((manager) => concludeResolution(manager, msgid, 'adopting', 'manual'));
  return refused;
}

/** Where no 2601 has ever left, the message may still be adopted until the next attempt claims it again. */
async function giveClaimBack(deps: RegisterDeps, input: StepInput, msgid: string): Promise<void> {
  await deps.store.write(async (manager) => {
    const left = { workflowId: workflowIdOf(input.state), infno: '2601' };
    const inDoubt = await manager.exists(Message, { where: [{ ...left, state: 'sent' }, { ...left, outcome: 'unknown' }] });
    if (!inDoubt) await manager.update(Message, { msgid, resolution: 'abandoning' }, { resolution: 'open' });
  });
}

async function closeUnknown(manager: Parameters<typeof closeAbnormal>[0], deps: RegisterDeps, input: StepInput, msgid: string, resolution: string): Promise<void> {
  for (const code of ['SETTLEMENT_UNKNOWN', 'OUTCOME_UNKNOWN', 'REVERSAL_REFUSED']) {
    await closeAbnormal(manager, deps, input.state, { code, subject: msgid, resolution });
  }
}
