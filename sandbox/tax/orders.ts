import { z } from 'zod';
import { addDays, dateTimeProblem, formatDate, parseDate } from '../../domain/calendar';
import { sql, type Db } from '../kit/books';
import { BadControl } from '../kit/control';
import { findLevy, type KeptLevy } from './cashier';
import { looseLike, momentOf, plan, type LooseDetail } from './events';

const moment = z.string().refine((text) => dateTimeProblem(text) === null, { message: 'a time is yyyy-MM-dd HH:mm:ss' });
const amountFen = z.number().int().min(1).max(1e12);
const levy_no = z.string().min(1).max(30);
const at = moment.optional();
const channel = z.enum(['01', '02', '03', '04', '05', '06', '07']).optional();
const month = z.string().regex(/^\d{6}$/);
const text = z.string().max(50).default('');

const payer = z.strictObject({
  line: z.enum(['ZG', 'LH', 'JM', 'TS']), poolarea_no: z.string().regex(/^\d{6}$/), admdvs: z.string().regex(/^\d{6}$/), taxdept_code: z.string().regex(/^\d{11}$/),
  period: month, batch_no: text, payer_kind: z.enum(['1', '2', '3']), uscc: text, tax_reg_no: text, emp_name: text, psn_no: text, cert_type: text, certno: text,
  psn_name: text, levy_item: text, levy_subitem: text, levy_detail: text, clct_type: z.string().default('01'), accrym_begn: month, accrym_end: month,
  insutype: z.string().regex(/^\d{3}$/), part: z.enum(['1', '2', '3', '4']), dcla_no: text,
});

const orderSchema = z.discriminatedUnion('act', [
  /** Pays what is open, or a part; `again` pays once more; `force` pays a dead levy, as at a counter that does not ask. */
  z.strictObject({ act: z.literal('pay'), levy_no, amountFen: amountFen.optional(), again: z.boolean().optional(), force: z.boolean().optional(), channel, at }),
  /** Half of it, or `amountFen`. */
  z.strictObject({ act: z.literal('part'), levy_no, amountFen: amountFen.optional(), force: z.boolean().optional(), at }),
  z.strictObject({ act: z.literal('twice'), levy_no, at }),
  /** So many days after the due date, with 滞纳金. */
  z.strictObject({ act: z.literal('late'), levy_no, days: z.number().int().min(1).max(400).default(5) }),
  /** 票作废 of the newest payment, before it is in the treasury. */
  z.strictObject({ act: z.literal('void'), levy_no, at }),
  /** 退费申请 for the newest payment; the treasury fails `fails` times. */
  z.strictObject({ act: z.literal('refund'), levy_no, amountFen: amountFen.optional(), fails: z.number().int().min(0).max(9).default(0), at }),
  /** Pays at the moment when the cancellation comes; `levy_no` absent: the next `count` cancellations. */
  z.strictObject({ act: z.literal('cross'), levy_no: levy_no.optional(), count: z.number().int().min(1).max(100_000).default(1) }),
  /** 批扣 runs from `at` for `minutes`, and pays at its end unless `fails`. */
  z.strictObject({ act: z.literal('debit'), levy_no, minutes: z.number().int().min(1).max(100_000).default(120), fails: z.boolean().default(false), at }),
  /** A payment that names no levy: by the payer of a levy, or by one that is described. */
  z.strictObject({ act: z.literal('withoutLevy'), like: levy_no.optional(), payer: payer.optional(), amountFen: amountFen.optional(), at }),
]);
export const ordersSchema = z.strictObject({ payments: z.array(orderSchema).max(100_000) });
export type Order = z.infer<typeof orderSchema>;

const HOUR_MS = 3_600_000;
export const CROSSINGS = 'crossings';

/** Plans what an order says. Must run inside a transaction. Throws BadControl for a levy that nobody can pay. */
export function giveOrder(db: Db, order: Order, now: number): number[] {
  switch (order.act) {
    case 'pay': {
      const { levy_no: no, at: when, act: _act, ...payment } = order;
      payable(db, no);
      return [plan(db, momentOf(when, now), no, { act: 'pay', detail: payment })];
    }
    case 'part': {
      const levy = payable(db, order.levy_no);
      const detail = { amountFen: order.amountFen ?? Math.max(1, Math.floor(levy.amt / 2)), force: order.force };
      return [plan(db, momentOf(order.at, now), order.levy_no, { act: 'pay', detail })];
    }
    case 'twice': {
      payable(db, order.levy_no);
      const when = momentOf(order.at, now);
      return [0, 1].map((n) => plan(db, when + n * HOUR_MS, order.levy_no, { act: 'pay', detail: { again: n === 1 } }));
    }
    case 'late': {
      const levy = payable(db, order.levy_no);
      if (levy.due_date === '') throw new BadControl(`levy ${order.levy_no} has no due date`);
      return [plan(db, Math.max(now, parseDate(addDays(levy.due_date, order.days)) + 9 * HOUR_MS), order.levy_no, { act: 'pay', detail: {} })];
    }
    case 'void':
      payable(db, order.levy_no);
      return [plan(db, momentOf(order.at, now), order.levy_no, { act: 'void', detail: {} })];
    case 'refund':
      payable(db, order.levy_no);
      return [plan(db, momentOf(order.at, now), order.levy_no, { act: 'refund', detail: { amountFen: order.amountFen, fails: order.fails } })];
    case 'cross':
      return cross(db, order);
    case 'debit': {
      const from = momentOf(order.at, now);
      const until = from + order.minutes * 60_000;
      payable(db, order.levy_no);
      return debit(db, order.levy_no, from, until, !order.fails);
    }
    case 'withoutLevy':
      return [plan(db, momentOf(order.at, now), '', { act: 'loose', detail: looseOf(db, order) })];
  }
}

/** 批扣 from one moment to another; while it runs a cancellation is refused. */
export function debit(db: Db, levy_no: string, from: number, until: number, pays: boolean): number[] {
  sql<[number, number, string]>(db, 'UPDATE levy SET debit_from = ?, debit_until = ? WHERE levy_no = ?').run(from, until, levy_no);
  return pays ? [plan(db, until, levy_no, { act: 'pay', detail: { channel: '03' } })] : [];
}

function cross(db: Db, { levy_no: no, count }: Extract<Order, { act: 'cross' }>): number[] {
  if (no === undefined) {
    sql<[string, string]>(
      db,
      'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + CAST(excluded.value AS INTEGER) AS TEXT)',
    ).run(CROSSINGS, String(count));
    return [];
  }
  payable(db, no);
  sql<[string]>(db, 'UPDATE levy SET crossed = 1 WHERE levy_no = ?').run(no);
  return [];
}

function payable(db: Db, no: string): KeptLevy {
  const levy = findLevy(db, no);
  if (!levy) throw new BadControl(`no levy ${no}`);
  if (!levy.payable) throw new BadControl(`levy ${no} is a person's split, which nobody pays`);
  return levy;
}

function looseOf(db: Db, order: Extract<Order, { act: 'withoutLevy' }>): LooseDetail {
  const like = order.like === undefined ? null : looseLike(db, order.like, order.amountFen);
  if (like) return like;
  if (!order.payer || order.amountFen === undefined) throw new BadControl('withoutLevy needs like, or payer and amountFen');
  return { ...order.payer, amountFen: order.amountFen };
}

/** The first day on which payers of a scenario come: the day after now. */
export function tomorrow(now: number): string {
  return addDays(formatDate(now), 1);
}
