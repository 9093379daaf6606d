// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 商品库存信息查询 3508, 输入, node `data` */
export interface Input3508Data {
  /** 定点医药机构编号 */ readonly fixmedins_code: string;
  /** 医药机构目录编码 – at least one of the catalogue / batch keys */ readonly medins_list_codg?: string;
  /** 定点医药机构批次流水号 – at least one of the catalogue / batch keys */ readonly fixmedins_bchno?: string;
  /** 开始日期 */ readonly begndate: string;
  /** 结束日期 */ readonly enddate: string;
  /** 定点医药机构商品库存流水号 */ readonly medins_prod_inv_no?: string;
  /** 医疗目录编码 */ readonly med_list_codg?: string;
  /** 医药机构目录名称 */ readonly medins_list_name?: string;
  /** 处方药标志 */ readonly rx_flag?: string;
  /** 目录特项标志 */ readonly list_sp_item_flag?: string;
  /** 拆零标志 */ readonly trdn_flag?: string;
  /** 库存日期 */ readonly invdate?: string;
  /** 生产批号 */ readonly manu_lotnum?: string;
  /** 生产日期 */ readonly manu_date?: string;
  /** 有效期止 */ readonly expy_end?: string;
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

/** 商品库存信息查询 3508, 输入 */
export interface Input3508 {
  readonly data: Input3508Data;
}

/** 商品库存信息查询 3508, 输出, node `(list)` */
export interface Output3508List {
  /** 有效期止 */ readonly expyEnd?: string;
  /** 医疗目录编码 */ readonly medListCodg?: string;
  /** 统筹区编号 */ readonly poolareaNo?: string;
  /** 创建机构编号 */ readonly crteOptinsNo?: string;
  /** 库存数量 */ readonly invCnt?: string;
  /** 医药机构目录编码 */ readonly medinsListCodg?: string;
  /** 备注 */ readonly memo?: string;
  /** 数据更新时间 */ readonly updtTime?: string;
  /** 生产日期 */ readonly manuDate?: string;
  /** 经办人姓名 */ readonly opterName?: string;
  /** 数据唯一记录号 */ readonly rid?: string;
  /** 数据创建时间 */ readonly crteTime?: string;
  /** 库存日期 */ readonly invdate?: string;
  /** 有效标志 */ readonly valiFlag?: string;
  /** 定点医药机构编号 */ readonly fixmedinsCode?: string;
  /** 处方药标志 */ readonly rxFlag?: string;
  /** 目录特项标志 */ readonly listSpItemFlag?: string;
  /** 定点医药机构批次流水号 */ readonly fixmedinsBchno?: string;
  /** 经办时间 */ readonly optTime?: string;
  /** 经办人ID */ readonly opterId?: string;
  /** 生产批号 */ readonly manuLotnum?: string;
  /** 医药机构目录名称 */ readonly medinsListName?: string;
  /** 创建人姓名 */ readonly crterName?: string;
  /** 定点医药机构商品库存流水号 */ readonly medinsProdInvNo?: string;
  /** 创建人ID */ readonly crterId?: string;
  /** 经办机构编号 */ readonly optinsNo?: string;
  /** 拆零标志 */ readonly trdnFlag?: string;
}

/** 商品库存信息查询 3508, 输出 */
export interface Output3508 {
  readonly list: readonly Output3508List[];
}

export const transaction3508: Transaction = {
  infno: '3508',
  name: '商品库存信息查询',
  nameEn: 'Query stock',
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
        { name: 'medins_prod_inv_no', meaning: '定点医药机构商品库存流水号', type: 'string', maxLength: 30, required: false },
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: false },
        { name: 'medins_list_name', meaning: '医药机构目录名称', type: 'string', maxLength: 100, required: false },
        { name: 'rx_flag', meaning: '处方药标志', type: 'string', maxLength: 3, required: false, codeTable: 'rx_flag' },
        { name: 'list_sp_item_flag', meaning: '目录特项标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'trdn_flag', meaning: '拆零标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'invdate', meaning: '库存日期', type: 'date', required: false },
        { name: 'manu_lotnum', meaning: '生产批号', type: 'string', maxLength: 30, required: false },
        { name: 'manu_date', meaning: '生产日期', type: 'date', required: false },
        { name: 'expy_end', meaning: '有效期止', type: 'date', required: false },
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
        { name: 'invCnt', meaning: '库存数量', type: 'decimal', precision: 16, scale: 2, required: false },
        { name: 'medinsListCodg', meaning: '医药机构目录编码', type: 'string', maxLength: 150, required: false },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'updtTime', meaning: '数据更新时间', type: 'datetime', required: false },
        { name: 'manuDate', meaning: '生产日期', type: 'date', required: false },
        { name: 'opterName', meaning: '经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'rid', meaning: '数据唯一记录号', type: 'string', maxLength: 40, required: false },
        { name: 'crteTime', meaning: '数据创建时间', type: 'datetime', required: false },
        { name: 'invdate', meaning: '库存日期', type: 'date', required: false },
        { name: 'valiFlag', meaning: '有效标志', type: 'string', maxLength: 3, required: false },
        { name: 'fixmedinsCode', meaning: '定点医药机构编号', type: 'string', maxLength: 30, required: false },
        { name: 'rxFlag', meaning: '处方药标志', type: 'string', maxLength: 3, required: false },
        { name: 'listSpItemFlag', meaning: '目录特项标志', type: 'string', maxLength: 3, required: false },
        { name: 'fixmedinsBchno', meaning: '定点医药机构批次流水号', type: 'string', maxLength: 30, required: false },
        { name: 'optTime', meaning: '经办时间', type: 'datetime', required: false },
        { name: 'opterId', meaning: '经办人ID', type: 'string', maxLength: 20, required: false },
        { name: 'manuLotnum', meaning: '生产批号', type: 'string', maxLength: 30, required: false },
        { name: 'medinsListName', meaning: '医药机构目录名称', type: 'string', maxLength: 100, required: false },
        { name: 'crterName', meaning: '创建人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'medinsProdInvNo', meaning: '定点医药机构商品库存流水号', type: 'string', maxLength: 30, required: false },
        { name: 'crterId', meaning: '创建人ID', type: 'string', maxLength: 20, required: false },
        { name: 'optinsNo', meaning: '经办机构编号', type: 'string', maxLength: 20, required: false },
        { name: 'trdnFlag', meaning: '拆零标志', type: 'string', maxLength: 3, required: false },
      ],
    },
  },
};
