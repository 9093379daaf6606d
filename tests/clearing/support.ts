import { Readable } from 'node:stream';
import { createHash } from 'node:crypto';
import { COLUMNS } from '../../activities/clearing/intake/csv';
import type { IntakeDeps, IntakeSource } from '../../activities/clearing/intake/take';
import { takeFile } from '../../activities/clearing/intake/take';
import type { XrRecord } from '../../domain/clearing/record';
import { add, type Fen, fen, formatYuan } from '../../domain/money';
import type { XrIntakeFile } from '../../store/entities';

export const PROVINCE = '990000';
/** 30 November 2026: October may be cleared. */
export const NOW = Date.UTC(2026, 10, 30);

let serial = 0;

/** A settlement of October 2026 that holds together, with what the test says differently. Amounts in fen. */
export function settlement(given: Partial<XrRecord> & { readonly parts?: Readonly<Record<string, number>>; readonly cash?: number } = {}): XrRecord {
  serial += 1;
  const { parts = { '310100': 100_000, '310200': 20_000 }, cash = 3_000, ...rest } = given;
  const funds = Object.entries(parts).map(([fund_pay_type, amount]) => ({ fund_pay_type, fund_payamt: fen(amount) }));
  return {
    recordType: 'S',
    setl_id: `S${String(serial).padStart(8, '0')}`,
    msgid: `M${serial}`,
    insuplc_admdvs: '990101',
    mdtrtarea_admdvs: '990202',
    fixmedins_code: 'H99020200001',
    psn_no: `P${serial}`,
    insutype: '310',
    med_type: '21',
    setl_time: '2026-10-12 10:00:00',
    businessDate: '2026-10-12',
    reconciledDate: '2026-10-13',
    dise_codg: 'I10.x00',
    psn_cash_pay: fen(cash),
    medfee_sumamt: add(fen(cash), ...funds.map(({ fund_payamt }) => fund_payamt)),
    fulamt_ownpay_amt: fen(0),
    overlmt_selfpay: fen(0),
    preselfpay_amt: fen(0),
    inscp_scp_amt: fen(0),
    reversalOf: '',
    funds,
    ...rest,
  };
}

/** The reversal of a settlement, agreed on at a later day. */
export function reversal(of: XrRecord, reconciledDate: string, given: Partial<XrRecord> = {}): XrRecord {
  const against = (amount: Fen): Fen => fen(-amount);
  serial += 1;
  return {
    ...of,
    recordType: 'R',
    setl_id: `R${String(serial).padStart(8, '0')}`,
    msgid: `M${serial}`,
    reconciledDate,
    reversalOf: of.setl_id,
    medfee_sumamt: against(of.medfee_sumamt),
    psn_cash_pay: against(of.psn_cash_pay),
    fulamt_ownpay_amt: against(of.fulamt_ownpay_amt),
    overlmt_selfpay: against(of.overlmt_selfpay),
    preselfpay_amt: against(of.preselfpay_amt),
    inscp_scp_amt: against(of.inscp_scp_amt),
    funds: of.funds.map(({ fund_pay_type, fund_payamt }) => ({ fund_pay_type, fund_payamt: against(fund_payamt) })),
    ...given,
  };
}

/** A deduction of so many fen from the employee pool's part. */
export function deduction(of: XrRecord, amount: number, reconciledDate: string): XrRecord {
  const part = { '310100': -amount };
  const { insuplc_admdvs, mdtrtarea_admdvs, insutype, med_type, businessDate } = of;
  const row = settlement({ insuplc_admdvs, mdtrtarea_admdvs, insutype, med_type, businessDate, reconciledDate, parts: part, cash: 0 });
  return { ...row, recordType: 'D', setl_id: row.setl_id.replace('S', 'D'), reversalOf: of.setl_id };
}

/** A CSV intake of records with its header and totals. */
export function csvOf(records: readonly XrRecord[], change: (lines: string[]) => string[] = (lines) => lines): string {
  const body = records.map((record) => COLUMNS.map((name) => cellOf(record, name)).join(','));
  const medfee = add(...records.map((record) => record.medfee_sumamt));
  const cash = add(...records.map((record) => record.psn_cash_pay));
  const funds = add(...records.flatMap((record) => record.funds.map(({ fund_payamt }) => fund_payamt)));
  const trailer = `T,${records.length},${formatYuan(medfee)},${formatYuan(funds)},${formatYuan(cash)}`;
  return change([`H,XR-SETTLEMENTS,1,${PROVINCE}`, COLUMNS.join(','), ...body, trailer]).join('\n') + '\n';
}

function cellOf(record: XrRecord, name: (typeof COLUMNS)[number]): string {
  switch (name) {
    case 'record_type':
      return record.recordType;
    case 'business_date':
      return record.businessDate;
    case 'reconciled_date':
      return record.reconciledDate;
    case 'reversal_of':
      return record.reversalOf;
    case 'funds':
      return record.funds.map(({ fund_pay_type, fund_payamt }) => `${fund_pay_type}:${formatYuan(fund_payamt)}`).join(';');
    default: {
      const value = record[name];
      return typeof value === 'number' ? formatYuan(value) : value;
    }
  }
}

export function sourceOf(content: string | Buffer, given: Partial<IntakeSource> = {}): IntakeSource {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content, 'utf8');
  const contentHash = createHash('sha256').update(bytes).digest('hex');
  return {
    spool: { contentHash, bytes: () => Readable.from([bytes]) },
    format: 'csv',
    charset: 'utf-8',
    division: PROVINCE,
    receivedBy: 'sheng-jingban-1',
    ...given,
  };
}

export async function take(deps: IntakeDeps, records: readonly XrRecord[]): Promise<XrIntakeFile> {
  return (await takeFile(deps, sourceOf(csvOf(records)))).file;
}
