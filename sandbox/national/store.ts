import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { formatCompact } from '../../domain/calendar';

export type Db = Database.Database;

const TABLES = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS serial (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;

CREATE TABLE IF NOT EXISTS institution (
  fixmedins_code TEXT PRIMARY KEY, fixmedins_name TEXT NOT NULL, admdvs TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS person (
  psn_no TEXT PRIMARY KEY, psn_cert_type TEXT NOT NULL, certno TEXT NOT NULL UNIQUE, card_no TEXT UNIQUE, card_sn TEXT,
  ec_qr_code TEXT UNIQUE, psn_name TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS insuinfo (
  psn_no TEXT NOT NULL, seq INTEGER NOT NULL, insutype TEXT NOT NULL, insuplc_admdvs TEXT NOT NULL,
  psn_insu_stas TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (psn_no, seq)) STRICT;
CREATE TABLE IF NOT EXISTS identity (
  psn_no TEXT NOT NULL, psn_idet_type TEXT NOT NULL, begntime TEXT NOT NULL, endtime TEXT, memo TEXT,
  PRIMARY KEY (psn_no, psn_idet_type, begntime)) STRICT;
CREATE TABLE IF NOT EXISTS account (
  psn_no TEXT NOT NULL, kind TEXT NOT NULL, opening INTEGER NOT NULL, balance INTEGER NOT NULL CHECK (balance >= 0),
  PRIMARY KEY (psn_no, kind)) STRICT;
CREATE TABLE IF NOT EXISTS accumulator (
  psn_no TEXT NOT NULL, insutype TEXT NOT NULL, year TEXT NOT NULL, opening TEXT NOT NULL,
  content TEXT NOT NULL, PRIMARY KEY (psn_no, insutype, year)) STRICT;
CREATE TABLE IF NOT EXISTS catalogue (
  med_list_codg TEXT NOT NULL, begndate TEXT NOT NULL, enddate TEXT, detail TEXT NOT NULL,
  PRIMARY KEY (med_list_codg, begndate)) STRICT;

CREATE TABLE IF NOT EXISTS session (
  sign_no TEXT PRIMARY KEY, fixmedins_code TEXT NOT NULL, opter TEXT NOT NULL, signed_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS voucher (
  ec_token TEXT PRIMARY KEY, psn_no TEXT NOT NULL, fixmedins_code TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS qr_code (
  code TEXT PRIMARY KEY, psn_no TEXT NOT NULL, expires_at INTEGER NOT NULL, used INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS message (
  id INTEGER PRIMARY KEY, msgid TEXT NOT NULL UNIQUE, infno TEXT NOT NULL, fixmedins_code TEXT NOT NULL,
  opter TEXT NOT NULL, psn_no TEXT, body_hash TEXT NOT NULL, received_at TEXT NOT NULL,
  times INTEGER NOT NULL, infcode INTEGER NOT NULL,
  err_msg TEXT, inf_refmsgid TEXT NOT NULL, answer BLOB) STRICT;

CREATE TABLE IF NOT EXISTS visit (
  mdtrt_id TEXT PRIMARY KEY, fixmedins_code TEXT NOT NULL, psn_no TEXT NOT NULL, insutype TEXT NOT NULL,
  insuplc_admdvs TEXT NOT NULL, med_type TEXT NOT NULL, ipt_no TEXT NOT NULL, begntime TEXT NOT NULL, endtime TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'discharged', 'cancelled')), msgid TEXT NOT NULL, form TEXT NOT NULL,
  discharge_form TEXT) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS visit_open ON visit (psn_no) WHERE state = 'open';
CREATE INDEX IF NOT EXISTS visit_person ON visit (psn_no);
CREATE TABLE IF NOT EXISTS diagnosis (
  mdtrt_id TEXT NOT NULL, inout_diag_type TEXT NOT NULL, seq INTEGER NOT NULL, detail TEXT NOT NULL,
  PRIMARY KEY (mdtrt_id, inout_diag_type, seq)) STRICT;
CREATE TABLE IF NOT EXISTS line (
  mdtrt_id TEXT NOT NULL, feedetl_sn TEXT NOT NULL, init_feedetl_sn TEXT, fee_ocur_time TEXT NOT NULL,
  med_list_codg TEXT NOT NULL, cnt TEXT NOT NULL, pric TEXT NOT NULL, det_item_fee_sumamt INTEGER NOT NULL,
  fulamt_ownpay_amt INTEGER NOT NULL, overlmt_amt INTEGER NOT NULL, preselfpay_amt INTEGER NOT NULL,
  inscp_scp_amt INTEGER NOT NULL, setl_id TEXT, last_setl_id TEXT, msgid TEXT NOT NULL,
  answer TEXT NOT NULL, detail TEXT NOT NULL,
  PRIMARY KEY (mdtrt_id, feedetl_sn)) STRICT;
CREATE INDEX IF NOT EXISTS line_settlement ON line (setl_id);

CREATE TABLE IF NOT EXISTS settlement (
  seq INTEGER PRIMARY KEY, setl_id TEXT NOT NULL UNIQUE, mdtrt_id TEXT NOT NULL, fixmedins_code TEXT NOT NULL,
  psn_no TEXT NOT NULL, insutype TEXT NOT NULL, msgid TEXT NOT NULL, infno TEXT NOT NULL, mid_setl_flag TEXT NOT NULL,
  year TEXT NOT NULL, setl_time TEXT NOT NULL, line_count INTEGER NOT NULL,
  clr_type TEXT NOT NULL, clr_way TEXT NOT NULL, clr_optins TEXT NOT NULL,
  medfee_sumamt INTEGER NOT NULL, fund_pay_sumamt INTEGER NOT NULL, acct_pay INTEGER NOT NULL,
  acct_mulaid_pay INTEGER NOT NULL, psn_cash_pay INTEGER NOT NULL, hosp_part_amt INTEGER NOT NULL,
  amounts TEXT NOT NULL, setldetail TEXT NOT NULL, effects TEXT NOT NULL, info TEXT NOT NULL,
  refd_setl_flag TEXT NOT NULL DEFAULT '0', refund_msgid TEXT, refund_time TEXT, clr_appy_evt_id TEXT) STRICT;
CREATE INDEX IF NOT EXISTS settlement_visit ON settlement (mdtrt_id);
CREATE INDEX IF NOT EXISTS settlement_person ON settlement (psn_no, insutype);
CREATE INDEX IF NOT EXISTS settlement_msgid ON settlement (msgid);
CREATE INDEX IF NOT EXISTS settlement_day ON settlement (fixmedins_code, setl_time);

CREATE TABLE IF NOT EXISTS list (
  setl_list_id TEXT PRIMARY KEY, setl_id TEXT NOT NULL UNIQUE, fixmedins_code TEXT NOT NULL, stas_type TEXT NOT NULL,
  content TEXT NOT NULL, updated_at TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS file (
  file_qury_no TEXT PRIMARY KEY, fixmedins_code TEXT NOT NULL, filename TEXT NOT NULL, kind TEXT NOT NULL,
  content BLOB NOT NULL, created_at TEXT NOT NULL, dld_endtime TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS declaration (
  clr_appy_evt_id TEXT PRIMARY KEY, fixmedins_code TEXT NOT NULL, clr_type TEXT NOT NULL, clr_way TEXT, setlym TEXT NOT NULL,
  clr_stas TEXT NOT NULL, withdrawn INTEGER NOT NULL, opt_time TEXT NOT NULL, opter TEXT NOT NULL, opter_name TEXT NOT NULL,
  content TEXT NOT NULL) STRICT;
`;

/** Serial numbers are not among them: a number that was given out once is never given out again. */
const EMPTIED_TABLES = [
  'meta', 'institution', 'person', 'insuinfo', 'identity', 'account', 'accumulator', 'catalogue', 'session',
  'voucher', 'qr_code', 'message', 'visit', 'diagnosis', 'line', 'settlement', 'list', 'file', 'declaration',
] as const;

/** The centre's books: one SQLite file, WAL, full sync, so that kill -9 loses nothing that was answered. */
export interface Books {
  readonly db: Db;
  /** Pins what is committed now; the caller closes it. */
  snapshot(): Db;
  /** Runs `work` in one transaction. `durable` false skips the sync to disk, for messages that changed nothing. */
  write<T>(durable: boolean, work: () => T): T;
  /** Like `write`, nested: an error thrown by `work` undoes only what `work` did. */
  nested<T>(work: () => T): T;
  empty(): void;
  close(): void;
}

/** Opens (and creates where needed) the file `national-centre.db` in `dataDir`. */
export function openBooks(dataDir: string): Books {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'national-centre.db');
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(TABLES);
  return {
    db,
    snapshot: () => openSnapshot(path),
    write: (durable, work) => {
      // A later full sync also covers what was written before it without one.
      db.pragma(`synchronous = ${durable ? 'FULL' : 'NORMAL'}`);
      return db.transaction(work).immediate();
    },
    nested: (work) => db.transaction(work)(),
    empty: () => {
      db.pragma('synchronous = FULL');
      db.transaction(() => {
        for (const table of EMPTIED_TABLES) db.prepare(`DELETE FROM ${table}`).run();
      }).immediate();
    },
    close: () => {
      db.close();
    },
  };
}

/** A read transaction that is held open sees the books as they stood when it began. */
function openSnapshot(path: string): Db {
  const view = new Database(path, { readonly: true });
  view.exec('BEGIN');
  view.prepare('SELECT count(*) FROM meta').get();
  return view;
}

/** The next number of a series, from 1. Must run inside a transaction. */
export function nextSerial(db: Db, name: string): number {
  const row = db
    .prepare<[string], { last: number }>(
      'INSERT INTO serial (name, last) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last',
    )
    .get(name);
  if (!row) throw new Error(`no serial number for ${name}`);
  return row.last;
}

/** A number of the centre's own making: division (6), day (8), and the next of a series in `digits` digits. */
export function nextNumber(db: Db, series: string, of: { admdvs: string; now: number; digits: number }): string {
  return of.admdvs + formatCompact(of.now).slice(0, 8) + String(nextSerial(db, series)).padStart(of.digits, '0');
}
