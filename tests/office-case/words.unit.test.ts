import { routes } from '../../api/routes';
import { eventText } from '../../domain/office-case/event-text';
import { titleOf } from '../../domain/office-case/title';
import type { CaseEvent } from '../../domain/office-case/types';
import { loadCaseDefinitions } from '../../schemas/processes/load-cases';
import { definitionOf, sign } from '../support/office-definitions';

/** What people read of a case: its title and what happened. */
const definitions = loadCaseDefinitions();

const TITLES: readonly (readonly [string, object, string])[] = [
  ['xr-prepay-payin', { city: '990100', fund: 'employeePool', year: 2026 }, '预付金上缴额度维护 示例一市 职工统筹 2026'],
  ['xr-prepay-payin', { city: '999900', fund: 'nothing', year: 2026 }, '预付金上缴额度维护 999900 nothing 2026'],
  ['xr-clear-monthly', { period: '2026-09' }, '异地就医月度清算 2026年9月'],
  ['xr-base-city-bank', { purpose: 'prepay' }, '市（州）级银行账户维护 预付金'],
  ['xr-base-agency', {}, '经办机构信息维护 n-1'],
  ['people-change', {}, '人员与岗位变更 n-1'],
];

test.each(TITLES)('%s %j is called %s', (key, form, title) => {
  const definition = definitions[key];
  expect(definition && titleOf(definition, { ...form }, { caseNo: 'n-1' }, (code) => (code === '990100' ? '示例一市' : code))).toBe(title);
});

test('what happened by itself names the step in Chinese', () => {
  const reserve = { key: 'reserve', zh: '预留', en: 'Reserve', kind: 'automatic', operation: 'test.reserve', summary: '预留额度' } as const;
  const definition = definitionOf({ chain: [reserve, sign({ key: 'review', zh: '审核', role: 'reviewer' })] });
  const refusal = { code: 'OPERATION_FAILED', message: '没有额度。' } as const;
  const events: CaseEvent[] = [
    { type: 'operated', step: 'reserve', result: {}, at: 1 },
    { type: 'operated', step: 'effect', result: {}, at: 1 },
    { type: 'operationFailed', step: 'reserve', refusal, undoItself: false, at: 1 },
    { type: 'operationFailed', step: 'effect', refusal, undoItself: false, at: 1 },
    { type: 'undone', step: 'reserve', round: 1, at: 1 },
    { type: 'reminded', step: 'review', round: 1, part: 0.5, at: 1 },
    { type: 'escalated', step: 'review', round: 1, to: 'approver', at: 1 },
  ];
  expect(events.map((event) => eventText(definition, { round: 1 }, event))).toEqual([
    '预留已完成', '登记生效', '预留未能完成：没有额度。', '登记未能完成：没有额度。', '预留已回退', '审核期限已过 50%，已提醒', '审核已超期，已报上级（第 1 轮）',
  ]);
});

test('every list that is filled beforehand names a route that people read', () => {
  const prefilled = Object.values(definitions).flatMap(({ form }) => form.flatMap(({ prefill }) => prefill ?? []));
  expect(prefilled).toContain('/v1/clearing/parties');
  for (const path of prefilled) expect(routes.filter((route) => route.path === path)).toMatchObject([{ method: 'get', access: 'user' }]);
});
