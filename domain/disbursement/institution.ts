import { add, min, negate, subtract, ZERO, type Fen } from '../money';

/** What a care city has to pay an institution for the insured of one city and insutype by a clearing, fen. */
export interface InstitutionDue {
  readonly id: number;
  readonly payingCity: string;
  readonly insutype: string;
  /** Below zero where corrections outweigh. */
  readonly fen: Fen;
  /** What standing orders were made for, or kept back: between zero and `fen`. */
  readonly orderedFen: Fen;
}

export interface InstitutionLine {
  readonly payingCity: string;
  readonly insutype: string;
  readonly available: Fen;
  /** Kept back for what the institution owes from clearings where its corrections outweighed. */
  readonly deduction: Fen;
  readonly pay: Fen;
}

export interface InstitutionDraft {
  readonly lines: readonly InstitutionLine[];
  /** What the order settles of each due; below zero of one that is kept back. */
  readonly parts: readonly { readonly dueId: number; readonly fen: Fen }[];
  /** Σ of what is due, of what is kept back, and their difference. */
  readonly payable: Fen;
  readonly deduction: Fen;
  readonly due: Fen;
}

/**
 * An order to one institution by one fund: all that is due and not ordered yet of what is `covered`, less what it owes from any
 * clearing by the same insutype. Null when nothing is due.
 */
export function institutionDraft(dues: readonly InstitutionDue[], owing: readonly InstitutionDue[], covered: (due: InstitutionDue) => boolean): InstitutionDraft | null {
  const payable = dues.filter((due) => openOf(due) > 0 && covered(due)).sort(inOrder);
  if (payable.length === 0) return null;
  const left = new Map(owing.filter((due) => openOf(due) < 0).sort(inOrder).map((due) => [due, negate(openOf(due))]));
  const lines: InstitutionLine[] = [];
  const parts: { dueId: number; fen: Fen }[] = [];
  for (const due of payable) {
    const available = openOf(due);
    let deduction: Fen = ZERO;
    for (const [debt, open] of left) {
      if (debt.insutype !== due.insutype) continue;
      const taken = min(open, subtract(available, deduction));
      left.set(debt, subtract(open, taken));
      deduction = add(deduction, taken);
    }
    lines.push({ payingCity: due.payingCity, insutype: due.insutype, available, deduction, pay: subtract(available, deduction) });
    parts.push({ dueId: due.id, fen: available });
  }
  for (const [debt, open] of left) {
    const taken = subtract(negate(openOf(debt)), open);
    if (taken > 0) parts.push({ dueId: debt.id, fen: negate(taken) });
  }
  const sum = (part: (line: InstitutionLine) => Fen): Fen => add(ZERO, ...lines.map(part));
  return { lines, parts, payable: sum((line) => line.available), deduction: sum((line) => line.deduction), due: sum((line) => line.pay) };
}

function openOf({ fen, orderedFen }: InstitutionDue): Fen {
  return subtract(fen, orderedFen);
}

function inOrder(a: InstitutionDue, b: InstitutionDue): number {
  return a.payingCity === b.payingCity ? a.id - b.id : a.payingCity < b.payingCity ? -1 : 1;
}
