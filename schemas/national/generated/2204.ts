// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Fen } from '../../../domain/money';
import type { Transaction } from '../types';

/** 门诊费用明细信息上传 2204, 输入, node `feedetail` */
export interface Input2204Feedetail {
  /** 费用明细流水号 */ readonly feedetl_sn: string;
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 收费批次号 */ readonly chrg_bchno: string;
  /** 病种编码 */ readonly dise_codg?: string;
  /** 处方号 */ readonly rxno?: string;
  /** 外购处方标志 */ readonly rx_circ_flag: string;
  /** 费用发生时间 */ readonly fee_ocur_time: string;
  /** 医疗目录编码 */ readonly med_list_codg: string;
  /** 医药机构目录编码 */ readonly medins_list_codg: string;
  /** 明细项目费用总额(分) */ readonly det_item_fee_sumamt: Fen;
  /** 数量 */ readonly cnt: string;
  /** 单价 */ readonly pric: string;
  /** 单次剂量描述 */ readonly sin_dos_dscr?: string;
  /** 使用频次描述 */ readonly used_frqu_dscr?: string;
  /** 周期天数 */ readonly prd_days?: string;
  /** 用药途径描述 */ readonly medc_way_dscr?: string;
  /** 开单科室编码 */ readonly bilg_dept_codg: string;
  /** 开单科室名称 */ readonly bilg_dept_name: string;
  /** 开单医生编码 */ readonly bilg_dr_codg: string;
  /** 开单医师姓名 */ readonly bilg_dr_name: string;
  /** 受单科室编码 */ readonly acord_dept_codg?: string;
  /** 受单科室名称 */ readonly acord_dept_name?: string;
  /** 受单医生编码 */ readonly orders_dr_code?: string;
  /** 受单医生姓名 */ readonly orders_dr_name?: string;
  /** 医院审批标志 */ readonly hosp_appr_flag: string;
  /** 中药使用方式 */ readonly tcmdrug_used_way?: string;
  /** 外检标志 */ readonly etip_flag?: string;
  /** 外检医院编码 */ readonly etip_hosp_code?: string;
  /** 出院带药标志 */ readonly dscg_tkdrug_flag?: string;
  /** 生育费用标志 */ readonly matn_fee_flag?: string;
  /** 字段扩展(JSON字符串) */ readonly expContent?: string;
}

/** 门诊费用明细信息上传 2204, 输入 */
export interface Input2204 {
  readonly feedetail: readonly Input2204Feedetail[];
}

/** 门诊费用明细信息上传 2204, 输出, node `result` */
export interface Output2204Result {
  /** 费用明细流水号 */ readonly feedetl_sn: string;
  /** 明细项目费用总额(分) */ readonly det_item_fee_sumamt: Fen;
  /** 数量 */ readonly cnt: string;
  /** 单价 */ readonly pric: string;
  /** 定价上限金额 */ readonly pric_uplmt_amt: string;
  /** 自付比例 */ readonly selfpay_prop?: string;
  /** 全自费金额(分) */ readonly fulamt_ownpay_amt?: Fen;
  /** 超限价金额(分) */ readonly overlmt_amt?: Fen;
  /** 先行自付金额(分) */ readonly preselfpay_amt?: Fen;
  /** 符合政策范围金额(分) */ readonly inscp_scp_amt?: Fen;
  /** 收费项目等级 */ readonly chrgitm_lv: string;
  /** 医疗收费项目类别 */ readonly med_chrgitm_type: string;
  /** 基本药物标志 */ readonly bas_medn_flag?: string;
  /** 医保谈判药品标志 */ readonly hi_nego_drug_flag?: string;
  /** 儿童用药标志 */ readonly chld_medc_flag?: string;
  /** 目录特项标志 */ readonly list_sp_item_flag?: string;
  /** 限制使用标志 */ readonly lmt_used_flag: string;
  /** 直报标志 */ readonly drt_reim_flag?: string;
  /** 备注 */ readonly memo?: string;
}

/** 门诊费用明细信息上传 2204, 输出 */
export interface Output2204 {
  readonly result: readonly Output2204Result[];
}

export const transaction2204: Transaction = {
  infno: '2204',
  name: '门诊费用明细信息上传',
  nameEn: 'Upload outpatient fee lines',
  effect: 'write',
  path: '/fsi/api/outpatientDocInfoService/outpatientFeeListUp',
  undo: '2205',
  reversibleBy2601: false,
  input: {
    feedetail: {
      cardinality: '1..n',
      fields: [
        { name: 'feedetl_sn', meaning: '费用明细流水号', type: 'string', maxLength: 30, required: true },
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'chrg_bchno', meaning: '收费批次号', type: 'string', maxLength: 30, required: true },
        { name: 'dise_codg', meaning: '病种编码', type: 'string', maxLength: 30, required: false },
        { name: 'rxno', meaning: '处方号', type: 'string', maxLength: 30, required: false },
        { name: 'rx_circ_flag', meaning: '外购处方标志', type: 'string', maxLength: 3, required: true, codeTable: 'flag01' },
        { name: 'fee_ocur_time', meaning: '费用发生时间', type: 'datetime', required: true },
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: true },
        { name: 'medins_list_codg', meaning: '医药机构目录编码', type: 'string', maxLength: 150, required: true },
        { name: 'det_item_fee_sumamt', meaning: '明细项目费用总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'cnt', meaning: '数量', type: 'decimal', precision: 16, scale: 4, required: true },
        { name: 'pric', meaning: '单价', type: 'decimal', precision: 16, scale: 6, required: true },
        { name: 'sin_dos_dscr', meaning: '单次剂量描述', type: 'string', maxLength: 200, required: false },
        { name: 'used_frqu_dscr', meaning: '使用频次描述', type: 'string', maxLength: 200, required: false },
        { name: 'prd_days', meaning: '周期天数', type: 'decimal', precision: 4, scale: 2, required: false },
        { name: 'medc_way_dscr', meaning: '用药途径描述', type: 'string', maxLength: 200, required: false },
        { name: 'bilg_dept_codg', meaning: '开单科室编码', type: 'string', maxLength: 30, required: true },
        { name: 'bilg_dept_name', meaning: '开单科室名称', type: 'string', maxLength: 100, required: true },
        { name: 'bilg_dr_codg', meaning: '开单医生编码', type: 'string', maxLength: 30, required: true },
        { name: 'bilg_dr_name', meaning: '开单医师姓名', type: 'string', maxLength: 50, required: true },
        { name: 'acord_dept_codg', meaning: '受单科室编码', type: 'string', maxLength: 30, required: false },
        { name: 'acord_dept_name', meaning: '受单科室名称', type: 'string', maxLength: 100, required: false },
        { name: 'orders_dr_code', meaning: '受单医生编码', type: 'string', maxLength: 30, required: false },
        { name: 'orders_dr_name', meaning: '受单医生姓名', type: 'string', maxLength: 50, required: false },
        { name: 'hosp_appr_flag', meaning: '医院审批标志', type: 'string', maxLength: 3, required: true, codeTable: 'hosp_appr_flag' },
        { name: 'tcmdrug_used_way', meaning: '中药使用方式', type: 'string', maxLength: 6, required: false, codeTable: 'tcmdrug_used_way' },
        { name: 'etip_flag', meaning: '外检标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'etip_hosp_code', meaning: '外检医院编码', type: 'string', maxLength: 30, required: false },
        { name: 'dscg_tkdrug_flag', meaning: '出院带药标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'matn_fee_flag', meaning: '生育费用标志', type: 'string', maxLength: 6, required: false, codeTable: 'flag01' },
        { name: 'expContent', meaning: '字段扩展(JSON字符串)', type: 'string', maxLength: 4000, required: false },
      ],
    },
  },
  output: {
    result: {
      cardinality: '1..n',
      fields: [
        { name: 'feedetl_sn', meaning: '费用明细流水号', type: 'string', maxLength: 30, required: true },
        { name: 'det_item_fee_sumamt', meaning: '明细项目费用总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'cnt', meaning: '数量', type: 'decimal', precision: 16, scale: 4, required: true },
        { name: 'pric', meaning: '单价', type: 'decimal', precision: 16, scale: 6, required: true },
        { name: 'pric_uplmt_amt', meaning: '定价上限金额', type: 'decimal', precision: 16, scale: 6, required: true },
        { name: 'selfpay_prop', meaning: '自付比例', type: 'decimal', precision: 5, scale: 4, required: false },
        { name: 'fulamt_ownpay_amt', meaning: '全自费金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'overlmt_amt', meaning: '超限价金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'preselfpay_amt', meaning: '先行自付金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'inscp_scp_amt', meaning: '符合政策范围金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'chrgitm_lv', meaning: '收费项目等级', type: 'string', maxLength: 3, required: true, codeTable: 'chrgitm_lv' },
        { name: 'med_chrgitm_type', meaning: '医疗收费项目类别', type: 'string', maxLength: 6, required: true, codeTable: 'med_chrgitm_type' },
        { name: 'bas_medn_flag', meaning: '基本药物标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'hi_nego_drug_flag', meaning: '医保谈判药品标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'chld_medc_flag', meaning: '儿童用药标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'list_sp_item_flag', meaning: '目录特项标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'lmt_used_flag', meaning: '限制使用标志', type: 'string', maxLength: 3, required: true, codeTable: 'flag01' },
        { name: 'drt_reim_flag', meaning: '直报标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
      ],
    },
  },
};
