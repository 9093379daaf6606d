// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Fen } from '../../../domain/money';
import type { Transaction } from '../types';

/** 医药机构费用结算对明细账 3202, 输入, node `data` */
export interface Input3202Data {
  /** 结算经办机构 */ readonly setl_optins: string;
  /** 文件查询号 */ readonly file_qury_no: string;
  /** 对账开始日期 */ readonly stmt_begndate: string;
  /** 对账结束日期 */ readonly stmt_enddate: string;
  /** 医疗费总额(分) */ readonly medfee_sumamt: Fen;
  /** 基金支付总额(分) */ readonly fund_pay_sumamt: Fen;
  /** 现金支付金额(分) */ readonly cash_payamt: Fen;
  /** 定点医药机构结算笔数 */ readonly fixmedins_setl_cnt: number;
  /** 清算类别 */ readonly clr_type?: string;
  /** 退费结算标志 */ readonly REFD_SETL_FLAG?: string;
  /** 字段扩展(JSON字符串) */ readonly expContent?: string;
}

/** 医药机构费用结算对明细账 3202, 输入 */
export interface Input3202 {
  readonly data: Input3202Data;
}

/** 医药机构费用结算对明细账 3202, 输出, node `fileinfo` */
export interface Output3202Fileinfo {
  /** 文件查询号 */ readonly file_qury_no: string;
  /** 文件名称 */ readonly filename: string;
  /** 下载截止时间 */ readonly dld_endtime: string;
}

/** 医药机构费用结算对明细账 3202, 输出 */
export interface Output3202 {
  readonly fileinfo: Output3202Fileinfo;
}

export const transaction3202: Transaction = {
  infno: '3202',
  name: '医药机构费用结算对明细账',
  nameEn: 'Reconcile details',
  effect: 'read',
  path: '/fsi/api/ybSettlementStmtService/stmtDetail',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'setl_optins', meaning: '结算经办机构', type: 'string', maxLength: 6, required: true },
        { name: 'file_qury_no', meaning: '文件查询号', type: 'string', maxLength: 30, required: true },
        { name: 'stmt_begndate', meaning: '对账开始日期', type: 'date', required: true },
        { name: 'stmt_enddate', meaning: '对账结束日期', type: 'date', required: true },
        { name: 'medfee_sumamt', meaning: '医疗费总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'fund_pay_sumamt', meaning: '基金支付总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'cash_payamt', meaning: '现金支付金额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'fixmedins_setl_cnt', meaning: '定点医药机构结算笔数', type: 'integer', precision: 10, required: true },
        { name: 'clr_type', meaning: '清算类别', type: 'string', maxLength: 6, required: false, codeTable: 'clr_type' },
        { name: 'REFD_SETL_FLAG', meaning: '退费结算标志', type: 'string', maxLength: 3, required: false, codeTable: 'refd_setl_filter' },
        { name: 'expContent', meaning: '字段扩展(JSON字符串)', type: 'string', maxLength: 4000, required: false },
      ],
    },
  },
  output: {
    fileinfo: {
      cardinality: '1',
      fields: [
        { name: 'file_qury_no', meaning: '文件查询号', type: 'string', maxLength: 30, required: true },
        { name: 'filename', meaning: '文件名称', type: 'string', maxLength: 200, required: true },
        { name: 'dld_endtime', meaning: '下载截止时间', type: 'datetime', required: true },
      ],
    },
  },
};
