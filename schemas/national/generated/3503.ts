// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** A row of 追溯码列表 */
export interface Input3503PurcinfoDrugtracinfo {
  /** 药品追溯码 */ readonly drug_trac_codg: string;
}

/** 商品采购 3503, 输入, node `purcinfo` */
export interface Input3503Purcinfo {
  /** 医疗目录编码 */ readonly med_list_codg: string;
  /** 定点医药机构目录编号 */ readonly fixmedins_hilist_id: string;
  /** 定点医药机构目录名称 */ readonly fixmedins_hilist_name: string;
  /** 随货单号 */ readonly dynt_no?: string;
  /** 定点医药机构批次流水号 */ readonly fixmedins_bchno: string;
  /** 供应商名称 */ readonly spler_name: string;
  /** 供应商许可证号 */ readonly spler_pmtno?: string;
  /** 生产批号 */ readonly manu_lotnum: string;
  /** 生产厂家名称 */ readonly prdr_name: string;
  /** 批准文号 */ readonly aprvno: string;
  /** 生产日期 */ readonly manu_date: string;
  /** 有效期止 */ readonly expy_end: string;
  /** 最终成交单价 */ readonly finl_trns_pric?: string;
  /** 采购/退货数量 */ readonly purc_retn_cnt: string;
  /** 采购发票编码 */ readonly purc_invo_codg?: string;
  /** 采购发票号 */ readonly purc_invo_no?: string;
  /** 处方药标志 */ readonly rx_flag: string;
  /** 采购/退货入库时间 */ readonly purc_retn_stoin_time: string;
  /** 采购/退货经办人姓名 */ readonly purc_retn_opter_name: string;
  /** 商品赠送标志 */ readonly prod_geay_flag?: string;
  /** 备注 */ readonly memo?: string;
  /** 追溯码列表 */ readonly drugtracinfo?: readonly Input3503PurcinfoDrugtracinfo[];
}

/** 商品采购 3503, 输入 */
export interface Input3503 {
  readonly purcinfo: Input3503Purcinfo;
}

/** 商品采购 3503, 输出: none. */
export type Output3503 = Record<string, never>;

export const transaction3503: Transaction = {
  infno: '3503',
  name: '商品采购',
  nameEn: 'Purchase',
  effect: 'write',
  path: '/fsi/api/goodsService/goodsBuy',
  undo: '3504',
  reversibleBy2601: false,
  input: {
    purcinfo: {
      cardinality: '1',
      fields: [
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: true },
        { name: 'fixmedins_hilist_id', meaning: '定点医药机构目录编号', type: 'string', maxLength: 30, required: true },
        { name: 'fixmedins_hilist_name', meaning: '定点医药机构目录名称', type: 'string', maxLength: 200, required: true },
        { name: 'dynt_no', meaning: '随货单号', type: 'string', maxLength: 50, required: false },
        { name: 'fixmedins_bchno', meaning: '定点医药机构批次流水号', type: 'string', maxLength: 30, required: true },
        { name: 'spler_name', meaning: '供应商名称', type: 'string', maxLength: 200, required: true },
        { name: 'spler_pmtno', meaning: '供应商许可证号', type: 'string', maxLength: 50, required: false },
        { name: 'manu_lotnum', meaning: '生产批号', type: 'string', maxLength: 30, required: true },
        { name: 'prdr_name', meaning: '生产厂家名称', type: 'string', maxLength: 200, required: true },
        { name: 'aprvno', meaning: '批准文号', type: 'string', maxLength: 100, required: true },
        { name: 'manu_date', meaning: '生产日期', type: 'date', required: true },
        { name: 'expy_end', meaning: '有效期止', type: 'date', required: true },
        { name: 'finl_trns_pric', meaning: '最终成交单价', type: 'decimal', precision: 16, scale: 6, required: false },
        { name: 'purc_retn_cnt', meaning: '采购/退货数量', type: 'decimal', precision: 16, scale: 4, required: true },
        { name: 'purc_invo_codg', meaning: '采购发票编码', type: 'string', maxLength: 50, required: false },
        { name: 'purc_invo_no', meaning: '采购发票号', type: 'string', maxLength: 50, required: false },
        { name: 'rx_flag', meaning: '处方药标志', type: 'string', maxLength: 3, required: true, codeTable: 'rx_flag' },
        { name: 'purc_retn_stoin_time', meaning: '采购/退货入库时间', type: 'datetime', required: true },
        { name: 'purc_retn_opter_name', meaning: '采购/退货经办人姓名', type: 'string', maxLength: 50, required: true },
        { name: 'prod_geay_flag', meaning: '商品赠送标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'drugtracinfo', meaning: '追溯码列表', type: 'list', required: false, fields: [
          { name: 'drug_trac_codg', meaning: '药品追溯码', type: 'string', maxLength: 30, required: true },
        ] },
      ],
    },
  },
  output: {},
};
