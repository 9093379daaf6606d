// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 在院信息查询 5303, 输入, node `data` */
export interface Input5303Data {
  /** 人员编号 */ readonly psn_no: string;
  /** 开始时间 */ readonly begntime: string;
  /** 结束时间 */ readonly endtime?: string;
}

/** 在院信息查询 5303, 输入 */
export interface Input5303 {
  readonly data: Input5303Data;
}

/** 在院信息查询 5303, 输出, node `data` */
export interface Output5303Data {
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 人员证件类型 */ readonly psn_cert_type: string;
  /** 证件号码 */ readonly certno: string;
  /** 人员姓名 */ readonly psn_name: string;
  /** 性别 */ readonly gend?: string;
  /** 出生日期 */ readonly brdy?: string;
  /** 年龄 */ readonly age?: string;
  /** 险种类型 */ readonly insutype: string;
  /** 开始日期 */ readonly begndate: string;
  /** 医疗类别 */ readonly med_type: string;
  /** 住院/门诊号 */ readonly ipt_otp_no: string;
  /** 异地标志 */ readonly out_flag?: string;
}

/** 在院信息查询 5303, 输出 */
export interface Output5303 {
  readonly data: readonly Output5303Data[];
}

export const transaction5303: Transaction = {
  infno: '5303',
  name: '在院信息查询',
  nameEn: 'Query open stays',
  effect: 'read',
  path: '/fsi/api/fsiIntegratedQueryService/queryInhospInfo',
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
    data: {
      cardinality: '0..n',
      fields: [
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'psn_cert_type', meaning: '人员证件类型', type: 'string', maxLength: 6, required: true, codeTable: 'psn_cert_type' },
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 50, required: true },
        { name: 'psn_name', meaning: '人员姓名', type: 'string', maxLength: 50, required: true },
        { name: 'gend', meaning: '性别', type: 'string', maxLength: 6, required: false, codeTable: 'gend' },
        { name: 'brdy', meaning: '出生日期', type: 'date', required: false },
        { name: 'age', meaning: '年龄', type: 'decimal', precision: 4, scale: 1, required: false },
        { name: 'insutype', meaning: '险种类型', type: 'string', maxLength: 6, required: true, codeTable: 'insutype' },
        { name: 'begndate', meaning: '开始日期', type: 'date', required: true },
        { name: 'med_type', meaning: '医疗类别', type: 'string', maxLength: 6, required: true, codeTable: 'med_type' },
        { name: 'ipt_otp_no', meaning: '住院/门诊号', type: 'string', maxLength: 30, required: true },
        { name: 'out_flag', meaning: '异地标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
      ],
    },
  },
};
