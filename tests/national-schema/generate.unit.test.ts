import { findRoot, findStale } from '../../schemas/national/generate';
import { codeTables } from '../../schemas/national/code-tables';
import { isInfno, transactions } from '../../schemas/national/generated';
import { leavesQuestion, lostAnswerRuleOf } from '../../schemas/national/lost-answer';
import { readTransactions, type SourceTransaction } from '../../schemas/national/source';
import type { Field } from '../../schemas/national/types';
import source from '../../schemas/national/source/interfaces.json';

const names = (fields: readonly Field[] | undefined): string[] => (fields ?? []).map(({ name }) => name);
const field = (fields: readonly Field[] | undefined, name: string): Field | undefined => fields?.find((each) => each.name === name);

test('the generated files are what the generator writes now', () => {
  expect(findStale(findRoot(__dirname))).toEqual([]);
});

test('every transaction with confidence high or medium is generated, and the forms that share fields', () => {
  const wanted = source.filter(({ confidence, infno }) => confidence !== 'low' || infno === '2101A').map(({ infno }) => infno);
  expect(wanted).toContain('3102');
  expect(Object.keys(transactions).sort()).toEqual(wanted.sort());
  expect(isInfno('2304')).toBe(true);
  expect(isInfno('toString')).toBe(false);
});

test.each([
  // transaction, node, members that must be there
  ['2401', 'input', 'mdtrtinfo', 34, ['psn_no', 'insutype', 'ipt_no', 'adm_diag_dscr', 'expContent']],
  ['2401', 'input', 'diseinfo', 11, ['psn_no', 'maindiag_flag', 'diag_time']],
  ['2402', 'input', 'dscginfo', 24, ['mdtrt_id', 'endtime', 'dscg_way', 'expContent']],
  ['2402', 'input', 'diseinfo', 12, ['mdtrt_id', 'psn_no']],
  ['2403', 'input', 'adminfo', 34, ['mdtrt_id', 'ipt_otp_no', 'endtime']],
  ['2301', 'input', 'feedetail', 28, ['feedetl_sn', 'init_feedetl_sn', 'drord_no', 'med_type', 'memo']],
  ['2301', 'output', 'result', 19, ['feedetl_sn', 'selfpay_prop', 'overlmt_amt', 'inscp_scp_amt', 'chrgitm_lv']],
  ['2303', 'input', 'data', 17, ['mid_setl_flag', 'fulamt_ownpay_amt', 'dscg_time', 'dise_codg']],
  ['2304', 'input', 'data', 17, ['acct_used_flag', 'dise_codg']],
  ['2303', 'output', 'setlinfo', 41, ['medins_setl_id', 'hifdm_pay', 'acct_mulaid_pay']],
  ['2304', 'output', 'setlinfo', 42, ['setl_id', 'hosp_part_amt', 'clr_way']],
  ['2304', 'output', 'setldetail', 6, ['fund_pay_type', 'fund_payamt', 'setl_proc_info']],
  ['2305', 'output', 'setlinfo', 27, ['setl_id', 'psn_cash_pay', 'hifdm_pay']],
  ['5203', 'output', 'setlinfo', 64, ['refd_setl_flag', 'cash_payamt', 'medins_setl_id']],
  ['5303', 'output', 'data', 13, ['mdtrt_id', 'ipt_otp_no']],
  ['3201', 'input', 'data', 11, ['REFD_SETL_FLAG', 'fixmedins_setl_cnt']],
  ['3202', 'input', 'data', 11, ['cash_payamt', 'file_qury_no']],
  ['4101A', 'input', 'setlinfo', 57, ['hi_paymtd', 'stas_type', 'resp_nurs_code']],
  ['4103', 'output', 'setlinfo', 89, ['setl_list_sn', 'psn_selfpay_amt', 'psn_ownpay_fee', 'acct_payamt', 'psn_cashpay', 'stas_type', 'chk_cont']],
  ['9101', 'input', 'fsUploadIn', 3, ['in', 'filename', 'fixmedins_code']],
  ['9102', 'output', '(binary)', 1, ['content']],
] as const)('%s %s %s has %i members', (infno, side, node, count, some) => {
  const members = names(transactions[infno][side][node]?.fields);
  expect(members).toHaveLength(count);
  expect(members).toEqual(expect.arrayContaining([...some]));
});

test('rows inside a field are rows', () => {
  const states = field(transactions['4102'].input.data?.fields, 'stastinfo');
  expect(states).toMatchObject({ type: 'list', required: true });
  expect(names(states?.fields)).toEqual(['psn_no', 'setl_id', 'stas_type']);
  const patients = field(transactions['3101'].input.data?.fields, 'patient_dtos');
  const encounters = field(patients?.fields, 'fsi_encounter_dtos');
  expect(names(encounters?.fields)).toEqual(expect.arrayContaining(['medfee_sumamt', 'fsi_diagnose_dtos', 'fsi_order_dtos']));
});

test.each([
  ['2304', 'medfee_sumamt', true],
  ['2304', 'acct_mulaid_pay', true],
  ['2304', 'pool_prop_selfpay', undefined],
  ['2304', 'age', undefined],
  ['2301', 'cnt', undefined],
  ['2301', 'pric', undefined],
  ['2301', 'pric_uplmt_amt', undefined],
  ['2301', 'selfpay_prop', undefined],
  ['2301', 'overlmt_amt', true],
] as const)('%s %s is money: %s', (infno, name, money) => {
  const fields = Object.values(transactions[infno].output).flatMap((node) => node.fields);
  expect(field(fields, name)?.money).toBe(money);
});

test('no code table of a shipped transaction has a remark in its name', () => {
  const tables = Object.values(transactions).flatMap(({ input, output }) => [...Object.values(input), ...Object.values(output)].flatMap(({ fields }) => fields.flatMap(({ codeTable }) => codeTable ?? [])));
  expect(tables.filter((table) => !/^\w+$/.test(table))).toEqual([]);
  expect(tables).toEqual(expect.arrayContaining(Object.keys(codeTables).filter((table) => !['setl_type', 'clr_stas', 'opter_type'].includes(table))));
});

test.each([
  ['2304', '2305', true, 'abandonOrAdopt'],
  ['2304A', '2305', true, 'abandonOrAdopt'],
  ['2305', null, true, 'querySettlement'],
  ['2401', '2404', true, 'queryOpenStays'],
  ['2402', '2405', false, 'queryOpenStays'],
  ['2301', '2302', false, 'withdrawThenResend'],
  ['2303', null, false, 'repeat'],
  ['2601', null, false, 'repeat'],
  ['1162', null, false, 'scanAnew'],
  ['6101', null, false, 'scanAnew'],
] as const)('%s: undone by %s, by 2601 %s, lost answer %s', (infno, undo, by2601, rule) => {
  expect(transactions[infno]).toMatchObject({ undo, reversibleBy2601: by2601 });
  expect(lostAnswerRuleOf(infno)).toBe(rule);
});

test('3102 has the members of 3101, at a path of its own', () => {
  expect(transactions['3102']).toMatchObject({ effect: 'calc', path: '/fsi/api/riskConService/courseAnalyze' });
  expect(transactions['3102'].input).toBe(transactions['3101'].input);
  expect(transactions['3102'].output).toBe(transactions['3101'].output);
});

test.each([
  ['2304', true],
  ['2201', true],
  ['1162', false],
  ['1101', false],
  ['2303', false],
])('a lost %s leaves a question open: %s', (infno, open) => {
  expect(leavesQuestion(infno)).toBe(open);
});

test('a correction that names what the source lacks stops the generator', () => {
  const without = (source as unknown as SourceTransaction[]).filter(({ infno }) => infno !== '4101');
  expect(() => readTransactions(without)).toThrow('4101 input');
});
