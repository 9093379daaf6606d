// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 转院信息查询 5304, 输入, node `data` */
export interface Input5304Data {
  /** 人员编号 */ readonly psn_no: string;
  /** 开始时间 */ readonly begntime: string;
  /** 结束时间 */ readonly endtime?: string;
}

/** 转院信息查询 5304, 输入 */
export interface Input5304 {
  readonly data: Input5304Data;
}

/** 转院信息查询 5304, 输出, node `refmedin` */
export interface Output5304Refmedin {
  /** 险种类型 */ readonly insutype?: string;
  /** 申报来源 */ readonly dcla_souc?: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 人员证件类型 */ readonly psn_cert_type?: string;
  /** 证件号码 */ readonly certno?: string;
  /** 人员姓名 */ readonly psn_name?: string;
  /** 性别 */ readonly gend?: string;
  /** 出生日期 */ readonly brdy?: string;
  /** 联系电话 */ readonly tel?: string;
  /** 联系地址 */ readonly addr?: string;
  /** 参保机构医保区划 */ readonly insu_optins?: string;
  /** 单位名称 */ readonly emp_name?: string;
  /** 诊断代码 */ readonly diag_code?: string;
  /** 诊断名称 */ readonly diag_name?: string;
  /** 疾病病情描述 */ readonly dise_cond_dscr?: string;
  /** 转往定点医药机构编号 */ readonly reflin_medins_no?: string;
  /** 转往医院名称 */ readonly reflin_medins_name?: string;
  /** 异地标志 */ readonly out_flag?: string;
  /** 转院日期 */ readonly refl_date?: string;
  /** 转院原因 */ readonly refl_rea?: string;
  /** 开始日期 */ readonly begndate?: string;
  /** 结束日期 */ readonly enddate?: string;
  /** 医院同意转院标志 */ readonly hosp_agre_refl_flag?: string;
  /** 经办人ID */ readonly opter_id?: string;
  /** 经办人姓名 */ readonly opter_name?: string;
  /** 经办时间 */ readonly opt_time?: string;
}

/** 转院信息查询 5304, 输出 */
export interface Output5304 {
  readonly refmedin: readonly Output5304Refmedin[];
}

export const transaction5304: Transaction = {
  infno: '5304',
  name: '转院信息查询',
  nameEn: 'Query referrals',
  effect: 'read',
  path: null,
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'begntime', meaning: '开始时间', type: 'datetime', required: true },
        { name: 'endtime', meaning: '结束时间', type: 'datetime', required: false },
      ],
    },
  },
  output: {
    refmedin: {
      cardinality: '0..n',
      fields: [
        { name: 'insutype', meaning: '险种类型', type: 'string', maxLength: 6, required: false, codeTable: 'insutype' },
        { name: 'dcla_souc', meaning: '申报来源', type: 'string', required: false },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'psn_cert_type', meaning: '人员证件类型', type: 'string', maxLength: 6, required: false, codeTable: 'psn_cert_type' },
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 50, required: false },
        { name: 'psn_name', meaning: '人员姓名', type: 'string', maxLength: 50, required: false },
        { name: 'gend', meaning: '性别', type: 'string', maxLength: 6, required: false, codeTable: 'gend' },
        { name: 'brdy', meaning: '出生日期', type: 'date', required: false },
        { name: 'tel', meaning: '联系电话', type: 'string', maxLength: 50, required: false },
        { name: 'addr', meaning: '联系地址', type: 'string', maxLength: 200, required: false },
        { name: 'insu_optins', meaning: '参保机构医保区划', type: 'string', maxLength: 6, required: false },
        { name: 'emp_name', meaning: '单位名称', type: 'string', maxLength: 200, required: false },
        { name: 'diag_code', meaning: '诊断代码', type: 'string', maxLength: 20, required: false },
        { name: 'diag_name', meaning: '诊断名称', type: 'string', maxLength: 100, required: false },
        { name: 'dise_cond_dscr', meaning: '疾病病情描述', type: 'string', maxLength: 2000, required: false },
        { name: 'reflin_medins_no', meaning: '转往定点医药机构编号', type: 'string', maxLength: 12, required: false },
        { name: 'reflin_medins_name', meaning: '转往医院名称', type: 'string', maxLength: 200, required: false },
        { name: 'out_flag', meaning: '异地标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'refl_date', meaning: '转院日期', type: 'date', required: false },
        { name: 'refl_rea', meaning: '转院原因', type: 'string', maxLength: 100, required: false },
        { name: 'begndate', meaning: '开始日期', type: 'date', required: false },
        { name: 'enddate', meaning: '结束日期', type: 'date', required: false },
        { name: 'hosp_agre_refl_flag', meaning: '医院同意转院标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'opter_id', meaning: '经办人ID', type: 'string', maxLength: 20, required: false },
        { name: 'opter_name', meaning: '经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'opt_time', meaning: '经办时间', type: 'datetime', required: false },
      ],
    },
  },
};
