import type { LevyRow } from '../../schemas/tax/fields';
import { isPayable } from '../../domain/files/control';
import { nextSerial, sql, type Db } from '../kit/books';
import { payerOf } from './cashier';
import { groupOf, type Group } from './group';
import type { RowReason } from './reasons';
import { wrongIdNumber, type Registers } from './registers';
import type { Settings } from './settings';

/** The answer to one row. */
export interface Verdict {
  readonly result: '1' | '2' | '3' | '4' | '5';
  readonly code: RowReason;
  /** Instead of the code's own words. */
  readonly text?: string;
  /** Key that the answer repeats: the levy, or the unit or person of DW and RY. */
  readonly levy_no: string;
  readonly dcla_no?: string;
  readonly taxrpt_no?: string;
}

/** What a judge needs of the file that he reads. */
export interface Desk {
  readonly db: Db;
  readonly registers: Registers;
  readonly settings: Settings;
  readonly arrival: number;
  readonly group: Group;
  /** Epoch ms, and the same as a business date. */
  readonly now: number;
  readonly today: string;
}

const KIND_OF_LINE: Readonly<Record<string, string>> = { ZG: '1', LH: '2', JM: '3' };
/** 补差, 清欠 and special programmes may come twice for the same months. */
const ONCE_A_MONTH: readonly string[] = ['01', '02', '04', '05'];

/** Judges a unit with its persons, or a single person, and books what is accepted. One refused row sends back the whole unit. */
export function judgeLevies(desk: Desk, rows: readonly LevyRow[]): Verdict[] {
  const seen = new Set<string>();
  const reasons = rows.map((row) => {
    const reason = seen.has(row.levy_no) ? 'ZJ0003' : reasonAgainst(desk, row);
    seen.add(row.levy_no);
    return reason;
  });
  const refused = reasons.some((reason) => reason !== null);
  return rows.map((row, index): Verdict => {
    const { levy_no } = row;
    if (!refused) return { result: '1', code: '000000', levy_no, dcla_no: book(desk, row, 'accepted') };
    const code = reasons[index] ?? 'ZJ0016';
    if (code !== 'ZJ0003') book(desk, row, 'refused');
    return { result: '2', code, levy_no };
  });
}

/** Why a row is refused, the first reason; null when it is not. */
function reasonAgainst({ db, group, today, ...desk }: Desk, row: LevyRow): RowReason | null {
  if (row.op !== 'A') return 'ZJ0002';
  if (sql<[string]>(db, 'SELECT 1 FROM levy WHERE levy_no = ?').get(row.levy_no)) return 'ZJ0003';
  if (group.line !== 'TS' && KIND_OF_LINE[group.line] !== row.payer_kind) return 'ZJ0013';
  if (!isPayable(row) && row.payer_kind !== '1') return 'ZJ0014';
  if (row.amt <= 0 || row.inte < 0 || row.latefee < 0) return 'ZJ0011';
  if (row.accrym_begn > row.accrym_end) return 'ZJ0012';
  if (row.levy_item === '' || row.levy_subitem === '') return 'ZJ0018';
  if (!['0', '1', '2', ''].includes(row.latefee_way) || (row.latefee_way !== '2' && row.latefee !== 0)) return 'ZJ0017';
  if (row.due_date !== '' && row.due_date < today) return 'ZJ0019';
  if (row.orig_levy_no !== '' && !sql<[string]>(db, 'SELECT 1 FROM levy WHERE levy_no = ?').get(row.orig_levy_no)) return 'ZJ0015';
  const payer = row.row_level === '1' ? unitReason(desk, row) : personReason(desk, row, today);
  if (payer !== null) return payer;
  const claim = claimOf(row);
  return claim !== null && sql<[string]>(db, "SELECT 1 FROM levy WHERE claim = ? AND state = 'accepted'").get(claim) ? 'ZJ0010' : null;
}

function unitReason({ registers, settings }: Pick<Desk, 'registers' | 'settings'>, row: LevyRow): RowReason | null {
  if (row.tax_reg_no === '') return 'ZJ0004';
  const unit = registers.unitByReg(row.tax_reg_no);
  if (!unit) {
    if (settings.registers === 'strict' || registers.unit(row.emp_no)) return 'ZJ0005';
    registers.putUnit({ emp_no: row.emp_no, tax_reg_no: row.tax_reg_no, uscc: row.uscc, emp_name: row.emp_name, ended: 0 });
    return null;
  }
  if (unit.uscc !== row.uscc || unit.emp_no !== row.emp_no) return 'ZJ0006';
  return unit.ended ? 'ZJ0020' : null;
}

function personReason({ registers, settings }: Pick<Desk, 'registers' | 'settings'>, row: LevyRow, today: string): RowReason | null {
  if (wrongIdNumber(row, today)) return 'ZJ0009';
  const person = registers.person(row.psn_no);
  if (!person) {
    // A unit's person need not be a payer of his own.
    if (row.payer_kind === '1') return null;
    if (settings.registers === 'strict') return 'ZJ0007';
    registers.load({ units: [], persons: [{ psn_no: row.psn_no, cert_type: row.cert_type, certno: row.certno, psn_name: row.psn_name, tax_reg_no: row.tax_reg_no || undefined }] });
    return null;
  }
  if (person.certno !== row.certno || person.psn_name !== row.psn_name) return 'ZJ0008';
  if (row.payer_kind === '1') return null;
  if (row.tax_reg_no !== '' && row.tax_reg_no !== person.tax_reg_no) return 'ZJ0006';
  return person.ended ? 'ZJ0020' : null;
}

/** What nobody owes twice: payer, insurance, part, kind of payment and months. */
function claimOf(row: LevyRow): string | null {
  if (!isPayable(row) || !ONCE_A_MONTH.includes(row.clct_type)) return null;
  return [row.payer_kind === '1' ? row.emp_no : row.psn_no, row.insutype, row.part, row.clct_type, row.accrym_begn, row.accrym_end].join('|');
}

function book({ db, arrival, group }: Desk, row: LevyRow, state: 'accepted' | 'refused'): string {
  const payable = isPayable(row);
  const dcla_no = state === 'refused' ? '' : `YZ${group.poolarea_no}${String(nextSerial(db, 'dcla_no')).padStart(12, '0')}`;
  sql<object>(
    db,
    `INSERT INTO levy (levy_no, arrival, row_no, state, payable, dcla_no, claim, payer_kind, amt, inte, latefee_way, latefee, due_date, agrt_flag, batch_no, detail)
       VALUES (@levy_no, @arrival, @row_no, @state, @payable, @dcla_no, @claim, @payer_kind, @amt, @inte, @latefee_way, @latefee, @due_date, @agrt_flag, @batch_no, @detail)`,
  ).run({
    levy_no: row.levy_no, arrival, row_no: row.row_no, state, payable: payable ? 1 : 0, dcla_no, claim: claimOf(row), payer_kind: row.payer_kind, amt: row.amt,
    inte: row.inte, latefee_way: row.latefee_way, latefee: row.latefee, due_date: row.due_date, agrt_flag: row.agrt_flag, batch_no: group.batch_no,
    detail: JSON.stringify({ ...groupOf(group), ...payerOf(row), insutype: row.insutype, part: row.part, clct_bill_id: row.clct_bill_id }),
  });
  return dcla_no;
}
