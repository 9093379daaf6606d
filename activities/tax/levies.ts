import type { EntityManager } from 'typeorm';
import { levyNoOf } from '../../domain/contribution/levy-no';
import type { PayerKind } from '../../domain/contribution/types';
import type { LevyLine } from '../../domain/contribution/variants';
import { type Fen, subtract, ZERO } from '../../domain/money';
import { poolAreaOf } from '../../domain/tax/exchange';
import { postingKey, type ExchangeState, type HeldRow, type Levy, type PaymentFacts, type TaxReceipt } from '../../domain/tax/levy';
import { fenOf, integerOf } from '../../store/columns';

/** What stands in the row of a levy, beside what its state machine knows. */
export interface LevyRecord {
  readonly id: number;
  readonly levyNo: string;
  readonly division: string;
  readonly batchId: string;
  readonly line: LevyLine;
  readonly payerKind: PayerKind;
  readonly rowLevel: number;
  readonly unitNo: string | null;
  readonly psnNo: string | null;
  readonly insutype: string;
  readonly part: string;
  readonly accrym_begn: string;
  readonly accrym_end: string;
  /** As the columns have them. */
  readonly exchange: number;
  readonly money: number;
  readonly paidFen: Fen;
  readonly sentFile: number | null;
}

/** A row of `tax_payment`. */
export interface PostedPayment {
  readonly facts: PaymentFacts;
  readonly fileId: number;
  readonly chunkNo: number;
  readonly rowNo: number;
  readonly originFile: number | null;
}

/** A held row of a levy as it is kept. */
export interface HeldPayment {
  readonly asideId: number;
  readonly fileId: number;
  readonly chunkNo: number;
  readonly rowNo: number;
  readonly held: HeldRow;
}

/** A levy with everything that its state follows from. */
export interface Standing {
  readonly record: LevyRecord;
  readonly levy: Levy;
  readonly payments: readonly PostedPayment[];
  readonly held: readonly HeldPayment[];
}

/** Pseudo kind of a repetition that brought the day of 入库. */
export const DATED = '0D';

const LEVY = 'id, batch_id, division, line, payer_kind, row_level, unit_no, psn_no, insutype, part, cashym, accrym_begn, accrym_end, amt_fen, exchange, money, paid_fen, send_batch, sent_file, accepted';
const PAYMENT = 'taxrpt_no, taxrpt_row, kind, levy_id, file_id, chunk_no, row_no, origin_file, orig_taxrpt_no, orig_taxrpt_row, dcla_no, amt_fen, inte_fen, latefee_fen, paid_fen, clct_time, ursn_date, intsury_date, treasury';

type Raw = Readonly<Record<string, unknown>>;
const text = (value: unknown): string => (value === null || value === undefined ? '' : (value as string));
const integerOrNull = (value: unknown): number | null => (value === null || value === undefined ? null : integerOf(value));

/** Safe integers as a list for IN; never empty. */
export function listOf(ids: readonly number[]): string {
  const bad = ids.find((id) => !Number.isSafeInteger(id));
  if (bad !== undefined) throw new RangeError(`not an id: ${bad}`);
  return ids.length === 0 ? 'NULL' : ids.join(',');
}

/**
 * Levies by id with their payments and held rows, locked until the transaction ends. Split rows and withdrawn ones are not among
 * them: neither is ever paid.
 */
export async function holdLevies(manager: EntityManager, ids: readonly number[]): Promise<Map<number, Standing>> {
  if (ids.length === 0) return new Map();
  const lock = manager.dataSource.options.type === 'mysql' ? ' FOR UPDATE' : '';
  const list = listOf([...new Set(ids)].sort((a, b) => a - b));
  const rows: Raw[] = await manager.query(`SELECT ${LEVY} FROM levy WHERE id IN (${list}) AND row_level = 1 AND exchange <> 0 ORDER BY id${lock}`);
  const payments = await paymentsOf(manager, `levy_id IN (${list})`);
  const held = await heldOf(manager, list);
  return new Map(rows.map((row) => {
    const record = recordOf(row);
    const own = payments.get(record.id) ?? [];
    const waiting = held.get(record.id) ?? [];
    return [record.id, { record, levy: levyOf(row, record, own, waiting), payments: own, held: waiting }];
  }));
}

/** Posted payments under a condition, by levy, in the order in which a levy takes them. */
export async function paymentsOf(manager: EntityManager, condition: string): Promise<Map<number, PostedPayment[]>> {
  const found = new Map<number, PostedPayment[]>();
  const rows: Raw[] = await manager.query(`SELECT ${PAYMENT} FROM tax_payment WHERE ${condition} ORDER BY levy_id, kind, file_id, row_no`);
  for (const row of rows) {
    const levyId = integerOf(row['levy_id']);
    const payment: PostedPayment = {
      facts: {
        kind: text(row['kind']), taxrpt_no: text(row['taxrpt_no']), taxrpt_row: text(row['taxrpt_row']), orig_taxrpt_no: text(row['orig_taxrpt_no']),
        orig_taxrpt_row: text(row['orig_taxrpt_row']), dcla_no: text(row['dcla_no']), amt: fenOf(row['amt_fen']), inte: fenOf(row['inte_fen']),
        latefee: fenOf(row['latefee_fen']), paid: fenOf(row['paid_fen']), clct_time: text(row['clct_time']), ursn_date: text(row['ursn_date']),
        intsury_date: text(row['intsury_date']), treasury: text(row['treasury']),
      },
      fileId: integerOf(row['file_id']), chunkNo: integerOf(row['chunk_no']), rowNo: integerOf(row['row_no']), originFile: integerOrNull(row['origin_file']),
    };
    const list = found.get(levyId);
    if (list) list.push(payment);
    else found.set(levyId, [payment]);
  }
  return found;
}

async function heldOf(manager: EntityManager, list: string): Promise<Map<number, HeldPayment[]>> {
  const rows: Raw[] = await manager.query(`SELECT id, levy_id, facts, until, file_id, chunk_no, row_no FROM tax_aside WHERE levy_id IN (${list}) AND sort = 'held' ORDER BY id`);
  const found = new Map<number, HeldPayment[]>();
  for (const row of rows) {
    const levyId = integerOf(row['levy_id']);
    const held = { row: JSON.parse(text(row['facts'])) as PaymentFacts, until: integerOf(row['until']) };
    const kept = { asideId: integerOf(row['id']), fileId: integerOf(row['file_id']), chunkNo: integerOf(row['chunk_no']), rowNo: integerOf(row['row_no']), held };
    found.set(levyId, [...(found.get(levyId) ?? []), kept]);
  }
  return found;
}

function recordOf(row: Raw): LevyRecord {
  const id = integerOf(row['id']);
  const division = text(row['division']);
  const line = row['line'] as LevyLine;
  return {
    id, division, line,
    levyNo: levyNoOf({ id, poolArea: poolAreaOf(division), cashym: integerOf(row['cashym']), line }),
    batchId: text(row['batch_id']), payerKind: row['payer_kind'] as PayerKind, rowLevel: integerOf(row['row_level']),
    unitNo: row['unit_no'] as string | null, psnNo: row['psn_no'] as string | null, insutype: text(row['insutype']), part: text(row['part']),
    accrym_begn: String(integerOf(row['accrym_begn'])), accrym_end: String(integerOf(row['accrym_end'])),
    exchange: integerOf(row['exchange']), money: integerOf(row['money']), paidFen: fenOf(row['paid_fen']), sentFile: integerOrNull(row['sent_file']),
  };
}

function levyOf(row: Raw, { levyNo, exchange, sentFile }: LevyRecord, payments: readonly PostedPayment[], held: readonly HeldPayment[]): Levy {
  const posted = payments.filter(({ facts }) => facts.kind !== DATED).map(({ facts }) => postingKey(facts));
  return {
    levy_no: levyNo, amt: fenOf(row['amt_fen']), exchange: String(exchange) as ExchangeState, maker: '', sent: sentFile !== null, accepted: integerOrNull(row['accepted']) === 1,
    dcla_no: '', reason: '', debitRunning: false, cancel: 'none',
    receipts: receiptsOf(payments), posted, held: held.map((each) => each.held), refund: null, booked: '',
  };
}

/** Receipts as the rows that were posted made them. */
export function receiptsOf(payments: readonly PostedPayment[]): TaxReceipt[] {
  const receipts = new Map<string, TaxReceipt>();
  for (const { facts } of payments) {
    if (facts.kind !== '01') continue;
    const { taxrpt_no, taxrpt_row, amt, inte, latefee, paid, clct_time, ursn_date, intsury_date, treasury } = facts;
    receipts.set(`${taxrpt_no}/${taxrpt_row}`, {
      taxrpt_no, taxrpt_row, amt: amt as Fen, inte: inte as Fen, latefee: latefee as Fen, paid: paid as Fen, clct_time, ursn_date, intsury_date, treasury,
      stage: intsury_date === '' ? 'transit' : 'treasury', arvl_bchno: '', arvl_date: '', refundedAmt: ZERO, refundedPaid: ZERO,
    });
  }
  for (const { facts } of payments) {
    if (facts.kind === '01') continue;
    const key = facts.kind === DATED ? `${facts.taxrpt_no}/${facts.taxrpt_row}` : `${facts.orig_taxrpt_no}/${facts.orig_taxrpt_row}`;
    const receipt = receipts.get(key);
    if (receipt) receipts.set(key, changed(receipt, facts));
  }
  return [...receipts.values()];
}

function changed(receipt: TaxReceipt, facts: PaymentFacts): TaxReceipt {
  if (facts.kind === '02') return { ...receipt, stage: 'voided' };
  if (facts.kind === '03') return { ...receipt, refundedAmt: subtract(receipt.refundedAmt, facts.amt as Fen), refundedPaid: subtract(receipt.refundedPaid, facts.paid as Fen) };
  return {
    ...receipt,
    ursn_date: facts.ursn_date || receipt.ursn_date, intsury_date: facts.intsury_date || receipt.intsury_date, treasury: facts.treasury || receipt.treasury,
    stage: facts.intsury_date !== '' && receipt.stage === 'transit' ? 'treasury' : receipt.stage,
  };
}
