/**
 * What `source/interfaces.json` cannot say: rows inside a field, nodes known only in words, decimals with two places
 * that are no money. Each correction gives its reason; the generator applies them in this order.
 */
import type { Field } from './types';

export type Side = 'input' | 'output';

/** Reads the fields of a node of the source, folded lists included. Throws when the node does not exist. */
export type FieldsOf = (infno: string, side: Side, node: string) => readonly Field[];

export interface Correction {
  readonly infno: string;
  readonly side: Side;
  readonly node: string;
  readonly reason: string;
  readonly fields: (printed: readonly Field[], fieldsOf: FieldsOf) => readonly Field[];
}

/** Two decimal places, but a count, a price or a statistic instead of an amount of money. */
export const notMoney: ReadonlySet<string> = new Set([
  'invCnt',
  'inv_cnt',
  'purcRetnCnt',
  'selRetnCnt',
  'cnt',
  'pric',
  'hilist_pric',
  'lv1_hosp_item_pric',
  'lv2_hosp_item_pric',
  'lv3_hosp_item_pric',
  'cum',
  'ipt_days',
]);

/** Code tables whose printed name carries a remark. */
export const codeTableNames: Readonly<Record<string, string>> = {
  'naty(GB/T 3304)': 'naty',
  'dept(caty)': 'dept',
  'refd_setl_flag(query)': 'refd_setl_filter',
};

/** Nodes of the source that are rows inside a field of another node: they move there. */
export const foldedNodes: Readonly<Record<string, readonly string[]>> = {
  '6201': ['data.diseinfoList[]', 'data.feedetailList[]'],
  '3101': [
    'data.patient_dtos[]',
    '…fsi_encounter_dtos[]',
    '…fsi_diagnose_dtos[]',
    '…fsi_order_dtos[]',
    '…fsi_operation_dtos[]',
    'result[].judge_result_detail_dtos',
  ],
};

const text = (name: string, meaning: string, maxLength: number, required: boolean, codeTable?: string): Field => ({
  name,
  meaning,
  type: 'string',
  maxLength,
  required,
  ...(codeTable ? { codeTable } : {}),
});

const rows = (name: string, meaning: string, required: boolean, fields: readonly Field[]): Field => ({
  name,
  meaning,
  type: 'list',
  required,
  fields,
});

/** Replaces the field of the same name, keeping its place. */
function replace(printed: readonly Field[], field: Field): readonly Field[] {
  if (!printed.some(({ name }) => name === field.name)) throw new Error(`no field ${field.name} to replace`);
  return printed.map((each) => (each.name === field.name ? field : each));
}

const optional = (fields: readonly Field[]): readonly Field[] => fields.map((field) => ({ ...field, required: false }));

function rename(fields: readonly Field[], names: Readonly<Record<string, string>>): readonly Field[] {
  return fields.map((field) => ({ ...field, name: names[field.name] ?? field.name }));
}

/** Fields of both lists, the first one's first; a name that both have is taken from the first. */
function merge(first: readonly Field[], second: readonly Field[]): readonly Field[] {
  const names = new Set(first.map(({ name }) => name));
  return [...first, ...second.filter(({ name }) => !names.has(name))];
}

const traceCodes = (infno: string, node: string): Correction => ({
  infno,
  side: 'input',
  node,
  reason: 'the trace codes of a stock movement are rows of one member',
  fields: (printed) =>
    replace(printed, rows('drugtracinfo', '追溯码列表', false, [text('drug_trac_codg', '药品追溯码', 30, true)])),
});

const diseaseCode = (infno: string): Correction => ({
  infno,
  side: 'input',
  node: 'data',
  reason: 'not printed, but taken by regions that pay by disease; sent only where the profile says so (settlementDiseaseCode)',
  fields: (printed) => [...printed, { ...text('dise_codg', '病种编码', 30, false), condition: 'where the profile says so' }],
});

const listRead = (node: string, from: string): Correction => ({
  infno: '4103',
  side: 'output',
  node,
  reason: 'printed only in words; 4103 reads back what the list forms wrote',
  fields: (_, fieldsOf) => optional(fieldsOf(from, 'input', node)),
});

export const corrections: readonly Correction[] = [
  {
    infno: '9102',
    side: 'output',
    node: '(binary)',
    reason: 'the file is the HTTP body',
    fields: () => [{ name: 'content', meaning: '文件内容', type: 'bytes', required: true }],
  },
  {
    infno: '4102',
    side: 'input',
    node: 'data',
    reason: 'the states are rows of one member',
    fields: (printed) =>
      replace(
        printed,
        rows('stastinfo', '状态列表', true, [
          text('psn_no', '人员编号', 30, true),
          text('setl_id', '结算ID', 30, true),
          text('stas_type', '状态分类', 3, true, 'stas_type'),
        ]),
      ),
  },
  {
    infno: '4103',
    side: 'output',
    node: 'setlinfo',
    reason: 'printed only in words: the members of both list forms, four amounts under names of their own, two more members',
    fields: (_, fieldsOf) => [
      text('setl_list_sn', '清单流水号', 30, false),
      ...optional(
        rename(merge(fieldsOf('4101', 'input', 'setlinfo'), fieldsOf('4101A', 'input', 'setlinfo')), {
          psn_selfpay: 'psn_selfpay_amt',
          psn_ownpay: 'psn_ownpay_fee',
          acct_pay: 'acct_payamt',
        }),
      ),
      text('chk_cont', '审核内容', 4000, false),
    ],
  },
  listRead('diseinfo', '4101'),
  listRead('iteminfo', '4101'),
  {
    infno: '4103',
    side: 'output',
    node: 'oprninfo',
    reason: 'printed only in words; both list forms write operations',
    fields: (_, fieldsOf) => optional(merge(fieldsOf('4101', 'input', 'oprninfo'), fieldsOf('4101A', 'input', 'oprninfo'))),
  },
  listRead('icuinfo', '4101'),
  listRead('bldinfo', '4101A'),
  {
    infno: '4104',
    side: 'output',
    node: 'data',
    reason: 'the findings are rows of one member',
    fields: (printed) =>
      replace(
        printed,
        rows('detailinfo', '明细', false, [
          text('exam_data_fld', '审核数据字段', 100, false),
          text('qltctrl_chkrslt', '质控审核结果', 500, false),
          text('err_lv', '错误等级', 6, false),
          text('retn_flag', '回退标志', 3, false),
          text('init_val', '原值', 500, false),
        ]),
      ),
  },
  diseaseCode('2303'),
  diseaseCode('2304'),
  traceCodes('3501', 'invinfo'),
  traceCodes('3502', 'invinfo'),
  traceCodes('3503', 'purcinfo'),
  traceCodes('3504', 'purcinfo'),
  traceCodes('3505', 'selinfo'),
  traceCodes('3506', 'selinfo'),
  {
    infno: '5201',
    side: 'output',
    node: 'mdtrtinfo',
    reason: 'the days of a stay are printed without a length',
    fields: (printed) =>
      replace(printed, { name: 'ipt_days', meaning: '住院天数', type: 'decimal', precision: 16, scale: 2, required: false }),
  },
  {
    infno: '6201',
    side: 'input',
    node: 'data',
    reason: 'diagnoses and fee lines are rows of members',
    fields: (printed, fieldsOf) =>
      replace(
        replace(printed, rows('diseinfoList', '诊断列表', true, fieldsOf('6201', 'input', 'data.diseinfoList[]'))),
        rows('feedetailList', '费用明细列表', true, fieldsOf('6201', 'input', 'data.feedetailList[]')),
      ),
  },
  {
    infno: '3101',
    side: 'input',
    node: 'data',
    reason: 'patient → encounter → diagnoses, orders and operations are rows inside rows',
    fields: (printed, fieldsOf) => {
      const of = (name: string) => fieldsOf('3101', 'input', `…${name}[]`);
      const encounter: readonly Field[] = [
        ...of('fsi_encounter_dtos'),
        rows('fsi_diagnose_dtos', '诊断信息集合', true, of('fsi_diagnose_dtos')),
        rows('fsi_order_dtos', '处方(医嘱)信息集合', false, of('fsi_order_dtos')),
        rows('fsi_operation_dtos', '手术操作集合', false, of('fsi_operation_dtos')),
      ];
      const patient: readonly Field[] = [
        ...fieldsOf('3101', 'input', 'data.patient_dtos[]'),
        rows('fsi_encounter_dtos', '就诊信息集合', true, encounter),
      ];
      return replace(printed, rows('patient_dtos', '参保人信息集合', true, patient));
    },
  },
  {
    infno: '3101',
    side: 'output',
    node: 'result',
    reason: 'the details of a finding are rows inside it',
    fields: (printed, fieldsOf) => [
      ...printed,
      rows('judge_result_detail_dtos', '违规明细集合', false, fieldsOf('3101', 'output', 'result[].judge_result_detail_dtos')),
    ],
  },
];
