// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 就诊信息查询 5201, 输入, node `data` */
export interface Input5201Data {
  /** 人员编号 */ readonly psn_no: string;
  /** 开始时间 */ readonly begntime: string;
  /** 结束时间 */ readonly endtime: string;
  /** 医疗类别 */ readonly med_type: string;
  /** 就诊ID */ readonly mdtrt_id?: string;
}

/** 就诊信息查询 5201, 输入 */
export interface Input5201 {
  readonly data: Input5201Data;
}

/** 就诊信息查询 5201, 输出, node `mdtrtinfo` */
export interface Output5201Mdtrtinfo {
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 人员证件类型 */ readonly psn_cert_type: string;
  /** 证件号码 */ readonly certno: string;
  /** 人员姓名 */ readonly psn_name: string;
  /** 性别 */ readonly gend?: string;
  /** 民族 */ readonly naty?: string;
  /** 出生日期 */ readonly brdy?: string;
  /** 年龄 */ readonly age?: string;
  /** 联系人姓名 */ readonly coner_name?: string;
  /** 联系电话 */ readonly tel?: string;
  /** 险种类型 */ readonly insutype: string;
  /** 人员类别 */ readonly psn_type: string;
  /** 医疗救助对象标志 */ readonly maf_psn_flag?: string;
  /** 公务员标志 */ readonly cvlserv_flag?: string;
  /** 灵活就业标志 */ readonly flxempe_flag?: string;
  /** 新生儿标志 */ readonly nwb_flag?: string;
  /** 参保机构医保区划 */ readonly insu_optins?: string;
  /** 单位名称 */ readonly emp_name?: string;
  /** 开始时间 */ readonly begntime: string;
  /** 结束时间 */ readonly endtime?: string;
  /** 就诊凭证类型 */ readonly mdtrt_cert_type?: string;
  /** 医疗类别 */ readonly med_type: string;
  /** 跨年度住院标志 */ readonly ars_year_ipt_flag?: string;
  /** 先行支付标志 */ readonly pre_pay_flag?: string;
  /** 住院/门诊号 */ readonly ipt_otp_no: string;
  /** 病历号 */ readonly medrcdno?: string;
  /** 主治医生编码 */ readonly atddr_no?: string;
  /** 主诊医师姓名 */ readonly chfpdr_name?: string;
  /** 入院科室编码 */ readonly adm_dept_codg?: string;
  /** 入院科室名称 */ readonly adm_dept_name?: string;
  /** 入院床位 */ readonly adm_bed?: string;
  /** 住院主诊断代码 */ readonly dscg_maindiag_code?: string;
  /** 住院主诊断名称 */ readonly dscg_maindiag_name?: string;
  /** 出院科室编码 */ readonly dscg_dept_codg?: string;
  /** 出院科室名称 */ readonly dscg_dept_name?: string;
  /** 出院床位 */ readonly dscg_bed?: string;
  /** 离院方式 */ readonly dscg_way?: string;
  /** 主要病情描述 */ readonly main_cond_dscr?: string;
  /** 病种编码 */ readonly dise_codg?: string;
  /** 病种名称 */ readonly dise_name?: string;
  /** 手术操作代码 */ readonly oprn_oprt_code?: string;
  /** 手术操作名称 */ readonly oprn_oprt_name?: string;
  /** 门诊诊断信息 */ readonly otp_diag_info?: string;
  /** 在院状态 */ readonly inhosp_stas?: string;
  /** 死亡日期 */ readonly die_date?: string;
  /** 住院天数 */ readonly ipt_days?: string;
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
  /** 经办人ID */ readonly opter_id?: string;
  /** 经办人姓名 */ readonly opter_name?: string;
  /** 经办时间 */ readonly opt_time?: string;
  /** 备注 */ readonly memo?: string;
}

/** 就诊信息查询 5201, 输出 */
export interface Output5201 {
  readonly mdtrtinfo: readonly Output5201Mdtrtinfo[];
}

export const transaction5201: Transaction = {
  infno: '5201',
  name: '就诊信息查询',
  nameEn: 'Query visits',
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
        { name: 'endtime', meaning: '结束时间', type: 'datetime', required: true },
        { name: 'med_type', meaning: '医疗类别', type: 'string', maxLength: 6, required: true, codeTable: 'med_type' },
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: false },
      ],
    },
  },
  output: {
    mdtrtinfo: {
      cardinality: '0..n',
      fields: [
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'psn_cert_type', meaning: '人员证件类型', type: 'string', maxLength: 6, required: true, codeTable: 'psn_cert_type' },
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 50, required: true },
        { name: 'psn_name', meaning: '人员姓名', type: 'string', maxLength: 50, required: true },
        { name: 'gend', meaning: '性别', type: 'string', maxLength: 6, required: false, codeTable: 'gend' },
        { name: 'naty', meaning: '民族', type: 'string', maxLength: 3, required: false, codeTable: 'naty' },
        { name: 'brdy', meaning: '出生日期', type: 'date', required: false },
        { name: 'age', meaning: '年龄', type: 'decimal', precision: 4, scale: 1, required: false },
        { name: 'coner_name', meaning: '联系人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'tel', meaning: '联系电话', type: 'string', maxLength: 50, required: false },
        { name: 'insutype', meaning: '险种类型', type: 'string', maxLength: 6, required: true, codeTable: 'insutype' },
        { name: 'psn_type', meaning: '人员类别', type: 'string', maxLength: 6, required: true, codeTable: 'psn_type' },
        { name: 'maf_psn_flag', meaning: '医疗救助对象标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'cvlserv_flag', meaning: '公务员标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'flxempe_flag', meaning: '灵活就业标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'nwb_flag', meaning: '新生儿标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'insu_optins', meaning: '参保机构医保区划', type: 'string', maxLength: 6, required: false },
        { name: 'emp_name', meaning: '单位名称', type: 'string', maxLength: 200, required: false },
        { name: 'begntime', meaning: '开始时间', type: 'datetime', required: true },
        { name: 'endtime', meaning: '结束时间', type: 'datetime', required: false },
        { name: 'mdtrt_cert_type', meaning: '就诊凭证类型', type: 'string', maxLength: 3, required: false, codeTable: 'mdtrt_cert_type' },
        { name: 'med_type', meaning: '医疗类别', type: 'string', maxLength: 6, required: true, codeTable: 'med_type' },
        { name: 'ars_year_ipt_flag', meaning: '跨年度住院标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'pre_pay_flag', meaning: '先行支付标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'ipt_otp_no', meaning: '住院/门诊号', type: 'string', maxLength: 30, required: true },
        { name: 'medrcdno', meaning: '病历号', type: 'string', maxLength: 30, required: false },
        { name: 'atddr_no', meaning: '主治医生编码', type: 'string', maxLength: 30, required: false },
        { name: 'chfpdr_name', meaning: '主诊医师姓名', type: 'string', maxLength: 50, required: false },
        { name: 'adm_dept_codg', meaning: '入院科室编码', type: 'string', maxLength: 30, required: false },
        { name: 'adm_dept_name', meaning: '入院科室名称', type: 'string', maxLength: 100, required: false },
        { name: 'adm_bed', meaning: '入院床位', type: 'string', maxLength: 30, required: false },
        { name: 'dscg_maindiag_code', meaning: '住院主诊断代码', type: 'string', maxLength: 20, required: false },
        { name: 'dscg_maindiag_name', meaning: '住院主诊断名称', type: 'string', maxLength: 300, required: false },
        { name: 'dscg_dept_codg', meaning: '出院科室编码', type: 'string', maxLength: 30, required: false },
        { name: 'dscg_dept_name', meaning: '出院科室名称', type: 'string', maxLength: 100, required: false },
        { name: 'dscg_bed', meaning: '出院床位', type: 'string', maxLength: 30, required: false },
        { name: 'dscg_way', meaning: '离院方式', type: 'string', maxLength: 3, required: false, codeTable: 'dscg_way' },
        { name: 'main_cond_dscr', meaning: '主要病情描述', type: 'string', maxLength: 1000, required: false },
        { name: 'dise_codg', meaning: '病种编码', type: 'string', maxLength: 30, required: false },
        { name: 'dise_name', meaning: '病种名称', type: 'string', maxLength: 500, required: false },
        { name: 'oprn_oprt_code', meaning: '手术操作代码', type: 'string', maxLength: 30, required: false },
        { name: 'oprn_oprt_name', meaning: '手术操作名称', type: 'string', maxLength: 500, required: false },
        { name: 'otp_diag_info', meaning: '门诊诊断信息', type: 'string', required: false },
        { name: 'inhosp_stas', meaning: '在院状态', type: 'string', maxLength: 3, required: false, codeTable: 'inhosp_stas' },
        { name: 'die_date', meaning: '死亡日期', type: 'date', required: false },
        { name: 'ipt_days', meaning: '住院天数', type: 'decimal', precision: 16, scale: 2, required: false },
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
        { name: 'opter_id', meaning: '经办人ID', type: 'string', maxLength: 20, required: false },
        { name: 'opter_name', meaning: '经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'opt_time', meaning: '经办时间', type: 'datetime', required: false },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
      ],
    },
  },
};
