// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 门诊就诊信息上传 2203, 输入, node `mdtrtinfo` */
export interface Input2203Mdtrtinfo {
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 医疗类别 */ readonly med_type: string;
  /** 开始时间 */ readonly begntime: string;
  /** 主要病情描述 */ readonly main_cond_dscr?: string;
  /** 病种编码 */ readonly dise_codg?: string;
  /** 病种名称 */ readonly dise_name?: string;
  /** 计划生育手术类别 */ readonly birctrl_type?: string;
  /** 计划生育手术或生育日期 */ readonly birctrl_matn_date?: string;
  /** 字段扩展(JSON字符串) */ readonly expContent?: string;
}

/** 门诊就诊信息上传 2203, 输入, node `diseinfo` */
export interface Input2203Diseinfo {
  /** 诊断类别 */ readonly diag_type: string;
  /** 诊断排序号 */ readonly diag_srt_no: number;
  /** 诊断代码 */ readonly diag_code: string;
  /** 诊断名称 */ readonly diag_name: string;
  /** 诊断科室 */ readonly diag_dept: string;
  /** 诊断医生编码 */ readonly dise_dor_no: string;
  /** 诊断医生姓名 */ readonly dise_dor_name: string;
  /** 诊断时间 */ readonly diag_time: string;
  /** 有效标志 */ readonly vali_flag: string;
}

/** 门诊就诊信息上传 2203, 输入 */
export interface Input2203 {
  readonly mdtrtinfo: Input2203Mdtrtinfo;
  readonly diseinfo: readonly Input2203Diseinfo[];
}

/** 门诊就诊信息上传 2203, 输出: none. */
export type Output2203 = Record<string, never>;

export const transaction2203: Transaction = {
  infno: '2203',
  name: '门诊就诊信息上传',
  nameEn: 'Upload outpatient visit + diagnoses (plain form)',
  effect: 'write',
  path: '/fsi/api/outpatientDocInfoService/outpatientMdtrtinfoUp',
  undo: null,
  reversibleBy2601: false,
  input: {
    mdtrtinfo: {
      cardinality: '1',
      fields: [
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'med_type', meaning: '医疗类别', type: 'string', maxLength: 6, required: true, codeTable: 'med_type' },
        { name: 'begntime', meaning: '开始时间', type: 'datetime', required: true },
        { name: 'main_cond_dscr', meaning: '主要病情描述', type: 'string', maxLength: 1000, required: false },
        { name: 'dise_codg', meaning: '病种编码', type: 'string', maxLength: 30, required: false },
        { name: 'dise_name', meaning: '病种名称', type: 'string', maxLength: 500, required: false },
        { name: 'birctrl_type', meaning: '计划生育手术类别', type: 'string', maxLength: 6, required: false, codeTable: 'birctrl_type' },
        { name: 'birctrl_matn_date', meaning: '计划生育手术或生育日期', type: 'date', required: false },
        { name: 'expContent', meaning: '字段扩展(JSON字符串)', type: 'string', maxLength: 4000, required: false },
      ],
    },
    diseinfo: {
      cardinality: '1..n',
      fields: [
        { name: 'diag_type', meaning: '诊断类别', type: 'string', maxLength: 3, required: true, codeTable: 'diag_type' },
        { name: 'diag_srt_no', meaning: '诊断排序号', type: 'integer', precision: 2, required: true },
        { name: 'diag_code', meaning: '诊断代码', type: 'string', maxLength: 20, required: true },
        { name: 'diag_name', meaning: '诊断名称', type: 'string', maxLength: 100, required: true },
        { name: 'diag_dept', meaning: '诊断科室', type: 'string', maxLength: 50, required: true },
        { name: 'dise_dor_no', meaning: '诊断医生编码', type: 'string', maxLength: 30, required: true },
        { name: 'dise_dor_name', meaning: '诊断医生姓名', type: 'string', maxLength: 50, required: true },
        { name: 'diag_time', meaning: '诊断时间', type: 'datetime', required: true },
        { name: 'vali_flag', meaning: '有效标志', type: 'string', maxLength: 3, required: true, codeTable: 'flag01' },
      ],
    },
  },
  output: {},
};
