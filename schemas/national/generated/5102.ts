// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 医执人员信息查询 5102, 输入, node `data` */
export interface Input5102Data {
  /** 执业人员分类 */ readonly prac_psn_type: string;
  /** 人员证件类型 */ readonly psn_cert_type?: string;
  /** 证件号码 */ readonly certno?: string;
  /** 执业人员姓名 */ readonly prac_psn_name?: string;
  /** 执业人员代码 */ readonly prac_psn_code?: string;
}

/** 医执人员信息查询 5102, 输入 */
export interface Input5102 {
  readonly data: Input5102Data;
}

/** 医执人员信息查询 5102, 输出, node `data` */
export interface Output5102Data {
  /** 人员证件类型 */ readonly psn_cert_type?: string;
  /** 证件号码 */ readonly certno?: string;
  /** 执业人员自编号 */ readonly prac_psn_no?: string;
  /** 执业人员代码 */ readonly prac_psn_code: string;
  /** 执业人员姓名 */ readonly prac_psn_name: string;
  /** 执业人员分类 */ readonly prac_psn_type?: string;
  /** 资格证书编码 */ readonly prac_psn_cert?: string;
  /** 执业证书编号 */ readonly prac_cert_no?: string;
  /** 医保医师标志 */ readonly hi_dr_flag?: string;
  /** 开始时间 */ readonly begntime?: string;
  /** 结束时间 */ readonly endtime?: string;
  /** 变更原因 */ readonly chg_rea?: string;
}

/** 医执人员信息查询 5102, 输出 */
export interface Output5102 {
  readonly data: readonly Output5102Data[];
}

export const transaction5102: Transaction = {
  infno: '5102',
  name: '医执人员信息查询',
  nameEn: 'Query practitioners',
  effect: 'read',
  path: '/fsi/api/fsiIntegratedQueryService/queryFixmedinsPracPsn',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'prac_psn_type', meaning: '执业人员分类', type: 'string', maxLength: 6, required: true },
        { name: 'psn_cert_type', meaning: '人员证件类型', type: 'string', maxLength: 6, required: false, codeTable: 'psn_cert_type' },
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 50, required: false },
        { name: 'prac_psn_name', meaning: '执业人员姓名', type: 'string', maxLength: 50, required: false },
        { name: 'prac_psn_code', meaning: '执业人员代码', type: 'string', maxLength: 20, required: false },
      ],
    },
  },
  output: {
    data: {
      cardinality: '0..n',
      fields: [
        { name: 'psn_cert_type', meaning: '人员证件类型', type: 'string', maxLength: 6, required: false, codeTable: 'psn_cert_type' },
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 50, required: false },
        { name: 'prac_psn_no', meaning: '执业人员自编号', type: 'string', maxLength: 20, required: false },
        { name: 'prac_psn_code', meaning: '执业人员代码', type: 'string', maxLength: 20, required: true },
        { name: 'prac_psn_name', meaning: '执业人员姓名', type: 'string', maxLength: 50, required: true },
        { name: 'prac_psn_type', meaning: '执业人员分类', type: 'string', maxLength: 6, required: false },
        { name: 'prac_psn_cert', meaning: '资格证书编码', type: 'string', maxLength: 30, required: false },
        { name: 'prac_cert_no', meaning: '执业证书编号', type: 'string', maxLength: 30, required: false },
        { name: 'hi_dr_flag', meaning: '医保医师标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'begntime', meaning: '开始时间', type: 'datetime', required: false },
        { name: 'endtime', meaning: '结束时间', type: 'datetime', required: false },
        { name: 'chg_rea', meaning: '变更原因', type: 'string', maxLength: 200, required: false },
      ],
    },
  },
};
