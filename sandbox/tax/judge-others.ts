import type { PaymentRow, PersonRow, ReceiptRow, UnitRow } from '../../schemas/tax/fields';
import { sql, type Db } from '../kit/books';
import type { KeptReceipt } from './cashier';
import { plan } from './events';
import type { Desk, Verdict } from './judge-levy';
import { findApplication } from './refunds';

const DAY_MS = 86_400_000;

/** DW: the answer carries the 登记序号 in `dcla_no`, and the unit's number in `levy_no`. */
export function judgeUnit({ registers }: Desk, row: UnitRow): Verdict {
  const taken = registers.takeUnit(row);
  return typeof taken === 'string' ? { result: '2', code: taken, levy_no: row.emp_no } : { result: '1', code: '000000', levy_no: row.emp_no, dcla_no: taken.tax_reg_no };
}

/** RY, as DW. */
export function judgePerson({ registers, today }: Desk, row: PersonRow): Verdict {
  const taken = registers.takePerson(row, today);
  return typeof taken === 'string' ? { result: '2', code: taken, levy_no: row.psn_no } : { result: '1', code: '000000', levy_no: row.psn_no, dcla_no: taken.tax_reg_no };
}

/**
 * TF: the bureau's decision on an application. `paid` is the amount that it agrees to, negative as in TK; zero says 不同意. An
 * application whose refund failed is agreed to once more by the same row in a new file.
 */
export function judgeConsent({ db, settings, now }: Desk, row: PaymentRow): Verdict {
  const { dcla_no } = row;
  const refuse = (code: 'TF0001' | 'TF0002' | 'TF0003' | 'TF0004'): Verdict => ({ result: '2', code, levy_no: row.levy_no, dcla_no });
  const application = findApplication(db, dcla_no);
  if (!application) return refuse('TF0001');
  if (application.state !== 'sent' && application.state !== 'failed') return refuse('TF0002');
  const receipt = sql<[number], KeptReceipt>(db, 'SELECT * FROM receipt WHERE id = ?').get(application.receipt);
  if (receipt?.taxrpt_no !== row.orig_taxrpt_no || receipt.taxrpt_row !== row.orig_taxrpt_row) return refuse('TF0004');
  if (row.paid !== 0 && (row.paid !== -application.paid || row.amt !== -application.amt)) return refuse('TF0003');
  const agreed = row.paid !== 0;
  sql<[string, string]>(db, 'UPDATE application SET state = ? WHERE dcla_no = ?').run(agreed ? 'agreed' : 'refused', dcla_no);
  if (agreed) plan(db, now + settings.refundDays * DAY_MS, row.levy_no, { act: 'refundPay', detail: { dcla_no } });
  return { result: '1', code: '000000', levy_no: row.levy_no, dcla_no };
}

/** HZ and DF of the bureau: kept, nothing is answered. */
export function keepFeedback(db: Db, arrival: number, n: number, ref_file: string, row: ReceiptRow): void {
  sql<unknown[]>(db, 'INSERT INTO feedback (arrival, row_no, ref_file, levy_no, result, code, text) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    arrival, n, ref_file, row.levy_no, row.result, row.code, row.text,
  );
}
