// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 医药机构信息获取 1201, 输入, node `medinsinfo` */
export interface Input1201Medinsinfo {
  /** 定点医疗服务机构类型 */ readonly fixmedins_type: string;
  /** 定点医药机构名称(模糊) */ readonly fixmedins_name?: string;
  /** 定点医药机构编号 */ readonly fixmedins_code?: string;
}

/** 医药机构信息获取 1201, 输入 */
export interface Input1201 {
  readonly medinsinfo: Input1201Medinsinfo;
}

/** 医药机构信息获取 1201, 输出, node `medinsinfo` */
export interface Output1201Medinsinfo {
  /** 定点医药机构编号 */ readonly fixmedins_code: string;
  /** 定点医药机构名称 */ readonly fixmedins_name: string;
  /** 统一社会信用代码 */ readonly uscc?: string;
  /** 定点医疗服务机构类型 */ readonly fixmedins_type: string;
  /** 医院等级 */ readonly hosp_lv?: string;
}

/** 医药机构信息获取 1201, 输出 */
export interface Output1201 {
  readonly medinsinfo: readonly Output1201Medinsinfo[];
}

export const transaction1201: Transaction = {
  infno: '1201',
  name: '医药机构信息获取',
  nameEn: 'Look up medical institution',
  effect: 'read',
  path: '/fsi/api/fsiFixMedInsService/queryFixMedIns',
  undo: null,
  reversibleBy2601: false,
  input: {
    medinsinfo: {
      cardinality: '1',
      fields: [
        { name: 'fixmedins_type', meaning: '定点医疗服务机构类型', type: 'string', maxLength: 6, required: true, codeTable: 'fixmedins_type' },
        { name: 'fixmedins_name', meaning: '定点医药机构名称(模糊)', type: 'string', maxLength: 200, required: false },
        { name: 'fixmedins_code', meaning: '定点医药机构编号', type: 'string', maxLength: 12, required: false },
      ],
    },
  },
  output: {
    medinsinfo: {
      cardinality: '0..n',
      fields: [
        { name: 'fixmedins_code', meaning: '定点医药机构编号', type: 'string', maxLength: 12, required: true },
        { name: 'fixmedins_name', meaning: '定点医药机构名称', type: 'string', maxLength: 200, required: true },
        { name: 'uscc', meaning: '统一社会信用代码', type: 'string', maxLength: 50, required: false },
        { name: 'fixmedins_type', meaning: '定点医疗服务机构类型', type: 'string', maxLength: 6, required: true, codeTable: 'fixmedins_type' },
        { name: 'hosp_lv', meaning: '医院等级', type: 'string', maxLength: 6, required: false, codeTable: 'hosp_lv' },
      ],
    },
  },
};
