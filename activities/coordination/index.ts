import type { RegisterOperations } from '../office-case/operations';
import { accept, answer, close, dispatch, rule } from './issues';

/** Register operations (登记操作) of issues between agencies (问题协同). */
export const operations: RegisterOperations = { 'issue.dispatch': dispatch, 'issue.accept': accept, 'issue.answer': answer, 'issue.close': close, 'issue.rule': rule };
