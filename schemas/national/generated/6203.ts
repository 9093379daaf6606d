// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Fen } from '../../../domain/money';
import type { Transaction } from '../types';

/** 医保退费 6203, 输入, node `data` */
export interface Input6203Data {
  /** 支付订单号 */ readonly payOrdId: string;
  /** 应用退款流水号 */ readonly appRefdSn: string;
  /** 应用退费时间 yyyyMMddHHmmss */ readonly appRefdTime: string;
  /** 总退费金额(分) */ readonly totlRefdAmt: Fen;
  /** 个人账户退费(分) */ readonly psnAcctRefdAmt: Fen;
  /** 基金退费(分) */ readonly fundRefdAmt: Fen;
  /** 现金退费(分) */ readonly cashRefdAmt: Fen;
  /** 电子凭证授权Token – exactly one of ecToken / payAuthNo */ readonly ecToken?: string;
  /** 支付授权码 – exactly one of ecToken / payAuthNo */ readonly payAuthNo?: string;
  /** 退费类型 */ readonly refdType: string;
  /** 扩展数据 */ readonly extData?: Readonly<Record<string, unknown>>;
}

/** 医保退费 6203, 输入 */
export interface Input6203 {
  readonly data: Input6203Data;
}

/** 医保退费 6203, 输出, node `data` */
export interface Output6203Data {
  /** 退费状态 */ readonly refStatus: string;
  /** 扩展数据 */ readonly extData?: Readonly<Record<string, unknown>>;
}

/** 医保退费 6203, 输出 */
export interface Output6203 {
  readonly data: Output6203Data;
}

export const transaction6203: Transaction = {
  infno: '6203',
  name: '医保退费',
  nameEn: 'Mobile: refund',
  effect: 'write',
  path: '/org/local/api/hos/refund_Order',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'payOrdId', meaning: '支付订单号', type: 'string', required: true },
        { name: 'appRefdSn', meaning: '应用退款流水号', type: 'string', required: true },
        { name: 'appRefdTime', meaning: '应用退费时间 yyyyMMddHHmmss', type: 'string', maxLength: 14, required: true },
        { name: 'totlRefdAmt', meaning: '总退费金额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'psnAcctRefdAmt', meaning: '个人账户退费', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'fundRefdAmt', meaning: '基金退费', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'cashRefdAmt', meaning: '现金退费', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'ecToken', meaning: '电子凭证授权Token', type: 'string', required: false, condition: 'exactly one of ecToken / payAuthNo' },
        { name: 'payAuthNo', meaning: '支付授权码', type: 'string', required: false, condition: 'exactly one of ecToken / payAuthNo' },
        { name: 'refdType', meaning: '退费类型', type: 'string', required: true, codeTable: 'refdType' },
        { name: 'extData', meaning: '扩展数据', type: 'object', required: false },
      ],
    },
  },
  output: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'refStatus', meaning: '退费状态', type: 'string', required: true, codeTable: 'refStatus' },
        { name: 'extData', meaning: '扩展数据', type: 'object', required: false },
      ],
    },
  },
};
