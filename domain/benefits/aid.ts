/** Medical aid (医疗救助), the last fund to pay. Rules 17 and 18 of docs/benefits.md. */
import { fen, formatYuanGrouped as yuan, max, min, parseDecimal, share, subtract, ZERO, type Fen } from '../money';
import { percent } from './steps';
import type { SettlementInput, Step } from './types';

export interface AidShare {
  readonly amount: Fen;
  readonly base: Fen;
  /** Part of the yearly deductible of aid that this settlement bore. */
  readonly deductible: Fen;
  readonly room: Fen;
  readonly steps: readonly Step[];
}

/** `inScopeLeft`: in-scope burden after the funds before aid; `burdenLeft`: the same with 先自付. */
export function computeAid(input: SettlementInput, inScopeLeft: Fen, burdenLeft: Fen): AidShare {
  const rules = input.policy.aid;
  const entry = input.identity === null ? undefined : rules.identities[input.identity];
  const base = rules.base === 'inScope' ? inScopeLeft : burdenLeft;
  if (!entry || base === 0) return { amount: ZERO, base: ZERO, deductible: ZERO, room: ZERO, steps: [] };
  const steps: Step[] = [];
  const deductible = min(base, max(ZERO, subtract(fen(entry.deductibleFen), input.ytd.aidDeductibleFen)));
  if (deductible > 0) {
    const text = `${rules.name}（${input.identity}）年度起付 ${yuan(fen(entry.deductibleFen))}，本次负担 ${yuan(deductible)}`;
    steps.push({ kind: 'aidDeductible', label: `${rules.name}起付`, base, result: deductible, text });
  }
  const aided = subtract(base, deductible);
  const uncapped = share(aided, parseDecimal(entry.ratio), input.policy.fundRounding.mode);
  const room = max(ZERO, subtract(fen(rules.annualCapFen), input.ytd.aidFen));
  const amount = min(uncapped, room);
  const text = `${rules.name}（${input.identity}）：剩余 ${yuan(aided)} × ${percent(entry.ratio)} = ${yuan(uncapped)}，年度限额余额 ${yuan(room)}，支付 ${yuan(amount)}`;
  steps.push({ kind: 'aid', label: rules.name, base: aided, ratio: entry.ratio, result: amount, text });
  return { amount, base: aided, deductible, room, steps };
}
