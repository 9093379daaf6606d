// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 商品追溯码使用查询 3513, 输入, node `data` */
export interface Input3513Data {
  /** 定点医药机构编号 */ readonly fixmedins_code: string;
  /** 医药机构目录编码 – at least one of the catalogue / batch keys */ readonly medins_list_codg?: string;
  /** 定点医药机构批次流水号 – at least one of the catalogue / batch keys */ readonly fixmedins_bchno?: string;
  /** 开始日期 */ readonly begndate?: string;
  /** 结束日期 */ readonly enddate?: string;
  /** 医疗目录编码 */ readonly med_list_codg?: string;
  /** 就诊ID */ readonly mdtrt_id?: string;
  /** 人员编号 */ readonly psn_no?: string;
  /** 人员证件类型 */ readonly psn_cert_type?: string;
  /** 证件号码 */ readonly certno?: string;
  /** 人员姓名 */ readonly psn_name?: string;
  /** 药品追溯码 */ readonly drug_trac_codg?: string;
}

/** 商品追溯码使用查询 3513, 输入 */
export interface Input3513 {
  readonly data: Input3513Data;
}

/** 商品追溯码使用查询 3513, 输出, node `(list)` */
export interface Output3513List {
  /** 定点医药机构编号 */ readonly fixmedinsCode?: string;
  /** 医疗目录编码 */ readonly medListCodg?: string;
  /** 医药机构目录编码 */ readonly medinsListCodg?: string;
  /** 医药机构目录名称 */ readonly medinsListName?: string;
  /** 定点医药机构批次流水号 */ readonly fixmedinsBchno?: string;
  /** 就诊ID */ readonly mdtrtId?: string;
  /** 就诊结算类型 */ readonly mdtrtSetlType?: string;
  /** 记账流水号 */ readonly bkkpSn?: string;
  /** 药品追溯码 */ readonly drugTracCodg?: string;
  /** 人员编号 */ readonly psnNo?: string;
  /** 人员证件类型 */ readonly psnCertType?: string;
  /** 证件号码 */ readonly certno?: string;
  /** 人员姓名 */ readonly psnName?: string;
  /** 备注 */ readonly memo?: string;
  /** 拆零标志 */ readonly trdnFlag?: string;
  /** 数据更新时间 */ readonly updtTime?: string;
  /** 经办人姓名 */ readonly opterName?: string;
  /** 数据唯一记录号 */ readonly rid?: string;
  /** 数据创建时间 */ readonly crteTime?: string;
  /** 经办时间 */ readonly optTime?: string;
  /** 经办人ID */ readonly opterId?: string;
  /** 创建人姓名 */ readonly crterName?: string;
  /** 创建人ID */ readonly crterId?: string;
  /** 经办机构编号 */ readonly optinsNo?: string;
}

/** 商品追溯码使用查询 3513, 输出 */
export interface Output3513 {
  readonly list: readonly Output3513List[];
}

export const transaction3513: Transaction = {
  infno: '3513',
  name: '商品追溯码使用查询',
  nameEn: 'Query trace-code use',
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
        { name: 'begndate', meaning: '开始日期', type: 'date', required: false },
        { name: 'enddate', meaning: '结束日期', type: 'date', required: false },
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: false },
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: false },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: false },
        { name: 'psn_cert_type', meaning: '人员证件类型', type: 'string', maxLength: 6, required: false, codeTable: 'psn_cert_type' },
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 600, required: false },
        { name: 'psn_name', meaning: '人员姓名', type: 'string', maxLength: 50, required: false },
        { name: 'drug_trac_codg', meaning: '药品追溯码', type: 'string', maxLength: 30, required: false },
      ],
    },
  },
  output: {
    '(list)': {
      cardinality: '0..n',
      fields: [
        { name: 'fixmedinsCode', meaning: '定点医药机构编号', type: 'string', maxLength: 30, required: false },
        { name: 'medListCodg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: false },
        { name: 'medinsListCodg', meaning: '医药机构目录编码', type: 'string', maxLength: 150, required: false },
        { name: 'medinsListName', meaning: '医药机构目录名称', type: 'string', maxLength: 100, required: false },
        { name: 'fixmedinsBchno', meaning: '定点医药机构批次流水号', type: 'string', maxLength: 30, required: false },
        { name: 'mdtrtId', meaning: '就诊ID', type: 'string', maxLength: 30, required: false },
        { name: 'mdtrtSetlType', meaning: '就诊结算类型', type: 'string', maxLength: 7, required: false },
        { name: 'bkkpSn', meaning: '记账流水号', type: 'string', maxLength: 100, required: false },
        { name: 'drugTracCodg', meaning: '药品追溯码', type: 'string', maxLength: 30, required: false },
        { name: 'psnNo', meaning: '人员编号', type: 'string', maxLength: 30, required: false },
        { name: 'psnCertType', meaning: '人员证件类型', type: 'string', maxLength: 6, required: false },
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 50, required: false },
        { name: 'psnName', meaning: '人员姓名', type: 'string', maxLength: 50, required: false },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'trdnFlag', meaning: '拆零标志', type: 'string', maxLength: 3, required: false },
        { name: 'updtTime', meaning: '数据更新时间', type: 'datetime', required: false },
        { name: 'opterName', meaning: '经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'rid', meaning: '数据唯一记录号', type: 'string', maxLength: 40, required: false },
        { name: 'crteTime', meaning: '数据创建时间', type: 'datetime', required: false },
        { name: 'optTime', meaning: '经办时间', type: 'datetime', required: false },
        { name: 'opterId', meaning: '经办人ID', type: 'string', maxLength: 20, required: false },
        { name: 'crterName', meaning: '创建人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'crterId', meaning: '创建人ID', type: 'string', maxLength: 20, required: false },
        { name: 'optinsNo', meaning: '经办机构编号', type: 'string', maxLength: 20, required: false },
      ],
    },
  },
};
