// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Fen } from '../../../domain/money';
import type { Transaction } from '../types';

/** 住院预结算 2303, 输入, node `data` */
export interface Input2303Data {
  /** 人员编号 */ readonly psn_no: string;
  /** 就诊凭证类型 */ readonly mdtrt_cert_type: string;
  /** 就诊凭证编号 */ readonly mdtrt_cert_no: string;
  /** 医疗费总额(分) */ readonly medfee_sumamt: Fen;
  /** 个人结算方式 */ readonly psn_setlway: string;
  /** 就诊ID */ readonly mdtrt_id: string;
  /** 个人账户使用标志 */ readonly acct_used_flag?: string;
  /** 险种类型 */ readonly insutype: string;
  /** 发票号 */ readonly invono?: string;
  /** 中途结算标志 */ readonly mid_setl_flag: string;
  /** 全自费金额(分) – printed as required in 2303, optional in 2304; two provinces omit it */ readonly fulamt_ownpay_amt?: Fen;
  /** 超限价金额(分) – printed as required in 2303, optional in 2304; two provinces omit it */ readonly overlmt_selfpay?: Fen;
  /** 先行自付金额(分) – printed as required in 2303, optional in 2304; two provinces omit it */ readonly preselfpay_amt?: Fen;
  /** 符合政策范围金额(分) – printed as required in 2303, optional in 2304; two provinces omit it */ readonly inscp_scp_amt?: Fen;
  /** 出院时间 */ readonly dscg_time?: string;
  /** 字段扩展(JSON字符串) */ readonly expContent?: string;
  /** 病种编码 – where the profile says so */ readonly dise_codg?: string;
}

/** 住院预结算 2303, 输入 */
export interface Input2303 {
  readonly data: Input2303Data;
}

/** 住院预结算 2303, 输出, node `setlinfo` */
export interface Output2303Setlinfo {
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
  /** 结算时间 */ readonly setl_time?: string;
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
  /** 个人负担总金额(分) */ readonly psn_part_amt?: Fen;
  /** 个人账户支出(分) */ readonly acct_pay: Fen;
  /** 个人现金支出(分) */ readonly psn_cash_pay: Fen;
  /** 医院负担金额(分) */ readonly hosp_part_amt?: Fen;
  /** 余额(分) */ readonly balc: Fen;
  /** 个人账户共济支付金额(分) */ readonly acct_mulaid_pay: Fen;
  /** 医药机构结算ID(=发送方msgid) */ readonly medins_setl_id: string;
  /** 清算经办机构 */ readonly clr_optins?: string;
  /** 清算方式 */ readonly clr_way?: string;
  /** 清算类别 */ readonly clr_type: string;
  /** 伤残人员医疗保障基金支出(分) */ readonly hifdm_pay?: Fen;
}

/** 住院预结算 2303, 输出, node `setldetail` */
export interface Output2303Setldetail {
  /** 基金支付类型 */ readonly fund_pay_type: string;
  /** 符合政策范围金额(分) */ readonly inscp_scp_amt: Fen;
  /** 本次可支付限额金额(分) */ readonly crt_payb_lmt_amt: Fen;
  /** 基金支付金额(分) */ readonly fund_payamt: Fen;
  /** 基金支付类型名称 */ readonly fund_pay_type_name?: string;
  /** 结算过程信息 */ readonly setl_proc_info?: string;
}

/** 住院预结算 2303, 输出 */
export interface Output2303 {
  readonly setlinfo: Output2303Setlinfo;
  readonly setldetail: readonly Output2303Setldetail[];
}

export const transaction2303: Transaction = {
  infno: '2303',
  name: '住院预结算',
  nameEn: 'Inpatient pre-settlement',
  effect: 'calc',
  path: '/fsi/api/hospSettService/preSett',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'mdtrt_cert_type', meaning: '就诊凭证类型', type: 'string', maxLength: 3, required: true, codeTable: 'mdtrt_cert_type' },
        { name: 'mdtrt_cert_no', meaning: '就诊凭证编号', type: 'string', maxLength: 50, required: true },
        { name: 'medfee_sumamt', meaning: '医疗费总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'psn_setlway', meaning: '个人结算方式', type: 'string', maxLength: 6, required: true, codeTable: 'psn_setlway' },
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: true },
        { name: 'acct_used_flag', meaning: '个人账户使用标志', type: 'string', maxLength: 1, required: false, codeTable: 'flag01' },
        { name: 'insutype', meaning: '险种类型', type: 'string', maxLength: 6, required: true, codeTable: 'insutype' },
        { name: 'invono', meaning: '发票号', type: 'string', maxLength: 20, required: false },
        { name: 'mid_setl_flag', meaning: '中途结算标志', type: 'string', maxLength: 3, required: true, codeTable: 'flag01' },
        { name: 'fulamt_ownpay_amt', meaning: '全自费金额', type: 'decimal', precision: 16, scale: 2, required: false, condition: 'printed as required in 2303, optional in 2304; two provinces omit it', money: true },
        { name: 'overlmt_selfpay', meaning: '超限价金额', type: 'decimal', precision: 16, scale: 2, required: false, condition: 'printed as required in 2303, optional in 2304; two provinces omit it', money: true },
        { name: 'preselfpay_amt', meaning: '先行自付金额', type: 'decimal', precision: 16, scale: 2, required: false, condition: 'printed as required in 2303, optional in 2304; two provinces omit it', money: true },
        { name: 'inscp_scp_amt', meaning: '符合政策范围金额', type: 'decimal', precision: 16, scale: 2, required: false, condition: 'printed as required in 2303, optional in 2304; two provinces omit it', money: true },
        { name: 'dscg_time', meaning: '出院时间', type: 'date', required: false },
        { name: 'expContent', meaning: '字段扩展(JSON字符串)', type: 'string', maxLength: 4000, required: false },
        { name: 'dise_codg', meaning: '病种编码', type: 'string', maxLength: 30, required: false, condition: 'where the profile says so' },
      ],
    },
  },
  output: {
    setlinfo: {
      cardinality: '1',
      fields: [
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
        { name: 'setl_time', meaning: '结算时间', type: 'datetime', required: false },
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
        { name: 'psn_part_amt', meaning: '个人负担总金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'acct_pay', meaning: '个人账户支出', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'psn_cash_pay', meaning: '个人现金支出', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'hosp_part_amt', meaning: '医院负担金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'balc', meaning: '余额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'acct_mulaid_pay', meaning: '个人账户共济支付金额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'medins_setl_id', meaning: '医药机构结算ID(=发送方msgid)', type: 'string', maxLength: 30, required: true },
        { name: 'clr_optins', meaning: '清算经办机构', type: 'string', maxLength: 6, required: false },
        { name: 'clr_way', meaning: '清算方式', type: 'string', maxLength: 6, required: false, codeTable: 'clr_way' },
        { name: 'clr_type', meaning: '清算类别', type: 'string', maxLength: 6, required: true, codeTable: 'clr_type' },
        { name: 'hifdm_pay', meaning: '伤残人员医疗保障基金支出', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
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
  },
};
