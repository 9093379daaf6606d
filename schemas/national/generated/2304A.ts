// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';
import { transaction2304, type Input2304, type Output2304 } from './2304';

/** 住院结算A 2304A: the fields of 2304. */
export type Input2304A = Input2304;
export type Output2304A = Output2304;

export const transaction2304A: Transaction = {
  ...transaction2304,
  infno: '2304A',
  name: '住院结算A',
  nameEn: 'Inpatient settlement',
  effect: 'write',
  path: '/fsi/api/hospSettService/settV2',
  undo: '2305',
  reversibleBy2601: true,
};
