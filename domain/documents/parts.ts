import { fundName, type FundKey } from '../clearing/funds';
import { formatDateTime } from '../calendar';
import { maskedAccount } from '../disbursement/bank-account';
import type { Head } from '../sheet/model';
import { printable } from '../sheet/text';
import { labelOf } from '../../schemas/national/code-tables';
import type { Payee, Place, Signed, Signers } from './data';
import type { DocumentColumn, DocumentRow, Signature } from './model';

/** How a document is looked at. */
export interface View {
  /** A copy shows only the last four digits of account numbers. */
  readonly maskAccounts: boolean;
}

/** Who made a document; where no case did, who issued it. */
export const MADE = '经办';
export const SEAL = '单位公章（电子签章）';

export function head(label: string, value: string | number | null, wide = false): Head {
  const shown = value === null || value === '' ? '—' : printable(String(value));
  return { label, value: shown, ...(wide ? { wide } : {}) };
}

/** `黄河市（990100）`. */
export function placeName({ code, name }: Place): string {
  return `${printable(name)}（${code}）`;
}

export function insutypeName(insutype: string): string {
  return labelOf('insutype', insutype);
}

/** Period, insutype and fund: what every document of money says first. */
export function moneyHeads({ period, fund, insutype }: { readonly period: string; readonly fund: FundKey; readonly insutype?: string }): Head[] {
  return [head('清算期', period), ...(insutype === undefined ? [] : [head('险种', insutypeName(insutype))]), head('基金', fundName(fund)), head('单位', '元')];
}

export function payeeHeads({ name, bank, accountNo }: Payee, { maskAccounts }: View): Head[] {
  return [head('收款户名', name), head('开户银行', bank), head('账号', maskAccounts ? maskedAccount(accountNo.slice(-4)) : accountNo)];
}

export function signature(label: string, signed: Signed | null): Signature {
  return { label, name: signed && printable(signed.name), at: signed && formatDateTime(signed.at) };
}

export function signatures({ made, reviewed, approved }: Signers): Signature[] {
  return [signature(MADE, made), signature('审核', reviewed), signature('审批', approved)];
}

export function column(zh: string, weight: number, align: DocumentColumn['align'] = 'left'): DocumentColumn {
  return { zh, weight, align };
}

/** A column of amounts or counts. */
export function figures(zh: string, weight = 1): DocumentColumn {
  return column(zh, weight, 'right');
}

/** Cells of others' text are made fit for paper. */
export function row(cells: readonly string[], level: DocumentRow['level'] = 'plain'): DocumentRow {
  return { cells: cells.map(printable), level };
}

export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
