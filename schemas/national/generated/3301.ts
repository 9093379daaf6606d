// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 目录对照上传 3301, 输入, node `data` */
export interface Input3301Data {
  /** 定点医药机构目录编号 */ readonly fixmedins_hilist_id: string;
  /** 定点医药机构目录名称 */ readonly fixmedins_hilist_name: string;
  /** 目录类别 */ readonly list_type: string;
  /** 医疗目录编码 */ readonly med_list_codg: string;
  /** 开始日期 */ readonly begndate: string;
  /** 结束日期 */ readonly enddate: string;
  /** 批准文号 */ readonly aprvno?: string;
  /** 剂型 */ readonly dosform?: string;
  /** 除外内容 */ readonly exct_cont?: string;
  /** 项目内涵 */ readonly item_cont?: string;
  /** 计价单位 */ readonly prcunt?: string;
  /** 规格 */ readonly spec?: string;
  /** 包装规格 */ readonly pacspec?: string;
  /** 备注 */ readonly memo?: string;
}

/** 目录对照上传 3301, 输入 */
export interface Input3301 {
  readonly data: readonly Input3301Data[];
}

/** 目录对照上传 3301, 输出: none. */
export type Output3301 = Record<string, never>;

export const transaction3301: Transaction = {
  infno: '3301',
  name: '目录对照上传',
  nameEn: 'Upload catalogue mapping',
  effect: 'write',
  path: '/fsi/api/catalogCompService/catalogCompUp',
  undo: '3302',
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1..n',
      fields: [
        { name: 'fixmedins_hilist_id', meaning: '定点医药机构目录编号', type: 'string', maxLength: 30, required: true },
        { name: 'fixmedins_hilist_name', meaning: '定点医药机构目录名称', type: 'string', maxLength: 200, required: true },
        { name: 'list_type', meaning: '目录类别', type: 'string', maxLength: 30, required: true, codeTable: 'list_type' },
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 30, required: true },
        { name: 'begndate', meaning: '开始日期', type: 'date', required: true },
        { name: 'enddate', meaning: '结束日期', type: 'date', required: true },
        { name: 'aprvno', meaning: '批准文号', type: 'string', maxLength: 30, required: false },
        { name: 'dosform', meaning: '剂型', type: 'string', maxLength: 200, required: false },
        { name: 'exct_cont', meaning: '除外内容', type: 'string', maxLength: 2000, required: false },
        { name: 'item_cont', meaning: '项目内涵', type: 'string', maxLength: 2000, required: false },
        { name: 'prcunt', meaning: '计价单位', type: 'string', maxLength: 100, required: false },
        { name: 'spec', meaning: '规格', type: 'string', maxLength: 200, required: false },
        { name: 'pacspec', meaning: '包装规格', type: 'string', maxLength: 100, required: false },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
      ],
    },
  },
  output: {},
};
