// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 目录对照撤销 3302, 输入, node `catalogcompin` */
export interface Input3302Catalogcompin {
  /** 定点医药机构编号 */ readonly fixmedins_code: string;
  /** 定点医药机构目录编号 */ readonly fixmedins_hilist_id: string;
  /** 目录类别 */ readonly list_type: string;
  /** 医疗目录编码 */ readonly med_list_codg: string;
}

/** 目录对照撤销 3302, 输入 */
export interface Input3302 {
  readonly catalogcompin: readonly Input3302Catalogcompin[];
}

/** 目录对照撤销 3302, 输出: none. */
export type Output3302 = Record<string, never>;

export const transaction3302: Transaction = {
  infno: '3302',
  name: '目录对照撤销',
  nameEn: 'Cancel catalogue mapping',
  effect: 'write',
  path: null,
  undo: null,
  reversibleBy2601: false,
  input: {
    catalogcompin: {
      cardinality: '1..n',
      fields: [
        { name: 'fixmedins_code', meaning: '定点医药机构编号', type: 'string', maxLength: 30, required: true },
        { name: 'fixmedins_hilist_id', meaning: '定点医药机构目录编号', type: 'string', maxLength: 30, required: true },
        { name: 'list_type', meaning: '目录类别', type: 'string', maxLength: 30, required: true, codeTable: 'list_type' },
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 30, required: true },
      ],
    },
  },
  output: {},
};
