import { rulesProblem, type ContributionRules } from '../../domain/contribution/rules';
import file from './rules.json';

/**
 * The contribution rules that ship: common practice, each with a place for its legal source in the JSON beside this file.
 * Throws Error at load when something makes no sense.
 */
export const contributionRules: ContributionRules = checked(file as ContributionRules);

function checked(rules: ContributionRules): ContributionRules {
  const problem = rulesProblem(rules);
  if (problem !== null) throw new Error(`contribution/rules.json：${problem}`);
  return rules;
}
