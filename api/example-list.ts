/** A settlement list (结算清单) of patient A for the reference page. */
export const EXAMPLE_LIST_FORM = {
  medcasno: 'BA2026110201',
  ntly: 'CHN',
  prfs: '80',
  coner_name: '示例联系人',
  patn_rlts: '1',
  coner_addr: '示例市示例路 1 号',
  coner_tel: '00000000000',
  bill_code: '99010126',
  bill_no: 'FP2026110201',
  biz_sn: 'JS2026110201',
  setl_begn_date: '2026-11-02',
  setl_end_date: '2026-11-12',
  medins_fill_dept: '医保办',
  medins_fill_psn: '示例填报员',
  hi_paymtd: '1',
} as const;
