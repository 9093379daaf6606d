// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 诊断信息查询 5202, 输入, node `data` */
export interface Input5202Data {
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 人员编号 */ readonly psn_no: string;
}

/** 诊断信息查询 5202, 输入 */
export interface Input5202 {
  readonly data: Input5202Data;
}

/** 诊断信息查询 5202, 输出, node `diseinfo` */
export interface Output5202Diseinfo {
  /** 诊断信息ID */ readonly diag_info_id?: string;
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 出入院诊断类别 */ readonly inout_diag_type?: string;
  /** 诊断类别 */ readonly diag_type: string;
  /** 主诊断标志 */ readonly maindiag_flag?: string;
  /** 诊断排序号 */ readonly diag_srt_no: number;
  /** 诊断代码 */ readonly diag_code: string;
  /** 诊断名称 */ readonly diag_name: string;
  /** 入院病情 */ readonly adm_cond?: string;
  /** 诊断科室 */ readonly diag_dept?: string;
  /** 诊断医生编码 */ readonly dise_dor_no?: string;
  /** 诊断医生姓名 */ readonly dise_dor_name?: string;
  /** 诊断时间 */ readonly diag_time?: string;
  /** 经办人ID */ readonly opter_id?: string;
  /** 经办人姓名 */ readonly opter_name?: string;
  /** 经办时间 */ readonly opt_time?: string;
}

/** 诊断信息查询 5202, 输出 */
export interface Output5202 {
  readonly diseinfo: readonly Output5202Diseinfo[];
}

export const transaction5202: Transaction = {
  infno: '5202',
  name: '诊断信息查询',
  nameEn: 'Query diagnoses',
  effect: 'read',
  path: null,
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
      ],
    },
  },
  output: {
    diseinfo: {
      cardinality: '0..n',
      fields: [
        { name: 'diag_info_id', meaning: '诊断信息ID', type: 'string', maxLength: 30, required: false },
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'inout_diag_type', meaning: '出入院诊断类别', type: 'string', maxLength: 3, required: false, codeTable: 'inout_diag_type' },
        { name: 'diag_type', meaning: '诊断类别', type: 'string', maxLength: 3, required: true, codeTable: 'diag_type' },
        { name: 'maindiag_flag', meaning: '主诊断标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'diag_srt_no', meaning: '诊断排序号', type: 'integer', precision: 2, required: true },
        { name: 'diag_code', meaning: '诊断代码', type: 'string', maxLength: 20, required: true },
        { name: 'diag_name', meaning: '诊断名称', type: 'string', maxLength: 100, required: true },
        { name: 'adm_cond', meaning: '入院病情', type: 'string', maxLength: 500, required: false },
        { name: 'diag_dept', meaning: '诊断科室', type: 'string', maxLength: 50, required: false },
        { name: 'dise_dor_no', meaning: '诊断医生编码', type: 'string', maxLength: 30, required: false },
        { name: 'dise_dor_name', meaning: '诊断医生姓名', type: 'string', maxLength: 50, required: false },
        { name: 'diag_time', meaning: '诊断时间', type: 'datetime', required: false },
        { name: 'opter_id', meaning: '经办人ID', type: 'string', maxLength: 20, required: false },
        { name: 'opter_name', meaning: '经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'opt_time', meaning: '经办时间', type: 'datetime', required: false },
      ],
    },
  },
};
