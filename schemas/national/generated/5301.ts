// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 人员慢特病备案查询 5301, 输入, node `data` */
export interface Input5301Data {
  /** 人员编号 */ readonly psn_no: string;
}

/** 人员慢特病备案查询 5301, 输入 */
export interface Input5301 {
  readonly data: Input5301Data;
}

/** 人员慢特病备案查询 5301, 输出, node `feedetail` */
export interface Output5301Feedetail {
  /** 门慢门特病种目录代码 */ readonly opsp_dise_code: string;
  /** 门慢门特病种名称 */ readonly opsp_dise_name: string;
  /** 开始日期 */ readonly begndate: string;
  /** 结束日期 */ readonly enddate?: string;
}

/** 人员慢特病备案查询 5301, 输出 */
export interface Output5301 {
  readonly feedetail: readonly Output5301Feedetail[];
}

export const transaction5301: Transaction = {
  infno: '5301',
  name: '人员慢特病备案查询',
  nameEn: 'Query chronic filings',
  effect: 'read',
  path: '/fsi/api/fsiIntegratedQueryService/queryPsnOpspReg',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
      ],
    },
  },
  output: {
    feedetail: {
      cardinality: '0..n',
      fields: [
        { name: 'opsp_dise_code', meaning: '门慢门特病种目录代码', type: 'string', maxLength: 30, required: true },
        { name: 'opsp_dise_name', meaning: '门慢门特病种名称', type: 'string', maxLength: 300, required: true },
        { name: 'begndate', meaning: '开始日期', type: 'date', required: true },
        { name: 'enddate', meaning: '结束日期', type: 'date', required: false },
      ],
    },
  },
};
