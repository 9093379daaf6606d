import type { RegisterOperation } from '../office-case/operations';
import { approveClearing, undoClearing } from './register/approve';
import { claimMonth } from './register/claim';
import { balanceClearing, generateClearing } from './register/monthly';
import { settleObjections } from './register/objections';
import { setParameters } from './register/set-parameters';

/** Register operations of cross-region clearing, by the names that case definitions use. */
export const operations: Record<string, RegisterOperation> = {
  'clearing.generate': generateClearing,
  'clearing.balance': balanceClearing,
  'clearing.settleObjections': settleObjections,
  'clearing.approve': approveClearing,
  'clearing.undo': undoClearing,
  'clearing.parameters': setParameters,
  'clearing.claim': claimMonth,
};
