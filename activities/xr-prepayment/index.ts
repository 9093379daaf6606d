import type { RegisterOperations } from '../office-case/operations';
import { prepaymentOperations } from './operations';

/** Register operations (登记操作) of prepayment, bank accounts and agencies. */
export const operations: RegisterOperations = prepaymentOperations;
