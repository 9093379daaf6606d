// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 医药机构字典表查询 1901, 输入, node `data` */
export interface Input1901Data {
  /** 字典类型 */ readonly type: string;
  /** 父字典键值 */ readonly parentValue?: string;
  /** 行政区划 */ readonly admdvs: string;
  /** 查询日期 */ readonly date: string;
  /** 有效标志 */ readonly valiFlag: string;
}

/** 医药机构字典表查询 1901, 输入 */
export interface Input1901 {
  readonly data: Input1901Data;
}

/** 医药机构字典表查询 1901, 输出, node `list` */
export interface Output1901List {
  /** 字典类型 */ readonly type: string;
  /** 字典标签 */ readonly label: string;
  /** 字典键值 */ readonly value: string;
  /** 父字典键值 */ readonly parentValue?: string;
  /** 顺序号 */ readonly sort?: string;
  /** 有效标志 */ readonly valiFlag?: string;
  /** 创建人 */ readonly createUser?: string;
  /** 创建日期 */ readonly createDate?: string;
  /** 版本 */ readonly version?: string;
}

/** 医药机构字典表查询 1901, 输出 */
export interface Output1901 {
  readonly list: readonly Output1901List[];
}

export const transaction1901: Transaction = {
  infno: '1901',
  name: '医药机构字典表查询',
  nameEn: 'Dictionary query',
  effect: 'read',
  path: '/fsi/api/catalogqueryservice/queryDataDic',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'type', meaning: '字典类型', type: 'string', maxLength: 30, required: true },
        { name: 'parentValue', meaning: '父字典键值', type: 'string', maxLength: 10, required: false },
        { name: 'admdvs', meaning: '行政区划', type: 'string', maxLength: 6, required: true },
        { name: 'date', meaning: '查询日期', type: 'date', required: true },
        { name: 'valiFlag', meaning: '有效标志', type: 'string', maxLength: 3, required: true },
      ],
    },
  },
  output: {
    list: {
      cardinality: '0..n',
      fields: [
        { name: 'type', meaning: '字典类型', type: 'string', maxLength: 30, required: true },
        { name: 'label', meaning: '字典标签', type: 'string', maxLength: 50, required: true },
        { name: 'value', meaning: '字典键值', type: 'string', maxLength: 20, required: true },
        { name: 'parentValue', meaning: '父字典键值', type: 'string', maxLength: 10, required: false },
        { name: 'sort', meaning: '顺序号', type: 'string', required: false },
        { name: 'valiFlag', meaning: '有效标志', type: 'string', maxLength: 3, required: false },
        { name: 'createUser', meaning: '创建人', type: 'string', required: false },
        { name: 'createDate', meaning: '创建日期', type: 'date', required: false },
        { name: 'version', meaning: '版本', type: 'string', required: false },
      ],
    },
  },
};
