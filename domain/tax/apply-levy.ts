/** The state machine of a levy row: one event in, the next levy and what follows from it out. */
import type { Refusal } from '../commands';
import { ZERO } from '../money';
import { refusal } from '../refusal';
import { isDead, moneyOf, netOf, surplusOf, type ExchangeState, type Levy, type TaxReceipt } from './levy';
import type { LevyAct, LevyEvent, LevyFact, LevyNote, LevyStep, RefundFacts } from './levy-events';
import { detached, endHolds, takePayment } from './receipts';

type Step = LevyStep<Levy>;
const step = (levy: Levy, ...notes: readonly LevyNote[]): Step => ({ levy, notes });

/** Applies an act of people; refused acts change nothing. */
export function actOnLevy(levy: Levy, act: LevyAct): Step | Refusal {
  switch (act.type) {
    case 'submit':
      return from(levy, ['10'], { exchange: '20', maker: act.by });
    case 'withdraw':
      return levy.sent ? refusal('LEVY_STATE_FORBIDS') : from(levy, ['20'], { exchange: '10', maker: '' });
    case 'send':
      return act.by === levy.maker ? refusal('FOUR_EYES') : from(levy, ['20'], { exchange: '30', sent: true });
    case 'sendUnknown':
      return from(levy, ['30'], { exchange: '31' });
    case 'sendResolved':
      return from(levy, ['31'], { exchange: act.arrived ? '30' : '20' });
    case 'debit':
      return isDead(levy) ? refusal('LEVY_FINAL') : step({ ...levy, debitRunning: act.running });
    case 'applyCancel':
      return applyCancel(levy);
    case 'reviewCancel':
      return reviewCancel(levy, act);
    case 'arrive':
      return arrive(levy, act);
    case 'unarrive':
      return unarrive(levy, act.arvl_bchno);
    case 'book':
      return moneyOf(levy) === '70' ? step({ ...levy, booked: act.month }) : refusal(levy.refund ? 'LEVY_REFUND_OPEN' : 'LEVY_STATE_FORBIDS');
    case 'unbook':
      return moneyOf(levy) === '80' ? step({ ...levy, booked: '' }) : refusal(levy.refund ? 'LEVY_REFUND_OPEN' : 'LEVY_STATE_FORBIDS');
    case 'reviewRefund':
      return reviewRefund(levy, act.agreed, act.facts);
    case 'resendRefund':
      return levy.refund?.state === '93' ? step({ ...levy, refund: { ...levy.refund, state: '91', reason: '' } }) : refusal('LEVY_STATE_FORBIDS');
    default:
      return act satisfies never;
  }
}

function from(levy: Levy, states: readonly ExchangeState[], change: Partial<Levy>): Step | Refusal {
  if (isDead(levy)) return refusal('LEVY_FINAL');
  return states.includes(levy.exchange) ? step({ ...levy, ...change }) : refusal('LEVY_STATE_FORBIDS');
}

function applyCancel(levy: Levy): Step | Refusal {
  if (isDead(levy)) return refusal('LEVY_FINAL');
  if (levy.cancel === 'sent') return refusal('LEVY_CANCEL_PENDING');
  if (levy.exchange !== '40') return refusal('LEVY_STATE_FORBIDS');
  if (levy.cancel === 'paid' || moneyOf(levy) !== '00') return refusal('LEVY_PAID');
  if (levy.debitRunning) return refusal('LEVY_DEBIT_RUNNING');
  return step({ ...levy, exchange: '50', cancel: 'applied' });
}

function reviewCancel(levy: Levy, act: Extract<LevyAct, { type: 'reviewCancel' }>): Step | Refusal {
  if (levy.exchange !== '50') return refusal(isDead(levy) ? 'LEVY_FINAL' : 'LEVY_STATE_FORBIDS');
  if (!act.agreed) return step({ ...levy, exchange: '40', cancel: 'none' });
  if (act.by === act.applicant) return refusal('FOUR_EYES');
  if (moneyOf(levy) !== '00') return refusal('LEVY_PAID');
  return step({ ...levy, exchange: '51', cancel: 'sent' });
}

/** `number/row` of a receipt, as acts name it. */
export function receiptName({ taxrpt_no, taxrpt_row }: Pick<TaxReceipt, 'taxrpt_no' | 'taxrpt_row'>): string {
  return `${taxrpt_no}/${taxrpt_row}`;
}

function arrive(levy: Levy, act: Extract<LevyAct, { type: 'arrive' }>): Step | Refusal {
  if (act.by === act.matcher) return refusal('FOUR_EYES');
  const matched = levy.receipts.filter((receipt) => act.receipts.includes(receiptName(receipt)));
  if (matched.length === 0 || matched.length !== act.receipts.length || matched.some(({ stage }) => stage !== 'treasury')) return refusal('LEVY_NOT_IN_TREASURY');
  const { arvl_bchno, arvl_date } = act;
  return step({ ...levy, receipts: levy.receipts.map((one) => (matched.includes(one) ? { ...one, stage: 'arrived', arvl_bchno, arvl_date } : one)) });
}

function unarrive(levy: Levy, arvl_bchno: string): Step | Refusal {
  const matched = levy.receipts.filter((receipt) => receipt.stage === 'arrived' && receipt.arvl_bchno === arvl_bchno);
  if (matched.length === 0 || levy.booked !== '') return refusal('LEVY_STATE_FORBIDS');
  if (levy.refund) return refusal('LEVY_REFUND_OPEN');
  return step({ ...levy, receipts: levy.receipts.map((one) => (matched.includes(one) ? { ...one, stage: 'treasury', arvl_bchno: '', arvl_date: '' } : one)) });
}

function reviewRefund(levy: Levy, agreed: boolean, facts: RefundFacts): Step | Refusal {
  const { refund } = levy;
  if (refund?.state !== '90') return refusal('LEVY_STATE_FORBIDS');
  if (!agreed) return step({ ...levy, refund: null });
  // What was paid too much opened no benefits and was credited to nobody.
  if (refund.amt > surplusOf(levy)) {
    if (refund.amt !== netOf(levy)) return refusal('LEVY_REFUND_AMOUNT');
    if (facts.benefitUsed) return refusal('LEVY_BENEFIT_USED');
    if (facts.subsidyIncluded) return refusal('LEVY_SUBSIDY_INCLUDED');
    if (facts.credit === 'spent' && !facts.netSpentCredit) return refusal('LEVY_CREDIT_SPENT');
  }
  return step({ ...levy, refund: { ...refund, state: '91' } });
}

/** Takes what tax or treasury tells, in any order. */
export function tellLevy(levy: Levy, fact: LevyFact): Step {
  switch (fact.type) {
    case 'receipt':
      return takeAnswer(levy, fact);
    case 'cancelAnswer':
      return takeCancelAnswer(levy, fact.result);
    case 'payment':
      return takePayment(levy, fact.row, fact.at + fact.holdMs);
    case 'holdEnded':
      return endHolds(levy, fact.at);
    case 'refundRequest':
      return takeRefundRequest(levy, fact);
    case 'refundFailed': {
      const { refund } = levy;
      if (refund?.state !== '91' || refund.application !== fact.application) return step(levy, { kind: 'break', code: 'LEVY_STATE_FORBIDS', row: null });
      return step({ ...levy, refund: { ...refund, state: '93', reason: fact.reason } });
    }
    default:
      return fact satisfies never;
  }
}

function takeAnswer(levy: Levy, { result, dcla_no, reason }: Extract<LevyFact, { type: 'receipt' }>): Step {
  if (!levy.sent) return step(levy, { kind: 'break', code: 'LEVY_STATE_FORBIDS', row: null });
  if (result === '1') {
    if (levy.exchange === '41') return step(levy, { kind: 'break', code: 'LEVY_FINAL', row: null });
    const waiting = levy.exchange === '20' || levy.exchange === '30' || levy.exchange === '31';
    return step({ ...levy, accepted: true, dcla_no: levy.dcla_no || dcla_no, exchange: waiting ? '40' : levy.exchange });
  }
  if (levy.exchange === '41') return step(levy);
  if (levy.accepted || levy.exchange === '52') return step(levy, { kind: 'break', code: 'LEVY_STATE_FORBIDS', row: null });
  const dead = detached(levy);
  if (dead === null) return step(levy, { kind: 'break', code: 'LEVY_PAID', row: null });
  return step({ ...dead.levy, exchange: '41', reason }, ...dead.notes);
}

function takeCancelAnswer(levy: Levy, result: '3' | '4' | '5'): Step {
  if (levy.cancel !== 'sent') return step(levy, ...(isDead(levy) ? [] : [{ kind: 'break', code: 'LEVY_STATE_FORBIDS', row: null } as const]));
  if (result === '3') {
    const dead = detached(levy);
    if (dead === null) return step({ ...levy, cancel: 'paid' }, { kind: 'break', code: 'LEVY_PAID', row: null });
    return step({ ...dead.levy, exchange: '52', cancel: 'cancelled' }, ...dead.notes);
  }
  const crossed: readonly LevyNote[] = result === '4' && levy.exchange === '51' ? [{ kind: 'cancelNotDone' }] : [];
  return step({ ...levy, exchange: '40', cancel: result === '4' ? 'paid' : 'busy' }, ...crossed);
}

function takeRefundRequest(levy: Levy, { application, amt }: Extract<LevyFact, { type: 'refundRequest' }>): Step {
  if (levy.refund?.application === application) return step(levy);
  if (levy.refund) return step(levy, { kind: 'break', code: 'LEVY_REFUND_OPEN', row: null });
  const paid = ['61', '62', '70', '80'].includes(moneyOf(levy));
  if (!paid || amt <= 0 || (amt !== netOf(levy) && amt > surplusOf(levy))) {
    return step(levy, { kind: 'break', code: paid ? 'LEVY_REFUND_AMOUNT' : 'LEVY_STATE_FORBIDS', row: null });
  }
  return step({ ...levy, refund: { application, state: '90', amt, back: ZERO, reason: '' } });
}

const ACTS: ReadonlySet<string> = new Set<LevyAct['type']>([
  'submit', 'withdraw', 'send', 'sendUnknown', 'sendResolved', 'debit', 'applyCancel', 'reviewCancel', 'arrive', 'unarrive', 'book', 'unbook', 'reviewRefund', 'resendRefund',
]);

/** Applies any event. A refusal changes nothing; only acts are refused. */
export function applyLevy(levy: Levy, event: LevyEvent): Step | Refusal {
  return ACTS.has(event.type) ? actOnLevy(levy, event as LevyAct) : tellLevy(levy, event as LevyFact);
}
