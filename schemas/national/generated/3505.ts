// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** A row of 追溯码列表 */
export interface Input3505SelinfoDrugtracinfo {
  /** 药品追溯码 */ readonly drug_trac_codg: string;
}

/** 商品销售 3505, 输入, node `selinfo` */
export interface Input3505Selinfo {
  /** 医疗目录编码 */ readonly med_list_codg: string;
  /** 定点医药机构目录编号 */ readonly fixmedins_hilist_id: string;
  /** 定点医药机构目录名称 */ readonly fixmedins_hilist_name: string;
  /** 定点医药机构批次流水号 */ readonly fixmedins_bchno: string;
  /** 开方医师证件类型 */ readonly prsc_dr_cert_type?: string;
  /** 开方医师证件号码 */ readonly prsc_dr_certno?: string;
  /** 开方医师姓名 */ readonly prsc_dr_name: string;
  /** 药师证件类型 */ readonly phar_cert_type?: string;
  /** 药师证件号码 */ readonly phar_certno?: string;
  /** 药师姓名 */ readonly phar_name?: string;
  /** 药师执业资格证号 */ readonly phar_prac_cert_no?: string;
  /** 医保费用结算类型 */ readonly hi_feesetl_type: string;
  /** 结算ID – mdtrt_setl_type = 1 */ readonly setl_id?: string;
  /** 就医流水号 */ readonly mdtrt_sn: string;
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
  /** 处方号 */ readonly rxno?: string;
  /** 外购处方标志 */ readonly rx_circ_flag?: string;
  /** 零售单据号 */ readonly rtal_docno: string;
  /** 销售出库单据号 */ readonly stoout_no?: string;
  /** 批次号 */ readonly bchno?: string;
  /** 药品追溯码 */ readonly drug_trac_codg?: string;
  /** 药品条形码 */ readonly drug_prod_barc?: string;
  /** 货架位 */ readonly shelf_posi?: string;
  /** 销售/退货数量 */ readonly sel_retn_cnt: string;
  /** 销售/退货时间 */ readonly sel_retn_time: string;
  /** 销售/退货经办人姓名 */ readonly sel_retn_opter_name: string;
  /** 备注 */ readonly memo?: string;
  /** 就诊结算类型(1医保结算) */ readonly mdtrt_setl_type: string;
  /** 追溯码列表 */ readonly drugtracinfo?: readonly Input3505SelinfoDrugtracinfo[];
}

/** 商品销售 3505, 输入 */
export interface Input3505 {
  readonly selinfo: Input3505Selinfo;
}

/** 商品销售 3505, 输出, node `result` */
export interface Output3505Result {
  /** 处理结果(1成功 0拒绝) */ readonly retRslt: string;
  /** 处理信息 */ readonly msgRslt?: string;
}

/** 商品销售 3505, 输出 */
export interface Output3505 {
  readonly result?: Output3505Result;
}

export const transaction3505: Transaction = {
  infno: '3505',
  name: '商品销售',
  nameEn: 'Sale',
  effect: 'write',
  path: '/fsi/api/goodsService/goodsSell',
  undo: '3506',
  reversibleBy2601: false,
  input: {
    selinfo: {
      cardinality: '1',
      fields: [
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: true },
        { name: 'fixmedins_hilist_id', meaning: '定点医药机构目录编号', type: 'string', maxLength: 30, required: true },
        { name: 'fixmedins_hilist_name', meaning: '定点医药机构目录名称', type: 'string', maxLength: 200, required: true },
        { name: 'fixmedins_bchno', meaning: '定点医药机构批次流水号', type: 'string', maxLength: 30, required: true },
        { name: 'prsc_dr_cert_type', meaning: '开方医师证件类型', type: 'string', maxLength: 6, required: false, codeTable: 'psn_cert_type' },
        { name: 'prsc_dr_certno', meaning: '开方医师证件号码', type: 'string', maxLength: 50, required: false },
        { name: 'prsc_dr_name', meaning: '开方医师姓名', type: 'string', maxLength: 50, required: true },
        { name: 'phar_cert_type', meaning: '药师证件类型', type: 'string', maxLength: 6, required: false, codeTable: 'psn_cert_type' },
        { name: 'phar_certno', meaning: '药师证件号码', type: 'string', maxLength: 50, required: false },
        { name: 'phar_name', meaning: '药师姓名', type: 'string', maxLength: 50, required: false },
        { name: 'phar_prac_cert_no', meaning: '药师执业资格证号', type: 'string', maxLength: 50, required: false },
        { name: 'hi_feesetl_type', meaning: '医保费用结算类型', type: 'string', maxLength: 6, required: true, codeTable: 'hi_feesetl_type' },
        { name: 'setl_id', meaning: '结算ID', type: 'string', maxLength: 30, required: false, condition: 'mdtrt_setl_type = 1' },
        { name: 'mdtrt_sn', meaning: '就医流水号', type: 'string', maxLength: 30, required: true },
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
        { name: 'rxno', meaning: '处方号', type: 'string', maxLength: 40, required: false },
        { name: 'rx_circ_flag', meaning: '外购处方标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'rtal_docno', meaning: '零售单据号', type: 'string', maxLength: 40, required: true },
        { name: 'stoout_no', meaning: '销售出库单据号', type: 'string', maxLength: 40, required: false },
        { name: 'bchno', meaning: '批次号', type: 'string', maxLength: 30, required: false },
        { name: 'drug_trac_codg', meaning: '药品追溯码', type: 'string', maxLength: 30, required: false },
        { name: 'drug_prod_barc', meaning: '药品条形码', type: 'string', maxLength: 30, required: false },
        { name: 'shelf_posi', meaning: '货架位', type: 'string', maxLength: 20, required: false },
        { name: 'sel_retn_cnt', meaning: '销售/退货数量', type: 'decimal', precision: 16, scale: 4, required: true },
        { name: 'sel_retn_time', meaning: '销售/退货时间', type: 'datetime', required: true },
        { name: 'sel_retn_opter_name', meaning: '销售/退货经办人姓名', type: 'string', maxLength: 50, required: true },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'mdtrt_setl_type', meaning: '就诊结算类型(1医保结算)', type: 'string', maxLength: 6, required: true, codeTable: 'mdtrt_setl_type' },
        { name: 'drugtracinfo', meaning: '追溯码列表', type: 'list', required: false, fields: [
          { name: 'drug_trac_codg', meaning: '药品追溯码', type: 'string', maxLength: 30, required: true },
        ] },
      ],
    },
  },
  output: {
    result: {
      cardinality: '0..1',
      fields: [
        { name: 'retRslt', meaning: '处理结果(1成功 0拒绝)', type: 'string', required: true },
        { name: 'msgRslt', meaning: '处理信息', type: 'string', required: false },
      ],
    },
  },
};
