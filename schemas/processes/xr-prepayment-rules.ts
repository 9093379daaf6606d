import { rulesProblem, type PrepaymentRules } from '../../domain/xr-prepayment/rules';
import file from './xr-prepayment-rules.json';

/**
 * The rules of prepayment that ship: common practice, each with a place for its legal source in the JSON beside this file.
 * Throws Error at load when a number makes no sense.
 */
export const prepaymentRules: PrepaymentRules = checked(file);

function checked(rules: PrepaymentRules): PrepaymentRules {
  const problem = rulesProblem(rules);
  if (problem !== null) throw new Error(`xr-prepayment-rules.json：${problem}`);
  return rules;
}
