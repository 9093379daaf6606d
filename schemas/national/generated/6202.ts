// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Fen } from '../../../domain/money';
import type { Transaction } from '../types';

/** 支付下单 6202, 输入, node `data` */
export interface Input6202Data {
  /** 支付授权码 */ readonly payAuthNo: string;
  /** 支付订单号 */ readonly payOrdId: string;
  /** 支付订单Token */ readonly payToken: string;
  /** 定点机构编码 */ readonly orgCodg: string;
  /** 机构业务流水号 */ readonly orgBizSer: string;
  /** 收费批次号 */ readonly chrgBchno: string;
  /** 费用类别 */ readonly feeType: string;
  /** 就诊ID */ readonly mdtrtId?: string;
  /** 个人账户使用标志 */ readonly acctUsedFlag?: string;
  /** 扩展数据 */ readonly extData?: Readonly<Record<string, unknown>>;
}

/** 支付下单 6202, 输入 */
export interface Input6202 {
  readonly data: Input6202Data;
}

/** 支付下单 6202, 输出, node `data` */
export interface Output6202Data {
  /** 支付订单号 */ readonly payOrdId: string;
  /** 支付订单Token */ readonly payToken: string;
  /** 订单状态 */ readonly ordStas: string;
  /** 费用总额(分) */ readonly feeSumamt: Fen;
  /** 现金支付(分) */ readonly ownPayAmt: Fen;
  /** 个人账户支付(分) */ readonly psnAcctPay: Fen;
  /** 基金支付(分) */ readonly fundPay: Fen;
  /** 住院押金(分) */ readonly deposit?: Fen;
  /** 账户共济支付(分) */ readonly acctMulaidPay?: Fen;
  /** 医院负担(分) */ readonly hospPartAmt?: Fen;
  /** 其他费用(分) */ readonly othFeeAmt?: Fen;
  /** 本人账户支付(分) */ readonly selfAcctPay?: Fen;
  /** 扩展数据 */ readonly extData?: Readonly<Record<string, unknown>>;
}

/** 支付下单 6202, 输出 */
export interface Output6202 {
  readonly data: Output6202Data;
}

export const transaction6202: Transaction = {
  infno: '6202',
  name: '支付下单',
  nameEn: 'Mobile: place payment (pre-settle/settle)',
  effect: 'write',
  path: '/org/local/api/hos/pay_order',
  undo: '6203',
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'payAuthNo', meaning: '支付授权码', type: 'string', required: true },
        { name: 'payOrdId', meaning: '支付订单号', type: 'string', required: true },
        { name: 'payToken', meaning: '支付订单Token', type: 'string', required: true },
        { name: 'orgCodg', meaning: '定点机构编码', type: 'string', maxLength: 30, required: true },
        { name: 'orgBizSer', meaning: '机构业务流水号', type: 'string', required: true },
        { name: 'chrgBchno', meaning: '收费批次号', type: 'string', maxLength: 30, required: true },
        { name: 'feeType', meaning: '费用类别', type: 'string', required: true },
        { name: 'mdtrtId', meaning: '就诊ID', type: 'string', maxLength: 30, required: false },
        { name: 'acctUsedFlag', meaning: '个人账户使用标志', type: 'string', maxLength: 1, required: false, codeTable: 'flag01' },
        { name: 'extData', meaning: '扩展数据', type: 'object', required: false },
      ],
    },
  },
  output: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'payOrdId', meaning: '支付订单号', type: 'string', required: true },
        { name: 'payToken', meaning: '支付订单Token', type: 'string', required: true },
        { name: 'ordStas', meaning: '订单状态', type: 'string', required: true, codeTable: 'ordStas' },
        { name: 'feeSumamt', meaning: '费用总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'ownPayAmt', meaning: '现金支付', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'psnAcctPay', meaning: '个人账户支付', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'fundPay', meaning: '基金支付', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'deposit', meaning: '住院押金', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'acctMulaidPay', meaning: '账户共济支付', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'hospPartAmt', meaning: '医院负担', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'othFeeAmt', meaning: '其他费用', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'selfAcctPay', meaning: '本人账户支付', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'extData', meaning: '扩展数据', type: 'object', required: false },
      ],
    },
  },
};
