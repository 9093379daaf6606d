/** Payment rows on a levy, in whatever order they come. */
import { fen, negate, subtract, ZERO } from '../money';
import type { LevyNote, LevyStep } from './levy-events';
import { isDead, moneyOf, postingKey, surplusOf, type Levy, type PaymentFacts, type Refund, type TaxReceipt } from './levy';
import { amountProblem } from './payment-check';

type Step = LevyStep<Levy>;

/** Takes a row of HP or TJ. `until`: epoch ms to which it may be held for what it belongs to. */
export function takePayment(levy: Levy, row: PaymentFacts, until: number): Step {
  const problem = amountProblem(row);
  if (problem !== null) return noted(levy, { kind: 'break', code: problem, row });
  // 92 is final too: what comes after a complete refund is a payment without a receivable.
  const ended = isDead(levy) || (moneyOf(levy) === '92' && row.kind === '01' && !levy.posted.includes(postingKey(row)));
  if (ended || !levy.sent) return noted(levy, { kind: 'unmatched', row });
  return row.kind === '01' ? takeReceipt(levy, row) : takeChange(levy, row, until);
}

function noted(levy: Levy, ...notes: readonly LevyNote[]): Step {
  return { levy, notes };
}

const isOf = (receipt: TaxReceipt, no: string, row: string): boolean => receipt.taxrpt_no === no && receipt.taxrpt_row === row;

function replaced(levy: Levy, receipt: TaxReceipt): Levy {
  return { ...levy, receipts: levy.receipts.map((one) => (isOf(one, receipt.taxrpt_no, receipt.taxrpt_row) ? receipt : one)) };
}

/** Kind 01: a payment, the same once more, or the same with the day on which it entered the treasury. */
function takeReceipt(levy: Levy, row: PaymentFacts): Step {
  const known = levy.receipts.find((receipt) => isOf(receipt, row.taxrpt_no, row.taxrpt_row));
  if (known) {
    const same = known.amt === row.amt && known.inte === row.inte && known.latefee === row.latefee;
    if (!same) return noted(levy, { kind: 'break', code: 'TAX_RECEIPT_CONFLICT', row });
    const entered = known.stage === 'transit' && row.intsury_date !== '';
    return released(entered ? replaced(levy, dated(known, row)) : levy, [{ kind: 'repeated', row }]);
  }
  const receipt: TaxReceipt = {
    taxrpt_no: row.taxrpt_no, taxrpt_row: row.taxrpt_row, amt: fen(row.amt), inte: fen(row.inte), latefee: fen(row.latefee), paid: fen(row.paid),
    clct_time: row.clct_time, ursn_date: row.ursn_date, intsury_date: row.intsury_date, treasury: row.treasury,
    stage: row.intsury_date === '' ? 'transit' : 'treasury', arvl_bchno: '', arvl_date: '', refundedAmt: ZERO, refundedPaid: ZERO,
  };
  // A payment is proof that tax has the row, and that a cancellation under way came too late.
  const exchange = levy.exchange === '50' ? '50' : '40';
  const paid: Levy = { ...levy, exchange, receipts: [...levy.receipts, receipt], posted: [...levy.posted, postingKey(row)] };
  const notes: LevyNote[] = [{ kind: 'posted', row }];
  const surplus = subtract(surplusOf(paid), surplusOf(levy));
  if (surplus > 0) notes.push({ kind: 'surplus', amount: surplus });
  if (levy.exchange === '51') notes.push({ kind: 'cancelNotDone' });
  return released(paid, notes);
}

function dated(receipt: TaxReceipt, row: PaymentFacts): TaxReceipt {
  const entered = row.intsury_date !== '' && receipt.stage === 'transit';
  return {
    ...receipt,
    ursn_date: row.ursn_date || receipt.ursn_date,
    intsury_date: row.intsury_date || receipt.intsury_date,
    treasury: row.treasury || receipt.treasury,
    stage: entered ? 'treasury' : receipt.stage,
  };
}

/** Kinds 02 to 04: what undoes or corrects a receipt; held when that has not come yet. */
function takeChange(levy: Levy, row: PaymentFacts, until: number): Step {
  const key = postingKey(row);
  if (levy.posted.includes(key) || levy.held.some((held) => postingKey(held.row) === key)) return noted(levy, { kind: 'repeated', row });
  const receipt = levy.receipts.find((one) => isOf(one, row.orig_taxrpt_no, row.orig_taxrpt_row));
  const early = receipt === undefined || (row.kind === '03' && receipt.stage === 'transit');
  if (early) return noted({ ...levy, held: [...levy.held, { row, until }] }, { kind: 'held', row });
  return released(...postChange(levy, receipt, row));
}

function postChange(levy: Levy, receipt: TaxReceipt, row: PaymentFacts): [Levy, LevyNote[]] {
  const posted = { ...levy, posted: [...levy.posted, postingKey(row)] };
  const done: LevyNote = { kind: 'posted', row };
  switch (row.kind) {
    case '02': {
      if (receipt.stage !== 'transit') return [levy, [{ kind: 'break', code: receipt.stage === 'voided' ? 'TAX_UNDO_EXCEEDS' : 'TAX_VOID_AFTER_TREASURY', row }]];
      if (row.amt !== -receipt.amt || row.paid !== -receipt.paid) return [levy, [{ kind: 'break', code: 'TAX_UNDO_EXCEEDS', row }]];
      return [replaced(posted, { ...receipt, stage: 'voided' }), [done]];
    }
    case '03': {
      const refundedAmt = subtract(receipt.refundedAmt, fen(row.amt));
      const refundedPaid = subtract(receipt.refundedPaid, fen(row.paid));
      if (receipt.stage === 'voided' || refundedAmt > receipt.amt || refundedPaid > receipt.paid) return [levy, [{ kind: 'break', code: 'TAX_UNDO_EXCEEDS', row }]];
      const refunded = replaced(posted, { ...receipt, refundedAmt, refundedPaid });
      const consented = levy.refund !== null && levy.refund.state !== '90';
      const notes: LevyNote[] = consented ? [done] : [done, { kind: 'refundWithoutConsent', row }];
      return [{ ...refunded, refund: levy.refund && paidBack(levy.refund, row) }, notes];
    }
    default: {
      if (row.intsury_date !== '' && row.intsury_date < receipt.clct_time.slice(0, 10)) return [levy, [{ kind: 'break', code: 'TAX_TREASURY_DATE_EARLY', row }]];
      if (receipt.stage === 'voided') return [levy, [{ kind: 'break', code: 'TAX_UNDO_EXCEEDS', row }]];
      return [replaced(posted, dated(receipt, row)), [done]];
    }
  }
}

/** The application with what came back; null once it is all back. */
function paidBack(refund: Refund, row: PaymentFacts): Refund | null {
  const back = subtract(refund.back, fen(row.amt));
  return back >= refund.amt ? null : { ...refund, back };
}

/** Posts what was held, as far as its time has come now; a treasury date lets a refund follow. */
function released(levy: Levy, notes: readonly LevyNote[]): Step {
  const ready = levy.held.find(({ row }) => {
    const receipt = levy.receipts.find((one) => isOf(one, row.orig_taxrpt_no, row.orig_taxrpt_row));
    return receipt !== undefined && !(row.kind === '03' && receipt.stage === 'transit');
  });
  if (!ready) return { levy, notes };
  const receipt = levy.receipts.find((one) => isOf(one, ready.row.orig_taxrpt_no, ready.row.orig_taxrpt_row)) as TaxReceipt;
  const [next, more] = postChange({ ...levy, held: levy.held.filter((held) => held !== ready) }, receipt, ready.row);
  return released(next, [...notes, ...more]);
}

/** What waited longer than it may becomes a break. */
export function endHolds(levy: Levy, at: number): Step {
  const over = levy.held.filter(({ until }) => until <= at);
  if (over.length === 0) return { levy, notes: [] };
  const notes = over.map(({ row }): LevyNote => ({ kind: 'break', code: 'TAX_ORIGINAL_UNKNOWN', row }));
  return { levy: { ...levy, held: levy.held.filter((held) => !over.includes(held)) }, notes };
}

/**
 * Tax says that the row is dead although payments came: they are payments without a receivable, as if they had come afterwards.
 * Null when money of it has arrived or was refunded, which only people can undo.
 */
export function detached(levy: Levy): Step | null {
  if (levy.receipts.some(({ stage, refundedPaid }) => stage === 'arrived' || refundedPaid > 0) || levy.refund) return null;
  const rows = [...levy.receipts.flatMap(rowsOf), ...levy.held.map(({ row }) => row)];
  return { levy: { ...levy, receipts: [], posted: [], held: [] }, notes: rows.map((row): LevyNote => ({ kind: 'unmatched', row })) };
}

/** The rows that made a receipt what it is, as far as money goes. */
function rowsOf(receipt: TaxReceipt): PaymentFacts[] {
  const { taxrpt_no, taxrpt_row, amt, inte, latefee, paid, clct_time, ursn_date, intsury_date, treasury } = receipt;
  const row: PaymentFacts = { kind: '01', taxrpt_no, taxrpt_row, orig_taxrpt_no: '', orig_taxrpt_row: '', dcla_no: '', amt, inte, latefee, paid, clct_time, ursn_date, intsury_date, treasury };
  if (receipt.stage !== 'voided') return [row];
  const undone = { kind: '02', orig_taxrpt_no: taxrpt_no, orig_taxrpt_row: taxrpt_row, amt: negate(amt), inte: negate(inte), latefee: negate(latefee), paid: negate(paid) };
  return [row, { ...row, ...undone }];
}
