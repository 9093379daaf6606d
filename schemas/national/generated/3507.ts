// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 商品信息删除 3507, 输入, node `data` */
export interface Input3507Data {
  /** 定点医药机构批次流水号 */ readonly fixmedins_bchno: string;
  /** 进销存数据类型 */ readonly inv_data_type: string;
}

/** 商品信息删除 3507, 输入 */
export interface Input3507 {
  readonly data: Input3507Data;
}

/** 商品信息删除 3507, 输出: none. */
export type Output3507 = Record<string, never>;

export const transaction3507: Transaction = {
  infno: '3507',
  name: '商品信息删除',
  nameEn: 'Delete stock record',
  effect: 'write',
  path: '/fsi/api/goodsService/goodsInfoDelete',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'fixmedins_bchno', meaning: '定点医药机构批次流水号', type: 'string', maxLength: 30, required: true },
        { name: 'inv_data_type', meaning: '进销存数据类型', type: 'string', maxLength: 30, required: true, codeTable: 'inv_data_type' },
      ],
    },
  },
  output: {},
};
