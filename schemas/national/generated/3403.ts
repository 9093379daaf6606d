// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 科室信息撤销 3403, 输入, node `data` */
export interface Input3403Data {
  /** 医院科室编码 */ readonly hosp_dept_codg: string;
  /** 医院科室名称 */ readonly hosp_dept_name: string;
  /** 开始时间 */ readonly begntime: string;
}

/** 科室信息撤销 3403, 输入 */
export interface Input3403 {
  readonly data: Input3403Data;
}

/** 科室信息撤销 3403, 输出: none. */
export type Output3403 = Record<string, never>;

export const transaction3403: Transaction = {
  infno: '3403',
  name: '科室信息撤销',
  nameEn: 'Cancel department',
  effect: 'write',
  path: '/fsi/api/department/pauseDepartmentInfo',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'hosp_dept_codg', meaning: '医院科室编码', type: 'string', maxLength: 20, required: true },
        { name: 'hosp_dept_name', meaning: '医院科室名称', type: 'string', maxLength: 100, required: true },
        { name: 'begntime', meaning: '开始时间', type: 'date', required: true },
      ],
    },
  },
  output: {},
};
