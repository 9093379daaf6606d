// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Fen } from '../../../domain/money';
import type { Transaction } from '../types';

/** 费用明细查询 5204, 输入, node `data` */
export interface Input5204Data {
  /** 人员编号 */ readonly psn_no: string;
  /** 结算ID */ readonly setl_id: string;
  /** 就诊ID */ readonly mdtrt_id: string;
}

/** 费用明细查询 5204, 输入 */
export interface Input5204 {
  readonly data: Input5204Data;
}

/** 费用明细查询 5204, 输出, node `(list)` */
export interface Output5204List {
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 结算ID */ readonly setl_id: string;
  /** 费用明细流水号 */ readonly feedetl_sn: string;
  /** 处方/医嘱号 */ readonly rx_drord_no?: string;
  /** 医疗类别 */ readonly med_type?: string;
  /** 费用发生时间 */ readonly fee_ocur_time: string;
  /** 数量 */ readonly cnt: string;
  /** 单价 */ readonly pric: string;
  /** 单次剂量描述 */ readonly sin_dos_dscr?: string;
  /** 使用频次描述 */ readonly used_frqu_dscr?: string;
  /** 周期天数 */ readonly prd_days?: string;
  /** 用药途径描述 */ readonly medc_way_dscr?: string;
  /** 明细项目费用总额(分) */ readonly det_item_fee_sumamt: Fen;
  /** 定价上限金额 */ readonly pric_uplmt_amt: string;
  /** 自付比例 */ readonly selfpay_prop?: string;
  /** 全自费金额(分) */ readonly fulamt_ownpay_amt?: Fen;
  /** 超限价金额(分) */ readonly overlmt_amt?: Fen;
  /** 先行自付金额(分) */ readonly preselfpay_amt?: Fen;
  /** 符合政策范围金额(分) */ readonly inscp_scp_amt?: Fen;
  /** 收费项目等级 */ readonly chrgitm_lv: string;
  /** 医保目录编码 */ readonly hilist_code: string;
  /** 医保目录名称 */ readonly hilist_name: string;
  /** 目录类别 */ readonly list_type: string;
  /** 医疗目录编码 */ readonly med_list_codg: string;
  /** 医药机构目录编码 */ readonly medins_list_codg: string;
  /** 医药机构目录名称 */ readonly medins_list_name?: string;
  /** 医疗收费项目类别 */ readonly med_chrgitm_type: string;
  /** 商品名 */ readonly prodname?: string;
  /** 规格 */ readonly spec?: string;
  /** 剂型名称 */ readonly dosform_name?: string;
  /** 开单科室编码 */ readonly bilg_dept_codg?: string;
  /** 开单科室名称 */ readonly bilg_dept_name?: string;
  /** 开单医生编码 */ readonly bilg_dr_codg?: string;
  /** 开单医师姓名 */ readonly bilg_dr_name?: string;
  /** 受单科室编码 */ readonly acord_dept_codg?: string;
  /** 受单科室名称 */ readonly acord_dept_name?: string;
  /** 受单医生编码 */ readonly orders_dr_code?: string;
  /** 受单医生姓名 */ readonly orders_dr_name?: string;
  /** 限制使用标志 */ readonly lmt_used_flag?: string;
  /** 医院制剂标志 */ readonly hosp_prep_flag?: string;
  /** 医院审批标志 */ readonly hosp_appr_flag?: string;
  /** 中药使用方式 */ readonly tcmdrug_used_way?: string;
  /** 生产地类别 */ readonly prodplac_type?: string;
  /** 基本药物标志 */ readonly bas_medn_flag?: string;
  /** 医保谈判药品标志 */ readonly hi_nego_drug_flag?: string;
  /** 儿童用药标志 */ readonly chld_medc_flag?: string;
  /** 外检标志 */ readonly etip_flag?: string;
  /** 外检医院编码 */ readonly etip_hosp_code?: string;
  /** 出院带药标志 */ readonly dscg_tkdrug_flag?: string;
  /** 目录特项标志 */ readonly list_sp_item_flag?: string;
  /** 生育费用标志 */ readonly matn_fee_flag?: string;
  /** 直报标志 */ readonly drt_reim_flag?: string;
  /** 备注 */ readonly memo?: string;
  /** 经办人ID */ readonly opter_id?: string;
  /** 经办人姓名 */ readonly opter_name?: string;
  /** 经办时间 */ readonly opt_time?: string;
}

/** 费用明细查询 5204, 输出 */
export interface Output5204 {
  readonly list: readonly Output5204List[];
}

export const transaction5204: Transaction = {
  infno: '5204',
  name: '费用明细查询',
  nameEn: 'Query fee lines',
  effect: 'read',
  path: '/fsi/api/fsiIntegratedQueryService/queryFeeList',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'setl_id', meaning: '结算ID', type: 'string', maxLength: 30, required: true },
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
      ],
    },
  },
  output: {
    '(list)': {
      cardinality: '0..n',
      fields: [
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'setl_id', meaning: '结算ID', type: 'string', maxLength: 30, required: true },
        { name: 'feedetl_sn', meaning: '费用明细流水号', type: 'string', maxLength: 30, required: true },
        { name: 'rx_drord_no', meaning: '处方/医嘱号', type: 'string', maxLength: 30, required: false },
        { name: 'med_type', meaning: '医疗类别', type: 'string', maxLength: 6, required: false, codeTable: 'med_type' },
        { name: 'fee_ocur_time', meaning: '费用发生时间', type: 'datetime', required: true },
        { name: 'cnt', meaning: '数量', type: 'decimal', precision: 16, scale: 4, required: true },
        { name: 'pric', meaning: '单价', type: 'decimal', precision: 16, scale: 6, required: true },
        { name: 'sin_dos_dscr', meaning: '单次剂量描述', type: 'string', maxLength: 200, required: false },
        { name: 'used_frqu_dscr', meaning: '使用频次描述', type: 'string', maxLength: 200, required: false },
        { name: 'prd_days', meaning: '周期天数', type: 'decimal', precision: 4, scale: 2, required: false },
        { name: 'medc_way_dscr', meaning: '用药途径描述', type: 'string', maxLength: 200, required: false },
        { name: 'det_item_fee_sumamt', meaning: '明细项目费用总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'pric_uplmt_amt', meaning: '定价上限金额', type: 'decimal', precision: 16, scale: 6, required: true },
        { name: 'selfpay_prop', meaning: '自付比例', type: 'decimal', precision: 5, scale: 4, required: false },
        { name: 'fulamt_ownpay_amt', meaning: '全自费金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'overlmt_amt', meaning: '超限价金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'preselfpay_amt', meaning: '先行自付金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'inscp_scp_amt', meaning: '符合政策范围金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'chrgitm_lv', meaning: '收费项目等级', type: 'string', maxLength: 3, required: true, codeTable: 'chrgitm_lv' },
        { name: 'hilist_code', meaning: '医保目录编码', type: 'string', maxLength: 30, required: true },
        { name: 'hilist_name', meaning: '医保目录名称', type: 'string', maxLength: 200, required: true },
        { name: 'list_type', meaning: '目录类别', type: 'string', maxLength: 3, required: true, codeTable: 'list_type' },
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: true },
        { name: 'medins_list_codg', meaning: '医药机构目录编码', type: 'string', maxLength: 150, required: true },
        { name: 'medins_list_name', meaning: '医药机构目录名称', type: 'string', maxLength: 200, required: false },
        { name: 'med_chrgitm_type', meaning: '医疗收费项目类别', type: 'string', maxLength: 6, required: true, codeTable: 'med_chrgitm_type' },
        { name: 'prodname', meaning: '商品名', type: 'string', maxLength: 500, required: false },
        { name: 'spec', meaning: '规格', type: 'string', maxLength: 200, required: false },
        { name: 'dosform_name', meaning: '剂型名称', type: 'string', maxLength: 200, required: false },
        { name: 'bilg_dept_codg', meaning: '开单科室编码', type: 'string', maxLength: 30, required: false },
        { name: 'bilg_dept_name', meaning: '开单科室名称', type: 'string', maxLength: 100, required: false },
        { name: 'bilg_dr_codg', meaning: '开单医生编码', type: 'string', maxLength: 30, required: false },
        { name: 'bilg_dr_name', meaning: '开单医师姓名', type: 'string', maxLength: 50, required: false },
        { name: 'acord_dept_codg', meaning: '受单科室编码', type: 'string', maxLength: 30, required: false },
        { name: 'acord_dept_name', meaning: '受单科室名称', type: 'string', maxLength: 100, required: false },
        { name: 'orders_dr_code', meaning: '受单医生编码', type: 'string', maxLength: 30, required: false },
        { name: 'orders_dr_name', meaning: '受单医生姓名', type: 'string', maxLength: 50, required: false },
        { name: 'lmt_used_flag', meaning: '限制使用标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'hosp_prep_flag', meaning: '医院制剂标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'hosp_appr_flag', meaning: '医院审批标志', type: 'string', maxLength: 3, required: false, codeTable: 'hosp_appr_flag' },
        { name: 'tcmdrug_used_way', meaning: '中药使用方式', type: 'string', maxLength: 6, required: false, codeTable: 'tcmdrug_used_way' },
        { name: 'prodplac_type', meaning: '生产地类别', type: 'string', maxLength: 6, required: false },
        { name: 'bas_medn_flag', meaning: '基本药物标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'hi_nego_drug_flag', meaning: '医保谈判药品标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'chld_medc_flag', meaning: '儿童用药标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'etip_flag', meaning: '外检标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'etip_hosp_code', meaning: '外检医院编码', type: 'string', maxLength: 30, required: false },
        { name: 'dscg_tkdrug_flag', meaning: '出院带药标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'list_sp_item_flag', meaning: '目录特项标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'matn_fee_flag', meaning: '生育费用标志', type: 'string', maxLength: 6, required: false, codeTable: 'flag01' },
        { name: 'drt_reim_flag', meaning: '直报标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'opter_id', meaning: '经办人ID', type: 'string', maxLength: 20, required: false },
        { name: 'opter_name', meaning: '经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'opt_time', meaning: '经办时间', type: 'datetime', required: false },
      ],
    },
  },
};
