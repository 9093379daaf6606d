// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 人员累计信息查询 5206, 输入, node `data` */
export interface Input5206Data {
  /** 人员编号 */ readonly psn_no: string;
  /** 累计年月 */ readonly cum_ym?: string;
}

/** 人员累计信息查询 5206, 输入 */
export interface Input5206 {
  readonly data: Input5206Data;
}

/** 人员累计信息查询 5206, 输出, node `cuminfo` */
export interface Output5206Cuminfo {
  /** 险种类型 */ readonly insutype: string;
  /** 年度 */ readonly year: string;
  /** 累计年月 */ readonly cum_ym: string;
  /** 累计类别代码 */ readonly cum_type_code: string;
  /** 累计值 */ readonly cum: string;
}

/** 人员累计信息查询 5206, 输出 */
export interface Output5206 {
  readonly cuminfo: readonly Output5206Cuminfo[];
}

export const transaction5206: Transaction = {
  infno: '5206',
  name: '人员累计信息查询',
  nameEn: 'Accumulators',
  effect: 'read',
  path: '/fsi/api/fsiIntegratedQueryService/queryFixmedinsPracPsnSum',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'cum_ym', meaning: '累计年月', type: 'string', maxLength: 6, required: false },
      ],
    },
  },
  output: {
    cuminfo: {
      cardinality: '0..n',
      fields: [
        { name: 'insutype', meaning: '险种类型', type: 'string', maxLength: 6, required: true, codeTable: 'insutype' },
        { name: 'year', meaning: '年度', type: 'string', maxLength: 4, required: true },
        { name: 'cum_ym', meaning: '累计年月', type: 'string', maxLength: 6, required: true },
        { name: 'cum_type_code', meaning: '累计类别代码', type: 'string', required: true },
        { name: 'cum', meaning: '累计值', type: 'decimal', precision: 16, scale: 2, required: true },
      ],
    },
  },
};
