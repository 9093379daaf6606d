import type { SettlementTarget, SubmitListPayload } from '../../domain/admission/payloads';
import type { StepInput, StepOutcome } from '../../domain/admission/steps';
import { add } from '../../domain/money';
import type { Input4101A, Output4103 } from '../../schemas/national/generated';
import { Settlement, SettlementList } from '../../store/entities';
import { book } from './book';
import { findReceipt } from './commit';
import { admitted, asOutcome, asUnreachable, callRepeating, refuse, workflowIdOf, type RegisterDeps } from './context';

/** 结算清单状态: uncommitted and committed, as commonly read (to be confirmed with the first bureau). */
const WITHDRAWN = '0';
const SUBMITTED = '1';

/**
 * 结算清单: uploaded (4101A), submitted (4102), read back (4103). The money of the list is the centre's own, from the
 * settlement; what is read back must add up (invariant M13) and be submitted.
 */
export async function submitList(deps: RegisterDeps, input: StepInput<SubmitListPayload>): Promise<StepOutcome> {
  const before = await findReceipt(deps, input, 'submitList');
  if (before) return before;
  const { state, payload } = input;
  const { personNo, mdtrtId } = admitted(state);
  const { setlId } = payload;
  const uploaded = await callRepeating(deps, input, workflowIdOf(state), {
    step: 'uploadList',
    infno: '4101A',
    input: {
      setlinfo: { ...payload.form, psn_no: personNo, mdtrt_id: mdtrtId, setl_id: setlId },
      diseinfo: payload.diagnoses,
      opspdiseinfo: [],
      oprninfo: [],
      icuinfo: [],
      bldinfo: [],
    } as unknown as Input4101A,
  });
  if (uploaded.kind !== 'settled') return asUnreachable(asOutcome(deps, input, uploaded, '4101A', '医保中心未接收结算清单。'));
  const submitted = await changeState(deps, input, setlId, SUBMITTED);
  if (submitted) return submitted;
  return book(
    deps,
    input,
    {
      step: 'submitList',
      infno: '4103',
      input: { data: { psn_no: personNo, setl_id: setlId } },
      repeat: true,
      refusalText: '结算清单读回失败。',
    },
    async (answer, manager) => {
      const broken = brokenList(answer.output);
      if (broken) return refuse('LIST_INCONSISTENT', broken);
      const setlListId = uploaded.output.setl_list_id;
      const row = await manager.findOneByOrFail(Settlement, { institution: state.institution, setl_id: setlId });
      await manager.delete(SettlementList, { settlementId: row.id });
      await manager.insert(SettlementList, { settlementId: row.id, setl_list_id: setlListId, state: 'submitted', updatedAt: deps.now() });
      return { kind: 'done', events: [{ type: 'listSubmitted', setlId, setlListId }], result: { setl_list_id: setlListId } };
    },
  );
}

/** 结算清单撤回 4102, before a settlement can be cancelled. */
export async function withdrawList(deps: RegisterDeps, input: StepInput<SettlementTarget>): Promise<StepOutcome> {
  const { personNo } = admitted(input.state);
  const { setlId } = input.payload;
  return book(
    deps,
    input,
    {
      step: 'withdrawList',
      infno: '4102',
      input: { data: { stastinfo: [{ psn_no: personNo, setl_id: setlId, stas_type: WITHDRAWN }] } },
      repeat: true,
      refusalText: '医保中心未受理结算清单撤回。',
    },
    async (_answer, manager) => {
      const row = await manager.findOneByOrFail(Settlement, { institution: input.state.institution, setl_id: setlId });
      await manager.update(SettlementList, { settlementId: row.id }, { state: 'withdrawn', updatedAt: deps.now() });
      return { kind: 'done', events: [{ type: 'listWithdrawn', setlId }], result: { setl_id: setlId } };
    },
  );
}

async function changeState(deps: RegisterDeps, input: StepInput, setlId: string, stasType: string): Promise<StepOutcome | null> {
  const changed = await callRepeating(deps, input, workflowIdOf(input.state), {
    step: `listState/${stasType}`,
    infno: '4102',
    input: { data: { stastinfo: [{ psn_no: admitted(input.state).personNo, setl_id: setlId, stas_type: stasType }] } },
  });
  return changed.kind === 'settled' ? null : asUnreachable(asOutcome(deps, input, changed, '4102', '医保中心未受理结算清单提交。'));
}

function brokenList(output: Output4103): string | null {
  const { stas_type, psn_selfpay_amt, psn_ownpay_fee, acct_payamt, psn_cashpay } = output.setlinfo;
  if (stas_type !== undefined && stas_type !== SUBMITTED) return '读回的结算清单不是已提交状态。';
  if (psn_selfpay_amt === undefined || psn_ownpay_fee === undefined || acct_payamt === undefined || psn_cashpay === undefined) return null;
  return add(psn_selfpay_amt, psn_ownpay_fee) === add(acct_payamt, psn_cashpay)
    ? null
    : '读回的结算清单金额不平：个人自付＋个人自费 ≠ 个账＋现金。';
}
