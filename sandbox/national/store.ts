import { join } from 'node:path';
import { formatCompact } from '../../domain/calendar';
import { nextSerial, openBooks, type Books, type Db } from '../kit/books';

export { nextSerial, type Books, type Db };

const TABLES = `
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

const EMPTIED_TABLES = [
  'institution', 'person', 'insuinfo', 'identity', 'account', 'accumulator', 'catalogue', 'session',
  'voucher', 'qr_code', 'message', 'visit', 'diagnosis', 'line', 'settlement', 'list', 'file', 'declaration',
] as const;

/** Opens (and creates where needed) the file `national-centre.db` in `dataDir`. */
export function openCentreBooks(dataDir: string): Books {
  return openBooks(join(dataDir, 'national-centre.db'), TABLES, EMPTIED_TABLES);
}

/** A number of the centre's own making: division (6), day (8), and the next of a series in `digits` digits. */
export function nextNumber(db: Db, series: string, of: { admdvs: string; now: number; digits: number }): string {
  return of.admdvs + formatCompact(of.now).slice(0, 8) + String(nextSerial(db, series)).padStart(of.digits, '0');
}
