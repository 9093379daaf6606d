// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 签到 9001, 输入, node `signIn` */
export interface Input9001SignIn {
  /** 操作员编号 */ readonly opter_no: string;
  /** 签到MAC地址 */ readonly mac?: string;
  /** 签到IP地址 */ readonly ip: string;
}

/** 签到 9001, 输入 */
export interface Input9001 {
  readonly signIn: Input9001SignIn;
}

/** 签到 9001, 输出, node `signinoutb` */
export interface Output9001Signinoutb {
  /** 签到时间 */ readonly sign_time: string;
  /** 签到编号 */ readonly sign_no: string;
}

/** 签到 9001, 输出 */
export interface Output9001 {
  readonly signinoutb: Output9001Signinoutb;
}

export const transaction9001: Transaction = {
  infno: '9001',
  name: '签到',
  nameEn: 'Operator sign-in',
  effect: 'session',
  path: '/fsi/api/signInSignOutService/signIn',
  undo: '9002',
  reversibleBy2601: false,
  input: {
    signIn: {
      cardinality: '1',
      fields: [
        { name: 'opter_no', meaning: '操作员编号', type: 'string', maxLength: 20, required: true },
        { name: 'mac', meaning: '签到MAC地址', type: 'string', maxLength: 20, required: false },
        { name: 'ip', meaning: '签到IP地址', type: 'string', maxLength: 20, required: true },
      ],
    },
  },
  output: {
    signinoutb: {
      cardinality: '1',
      fields: [
        { name: 'sign_time', meaning: '签到时间', type: 'datetime', required: true },
        { name: 'sign_no', meaning: '签到编号', type: 'string', maxLength: 30, required: true },
      ],
    },
  },
};
