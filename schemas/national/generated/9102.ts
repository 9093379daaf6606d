// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 文件下载 9102, 输入, node `fsDownloadIn` */
export interface Input9102FsDownloadIn {
  /** 文件查询号 */ readonly file_qury_no: string;
  /** 文件名 */ readonly filename: string;
  /** 医药机构编号 */ readonly fixmedins_code: string;
}

/** 文件下载 9102, 输入 */
export interface Input9102 {
  readonly fsDownloadIn: Input9102FsDownloadIn;
}

/** 文件下载 9102, 输出, members without a node */
export interface Output9102Root {
  /** 文件内容 */ readonly content: Uint8Array;
}

/** 文件下载 9102, 输出 */
export type Output9102 = Output9102Root;

export const transaction9102: Transaction = {
  infno: '9102',
  name: '文件下载',
  nameEn: 'File download',
  effect: 'file',
  path: '/fsi/api/fileupload/download',
  undo: null,
  reversibleBy2601: false,
  input: {
    fsDownloadIn: {
      cardinality: '1',
      fields: [
        { name: 'file_qury_no', meaning: '文件查询号', type: 'string', maxLength: 30, required: true },
        { name: 'filename', meaning: '文件名', type: 'string', maxLength: 200, required: true },
        { name: 'fixmedins_code', meaning: '医药机构编号', type: 'string', maxLength: 30, required: true },
      ],
    },
  },
  output: {
    '(binary)': {
      cardinality: '1',
      fields: [
        { name: 'content', meaning: '文件内容', type: 'bytes', required: true },
      ],
    },
  },
};
