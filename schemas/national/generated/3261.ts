// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Fen } from '../../../domain/money';
import type { Transaction } from '../types';

/** 异地清分结果确认 3261, 输入, node `data` */
export interface Input3261Data {
  /** 清分年份 */ readonly trt_year: string;
  /** 清分月份(MM) */ readonly trt_month: string;
  /** 总行数 */ readonly totalrow: number;
}

/** 异地清分结果确认 3261, 输入, node `detail` */
export interface Input3261Detail {
  /** 证件号码 */ readonly certno: string;
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 就诊结算时间 */ readonly mdtrt_setl_time: string;
  /** 结算流水号 */ readonly setl_sn: string;
  /** 医疗费总额(分) */ readonly medfee_sumamt: Fen;
  /** 经办机构支付总额(分) */ readonly optins_pay_sumamt: Fen;
  /** 确认标志(0不同意 1同意) */ readonly cnfm_flag: string;
}

/** 异地清分结果确认 3261, 输入 */
export interface Input3261 {
  readonly data: Input3261Data;
  readonly detail: readonly Input3261Detail[];
}

/** 异地清分结果确认 3261, 输出: none. */
export type Output3261 = Record<string, never>;

export const transaction3261: Transaction = {
  infno: '3261',
  name: '异地清分结果确认',
  nameEn: 'Confirm out-of-area clearing',
  effect: 'write',
  path: null,
  undo: '3262',
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'trt_year', meaning: '清分年份', type: 'string', maxLength: 4, required: true },
        { name: 'trt_month', meaning: '清分月份(MM)', type: 'string', maxLength: 2, required: true },
        { name: 'totalrow', meaning: '总行数', type: 'integer', required: true },
      ],
    },
    detail: {
      cardinality: '1..n',
      fields: [
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 50, required: true },
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'mdtrt_setl_time', meaning: '就诊结算时间', type: 'datetime', required: true },
        { name: 'setl_sn', meaning: '结算流水号', type: 'string', required: true },
        { name: 'medfee_sumamt', meaning: '医疗费总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'optins_pay_sumamt', meaning: '经办机构支付总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'cnfm_flag', meaning: '确认标志(0不同意 1同意)', type: 'string', required: true, codeTable: 'flag01' },
      ],
    },
  },
  output: {},
};
