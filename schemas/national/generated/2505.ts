// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 人员定点备案 2505, 输入, node `data` */
export interface Input2505Data {
  /** 人员编号 */ readonly psn_no: string;
  /** 联系电话 */ readonly tel?: string;
  /** 联系地址 */ readonly addr?: string;
  /** 业务申请类型 */ readonly biz_appy_type: string;
  /** 开始日期 */ readonly begndate: string;
  /** 结束日期 */ readonly enddate?: string;
  /** 代办人姓名 */ readonly agnter_name?: string;
  /** 代办人证件类型 */ readonly agnter_cert_type?: string;
  /** 代办人证件号码 */ readonly agnter_certno?: string;
  /** 代办人联系方式 */ readonly agnter_tel?: string;
  /** 代办人联系地址 */ readonly agnter_addr?: string;
  /** 代办人关系 */ readonly agnter_rlts?: string;
  /** 定点排序号 */ readonly fix_srt_no: string;
  /** 定点医药机构编号 */ readonly fixmedins_code: string;
  /** 定点医药机构名称 */ readonly fixmedins_name: string;
  /** 备注 */ readonly memo?: string;
}

/** 人员定点备案 2505, 输入 */
export interface Input2505 {
  readonly data: Input2505Data;
}

/** 人员定点备案 2505, 输出, node `result` */
export interface Output2505Result {
  /** 待遇申报明细流水号 */ readonly trt_dcla_detl_sn: string;
}

/** 人员定点备案 2505, 输出 */
export interface Output2505 {
  readonly result: Output2505Result;
}

export const transaction2505: Transaction = {
  infno: '2505',
  name: '人员定点备案',
  nameEn: 'Fixed-institution filing',
  effect: 'write',
  path: null,
  undo: '2506',
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'tel', meaning: '联系电话', type: 'string', maxLength: 50, required: false },
        { name: 'addr', meaning: '联系地址', type: 'string', maxLength: 200, required: false },
        { name: 'biz_appy_type', meaning: '业务申请类型', type: 'string', maxLength: 3, required: true, codeTable: 'biz_appy_type' },
        { name: 'begndate', meaning: '开始日期', type: 'date', required: true },
        { name: 'enddate', meaning: '结束日期', type: 'date', required: false },
        { name: 'agnter_name', meaning: '代办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'agnter_cert_type', meaning: '代办人证件类型', type: 'string', maxLength: 6, required: false, codeTable: 'psn_cert_type' },
        { name: 'agnter_certno', meaning: '代办人证件号码', type: 'string', maxLength: 50, required: false },
        { name: 'agnter_tel', meaning: '代办人联系方式', type: 'string', maxLength: 30, required: false },
        { name: 'agnter_addr', meaning: '代办人联系地址', type: 'string', maxLength: 200, required: false },
        { name: 'agnter_rlts', meaning: '代办人关系', type: 'string', maxLength: 3, required: false, codeTable: 'agnter_rlts' },
        { name: 'fix_srt_no', meaning: '定点排序号', type: 'string', maxLength: 3, required: true },
        { name: 'fixmedins_code', meaning: '定点医药机构编号', type: 'string', maxLength: 12, required: true },
        { name: 'fixmedins_name', meaning: '定点医药机构名称', type: 'string', maxLength: 200, required: true },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
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
