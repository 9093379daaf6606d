// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** A row of 追溯码列表 */
export interface Input3506SelinfoDrugtracinfo {
  /** 药品追溯码 */ readonly drug_trac_codg: string;
}

/** 商品销售退货 3506, 输入, node `selinfo` */
export interface Input3506Selinfo {
  /** 医疗目录编码 */ readonly med_list_codg: string;
  /** 定点医药机构目录编号 */ readonly fixmedins_hilist_id: string;
  /** 定点医药机构目录名称 */ readonly fixmedins_hilist_name: string;
  /** 定点医药机构批次流水号 */ readonly fixmedins_bchno: string;
  /** 结算ID */ readonly setl_id?: string;
  /** 人员编号 */ readonly psn_no?: string;
  /** 人员证件类型 */ readonly psn_cert_type: string;
  /** 证件号码 */ readonly certno?: string;
  /** 人员姓名 */ readonly psn_name?: string;
  /** 生产批号 */ readonly manu_lotnum: string;
  /** 生产日期 */ readonly manu_date: string;
  /** 有效期止 */ readonly expy_end?: string;
  /** 处方药标志 */ readonly rx_flag: string;
  /** 拆零标志 */ readonly trdn_flag: string;
  /** 最终成交单价 */ readonly finl_trns_pric?: string;
  /** 销售/退货数量 */ readonly sel_retn_cnt: string;
  /** 销售/退货时间 */ readonly sel_retn_time: string;
  /** 销售/退货经办人姓名 */ readonly sel_retn_opter_name: string;
  /** 备注 */ readonly memo?: string;
  /** 商品销售流水号 */ readonly medins_prod_sel_no?: string;
  /** 就医流水号 */ readonly mdtrt_sn?: string;
  /** 追溯码列表 */ readonly drugtracinfo?: readonly Input3506SelinfoDrugtracinfo[];
}

/** 商品销售退货 3506, 输入 */
export interface Input3506 {
  readonly selinfo: Input3506Selinfo;
}

/** 商品销售退货 3506, 输出: none. */
export type Output3506 = Record<string, never>;

export const transaction3506: Transaction = {
  infno: '3506',
  name: '商品销售退货',
  nameEn: 'Sale return',
  effect: 'write',
  path: '/fsi/api/goodsService/goodsSellReturn',
  undo: '3507',
  reversibleBy2601: false,
  input: {
    selinfo: {
      cardinality: '1',
      fields: [
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: true },
        { name: 'fixmedins_hilist_id', meaning: '定点医药机构目录编号', type: 'string', maxLength: 30, required: true },
        { name: 'fixmedins_hilist_name', meaning: '定点医药机构目录名称', type: 'string', maxLength: 200, required: true },
        { name: 'fixmedins_bchno', meaning: '定点医药机构批次流水号', type: 'string', maxLength: 30, required: true },
        { name: 'setl_id', meaning: '结算ID', type: 'string', maxLength: 30, required: false },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: false },
        { name: 'psn_cert_type', meaning: '人员证件类型', type: 'string', maxLength: 6, required: true, codeTable: 'psn_cert_type' },
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 50, required: false },
        { name: 'psn_name', meaning: '人员姓名', type: 'string', maxLength: 50, required: false },
        { name: 'manu_lotnum', meaning: '生产批号', type: 'string', maxLength: 30, required: true },
        { name: 'manu_date', meaning: '生产日期', type: 'date', required: true },
        { name: 'expy_end', meaning: '有效期止', type: 'date', required: false },
        { name: 'rx_flag', meaning: '处方药标志', type: 'string', maxLength: 3, required: true, codeTable: 'rx_flag' },
        { name: 'trdn_flag', meaning: '拆零标志', type: 'string', maxLength: 3, required: true, codeTable: 'flag01' },
        { name: 'finl_trns_pric', meaning: '最终成交单价', type: 'decimal', precision: 16, scale: 6, required: false },
        { name: 'sel_retn_cnt', meaning: '销售/退货数量', type: 'decimal', precision: 16, scale: 4, required: true },
        { name: 'sel_retn_time', meaning: '销售/退货时间', type: 'datetime', required: true },
        { name: 'sel_retn_opter_name', meaning: '销售/退货经办人姓名', type: 'string', maxLength: 50, required: true },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'medins_prod_sel_no', meaning: '商品销售流水号', type: 'string', maxLength: 50, required: false },
        { name: 'mdtrt_sn', meaning: '就医流水号', type: 'string', maxLength: 30, required: false },
        { name: 'drugtracinfo', meaning: '追溯码列表', type: 'list', required: false, fields: [
          { name: 'drug_trac_codg', meaning: '药品追溯码', type: 'string', maxLength: 30, required: true },
        ] },
      ],
    },
  },
  output: {},
};
