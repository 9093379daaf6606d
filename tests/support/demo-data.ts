import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { parseYuan } from '../../domain/money';
import { FeeLine, FeeUpload } from '../../store/entities';
import type { Store } from '../../store/open-store';

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

/** Stores lines as the API does before it gives the command; returns the payload of `uploadFees`. */
export async function storeUpload(
  store: Store,
  upload: { readonly admissionId: string; readonly rows: readonly Record<string, string>[] },
): Promise<{ uploadId: string; lineCount: number }> {
  const { admissionId, rows } = upload;
  const uploadId = randomUUID();
  await store.write(async (manager) => {
    await manager.insert(FeeUpload, { id: uploadId, admissionId, source: 'json', lineCount: rows.length, state: 'received', createdAt: Date.now() });
    for (let from = 0; from < rows.length; from += 200) {
      await manager.insert(FeeLine, rows.slice(from, from + 200).map((row, index) => feeLine(row, admissionId, uploadId, from + index)));
    }
  });
  return { uploadId, lineCount: rows.length };
}

/** A row of fee_line as the API stores it before the upload. */
function feeLine(row: Record<string, string>, admissionId: string, uploadId: string, seq: number): object {
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
