// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 文件上传 9101, 输入, node `fsUploadIn` */
export interface Input9101FsUploadIn {
  /** 文件数据 */ readonly in: Uint8Array;
  /** 文件名 */ readonly filename: string;
  /** 医药机构编号 */ readonly fixmedins_code: string;
}

/** 文件上传 9101, 输入 */
export interface Input9101 {
  readonly fsUploadIn: Input9101FsUploadIn;
}

/** 文件上传 9101, 输出, members without a node */
export interface Output9101Root {
  /** 文件查询号 */ readonly file_qury_no: string;
  /** 文件名 */ readonly filename: string;
  /** 医药机构编号 */ readonly fixmedins_code: string;
  /** 下载截止时间 */ readonly dld_endtime?: string;
}

/** 文件上传 9101, 输出 */
export type Output9101 = Output9101Root;

export const transaction9101: Transaction = {
  infno: '9101',
  name: '文件上传',
  nameEn: 'File upload',
  effect: 'file',
  path: '/fsi/api/fileupload/upload',
  undo: null,
  reversibleBy2601: false,
  input: {
    fsUploadIn: {
      cardinality: '1',
      fields: [
        { name: 'in', meaning: '文件数据', type: 'bytes', required: true },
        { name: 'filename', meaning: '文件名', type: 'string', maxLength: 200, required: true },
        { name: 'fixmedins_code', meaning: '医药机构编号', type: 'string', maxLength: 30, required: true },
      ],
    },
  },
  output: {
    '(root)': {
      cardinality: '1',
      fields: [
        { name: 'file_qury_no', meaning: '文件查询号', type: 'string', maxLength: 30, required: true },
        { name: 'filename', meaning: '文件名', type: 'string', maxLength: 200, required: true },
        { name: 'fixmedins_code', meaning: '医药机构编号', type: 'string', maxLength: 30, required: true },
        { name: 'dld_endtime', meaning: '下载截止时间', type: 'string', maxLength: 30, required: false },
      ],
    },
  },
};
