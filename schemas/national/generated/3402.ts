// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 科室信息变更 3402, 输入, node `deptinfo` */
export interface Input3402Deptinfo {
  /** 医院科室编码 */ readonly hosp_dept_codg?: string;
  /** 医院科室名称 */ readonly hosp_dept_name?: string;
  /** 开始时间 */ readonly begntime?: string;
  /** 结束时间 */ readonly endtime?: string;
  /** 简介 */ readonly itro?: string;
  /** 科室负责人姓名 */ readonly dept_resper_name?: string;
  /** 科室负责人电话 */ readonly dept_resper_tel?: string;
  /** 科室医疗服务范围 */ readonly dept_med_serv_scp?: string;
  /** 科别 */ readonly caty?: string;
  /** 科室成立日期 */ readonly dept_estbdat?: string;
  /** 批准床位数量 */ readonly aprv_bed_cnt?: number;
  /** 医保认可床位数 */ readonly hi_crtf_bed_cnt?: number;
  /** 统筹区编号 */ readonly poolarea_no?: string;
  /** 医师人数 */ readonly dr_psncnt?: number;
  /** 药师人数 */ readonly phar_psncnt?: number;
  /** 护士人数 */ readonly nurs_psncnt?: number;
  /** 技师人数 */ readonly tecn_psncnt?: number;
  /** 备注 */ readonly memo?: string;
}

/** 科室信息变更 3402, 输入 */
export interface Input3402 {
  readonly deptinfo: Input3402Deptinfo;
}

/** 科室信息变更 3402, 输出: none. */
export type Output3402 = Record<string, never>;

export const transaction3402: Transaction = {
  infno: '3402',
  name: '科室信息变更',
  nameEn: 'Change department',
  effect: 'write',
  path: '/fsi/api/department/modifyDepartmentInfo',
  undo: null,
  reversibleBy2601: false,
  input: {
    deptinfo: {
      cardinality: '1',
      fields: [
        { name: 'hosp_dept_codg', meaning: '医院科室编码', type: 'string', maxLength: 20, required: false },
        { name: 'hosp_dept_name', meaning: '医院科室名称', type: 'string', maxLength: 100, required: false },
        { name: 'begntime', meaning: '开始时间', type: 'datetime', required: false },
        { name: 'endtime', meaning: '结束时间', type: 'datetime', required: false },
        { name: 'itro', meaning: '简介', type: 'string', maxLength: 500, required: false },
        { name: 'dept_resper_name', meaning: '科室负责人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'dept_resper_tel', meaning: '科室负责人电话', type: 'string', maxLength: 50, required: false },
        { name: 'dept_med_serv_scp', meaning: '科室医疗服务范围', type: 'string', maxLength: 500, required: false },
        { name: 'caty', meaning: '科别', type: 'string', maxLength: 6, required: false, codeTable: 'dept' },
        { name: 'dept_estbdat', meaning: '科室成立日期', type: 'datetime', required: false },
        { name: 'aprv_bed_cnt', meaning: '批准床位数量', type: 'integer', precision: 11, required: false },
        { name: 'hi_crtf_bed_cnt', meaning: '医保认可床位数', type: 'integer', precision: 11, required: false },
        { name: 'poolarea_no', meaning: '统筹区编号', type: 'string', maxLength: 6, required: false },
        { name: 'dr_psncnt', meaning: '医师人数', type: 'integer', precision: 5, required: false },
        { name: 'phar_psncnt', meaning: '药师人数', type: 'integer', precision: 5, required: false },
        { name: 'nurs_psncnt', meaning: '护士人数', type: 'integer', precision: 5, required: false },
        { name: 'tecn_psncnt', meaning: '技师人数', type: 'integer', precision: 5, required: false },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
      ],
    },
  },
  output: {},
};
