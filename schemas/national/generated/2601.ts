// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 冲正交易 2601, 输入, node `data` */
export interface Input2601Data {
  /** 人员编号 */ readonly psn_no: string;
  /** 原发送方报文ID */ readonly omsgid: string;
  /** 原交易编号 */ readonly oinfno: string;
}

/** 冲正交易 2601, 输入 */
export interface Input2601 {
  readonly data: Input2601Data;
}

/** 冲正交易 2601, 输出: none. */
export type Output2601 = Record<string, never>;

export const transaction2601: Transaction = {
  infno: '2601',
  name: '冲正交易',
  nameEn: 'Reversal of an unknown transaction',
  effect: 'write',
  path: '/fsi/api/reverseService/revsMethod',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'omsgid', meaning: '原发送方报文ID', type: 'string', maxLength: 30, required: true },
        { name: 'oinfno', meaning: '原交易编号', type: 'string', maxLength: 5, required: true },
      ],
    },
  },
  output: {},
};
