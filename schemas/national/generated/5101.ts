// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 科室信息查询 5101, 输入: none. */
export type Input5101 = Record<string, never>;

/** 科室信息查询 5101, 输出: none. */
export type Output5101 = Record<string, never>;

export const transaction5101: Transaction = {
  infno: '5101',
  name: '科室信息查询',
  nameEn: 'Query departments',
  effect: 'read',
  path: '/fsi/api/fsiIntegratedQueryService/queryFixmedinsDept',
  undo: null,
  reversibleBy2601: false,
  input: {},
  output: {},
};
