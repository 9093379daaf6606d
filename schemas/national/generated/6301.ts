// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Fen } from '../../../domain/money';
import type { Transaction } from '../types';

/** 医保订单结算结果查询 6301, 输入, node `data` */
export interface Input6301Data {
  /** 支付订单号 */ readonly payOrdId: string;
  /** 定点机构编码 */ readonly orgCodg: string;
  /** 支付订单Token */ readonly payToken: string;
  /** 证件号码 */ readonly idNo?: string;
  /** 用户姓名 */ readonly userName?: string;
  /** 证件类别 */ readonly idType?: string;
  /** 扩展数据 */ readonly extData?: Readonly<Record<string, unknown>>;
}

/** 医保订单结算结果查询 6301, 输入 */
export interface Input6301 {
  readonly data: Input6301Data;
}

/** 医保订单结算结果查询 6301, 输出, node `data` */
export interface Output6301Data {
  /** 订单状态 */ readonly ordStas: string;
  /** 回调类型 */ readonly callType?: string;
  /** 支付订单号 */ readonly payOrdId: string;
  /** 医疗机构订单号 */ readonly medOrgOrd: string;
  /** 交易时间 */ readonly traceTime?: string;
  /** 费用总额(分) */ readonly feeSumamt?: Fen;
  /** 现金支付(分) */ readonly ownPayAmt?: Fen;
  /** 个人账户支付(分) */ readonly psnAcctPay?: Fen;
  /** 基金支付(分) */ readonly fundPay?: Fen;
  /** 医保扣费时间 */ readonly hiChrgTime?: string;
  /** 医保单据号 */ readonly hiDocSn?: string;
  /** 医保登记号 */ readonly hiRgstSn?: string;
  /** 机构名称 */ readonly orgName?: string;
  /** 机构编码 */ readonly orgCode?: string;
  /** 电子凭证码 */ readonly ecCode?: string;
  /** 结算类型 */ readonly setlType?: string;
  /** 冲正Token */ readonly revsToken?: string;
  /** 住院押金(分) */ readonly deposit?: Fen;
  /** 账户共济支付(分) */ readonly acctMulaidPay?: Fen;
  /** 扩展数据 */ readonly extData?: Readonly<Record<string, unknown>>;
}

/** 医保订单结算结果查询 6301, 输出 */
export interface Output6301 {
  readonly data: Output6301Data;
}

export const transaction6301: Transaction = {
  infno: '6301',
  name: '医保订单结算结果查询',
  nameEn: 'Mobile: query order',
  effect: 'read',
  path: '/org/local/api/hos/query_order_info',
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
        { name: 'ordStas', meaning: '订单状态', type: 'string', required: true, codeTable: 'ordStas' },
        { name: 'callType', meaning: '回调类型', type: 'string', required: false },
        { name: 'payOrdId', meaning: '支付订单号', type: 'string', required: true },
        { name: 'medOrgOrd', meaning: '医疗机构订单号', type: 'string', required: true },
        { name: 'traceTime', meaning: '交易时间', type: 'string', required: false },
        { name: 'feeSumamt', meaning: '费用总额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'ownPayAmt', meaning: '现金支付', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'psnAcctPay', meaning: '个人账户支付', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'fundPay', meaning: '基金支付', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'hiChrgTime', meaning: '医保扣费时间', type: 'string', required: false },
        { name: 'hiDocSn', meaning: '医保单据号', type: 'string', required: false },
        { name: 'hiRgstSn', meaning: '医保登记号', type: 'string', required: false },
        { name: 'orgName', meaning: '机构名称', type: 'string', required: false },
        { name: 'orgCode', meaning: '机构编码', type: 'string', required: false },
        { name: 'ecCode', meaning: '电子凭证码', type: 'string', required: false },
        { name: 'setlType', meaning: '结算类型', type: 'string', required: false, codeTable: 'setlType' },
        { name: 'revsToken', meaning: '冲正Token', type: 'string', required: false },
        { name: 'deposit', meaning: '住院押金', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'acctMulaidPay', meaning: '账户共济支付', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'extData', meaning: '扩展数据', type: 'object', required: false },
      ],
    },
  },
};
