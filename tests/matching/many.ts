import type { PlainRow, PlainSides } from './plain';

/** More differences than one chunk holds, the same on every call. */
export function manyDifferences(): PlainSides {
  const rows = Array.from({ length: 6_500 }, (_, index): PlainRow => ({
    taxrpt_no: `4${String(index).padStart(19, '0')}`, taxrpt_row: '1', kind: '01', orig_taxrpt_no: '', orig_taxrpt_row: '', levy_state: '61', insutype: '310', levy_item: '10210',
    levy_subitem: '102101', accrym_begn: '202610', accrym_end: '202610', clct_date: '2026-10-10', taxdept_code: `1990101000${index % 3}`, amt: 1_000 + index, inte: 0, latefee: 0,
  }));
  return { bureau: rows, tax: rows.map((row, index) => (index % 10 === 0 ? row : { ...row, amt: Number(row['amt']) + 1 })) };
}
