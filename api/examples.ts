/** Requests of the reference page, on the data of the demonstration's patient A (cli/demo/patients/A.json). */

export const EXAMPLE_IPT_NO = 'ZY2026110201';
/** Any day up to today works; without settlements it balances at nothing. */
export const EXAMPLE_DATE = '2026-11-12';
export const EXAMPLE_PATH = { id: EXAMPLE_IPT_NO } as const;
export const EXAMPLE_CREDENTIAL = { type: '02', no: '990101195803120019' } as const;
/** What the scanner reads from the same patient's e-voucher. */
export const EXAMPLE_SCAN = { type: '01', qrCode: '9901000000000000000000000001' } as const;

export const EXAMPLE_DIAGNOSIS = {
  diag_type: '1',
  maindiag_flag: '1',
  diag_srt_no: 1,
  diag_code: 'I70.200',
  diag_name: '四肢动脉粥样硬化',
  diag_dept: '0304',
  dise_dor_no: 'D990100000011',
  dise_dor_name: '示例医师甲',
  diag_time: '2026-11-02 15:20:00',
} as const;

export const EXAMPLE_FORM = {
  medrcdno: 'BA2026110201',
  atddr_no: 'D990100000011',
  chfpdr_name: '示例医师甲',
  adm_diag_dscr: '四肢动脉粥样硬化',
  adm_dept_codg: '0304',
  adm_dept_name: '血管外科',
  adm_bed: '血管-12',
  dscg_maindiag_code: 'I70.200',
  dscg_maindiag_name: '四肢动脉粥样硬化',
  main_cond_dscr: '间歇性跛行三月，加重一周',
  coner_name: '示例联系人',
  tel: '00000000000',
} as const;

export const EXAMPLE_FEE_LINE = {
  feedetl_sn: 'A01',
  fee_ocur_time: '2026-11-02 16:00:00',
  med_list_codg: '001109000019901',
  medins_list_codg: 'XM00001',
  medins_list_name: '普通床位费',
  cnt: '10',
  pric: '58.00',
  det_item_fee_sumamt: 58_000,
  bilg_dept_codg: '0304',
  bilg_dept_name: '血管外科',
  bilg_dr_codg: 'D990100000011',
  bilg_dr_name: '示例医师甲',
} as const;

export const EXAMPLE_FEE_CSV = [
  'feedetl_sn,fee_ocur_time,med_list_codg,medins_list_codg,medins_list_name,cnt,pric,det_item_fee_sumamt,bilg_dept_codg,bilg_dept_name,bilg_dr_codg,bilg_dr_name',
  'A02,2026-11-02 16:05:00,001201000029901,XM00004,一级护理,10,32.00,320.00,0304,血管外科,D990100000011,示例医师甲',
  '',
].join('\n');
