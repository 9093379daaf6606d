// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 人员慢特病备案 2503, 输入, node `data` */
export interface Input2503Data {
  /** 人员编号 */ readonly psn_no: string;
  /** 险种类型 */ readonly insutype: string;
  /** 门慢门特病种目录代码 */ readonly opsp_dise_code: string;
  /** 门慢门特病种名称 */ readonly opsp_dise_name: string;
  /** 联系电话 */ readonly tel?: string;
  /** 联系地址 */ readonly addr?: string;
  /** 参保机构医保区划 */ readonly insu_optins: string;
  /** 鉴定定点医药机构编号 */ readonly ide_fixmedins_no: string;
  /** 鉴定定点医药机构名称 */ readonly ide_fixmedins_name: string;
  /** 医院鉴定日期 */ readonly hosp_ide_date: string;
  /** 诊断医师编码 */ readonly diag_dr_codg: string;
  /** 诊断医师姓名 */ readonly diag_dr_name: string;
  /** 开始日期 */ readonly begndate: string;
  /** 结束日期 */ readonly enddate?: string;
}

/** 人员慢特病备案 2503, 输入 */
export interface Input2503 {
  readonly data: Input2503Data;
}

/** 人员慢特病备案 2503, 输出, node `result` */
export interface Output2503Result {
  /** 待遇申报明细流水号 */ readonly trt_dcla_detl_sn: string;
}

/** 人员慢特病备案 2503, 输出 */
export interface Output2503 {
  readonly result: Output2503Result;
}

export const transaction2503: Transaction = {
  infno: '2503',
  name: '人员慢特病备案',
  nameEn: 'Chronic/special disease filing',
  effect: 'write',
  path: null,
  undo: '2504',
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'insutype', meaning: '险种类型', type: 'string', maxLength: 6, required: true, codeTable: 'insutype' },
        { name: 'opsp_dise_code', meaning: '门慢门特病种目录代码', type: 'string', maxLength: 30, required: true },
        { name: 'opsp_dise_name', meaning: '门慢门特病种名称', type: 'string', maxLength: 300, required: true },
        { name: 'tel', meaning: '联系电话', type: 'string', maxLength: 50, required: false },
        { name: 'addr', meaning: '联系地址', type: 'string', maxLength: 200, required: false },
        { name: 'insu_optins', meaning: '参保机构医保区划', type: 'string', maxLength: 6, required: true },
        { name: 'ide_fixmedins_no', meaning: '鉴定定点医药机构编号', type: 'string', maxLength: 30, required: true },
        { name: 'ide_fixmedins_name', meaning: '鉴定定点医药机构名称', type: 'string', maxLength: 200, required: true },
        { name: 'hosp_ide_date', meaning: '医院鉴定日期', type: 'date', required: true },
        { name: 'diag_dr_codg', meaning: '诊断医师编码', type: 'string', maxLength: 30, required: true },
        { name: 'diag_dr_name', meaning: '诊断医师姓名', type: 'string', maxLength: 50, required: true },
        { name: 'begndate', meaning: '开始日期', type: 'date', required: true },
        { name: 'enddate', meaning: '结束日期', type: 'date', required: false },
      ],
    },
  },
  output: {
    result: {
      cardinality: '1',
      fields: [
        { name: 'trt_dcla_detl_sn', meaning: '待遇申报明细流水号', type: 'string', maxLength: 30, required: true },
      ],
    },
  },
};
