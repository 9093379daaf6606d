// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** A row of 状态列表 */
export interface Input4102DataStastinfo {
  /** 人员编号 */ readonly psn_no: string;
  /** 结算ID */ readonly setl_id: string;
  /** 状态分类 */ readonly stas_type: string;
}

/** 结算清单状态修改 4102, 输入, node `data` */
export interface Input4102Data {
  /** 状态列表 */ readonly stastinfo: readonly Input4102DataStastinfo[];
}

/** 结算清单状态修改 4102, 输入 */
export interface Input4102 {
  readonly data: Input4102Data;
}

/** 结算清单状态修改 4102, 输出: none. */
export type Output4102 = Record<string, never>;

export const transaction4102: Transaction = {
  infno: '4102',
  name: '结算清单状态修改',
  nameEn: 'Change settlement-list state',
  effect: 'write',
  path: null,
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'stastinfo', meaning: '状态列表', type: 'list', required: true, fields: [
          { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
          { name: 'setl_id', meaning: '结算ID', type: 'string', maxLength: 30, required: true },
          { name: 'stas_type', meaning: '状态分类', type: 'string', maxLength: 3, required: true, codeTable: 'stas_type' },
        ] },
      ],
    },
  },
  output: {},
};
