// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 出院办理 2402, 输入, node `dscginfo` */
export interface Input2402Dscginfo {
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 险种类型 */ readonly insutype: string;
  /** 结束时间 */ readonly endtime: string;
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
  /** 伴有并发症标志 */ readonly cop_flag?: string;
  /** 出院科室编码 */ readonly dscg_dept_codg: string;
  /** 出院科室名称 */ readonly dscg_dept_name: string;
  /** 出院床位 */ readonly dscg_bed?: string;
  /** 离院方式 */ readonly dscg_way: string;
  /** 死亡日期 */ readonly die_date?: string;
  /** 字段扩展(JSON字符串) */ readonly expContent?: string;
}

/** 出院办理 2402, 输入, node `diseinfo` */
export interface Input2402Diseinfo {
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

/** 出院办理 2402, 输入 */
export interface Input2402 {
  readonly dscginfo: Input2402Dscginfo;
  readonly diseinfo: readonly Input2402Diseinfo[];
}

/** 出院办理 2402, 输出: none. */
export type Output2402 = Record<string, never>;

export const transaction2402: Transaction = {
  infno: '2402',
  name: '出院办理',
  nameEn: 'Inpatient discharge',
  effect: 'write',
  path: '/fsi/api/dscgService/dischargeProcess',
  undo: '2405',
  reversibleBy2601: false,
  input: {
    dscginfo: {
      cardinality: '1',
      fields: [
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'insutype', meaning: '险种类型', type: 'string', maxLength: 6, required: true, codeTable: 'insutype' },
        { name: 'endtime', meaning: '结束时间', type: 'datetime', required: true },
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
        { name: 'cop_flag', meaning: '伴有并发症标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'dscg_dept_codg', meaning: '出院科室编码', type: 'string', maxLength: 30, required: true },
        { name: 'dscg_dept_name', meaning: '出院科室名称', type: 'string', maxLength: 100, required: true },
        { name: 'dscg_bed', meaning: '出院床位', type: 'string', maxLength: 30, required: false },
        { name: 'dscg_way', meaning: '离院方式', type: 'string', maxLength: 3, required: true, codeTable: 'dscg_way' },
        { name: 'die_date', meaning: '死亡日期', type: 'date', required: false },
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
