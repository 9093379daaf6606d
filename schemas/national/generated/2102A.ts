// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';
import { transaction2102, type Input2102, type Output2102 } from './2102';

/** 药店结算A 2102A: the fields of 2102. */
export type Input2102A = Input2102;
export type Output2102A = Output2102;

export const transaction2102A: Transaction = {
  ...transaction2102,
  infno: '2102A',
  name: '药店结算A',
  nameEn: 'Pharmacy settlement',
  effect: 'write',
  path: null,
  undo: '2103',
  reversibleBy2601: true,
};
