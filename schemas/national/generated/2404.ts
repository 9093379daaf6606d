// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 入院撤销 2404, 输入, node `data` */
export interface Input2404Data {
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 字段扩展(JSON字符串) */ readonly expContent?: string;
}

/** 入院撤销 2404, 输入 */
export interface Input2404 {
  readonly data: Input2404Data;
}

/** 入院撤销 2404, 输出: none. */
export type Output2404 = Record<string, never>;

export const transaction2404: Transaction = {
  infno: '2404',
  name: '入院撤销',
  nameEn: 'Cancel admission',
  effect: 'write',
  path: '/fsi/api/hospitalRegisterService/hospitalRegisterCancel',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'expContent', meaning: '字段扩展(JSON字符串)', type: 'string', maxLength: 4000, required: false },
      ],
    },
  },
  output: {},
};
