// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Fen } from '../../../domain/money';
import type { Transaction } from '../types';

/** 清算申请 3203, 输入, node `data` */
export interface Input3203Data {
  /** 清算类别 */ readonly clr_type: string;
  /** 清算方式 */ readonly clr_way?: string;
  /** 清算年月 */ readonly setlym: string;
  /** 清算人次 */ readonly psntime: number;
  /** 医疗费总额(分) */ readonly medfee_sumamt: Fen;
  /** 医保认可费用总额(分) */ readonly med_sumfee: Fen;
  /** 基金申报总额(分) */ readonly fund_appy_sum: Fen;
  /** 现金支付金额(分) */ readonly cash_payamt: Fen;
  /** 个人账户支出(分) */ readonly acct_pay: Fen;
  /** 开始日期 */ readonly begndate: string;
  /** 结束日期 */ readonly enddate: string;
}

/** 清算申请 3203, 输入 */
export interface Input3203 {
  readonly data: Input3203Data;
}

/** 清算申请 3203, 输出, node `result` */
export interface Output3203Result {
  /** 机构清算申请事件ID */ readonly clr_appy_evt_id: string;
}

/** 清算申请 3203, 输出 */
export interface Output3203 {
  readonly result: Output3203Result;
}

export const transaction3203: Transaction = {
  infno: '3203',
  name: '清算申请',
  nameEn: 'Clearing application',
  effect: 'write',
  path: null,
  undo: '3204',
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'clr_type', meaning: '清算类别', type: 'string', maxLength: 30, required: true, codeTable: 'clr_type' },
        { name: 'clr_way', meaning: '清算方式', type: 'string', maxLength: 30, required: false, codeTable: 'clr_way' },
        { name: 'setlym', meaning: '清算年月', type: 'string', maxLength: 6, required: true },
        { name: 'psntime', meaning: '清算人次', type: 'integer', precision: 6, required: true },
        { name: 'medfee_sumamt', meaning: '医疗费总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'med_sumfee', meaning: '医保认可费用总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'fund_appy_sum', meaning: '基金申报总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'cash_payamt', meaning: '现金支付金额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'acct_pay', meaning: '个人账户支出', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'begndate', meaning: '开始日期', type: 'date', required: true },
        { name: 'enddate', meaning: '结束日期', type: 'date', required: true },
      ],
    },
  },
  output: {
    result: {
      cardinality: '1',
      fields: [
        { name: 'clr_appy_evt_id', meaning: '机构清算申请事件ID', type: 'string', maxLength: 30, required: true },
      ],
    },
  },
};
