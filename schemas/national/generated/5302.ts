// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 人员定点信息查询 5302, 输入, node `data` */
export interface Input5302Data {
  /** 人员编号 */ readonly psn_no: string;
  /** 业务申请类型 */ readonly biz_appy_type: string;
}

/** 人员定点信息查询 5302, 输入 */
export interface Input5302 {
  readonly data: Input5302Data;
}

/** 人员定点信息查询 5302, 输出, node `psnfixmedin` */
export interface Output5302Psnfixmedin {
  /** 人员编号 */ readonly psn_no: string;
  /** 险种类型 */ readonly insutype: string;
  /** 定点排序号 */ readonly fix_srt_no: string;
  /** 定点医药机构编号 */ readonly fixmedins_code: string;
  /** 定点医药机构名称 */ readonly fixmedins_name: string;
  /** 开始日期 */ readonly begndate: string;
  /** 结束日期 */ readonly enddate?: string;
  /** 备注 */ readonly memo?: string;
}

/** 人员定点信息查询 5302, 输出 */
export interface Output5302 {
  readonly psnfixmedin: readonly Output5302Psnfixmedin[];
}

export const transaction5302: Transaction = {
  infno: '5302',
  name: '人员定点信息查询',
  nameEn: 'Query fixed institutions',
  effect: 'read',
  path: null,
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'biz_appy_type', meaning: '业务申请类型', type: 'string', maxLength: 3, required: true, codeTable: 'biz_appy_type' },
      ],
    },
  },
  output: {
    psnfixmedin: {
      cardinality: '0..n',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'insutype', meaning: '险种类型', type: 'string', maxLength: 6, required: true, codeTable: 'insutype' },
        { name: 'fix_srt_no', meaning: '定点排序号', type: 'string', maxLength: 3, required: true },
        { name: 'fixmedins_code', meaning: '定点医药机构编号', type: 'string', maxLength: 12, required: true },
        { name: 'fixmedins_name', meaning: '定点医药机构名称', type: 'string', maxLength: 200, required: true },
        { name: 'begndate', meaning: '开始日期', type: 'date', required: true },
        { name: 'enddate', meaning: '结束日期', type: 'date', required: false },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
      ],
    },
  },
};
