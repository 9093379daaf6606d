import type { AnyRow, HeaderRow, LevyRow, PaymentRow } from '../../schemas/tax/fields';
import type { FileFormat } from '../../schemas/files/format';
import type { ItemCode } from '../../schemas/tax/items';
import { planFile, type FilePlan } from '../../domain/files/plan-file';
import { headerOf, writeFile, type FileHead } from '../../domain/files/write-file';
import { fileNameOf } from '../../domain/files/file-name';

export const HEAD: FileHead = {
  line: 'ZG', poolarea_no: '990100', admdvs: '990100', taxdept_code: '19901000000', period: '202611', batch_no: 'P20261101', file_sn: 1,
  ref_file: '', made_at: '2026-11-22 08:30:00',
};

export function levyRow(change: Partial<LevyRow> = {}): LevyRow {
  return {
    rec: 'D', row_no: 0, op: 'A', levy_no: 'ZJ0001', orig_levy_no: '', clct_bill_id: 'TZ0001', payer_kind: '2', row_level: '2', emp_no: '', uscc: '',
    tax_reg_no: '990100000001', emp_name: '', psn_no: '9901000001', cert_type: '01', certno: '990101199001010014', psn_name: '测试甲', insutype: '310',
    levy_item: '10210', levy_subitem: '102100101', levy_detail: '', part: '2', clct_type: '01', cashym: '202611', accrym_begn: '202611',
    accrym_end: '202611', base: 500000, rate: 800000, quot_flag: '', psncnt: 1, amt: 40000, inte: 0, latefee_way: '1', latefee: 0,
    due_date: '2026-11-25', agrt_flag: '', town_code: '', cncl_reason: '', ...change,
  };
}

export function paymentRow(change: Partial<PaymentRow> = {}): PaymentRow {
  return {
    rec: 'D', row_no: 0, kind: '01', levy_no: 'ZJ0001', taxrpt_no: 'SP0001', taxrpt_row: '1', orig_taxrpt_no: '', orig_taxrpt_row: '', dcla_no: '',
    payer_kind: '2', uscc: '', tax_reg_no: '990100000001', emp_name: '', psn_no: '9901000001', cert_type: '01', certno: '990101199001010014',
    psn_name: '测试甲', insutype: '310', levy_item: '10210', levy_subitem: '102100101', levy_detail: '', part: '2', clct_type: '01',
    accrym_begn: '202611', accrym_end: '202611', amt: 40000, inte: 0, latefee: 0, paid: 40000, clct_time: '2026-11-10 09:00:00', ursn_date: '',
    intsury_date: '', treasury: '9901000000', budget: '102020101', channel: '02', taxdept_code: '19901000000', ...change,
  };
}

export interface MadeFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly header: HeaderRow;
  readonly plan: FilePlan;
}

/** A whole file in memory. */
export async function makeFile(format: FileFormat, item: ItemCode, rows: readonly object[], head: Partial<FileHead> = {}): Promise<MadeFile> {
  const given = rows as readonly AnyRow[];
  const plan = await planFile(format, item, given);
  const header = headerOf({ ...HEAD, ...head }, plan, format);
  const parts: Buffer[] = [];
  for await (const chunk of writeFile(format, header, plan, given).chunks) parts.push(chunk);
  return { name: fileNameOf(header, format), bytes: Buffer.concat(parts), header, plan };
}

/** The bytes in pieces of `size`, as a slow line brings them. */
export async function* inPieces(bytes: Buffer, size = 65_536): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
