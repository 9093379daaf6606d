// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** A row of 追溯码列表 */
export interface Input3504PurcinfoDrugtracinfo {
  /** 药品追溯码 */ readonly drug_trac_codg: string;
}

/** 商品采购退货 3504, 输入, node `purcinfo` */
export interface Input3504Purcinfo {
  /** 医疗目录编码 */ readonly med_list_codg: string;
  /** 定点医药机构目录编号 */ readonly fixmedins_hilist_id: string;
  /** 定点医药机构目录名称 */ readonly fixmedins_hilist_name: string;
  /** 定点医药机构批次流水号 */ readonly fixmedins_bchno: string;
  /** 供应商名称 */ readonly spler_name: string;
  /** 供应商许可证号 */ readonly spler_pmtno?: string;
  /** 生产日期 */ readonly manu_date: string;
  /** 有效期止 */ readonly expy_end: string;
  /** 最终成交单价 */ readonly finl_trns_pric?: string;
  /** 采购/退货数量 */ readonly purc_retn_cnt: string;
  /** 采购发票编码 */ readonly purc_invo_codg?: string;
  /** 采购发票号 */ readonly purc_invo_no: string;
  /** 处方药标志 */ readonly rx_flag: string;
  /** 采购/退货入库时间 */ readonly purc_retn_stoin_time: string;
  /** 采购/退货经办人姓名 */ readonly purc_retn_opter_name: string;
  /** 备注 */ readonly memo?: string;
  /** 商品采购流水号 */ readonly medins_prod_purc_no?: string;
  /** 追溯码列表 */ readonly drugtracinfo?: readonly Input3504PurcinfoDrugtracinfo[];
}

/** 商品采购退货 3504, 输入 */
export interface Input3504 {
  readonly purcinfo: Input3504Purcinfo;
}

/** 商品采购退货 3504, 输出: none. */
export type Output3504 = Record<string, never>;

export const transaction3504: Transaction = {
  infno: '3504',
  name: '商品采购退货',
  nameEn: 'Purchase return',
  effect: 'write',
  path: '/fsi/api/goodsService/goodsBuyReturn',
  undo: '3507',
  reversibleBy2601: false,
  input: {
    purcinfo: {
      cardinality: '1',
      fields: [
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: true },
        { name: 'fixmedins_hilist_id', meaning: '定点医药机构目录编号', type: 'string', maxLength: 30, required: true },
        { name: 'fixmedins_hilist_name', meaning: '定点医药机构目录名称', type: 'string', maxLength: 200, required: true },
        { name: 'fixmedins_bchno', meaning: '定点医药机构批次流水号', type: 'string', maxLength: 30, required: true },
        { name: 'spler_name', meaning: '供应商名称', type: 'string', maxLength: 200, required: true },
        { name: 'spler_pmtno', meaning: '供应商许可证号', type: 'string', maxLength: 50, required: false },
        { name: 'manu_date', meaning: '生产日期', type: 'date', required: true },
        { name: 'expy_end', meaning: '有效期止', type: 'date', required: true },
        { name: 'finl_trns_pric', meaning: '最终成交单价', type: 'decimal', precision: 16, scale: 6, required: false },
        { name: 'purc_retn_cnt', meaning: '采购/退货数量', type: 'decimal', precision: 16, scale: 4, required: true },
        { name: 'purc_invo_codg', meaning: '采购发票编码', type: 'string', maxLength: 50, required: false },
        { name: 'purc_invo_no', meaning: '采购发票号', type: 'string', maxLength: 50, required: true },
        { name: 'rx_flag', meaning: '处方药标志', type: 'string', maxLength: 3, required: true, codeTable: 'rx_flag' },
        { name: 'purc_retn_stoin_time', meaning: '采购/退货入库时间', type: 'datetime', required: true },
        { name: 'purc_retn_opter_name', meaning: '采购/退货经办人姓名', type: 'string', maxLength: 50, required: true },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'medins_prod_purc_no', meaning: '商品采购流水号', type: 'string', maxLength: 30, required: false },
        { name: 'drugtracinfo', meaning: '追溯码列表', type: 'list', required: false, fields: [
          { name: 'drug_trac_codg', meaning: '药品追溯码', type: 'string', maxLength: 30, required: true },
        ] },
      ],
    },
  },
  output: {},
};
