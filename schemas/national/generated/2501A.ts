// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 转院备案A 2501A, 输入, node `refmedin` */
export interface Input2501ARefmedin {
  /** 转院前就诊ID */ readonly refl_old_mdtrt_id: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 险种类型 */ readonly insutype?: string;
  /** 联系电话 */ readonly tel?: string;
  /** 联系地址 */ readonly addr?: string;
  /** 参保机构医保区划 */ readonly insu_optins?: string;
  /** 诊断代码 */ readonly diag_code: string;
  /** 诊断名称 */ readonly diag_name: string;
  /** 疾病病情描述 */ readonly dise_cond_dscr?: string;
  /** 转往定点医药机构编号 */ readonly reflin_medins_no: string;
  /** 转往医院名称 */ readonly reflin_medins_name: string;
  /** 就医地行政区划 */ readonly mdtrtarea_admdvs: string;
  /** 医院同意转院标志 */ readonly hosp_agre_refl_flag?: string;
  /** 转院类型 */ readonly refl_type: string;
  /** 转院日期 */ readonly refl_date: string;
  /** 转院原因 */ readonly refl_rea: string;
  /** 转院意见 */ readonly refl_opnn: string;
  /** 开始日期 */ readonly begndate?: string;
  /** 结束日期 */ readonly enddate?: string;
}

/** 转院备案A 2501A, 输入 */
export interface Input2501A {
  readonly refmedin: Input2501ARefmedin;
}

/** 转院备案A 2501A, 输出, node `result` */
export interface Output2501AResult {
  /** 待遇申报明细流水号 */ readonly trt_dcla_detl_sn: string;
}

/** 转院备案A 2501A, 输出 */
export interface Output2501A {
  readonly result: Output2501AResult;
}

export const transaction2501A: Transaction = {
  infno: '2501A',
  name: '转院备案A',
  nameEn: 'Referral filing (A form)',
  effect: 'write',
  path: null,
  undo: '2502',
  reversibleBy2601: false,
  input: {
    refmedin: {
      cardinality: '1',
      fields: [
        { name: 'refl_old_mdtrt_id', meaning: '转院前就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'insutype', meaning: '险种类型', type: 'string', maxLength: 6, required: false, codeTable: 'insutype' },
        { name: 'tel', meaning: '联系电话', type: 'string', maxLength: 50, required: false },
        { name: 'addr', meaning: '联系地址', type: 'string', maxLength: 200, required: false },
        { name: 'insu_optins', meaning: '参保机构医保区划', type: 'string', maxLength: 6, required: false },
        { name: 'diag_code', meaning: '诊断代码', type: 'string', maxLength: 20, required: true },
        { name: 'diag_name', meaning: '诊断名称', type: 'string', maxLength: 100, required: true },
        { name: 'dise_cond_dscr', meaning: '疾病病情描述', type: 'string', maxLength: 2000, required: false },
        { name: 'reflin_medins_no', meaning: '转往定点医药机构编号', type: 'string', maxLength: 12, required: true },
        { name: 'reflin_medins_name', meaning: '转往医院名称', type: 'string', maxLength: 200, required: true },
        { name: 'mdtrtarea_admdvs', meaning: '就医地行政区划', type: 'string', maxLength: 6, required: true },
        { name: 'hosp_agre_refl_flag', meaning: '医院同意转院标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'refl_type', meaning: '转院类型', type: 'string', maxLength: 30, required: true, codeTable: 'refl_type' },
        { name: 'refl_date', meaning: '转院日期', type: 'date', required: true },
        { name: 'refl_rea', meaning: '转院原因', type: 'string', maxLength: 100, required: true },
        { name: 'refl_opnn', meaning: '转院意见', type: 'string', maxLength: 200, required: true },
        { name: 'begndate', meaning: '开始日期', type: 'date', required: false },
        { name: 'enddate', meaning: '结束日期', type: 'date', required: false },
      ],
    },
  },
  output: {
    result: {
      cardinality: '1',
      fields: [
        { name: 'trt_dcla_detl_sn', meaning: '待遇申报明细流水号', type: 'string', maxLength: 30, required: true },
      ],
    },
  },
};
