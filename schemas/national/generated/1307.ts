// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 疾病与诊断目录下载 1307, 输入, node `data` */
export interface Input1307Data {
  /** 版本号 */ readonly ver: string;
}

/** 疾病与诊断目录下载 1307, 输入 */
export interface Input1307 {
  readonly data: Input1307Data;
}

/** 疾病与诊断目录下载 1307, 输出, members without a node */
export interface Output1307Root {
  /** 文件查询号 */ readonly file_qury_no: string;
  /** 文件名 */ readonly filename: string;
  /** 下载截止时间 */ readonly dld_end_time: string;
  /** 下载数据量 */ readonly data_cnt: number;
}

/** 疾病与诊断目录下载 1307, 输出 */
export type Output1307 = Output1307Root;

export const transaction1307: Transaction = {
  infno: '1307',
  name: '疾病与诊断目录下载',
  nameEn: 'Diseases & diagnoses catalogue download',
  effect: 'read',
  path: '/fsi/api/catalogdownservice/downCatalog1307',
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
