// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 电子凭证解码 1162, 输入, node `data` */
export interface Input1162Data {
  /** 定点医药机构编号 */ readonly orgId: string;
  /** 用码业务类型 */ readonly businessType: string;
  /** 收款员编号 */ readonly operatorId: string;
  /** 收款员姓名 */ readonly operatorName: string;
  /** 医保科室编号 */ readonly officeId: string;
  /** 科室名称 */ readonly officeName: string;
  /** 设备类型 */ readonly deviceType?: string;
  /** 扫到的二维码串 – HTTP variant */ readonly ecQrCode?: string;
}

/** 电子凭证解码 1162, 输入 */
export interface Input1162 {
  readonly data: Input1162Data;
}

/** 电子凭证解码 1162, 输出, node `data` */
export interface Output1162Data {
  /** 人员证件类型 */ readonly psn_cert_type: string;
  /** 证件号码 */ readonly certno: string;
  /** 人员姓名 */ readonly psn_name: string;
  /** 卡号 */ readonly cardno?: string;
  /** 卡识别码 */ readonly card_sn?: string;
  /** 电子凭证令牌 */ readonly ecToken: string;
}

/** 电子凭证解码 1162, 输出 */
export interface Output1162 {
  readonly data: Output1162Data;
}

export const transaction1162: Transaction = {
  infno: '1162',
  name: '电子凭证解码',
  nameEn: 'Decode electronic-voucher QR',
  effect: 'read',
  path: '/fsi/api/hsecfc/localQrCodeQuery',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'orgId', meaning: '定点医药机构编号', type: 'string', maxLength: 40, required: true },
        { name: 'businessType', meaning: '用码业务类型', type: 'string', maxLength: 5, required: true, codeTable: 'businessType' },
        { name: 'operatorId', meaning: '收款员编号', type: 'string', maxLength: 20, required: true },
        { name: 'operatorName', meaning: '收款员姓名', type: 'string', maxLength: 30, required: true },
        { name: 'officeId', meaning: '医保科室编号', type: 'string', maxLength: 20, required: true },
        { name: 'officeName', meaning: '科室名称', type: 'string', maxLength: 30, required: true },
        { name: 'deviceType', meaning: '设备类型', type: 'string', maxLength: 30, required: false },
        { name: 'ecQrCode', meaning: '扫到的二维码串', type: 'string', required: false, condition: 'HTTP variant' },
      ],
    },
  },
  output: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'psn_cert_type', meaning: '人员证件类型', type: 'string', maxLength: 6, required: true, codeTable: 'psn_cert_type' },
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 50, required: true },
        { name: 'psn_name', meaning: '人员姓名', type: 'string', maxLength: 50, required: true },
        { name: 'cardno', meaning: '卡号', type: 'string', maxLength: 20, required: false },
        { name: 'card_sn', meaning: '卡识别码', type: 'string', maxLength: 32, required: false },
        { name: 'ecToken', meaning: '电子凭证令牌', type: 'string', maxLength: 50, required: true },
      ],
    },
  },
};
