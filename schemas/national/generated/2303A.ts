// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';
import { transaction2303, type Input2303, type Output2303 } from './2303';

/** 住院预结算A 2303A: the fields of 2303. */
export type Input2303A = Input2303;
export type Output2303A = Output2303;

export const transaction2303A: Transaction = {
  ...transaction2303,
  infno: '2303A',
  name: '住院预结算A',
  nameEn: 'Inpatient pre-settlement',
  effect: 'calc',
  path: '/fsi/api/hospSettService/preSett',
  undo: null,
  reversibleBy2601: false,
};
