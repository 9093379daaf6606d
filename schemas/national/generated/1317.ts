// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 医药机构目录匹配信息查询 1317, 输入, node `data` */
export interface Input1317Data {
  /** 查询时间点 */ readonly query_date?: string;
  /** 定点医药机构编号 */ readonly fixmedins_code?: string;
  /** 定点医药机构目录编号 */ readonly medins_list_codg?: string;
  /** 定点医药机构目录名称 */ readonly medins_list_name?: string;
  /** 参保机构医保区划 */ readonly insu_admdvs?: string;
  /** 目录类别 */ readonly list_type?: string;
  /** 医疗目录编码 */ readonly med_list_codg?: string;
  /** 开始日期 */ readonly begndate?: string;
  /** 有效标志 */ readonly vali_flag?: string;
  /** 更新时间 */ readonly updt_time: string;
  /** 当前页数 */ readonly page_num: number;
  /** 本页数据量 */ readonly page_size: number;
}

/** 医药机构目录匹配信息查询 1317, 输入 */
export interface Input1317 {
  readonly data: Input1317Data;
}

/** 医药机构目录匹配信息查询 1317, 输出, members without a node */
export interface Output1317Root {
  /** 总记录数 */ readonly recordCounts: number;
  /** 总页数 */ readonly pages: number;
  /** 页号 */ readonly pageNum: number;
  /** 页大小 */ readonly pageSize: number;
  /** 起始行 */ readonly startRow?: number;
  /** 本页行数 */ readonly size?: number;
  /** 是否首页 */ readonly firstPage?: boolean;
  /** 是否末页 */ readonly lastPage?: boolean;
}

/** 医药机构目录匹配信息查询 1317, 输出, node `data` */
export interface Output1317Data {
  /** 定点医药机构编号 */ readonly fixmedins_code: string;
  /** 定点医药机构目录编号 */ readonly medins_list_codg: string;
  /** 定点医药机构目录名称 */ readonly medins_list_name?: string;
  /** 参保机构医保区划 */ readonly insu_admdvs: string;
  /** 目录类别 */ readonly list_type: string;
  /** 医疗目录编码 */ readonly med_list_codg: string;
  /** 开始日期 */ readonly begndate: string;
  /** 结束日期 */ readonly enddate?: string;
  /** 批准文号 */ readonly aprvno?: string;
  /** 剂型 */ readonly dosform?: string;
  /** 除外内容 */ readonly exct_cont?: string;
  /** 项目内涵 */ readonly item_cont?: string;
  /** 计价单位 */ readonly prcunt?: string;
  /** 规格 */ readonly spec?: string;
  /** 包装规格 */ readonly pacspec?: string;
  /** 备注 */ readonly memo?: string;
  /** 有效标志 */ readonly vali_flag: string;
  /** 数据唯一记录号 */ readonly rid: string;
  /** 更新时间 */ readonly updt_time: string;
  /** 创建人 */ readonly crter_id?: string;
  /** 创建人姓名 */ readonly crter_name?: string;
  /** 创建时间 */ readonly crte_time: string;
  /** 创建机构 */ readonly crte_optins_no?: string;
  /** 经办人 */ readonly opter_id?: string;
  /** 经办人姓名 */ readonly opter_name?: string;
  /** 经办时间 */ readonly opt_time?: string;
  /** 经办机构 */ readonly optins_no?: string;
  /** 统筹区 */ readonly poolarea_no?: string;
}

/** 医药机构目录匹配信息查询 1317, 输出 */
export interface Output1317 extends Output1317Root {
  readonly data: readonly Output1317Data[];
}

export const transaction1317: Transaction = {
  infno: '1317',
  name: '医药机构目录匹配信息查询',
  nameEn: 'Institution catalogue match query',
  effect: 'read',
  path: '/fsi/api/catalogqueryservice/queryMedListMapByPage',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'query_date', meaning: '查询时间点', type: 'date', required: false },
        { name: 'fixmedins_code', meaning: '定点医药机构编号', type: 'string', maxLength: 30, required: false },
        { name: 'medins_list_codg', meaning: '定点医药机构目录编号', type: 'string', maxLength: 30, required: false },
        { name: 'medins_list_name', meaning: '定点医药机构目录名称', type: 'string', maxLength: 200, required: false },
        { name: 'insu_admdvs', meaning: '参保机构医保区划', type: 'string', maxLength: 6, required: false },
        { name: 'list_type', meaning: '目录类别', type: 'string', maxLength: 30, required: false, codeTable: 'list_type' },
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 30, required: false },
        { name: 'begndate', meaning: '开始日期', type: 'date', required: false },
        { name: 'vali_flag', meaning: '有效标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'updt_time', meaning: '更新时间', type: 'date', required: true },
        { name: 'page_num', meaning: '当前页数', type: 'integer', precision: 4, required: true },
        { name: 'page_size', meaning: '本页数据量', type: 'integer', precision: 4, required: true },
      ],
    },
  },
  output: {
    '(page)': {
      cardinality: '1',
      fields: [
        { name: 'recordCounts', meaning: '总记录数', type: 'integer', required: true },
        { name: 'pages', meaning: '总页数', type: 'integer', required: true },
        { name: 'pageNum', meaning: '页号', type: 'integer', required: true },
        { name: 'pageSize', meaning: '页大小', type: 'integer', required: true },
        { name: 'startRow', meaning: '起始行', type: 'integer', required: false },
        { name: 'size', meaning: '本页行数', type: 'integer', required: false },
        { name: 'firstPage', meaning: '是否首页', type: 'boolean', required: false },
        { name: 'lastPage', meaning: '是否末页', type: 'boolean', required: false },
      ],
    },
    data: {
      cardinality: '0..n',
      fields: [
        { name: 'fixmedins_code', meaning: '定点医药机构编号', type: 'string', maxLength: 30, required: true },
        { name: 'medins_list_codg', meaning: '定点医药机构目录编号', type: 'string', maxLength: 30, required: true },
        { name: 'medins_list_name', meaning: '定点医药机构目录名称', type: 'string', maxLength: 200, required: false },
        { name: 'insu_admdvs', meaning: '参保机构医保区划', type: 'string', maxLength: 6, required: true },
        { name: 'list_type', meaning: '目录类别', type: 'string', maxLength: 3, required: true, codeTable: 'list_type' },
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 30, required: true },
        { name: 'begndate', meaning: '开始日期', type: 'date', required: true },
        { name: 'enddate', meaning: '结束日期', type: 'date', required: false },
        { name: 'aprvno', meaning: '批准文号', type: 'string', maxLength: 30, required: false },
        { name: 'dosform', meaning: '剂型', type: 'string', maxLength: 200, required: false },
        { name: 'exct_cont', meaning: '除外内容', type: 'string', maxLength: 2000, required: false },
        { name: 'item_cont', meaning: '项目内涵', type: 'string', maxLength: 2000, required: false },
        { name: 'prcunt', meaning: '计价单位', type: 'string', maxLength: 100, required: false },
        { name: 'spec', meaning: '规格', type: 'string', maxLength: 200, required: false },
        { name: 'pacspec', meaning: '包装规格', type: 'string', maxLength: 100, required: false },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'vali_flag', meaning: '有效标志', type: 'string', maxLength: 3, required: true, codeTable: 'flag01' },
        { name: 'rid', meaning: '数据唯一记录号', type: 'string', maxLength: 40, required: true },
        { name: 'updt_time', meaning: '更新时间', type: 'datetime', required: true },
        { name: 'crter_id', meaning: '创建人', type: 'string', maxLength: 20, required: false },
        { name: 'crter_name', meaning: '创建人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'crte_time', meaning: '创建时间', type: 'datetime', required: true },
        { name: 'crte_optins_no', meaning: '创建机构', type: 'string', maxLength: 20, required: false },
        { name: 'opter_id', meaning: '经办人', type: 'string', maxLength: 20, required: false },
        { name: 'opter_name', meaning: '经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'opt_time', meaning: '经办时间', type: 'datetime', required: false },
        { name: 'optins_no', meaning: '经办机构', type: 'string', maxLength: 20, required: false },
        { name: 'poolarea_no', meaning: '统筹区', type: 'string', maxLength: 6, required: false },
      ],
    },
  },
};
