// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 异地清分结果确认回退 3262, 输入, members without a node */
export interface Input3262Root {
  /** 清分年份 */ readonly trt_year: string;
  /** 清分月份(MM) */ readonly trt_month: string;
  /** 原交易流水(原3261应答的inf_refmsgid; "0"=整期) */ readonly otransid: string;
}

/** 异地清分结果确认回退 3262, 输入 */
export type Input3262 = Input3262Root;

/** 异地清分结果确认回退 3262, 输出: none. */
export type Output3262 = Record<string, never>;

export const transaction3262: Transaction = {
  infno: '3262',
  name: '异地清分结果确认回退',
  nameEn: 'Roll back clearing confirmation',
  effect: 'write',
  path: null,
  undo: null,
  reversibleBy2601: false,
  input: {
    '(root)': {
      cardinality: '1',
      fields: [
        { name: 'trt_year', meaning: '清分年份', type: 'string', maxLength: 4, required: true },
        { name: 'trt_month', meaning: '清分月份(MM)', type: 'string', maxLength: 2, required: true },
        { name: 'otransid', meaning: '原交易流水(原3261应答的inf_refmsgid; "0"=整期)', type: 'string', maxLength: 30, required: true },
      ],
    },
  },
  output: {},
};
