/** What happens to a levy row: acts of people, and what tax and treasury tell. */
import type { OutcomeCode } from '../outcomes';
import type { Fen } from '../money';
import type { PaymentFacts } from './levy';

/** Acts of people and of the platform. They may be refused. */
export type LevyAct =
  | { readonly type: 'submit'; readonly by: string }
  | { readonly type: 'withdraw' }
  | { readonly type: 'send'; readonly by: string }
  /** Sending timed out. */
  | { readonly type: 'sendUnknown' }
  /** What the task query said of a file whose sending timed out: it never arrived, or it did and its receipt is awaited. */
  | { readonly type: 'sendResolved'; readonly arrived: boolean }
  | { readonly type: 'debit'; readonly running: boolean }
  | { readonly type: 'applyCancel'; readonly by: string }
  | { readonly type: 'reviewCancel'; readonly by: string; readonly agreed: boolean; readonly applicant: string }
  /** 到账确认 of receipts (number and row) against a statement line, by another person than the matcher. */
  | { readonly type: 'arrive'; readonly receipts: readonly string[]; readonly arvl_bchno: string; readonly arvl_date: string; readonly matcher: string; readonly by: string }
  | { readonly type: 'unarrive'; readonly arvl_bchno: string }
  /** 收入登账 into an open accounting month `yyyyMM`. */
  | { readonly type: 'book'; readonly month: string }
  | { readonly type: 'unbook' }
  | { readonly type: 'reviewRefund'; readonly agreed: boolean; readonly facts: RefundFacts }
  | { readonly type: 'resendRefund' };

/** What is known of the months that a refund would cancel. */
export interface RefundFacts {
  readonly benefitUsed: boolean;
  readonly subsidyIncluded: boolean;
  /** 已划个人账户: `free` can be taken back, `spent` cannot. */
  readonly credit: 'none' | 'free' | 'spent';
  /** Setting: what was spent is netted instead. */
  readonly netSpentCredit: boolean;
}

/** What tax and treasury tell. It is taken in any order and never refused; what does not fit becomes a note. */
export type LevyFact =
  /** HZ of the file that the row left in. */
  | { readonly type: 'receipt'; readonly result: '1' | '2'; readonly dcla_no: string; readonly reason: string }
  /** CF: 3 cancelled, 4 not cancellable (paid), 5 not cancellable (in 批扣 or 已申报). */
  | { readonly type: 'cancelAnswer'; readonly result: '3' | '4' | '5' }
  /** A row of HP or TJ. `at` is when it came, epoch ms; `holdMs` how long one may wait for what it belongs to. */
  | { readonly type: 'payment'; readonly row: PaymentFacts; readonly at: number; readonly holdMs: number }
  /** The clock: rows that waited too long become breaks. */
  | { readonly type: 'holdEnded'; readonly at: number }
  /** TK: tax passes on an application for a refund of principal, fen. */
  | { readonly type: 'refundRequest'; readonly application: string; readonly amt: Fen }
  /** TJ: the treasury could not pay. */
  | { readonly type: 'refundFailed'; readonly application: string; readonly reason: string };

export type LevyEvent = LevyAct | LevyFact;

/**
 * What the caller has to do beside storing the levy. Each payment row ends as exactly one of posted, repeated, held, unmatched
 * or break, so the sum of a file can be followed.
 */
export type LevyNote =
  | { readonly kind: 'posted' | 'repeated' | 'held'; readonly row: PaymentFacts }
  /** 无应收缴费: the row or receipt belongs to no living levy; a new levy_no or a refund is made of it. */
  | { readonly kind: 'unmatched'; readonly row: PaymentFacts }
  /** A difference for a person. */
  | { readonly kind: 'break'; readonly code: OutcomeCode; readonly row: PaymentFacts | null }
  /** 多缴挂账 by so much more, fen. */
  | { readonly kind: 'surplus'; readonly amount: Fen }
  /** 未撤销（已缴）. */
  | { readonly kind: 'cancelNotDone' }
  /** 退库 without our consent, or by an application that is not open. */
  | { readonly kind: 'refundWithoutConsent'; readonly row: PaymentFacts };

export interface LevyStep<L> {
  readonly levy: L;
  readonly notes: readonly LevyNote[];
}
