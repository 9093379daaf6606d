// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 追溯码信息查询 3512, 输入, node `data` */
export interface Input3512Data {
  /** 定点医药机构编号 */ readonly fixmedins_code: string;
  /** 医药机构目录编码 – at least one of the catalogue / batch keys */ readonly medins_list_codg?: string;
  /** 定点医药机构批次流水号 – at least one of the catalogue / batch keys */ readonly fixmedins_bchno?: string;
  /** 开始日期 */ readonly begndate: string;
  /** 结束日期 */ readonly enddate: string;
  /** 医疗目录编码 – at least one of the catalogue / batch keys */ readonly med_list_codg?: string;
  /** 药品追溯码 */ readonly drug_trac_codg?: string;
}

/** 追溯码信息查询 3512, 输入 */
export interface Input3512 {
  readonly data: Input3512Data;
}

/** 追溯码信息查询 3512, 输出, node `(list)` */
export interface Output3512List {
  /** 定点医药机构编号 */ readonly fixmedinsCode?: string;
  /** 医药机构目录编码 */ readonly medinsListCodg?: string;
  /** 定点医药机构批次流水号 */ readonly fixmedinsBchno?: string;
  /** 医疗目录编码 */ readonly medListCodg?: string;
  /** 医药机构目录名称 */ readonly medinsListName?: string;
  /** 药品追溯码 */ readonly drugTracCodg?: string;
  /** 有效标志 */ readonly valiFlag?: string;
  /** 经办人ID */ readonly opterId?: string;
  /** 创建人姓名 */ readonly crterName?: string;
  /** 创建人ID */ readonly crterId?: string;
  /** 经办机构编号 */ readonly optinsNo?: string;
}

/** 追溯码信息查询 3512, 输出 */
export interface Output3512 {
  readonly list: readonly Output3512List[];
}

export const transaction3512: Transaction = {
  infno: '3512',
  name: '追溯码信息查询',
  nameEn: 'Query trace codes',
  effect: 'read',
  path: null,
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'fixmedins_code', meaning: '定点医药机构编号', type: 'string', maxLength: 30, required: true },
        { name: 'medins_list_codg', meaning: '医药机构目录编码', type: 'string', maxLength: 150, required: false, condition: 'at least one of the catalogue / batch keys' },
        { name: 'fixmedins_bchno', meaning: '定点医药机构批次流水号', type: 'string', maxLength: 30, required: false, condition: 'at least one of the catalogue / batch keys' },
        { name: 'begndate', meaning: '开始日期', type: 'date', required: true },
        { name: 'enddate', meaning: '结束日期', type: 'date', required: true },
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: false, condition: 'at least one of the catalogue / batch keys' },
        { name: 'drug_trac_codg', meaning: '药品追溯码', type: 'string', maxLength: 30, required: false },
      ],
    },
  },
  output: {
    '(list)': {
      cardinality: '0..n',
      fields: [
        { name: 'fixmedinsCode', meaning: '定点医药机构编号', type: 'string', maxLength: 30, required: false },
        { name: 'medinsListCodg', meaning: '医药机构目录编码', type: 'string', maxLength: 150, required: false },
        { name: 'fixmedinsBchno', meaning: '定点医药机构批次流水号', type: 'string', maxLength: 30, required: false },
        { name: 'medListCodg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: false },
        { name: 'medinsListName', meaning: '医药机构目录名称', type: 'string', maxLength: 150, required: false },
        { name: 'drugTracCodg', meaning: '药品追溯码', type: 'string', maxLength: 30, required: false },
        { name: 'valiFlag', meaning: '有效标志', type: 'string', maxLength: 3, required: false },
        { name: 'opterId', meaning: '经办人ID', type: 'string', maxLength: 20, required: false },
        { name: 'crterName', meaning: '创建人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'crterId', meaning: '创建人ID', type: 'string', maxLength: 20, required: false },
        { name: 'optinsNo', meaning: '经办机构编号', type: 'string', maxLength: 20, required: false },
      ],
    },
  },
};
