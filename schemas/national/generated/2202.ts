// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 门诊挂号撤销 2202, 输入, node `data` */
export interface Input2202Data {
  /** 人员编号 */ readonly psn_no: string;
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 住院/门诊号 */ readonly ipt_otp_no: string;
  /** 字段扩展(JSON字符串) */ readonly expContent?: string;
}

/** 门诊挂号撤销 2202, 输入 */
export interface Input2202 {
  readonly data: Input2202Data;
}

/** 门诊挂号撤销 2202, 输出: none. */
export type Output2202 = Record<string, never>;

export const transaction2202: Transaction = {
  infno: '2202',
  name: '门诊挂号撤销',
  nameEn: 'Cancel outpatient registration',
  effect: 'write',
  path: '/fsi/api/outpatientDocInfoService/outpatientRegistrationCancel',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'ipt_otp_no', meaning: '住院/门诊号', type: 'string', maxLength: 30, required: true },
        { name: 'expContent', meaning: '字段扩展(JSON字符串)', type: 'string', maxLength: 4000, required: false },
      ],
    },
  },
  output: {},
};
