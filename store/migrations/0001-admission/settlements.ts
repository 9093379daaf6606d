import type { QueryRunner } from 'typeorm';
import { businessTime, createTable, encrypted, generatedId, integer, nullable, text } from '../tables';

/** Amounts of a settlement under their national names. */
const SETTLEMENT_AMOUNTS = [
  'medfee_sumamt',
  'fulamt_ownpay_amt',
  'overlmt_selfpay',
  'preselfpay_amt',
  'inscp_scp_amt',
  'act_pay_dedc',
  'hifp_pay',
  'cvlserv_pay',
  'hifes_pay',
  'hifmi_pay',
  'hifob_pay',
  'hifdm_pay',
  'maf_pay',
  'oth_pay',
  'fund_pay_sumamt',
  'psn_part_amt',
  'acct_pay',
  'acct_mulaid_pay',
  'psn_cash_pay',
  'hosp_part_amt',
  'balc',
] as const;

/** Settlements with their funds, lists and printed sheets. */
export async function createSettlementTables(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'settlement',
    [
      generatedId(),
      text('admission_id', 80),
      text('institution', 30),
      text('setl_id', 30),
      text('msgid', 30),
      text('infno', 12),
      text('kind', 16),
      text('status', 16),
      businessTime('setl_time'),
      businessTime('business_date'),
      text('insutype', 6),
      nullable(text('clr_type', 6)),
      nullable(text('clr_way', 6)),
      nullable(text('clr_optins', 6)),
      nullable(text('hi_paymtd', 6)),
      ...SETTLEMENT_AMOUNTS.map((name) => integer(name)),
      integer('deposit_applied'),
      integer('deposit_refund'),
      integer('top_up'),
      encrypted('raw'),
      nullable(integer('cancelled_at')),
      nullable(text('cancel_msgid', 30)),
      nullable(text('cancel_setl_id', 30)),
    ],
    {
      unique: { uq_settlement_msgid: ['msgid'], uq_settlement_setl: ['institution', 'setl_id'] },
      indexes: {
        ix_settlement_admission: ['admission_id', 'id'],
        ix_settlement_day: ['institution', 'business_date', 'status'],
      },
    },
  );
  await createTable(
    runner,
    'settlement_fund',
    [
      integer('settlement_id'),
      integer('line_no'),
      text('fund_pay_type', 6),
      nullable(text('fund_pay_type_name', 200)),
      nullable(integer('inscp_scp_amt')),
      nullable(integer('crt_payb_lmt_amt')),
      integer('fund_payamt'),
      nullable(text('setl_proc_info', 500)),
    ],
    { primary: ['settlement_id', 'line_no'] },
  );
  await createTable(
    runner,
    'settlement_list',
    [integer('settlement_id'), text('setl_list_id', 30), text('state', 16), integer('updated_at')],
    { primary: ['settlement_id'] },
  );
  await createTable(
    runner,
    'sheet_print',
    [integer('settlement_id'), integer('print_no'), text('request_key', 64), text('operator_id', 30), integer('printed_at')],
    { primary: ['settlement_id', 'print_no'], unique: { uq_sheet_print_request: ['settlement_id', 'request_key'] } },
  );
}
