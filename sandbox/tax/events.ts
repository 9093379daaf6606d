import { formatDateTime, parseDate, parseDateTime } from '../../domain/calendar';
import { sql, type Books, type Db } from '../kit/books';
import { addReceipt, findLevy, newReceiptNo, payerOf, takePayment, voidPayment, type PayerDetail, type Payment } from './cashier';
import type { Group } from './group';
import { applyForRefund, payRefund } from './refunds';
import { budgetOf, treasuryOf, type Settings } from './settings';

/** A payment that names no levy: the payer and what he says that he pays for. */
export interface LooseDetail extends Group, PayerDetail {
  readonly insutype: string;
  readonly part: string;
  readonly dcla_no: string;
  readonly amountFen: number;
}

/** What payers and the treasury will do at a time. */
export type Act =
  | { readonly act: 'pay'; readonly detail: Payment }
  | { readonly act: 'void'; readonly detail: object }
  | { readonly act: 'refund'; readonly detail: { readonly amountFen?: number | undefined; readonly fails?: number | undefined } }
  | { readonly act: 'refundPay'; readonly detail: { readonly dcla_no: string } }
  | { readonly act: 'loose'; readonly detail: LooseDetail };

interface EventRow {
  readonly id: number;
  readonly at: number;
  readonly act: Act['act'];
  readonly levy_no: string;
  readonly detail: string;
}

/** Plans an act. Must run inside a transaction. Returns its number, under which `_records?kind=events` tells what came of it. */
export function plan(db: Db, at: number, levy_no: string, { act, detail }: Act): number {
  const added = sql<[number, string, string, string]>(db, 'INSERT INTO event (at, act, levy_no, detail) VALUES (?, ?, ?, ?)').run(at, act, levy_no, JSON.stringify(detail));
  return Number(added.lastInsertRowid);
}

const A_TURN = 1000;

/** Performs what is due at `until`, in the order of its time; one transaction for a thousand acts. */
export async function performDue(books: Books, settings: Settings, until: number): Promise<void> {
  const { db } = books;
  for (;;) {
    const performed = books.write(false, () => {
      const due = sql<[number, number], EventRow>(db, 'SELECT * FROM event WHERE result IS NULL AND at <= ? ORDER BY at, id LIMIT ?').all(until, A_TURN);
      // What one act plans may come before the next one of these, so such a turn ends early.
      for (const [index, event] of due.entries()) {
        const { result, later } = perform(db, settings, event);
        if (later === undefined) sql<[string, number]>(db, 'UPDATE event SET result = ? WHERE id = ?').run(result, event.id);
        else {
          sql<[number, number]>(db, 'UPDATE event SET at = ? WHERE id = ?').run(later, event.id);
          return index + 1;
        }
      }
      return due.length;
    });
    if (performed === 0) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What came of an act, or when to try it again. */
function perform(db: Db, settings: Settings, event: EventRow): { result: string; later?: number } {
  const planned = { act: event.act, detail: JSON.parse(event.detail) as unknown } as Act;
  switch (planned.act) {
    case 'pay':
      return { result: told(takePayment(db, settings, event.levy_no, planned.detail, event.at)) };
    case 'void':
      return { result: told(voidPayment(db, event.levy_no, event.at)) };
    case 'refund': {
      const applied = applyForRefund(db, event.levy_no, event.at, planned.detail);
      if (applied === 'nothing') return { result: applied };
      return 'until' in applied ? { result: '', later: parseDate(applied.until) + 10 * 3_600_000 } : { result: applied.dcla_no };
    }
    case 'refundPay':
      return { result: payRefund(db, planned.detail.dcla_no, event.at) };
    case 'loose':
      return { result: told(takeLoose(db, settings, planned.detail, event.at)) };
  }
}

const told = (outcome: number | string): string => (typeof outcome === 'number' ? `receipt ${outcome}` : outcome);

function takeLoose(db: Db, settings: Settings, loose: LooseDetail, at: number): number {
  const day = formatDateTime(at).slice(0, 10);
  const after = (days: number): string => formatDateTime(parseDate(day) + days * 86_400_000).slice(0, 10);
  return addReceipt(db, {
    kind: '01', taxrpt_no: newReceiptNo(db, loose.poolarea_no, at), orig: null, levy_no: '', dcla_no: loose.dcla_no, group: loose, insutype: loose.insutype,
    part: loose.part, amt: loose.amountFen, inte: 0, latefee: 0, at, channel: '04', ursn_date: after(settings.ursnDays), intsury_date: after(settings.treasuryDays),
    treasury: treasuryOf(settings, loose.poolarea_no, 0), budget: budgetOf(settings, loose.insutype), detail: payerOf(loose),
  });
}

/** The payer of a levy, for a payment that shall not name it. */
export function looseLike(db: Db, levy_no: string, amountFen: number | undefined): LooseDetail | null {
  const levy = findLevy(db, levy_no);
  if (!levy) return null;
  const detail = JSON.parse(levy.detail) as LooseDetail;
  return { ...detail, dcla_no: '', amountFen: amountFen ?? levy.amt };
}

/** A moment of an order: `yyyy-MM-dd HH:mm:ss`, never before now. */
export function momentOf(text: string | undefined, now: number): number {
  return text === undefined ? now : Math.max(now, parseDateTime(text));
}
