import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { parseYuan } from '../../domain/money';

export interface DemoPatient {
  readonly institution: string;
  readonly iptNo: string;
  readonly patient: { readonly certno: string; readonly insutype: string };
  readonly credential: { readonly type: '01' | '02' | '03'; readonly no: string };
  readonly admission: Record<string, string>;
  readonly diagnoses: readonly object[];
  readonly deposits: readonly { readonly amount: string; readonly method: string; readonly receiptNo: string }[];
  readonly fees: { readonly file: string; readonly encoding: string; readonly refused: readonly string[] };
  readonly discharge: Record<string, string>;
  readonly dischargeDiagnoses: readonly object[];
  readonly settlement: Record<string, string>;
  readonly expected: { readonly setlinfo: Record<string, number>; readonly deposit: Record<string, number> };
}

export function demoPatient(name: string): DemoPatient {
  return JSON.parse(readFileSync(resolve('cli/demo/patients', `${name}.json`), 'utf8')) as DemoPatient;
}

export function demoFees(name: string): Record<string, string>[] {
  const { fees } = demoPatient(name);
  const text = iconv.decode(readFileSync(resolve('cli/demo/patients', `${name}.csv`)), fees.encoding);
  return parse(text, { columns: true, bom: true, skip_empty_lines: true }) as Record<string, string>[];
}

/** A row of fee_line as the API stores it before the upload. */
export function feeLine(row: Record<string, string>, admissionId: string, uploadId: string, seq: number): object {
  const { feedetl_sn, init_feedetl_sn, fee_ocur_time, med_list_codg, medins_list_codg, medins_list_name, cnt, pric, det_item_fee_sumamt, ...rest } = row;
  const detail = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
  return {
    admissionId, uploadId, seq, feedetl_sn, init_feedetl_sn: init_feedetl_sn || null, fee_ocur_time, med_list_codg, medins_list_codg,
    medins_list_name, cnt, pric, det_item_fee_sumamt: parseYuan(det_item_fee_sumamt ?? ''), detail, state: 'pending',
    refusalCode: null, refusalText: null, pric_uplmt_amt: null, selfpay_prop: null, fulamt_ownpay_amt: null, overlmt_amt: null,
    preselfpay_amt: null, inscp_scp_amt: null, chrgitm_lv: null, med_chrgitm_type: null, settlementId: null, msgid: null,
  };
}

export function demo<T>(name: string): T {
  return JSON.parse(readFileSync(resolve('cli/demo', `${name}.json`), 'utf8')) as T;
}
