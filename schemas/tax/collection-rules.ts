import { collectionRulesProblem, type CollectionRules } from '../../domain/tax/rules';
import file from './collection-rules.json';

/** The rules of tax collection that ship, each with a place for its source in the JSON beside this file. Throws Error at load when one makes no sense. */
export const collectionRules: CollectionRules = checked(file as CollectionRules);

function checked(rules: CollectionRules): CollectionRules {
  const problem = collectionRulesProblem(rules);
  if (problem !== null) throw new Error(`collection-rules.json：${problem}`);
  return rules;
}
