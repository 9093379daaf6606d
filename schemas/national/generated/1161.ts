// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 读卡 1161, 输入: none. */
export type Input1161 = Record<string, never>;

/** 读卡 1161, 输出, node `data` */
export interface Output1161Data {
  /** 人员证件类型 */ readonly psn_cert_type: string;
  /** 证件号码 */ readonly certno: string;
  /** 人员姓名 */ readonly psn_name: string;
  /** 卡号 */ readonly cardno?: string;
  /** 卡识别码 */ readonly card_sn?: string;
  /** 电子凭证令牌 */ readonly ecToken?: string;
}

/** 读卡 1161, 输出 */
export interface Output1161 {
  readonly data: Output1161Data;
}

export const transaction1161: Transaction = {
  infno: '1161',
  name: '读卡',
  nameEn: 'Read social-security card',
  effect: 'read',
  path: null,
  undo: null,
  reversibleBy2601: false,
  input: {},
  output: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'psn_cert_type', meaning: '人员证件类型', type: 'string', maxLength: 6, required: true, codeTable: 'psn_cert_type' },
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 50, required: true },
        { name: 'psn_name', meaning: '人员姓名', type: 'string', maxLength: 50, required: true },
        { name: 'cardno', meaning: '卡号', type: 'string', maxLength: 20, required: false },
        { name: 'card_sn', meaning: '卡识别码', type: 'string', maxLength: 32, required: false },
        { name: 'ecToken', meaning: '电子凭证令牌', type: 'string', maxLength: 50, required: false },
      ],
    },
  },
};
