// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 清算申请撤销 3204, 输入, node `data` */
export interface Input3204Data {
  /** 机构清算申请事件ID */ readonly clr_appy_evt_id: string;
}

/** 清算申请撤销 3204, 输入 */
export interface Input3204 {
  readonly data: Input3204Data;
}

/** 清算申请撤销 3204, 输出: none. */
export type Output3204 = Record<string, never>;

export const transaction3204: Transaction = {
  infno: '3204',
  name: '清算申请撤销',
  nameEn: 'Cancel clearing application',
  effect: 'write',
  path: null,
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'clr_appy_evt_id', meaning: '机构清算申请事件ID', type: 'string', maxLength: 30, required: true },
      ],
    },
  },
  output: {},
};
