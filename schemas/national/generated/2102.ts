// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Fen } from '../../../domain/money';
import type { Transaction } from '../types';

/** 药店结算 2102, 输入, node `druginfo` */
export interface Input2102Druginfo {
  /** 人员编号 */ readonly psn_no: string;
  /** 就诊凭证类型 */ readonly mdtrt_cert_type: string;
  /** 就诊凭证编号 */ readonly mdtrt_cert_no: string;
  /** 开始时间 */ readonly begntime: string;
  /** 医疗费总额(分) */ readonly medfee_sumamt: Fen;
  /** 发票号 */ readonly invono?: string;
  /** 险种类型 */ readonly insutype: string;
  /** 病种编码 */ readonly dise_codg?: string;
  /** 病种名称 */ readonly dise_name?: string;
  /** 个人账户使用标志 */ readonly acct_used_flag: string;
  /** 医疗类别 */ readonly med_type: string;
}

/** 药店结算 2102, 输入, node `drugdetail` */
export interface Input2102Drugdetail {
  /** 费用明细流水号 */ readonly feedetl_sn: string;
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
  /** 开单医生编码 */ readonly bilg_dr_codg?: string;
  /** 开单医师姓名 */ readonly bilg_dr_name?: string;
  /** 中药使用方式 */ readonly tcmdrug_used_way?: string;
}

/** 药店结算 2102, 输入 */
export interface Input2102 {
  readonly druginfo: Input2102Druginfo;
  readonly drugdetail: readonly Input2102Drugdetail[];
}

/** 药店结算 2102, 输出, node `setlinfo` */
export interface Output2102Setlinfo {
  /** 结算ID */ readonly setl_id: string;
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 人员编号 */ readonly psn_no: string;
  /** 人员姓名 */ readonly psn_name: string;
  /** 人员证件类型 */ readonly psn_cert_type: string;
  /** 证件号码 */ readonly certno: string;
  /** 性别 */ readonly gend?: string;
  /** 民族 */ readonly naty?: string;
  /** 出生日期 */ readonly brdy?: string;
  /** 年龄 */ readonly age?: string;
  /** 险种类型 */ readonly insutype?: string;
  /** 人员类别 */ readonly psn_type: string;
  /** 公务员标志 */ readonly cvlserv_flag: string;
  /** 结算时间 */ readonly setl_time: string;
  /** 就诊凭证类型 */ readonly mdtrt_cert_type?: string;
  /** 医疗类别 */ readonly med_type: string;
  /** 医疗费总额(分) */ readonly medfee_sumamt: Fen;
  /** 全自费金额(分) */ readonly fulamt_ownpay_amt: Fen;
  /** 超限价自费费用(分) */ readonly overlmt_selfpay: Fen;
  /** 先行自付金额(分) */ readonly preselfpay_amt: Fen;
  /** 符合政策范围金额(分) */ readonly inscp_scp_amt: Fen;
  /** 实际支付起付线(分) */ readonly act_pay_dedc?: Fen;
  /** 基本医疗保险统筹基金支出(分) */ readonly hifp_pay: Fen;
  /** 基本医疗保险统筹基金支付比例 */ readonly pool_prop_selfpay: string;
  /** 公务员医疗补助资金支出(分) */ readonly cvlserv_pay: Fen;
  /** 企业补充医疗保险基金支出(分) */ readonly hifes_pay: Fen;
  /** 居民大病保险资金支出(分) */ readonly hifmi_pay: Fen;
  /** 职工大额医疗费用补助基金支出(分) */ readonly hifob_pay: Fen;
  /** 医疗救助基金支出(分) */ readonly maf_pay: Fen;
  /** 其他支出(分) */ readonly oth_pay: Fen;
  /** 基金支付总额(分) */ readonly fund_pay_sumamt: Fen;
  /** 个人负担总金额(分) */ readonly psn_part_amt: Fen;
  /** 个人账户支出(分) */ readonly acct_pay: Fen;
  /** 个人现金支出(分) */ readonly psn_cash_pay: Fen;
  /** 余额(分) */ readonly balc: Fen;
  /** 个人账户共济支付金额(分) */ readonly acct_mulaid_pay: Fen;
  /** 医药机构结算ID(=发送方msgid) */ readonly medins_setl_id: string;
  /** 清算经办机构 */ readonly clr_optins?: string;
  /** 清算方式 */ readonly clr_way?: string;
  /** 清算类别 */ readonly clr_type: string;
}

/** 药店结算 2102, 输出, node `setldetail` */
export interface Output2102Setldetail {
  /** 基金支付类型 */ readonly fund_pay_type: string;
  /** 符合政策范围金额(分) */ readonly inscp_scp_amt: Fen;
  /** 本次可支付限额金额(分) */ readonly crt_payb_lmt_amt: Fen;
  /** 基金支付金额(分) */ readonly fund_payamt: Fen;
  /** 基金支付类型名称 */ readonly fund_pay_type_name?: string;
  /** 结算过程信息 */ readonly setl_proc_info?: string;
}

/** 药店结算 2102, 输出, node `detlcutinfo` */
export interface Output2102Detlcutinfo {
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
  /** 直报标志 */ readonly drt_reim_flag?: string;
  /** 备注 */ readonly memo?: string;
}

/** 药店结算 2102, 输出 */
export interface Output2102 {
  readonly setlinfo: Output2102Setlinfo;
  readonly setldetail: readonly Output2102Setldetail[];
  readonly detlcutinfo: readonly Output2102Detlcutinfo[];
}

export const transaction2102: Transaction = {
  infno: '2102',
  name: '药店结算',
  nameEn: 'Pharmacy settlement',
  effect: 'write',
  path: null,
  undo: '2103',
  reversibleBy2601: true,
  input: {
    druginfo: {
      cardinality: '1',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'mdtrt_cert_type', meaning: '就诊凭证类型', type: 'string', maxLength: 3, required: true, codeTable: 'mdtrt_cert_type' },
        { name: 'mdtrt_cert_no', meaning: '就诊凭证编号', type: 'string', maxLength: 50, required: true },
        { name: 'begntime', meaning: '开始时间', type: 'datetime', required: true },
        { name: 'medfee_sumamt', meaning: '医疗费总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'invono', meaning: '发票号', type: 'string', maxLength: 20, required: false },
        { name: 'insutype', meaning: '险种类型', type: 'string', maxLength: 6, required: true, codeTable: 'insutype' },
        { name: 'dise_codg', meaning: '病种编码', type: 'string', maxLength: 30, required: false },
        { name: 'dise_name', meaning: '病种名称', type: 'string', maxLength: 500, required: false },
        { name: 'acct_used_flag', meaning: '个人账户使用标志', type: 'string', maxLength: 1, required: true, codeTable: 'flag01' },
        { name: 'med_type', meaning: '医疗类别', type: 'string', maxLength: 6, required: true, codeTable: 'med_type' },
      ],
    },
    drugdetail: {
      cardinality: '1..n',
      fields: [
        { name: 'feedetl_sn', meaning: '费用明细流水号', type: 'string', maxLength: 30, required: true },
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
        { name: 'bilg_dr_codg', meaning: '开单医生编码', type: 'string', maxLength: 30, required: false },
        { name: 'bilg_dr_name', meaning: '开单医师姓名', type: 'string', maxLength: 50, required: false },
        { name: 'tcmdrug_used_way', meaning: '中药使用方式', type: 'string', maxLength: 6, required: false, codeTable: 'tcmdrug_used_way' },
      ],
    },
  },
  output: {
    setlinfo: {
      cardinality: '1',
      fields: [
        { name: 'setl_id', meaning: '结算ID', type: 'string', maxLength: 30, required: true },
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'psn_name', meaning: '人员姓名', type: 'string', maxLength: 50, required: true },
        { name: 'psn_cert_type', meaning: '人员证件类型', type: 'string', maxLength: 6, required: true, codeTable: 'psn_cert_type' },
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 50, required: true },
        { name: 'gend', meaning: '性别', type: 'string', maxLength: 6, required: false, codeTable: 'gend' },
        { name: 'naty', meaning: '民族', type: 'string', maxLength: 3, required: false, codeTable: 'naty' },
        { name: 'brdy', meaning: '出生日期', type: 'date', required: false },
        { name: 'age', meaning: '年龄', type: 'decimal', precision: 4, scale: 1, required: false },
        { name: 'insutype', meaning: '险种类型', type: 'string', maxLength: 6, required: false, codeTable: 'insutype' },
        { name: 'psn_type', meaning: '人员类别', type: 'string', maxLength: 6, required: true, codeTable: 'psn_type' },
        { name: 'cvlserv_flag', meaning: '公务员标志', type: 'string', maxLength: 3, required: true, codeTable: 'flag01' },
        { name: 'setl_time', meaning: '结算时间', type: 'datetime', required: true },
        { name: 'mdtrt_cert_type', meaning: '就诊凭证类型', type: 'string', maxLength: 3, required: false, codeTable: 'mdtrt_cert_type' },
        { name: 'med_type', meaning: '医疗类别', type: 'string', maxLength: 6, required: true, codeTable: 'med_type' },
        { name: 'medfee_sumamt', meaning: '医疗费总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'fulamt_ownpay_amt', meaning: '全自费金额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'overlmt_selfpay', meaning: '超限价自费费用', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'preselfpay_amt', meaning: '先行自付金额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'inscp_scp_amt', meaning: '符合政策范围金额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'act_pay_dedc', meaning: '实际支付起付线', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'hifp_pay', meaning: '基本医疗保险统筹基金支出', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'pool_prop_selfpay', meaning: '基本医疗保险统筹基金支付比例', type: 'decimal', precision: 5, scale: 4, required: true },
        { name: 'cvlserv_pay', meaning: '公务员医疗补助资金支出', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'hifes_pay', meaning: '企业补充医疗保险基金支出', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'hifmi_pay', meaning: '居民大病保险资金支出', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'hifob_pay', meaning: '职工大额医疗费用补助基金支出', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'maf_pay', meaning: '医疗救助基金支出', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'oth_pay', meaning: '其他支出', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'fund_pay_sumamt', meaning: '基金支付总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'psn_part_amt', meaning: '个人负担总金额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'acct_pay', meaning: '个人账户支出', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'psn_cash_pay', meaning: '个人现金支出', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'balc', meaning: '余额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'acct_mulaid_pay', meaning: '个人账户共济支付金额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'medins_setl_id', meaning: '医药机构结算ID(=发送方msgid)', type: 'string', maxLength: 30, required: true },
        { name: 'clr_optins', meaning: '清算经办机构', type: 'string', maxLength: 6, required: false },
        { name: 'clr_way', meaning: '清算方式', type: 'string', maxLength: 6, required: false, codeTable: 'clr_way' },
        { name: 'clr_type', meaning: '清算类别', type: 'string', maxLength: 6, required: true, codeTable: 'clr_type' },
      ],
    },
    setldetail: {
      cardinality: '0..n',
      fields: [
        { name: 'fund_pay_type', meaning: '基金支付类型', type: 'string', maxLength: 6, required: true, codeTable: 'fund_pay_type' },
        { name: 'inscp_scp_amt', meaning: '符合政策范围金额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'crt_payb_lmt_amt', meaning: '本次可支付限额金额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'fund_payamt', meaning: '基金支付金额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'fund_pay_type_name', meaning: '基金支付类型名称', type: 'string', maxLength: 200, required: false },
        { name: 'setl_proc_info', meaning: '结算过程信息', type: 'string', maxLength: 4000, required: false },
      ],
    },
    detlcutinfo: {
      cardinality: '0..n',
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
        { name: 'drt_reim_flag', meaning: '直报标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
      ],
    },
  },
};
