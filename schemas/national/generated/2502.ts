// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 转院备案撤销 2502, 输入, node `data` */
export interface Input2502Data {
  /** 待遇申报明细流水号 */ readonly trt_dcla_detl_sn: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 备注(撤销原因) */ readonly memo?: string;
}

/** 转院备案撤销 2502, 输入 */
export interface Input2502 {
  readonly data: Input2502Data;
}

/** 转院备案撤销 2502, 输出: none. */
export type Output2502 = Record<string, never>;

export const transaction2502: Transaction = {
  infno: '2502',
  name: '转院备案撤销',
  nameEn: 'Cancel referral filing',
  effect: 'write',
  path: null,
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'trt_dcla_detl_sn', meaning: '待遇申报明细流水号', type: 'string', maxLength: 30, required: true },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'memo', meaning: '备注(撤销原因)', type: 'string', maxLength: 500, required: false },
      ],
    },
  },
  output: {},
};
