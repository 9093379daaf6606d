import { z } from 'zod';
import type { LevyRow } from '../../schemas/tax/fields';
import { isPayable } from '../../domain/files/control';
import { nextSerial, sql } from '../kit/books';
import { payerOf } from './cashier';
import { momentOf, plan } from './events';
import type { Group } from './group';
import type { Machinery } from './machinery';
import { draftFile } from './outgoing';

const text = (most: number) => z.string().max(most).default('');
const month = z.string().regex(/^\d{6}$/);
const amount = z.number().int().min(0).max(1e12).default(0);

const rowSchema = z.strictObject({
  payer_kind: z.enum(['1', '2', '3']), row_level: z.enum(['1', '2']), clct_bill_id: text(30), emp_no: text(20), uscc: text(18), tax_reg_no: text(20),
  emp_name: text(50), psn_no: text(20), cert_type: text(2), certno: text(20), psn_name: text(25), insutype: z.string().regex(/^\d{3}$/), levy_item: text(10),
  levy_subitem: text(10), levy_detail: text(10), part: z.enum(['1', '2', '3', '4']), clct_type: z.string().length(2).default('01'), accrym_begn: month,
  accrym_end: month, base: amount, rate: amount, psncnt: amount, amt: z.number().int().min(1).max(1e12),
});

/** Declared mode (自行申报, 全责征收): what payers declare, a unit before its persons. `pays` false declares without paying. */
export const declarationsSchema = z.strictObject({
  line: z.enum(['ZG', 'LH', 'JM', 'TS']), poolarea_no: z.string().regex(/^\d{6}$/), admdvs: z.string().regex(/^\d{6}$/), taxdept_code: z.string().regex(/^\d{11}$/),
  period: month, pays: z.boolean().default(true), at: z.string().optional(), rows: z.array(rowSchema).min(1).max(100_000),
});

/**
 * Takes declarations and makes the SB file of them: 申报序号 stands in `levy_no`. Payments carry it in `dcla_no` and name no levy. Runs
 * in the lane. Returns the numbers, a row each.
 */
export function declare(machinery: Machinery, { rows, pays, at: when, ...of }: z.infer<typeof declarationsSchema>): string[] {
  const { books, clock } = machinery;
  const { db } = books;
  const now = clock.now();
  const group: Group = { ...of, batch_no: '' };
  return books.write(true, () => {
    const file = draftFile(machinery, { item: 'SB', rows: { of: 'declarations' }, group, at: now });
    return rows.map((row) => {
      const dcla_no = `SB${of.poolarea_no}${String(nextSerial(db, 'declaration')).padStart(12, '0')}`;
      const levy: LevyRow = {
        ...row, rec: 'D', row_no: 0, op: 'A', levy_no: dcla_no, orig_levy_no: '', cashym: of.period, quot_flag: '', inte: 0, latefee_way: '0', latefee: 0,
        due_date: '', agrt_flag: '', town_code: '', cncl_reason: '',
      };
      sql<unknown[]>(db, 'INSERT INTO declaration (dcla_no, file, row) VALUES (?, ?, ?)').run(dcla_no, file, JSON.stringify(levy));
      if (pays && isPayable(levy)) {
        const detail = { ...group, ...payerOf(levy), insutype: levy.insutype, part: levy.part, dcla_no, amountFen: levy.amt };
        plan(db, momentOf(when, now), '', { act: 'loose', detail });
      }
      return dcla_no;
    });
  });
}
