import type { RegisterOperations } from '../office-case/operations';
import { disbursementOperations } from './operations';

/** Register operations (登记操作) of disbursement, payment and receipt. */
export const operations: RegisterOperations = disbursementOperations;
