/** What files are grouped by: one file is of one line, pool area, tax office, month and levy batch. */
export interface Group {
  readonly line: string;
  readonly poolarea_no: string;
  readonly admdvs: string;
  readonly taxdept_code: string;
  readonly period: string;
  readonly batch_no: string;
}

export const GROUP_COLUMNS = 'line, poolarea_no, admdvs, taxdept_code, period, batch_no';

export function groupOf({ line, poolarea_no, admdvs, taxdept_code, period, batch_no }: Group): Group {
  return { line, poolarea_no, admdvs, taxdept_code, period, batch_no };
}
