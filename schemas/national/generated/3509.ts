// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 商品库存变更记录查询 3509, 输入, node `data` */
export interface Input3509Data {
  /** 定点医药机构编号 */ readonly fixmedins_code: string;
  /** 医药机构目录编码 – at least one of the catalogue / batch keys */ readonly medins_list_codg?: string;
  /** 定点医药机构批次流水号 – at least one of the catalogue / batch keys */ readonly fixmedins_bchno?: string;
  /** 开始日期 */ readonly begndate: string;
  /** 结束日期 */ readonly enddate: string;
  /** 定点医药机构商品库存变更流水号 */ readonly medins_prod_inv_chg_no?: string;
  /** 医疗目录编码 */ readonly med_list_codg?: string;
  /** 库存变更类型 */ readonly inv_chg_type?: string;
  /** 医药机构目录名称 */ readonly medins_list_name?: string;
  /** 处方药标志 */ readonly rx_flag?: string;
  /** 目录特项标志 */ readonly list_sp_item_flag?: string;
  /** 拆零标志 */ readonly trdn_flag?: string;
  /** 库存变更时间 */ readonly inv_chg_time?: string;
  /** 库存变更经办人姓名 */ readonly inv_chg_opter_name?: string;
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

/** 商品库存变更记录查询 3509, 输入 */
export interface Input3509 {
  readonly data: Input3509Data;
}

/** 商品库存变更记录查询 3509, 输出, node `(list)` */
export interface Output3509List {
  /** 库存变更时间 */ readonly invChgTime?: string;
  /** 医疗目录编码 */ readonly medListCodg?: string;
  /** 统筹区编号 */ readonly poolareaNo?: string;
  /** 库存变更经办人姓名 */ readonly invChgOpterName?: string;
  /** 创建机构编号 */ readonly crteOptinsNo?: string;
  /** 医药机构目录编码 */ readonly medinsListCodg?: string;
  /** 备注 */ readonly memo?: string;
  /** 数据更新时间 */ readonly updtTime?: string;
  /** 经办人姓名 */ readonly opterName?: string;
  /** 数据唯一记录号 */ readonly rid?: string;
  /** 数据创建时间 */ readonly crteTime?: string;
  /** 有效标志 */ readonly valiFlag?: string;
  /** 定点医药机构编号 */ readonly fixmedinsCode?: string;
  /** 库存变更类型 */ readonly invChgType?: string;
  /** 处方药标志 */ readonly rxFlag?: string;
  /** 定点医药机构商品库存变更流水号 */ readonly medinsProdInvChgNo?: string;
  /** 目录特项标志 */ readonly listSpItemFlag?: string;
  /** 定点医药机构批次流水号 */ readonly fixmedinsBchno?: string;
  /** 经办时间 */ readonly optTime?: string;
  /** 经办人ID */ readonly opterId?: string;
  /** 医药机构目录名称 */ readonly medinsListName?: string;
  /** 数量 */ readonly cnt?: string;
  /** 单价 */ readonly pric?: string;
  /** 创建人姓名 */ readonly crterName?: string;
  /** 创建人ID */ readonly crterId?: string;
  /** 经办机构编号 */ readonly optinsNo?: string;
  /** 拆零标志 */ readonly trdnFlag?: string;
}

/** 商品库存变更记录查询 3509, 输出 */
export interface Output3509 {
  readonly list: readonly Output3509List[];
}

export const transaction3509: Transaction = {
  infno: '3509',
  name: '商品库存变更记录查询',
  nameEn: 'Query stock changes',
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
        { name: 'medins_prod_inv_chg_no', meaning: '定点医药机构商品库存变更流水号', type: 'string', maxLength: 30, required: false },
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: false },
        { name: 'inv_chg_type', meaning: '库存变更类型', type: 'string', maxLength: 6, required: false, codeTable: 'inv_chg_type' },
        { name: 'medins_list_name', meaning: '医药机构目录名称', type: 'string', maxLength: 100, required: false },
        { name: 'rx_flag', meaning: '处方药标志', type: 'string', maxLength: 3, required: false, codeTable: 'rx_flag' },
        { name: 'list_sp_item_flag', meaning: '目录特项标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'trdn_flag', meaning: '拆零标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'inv_chg_time', meaning: '库存变更时间', type: 'datetime', required: false },
        { name: 'inv_chg_opter_name', meaning: '库存变更经办人姓名', type: 'string', maxLength: 50, required: false },
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
        { name: 'invChgTime', meaning: '库存变更时间', type: 'datetime', required: false },
        { name: 'medListCodg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: false },
        { name: 'poolareaNo', meaning: '统筹区编号', type: 'string', maxLength: 6, required: false },
        { name: 'invChgOpterName', meaning: '库存变更经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'crteOptinsNo', meaning: '创建机构编号', type: 'string', maxLength: 20, required: false },
        { name: 'medinsListCodg', meaning: '医药机构目录编码', type: 'string', maxLength: 150, required: false },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'updtTime', meaning: '数据更新时间', type: 'datetime', required: false },
        { name: 'opterName', meaning: '经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'rid', meaning: '数据唯一记录号', type: 'string', maxLength: 40, required: false },
        { name: 'crteTime', meaning: '数据创建时间', type: 'datetime', required: false },
        { name: 'valiFlag', meaning: '有效标志', type: 'string', maxLength: 3, required: false },
        { name: 'fixmedinsCode', meaning: '定点医药机构编号', type: 'string', maxLength: 30, required: false },
        { name: 'invChgType', meaning: '库存变更类型', type: 'string', maxLength: 6, required: false },
        { name: 'rxFlag', meaning: '处方药标志', type: 'string', maxLength: 3, required: false },
        { name: 'medinsProdInvChgNo', meaning: '定点医药机构商品库存变更流水号', type: 'string', maxLength: 30, required: false },
        { name: 'listSpItemFlag', meaning: '目录特项标志', type: 'string', maxLength: 3, required: false },
        { name: 'fixmedinsBchno', meaning: '定点医药机构批次流水号', type: 'string', maxLength: 30, required: false },
        { name: 'optTime', meaning: '经办时间', type: 'datetime', required: false },
        { name: 'opterId', meaning: '经办人ID', type: 'string', maxLength: 20, required: false },
        { name: 'medinsListName', meaning: '医药机构目录名称', type: 'string', maxLength: 100, required: false },
        { name: 'cnt', meaning: '数量', type: 'decimal', precision: 16, scale: 4, required: false },
        { name: 'pric', meaning: '单价', type: 'decimal', precision: 16, scale: 6, required: false },
        { name: 'crterName', meaning: '创建人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'crterId', meaning: '创建人ID', type: 'string', maxLength: 20, required: false },
        { name: 'optinsNo', meaning: '经办机构编号', type: 'string', maxLength: 20, required: false },
        { name: 'trdnFlag', meaning: '拆零标志', type: 'string', maxLength: 3, required: false },
      ],
    },
  },
};
