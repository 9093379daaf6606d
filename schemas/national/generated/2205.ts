// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 门诊费用明细信息撤销 2205, 输入, node `data` */
export interface Input2205Data {
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 收费批次号 */ readonly chrg_bchno: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 字段扩展(JSON字符串) */ readonly expContent?: string;
}

/** 门诊费用明细信息撤销 2205, 输入 */
export interface Input2205 {
  readonly data: Input2205Data;
}

/** 门诊费用明细信息撤销 2205, 输出: none. */
export type Output2205 = Record<string, never>;

export const transaction2205: Transaction = {
  infno: '2205',
  name: '门诊费用明细信息撤销',
  nameEn: 'Cancel outpatient fee lines',
  effect: 'write',
  path: '/fsi/api/outpatientDocInfoService/outpatientFeeListUpCancel',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'chrg_bchno', meaning: '收费批次号', type: 'string', maxLength: 30, required: true },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'expContent', meaning: '字段扩展(JSON字符串)', type: 'string', maxLength: 4000, required: false },
      ],
    },
  },
  output: {},
};
