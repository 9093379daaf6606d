import type { DetailKind } from './fields';

/** A kind of file (交换项目). */
export interface TaxItem {
  /** Chinese, for people. */
  readonly name: string;
  /** `out` bureau → tax, `in` tax or treasury → bureau. */
  readonly direction: 'out' | 'in' | 'both';
  /** What its D records are. */
  readonly detail: DetailKind;
  /** The field that H and T add up; null: the sums are zero. */
  readonly sum: 'amt' | 'paid' | null;
  /** What answers it, in order; empty when nothing does. */
  readonly answeredBy: readonly ItemCode[];
}

export const ITEM_CODES = ['DW', 'RY', 'ZJ', 'TS', 'ZC', 'HZ', 'CF', 'HP', 'SB', 'DZ', 'DF', 'TK', 'TF', 'TJ', 'GK'] as const;
export type ItemCode = (typeof ITEM_CODES)[number];

/** All kinds of file that are exchanged. */
export const TAX_ITEMS = {
  DW: { name: '单位信息同步', direction: 'out', detail: 'unit', sum: null, answeredBy: ['HZ'] },
  RY: { name: '人员信息同步', direction: 'out', detail: 'person', sum: null, answeredBy: ['HZ'] },
  ZJ: { name: '征集', direction: 'out', detail: 'levy', sum: 'amt', answeredBy: ['HZ', 'HP'] },
  TS: { name: '特殊缴费征集', direction: 'out', detail: 'levy', sum: 'amt', answeredBy: ['HZ', 'HP'] },
  ZC: { name: '征集撤销', direction: 'out', detail: 'levy', sum: 'amt', answeredBy: ['CF'] },
  HZ: { name: '回执', direction: 'both', detail: 'receipt', sum: null, answeredBy: [] },
  CF: { name: '撤销反馈', direction: 'in', detail: 'receipt', sum: null, answeredBy: [] },
  HP: { name: '回盘', direction: 'in', detail: 'payment', sum: 'paid', answeredBy: ['HZ'] },
  SB: { name: '申报明细', direction: 'in', detail: 'levy', sum: 'amt', answeredBy: ['HZ'] },
  DZ: { name: '对账', direction: 'both', detail: 'payment', sum: 'paid', answeredBy: ['DF'] },
  DF: { name: '对账反馈', direction: 'both', detail: 'receipt', sum: null, answeredBy: [] },
  TK: { name: '退费申请', direction: 'in', detail: 'payment', sum: 'paid', answeredBy: ['TF'] },
  TF: { name: '退费审核反馈', direction: 'out', detail: 'payment', sum: 'paid', answeredBy: ['TJ'] },
  TJ: { name: '退库结果', direction: 'in', detail: 'payment', sum: 'paid', answeredBy: [] },
  GK: { name: '国库与财政专户对账单', direction: 'in', detail: 'statement', sum: 'amt', answeredBy: [] },
} as const satisfies Readonly<Record<ItemCode, TaxItem>>;

/** Lines (征缴线): 职工, 灵活就业, 居民, 特殊缴费. */
export const TAX_LINES = ['ZG', 'LH', 'JM', 'TS'] as const;
export type TaxLine = (typeof TAX_LINES)[number];

export const isItemCode = (text: string): text is ItemCode => Object.hasOwn(TAX_ITEMS, text);
