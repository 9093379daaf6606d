// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 人员待遇享受检查 2001, 输入, node `data` */
export interface Input2001Data {
  /** 人员编号 */ readonly psn_no: string;
  /** 险种类型 */ readonly insutype: string;
  /** 定点医药机构编号 */ readonly fixmedins_code: string;
  /** 医疗类别 */ readonly med_type: string;
  /** 开始时间 */ readonly begntime: string;
  /** 结束时间 */ readonly endtime?: string;
  /** 病种编码 */ readonly dise_codg?: string;
  /** 病种名称 */ readonly dise_name?: string;
  /** 手术操作代码 */ readonly oprn_oprt_code?: string;
  /** 手术操作名称 */ readonly oprn_oprt_name?: string;
  /** 生育类别 */ readonly matn_type?: string;
  /** 计划生育手术类别 */ readonly birctrl_type?: string;
}

/** 人员待遇享受检查 2001, 输入 */
export interface Input2001 {
  readonly data: Input2001Data;
}

/** 人员待遇享受检查 2001, 输出, node `trtinfo` */
export interface Output2001Trtinfo {
  /** 人员编号 */ readonly psn_no: string;
  /** 待遇检查类型 */ readonly trt_chk_type: string;
  /** 基金支付类型 */ readonly fund_pay_type: string;
  /** 基金款项待遇享受标志 */ readonly trt_enjymnt_flag: string;
  /** 开始日期 */ readonly begndate?: string;
  /** 结束日期 */ readonly enddate?: string;
  /** 待遇检查结果(不享受原因) */ readonly trt_chk_rslt?: string;
}

/** 人员待遇享受检查 2001, 输出 */
export interface Output2001 {
  readonly trtinfo: readonly Output2001Trtinfo[];
}

export const transaction2001: Transaction = {
  infno: '2001',
  name: '人员待遇享受检查',
  nameEn: 'Entitlement check',
  effect: 'read',
  path: '/fsi/api/fsiPsnPriorityInfoService/queryPsnPriorityInfo',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'insutype', meaning: '险种类型', type: 'string', maxLength: 6, required: true, codeTable: 'insutype' },
        { name: 'fixmedins_code', meaning: '定点医药机构编号', type: 'string', maxLength: 12, required: true },
        { name: 'med_type', meaning: '医疗类别', type: 'string', maxLength: 6, required: true, codeTable: 'med_type' },
        { name: 'begntime', meaning: '开始时间', type: 'datetime', required: true },
        { name: 'endtime', meaning: '结束时间', type: 'datetime', required: false },
        { name: 'dise_codg', meaning: '病种编码', type: 'string', maxLength: 30, required: false },
        { name: 'dise_name', meaning: '病种名称', type: 'string', maxLength: 500, required: false },
        { name: 'oprn_oprt_code', meaning: '手术操作代码', type: 'string', maxLength: 30, required: false },
        { name: 'oprn_oprt_name', meaning: '手术操作名称', type: 'string', maxLength: 500, required: false },
        { name: 'matn_type', meaning: '生育类别', type: 'string', maxLength: 6, required: false, codeTable: 'matn_type' },
        { name: 'birctrl_type', meaning: '计划生育手术类别', type: 'string', maxLength: 6, required: false, codeTable: 'birctrl_type' },
      ],
    },
  },
  output: {
    trtinfo: {
      cardinality: '0..n',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'trt_chk_type', meaning: '待遇检查类型', type: 'string', maxLength: 6, required: true, codeTable: 'trt_chk_type' },
        { name: 'fund_pay_type', meaning: '基金支付类型', type: 'string', maxLength: 6, required: true, codeTable: 'fund_pay_type' },
        { name: 'trt_enjymnt_flag', meaning: '基金款项待遇享受标志', type: 'string', maxLength: 3, required: true, codeTable: 'flag01' },
        { name: 'begndate', meaning: '开始日期', type: 'date', required: false },
        { name: 'enddate', meaning: '结束日期', type: 'date', required: false },
        { name: 'trt_chk_rslt', meaning: '待遇检查结果(不享受原因)', type: 'string', maxLength: 500, required: false },
      ],
    },
  },
};
