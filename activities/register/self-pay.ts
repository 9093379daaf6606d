import { createHash } from 'node:crypto';
import type { SettleSelfPayPayload } from '../../domain/admission/payloads';
import { selfPayAmounts } from '../../domain/admission/settlement-check';
import type { StepInput, StepOutcome } from '../../domain/admission/steps';
import { formatCompact, formatDateTime } from '../../domain/calendar';
import { formatYuan } from '../../domain/money';
import { commitAlone } from './commit';
import { admissionId, refuse, type RegisterDeps } from './context';
import { settlementRef } from './settlement';
import { bookSettlement, type SettledAnswer } from './settlement-books';

/**
 * 自费结算: the patient pays every line in cash, the deposit first. Settlement, ledger and read model as for an insured stay;
 * the centre is told nothing.
 */
export async function settleSelfPay(deps: RegisterDeps, input: StepInput<SettleSelfPayPayload>): Promise<StepOutcome> {
  const { state, payload } = input;
  const amounts = selfPayAmounts(state.fees.unsettled.medfee);
  const { expectedCashFen: told = amounts.psn_cash_pay } = payload;
  if (told !== amounts.psn_cash_pay) {
    return refuse('AMOUNT_MISMATCH', `应付现金为 ${formatYuan(amounts.psn_cash_pay)} 元，不是 ${formatYuan(told)} 元，请与患者确认后重新结算。`);
  }
  return commitAlone(deps, input, 'settleSelfPay', async (manager) => {
    const setlId = ownNumber(input, deps.now());
    const settled: SettledAnswer = {
      setlId,
      msgid: setlId,
      infno: '',
      setlTime: formatDateTime(deps.now()),
      kind: 'selfPay',
      amounts,
      funds: [],
      info: payload.invono === undefined ? {} : { invono: payload.invono },
    };
    const ref = settlementRef(state, settled);
    await bookSettlement(manager, deps, input, settled, ref);
    return { kind: 'done', events: [{ type: 'settled', ref, sums: state.fees.unsettled, at: deps.now() }], result: { ...ref, msgid: null } };
  });
}

/** A number of our own, which no centre gives: ZF, the second, and twelve digits that follow from stay and command. */
function ownNumber({ state, commandId }: StepInput, at: number): string {
  const mark = createHash('sha256').update(`${admissionId(state)} ${commandId}`).digest('hex').slice(0, 12);
  return `ZF${formatCompact(at)}${mark}`;
}
