// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** A row of 追溯码列表 */
export interface Input3501InvinfoDrugtracinfo {
  /** 药品追溯码 */ readonly drug_trac_codg: string;
}

/** 商品盘存上传 3501, 输入, node `invinfo` */
export interface Input3501Invinfo {
  /** 医疗目录编码 */ readonly med_list_codg: string;
  /** 定点医药机构目录编号 */ readonly fixmedins_hilist_id: string;
  /** 定点医药机构目录名称 */ readonly fixmedins_hilist_name: string;
  /** 处方药标志 */ readonly rx_flag: string;
  /** 盘存日期 */ readonly invdate: string;
  /** 库存数量 */ readonly inv_cnt: string;
  /** 生产批号 */ readonly manu_lotnum?: string;
  /** 定点医药机构批次流水号 */ readonly fixmedins_bchno: string;
  /** 生产日期 */ readonly manu_date: string;
  /** 有效期止 */ readonly expy_end: string;
  /** 备注 */ readonly memo?: string;
  /** 追溯码列表 */ readonly drugtracinfo?: readonly Input3501InvinfoDrugtracinfo[];
}

/** 商品盘存上传 3501, 输入 */
export interface Input3501 {
  readonly invinfo: Input3501Invinfo;
}

/** 商品盘存上传 3501, 输出: none. */
export type Output3501 = Record<string, never>;

export const transaction3501: Transaction = {
  infno: '3501',
  name: '商品盘存上传',
  nameEn: 'Upload stock count',
  effect: 'write',
  path: '/fsi/api/goodsService/goodsUpload',
  undo: '3507',
  reversibleBy2601: false,
  input: {
    invinfo: {
      cardinality: '1',
      fields: [
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: true },
        { name: 'fixmedins_hilist_id', meaning: '定点医药机构目录编号', type: 'string', maxLength: 30, required: true },
        { name: 'fixmedins_hilist_name', meaning: '定点医药机构目录名称', type: 'string', maxLength: 200, required: true },
        { name: 'rx_flag', meaning: '处方药标志', type: 'string', maxLength: 3, required: true, codeTable: 'rx_flag' },
        { name: 'invdate', meaning: '盘存日期', type: 'date', required: true },
        { name: 'inv_cnt', meaning: '库存数量', type: 'decimal', precision: 16, scale: 2, required: true },
        { name: 'manu_lotnum', meaning: '生产批号', type: 'string', maxLength: 30, required: false },
        { name: 'fixmedins_bchno', meaning: '定点医药机构批次流水号', type: 'string', maxLength: 30, required: true },
        { name: 'manu_date', meaning: '生产日期', type: 'date', required: true },
        { name: 'expy_end', meaning: '有效期止', type: 'date', required: true },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'drugtracinfo', meaning: '追溯码列表', type: 'list', required: false, fields: [
          { name: 'drug_trac_codg', meaning: '药品追溯码', type: 'string', maxLength: 30, required: true },
        ] },
      ],
    },
  },
  output: {},
};
