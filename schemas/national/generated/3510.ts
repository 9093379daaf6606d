// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 商品采购信息查询 3510, 输入, node `data` */
export interface Input3510Data {
  /** 定点医药机构编号 */ readonly fixmedins_code: string;
  /** 医药机构目录编码 – at least one of the catalogue / batch keys */ readonly medins_list_codg?: string;
  /** 定点医药机构批次流水号 – at least one of the catalogue / batch keys */ readonly fixmedins_bchno?: string;
  /** 开始日期 */ readonly begndate: string;
  /** 结束日期 */ readonly enddate: string;
  /** 定点医药机构商品采购流水号 */ readonly medins_prod_purc_no?: string;
  /** 医疗目录编码 */ readonly med_list_codg?: string;
  /** 医药机构目录名称 */ readonly medins_list_name?: string;
  /** 随货单号 */ readonly dynt_no?: string;
  /** 供货商名称 */ readonly spler_name?: string;
  /** 供应商许可证号 */ readonly spler_pmtno?: string;
  /** 生产批号 */ readonly manu_lotnum?: string;
  /** 生产企业名称 */ readonly prodentp_name?: string;
  /** 批准文号 */ readonly aprvno?: string;
  /** 生产日期 */ readonly manu_date?: string;
  /** 有效期止 */ readonly expy_end?: string;
  /** 采购发票编码 */ readonly purc_invo_codg?: string;
  /** 采购发票号 */ readonly purc_invo_no?: string;
  /** 处方药标志 */ readonly rx_flag?: string;
  /** 目录特项标志 */ readonly list_sp_item_flag?: string;
  /** 采购/退货入库时间 */ readonly purc_retn_stoin_time?: string;
  /** 采购/退货经办人姓名 */ readonly purc_retn_opter_name?: string;
  /** 商品赠送标志 */ readonly prod_geay_flag?: string;
  /** 商品退货标志 */ readonly prod_retn_flag?: string;
  /** 备注 */ readonly memo?: string;
  /** 有效标志 */ readonly vali_flag?: string;
  /** 数据唯一记录号 */ readonly rid?: string;
  /** 创建人ID */ readonly crter_id?: string;
  /** 创建人姓名 */ readonly crter_name?: string;
  /** 创建机构编号 */ readonly crte_optins_no?: string;
  /** 经办人ID */ readonly opter_id?: string;
  /** 经办人姓名 */ readonly opter_name?: string;
  /** 经办机构编号 */ readonly optins_no?: string;
  /** 统筹区编号 */ readonly poolarea_no?: string;
}

/** 商品采购信息查询 3510, 输入 */
export interface Input3510 {
  readonly data: Input3510Data;
}

/** 商品采购信息查询 3510, 输出, node `(list)` */
export interface Output3510List {
  /** 有效期止 */ readonly expyEnd?: string;
  /** 医疗目录编码 */ readonly medListCodg?: string;
  /** 统筹区编号 */ readonly poolareaNo?: string;
  /** 创建机构编号 */ readonly crteOptinsNo?: string;
  /** 医药机构目录编码 */ readonly medinsListCodg?: string;
  /** 备注 */ readonly memo?: string;
  /** 商品退货标志 */ readonly prodRetnFlag?: string;
  /** 数据更新时间 */ readonly updtTime?: string;
  /** 生产日期 */ readonly manuDate?: string;
  /** 经办人姓名 */ readonly opterName?: string;
  /** 数据唯一记录号 */ readonly rid?: string;
  /** 数据创建时间 */ readonly crteTime?: string;
  /** 生产企业名称 */ readonly prodentpName?: string;
  /** 有效标志 */ readonly valiFlag?: string;
  /** 批准文号 */ readonly aprvno?: string;
  /** 定点医药机构编号 */ readonly fixmedinsCode?: string;
  /** 定点医药机构商品采购流水号 */ readonly medinsProdPurcNo?: string;
  /** 处方药标志 */ readonly rxFlag?: string;
  /** 目录特项标志 */ readonly listSpItemFlag?: string;
  /** 采购发票号 */ readonly purcInvoNo?: string;
  /** 定点医药机构批次流水号 */ readonly fixmedinsBchno?: string;
  /** 经办时间 */ readonly optTime?: string;
  /** 经办人ID */ readonly opterId?: string;
  /** 采购/退货入库时间 */ readonly purcRetnStoinTime?: string;
  /** 生产批号 */ readonly manuLotnum?: string;
  /** 医药机构目录名称 */ readonly medinsListName?: string;
  /** 供货商名称 */ readonly splerName?: string;
  /** 商品赠送标志 */ readonly prodGeayFlag?: string;
  /** 采购/退货经办人姓名 */ readonly purcRetnOpterName?: string;
  /** 采购发票编码 */ readonly purcInvoCodg?: string;
  /** 创建人姓名 */ readonly crterName?: string;
  /** 创建人ID */ readonly crterId?: string;
  /** 经办机构编号 */ readonly optinsNo?: string;
  /** 供应商许可证号 */ readonly splerPmtno?: string;
  /** 最终成交单价 */ readonly finlTrnsPric?: string;
  /** 采购/退货数量 */ readonly purcRetnCnt?: string;
  /** 随货单号 */ readonly dyntNo?: string;
}

/** 商品采购信息查询 3510, 输出 */
export interface Output3510 {
  readonly list: readonly Output3510List[];
}

export const transaction3510: Transaction = {
  infno: '3510',
  name: '商品采购信息查询',
  nameEn: 'Query purchases',
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
        { name: 'medins_prod_purc_no', meaning: '定点医药机构商品采购流水号', type: 'string', maxLength: 30, required: false },
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: false },
        { name: 'medins_list_name', meaning: '医药机构目录名称', type: 'string', maxLength: 100, required: false },
        { name: 'dynt_no', meaning: '随货单号', type: 'string', maxLength: 50, required: false },
        { name: 'spler_name', meaning: '供货商名称', type: 'string', maxLength: 200, required: false },
        { name: 'spler_pmtno', meaning: '供应商许可证号', type: 'string', maxLength: 50, required: false },
        { name: 'manu_lotnum', meaning: '生产批号', type: 'string', maxLength: 30, required: false },
        { name: 'prodentp_name', meaning: '生产企业名称', type: 'string', maxLength: 200, required: false },
        { name: 'aprvno', meaning: '批准文号', type: 'string', maxLength: 100, required: false },
        { name: 'manu_date', meaning: '生产日期', type: 'date', required: false },
        { name: 'expy_end', meaning: '有效期止', type: 'date', required: false },
        { name: 'purc_invo_codg', meaning: '采购发票编码', type: 'string', maxLength: 50, required: false },
        { name: 'purc_invo_no', meaning: '采购发票号', type: 'string', maxLength: 50, required: false },
        { name: 'rx_flag', meaning: '处方药标志', type: 'string', maxLength: 3, required: false, codeTable: 'rx_flag' },
        { name: 'list_sp_item_flag', meaning: '目录特项标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'purc_retn_stoin_time', meaning: '采购/退货入库时间', type: 'datetime', required: false },
        { name: 'purc_retn_opter_name', meaning: '采购/退货经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'prod_geay_flag', meaning: '商品赠送标志', type: 'string', maxLength: 3, required: false },
        { name: 'prod_retn_flag', meaning: '商品退货标志', type: 'string', maxLength: 3, required: false },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'vali_flag', meaning: '有效标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'rid', meaning: '数据唯一记录号', type: 'string', maxLength: 40, required: false },
        { name: 'crter_id', meaning: '创建人ID', type: 'string', maxLength: 20, required: false },
        { name: 'crter_name', meaning: '创建人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'crte_optins_no', meaning: '创建机构编号', type: 'string', maxLength: 20, required: false },
        { name: 'opter_id', meaning: '经办人ID', type: 'string', maxLength: 20, required: false },
        { name: 'opter_name', meaning: '经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'optins_no', meaning: '经办机构编号', type: 'string', maxLength: 20, required: false },
        { name: 'poolarea_no', meaning: '统筹区编号', type: 'string', maxLength: 6, required: false },
      ],
    },
  },
  output: {
    '(list)': {
      cardinality: '0..n',
      fields: [
        { name: 'expyEnd', meaning: '有效期止', type: 'date', required: false },
        { name: 'medListCodg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: false },
        { name: 'poolareaNo', meaning: '统筹区编号', type: 'string', maxLength: 6, required: false },
        { name: 'crteOptinsNo', meaning: '创建机构编号', type: 'string', maxLength: 20, required: false },
        { name: 'medinsListCodg', meaning: '医药机构目录编码', type: 'string', maxLength: 150, required: false },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'prodRetnFlag', meaning: '商品退货标志', type: 'string', maxLength: 6, required: false },
        { name: 'updtTime', meaning: '数据更新时间', type: 'datetime', required: false },
        { name: 'manuDate', meaning: '生产日期', type: 'date', required: false },
        { name: 'opterName', meaning: '经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'rid', meaning: '数据唯一记录号', type: 'string', maxLength: 40, required: false },
        { name: 'crteTime', meaning: '数据创建时间', type: 'datetime', required: false },
        { name: 'prodentpName', meaning: '生产企业名称', type: 'string', maxLength: 200, required: false },
        { name: 'valiFlag', meaning: '有效标志', type: 'string', maxLength: 3, required: false },
        { name: 'aprvno', meaning: '批准文号', type: 'string', maxLength: 100, required: false },
        { name: 'fixmedinsCode', meaning: '定点医药机构编号', type: 'string', maxLength: 30, required: false },
        { name: 'medinsProdPurcNo', meaning: '定点医药机构商品采购流水号', type: 'string', maxLength: 30, required: false },
        { name: 'rxFlag', meaning: '处方药标志', type: 'string', maxLength: 3, required: false },
        { name: 'listSpItemFlag', meaning: '目录特项标志', type: 'string', maxLength: 3, required: false },
        { name: 'purcInvoNo', meaning: '采购发票号', type: 'string', maxLength: 50, required: false },
        { name: 'fixmedinsBchno', meaning: '定点医药机构批次流水号', type: 'string', maxLength: 30, required: false },
        { name: 'optTime', meaning: '经办时间', type: 'datetime', required: false },
        { name: 'opterId', meaning: '经办人ID', type: 'string', maxLength: 20, required: false },
        { name: 'purcRetnStoinTime', meaning: '采购/退货入库时间', type: 'datetime', required: false },
        { name: 'manuLotnum', meaning: '生产批号', type: 'string', maxLength: 30, required: false },
        { name: 'medinsListName', meaning: '医药机构目录名称', type: 'string', maxLength: 100, required: false },
        { name: 'splerName', meaning: '供货商名称', type: 'string', maxLength: 200, required: false },
        { name: 'prodGeayFlag', meaning: '商品赠送标志', type: 'string', maxLength: 3, required: false },
        { name: 'purcRetnOpterName', meaning: '采购/退货经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'purcInvoCodg', meaning: '采购发票编码', type: 'string', maxLength: 50, required: false },
        { name: 'crterName', meaning: '创建人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'crterId', meaning: '创建人ID', type: 'string', maxLength: 20, required: false },
        { name: 'optinsNo', meaning: '经办机构编号', type: 'string', maxLength: 20, required: false },
        { name: 'splerPmtno', meaning: '供应商许可证号', type: 'string', maxLength: 50, required: false },
        { name: 'finlTrnsPric', meaning: '最终成交单价', type: 'decimal', precision: 16, scale: 6, required: false },
        { name: 'purcRetnCnt', meaning: '采购/退货数量', type: 'decimal', precision: 16, scale: 2, required: false },
        { name: 'dyntNo', meaning: '随货单号', type: 'string', maxLength: 50, required: false },
      ],
    },
  },
};
