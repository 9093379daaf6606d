import { ASSESSMENT, assessment } from '../contribution/assessment';
import { REGISTER_INTAKE } from '../contribution/editions';
import { registerIntake } from '../contribution/intake/intake';
import { TAX_RECEIPT, taxReceipt } from '../tax/receipt';
import { TAX_RETURN, taxReturn } from '../tax/return';
import { LEVY_SEND, levySend } from '../tax/send';
import type { BatchKind, BatchKinds } from './kind';

/** All kinds of batches (批次种类) by key; each folder of activities that has some adds them here. */
export const BATCH_KINDS: BatchKinds = { [ASSESSMENT]: assessment, [REGISTER_INTAKE]: registerIntake, [LEVY_SEND]: levySend, [TAX_RECEIPT]: taxReceipt, [TAX_RETURN]: taxReturn };

/** Throws Error when there is none of that key: a batch ahead of the program. */
export function kindOf(kinds: BatchKinds, key: string): BatchKind {
  const kind = kinds[key];
  if (!kind) throw new Error(`no batch kind ${key}`);
  return kind;
}
