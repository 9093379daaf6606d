// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Fen } from '../../../domain/money';
import type { Transaction } from '../types';

/** 提取异地清分明细 3260, 输入, members without a node */
export interface Input3260Root {
  /** 清分年份 */ readonly trt_year: string;
  /** 清分月份(MM) */ readonly trt_month: string;
  /** 起始行 */ readonly startrow: number;
}

/** 提取异地清分明细 3260, 输入 */
export type Input3260 = Input3260Root;

/** 提取异地清分明细 3260, 输出, node `data` */
export interface Output3260Data {
  /** 顺序号 */ readonly seqno: string;
  /** 就医地 */ readonly mdtrtarea: string;
  /** 医疗机构编号 */ readonly medins_no: string;
  /** 证件号码 */ readonly certno: string;
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 就诊结算时间 */ readonly mdtrt_setl_time: string;
  /** 结算流水号 */ readonly setl_sn: string;
  /** 全额垫付标志 */ readonly fulamt_advpay_flag: string;
  /** 医疗费总额(分) */ readonly medfee_sumamt: Fen;
  /** 经办机构支付总额(分) */ readonly optins_pay_sumamt: Fen;
}

/** 提取异地清分明细 3260, 输出 */
export interface Output3260 {
  readonly data: readonly Output3260Data[];
}

export const transaction3260: Transaction = {
  infno: '3260',
  name: '提取异地清分明细',
  nameEn: 'Pull out-of-area clearing details',
  effect: 'read',
  path: null,
  undo: null,
  reversibleBy2601: false,
  input: {
    '(root)': {
      cardinality: '1',
      fields: [
        { name: 'trt_year', meaning: '清分年份', type: 'string', maxLength: 4, required: true },
        { name: 'trt_month', meaning: '清分月份(MM)', type: 'string', maxLength: 2, required: true },
        { name: 'startrow', meaning: '起始行', type: 'integer', required: true },
      ],
    },
  },
  output: {
    data: {
      cardinality: '0..n',
      fields: [
        { name: 'seqno', meaning: '顺序号', type: 'string', required: true },
        { name: 'mdtrtarea', meaning: '就医地', type: 'string', maxLength: 6, required: true },
        { name: 'medins_no', meaning: '医疗机构编号', type: 'string', maxLength: 12, required: true },
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 50, required: true },
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'mdtrt_setl_time', meaning: '就诊结算时间', type: 'datetime', required: true },
        { name: 'setl_sn', meaning: '结算流水号', type: 'string', required: true },
        { name: 'fulamt_advpay_flag', meaning: '全额垫付标志', type: 'string', required: true, codeTable: 'flag01' },
        { name: 'medfee_sumamt', meaning: '医疗费总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'optins_pay_sumamt', meaning: '经办机构支付总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
      ],
    },
  },
};
