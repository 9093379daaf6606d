import type { Fen } from '../money';

/** Who pays (缴费主体): `1` 单位, `2` 灵活就业, `3` 居民. */
export type PayerKind = '1' | '2' | '3';

/** Whose part a sum is: `1` 单位缴纳, `2` 个人缴纳, `3` 财政补助, `4` 其他. */
export type Part = '1' | '2' | '3' | '4';

/** Identity of a person for contributions (人员身份): 在职, 退休, 居民, 特殊身份 (财政或救助资助). */
export type Category = 'active' | 'retired' | 'resident' | 'aided';

/** A month as a number, yyyyMM. */
export type MonthNo = number;

/** A person as assessed: one version of one insurance of the register. */
export interface Insured {
  readonly psnNo: string;
  readonly insutype: string;
  readonly payerKind: PayerKind;
  readonly unitNo: string | null;
  readonly category: Category;
  /** Declared wage base a month; null where none was declared. */
  readonly baseFen: Fen | null;
  readonly fromMonth: MonthNo;
  readonly throughMonth: MonthNo | null;
}

/** One receivable of a person (应收): what a part comes to for some months. */
export interface AssessedLine {
  readonly insutype: string;
  readonly part: Part;
  readonly levyItem: string;
  readonly levySubitem: string;
  readonly accrymBegn: MonthNo;
  readonly accrymEnd: MonthNo;
  /** What the rate was applied to; 0 for a fixed sum. */
  readonly baseFen: Fen;
  /** Percent with five decimals implied; 0 for a fixed sum. */
  readonly rate: number;
  readonly amtFen: Fen;
  readonly inteFen: Fen;
}

/** Why nobody can be charged for a person: a code and one Chinese sentence. */
export interface AssessmentProblem {
  readonly code: 'CONTRIB_BASE_MISSING' | 'CONTRIB_RULE_MISSING' | 'CONTRIB_NOT_INSURED' | 'LEVY_OVERLAP';
  readonly text: string;
}
