// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Fen } from '../../../domain/money';
import type { Transaction } from '../types';

/** 结算清单信息查询 4103, 输入, node `data` */
export interface Input4103Data {
  /** 人员编号 */ readonly psn_no: string;
  /** 结算ID */ readonly setl_id: string;
}

/** 结算清单信息查询 4103, 输入 */
export interface Input4103 {
  readonly data: Input4103Data;
}

/** 结算清单信息查询 4103, 输出, node `setlinfo` */
export interface Output4103Setlinfo {
  /** 清单流水号 */ readonly setl_list_sn?: string;
  /** 就诊ID */ readonly mdtrt_id?: string;
  /** 结算ID */ readonly setl_id?: string;
  /** 定点医药机构名称 */ readonly fixmedins_name?: string;
  /** 定点医药机构编号 */ readonly fixmedins_code?: string;
  /** 医保结算等级 */ readonly hi_setl_lv?: string;
  /** 医保编号 */ readonly hi_no?: string;
  /** 病案号 */ readonly medcasno?: string;
  /** 申报时间 */ readonly dcla_time?: string;
  /** 人员姓名 */ readonly psn_name?: string;
  /** 性别 */ readonly gend?: string;
  /** 出生日期 */ readonly brdy?: string;
  /** 年龄 */ readonly age?: string;
  /** 国籍 */ readonly ntly?: string;
  /** (年龄不足1周岁)年龄 */ readonly nwb_age?: number;
  /** 民族 */ readonly naty?: string;
  /** 患者证件类别 */ readonly patn_cert_type?: string;
  /** 证件号码 */ readonly certno?: string;
  /** 职业 */ readonly prfs?: string;
  /** 现住址 */ readonly curr_addr?: string;
  /** 单位名称 */ readonly emp_name?: string;
  /** 单位地址 */ readonly emp_addr?: string;
  /** 单位电话 */ readonly emp_tel?: string;
  /** 邮编 */ readonly poscode?: string;
  /** 联系人姓名 */ readonly coner_name?: string;
  /** 与患者关系 */ readonly patn_rlts?: string;
  /** 联系人地址 */ readonly coner_addr?: string;
  /** 联系人电话 */ readonly coner_tel?: string;
  /** 医保类型 */ readonly hi_type?: string;
  /** 参保地 */ readonly insuplc?: string;
  /** 特殊人员类型 */ readonly sp_psn_type?: string;
  /** 新生儿入院类型 */ readonly nwb_adm_type?: string;
  /** 新生儿出生体重 */ readonly nwb_bir_wt?: string;
  /** 新生儿入院体重 */ readonly nwb_adm_wt?: string;
  /** 门诊慢特病诊断科别 */ readonly opsp_diag_caty?: string;
  /** 门诊慢特病就诊日期 */ readonly opsp_mdtrt_date?: string;
  /** 住院医疗类型 */ readonly ipt_med_type?: string;
  /** 入院途径 */ readonly adm_way?: string;
  /** 治疗类别 */ readonly trt_type?: string;
  /** 入院时间 */ readonly adm_time?: string;
  /** 入院科别 */ readonly adm_caty?: string;
  /** 转科科别 */ readonly refldept_dept?: string;
  /** 出院时间 */ readonly dscg_time?: string;
  /** 出院科别 */ readonly dscg_caty?: string;
  /** 实际住院天数 */ readonly act_ipt_days?: number;
  /** 门(急)诊西医诊断 */ readonly otp_wm_dise?: string;
  /** 西医诊断疾病代码 */ readonly wm_dise_code?: string;
  /** 门(急)诊中医诊断 */ readonly otp_tcm_dise?: string;
  /** 中医诊断代码 */ readonly tcm_dise_code?: string;
  /** 诊断代码计数 */ readonly diag_code_cnt?: number;
  /** 主诊断标志 */ readonly maindiag_flag?: string;
  /** 手术操作代码计数 */ readonly oprn_oprt_code_cnt?: number;
  /** 呼吸机使用时长 */ readonly vent_used_dura?: string;
  /** 颅脑损伤患者入院前昏迷时长 */ readonly pwcry_bfadm_coma_dura?: string;
  /** 颅脑损伤患者入院后昏迷时长 */ readonly pwcry_afadm_coma_dura?: string;
  /** 输血品种 */ readonly bld_cat?: string;
  /** 输血量 */ readonly bld_amt?: number;
  /** 输血计量单位 */ readonly bld_unt?: string;
  /** 特级护理天数 */ readonly spga_nurscare_days?: number;
  /** 一级护理天数 */ readonly lv1_nurscare_days?: number;
  /** 二级护理天数 */ readonly scd_nurscare_days?: number;
  /** 三级护理天数 */ readonly lv3_nurscare_days?: number;
  /** 离院方式 */ readonly dscg_way?: string;
  /** 拟接收机构名称 */ readonly acp_medins_name?: string;
  /** 拟接收机构代码 */ readonly acp_optins_code?: string;
  /** 票据代码 */ readonly bill_code?: string;
  /** 票据号码 */ readonly bill_no?: string;
  /** 业务流水号 */ readonly biz_sn?: string;
  /** 出院31天内再住院计划标志 */ readonly days_rinp_flag_31?: string;
  /** 出院31天内再住院目的 */ readonly days_rinp_pup_31?: string;
  /** 主诊医师姓名 */ readonly chfpdr_name?: string;
  /** 主诊医师代码 */ readonly chfpdr_code?: string;
  /** 结算开始日期 */ readonly setl_begn_date?: string;
  /** 结算结束日期 */ readonly setl_end_date?: string;
  /** 个人自付(分) */ readonly psn_selfpay_amt?: Fen;
  /** 个人自费(分) */ readonly psn_ownpay_fee?: Fen;
  /** 个人账户支出(分) */ readonly acct_payamt?: Fen;
  /** 个人现金支付(分) */ readonly psn_cashpay?: Fen;
  /** 医保支付方式 */ readonly hi_paymtd?: string;
  /** 医保机构 */ readonly hsorg?: string;
  /** 医保机构经办人 */ readonly hsorg_opter?: string;
  /** 医疗机构填报部门 */ readonly medins_fill_dept?: string;
  /** 医疗机构填报人 */ readonly medins_fill_psn?: string;
  /** 人员编号 */ readonly psn_no?: string;
  /** 多新生儿出生体重 */ readonly mul_nwb_bir_wt?: string;
  /** 多新生儿入院体重 */ readonly mul_nwb_adm_wt?: string;
  /** 责任护士代码 */ readonly resp_nurs_code?: string;
  /** 状态分类 */ readonly stas_type?: string;
  /** 审核内容 */ readonly chk_cont?: string;
}

/** 结算清单信息查询 4103, 输出, node `payinfo` */
export interface Output4103Payinfo {
  /** 基金支付类型 */ readonly fund_pay_type: string;
  /** 统筹区基金支付类型 */ readonly poolarea_fund_pay_type?: string;
  /** 统筹区基金支付类型名称 */ readonly poolarea_fund_pay_name?: string;
  /** 基金支付金额(分) */ readonly fund_payamt: Fen;
}

/** 结算清单信息查询 4103, 输出, node `diseinfo` */
export interface Output4103Diseinfo {
  /** 诊断类别 */ readonly diag_type?: string;
  /** 诊断代码 */ readonly diag_code?: string;
  /** 诊断名称 */ readonly diag_name?: string;
  /** 入院病情类型 */ readonly adm_cond_type?: string;
  /** 主诊断标志 */ readonly maindiag_flag?: string;
}

/** 结算清单信息查询 4103, 输出, node `iteminfo` */
export interface Output4103Iteminfo {
  /** 医疗收费项目 */ readonly med_chrgitm?: string;
  /** 金额(分) */ readonly amt?: Fen;
  /** 甲类费用合计(分) */ readonly claa_sumfee?: Fen;
  /** 乙类金额(分) */ readonly clab_amt?: Fen;
  /** 全自费金额(分) */ readonly fulamt_ownpay_amt?: Fen;
  /** 其他金额(分) */ readonly oth_amt?: Fen;
}

/** 结算清单信息查询 4103, 输出, node `oprninfo` */
export interface Output4103Oprninfo {
  /** 手术操作类别 */ readonly oprn_oprt_type?: string;
  /** 手术操作名称 */ readonly oprn_oprt_name?: string;
  /** 手术操作代码 */ readonly oprn_oprt_code?: string;
  /** 手术操作日期 */ readonly oprn_oprt_date?: string;
  /** 麻醉方式 */ readonly anst_way?: string;
  /** 术者医师姓名 */ readonly oper_dr_name?: string;
  /** 术者医师代码 */ readonly oper_dr_code?: string;
  /** 麻醉医师姓名 */ readonly anst_dr_name?: string;
  /** 麻醉医师代码 */ readonly anst_dr_code?: string;
  /** 手术操作开始时间 */ readonly oprn_oprt_begntime?: string;
  /** 手术操作结束时间 */ readonly oprn_oprt_endtime?: string;
  /** 麻醉开始时间 */ readonly anst_begntime?: string;
  /** 麻醉结束时间 */ readonly anst_endtime?: string;
}

/** 结算清单信息查询 4103, 输出, node `icuinfo` */
export interface Output4103Icuinfo {
  /** 重症监护病房类型 */ readonly scs_cutd_ward_type?: string;
  /** 重症监护进入时间 */ readonly scs_cutd_inpool_time?: string;
  /** 重症监护退出时间 */ readonly scs_cutd_exit_time?: string;
  /** 重症监护合计时长 */ readonly scs_cutd_sum_dura?: string;
}

/** 结算清单信息查询 4103, 输出, node `bldinfo` */
export interface Output4103Bldinfo {
  /** 输血品种 */ readonly bld_cat?: string;
  /** 输血量 */ readonly bld_amt?: number;
  /** 输血计量单位 */ readonly bld_unt?: string;
}

/** 结算清单信息查询 4103, 输出 */
export interface Output4103 {
  readonly setlinfo: Output4103Setlinfo;
  readonly payinfo: readonly Output4103Payinfo[];
  readonly diseinfo: readonly Output4103Diseinfo[];
  readonly iteminfo: readonly Output4103Iteminfo[];
  readonly oprninfo: readonly Output4103Oprninfo[];
  readonly icuinfo: readonly Output4103Icuinfo[];
  readonly bldinfo: readonly Output4103Bldinfo[];
}

export const transaction4103: Transaction = {
  infno: '4103',
  name: '结算清单信息查询',
  nameEn: 'Read settlement list',
  effect: 'read',
  path: null,
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'setl_id', meaning: '结算ID', type: 'string', maxLength: 30, required: true },
      ],
    },
  },
  output: {
    setlinfo: {
      cardinality: '1',
      fields: [
        { name: 'setl_list_sn', meaning: '清单流水号', type: 'string', maxLength: 30, required: false },
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 30, required: false },
        { name: 'setl_id', meaning: '结算ID', type: 'string', maxLength: 30, required: false },
        { name: 'fixmedins_name', meaning: '定点医药机构名称', type: 'string', maxLength: 200, required: false },
        { name: 'fixmedins_code', meaning: '定点医药机构编号', type: 'string', maxLength: 12, required: false },
        { name: 'hi_setl_lv', meaning: '医保结算等级', type: 'string', maxLength: 3, required: false, codeTable: 'hi_setl_lv' },
        { name: 'hi_no', meaning: '医保编号', type: 'string', maxLength: 30, required: false },
        { name: 'medcasno', meaning: '病案号', type: 'string', maxLength: 40, required: false },
        { name: 'dcla_time', meaning: '申报时间', type: 'datetime', required: false },
        { name: 'psn_name', meaning: '人员姓名', type: 'string', maxLength: 50, required: false },
        { name: 'gend', meaning: '性别', type: 'string', maxLength: 6, required: false, codeTable: 'gend' },
        { name: 'brdy', meaning: '出生日期', type: 'date', required: false },
        { name: 'age', meaning: '年龄', type: 'decimal', precision: 4, scale: 1, required: false },
        { name: 'ntly', meaning: '国籍', type: 'string', maxLength: 6, required: false, codeTable: 'ntly' },
        { name: 'nwb_age', meaning: '(年龄不足1周岁)年龄', type: 'integer', precision: 3, required: false },
        { name: 'naty', meaning: '民族', type: 'string', maxLength: 3, required: false, codeTable: 'naty' },
        { name: 'patn_cert_type', meaning: '患者证件类别', type: 'string', maxLength: 3, required: false, codeTable: 'psn_cert_type' },
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 50, required: false },
        { name: 'prfs', meaning: '职业', type: 'string', maxLength: 6, required: false, codeTable: 'prfs' },
        { name: 'curr_addr', meaning: '现住址', type: 'string', maxLength: 200, required: false },
        { name: 'emp_name', meaning: '单位名称', type: 'string', maxLength: 200, required: false },
        { name: 'emp_addr', meaning: '单位地址', type: 'string', maxLength: 200, required: false },
        { name: 'emp_tel', meaning: '单位电话', type: 'string', maxLength: 50, required: false },
        { name: 'poscode', meaning: '邮编', type: 'string', maxLength: 6, required: false },
        { name: 'coner_name', meaning: '联系人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'patn_rlts', meaning: '与患者关系', type: 'string', maxLength: 6, required: false, codeTable: 'patn_rlts' },
        { name: 'coner_addr', meaning: '联系人地址', type: 'string', maxLength: 200, required: false },
        { name: 'coner_tel', meaning: '联系人电话', type: 'string', maxLength: 50, required: false },
        { name: 'hi_type', meaning: '医保类型', type: 'string', maxLength: 3, required: false, codeTable: 'insutype' },
        { name: 'insuplc', meaning: '参保地', type: 'string', maxLength: 6, required: false },
        { name: 'sp_psn_type', meaning: '特殊人员类型', type: 'string', maxLength: 6, required: false, codeTable: 'sp_psn_type' },
        { name: 'nwb_adm_type', meaning: '新生儿入院类型', type: 'string', maxLength: 3, required: false, codeTable: 'nwb_adm_type' },
        { name: 'nwb_bir_wt', meaning: '新生儿出生体重', type: 'decimal', precision: 6, scale: 2, required: false },
        { name: 'nwb_adm_wt', meaning: '新生儿入院体重', type: 'decimal', precision: 6, scale: 2, required: false },
        { name: 'opsp_diag_caty', meaning: '门诊慢特病诊断科别', type: 'string', maxLength: 50, required: false },
        { name: 'opsp_mdtrt_date', meaning: '门诊慢特病就诊日期', type: 'date', required: false },
        { name: 'ipt_med_type', meaning: '住院医疗类型', type: 'string', maxLength: 3, required: false, codeTable: 'ipt_med_type' },
        { name: 'adm_way', meaning: '入院途径', type: 'string', maxLength: 3, required: false, codeTable: 'adm_way' },
        { name: 'trt_type', meaning: '治疗类别', type: 'string', maxLength: 3, required: false, codeTable: 'trt_type' },
        { name: 'adm_time', meaning: '入院时间', type: 'datetime', required: false },
        { name: 'adm_caty', meaning: '入院科别', type: 'string', maxLength: 6, required: false, codeTable: 'dept' },
        { name: 'refldept_dept', meaning: '转科科别', type: 'string', maxLength: 6, required: false, codeTable: 'dept' },
        { name: 'dscg_time', meaning: '出院时间', type: 'datetime', required: false },
        { name: 'dscg_caty', meaning: '出院科别', type: 'string', maxLength: 6, required: false, codeTable: 'dept' },
        { name: 'act_ipt_days', meaning: '实际住院天数', type: 'integer', precision: 3, required: false },
        { name: 'otp_wm_dise', meaning: '门(急)诊西医诊断', type: 'string', maxLength: 200, required: false },
        { name: 'wm_dise_code', meaning: '西医诊断疾病代码', type: 'string', maxLength: 20, required: false },
        { name: 'otp_tcm_dise', meaning: '门(急)诊中医诊断', type: 'string', maxLength: 200, required: false },
        { name: 'tcm_dise_code', meaning: '中医诊断代码', type: 'string', maxLength: 20, required: false },
        { name: 'diag_code_cnt', meaning: '诊断代码计数', type: 'integer', precision: 3, required: false },
        { name: 'maindiag_flag', meaning: '主诊断标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'oprn_oprt_code_cnt', meaning: '手术操作代码计数', type: 'integer', precision: 3, required: false },
        { name: 'vent_used_dura', meaning: '呼吸机使用时长', type: 'string', maxLength: 10, required: false },
        { name: 'pwcry_bfadm_coma_dura', meaning: '颅脑损伤患者入院前昏迷时长', type: 'string', maxLength: 10, required: false },
        { name: 'pwcry_afadm_coma_dura', meaning: '颅脑损伤患者入院后昏迷时长', type: 'string', maxLength: 10, required: false },
        { name: 'bld_cat', meaning: '输血品种', type: 'string', maxLength: 3, required: false, codeTable: 'bld_cat' },
        { name: 'bld_amt', meaning: '输血量', type: 'integer', precision: 6, required: false },
        { name: 'bld_unt', meaning: '输血计量单位', type: 'string', maxLength: 3, required: false },
        { name: 'spga_nurscare_days', meaning: '特级护理天数', type: 'integer', precision: 3, required: false },
        { name: 'lv1_nurscare_days', meaning: '一级护理天数', type: 'integer', precision: 3, required: false },
        { name: 'scd_nurscare_days', meaning: '二级护理天数', type: 'integer', precision: 3, required: false },
        { name: 'lv3_nurscare_days', meaning: '三级护理天数', type: 'integer', precision: 3, required: false },
        { name: 'dscg_way', meaning: '离院方式', type: 'string', maxLength: 3, required: false, codeTable: 'dscg_way' },
        { name: 'acp_medins_name', meaning: '拟接收机构名称', type: 'string', maxLength: 100, required: false },
        { name: 'acp_optins_code', meaning: '拟接收机构代码', type: 'string', maxLength: 30, required: false },
        { name: 'bill_code', meaning: '票据代码', type: 'string', maxLength: 50, required: false },
        { name: 'bill_no', meaning: '票据号码', type: 'string', maxLength: 30, required: false },
        { name: 'biz_sn', meaning: '业务流水号', type: 'string', maxLength: 50, required: false },
        { name: 'days_rinp_flag_31', meaning: '出院31天内再住院计划标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'days_rinp_pup_31', meaning: '出院31天内再住院目的', type: 'string', maxLength: 200, required: false },
        { name: 'chfpdr_name', meaning: '主诊医师姓名', type: 'string', maxLength: 50, required: false },
        { name: 'chfpdr_code', meaning: '主诊医师代码', type: 'string', maxLength: 30, required: false },
        { name: 'setl_begn_date', meaning: '结算开始日期', type: 'date', required: false },
        { name: 'setl_end_date', meaning: '结算结束日期', type: 'date', required: false },
        { name: 'psn_selfpay_amt', meaning: '个人自付', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'psn_ownpay_fee', meaning: '个人自费', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'acct_payamt', meaning: '个人账户支出', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'psn_cashpay', meaning: '个人现金支付', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'hi_paymtd', meaning: '医保支付方式', type: 'string', maxLength: 3, required: false, codeTable: 'hi_paymtd' },
        { name: 'hsorg', meaning: '医保机构', type: 'string', maxLength: 100, required: false },
        { name: 'hsorg_opter', meaning: '医保机构经办人', type: 'string', maxLength: 50, required: false },
        { name: 'medins_fill_dept', meaning: '医疗机构填报部门', type: 'string', maxLength: 100, required: false },
        { name: 'medins_fill_psn', meaning: '医疗机构填报人', type: 'string', maxLength: 50, required: false },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: false },
        { name: 'mul_nwb_bir_wt', meaning: '多新生儿出生体重', type: 'string', maxLength: 200, required: false },
        { name: 'mul_nwb_adm_wt', meaning: '多新生儿入院体重', type: 'string', maxLength: 200, required: false },
        { name: 'resp_nurs_code', meaning: '责任护士代码', type: 'string', maxLength: 30, required: false },
        { name: 'stas_type', meaning: '状态分类', type: 'string', maxLength: 3, required: false, codeTable: 'stas_type' },
        { name: 'chk_cont', meaning: '审核内容', type: 'string', maxLength: 4000, required: false },
      ],
    },
    payinfo: {
      cardinality: '0..n',
      fields: [
        { name: 'fund_pay_type', meaning: '基金支付类型', type: 'string', maxLength: 6, required: true, codeTable: 'fund_pay_type' },
        { name: 'poolarea_fund_pay_type', meaning: '统筹区基金支付类型', type: 'string', maxLength: 6, required: false },
        { name: 'poolarea_fund_pay_name', meaning: '统筹区基金支付类型名称', type: 'string', maxLength: 200, required: false },
        { name: 'fund_payamt', meaning: '基金支付金额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
      ],
    },
    diseinfo: {
      cardinality: '0..n',
      fields: [
        { name: 'diag_type', meaning: '诊断类别', type: 'string', maxLength: 3, required: false, codeTable: 'diag_type' },
        { name: 'diag_code', meaning: '诊断代码', type: 'string', maxLength: 20, required: false },
        { name: 'diag_name', meaning: '诊断名称', type: 'string', maxLength: 100, required: false },
        { name: 'adm_cond_type', meaning: '入院病情类型', type: 'string', maxLength: 3, required: false, codeTable: 'adm_cond_type' },
        { name: 'maindiag_flag', meaning: '主诊断标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
      ],
    },
    iteminfo: {
      cardinality: '0..n',
      fields: [
        { name: 'med_chrgitm', meaning: '医疗收费项目', type: 'string', maxLength: 6, required: false, codeTable: 'med_chrgitm_type' },
        { name: 'amt', meaning: '金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'claa_sumfee', meaning: '甲类费用合计', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'clab_amt', meaning: '乙类金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'fulamt_ownpay_amt', meaning: '全自费金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'oth_amt', meaning: '其他金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
      ],
    },
    oprninfo: {
      cardinality: '0..n',
      fields: [
        { name: 'oprn_oprt_type', meaning: '手术操作类别', type: 'string', maxLength: 3, required: false, codeTable: 'oprn_oprt_type' },
        { name: 'oprn_oprt_name', meaning: '手术操作名称', type: 'string', maxLength: 500, required: false },
        { name: 'oprn_oprt_code', meaning: '手术操作代码', type: 'string', maxLength: 30, required: false },
        { name: 'oprn_oprt_date', meaning: '手术操作日期', type: 'date', required: false },
        { name: 'anst_way', meaning: '麻醉方式', type: 'string', maxLength: 6, required: false, codeTable: 'anst_way' },
        { name: 'oper_dr_name', meaning: '术者医师姓名', type: 'string', maxLength: 50, required: false },
        { name: 'oper_dr_code', meaning: '术者医师代码', type: 'string', maxLength: 20, required: false },
        { name: 'anst_dr_name', meaning: '麻醉医师姓名', type: 'string', maxLength: 50, required: false },
        { name: 'anst_dr_code', meaning: '麻醉医师代码', type: 'string', maxLength: 20, required: false },
        { name: 'oprn_oprt_begntime', meaning: '手术操作开始时间', type: 'datetime', required: false },
        { name: 'oprn_oprt_endtime', meaning: '手术操作结束时间', type: 'datetime', required: false },
        { name: 'anst_begntime', meaning: '麻醉开始时间', type: 'datetime', required: false },
        { name: 'anst_endtime', meaning: '麻醉结束时间', type: 'datetime', required: false },
      ],
    },
    icuinfo: {
      cardinality: '0..n',
      fields: [
        { name: 'scs_cutd_ward_type', meaning: '重症监护病房类型', type: 'string', maxLength: 6, required: false, codeTable: 'scs_cutd_ward_type' },
        { name: 'scs_cutd_inpool_time', meaning: '重症监护进入时间', type: 'datetime', required: false },
        { name: 'scs_cutd_exit_time', meaning: '重症监护退出时间', type: 'datetime', required: false },
        { name: 'scs_cutd_sum_dura', meaning: '重症监护合计时长', type: 'string', maxLength: 10, required: false },
      ],
    },
    bldinfo: {
      cardinality: '0..n',
      fields: [
        { name: 'bld_cat', meaning: '输血品种', type: 'string', maxLength: 3, required: false, codeTable: 'bld_cat' },
        { name: 'bld_amt', meaning: '输血量', type: 'integer', precision: 6, required: false },
        { name: 'bld_unt', meaning: '输血计量单位', type: 'string', maxLength: 3, required: false },
      ],
    },
  },
};
