// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 出院撤销 2405, 输入, node `data` */
export interface Input2405Data {
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 字段扩展(JSON字符串) */ readonly expContent?: string;
}

/** 出院撤销 2405, 输入 */
export interface Input2405 {
  readonly data: Input2405Data;
}

/** 出院撤销 2405, 输出: none. */
export type Output2405 = Record<string, never>;

export const transaction2405: Transaction = {
  infno: '2405',
  name: '出院撤销',
  nameEn: 'Cancel discharge',
  effect: 'write',
  path: '/fsi/api/dscgService/dischargeUndo',
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
