// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';
import { transaction1162, type Input1162, type Output1162 } from './1162';

/** 医保电子凭证解码（用户所在地编号） 6101: the fields of 1162. */
export type Input6101 = Input1162;
export type Output6101 = Output1162;

export const transaction6101: Transaction = {
  ...transaction1162,
  infno: '6101',
  name: '医保电子凭证解码（用户所在地编号）',
  nameEn: 'Decode electronic-voucher QR',
  effect: 'read',
  path: '/fsi/api/hsecfc/localQrCodeQuery',
  undo: null,
  reversibleBy2601: false,
};
