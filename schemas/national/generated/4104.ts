// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 结算清单质控结果查询 4104, 输入, node `data` */
export interface Input4104Data {
  /** 结算年月 yyyyMM */ readonly setl_ym: string;
  /** 结算ID */ readonly setl_id?: string;
  /** 人员编号 */ readonly psn_no?: string;
  /** 错误等级 */ readonly err_lv?: string;
  /** 回退标志 */ readonly retn_flag?: string;
  /** 当前页数 */ readonly page_num: number;
  /** 本页数据量 */ readonly page_size: number;
}

/** 结算清单质控结果查询 4104, 输入 */
export interface Input4104 {
  readonly data: Input4104Data;
}

/** A row of 明细 */
export interface Output4104DataDetailinfo {
  /** 审核数据字段 */ readonly exam_data_fld?: string;
  /** 质控审核结果 */ readonly qltctrl_chkrslt?: string;
  /** 错误等级 */ readonly err_lv?: string;
  /** 回退标志 */ readonly retn_flag?: string;
  /** 原值 */ readonly init_val?: string;
}

/** 结算清单质控结果查询 4104, 输出, node `data` */
export interface Output4104Data {
  /** 定点医药机构编号 */ readonly fixmedins_code: string;
  /** 定点医药机构名称 */ readonly fixmedins_name?: string;
  /** 结算年月 */ readonly setl_ym: string;
  /** 结算ID */ readonly setl_id: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 人员姓名 */ readonly psn_name?: string;
  /** 质控结果 */ readonly qltctrl_rslt: string;
  /** 错误等级 */ readonly err_lv?: string;
  /** 回退标志 */ readonly retn_flag?: string;
  /** 质控版本号 */ readonly qltctrl_ver?: string;
  /** 明细 */ readonly detailinfo?: readonly Output4104DataDetailinfo[];
}

/** 结算清单质控结果查询 4104, 输出 */
export interface Output4104 {
  readonly data: readonly Output4104Data[];
}

export const transaction4104: Transaction = {
  infno: '4104',
  name: '结算清单质控结果查询',
  nameEn: 'Settlement-list quality result',
  effect: 'read',
  path: '/fsi/api/medinfoupload/queryQltctrlProblemPage',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'setl_ym', meaning: '结算年月 yyyyMM', type: 'string', maxLength: 6, required: true },
        { name: 'setl_id', meaning: '结算ID', type: 'string', maxLength: 30, required: false },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: false },
        { name: 'err_lv', meaning: '错误等级', type: 'string', maxLength: 6, required: false },
        { name: 'retn_flag', meaning: '回退标志', type: 'string', maxLength: 3, required: false },
        { name: 'page_num', meaning: '当前页数', type: 'integer', precision: 4, required: true },
        { name: 'page_size', meaning: '本页数据量', type: 'integer', precision: 4, required: true },
      ],
    },
  },
  output: {
    data: {
      cardinality: '0..n',
      fields: [
        { name: 'fixmedins_code', meaning: '定点医药机构编号', type: 'string', maxLength: 30, required: true },
        { name: 'fixmedins_name', meaning: '定点医药机构名称', type: 'string', maxLength: 200, required: false },
        { name: 'setl_ym', meaning: '结算年月', type: 'string', maxLength: 6, required: true },
        { name: 'setl_id', meaning: '结算ID', type: 'string', maxLength: 30, required: true },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'psn_name', meaning: '人员姓名', type: 'string', maxLength: 50, required: false },
        { name: 'qltctrl_rslt', meaning: '质控结果', type: 'string', maxLength: 6, required: true },
        { name: 'err_lv', meaning: '错误等级', type: 'string', maxLength: 6, required: false },
        { name: 'retn_flag', meaning: '回退标志', type: 'string', maxLength: 3, required: false },
        { name: 'qltctrl_ver', meaning: '质控版本号', type: 'string', maxLength: 60, required: false },
        { name: 'detailinfo', meaning: '明细', type: 'list', required: false, fields: [
          { name: 'exam_data_fld', meaning: '审核数据字段', type: 'string', maxLength: 100, required: false },
          { name: 'qltctrl_chkrslt', meaning: '质控审核结果', type: 'string', maxLength: 500, required: false },
          { name: 'err_lv', meaning: '错误等级', type: 'string', maxLength: 6, required: false },
          { name: 'retn_flag', meaning: '回退标志', type: 'string', maxLength: 3, required: false },
          { name: 'init_val', meaning: '原值', type: 'string', maxLength: 500, required: false },
        ] },
      ],
    },
  },
};
