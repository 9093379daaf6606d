import type { CatalogueItem } from '../../domain/benefits/catalogue';
import type { CostSums, LineSplit } from '../../domain/benefits/line';
import { fen } from '../../domain/money';
import type { Input2301Feedetail, Output2301Result } from '../../schemas/national/generated/2301';
import type { Db } from './store';

/** A fee line in the books. Amounts in fen. */
export interface Line {
  readonly mdtrt_id: string;
  readonly feedetl_sn: string;
  readonly init_feedetl_sn: string | null;
  readonly fee_ocur_time: string;
  readonly med_list_codg: string;
  readonly cnt: string;
  readonly pric: string;
  readonly split: LineSplit;
  readonly setl_id: string | null;
  readonly msgid: string;
  readonly answer: Output2301Result;
  readonly sent: Input2301Feedetail;
  /** The catalogue version that it was priced by; a return is priced by its original's. */
  readonly item: CatalogueItem;
}

interface Row {
  mdtrt_id: string;
  feedetl_sn: string;
  init_feedetl_sn: string | null;
  fee_ocur_time: string;
  med_list_codg: string;
  cnt: string;
  pric: string;
  setl_id: string | null;
  msgid: string;
  answer: string;
  detail: string;
}

function read(row: Row): Line {
  const { answer, detail, ...columns } = row;
  const rest = JSON.parse(detail) as { sent: Input2301Feedetail; item: CatalogueItem; split: LineSplit };
  return {
    mdtrt_id: columns.mdtrt_id,
    feedetl_sn: columns.feedetl_sn,
    init_feedetl_sn: columns.init_feedetl_sn,
    fee_ocur_time: columns.fee_ocur_time,
    med_list_codg: columns.med_list_codg,
    cnt: columns.cnt,
    pric: columns.pric,
    setl_id: columns.setl_id,
    msgid: columns.msgid,
    answer: JSON.parse(answer) as Output2301Result,
    ...rest,
  };
}

export function lineOf(view: Db, mdtrtId: string, feedetlSn: string): Line | undefined {
  const row = view
    .prepare<[string, string], Row>('SELECT * FROM line WHERE mdtrt_id = ? AND feedetl_sn = ?')
    .get(mdtrtId, feedetlSn);
  return row && read(row);
}

/** Returns of a line, oldest first. */
export function returnsOf(view: Db, mdtrtId: string, feedetlSn: string): Line[] {
  return view
    .prepare<[string, string], Row>('SELECT * FROM line WHERE mdtrt_id = ? AND init_feedetl_sn = ? ORDER BY rowid')
    .all(mdtrtId, feedetlSn)
    .map(read);
}

export function linesOfSettlement(view: Db, setlId: string): Line[] {
  return view.prepare<[string], Row>('SELECT * FROM line WHERE setl_id = ? ORDER BY rowid').all(setlId).map(read);
}

export function allLines(view: Db): Line[] {
  return view.prepare<[], Row>('SELECT * FROM line ORDER BY rowid').all().map(read);
}

export function insertLine(db: Db, line: Omit<Line, 'setl_id'>): void {
  db.prepare(
    `INSERT INTO line (mdtrt_id, feedetl_sn, init_feedetl_sn, fee_ocur_time, med_list_codg, cnt, pric,
       det_item_fee_sumamt, fulamt_ownpay_amt, overlmt_amt, preselfpay_amt, inscp_scp_amt, setl_id, last_setl_id, msgid,
       answer, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?, ?)`,
  ).run(
    line.mdtrt_id,
    line.feedetl_sn,
    line.init_feedetl_sn,
    line.fee_ocur_time,
    line.med_list_codg,
    line.cnt,
    line.pric,
    line.split.det_item_fee_sumamt,
    line.split.fulamt_ownpay_amt,
    line.split.overlmt_amt,
    line.split.preselfpay_amt,
    line.split.inscp_scp_amt,
    line.msgid,
    JSON.stringify(line.answer),
    JSON.stringify({ sent: line.sent, item: line.item, split: line.split }),
  );
}


export interface UnsettledLines {
  readonly sums: CostSums;
  readonly count: number;
  /** Day of the latest fee, or null without lines. */
  readonly lastFee: string | null;
}

/** The lines of a stay that no settlement holds; `also` adds those that this settlement holds. */
export function unsettledLines(view: Db, mdtrtId: string, also: string | null = null): UnsettledLines {
  const row = view
    .prepare<
      [string, string | null],
      { count: number; det: number; own: number; overlmt: number; pre: number; inscp: number; last: string | null }
    >(
      `SELECT count(*) AS count, total(det_item_fee_sumamt) AS det, total(fulamt_ownpay_amt) AS own,
              total(overlmt_amt) AS overlmt, total(preselfpay_amt) AS pre, total(inscp_scp_amt) AS inscp,
              max(fee_ocur_time) AS last
         FROM line WHERE mdtrt_id = ? AND (setl_id IS NULL OR setl_id = ?)`,
    )
    .get(mdtrtId, also);
  if (!row) throw new Error('an aggregate query answers one row');
  return {
    sums: {
      medfee_sumamt: fen(row.det),
      fulamt_ownpay_amt: fen(row.own),
      overlmt_selfpay: fen(row.overlmt),
      preselfpay_amt: fen(row.pre),
      inscp_scp_amt: fen(row.inscp),
    },
    count: row.count,
    lastFee: row.last,
  };
}
