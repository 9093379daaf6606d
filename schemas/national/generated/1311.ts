// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 日间手术治疗病种目录下载 1311, 输入, node `data` */
export interface Input1311Data {
  /** 版本号 */ readonly ver: string;
}

/** 日间手术治疗病种目录下载 1311, 输入 */
export interface Input1311 {
  readonly data: Input1311Data;
}

/** 日间手术治疗病种目录下载 1311, 输出, members without a node */
export interface Output1311Root {
  /** 文件查询号 */ readonly file_qury_no: string;
  /** 文件名 */ readonly filename: string;
  /** 下载截止时间 */ readonly dld_end_time: string;
  /** 下载数据量 */ readonly data_cnt: number;
}

/** 日间手术治疗病种目录下载 1311, 输出 */
export type Output1311 = Output1311Root;

export const transaction1311: Transaction = {
  infno: '1311',
  name: '日间手术治疗病种目录下载',
  nameEn: 'Day-surgery diseases catalogue download',
  effect: 'read',
  path: '/fsi/api/catalogdownservice/downCatalog1311',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'ver', meaning: '版本号', type: 'string', maxLength: 30, required: true },
      ],
    },
  },
  output: {
    '(root)': {
      cardinality: '1',
      fields: [
        { name: 'file_qury_no', meaning: '文件查询号', type: 'string', maxLength: 30, required: true },
        { name: 'filename', meaning: '文件名', type: 'string', maxLength: 200, required: true },
        { name: 'dld_end_time', meaning: '下载截止时间', type: 'datetime', required: true },
        { name: 'data_cnt', meaning: '下载数据量', type: 'integer', precision: 11, required: true },
      ],
    },
  },
};
