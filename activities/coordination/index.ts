import type { RegisterOperations } from '../office-case/operations';
import { answer, close, dispatch } from './issues';

/** Register operations (登记操作) of issues between agencies (问题协同). */
export const operations: RegisterOperations = { 'issue.dispatch': dispatch, 'issue.answer': answer, 'issue.close': close };
