import { join } from 'node:path';
import { openBooks, type Books } from '../kit/books';

/** Amounts are fen. `clct_day`, `*_date` are business dates, `*_at` of files and events epoch ms of the office's clock. */
const TABLES = `
CREATE TABLE IF NOT EXISTS unit (
  emp_no TEXT PRIMARY KEY, tax_reg_no TEXT NOT NULL UNIQUE, uscc TEXT NOT NULL, emp_name TEXT NOT NULL, ended INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS person (
  psn_no TEXT PRIMARY KEY, tax_reg_no TEXT NOT NULL UNIQUE, cert_type TEXT NOT NULL, certno TEXT NOT NULL, psn_name TEXT NOT NULL,
  ended INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS person_certno ON person (certno);

CREATE TABLE IF NOT EXISTS arrival (
  id INTEGER PRIMARY KEY, task_no TEXT NOT NULL UNIQUE, name TEXT NOT NULL, sm3 TEXT NOT NULL, bytes INTEGER NOT NULL,
  item TEXT NOT NULL, line TEXT NOT NULL, poolarea_no TEXT NOT NULL, taxdept_code TEXT NOT NULL, period TEXT NOT NULL, day TEXT NOT NULL,
  file_sn INTEGER NOT NULL, ready TEXT NOT NULL, header TEXT, received_at TEXT NOT NULL, state TEXT NOT NULL, code TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL DEFAULT '', next_record INTEGER NOT NULL DEFAULT 1, rows INTEGER NOT NULL DEFAULT 0, refused INTEGER NOT NULL DEFAULT 0,
  answer TEXT NOT NULL DEFAULT '', times INTEGER NOT NULL DEFAULT 1, UNIQUE (item, line, poolarea_no, day, file_sn)) STRICT;
CREATE TABLE IF NOT EXISTS row_answer (
  arrival INTEGER NOT NULL, row_no INTEGER NOT NULL, levy_no TEXT NOT NULL, result TEXT NOT NULL, code TEXT NOT NULL, text TEXT NOT NULL,
  dcla_no TEXT NOT NULL, taxrpt_no TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (arrival, row_no)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS feedback (
  arrival INTEGER NOT NULL, row_no INTEGER NOT NULL, ref_file TEXT NOT NULL, levy_no TEXT NOT NULL, result TEXT NOT NULL, code TEXT NOT NULL,
  text TEXT NOT NULL, PRIMARY KEY (arrival, row_no)) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS levy (
  levy_no TEXT PRIMARY KEY, arrival INTEGER NOT NULL, row_no INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('accepted', 'refused', 'cancelled')), payable INTEGER NOT NULL, dcla_no TEXT NOT NULL, claim TEXT,
  payer_kind TEXT NOT NULL, amt INTEGER NOT NULL, inte INTEGER NOT NULL, latefee_way TEXT NOT NULL, latefee INTEGER NOT NULL,
  due_date TEXT NOT NULL, agrt_flag TEXT NOT NULL, batch_no TEXT NOT NULL, detail TEXT NOT NULL,
  debit_from INTEGER, debit_until INTEGER, crossed INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS levy_arrival ON levy (arrival, row_no);
CREATE INDEX IF NOT EXISTS levy_batch ON levy (batch_no);
CREATE UNIQUE INDEX IF NOT EXISTS levy_claim ON levy (claim) WHERE state = 'accepted';

CREATE TABLE IF NOT EXISTS receipt (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, levy_no TEXT NOT NULL, taxrpt_no TEXT NOT NULL, taxrpt_row TEXT NOT NULL,
  orig INTEGER REFERENCES receipt (id), dcla_no TEXT NOT NULL, line TEXT NOT NULL, poolarea_no TEXT NOT NULL, admdvs TEXT NOT NULL,
  taxdept_code TEXT NOT NULL, period TEXT NOT NULL, batch_no TEXT NOT NULL, insutype TEXT NOT NULL, part TEXT NOT NULL,
  amt INTEGER NOT NULL, inte INTEGER NOT NULL, latefee INTEGER NOT NULL, paid INTEGER NOT NULL CHECK (paid = amt + inte + latefee),
  clct_time TEXT NOT NULL, clct_day TEXT NOT NULL, ursn_date TEXT NOT NULL, intsury_date TEXT NOT NULL, treasury TEXT NOT NULL,
  budget TEXT NOT NULL, channel TEXT NOT NULL, detail TEXT NOT NULL, voided INTEGER NOT NULL DEFAULT 0, hp_file INTEGER, entry_file INTEGER,
  treasury_line INTEGER, fiscal_line INTEGER, UNIQUE (taxrpt_no, taxrpt_row, kind)) STRICT;
CREATE INDEX IF NOT EXISTS receipt_levy ON receipt (levy_no);
CREATE INDEX IF NOT EXISTS receipt_orig ON receipt (orig);
CREATE INDEX IF NOT EXISTS receipt_day ON receipt (clct_day);
CREATE INDEX IF NOT EXISTS receipt_untold ON receipt (clct_time) WHERE hp_file IS NULL;
CREATE INDEX IF NOT EXISTS receipt_entry ON receipt (intsury_date) WHERE entry_file IS NULL;
CREATE INDEX IF NOT EXISTS receipt_treasury ON receipt (intsury_date) WHERE treasury_line IS NULL;
CREATE INDEX IF NOT EXISTS receipt_fiscal ON receipt (intsury_date) WHERE fiscal_line IS NULL;

CREATE TABLE IF NOT EXISTS application (
  dcla_no TEXT PRIMARY KEY, receipt INTEGER NOT NULL, taxrpt_no TEXT NOT NULL, amt INTEGER NOT NULL, inte INTEGER NOT NULL,
  latefee INTEGER NOT NULL, paid INTEGER NOT NULL, state TEXT NOT NULL, fails INTEGER NOT NULL, applied_at TEXT NOT NULL,
  tk_file INTEGER) STRICT;
CREATE TABLE IF NOT EXISTS refund_result (
  id INTEGER PRIMARY KEY, dcla_no TEXT NOT NULL, succeeded INTEGER NOT NULL, at TEXT NOT NULL, file INTEGER) STRICT;
CREATE TABLE IF NOT EXISTS declaration (
  id INTEGER PRIMARY KEY, dcla_no TEXT NOT NULL, file INTEGER NOT NULL, row TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS declaration_file ON declaration (file);
CREATE TABLE IF NOT EXISTS statement_line (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL, stmt_date TEXT NOT NULL, poolarea_no TEXT NOT NULL, admdvs TEXT NOT NULL,
  taxdept_code TEXT NOT NULL, treasury TEXT NOT NULL, budget TEXT NOT NULL, insutype TEXT NOT NULL, part TEXT NOT NULL, amt INTEGER NOT NULL,
  voucher_no TEXT NOT NULL, summary TEXT NOT NULL, told_on TEXT NOT NULL, file INTEGER) STRICT;
CREATE INDEX IF NOT EXISTS statement_untold ON statement_line (told_on) WHERE file IS NULL;

CREATE TABLE IF NOT EXISTS out_file (
  id INTEGER PRIMARY KEY, item TEXT NOT NULL, rows_of TEXT NOT NULL, header TEXT NOT NULL, cut TEXT NOT NULL, visible_at INTEGER NOT NULL,
  name TEXT NOT NULL, ready TEXT, rows INTEGER, amt INTEGER, bytes INTEGER, sm3 TEXT, spoilt TEXT NOT NULL DEFAULT '',
  shown INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX IF NOT EXISTS out_file_name ON out_file (name);
CREATE INDEX IF NOT EXISTS out_file_due ON out_file (visible_at) WHERE shown = 0;
CREATE TABLE IF NOT EXISTS told (
  file INTEGER NOT NULL, n INTEGER NOT NULL, receipt INTEGER NOT NULL, as_kind TEXT NOT NULL, PRIMARY KEY (file, n)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS listing (
  cursor INTEGER PRIMARY KEY AUTOINCREMENT, file INTEGER NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, ready INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS listing_name ON listing (name);

CREATE TABLE IF NOT EXISTS event (
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, act TEXT NOT NULL, levy_no TEXT NOT NULL, detail TEXT NOT NULL, result TEXT) STRICT;
CREATE INDEX IF NOT EXISTS event_due ON event (at, id) WHERE result IS NULL;
CREATE INDEX IF NOT EXISTS event_levy ON event (levy_no);
`;

const EMPTIED_TABLES = [
  'unit', 'person', 'arrival', 'row_answer', 'feedback', 'levy', 'receipt', 'application', 'refund_result', 'declaration', 'statement_line',
  'out_file', 'told', 'listing', 'event',
] as const;

/** Opens (and creates where needed) the file `tax-office.db` in `dataDir`. */
export function openTaxBooks(dataDir: string): Books {
  const books = openBooks(join(dataDir, 'tax-office.db'), TABLES, EMPTIED_TABLES);
  // Rows of a receipt point at each other, and are emptied together.
  books.db.pragma('foreign_keys = OFF');
  return books;
}
