// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';
import { transaction2101, type Input2101, type Output2101 } from './2101';

/** 药店预结算A 2101A: the fields of 2101. */
export type Input2101A = Input2101;
export type Output2101A = Output2101;

export const transaction2101A: Transaction = {
  ...transaction2101,
  infno: '2101A',
  name: '药店预结算A',
  nameEn: 'Pharmacy pre-settlement',
  effect: 'calc',
  path: null,
  undo: null,
  reversibleBy2601: false,
};
