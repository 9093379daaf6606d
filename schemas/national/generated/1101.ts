// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Fen } from '../../../domain/money';
import type { Transaction } from '../types';

/** 人员基本信息获取 1101, 输入, node `data` */
export interface Input1101Data {
  /** 就诊凭证类型 */ readonly mdtrt_cert_type: string;
  /** 就诊凭证编号 */ readonly mdtrt_cert_no: string;
  /** 卡识别码 – mdtrt_cert_type = 03 */ readonly card_sn?: string;
  /** 开始时间 */ readonly begntime?: string;
  /** 人员证件类型 */ readonly psn_cert_type?: string;
  /** 证件号码 */ readonly certno?: string;
  /** 人员姓名 */ readonly psn_name?: string;
  /** 字段扩展(JSON字符串) */ readonly expContent?: string;
}

/** 人员基本信息获取 1101, 输入 */
export interface Input1101 {
  readonly data: Input1101Data;
}

/** 人员基本信息获取 1101, 输出, node `baseinfo` */
export interface Output1101Baseinfo {
  /** 人员编号 */ readonly psn_no: string;
  /** 人员证件类型 */ readonly psn_cert_type: string;
  /** 证件号码 */ readonly certno: string;
  /** 人员姓名 */ readonly psn_name: string;
  /** 性别 */ readonly gend: string;
  /** 民族 */ readonly naty?: string;
  /** 出生日期 */ readonly brdy?: string;
  /** 年龄 */ readonly age: string;
  /** 字段扩展(JSON字符串) */ readonly expContent?: string;
}

/** 人员基本信息获取 1101, 输出, node `insuinfo` */
export interface Output1101Insuinfo {
  /** 余额(分) */ readonly balc: Fen;
  /** 险种类型 */ readonly insutype: string;
  /** 人员类别 */ readonly psn_type: string;
  /** 人员参保状态 */ readonly psn_insu_stas?: string;
  /** 个人参保日期 */ readonly psn_insu_date?: string;
  /** 暂停参保日期 */ readonly paus_insu_date?: string;
  /** 公务员标志 */ readonly cvlserv_flag: string;
  /** 参保地医保区划 */ readonly insuplc_admdvs: string;
  /** 单位名称 */ readonly emp_name?: string;
}

/** 人员基本信息获取 1101, 输出, node `idetinfo` */
export interface Output1101Idetinfo {
  /** 人员身份类别 */ readonly psn_idet_type: string;
  /** 人员类别等级 */ readonly psn_type_lv?: string;
  /** 备注 */ readonly memo?: string;
  /** 开始时间 */ readonly begntime: string;
  /** 结束时间 */ readonly endtime?: string;
}

/** 人员基本信息获取 1101, 输出 */
export interface Output1101 {
  readonly baseinfo: Output1101Baseinfo;
  readonly insuinfo: readonly Output1101Insuinfo[];
  readonly idetinfo: readonly Output1101Idetinfo[];
}

export const transaction1101: Transaction = {
  infno: '1101',
  name: '人员基本信息获取',
  nameEn: 'Get insured person',
  effect: 'read',
  path: '/fsi/api/fsiPsnInfoService/queryPsnInfo',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'mdtrt_cert_type', meaning: '就诊凭证类型', type: 'string', maxLength: 3, required: true, codeTable: 'mdtrt_cert_type' },
        { name: 'mdtrt_cert_no', meaning: '就诊凭证编号', type: 'string', maxLength: 50, required: true },
        { name: 'card_sn', meaning: '卡识别码', type: 'string', maxLength: 32, required: false, condition: 'mdtrt_cert_type = 03' },
        { name: 'begntime', meaning: '开始时间', type: 'datetime', required: false },
        { name: 'psn_cert_type', meaning: '人员证件类型', type: 'string', maxLength: 6, required: false, codeTable: 'psn_cert_type' },
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 50, required: false },
        { name: 'psn_name', meaning: '人员姓名', type: 'string', maxLength: 50, required: false },
        { name: 'expContent', meaning: '字段扩展(JSON字符串)', type: 'string', maxLength: 4000, required: false },
      ],
    },
  },
  output: {
    baseinfo: {
      cardinality: '1',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'psn_cert_type', meaning: '人员证件类型', type: 'string', maxLength: 6, required: true, codeTable: 'psn_cert_type' },
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 50, required: true },
        { name: 'psn_name', meaning: '人员姓名', type: 'string', maxLength: 50, required: true },
        { name: 'gend', meaning: '性别', type: 'string', maxLength: 6, required: true, codeTable: 'gend' },
        { name: 'naty', meaning: '民族', type: 'string', maxLength: 3, required: false, codeTable: 'naty' },
        { name: 'brdy', meaning: '出生日期', type: 'date', required: false },
        { name: 'age', meaning: '年龄', type: 'decimal', precision: 4, scale: 1, required: true },
        { name: 'expContent', meaning: '字段扩展(JSON字符串)', type: 'string', maxLength: 4000, required: false },
      ],
    },
    insuinfo: {
      cardinality: '0..n',
      fields: [
        { name: 'balc', meaning: '余额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'insutype', meaning: '险种类型', type: 'string', maxLength: 6, required: true, codeTable: 'insutype' },
        { name: 'psn_type', meaning: '人员类别', type: 'string', maxLength: 6, required: true, codeTable: 'psn_type' },
        { name: 'psn_insu_stas', meaning: '人员参保状态', type: 'string', maxLength: 6, required: false, codeTable: 'psn_insu_stas' },
        { name: 'psn_insu_date', meaning: '个人参保日期', type: 'date', required: false },
        { name: 'paus_insu_date', meaning: '暂停参保日期', type: 'date', required: false },
        { name: 'cvlserv_flag', meaning: '公务员标志', type: 'string', maxLength: 3, required: true, codeTable: 'flag01' },
        { name: 'insuplc_admdvs', meaning: '参保地医保区划', type: 'string', maxLength: 6, required: true },
        { name: 'emp_name', meaning: '单位名称', type: 'string', maxLength: 200, required: false },
      ],
    },
    idetinfo: {
      cardinality: '0..n',
      fields: [
        { name: 'psn_idet_type', meaning: '人员身份类别', type: 'string', maxLength: 3, required: true, codeTable: 'psn_idet_type' },
        { name: 'psn_type_lv', meaning: '人员类别等级', type: 'string', maxLength: 3, required: false, codeTable: 'psn_type_lv' },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'begntime', meaning: '开始时间', type: 'datetime', required: true },
        { name: 'endtime', meaning: '结束时间', type: 'datetime', required: false },
      ],
    },
  },
};
