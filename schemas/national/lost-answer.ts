/** What settles an unknown outcome, by transaction (丢失应答处理规则): the compensation matrix as data. */
import type { Infno } from './generated';
import type { LostAnswerRule } from './types';

/** Transactions that are not simply sent again. The A form of a transaction has the rule of its base. */
const rules: Partial<Record<Infno, LostAnswerRule>> = {
  '2401': 'queryOpenStays',
  '2402': 'queryOpenStays',
  '2301': 'withdrawThenResend',
  '2204': 'withdrawThenResend',
  '2207': 'abandonOrAdopt',
  '2207A': 'abandonOrAdopt',
  '2304': 'abandonOrAdopt',
  '2304A': 'abandonOrAdopt',
  '2102': 'abandonOrAdopt',
  '2102A': 'abandonOrAdopt',
  '2208': 'querySettlement',
  '2305': 'querySettlement',
  '2103': 'querySettlement',
  // A code is shown once: whether the lost call used it up, only a new one can tell.
  '1162': 'scanAnew',
  '6101': 'scanAnew',
  // Registration, filings and stock movements have queries of their own, or none that returns the lost serial.
  '2201': 'askPerson',
  '2501': 'askPerson',
  '2501A': 'askPerson',
  '2503': 'askPerson',
  '2505': 'askPerson',
  '3203': 'askPerson',
  '3261': 'askPerson',
  '3501': 'askPerson',
  '3502': 'askPerson',
  '3503': 'askPerson',
  '3504': 'askPerson',
  '3505': 'askPerson',
  '3506': 'askPerson',
  '6201': 'askPerson',
  '6202': 'askPerson',
  '6203': 'askPerson',
};

/** The rule of a transaction, by our own number or by the form that was sent. Everything not listed may be repeated. */
export function lostAnswerRuleOf(infno: string): LostAnswerRule {
  return (Object.hasOwn(rules, infno) ? rules[infno as Infno] : undefined) ?? 'repeat';
}

/** Whether an unknown outcome stays open until somebody settles it: it does not where nothing can have been booked. */
export function leavesQuestion(infno: string): boolean {
  const rule = lostAnswerRuleOf(infno);
  return rule !== 'repeat' && rule !== 'scanAnew';
}

/** The listed rules; what is not listed is `repeat`. */
export const lostAnswerRule: Readonly<Partial<Record<Infno, LostAnswerRule>>> = rules;
