import fs from 'node:fs';
import path from 'node:path';

import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';

/** Member names of the national interface with their values, as the HIS exports them. */
type Form = Readonly<Record<string, string | number>>;

/** What the header file of a patient says: cli/demo/patients/A.json is an example with everything in it. */
export interface Patient {
  readonly case: string;
  readonly title: string;
  /** Case that this one goes on with: the stay is open already. */
  readonly continues?: string;
  readonly institution: string;
  readonly iptNo: string;
  readonly patient: {
    readonly psn_name: string;
    readonly certno: string;
    readonly gend: string;
    readonly brdy: string;
    readonly insutype: string;
  };
  readonly credential: { readonly type: '01' | '02' | '03'; readonly no: string };
  readonly admission?: Form & { readonly begntime: string; readonly med_type: string };
  readonly diagnoses?: readonly Form[];
  readonly deposits?: readonly { readonly amount: string; readonly method: string; readonly receiptNo: string }[];
  readonly fees: { readonly file?: string; readonly encoding: string; readonly refused: readonly string[] };
  readonly discharge: Form & { readonly endtime: string };
  readonly dischargeDiagnoses: readonly Form[];
  readonly settlement: {
    readonly psn_setlway: string;
    readonly acct_used_flag: string;
    readonly mid_setl_flag: string;
    readonly invono?: string;
  };
  /** What must come out, fen; without it only the sums and the centre's own records are checked. */
  readonly expected?: Expected;
}

export interface Expected {
  readonly setlinfo: Readonly<Record<string, number | string>>;
  readonly setldetail: readonly { readonly fund_pay_type: string; readonly fund_payamt: number }[];
  readonly deposit: { readonly applied: number; readonly refund: number; readonly topUp: number };
}

/** The fee lines of one day as a CSV file in the encoding of the whole. */
export interface FeeDay {
  readonly date: string;
  readonly lines: number;
  readonly csv: Buffer;
}

export interface PatientFiles {
  readonly header: Patient;
  readonly charset: string;
  readonly days: readonly FeeDay[];
  readonly lineCount: number;
}

const TIME_COLUMN = 'fee_ocur_time';

/**
 * Reads a patient: the JSON header and the CSV of fee lines, cut into days.
 * @param feesFile the CSV; by default the one that the header names beside it
 * @throws Error with a Chinese sentence when a file is missing or is not what it should be
 */
export function readPatient(headerFile: string, feesFile?: string): PatientFiles {
  const header = readHeader(headerFile);
  const csv = feesFile ?? path.join(path.dirname(headerFile), header.fees.file ?? '');
  if (!fs.existsSync(csv)) throw new Error(`找不到费用明细文件 ${csv}`);
  const bytes = fs.readFileSync(csv);
  const charset = header.fees.encoding;
  if (!iconv.encodingExists(charset)) throw new Error(`${headerFile}：不认识的字符集 ${charset}`);
  const days = cutIntoDays(bytes, charset, csv);
  return { header, charset, days, lineCount: days.reduce((sum, day) => sum + day.lines, 0) };
}

function readHeader(file: string): Patient {
  if (!fs.existsSync(file)) throw new Error(`找不到患者文件 ${file}`);
  const header = JSON.parse(fs.readFileSync(file, 'utf8')) as Partial<Patient>;
  for (const name of ['institution', 'iptNo', 'patient', 'credential', 'discharge', 'dischargeDiagnoses', 'settlement'] as const) {
    if (header[name] === undefined) throw new Error(`${file}：缺少 ${name}，样例见 cli/demo/patients/A.json`);
  }
  const { fees = { encoding: 'utf-8', refused: [] }, title = '自备患者', case: name = '自备' } = header;
  return { ...(header as Patient), case: name, title, fees: { ...fees, encoding: fees.encoding ?? 'utf-8', refused: fees.refused ?? [] } };
}

/** Days in order of their first line, the lines of a day in the order of the file. */
export function cutIntoDays(bytes: Buffer, charset: string, name: string): FeeDay[] {
  const rows = parse(iconv.decode(bytes, charset), { bom: true, skip_empty_lines: true }) as string[][];
  const [columns = [], ...lines] = rows;
  const time = columns.indexOf(TIME_COLUMN);
  if (time === -1) throw new Error(`${name} 没有 ${TIME_COLUMN} 列`);
  const byDate = new Map<string, string[][]>();
  for (const line of lines) {
    const date = (line[time] ?? '').slice(0, 10);
    const day = byDate.get(date) ?? [];
    byDate.set(date, [...day, line]);
  }
  return [...byDate].map(([date, day]) => ({
    date,
    lines: day.length,
    csv: iconv.encode([columns, ...day].map((cells) => `${cells.map(quoted).join(',')}\n`).join(''), charset),
  }));
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
