// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 费用明细上传撤销 6401, 输入, node `data` */
export interface Input6401Data {
  /** 支付订单号 */ readonly payOrdId: string;
  /** 定点机构编码 */ readonly orgCodg: string;
  /** 支付订单Token */ readonly payToken: string;
  /** 证件号码 */ readonly idNo?: string;
  /** 用户姓名 */ readonly userName?: string;
  /** 证件类别 */ readonly idType?: string;
  /** 扩展数据 */ readonly extData?: Readonly<Record<string, unknown>>;
}

/** 费用明细上传撤销 6401, 输入 */
export interface Input6401 {
  readonly data: Input6401Data;
}

/** 费用明细上传撤销 6401, 输出, node `data` */
export interface Output6401Data {
  /** 是否成功 */ readonly success: string;
  /** 信息 */ readonly message?: string;
}

/** 费用明细上传撤销 6401, 输出 */
export interface Output6401 {
  readonly data: Output6401Data;
}

export const transaction6401: Transaction = {
  infno: '6401',
  name: '费用明细上传撤销',
  nameEn: 'Mobile: revoke order',
  effect: 'write',
  path: '/org/local/api/hos/revoke_order',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'payOrdId', meaning: '支付订单号', type: 'string', required: true },
        { name: 'orgCodg', meaning: '定点机构编码', type: 'string', maxLength: 30, required: true },
        { name: 'payToken', meaning: '支付订单Token', type: 'string', required: true },
        { name: 'idNo', meaning: '证件号码', type: 'string', maxLength: 64, required: false },
        { name: 'userName', meaning: '用户姓名', type: 'string', maxLength: 50, required: false },
        { name: 'idType', meaning: '证件类别', type: 'string', required: false },
        { name: 'extData', meaning: '扩展数据', type: 'object', required: false },
      ],
    },
  },
  output: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'success', meaning: '是否成功', type: 'string', required: true },
        { name: 'message', meaning: '信息', type: 'string', required: false },
      ],
    },
  },
};
