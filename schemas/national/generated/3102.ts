// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';
import { transaction3101, type Input3101, type Output3101 } from './3101';

/** 明细审核事中分析 3102: the fields of 3101. */
export type Input3102 = Input3101;
export type Output3102 = Output3101;

export const transaction3102: Transaction = {
  ...transaction3101,
  infno: '3102',
  name: '明细审核事中分析',
  nameEn: 'Rule check during care',
  effect: 'calc',
  path: '/fsi/api/riskConService/courseAnalyze',
  undo: null,
  reversibleBy2601: false,
};
