// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 签退 9002, 输入, node `signOut` */
export interface Input9002SignOut {
  /** 签到编号 */ readonly sign_no: string;
  /** 操作员编号 */ readonly opter_no: string;
}

/** 签退 9002, 输入 */
export interface Input9002 {
  readonly signOut: Input9002SignOut;
}

/** 签退 9002, 输出, node `signoutoutb` */
export interface Output9002Signoutoutb {
  /** 签退时间 */ readonly sign_time?: string;
}

/** 签退 9002, 输出 */
export interface Output9002 {
  readonly signoutoutb: Output9002Signoutoutb;
}

export const transaction9002: Transaction = {
  infno: '9002',
  name: '签退',
  nameEn: 'Operator sign-out',
  effect: 'session',
  path: '/fsi/api/signInSignOutService/signOut',
  undo: null,
  reversibleBy2601: false,
  input: {
    signOut: {
      cardinality: '1',
      fields: [
        { name: 'sign_no', meaning: '签到编号', type: 'string', maxLength: 30, required: true },
        { name: 'opter_no', meaning: '操作员编号', type: 'string', maxLength: 20, required: true },
      ],
    },
  },
  output: {
    signoutoutb: {
      cardinality: '1',
      fields: [
        { name: 'sign_time', meaning: '签退时间', type: 'datetime', required: false },
      ],
    },
  },
};
