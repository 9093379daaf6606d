// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 住院费用明细撤销 2302, 输入, node `data` */
export interface Input2302Data {
  /** 费用明细流水号 */ readonly feedetl_sn: string;
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 字段扩展(JSON字符串) */ readonly expContent?: string;
}

/** 住院费用明细撤销 2302, 输入 */
export interface Input2302 {
  readonly data: readonly Input2302Data[];
}

/** 住院费用明细撤销 2302, 输出: none. */
export type Output2302 = Record<string, never>;

export const transaction2302: Transaction = {
  infno: '2302',
  name: '住院费用明细撤销',
  nameEn: 'Cancel inpatient fee lines',
  effect: 'write',
  path: '/fsi/api/hospFeeDtlService/feeDtlCl',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1..n',
      fields: [
        { name: 'feedetl_sn', meaning: '费用明细流水号', type: 'string', maxLength: 30, required: true },
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'expContent', meaning: '字段扩展(JSON字符串)', type: 'string', maxLength: 4000, required: false },
      ],
    },
  },
  output: {},
};
