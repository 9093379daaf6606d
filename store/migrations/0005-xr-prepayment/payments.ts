import type { QueryRunner } from 'typeorm';
import { businessTime, createTable, encrypted, generatedId, integer, nullable, text } from '../tables';

/** Orders, requests for funds, payments and their traces. */
export async function createPaymentTables(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'order_counter',
    [text('payer', 6), text('letters', 2), integer('year'), integer('last_no')],
    { primary: ['payer', 'letters', 'year'] },
  );
  await createTable(
    runner,
    'payment_order',
    [
      generatedId(),
      text('order_no', 40),
      text('kind', 8),
      text('payer', 6),
      text('payee', 6),
      text('city', 6),
      text('fund', 24),
      text('period', 7),
      nullable(text('batch_id', 24)),
      integer('payable_fen'),
      integer('deduction_fen'),
      integer('reserve_fen'),
      integer('drawn_fen'),
      integer('due_fen'),
      integer('paid_fen'),
      integer('received_fen'),
      integer('payee_account_id'),
      nullable(text('subject', 40)),
      businessTime('due_date'),
      text('state', 8),
      nullable(text('stop_reason', 16)),
      text('case_no', 100),
      integer('issued_at'),
      nullable(integer('voided_at')),
    ],
    {
      unique: { uq_payment_order_no: ['order_no'] },
      indexes: {
        ix_payment_order_payer: ['payer', 'state', 'id'],
        ix_payment_order_payee: ['payee', 'state', 'id'],
        ix_payment_order_city: ['city', 'fund', 'period'],
        ix_payment_order_case: ['case_no'],
        ix_payment_order_account: ['payee_account_id', 'state'],
      },
    },
  );
  await createTable(
    runner,
    'payment_order_line',
    [
      integer('order_id'),
      integer('line_no'),
      nullable(text('payable_id', 32)),
      text('paying_city', 6),
      text('receiving_city', 6),
      nullable(text('insutype', 6)),
      integer('payable_fen'),
      integer('deduction_fen'),
      integer('reserve_fen'),
      integer('drawn_fen'),
      integer('due_fen'),
      integer('paid_fen'),
      integer('received_fen'),
    ],
    { primary: ['order_id', 'line_no'], indexes: { ix_payment_order_line_payable: ['payable_id'] } },
  );
  await createTable(
    runner,
    'fund_request',
    [
      generatedId(),
      text('case_no', 100),
      nullable(integer('order_id')),
      text('city', 6),
      text('fund', 24),
      text('plan_no', 40),
      integer('amount_fen'),
      text('state', 10),
      integer('at'),
    ],
    { unique: { uq_fund_request_case: ['case_no'], uq_fund_request_order: ['order_id'] }, indexes: { ix_fund_request_plan: ['city', 'plan_no'] } },
  );
  await createTable(
    runner,
    'payment',
    [
      generatedId(),
      text('payment_no', 40),
      text('payer', 6),
      text('payee', 6),
      text('fund', 24),
      text('receipt_no', 60),
      nullable(text('receipt_key', 80)),
      businessTime('paid_on'),
      integer('amount_fen'),
      integer('payer_account_id'),
      nullable(encrypted('remark')),
      text('state', 8),
      nullable(businessTime('received_on')),
      nullable(businessTime('bounced_on')),
      nullable(text('bounce_reason', 200)),
      businessTime('trace_from'),
      text('paid_case_no', 100),
      nullable(text('received_case_no', 100)),
      integer('at'),
    ],
    {
      unique: { uq_payment_no: ['payment_no'], uq_payment_receipt: ['receipt_key'] },
      indexes: {
        ix_payment_payer: ['payer', 'paid_on', 'id'],
        ix_payment_payee: ['payee', 'state', 'id'],
        ix_payment_state: ['state', 'trace_from'],
      },
    },
  );
  await createTable(
    runner,
    'payment_split',
    [integer('payment_id'), integer('order_id'), integer('line_no'), integer('fen')],
    { primary: ['payment_id', 'order_id', 'line_no'], indexes: { ix_payment_split_order: ['order_id'] } },
  );
  await createTable(
    runner,
    'payment_trace',
    [
      generatedId(),
      integer('payment_id'),
      text('state', 8),
      integer('opened_at'),
      nullable(integer('closed_at')),
      nullable(text('result', 8)),
    ],
    { unique: { uq_payment_trace_payment: ['payment_id'] }, indexes: { ix_payment_trace_state: ['state', 'opened_at'] } },
  );
}
