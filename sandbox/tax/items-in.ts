import type { AnyRow } from '../../schemas/tax/fields';
import type { ItemCode } from '../../schemas/tax/items';

/** What the office does with a kind of file that comes. */
export interface ItemIn {
  /** Which of them are answered: all, those with a refused row, none. */
  readonly answer: 'always' | 'refusals' | 'never';
  /** Its header must name a levy batch. */
  readonly batch?: true;
  /** It must answer a file of the office. */
  readonly answers?: true;
}

/** Kinds of file that are taken here; the office sends the others itself. */
export const FILE_ITEMS_IN: Readonly<Partial<Record<ItemCode, ItemIn>>> = {
  DW: { answer: 'always' },
  RY: { answer: 'always' },
  ZJ: { answer: 'always', batch: true },
  TS: { answer: 'always', batch: true },
  ZC: { answer: 'always', batch: true },
  DZ: { answer: 'always' },
  // TJ follows a consent; only a row that cannot be taken is answered at once.
  TF: { answer: 'refusals' },
  HZ: { answer: 'never', answers: true },
  DF: { answer: 'never', answers: true },
};

/** Whether a row is a person of the unit before it. */
export function continuesUnit(row: AnyRow | null): boolean {
  return row !== null && row['payer_kind'] === '1' && row['row_level'] === '2';
}
