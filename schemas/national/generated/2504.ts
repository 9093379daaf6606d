// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 人员慢特病备案撤销 2504, 输入, node `data` */
export interface Input2504Data {
  /** 待遇申报明细流水号 */ readonly trt_dcla_detl_sn: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 备注(撤销原因) */ readonly memo: string;
}

/** 人员慢特病备案撤销 2504, 输入 */
export interface Input2504 {
  readonly data: Input2504Data;
}

/** 人员慢特病备案撤销 2504, 输出: none. */
export type Output2504 = Record<string, never>;

export const transaction2504: Transaction = {
  infno: '2504',
  name: '人员慢特病备案撤销',
  nameEn: 'Cancel chronic disease filing',
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
