// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 人员定点备案撤销 2506, 输入, node `data` */
export interface Input2506Data {
  /** 待遇申报明细流水号 */ readonly trt_dcla_detl_sn: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 备注(撤销原因) */ readonly memo: string;
}

/** 人员定点备案撤销 2506, 输入 */
export interface Input2506 {
  readonly data: Input2506Data;
}

/** 人员定点备案撤销 2506, 输出: none. */
export type Output2506 = Record<string, never>;

export const transaction2506: Transaction = {
  infno: '2506',
  name: '人员定点备案撤销',
  nameEn: 'Cancel fixed-institution filing',
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
        { name: 'memo', meaning: '备注(撤销原因)', type: 'string', maxLength: 500, required: true },
      ],
    },
  },
  output: {},
};
