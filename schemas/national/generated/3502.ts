// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** A row of 追溯码列表 */
export interface Input3502InvinfoDrugtracinfo {
  /** 药品追溯码 */ readonly drug_trac_codg: string;
}

/** 商品库存变更 3502, 输入, node `invinfo` */
export interface Input3502Invinfo {
  /** 医疗目录编码 */ readonly med_list_codg: string;
  /** 库存变更类型 */ readonly inv_chg_type: string;
  /** 定点医药机构目录编号 */ readonly fixmedins_hilist_id: string;
  /** 定点医药机构目录名称 */ readonly fixmedins_hilist_name: string;
  /** 定点医药机构批次流水号 */ readonly fixmedins_bchno: string;
  /** 单价 */ readonly pric: string;
  /** 数量 */ readonly cnt: string;
  /** 处方药标志 */ readonly rx_flag: string;
  /** 库存变更时间 */ readonly inv_chg_time: string;
  /** 库存变更经办人姓名 */ readonly inv_chg_opter_name?: string;
  /** 备注 */ readonly memo?: string;
  /** 拆零标志 */ readonly trdn_flag?: string;
  /** 追溯码列表 */ readonly drugtracinfo?: readonly Input3502InvinfoDrugtracinfo[];
}

/** 商品库存变更 3502, 输入 */
export interface Input3502 {
  readonly invinfo: Input3502Invinfo;
}

/** 商品库存变更 3502, 输出: none. */
export type Output3502 = Record<string, never>;

export const transaction3502: Transaction = {
  infno: '3502',
  name: '商品库存变更',
  nameEn: 'Stock change',
  effect: 'write',
  path: '/fsi/api/goodsService/goodsUpdate',
  undo: '3507',
  reversibleBy2601: false,
  input: {
    invinfo: {
      cardinality: '1',
      fields: [
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: true },
        { name: 'inv_chg_type', meaning: '库存变更类型', type: 'string', maxLength: 6, required: true, codeTable: 'inv_chg_type' },
        { name: 'fixmedins_hilist_id', meaning: '定点医药机构目录编号', type: 'string', maxLength: 30, required: true },
        { name: 'fixmedins_hilist_name', meaning: '定点医药机构目录名称', type: 'string', maxLength: 200, required: true },
        { name: 'fixmedins_bchno', meaning: '定点医药机构批次流水号', type: 'string', maxLength: 30, required: true },
        { name: 'pric', meaning: '单价', type: 'decimal', precision: 16, scale: 6, required: true },
        { name: 'cnt', meaning: '数量', type: 'decimal', precision: 16, scale: 4, required: true },
        { name: 'rx_flag', meaning: '处方药标志', type: 'string', maxLength: 3, required: true, codeTable: 'rx_flag' },
        { name: 'inv_chg_time', meaning: '库存变更时间', type: 'datetime', required: true },
        { name: 'inv_chg_opter_name', meaning: '库存变更经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'trdn_flag', meaning: '拆零标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'drugtracinfo', meaning: '追溯码列表', type: 'list', required: false, fields: [
          { name: 'drug_trac_codg', meaning: '药品追溯码', type: 'string', maxLength: 30, required: true },
        ] },
      ],
    },
  },
  output: {},
};
