import { definitionOf, PARTY_FIELDS, sign, STAFF } from '../support/office-definitions';
import { PROVINCE, type TestPerson } from '../support/office-people';

/** Three signatures and an effect. */
export const THREE = definitionOf({
  key: 'test-three',
  zh: '三级审批件',
  form: [
    { name: 'subject', zh: '事项', en: 'Subject', type: 'text', required: true },
    { name: 'amount', zh: '金额', en: 'Amount', type: 'fen' },
    { name: 'period', zh: '月份', en: 'Month', type: 'period' },
    { name: 'person', zh: '参保人', en: 'Person', type: 'text', personal: true },
    { name: 'rows', zh: '明细', en: 'Rows', type: 'list', fields: [{ name: 'item', zh: '项目', en: 'Item', type: 'text' }, { name: 'cents', zh: '分', en: 'Fen', type: 'fen' }] },
  ],
  period: 'period',
  chain: [
    sign({ key: 'review', zh: '审核', role: 'reviewer', deadline: { hours: 8, remindAt: [0.5], escalateTo: 'approver' } }),
    sign({ key: 'recheck', zh: '复核', role: 'rechecker' }),
    sign({ key: 'approve', zh: '审批', role: 'approver' }),
  ],
  operation: 'test.effect',
});

/** One signature, no effect: many can be made and signed quickly. */
export const ONE = definitionOf({ key: 'test-one', zh: '一级审批件', businessKey: [] });

/** Cities side by side. */
export const CITIES_SIGN = definitionOf({
  key: 'test-cities',
  zh: '市州确认件',
  form: [{ name: 'subject', zh: '事项', en: 'Subject', type: 'text', required: true }, PARTY_FIELDS],
  chain: [sign({ key: 'confirm', zh: '市州确认', role: 'cityConfirmer', where: 'parties', need: 'all', objection: 'record' })],
});

export const PEOPLE: readonly TestPerson[] = [
  ...STAFF,
  { id: 'maker-2', role: 'maker', division: PROVINCE },
  // A second account of maker-1.
  { id: 'maker-as-reviewer', role: 'reviewer', division: PROVINCE, human: 'maker-1' },
  { id: 'stand-in', role: 'statistician', division: PROVINCE },
  { id: 'leaver', role: 'reviewer', division: PROVINCE },
  { id: 'ops-1', role: 'operations', division: PROVINCE },
  { id: 'city-maker', role: 'maker', division: '990100' },
  { id: 'other-city-maker', role: 'maker', division: '990200' },
];

/** The file of a definition that is changed while cases of its version exist. */
export const CHANGED = definitionOf({ key: 'test-changed', zh: '改动件', businessKey: [] });

/** Its effect does not come through at first. */
export const STUCK = definitionOf({ key: 'test-stuck', zh: '登记受阻件', businessKey: [], operation: 'test.stuck' });
