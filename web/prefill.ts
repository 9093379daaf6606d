import type { DisbursementDraft, Form, FormField, InstitutionDraft, IssueRow } from './types';

type PrefilledList = FormField & { readonly prefill: string };

/** Lists whose rows are known beforehand and that nobody has begun; one that was emptied by hand counts as begun. */
export function unbegunLists(fields: readonly FormField[], form: Form): PrefilledList[] {
  return fields.filter((field): field is PrefilledList => field.prefill !== undefined && form[field.name] === undefined);
}

/** The rows that a list begins with: of what is known, what the list has fields for. */
export function prefilledRows({ fields = [] }: FormField, items: readonly Form[]): Form[] {
  return items.map((item) => Object.fromEntries(fields.map(({ name }) => [name, item[name] ?? null])));
}

/** The form of 市（州）月度清算拨付 for what a draft says is still payable; a payee without a reviewed account is left open. */
export function disbursementForm({ batch, fund, period, payableFen, payeeAccount }: DisbursementDraft): Form {
  return { period, batch, fund, payableFen, payeeAccountId: payeeAccount?.id ?? null };
}

/** The form of 拨付定点机构 for what a draft says can be paid now; an institution without a reviewed account waits. */
export function institutionForm({ batch, fund, period, items }: InstitutionDraft): Form {
  const payable = items.filter(({ payeeAccount }) => payeeAccount !== null);
  return {
    period, batch, fund,
    institutions: payable.map(({ institution, payableFen, deductionFen, payeeAccount }) => ({ institution, payableFen, deductionFen, payeeAccountId: payeeAccount?.id ?? null })),
    amountFen: payable.reduce((sum, { dueFen }) => sum + dueFen, 0),
  };
}

/** The form that opens a closed issue again: as it was, with its number. */
export function reopenedIssue({ issueNo, category, urgency, peer, title }: Pick<IssueRow, 'issueNo' | 'category' | 'urgency' | 'peer' | 'title'>): Form {
  return { category, urgency, peer, title, reopens: issueNo };
}

/** The kind of case by which an issue of an urgency is raised. */
export const ISSUE_CASES = { normal: 'xr-issue', urgent: 'xr-issue-urgent', critical: 'xr-issue-critical' } as const;
