import { sql, type Db } from '../kit/books';

/** The office's own books, as tests ask for them. Amounts in fen. Details stand beside the columns. */
const kinds = {
  levies: "SELECT levy_no, state, payable, dcla_no, payer_kind, amt, inte, latefee, due_date, batch_no, debit_from, debit_until, detail FROM levy ORDER BY arrival, row_no",
  receipts: `SELECT r.id, r.kind, r.levy_no, r.taxrpt_no, r.taxrpt_row, r.orig, o.taxrpt_no AS orig_taxrpt_no, r.dcla_no, r.line, r.batch_no, r.insutype, r.part, r.amt, r.inte,
      r.latefee, r.paid, r.clct_time, r.ursn_date, r.intsury_date, r.treasury, r.budget, r.channel, r.voided, h.name AS hp_file, e.name AS entry_file,
      r.treasury_line, r.fiscal_line, r.detail
      FROM receipt r LEFT JOIN receipt o ON o.id = r.orig LEFT JOIN out_file h ON h.id = r.hp_file LEFT JOIN out_file e ON e.id = r.entry_file ORDER BY r.id`,
  arrivals: 'SELECT * FROM arrival ORDER BY id',
  answers: 'SELECT * FROM row_answer ORDER BY arrival, row_no',
  files: `SELECT f.id, f.item, f.name, f.rows, f.amt, f.bytes, f.sm3, f.cut, f.visible_at, f.shown, f.spoilt, (SELECT count(*) FROM listing l WHERE l.file = f.id) AS listed
      FROM out_file f ORDER BY f.id`,
  refunds: 'SELECT * FROM application ORDER BY rowid',
  statements: 'SELECT * FROM statement_line ORDER BY id',
  units: 'SELECT * FROM unit ORDER BY emp_no',
  persons: 'SELECT * FROM person ORDER BY psn_no',
  declarations: 'SELECT d.dcla_no, f.name AS file, d.row AS detail FROM declaration d JOIN out_file f ON f.id = d.file ORDER BY d.id',
  feedback: 'SELECT * FROM feedback ORDER BY arrival, row_no',
  events: 'SELECT * FROM event ORDER BY at, id',
} as const;

export type RecordKind = keyof typeof kinds;

export function isRecordKind(text: string): text is RecordKind {
  return Object.hasOwn(kinds, text);
}

interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** One kind of record, or the totals. */
export function readRecords(db: Db, kind: RecordKind | undefined, { limit, offset }: Page): Record<string, unknown> {
  if (!kind) return { totals: totals(db) };
  const rows = sql<[number, number], Record<string, unknown>>(db, `SELECT * FROM (${kinds[kind]}) LIMIT ? OFFSET ?`).all(limit, offset);
  return { [kind]: rows.map(flattened) };
}

function flattened({ detail, ...row }: Record<string, unknown>): Record<string, unknown> {
  return typeof detail === 'string' ? { ...(JSON.parse(detail) as object), ...row } : row;
}

function totals(db: Db): unknown {
  return sql(
    db,
    `SELECT (SELECT count(*) FROM levy WHERE state = 'accepted' AND payable = 1) AS leviesLive, (SELECT count(*) FROM levy WHERE state = 'refused') AS leviesRefused,
            (SELECT count(*) FROM levy WHERE state = 'cancelled') AS leviesCancelled, count(*) AS receipts, coalesce(sum(paid), 0) AS paidFen,
            coalesce(sum(amt), 0) AS amtFen, coalesce(sum(paid) FILTER (WHERE hp_file IS NOT NULL), 0) AS toldFen,
            (SELECT count(*) FROM arrival WHERE state IN ('received', 'reading')) AS filesWaiting, (SELECT count(*) FROM event WHERE result IS NULL) AS eventsOpen
       FROM receipt`,
  ).get();
}
