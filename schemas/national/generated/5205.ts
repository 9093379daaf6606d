// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 人员慢特病用药记录查询 5205, 输入, node `data` */
export interface Input5205Data {
  /** 人员编号 */ readonly psn_no: string;
  /** 开始时间 */ readonly begntime: string;
  /** 结束时间 */ readonly endtime: string;
}

/** 人员慢特病用药记录查询 5205, 输入 */
export interface Input5205 {
  readonly data: Input5205Data;
}

/** 人员慢特病用药记录查询 5205, 输出: none. */
export type Output5205 = Record<string, never>;

export const transaction5205: Transaction = {
  infno: '5205',
  name: '人员慢特病用药记录查询',
  nameEn: 'Chronic-disease drug history',
  effect: 'read',
  path: null,
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'begntime', meaning: '开始时间', type: 'datetime', required: true },
        { name: 'endtime', meaning: '结束时间', type: 'datetime', required: true },
      ],
    },
  },
  output: {},
};
