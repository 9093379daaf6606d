// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 住院信息变更 2403, 输入, node `adminfo` */
export interface Input2403Adminfo {
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 联系人姓名 */ readonly coner_name?: string;
  /** 联系电话 */ readonly tel?: string;
  /** 开始时间 */ readonly begntime: string;
  /** 结束时间 */ readonly endtime?: string;
  /** 就诊凭证类型 */ readonly mdtrt_cert_type: string;
  /** 医疗类别 */ readonly med_type: string;
  /** 住院/门诊号 */ readonly ipt_otp_no: string;
  /** 病历号 */ readonly medrcdno?: string;
  /** 主治医生编码 */ readonly atddr_no: string;
  /** 主诊医师姓名 */ readonly chfpdr_name: string;
  /** 入院诊断描述 */ readonly adm_diag_dscr: string;
  /** 入院科室编码 */ readonly adm_dept_codg: string;
  /** 入院科室名称 */ readonly adm_dept_name: string;
  /** 入院床位 */ readonly adm_bed: string;
  /** 住院主诊断代码 */ readonly dscg_maindiag_code: string;
  /** 住院主诊断名称 */ readonly dscg_maindiag_name: string;
  /** 主要病情描述 */ readonly main_cond_dscr?: string;
  /** 病种编码 */ readonly dise_codg?: string;
  /** 病种名称 */ readonly dise_name?: string;
  /** 手术操作代码 */ readonly oprn_oprt_code?: string;
  /** 手术操作名称 */ readonly oprn_oprt_name?: string;
  /** 计划生育服务证号 */ readonly fpsc_no?: string;
  /** 生育类别 */ readonly matn_type?: string;
  /** 计划生育手术类别 */ readonly birctrl_type?: string;
  /** 晚育标志 */ readonly latechb_flag?: string;
  /** 孕周数 */ readonly geso_val?: number;
  /** 胎次 */ readonly fetts?: number;
  /** 胎儿数 */ readonly fetus_cnt?: number;
  /** 早产标志 */ readonly pret_flag?: string;
  /** 计划生育手术或生育日期 */ readonly birctrl_matn_date?: string;
  /** 病种类型 */ readonly dise_type_code?: string;
  /** 字段扩展(JSON字符串) */ readonly expContent?: string;
}

/** 住院信息变更 2403, 输入, node `diseinfo` */
export interface Input2403Diseinfo {
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 诊断类别 */ readonly diag_type: string;
  /** 主诊断标志 */ readonly maindiag_flag: string;
  /** 诊断排序号 */ readonly diag_srt_no: number;
  /** 诊断代码 */ readonly diag_code: string;
  /** 诊断名称 */ readonly diag_name: string;
  /** 入院病情 */ readonly adm_cond?: string;
  /** 诊断科室 */ readonly diag_dept: string;
  /** 诊断医生编码 */ readonly dise_dor_no: string;
  /** 诊断医生姓名 */ readonly dise_dor_name: string;
  /** 诊断时间 */ readonly diag_time: string;
}

/** 住院信息变更 2403, 输入 */
export interface Input2403 {
  readonly adminfo: Input2403Adminfo;
  readonly diseinfo: readonly Input2403Diseinfo[];
}

/** 住院信息变更 2403, 输出: none. */
export type Output2403 = Record<string, never>;

export const transaction2403: Transaction = {
  infno: '2403',
  name: '住院信息变更',
  nameEn: 'Amend admission',
  effect: 'write',
  path: '/fsi/api/hospitalRegisterService/hospitalRegisterEdit',
  undo: null,
  reversibleBy2601: false,
  input: {
    adminfo: {
      cardinality: '1',
      fields: [
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'coner_name', meaning: '联系人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'tel', meaning: '联系电话', type: 'string', maxLength: 50, required: false },
        { name: 'begntime', meaning: '开始时间', type: 'datetime', required: true },
        { name: 'endtime', meaning: '结束时间', type: 'datetime', required: false },
        { name: 'mdtrt_cert_type', meaning: '就诊凭证类型', type: 'string', maxLength: 3, required: true, codeTable: 'mdtrt_cert_type' },
        { name: 'med_type', meaning: '医疗类别', type: 'string', maxLength: 6, required: true, codeTable: 'med_type' },
        { name: 'ipt_otp_no', meaning: '住院/门诊号', type: 'string', maxLength: 30, required: true },
        { name: 'medrcdno', meaning: '病历号', type: 'string', maxLength: 30, required: false },
        { name: 'atddr_no', meaning: '主治医生编码', type: 'string', maxLength: 30, required: true },
        { name: 'chfpdr_name', meaning: '主诊医师姓名', type: 'string', maxLength: 50, required: true },
        { name: 'adm_diag_dscr', meaning: '入院诊断描述', type: 'string', maxLength: 200, required: true },
        { name: 'adm_dept_codg', meaning: '入院科室编码', type: 'string', maxLength: 30, required: true },
        { name: 'adm_dept_name', meaning: '入院科室名称', type: 'string', maxLength: 100, required: true },
        { name: 'adm_bed', meaning: '入院床位', type: 'string', maxLength: 30, required: true },
        { name: 'dscg_maindiag_code', meaning: '住院主诊断代码', type: 'string', maxLength: 20, required: true },
        { name: 'dscg_maindiag_name', meaning: '住院主诊断名称', type: 'string', maxLength: 300, required: true },
        { name: 'main_cond_dscr', meaning: '主要病情描述', type: 'string', maxLength: 1000, required: false },
        { name: 'dise_codg', meaning: '病种编码', type: 'string', maxLength: 30, required: false },
        { name: 'dise_name', meaning: '病种名称', type: 'string', maxLength: 500, required: false },
        { name: 'oprn_oprt_code', meaning: '手术操作代码', type: 'string', maxLength: 30, required: false },
        { name: 'oprn_oprt_name', meaning: '手术操作名称', type: 'string', maxLength: 500, required: false },
        { name: 'fpsc_no', meaning: '计划生育服务证号', type: 'string', maxLength: 50, required: false },
        { name: 'matn_type', meaning: '生育类别', type: 'string', maxLength: 6, required: false, codeTable: 'matn_type' },
        { name: 'birctrl_type', meaning: '计划生育手术类别', type: 'string', maxLength: 6, required: false, codeTable: 'birctrl_type' },
        { name: 'latechb_flag', meaning: '晚育标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'geso_val', meaning: '孕周数', type: 'integer', precision: 2, required: false },
        { name: 'fetts', meaning: '胎次', type: 'integer', precision: 3, required: false },
        { name: 'fetus_cnt', meaning: '胎儿数', type: 'integer', precision: 3, required: false },
        { name: 'pret_flag', meaning: '早产标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'birctrl_matn_date', meaning: '计划生育手术或生育日期', type: 'date', required: false },
        { name: 'dise_type_code', meaning: '病种类型', type: 'string', maxLength: 6, required: false },
        { name: 'expContent', meaning: '字段扩展(JSON字符串)', type: 'string', maxLength: 4000, required: false },
      ],
    },
    diseinfo: {
      cardinality: '1..n',
      fields: [
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'diag_type', meaning: '诊断类别', type: 'string', maxLength: 3, required: true, codeTable: 'diag_type' },
        { name: 'maindiag_flag', meaning: '主诊断标志', type: 'string', maxLength: 3, required: true, codeTable: 'flag01' },
        { name: 'diag_srt_no', meaning: '诊断排序号', type: 'integer', precision: 2, required: true },
        { name: 'diag_code', meaning: '诊断代码', type: 'string', maxLength: 20, required: true },
        { name: 'diag_name', meaning: '诊断名称', type: 'string', maxLength: 100, required: true },
        { name: 'adm_cond', meaning: '入院病情', type: 'string', maxLength: 500, required: false },
        { name: 'diag_dept', meaning: '诊断科室', type: 'string', maxLength: 50, required: true },
        { name: 'dise_dor_no', meaning: '诊断医生编码', type: 'string', maxLength: 30, required: true },
        { name: 'dise_dor_name', meaning: '诊断医生姓名', type: 'string', maxLength: 50, required: true },
        { name: 'diag_time', meaning: '诊断时间', type: 'datetime', required: true },
      ],
    },
  },
  output: {},
};
