// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Fen } from '../../../domain/money';
import type { Transaction } from '../types';

/** 医药机构费用结算对总账 3201, 输入, node `data` */
export interface Input3201Data {
  /** 险种类型 */ readonly insutype: string;
  /** 清算类别 */ readonly clr_type: string;
  /** 结算经办机构 */ readonly setl_optins: string;
  /** 对账开始日期 */ readonly stmt_begndate: string;
  /** 对账结束日期 */ readonly stmt_enddate: string;
  /** 医疗费总额(分) */ readonly medfee_sumamt: Fen;
  /** 基金支付总额(分) */ readonly fund_pay_sumamt: Fen;
  /** 个人账户支付金额(分) */ readonly acct_pay: Fen;
  /** 定点医药机构结算笔数 */ readonly fixmedins_setl_cnt: number;
  /** 退费结算标志 */ readonly REFD_SETL_FLAG?: string;
  /** 字段扩展(JSON字符串) */ readonly expContent?: string;
}

/** 医药机构费用结算对总账 3201, 输入 */
export interface Input3201 {
  readonly data: Input3201Data;
}

/** 医药机构费用结算对总账 3201, 输出, node `stmtinfo` */
export interface Output3201Stmtinfo {
  /** 结算经办机构 */ readonly setl_optins?: string;
  /** 对账结果 */ readonly stmt_rslt: string;
  /** 对账结果说明 */ readonly stmt_rslt_dscr?: string;
  /** 字段扩展(JSON字符串) */ readonly exp_content?: string;
}

/** 医药机构费用结算对总账 3201, 输出 */
export interface Output3201 {
  readonly stmtinfo: Output3201Stmtinfo;
}

export const transaction3201: Transaction = {
  infno: '3201',
  name: '医药机构费用结算对总账',
  nameEn: 'Reconcile totals',
  effect: 'read',
  path: '/fsi/api/ybSettlementStmtService/stmtTotal',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'insutype', meaning: '险种类型', type: 'string', maxLength: 6, required: true, codeTable: 'insutype' },
        { name: 'clr_type', meaning: '清算类别', type: 'string', maxLength: 6, required: true, codeTable: 'clr_type' },
        { name: 'setl_optins', meaning: '结算经办机构', type: 'string', maxLength: 6, required: true },
        { name: 'stmt_begndate', meaning: '对账开始日期', type: 'date', required: true },
        { name: 'stmt_enddate', meaning: '对账结束日期', type: 'date', required: true },
        { name: 'medfee_sumamt', meaning: '医疗费总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'fund_pay_sumamt', meaning: '基金支付总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'acct_pay', meaning: '个人账户支付金额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'fixmedins_setl_cnt', meaning: '定点医药机构结算笔数', type: 'integer', precision: 10, required: true },
        { name: 'REFD_SETL_FLAG', meaning: '退费结算标志', type: 'string', maxLength: 6, required: false, codeTable: 'refd_setl_filter' },
        { name: 'expContent', meaning: '字段扩展(JSON字符串)', type: 'string', maxLength: 4000, required: false },
      ],
    },
  },
  output: {
    stmtinfo: {
      cardinality: '1',
      fields: [
        { name: 'setl_optins', meaning: '结算经办机构', type: 'string', maxLength: 6, required: false },
        { name: 'stmt_rslt', meaning: '对账结果', type: 'string', maxLength: 6, required: true, codeTable: 'stmt_rslt' },
        { name: 'stmt_rslt_dscr', meaning: '对账结果说明', type: 'string', maxLength: 200, required: false },
        { name: 'exp_content', meaning: '字段扩展(JSON字符串)', type: 'string', maxLength: 4000, required: false },
      ],
    },
  },
};
