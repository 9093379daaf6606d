// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 门诊挂号 2201, 输入, node `data` */
export interface Input2201Data {
  /** 人员编号 */ readonly psn_no: string;
  /** 险种类型 */ readonly insutype: string;
  /** 开始时间 */ readonly begntime: string;
  /** 就诊凭证类型 */ readonly mdtrt_cert_type: string;
  /** 就诊凭证编号 */ readonly mdtrt_cert_no: string;
  /** 住院/门诊号 */ readonly ipt_otp_no: string;
  /** 医师编码 */ readonly atddr_no: string;
  /** 医师姓名 */ readonly dr_name: string;
  /** 科室编码 */ readonly dept_code: string;
  /** 科室名称 */ readonly dept_name: string;
  /** 科别 */ readonly caty: string;
  /** 医疗类别 */ readonly med_type?: string;
  /** 字段扩展(JSON字符串) */ readonly expContent?: string;
}

/** 门诊挂号 2201, 输入 */
export interface Input2201 {
  readonly data: Input2201Data;
}

/** 门诊挂号 2201, 输出, node `data` */
export interface Output2201Data {
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 住院/门诊号 */ readonly ipt_otp_no: string;
}

/** 门诊挂号 2201, 输出 */
export interface Output2201 {
  readonly data: Output2201Data;
}

export const transaction2201: Transaction = {
  infno: '2201',
  name: '门诊挂号',
  nameEn: 'Outpatient registration',
  effect: 'write',
  path: '/fsi/api/outpatientDocInfoService/outpatientRregistration',
  undo: '2202',
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'insutype', meaning: '险种类型', type: 'string', maxLength: 6, required: true, codeTable: 'insutype' },
        { name: 'begntime', meaning: '开始时间', type: 'datetime', required: true },
        { name: 'mdtrt_cert_type', meaning: '就诊凭证类型', type: 'string', maxLength: 3, required: true, codeTable: 'mdtrt_cert_type' },
        { name: 'mdtrt_cert_no', meaning: '就诊凭证编号', type: 'string', maxLength: 50, required: true },
        { name: 'ipt_otp_no', meaning: '住院/门诊号', type: 'string', maxLength: 30, required: true },
        { name: 'atddr_no', meaning: '医师编码', type: 'string', maxLength: 30, required: true },
        { name: 'dr_name', meaning: '医师姓名', type: 'string', maxLength: 50, required: true },
        { name: 'dept_code', meaning: '科室编码', type: 'string', maxLength: 30, required: true },
        { name: 'dept_name', meaning: '科室名称', type: 'string', maxLength: 100, required: true },
        { name: 'caty', meaning: '科别', type: 'string', maxLength: 6, required: true, codeTable: 'dept' },
        { name: 'med_type', meaning: '医疗类别', type: 'string', maxLength: 6, required: false, codeTable: 'med_type' },
        { name: 'expContent', meaning: '字段扩展(JSON字符串)', type: 'string', maxLength: 4000, required: false },
      ],
    },
  },
  output: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'ipt_otp_no', meaning: '住院/门诊号', type: 'string', maxLength: 30, required: true },
      ],
    },
  },
};
