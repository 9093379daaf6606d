// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 医保目录信息查询 1312, 输入, node `data` */
export interface Input1312Data {
  /** 查询时间点 */ readonly query_date?: string;
  /** 医保目录编码 */ readonly hilist_code?: string;
  /** 参保机构医保区划 */ readonly insu_admdvs?: string;
  /** 开始日期 */ readonly begndate?: string;
  /** 医保目录名称 */ readonly hilist_name?: string;
  /** 五笔助记码 */ readonly wubi?: string;
  /** 拼音助记码 */ readonly pinyin?: string;
  /** 医疗收费项目类别 */ readonly med_chrgitm_type?: string;
  /** 收费项目等级 */ readonly chrgitm_lv?: string;
  /** 限制使用标志 */ readonly lmt_used_flag?: string;
  /** 目录类别 */ readonly list_type?: string;
  /** 医疗使用标志 */ readonly med_use_flag?: string;
  /** 生育使用标志 */ readonly matn_used_flag?: string;
  /** 医保目录使用类别 */ readonly hilist_use_type?: string;
  /** 限复方使用类型 */ readonly lmt_cpnd_type?: string;
  /** 有效标志 */ readonly vali_flag?: string;
  /** 更新时间 */ readonly updt_time: string;
  /** 当前页数 */ readonly page_num: number;
  /** 本页数据量 */ readonly page_size: number;
}

/** 医保目录信息查询 1312, 输入 */
export interface Input1312 {
  readonly data: Input1312Data;
}

/** 医保目录信息查询 1312, 输出, members without a node */
export interface Output1312Root {
  /** 总记录数 */ readonly recordCounts: number;
  /** 总页数 */ readonly pages: number;
  /** 页号 */ readonly pageNum: number;
  /** 页大小 */ readonly pageSize: number;
  /** 起始行 */ readonly startRow?: number;
  /** 本页行数 */ readonly size?: number;
  /** 是否首页 */ readonly firstPage?: boolean;
  /** 是否末页 */ readonly lastPage?: boolean;
}

/** 医保目录信息查询 1312, 输出, node `data` */
export interface Output1312Data {
  /** 医保目录编码 */ readonly hilist_code: string;
  /** 医保目录名称 */ readonly hilist_name: string;
  /** 参保机构医保区划 */ readonly insu_admdvs: string;
  /** 开始日期 */ readonly begndate: string;
  /** 结束日期 */ readonly enddate?: string;
  /** 医疗收费项目类别 */ readonly med_chrgitm_type: string;
  /** 收费项目等级 */ readonly chrgitm_lv: string;
  /** 限制使用标志 */ readonly lmt_used_flag: string;
  /** 目录类别 */ readonly list_type: string;
  /** 医疗使用标志 */ readonly med_use_flag: string;
  /** 生育使用标志 */ readonly matn_used_flag: string;
  /** 医保目录使用类别 */ readonly hilist_use_type: string;
  /** 限复方使用类型 */ readonly lmt_cpnd_type: string;
  /** 五笔助记码 */ readonly wubi?: string;
  /** 拼音助记码 */ readonly pinyin?: string;
  /** 备注 */ readonly memo?: string;
  /** 有效标志 */ readonly vali_flag: string;
  /** 唯一记录号 */ readonly rid: string;
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

/** 医保目录信息查询 1312, 输出 */
export interface Output1312 extends Output1312Root {
  readonly data: readonly Output1312Data[];
}

export const transaction1312: Transaction = {
  infno: '1312',
  name: '医保目录信息查询',
  nameEn: 'Insurance catalogue query',
  effect: 'read',
  path: '/fsi/api/catalogqueryservice/queryHilist',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'query_date', meaning: '查询时间点', type: 'date', required: false },
        { name: 'hilist_code', meaning: '医保目录编码', type: 'string', maxLength: 30, required: false },
        { name: 'insu_admdvs', meaning: '参保机构医保区划', type: 'string', maxLength: 6, required: false },
        { name: 'begndate', meaning: '开始日期', type: 'date', required: false },
        { name: 'hilist_name', meaning: '医保目录名称', type: 'string', maxLength: 200, required: false },
        { name: 'wubi', meaning: '五笔助记码', type: 'string', maxLength: 30, required: false },
        { name: 'pinyin', meaning: '拼音助记码', type: 'string', maxLength: 30, required: false },
        { name: 'med_chrgitm_type', meaning: '医疗收费项目类别', type: 'string', maxLength: 6, required: false, codeTable: 'med_chrgitm_type' },
        { name: 'chrgitm_lv', meaning: '收费项目等级', type: 'string', maxLength: 3, required: false, codeTable: 'chrgitm_lv' },
        { name: 'lmt_used_flag', meaning: '限制使用标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'list_type', meaning: '目录类别', type: 'string', maxLength: 30, required: false, codeTable: 'list_type' },
        { name: 'med_use_flag', meaning: '医疗使用标志', type: 'string', maxLength: 3, required: false },
        { name: 'matn_used_flag', meaning: '生育使用标志', type: 'string', maxLength: 3, required: false },
        { name: 'hilist_use_type', meaning: '医保目录使用类别', type: 'string', maxLength: 3, required: false },
        { name: 'lmt_cpnd_type', meaning: '限复方使用类型', type: 'string', maxLength: 3, required: false },
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
        { name: 'hilist_code', meaning: '医保目录编码', type: 'string', maxLength: 30, required: true },
        { name: 'hilist_name', meaning: '医保目录名称', type: 'string', maxLength: 200, required: true },
        { name: 'insu_admdvs', meaning: '参保机构医保区划', type: 'string', maxLength: 6, required: true },
        { name: 'begndate', meaning: '开始日期', type: 'date', required: true },
        { name: 'enddate', meaning: '结束日期', type: 'date', required: false },
        { name: 'med_chrgitm_type', meaning: '医疗收费项目类别', type: 'string', maxLength: 6, required: true, codeTable: 'med_chrgitm_type' },
        { name: 'chrgitm_lv', meaning: '收费项目等级', type: 'string', maxLength: 3, required: true, codeTable: 'chrgitm_lv' },
        { name: 'lmt_used_flag', meaning: '限制使用标志', type: 'string', maxLength: 3, required: true, codeTable: 'flag01' },
        { name: 'list_type', meaning: '目录类别', type: 'string', maxLength: 3, required: true, codeTable: 'list_type' },
        { name: 'med_use_flag', meaning: '医疗使用标志', type: 'string', maxLength: 3, required: true },
        { name: 'matn_used_flag', meaning: '生育使用标志', type: 'string', maxLength: 3, required: true },
        { name: 'hilist_use_type', meaning: '医保目录使用类别', type: 'string', maxLength: 3, required: true },
        { name: 'lmt_cpnd_type', meaning: '限复方使用类型', type: 'string', maxLength: 3, required: true },
        { name: 'wubi', meaning: '五笔助记码', type: 'string', maxLength: 30, required: false },
        { name: 'pinyin', meaning: '拼音助记码', type: 'string', maxLength: 30, required: false },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'vali_flag', meaning: '有效标志', type: 'string', maxLength: 3, required: true, codeTable: 'flag01' },
        { name: 'rid', meaning: '唯一记录号', type: 'string', maxLength: 40, required: true },
        { name: 'updt_time', meaning: '更新时间', type: 'date', required: true },
        { name: 'crter_id', meaning: '创建人', type: 'string', maxLength: 20, required: false },
        { name: 'crter_name', meaning: '创建人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'crte_time', meaning: '创建时间', type: 'date', required: true },
        { name: 'crte_optins_no', meaning: '创建机构', type: 'string', maxLength: 20, required: false },
        { name: 'opter_id', meaning: '经办人', type: 'string', maxLength: 20, required: false },
        { name: 'opter_name', meaning: '经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'opt_time', meaning: '经办时间', type: 'date', required: false },
        { name: 'optins_no', meaning: '经办机构', type: 'string', maxLength: 20, required: false },
        { name: 'poolarea_no', meaning: '统筹区', type: 'string', maxLength: 6, required: false },
      ],
    },
  },
};
