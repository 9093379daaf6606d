// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Fen } from '../../../domain/money';
import type { Transaction } from '../types';

/** A row of 诊断信息集合 */
export interface Input3101DataPatient_dtosFsi_encounter_dtosFsi_diagnose_dtos {
  /** 诊断标识 */ readonly dise_id?: string;
  /** 出入诊断类别 */ readonly inout_dise_type?: string;
  /** 主诊断标志 */ readonly maindise_flag?: string;
  /** 诊断排序号 */ readonly dias_srt_no?: string;
  /** 诊断(疾病)编码 */ readonly dise_codg?: string;
  /** 诊断(疾病)名称 */ readonly dise_name?: string;
  /** 诊断日期 */ readonly dise_date?: string;
}

/** A row of 处方(医嘱)信息集合 */
export interface Input3101DataPatient_dtosFsi_encounter_dtosFsi_order_dtos {
  /** 处方(医嘱)标识 */ readonly rx_id?: string;
  /** 处方号 */ readonly rxno?: string;
  /** 组编号 */ readonly grpno?: string;
  /** 是否为长期医嘱 */ readonly long_drord_flag?: string;
  /** 目录类别 */ readonly hilist_type?: string;
  /** 收费类别 */ readonly chrg_type?: string;
  /** 医嘱行为 */ readonly drord_bhvr?: string;
  /** 医保目录代码 */ readonly hilist_code?: string;
  /** 医保目录名称 */ readonly hilist_name?: string;
  /** 医保目录(药品)剂型 */ readonly hilist_dosform?: string;
  /** 医保目录等级 */ readonly hilist_lv?: string;
  /** 医保目录价格 */ readonly hilist_pric?: string;
  /** 一级医院目录价格 */ readonly lv1_hosp_item_pric?: string;
  /** 二级医院目录价格 */ readonly lv2_hosp_item_pric?: string;
  /** 三级医院目录价格 */ readonly lv3_hosp_item_pric?: string;
  /** 医保目录备注 */ readonly hilist_memo?: string;
  /** 医院目录代码 */ readonly hosplist_code?: string;
  /** 医院目录名称 */ readonly hosplist_name?: string;
  /** 医院目录(药品)剂型 */ readonly hosplist_dosform?: string;
  /** 数量 */ readonly cnt?: string;
  /** 单价 */ readonly pric?: string;
  /** 总费用(分) */ readonly sumamt?: Fen;
  /** 自费金额(分) */ readonly ownpay_amt?: Fen;
  /** 自付金额(分) */ readonly selfpay_amt?: Fen;
  /** 规格 */ readonly spec?: string;
  /** 数量单位 */ readonly spec_unt?: string;
  /** 医嘱开始日期 */ readonly drord_begn_date?: string;
  /** 医嘱停止日期 */ readonly drord_stop_date?: string;
  /** 下达医嘱的科室标识 */ readonly drord_dept_codg?: string;
  /** 下达医嘱科室名称 */ readonly drord_dept_name?: string;
  /** 开处方(医嘱)医生标识 */ readonly drord_dr_codg?: string;
  /** 开处方(医嘱)医生姓名 */ readonly drord_dr_name?: string;
  /** 开处方(医嘱)医职称 */ readonly drord_dr_profttl?: string;
  /** 是否当前处方(医嘱) */ readonly curr_drord_flag?: string;
}

/** A row of 手术操作集合 */
export interface Input3101DataPatient_dtosFsi_encounter_dtosFsi_operation_dtos {
  /** 手术操作ID */ readonly setl_list_oprn_id?: string;
  /** 手术操作代码 */ readonly oprn_code?: string;
  /** 手术操作名称 */ readonly oprn_name?: string;
  /** 主手术操作标志 */ readonly main_oprn_flag?: string;
  /** 手术操作日期 */ readonly oprn_date?: string;
  /** 麻醉方式 */ readonly anst_way?: string;
  /** 术者医师姓名 */ readonly oper_dr_name?: string;
  /** 术者医师代码 */ readonly oper_dr_code?: string;
  /** 麻醉医师姓名 */ readonly anst_dr_name?: string;
  /** 麻醉医师代码 */ readonly anst_dr_code?: string;
}

/** A row of 就诊信息集合 */
export interface Input3101DataPatient_dtosFsi_encounter_dtos {
  /** 就诊ID */ readonly mdtrt_id?: string;
  /** 医疗服务机构标识 */ readonly medins_id?: string;
  /** 医疗机构名称 */ readonly medins_name?: string;
  /** 医疗机构行政区划编码 */ readonly medins_admdvs?: string;
  /** 医疗服务机构类型 */ readonly medins_type?: string;
  /** 医疗机构等级 */ readonly medins_lv?: string;
  /** 病区标识 */ readonly wardarea_codg?: string;
  /** 病房号 */ readonly wardno?: string;
  /** 病床号 */ readonly bedno?: string;
  /** 入院日期 */ readonly adm_date?: string;
  /** 出院日期 */ readonly dscg_date?: string;
  /** 主诊断编码 */ readonly dscg_main_dise_codg?: string;
  /** 主诊断名称 */ readonly dscg_main_dise_name?: string;
  /** 医师标识 */ readonly dr_codg?: string;
  /** 入院科室标识 */ readonly adm_dept_codg?: string;
  /** 入院科室名称 */ readonly adm_dept_name?: string;
  /** 出院科室编码 */ readonly dscg_dept_codg?: string;
  /** 出院科室名称 */ readonly dscg_dept_name?: string;
  /** 就诊类型 */ readonly med_mdtrt_type?: string;
  /** 医疗类别 */ readonly med_type?: string;
  /** 生育状态 */ readonly matn_stas?: string;
  /** 总费用(分) */ readonly medfee_sumamt?: Fen;
  /** 自费金额(分) */ readonly ownpay_amt?: Fen;
  /** 自付金额(分) */ readonly selfpay_amt?: Fen;
  /** 个人账户支付金额(分) */ readonly acct_payamt?: Fen;
  /** 救助金支付金额(分) */ readonly ma_amt?: Fen;
  /** 统筹金支付金额(分) */ readonly hifp_payamt?: Fen;
  /** 结算总次数 */ readonly setl_totlnum?: number;
  /** 险种 */ readonly insutype?: string;
  /** 报销标志 */ readonly reim_flag?: string;
  /** 异地结算标志 */ readonly out_setl_flag?: string;
  /** 诊断信息集合 */ readonly fsi_diagnose_dtos: readonly Input3101DataPatient_dtosFsi_encounter_dtosFsi_diagnose_dtos[];
  /** 处方(医嘱)信息集合 */ readonly fsi_order_dtos?: readonly Input3101DataPatient_dtosFsi_encounter_dtosFsi_order_dtos[];
  /** 手术操作集合 */ readonly fsi_operation_dtos?: readonly Input3101DataPatient_dtosFsi_encounter_dtosFsi_operation_dtos[];
}

/** A row of 参保人信息集合 */
export interface Input3101DataPatient_dtos {
  /** 参保人标识 */ readonly patn_id?: string;
  /** 姓名 */ readonly patn_name?: string;
  /** 性别 */ readonly gend?: string;
  /** 出生日期 */ readonly brdy?: string;
  /** 统筹区编码 */ readonly poolarea?: string;
  /** 当前就诊标识 */ readonly curr_mdtrt_id?: string;
  /** 就诊信息集合 */ readonly fsi_encounter_dtos: readonly Input3101DataPatient_dtosFsi_encounter_dtos[];
}

/** 明细审核事前分析 3101, 输入, node `data` */
export interface Input3101Data {
  /** 系统编码 */ readonly syscode: string;
  /** 参保人信息集合 */ readonly patient_dtos: readonly Input3101DataPatient_dtos[];
  /** 规则标识集合 */ readonly rule_ids?: readonly string[];
  /** 触发场景 */ readonly trig_scen: string;
}

/** 明细审核事前分析 3101, 输入 */
export interface Input3101 {
  readonly data: Input3101Data;
}

/** A row of 违规明细集合 */
export interface Output3101ResultJudge_result_detail_dtos {
  /** 违规明细标识 */ readonly jrd_id?: string;
  /** 参保人标识 */ readonly patn_id?: string;
  /** 就诊ID */ readonly mdtrt_id?: string;
  /** 处方(医嘱)标识 */ readonly rx_id?: string;
  /** 违规明细类型 */ readonly vola_item_type?: string;
  /** 违规金额(分) */ readonly vola_amt?: Fen;
}

/** 明细审核事前分析 3101, 输出, node `result` */
export interface Output3101Result {
  /** 违规标识 */ readonly jr_id?: string;
  /** 规则ID */ readonly rule_id?: string;
  /** 规则名称 */ readonly rule_name?: string;
  /** 违规内容 */ readonly vola_cont?: string;
  /** 参保人ID */ readonly patn_id?: string;
  /** 就诊ID */ readonly mdtrt_id?: string;
  /** 违规金额(分) */ readonly vola_amt?: Fen;
  /** 违规金额计算状态 */ readonly vola_amt_stas?: string;
  /** 严重程度 */ readonly sev_deg?: string;
  /** 违规依据 */ readonly vola_evid?: string;
  /** 违规行为分类 */ readonly vola_bhvr_type?: string;
  /** 任务ID */ readonly task_id?: string;
  /** 违规明细集合 */ readonly judge_result_detail_dtos?: readonly Output3101ResultJudge_result_detail_dtos[];
}

/** 明细审核事前分析 3101, 输出 */
export interface Output3101 {
  readonly result: readonly Output3101Result[];
}

export const transaction3101: Transaction = {
  infno: '3101',
  name: '明细审核事前分析',
  nameEn: 'Rule check before ordering',
  effect: 'calc',
  path: '/fsi/api/riskConService/beforeAnalyze',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'syscode', meaning: '系统编码', type: 'string', required: true },
        { name: 'patient_dtos', meaning: '参保人信息集合', type: 'list', required: true, fields: [
          { name: 'patn_id', meaning: '参保人标识', type: 'string', maxLength: 50, required: false },
          { name: 'patn_name', meaning: '姓名', type: 'string', maxLength: 50, required: false },
          { name: 'gend', meaning: '性别', type: 'string', maxLength: 3, required: false, codeTable: 'gend' },
          { name: 'brdy', meaning: '出生日期', type: 'date', required: false },
          { name: 'poolarea', meaning: '统筹区编码', type: 'string', maxLength: 10, required: false },
          { name: 'curr_mdtrt_id', meaning: '当前就诊标识', type: 'string', maxLength: 50, required: false },
          { name: 'fsi_encounter_dtos', meaning: '就诊信息集合', type: 'list', required: true, fields: [
            { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 50, required: false },
            { name: 'medins_id', meaning: '医疗服务机构标识', type: 'string', maxLength: 50, required: false },
            { name: 'medins_name', meaning: '医疗机构名称', type: 'string', maxLength: 200, required: false },
            { name: 'medins_admdvs', meaning: '医疗机构行政区划编码', type: 'string', maxLength: 6, required: false },
            { name: 'medins_type', meaning: '医疗服务机构类型', type: 'string', maxLength: 3, required: false },
            { name: 'medins_lv', meaning: '医疗机构等级', type: 'string', maxLength: 3, required: false },
            { name: 'wardarea_codg', meaning: '病区标识', type: 'string', maxLength: 20, required: false },
            { name: 'wardno', meaning: '病房号', type: 'string', maxLength: 20, required: false },
            { name: 'bedno', meaning: '病床号', type: 'string', maxLength: 20, required: false },
            { name: 'adm_date', meaning: '入院日期', type: 'date', required: false },
            { name: 'dscg_date', meaning: '出院日期', type: 'date', required: false },
            { name: 'dscg_main_dise_codg', meaning: '主诊断编码', type: 'string', maxLength: 20, required: false },
            { name: 'dscg_main_dise_name', meaning: '主诊断名称', type: 'string', maxLength: 50, required: false },
            { name: 'dr_codg', meaning: '医师标识', type: 'string', maxLength: 20, required: false },
            { name: 'adm_dept_codg', meaning: '入院科室标识', type: 'string', maxLength: 20, required: false },
            { name: 'adm_dept_name', meaning: '入院科室名称', type: 'string', maxLength: 50, required: false },
            { name: 'dscg_dept_codg', meaning: '出院科室编码', type: 'string', maxLength: 30, required: false },
            { name: 'dscg_dept_name', meaning: '出院科室名称', type: 'string', maxLength: 100, required: false },
            { name: 'med_mdtrt_type', meaning: '就诊类型', type: 'string', maxLength: 3, required: false },
            { name: 'med_type', meaning: '医疗类别', type: 'string', maxLength: 3, required: false, codeTable: 'med_type' },
            { name: 'matn_stas', meaning: '生育状态', type: 'string', maxLength: 3, required: false },
            { name: 'medfee_sumamt', meaning: '总费用', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
            { name: 'ownpay_amt', meaning: '自费金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
            { name: 'selfpay_amt', meaning: '自付金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
            { name: 'acct_payamt', meaning: '个人账户支付金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
            { name: 'ma_amt', meaning: '救助金支付金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
            { name: 'hifp_payamt', meaning: '统筹金支付金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
            { name: 'setl_totlnum', meaning: '结算总次数', type: 'integer', precision: 4, required: false },
            { name: 'insutype', meaning: '险种', type: 'string', maxLength: 3, required: false, codeTable: 'insutype' },
            { name: 'reim_flag', meaning: '报销标志', type: 'string', maxLength: 3, required: false },
            { name: 'out_setl_flag', meaning: '异地结算标志', type: 'string', maxLength: 3, required: false },
            { name: 'fsi_diagnose_dtos', meaning: '诊断信息集合', type: 'list', required: true, fields: [
              { name: 'dise_id', meaning: '诊断标识', type: 'string', maxLength: 50, required: false },
              { name: 'inout_dise_type', meaning: '出入诊断类别', type: 'string', maxLength: 3, required: false },
              { name: 'maindise_flag', meaning: '主诊断标志', type: 'string', maxLength: 3, required: false },
              { name: 'dias_srt_no', meaning: '诊断排序号', type: 'string', maxLength: 2, required: false },
              { name: 'dise_codg', meaning: '诊断(疾病)编码', type: 'string', maxLength: 30, required: false },
              { name: 'dise_name', meaning: '诊断(疾病)名称', type: 'string', maxLength: 200, required: false },
              { name: 'dise_date', meaning: '诊断日期', type: 'date', required: false },
            ] },
            { name: 'fsi_order_dtos', meaning: '处方(医嘱)信息集合', type: 'list', required: false, fields: [
              { name: 'rx_id', meaning: '处方(医嘱)标识', type: 'string', maxLength: 50, required: false },
              { name: 'rxno', meaning: '处方号', type: 'string', maxLength: 20, required: false },
              { name: 'grpno', meaning: '组编号', type: 'string', maxLength: 20, required: false },
              { name: 'long_drord_flag', meaning: '是否为长期医嘱', type: 'string', maxLength: 3, required: false },
              { name: 'hilist_type', meaning: '目录类别', type: 'string', maxLength: 3, required: false },
              { name: 'chrg_type', meaning: '收费类别', type: 'string', maxLength: 3, required: false },
              { name: 'drord_bhvr', meaning: '医嘱行为', type: 'string', maxLength: 3, required: false },
              { name: 'hilist_code', meaning: '医保目录代码', type: 'string', maxLength: 20, required: false },
              { name: 'hilist_name', meaning: '医保目录名称', type: 'string', maxLength: 50, required: false },
              { name: 'hilist_dosform', meaning: '医保目录(药品)剂型', type: 'string', maxLength: 50, required: false },
              { name: 'hilist_lv', meaning: '医保目录等级', type: 'string', maxLength: 3, required: false },
              { name: 'hilist_pric', meaning: '医保目录价格', type: 'decimal', precision: 16, scale: 2, required: false },
              { name: 'lv1_hosp_item_pric', meaning: '一级医院目录价格', type: 'decimal', precision: 16, scale: 2, required: false },
              { name: 'lv2_hosp_item_pric', meaning: '二级医院目录价格', type: 'decimal', precision: 16, scale: 2, required: false },
              { name: 'lv3_hosp_item_pric', meaning: '三级医院目录价格', type: 'decimal', precision: 16, scale: 2, required: false },
              { name: 'hilist_memo', meaning: '医保目录备注', type: 'string', maxLength: 200, required: false },
              { name: 'hosplist_code', meaning: '医院目录代码', type: 'string', maxLength: 20, required: false },
              { name: 'hosplist_name', meaning: '医院目录名称', type: 'string', maxLength: 50, required: false },
              { name: 'hosplist_dosform', meaning: '医院目录(药品)剂型', type: 'string', maxLength: 20, required: false },
              { name: 'cnt', meaning: '数量', type: 'decimal', precision: 6, scale: 2, required: false },
              { name: 'pric', meaning: '单价', type: 'decimal', precision: 16, scale: 2, required: false },
              { name: 'sumamt', meaning: '总费用', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
              { name: 'ownpay_amt', meaning: '自费金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
              { name: 'selfpay_amt', meaning: '自付金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
              { name: 'spec', meaning: '规格', type: 'string', maxLength: 100, required: false },
              { name: 'spec_unt', meaning: '数量单位', type: 'string', maxLength: 20, required: false },
              { name: 'drord_begn_date', meaning: '医嘱开始日期', type: 'date', required: false },
              { name: 'drord_stop_date', meaning: '医嘱停止日期', type: 'date', required: false },
              { name: 'drord_dept_codg', meaning: '下达医嘱的科室标识', type: 'string', maxLength: 30, required: false },
              { name: 'drord_dept_name', meaning: '下达医嘱科室名称', type: 'string', maxLength: 50, required: false },
              { name: 'drord_dr_codg', meaning: '开处方(医嘱)医生标识', type: 'string', maxLength: 30, required: false },
              { name: 'drord_dr_name', meaning: '开处方(医嘱)医生姓名', type: 'string', maxLength: 30, required: false },
              { name: 'drord_dr_profttl', meaning: '开处方(医嘱)医职称', type: 'string', maxLength: 3, required: false },
              { name: 'curr_drord_flag', meaning: '是否当前处方(医嘱)', type: 'string', maxLength: 3, required: false },
            ] },
            { name: 'fsi_operation_dtos', meaning: '手术操作集合', type: 'list', required: false, fields: [
              { name: 'setl_list_oprn_id', meaning: '手术操作ID', type: 'string', maxLength: 30, required: false },
              { name: 'oprn_code', meaning: '手术操作代码', type: 'string', maxLength: 30, required: false },
              { name: 'oprn_name', meaning: '手术操作名称', type: 'string', maxLength: 500, required: false },
              { name: 'main_oprn_flag', meaning: '主手术操作标志', type: 'string', maxLength: 3, required: false },
              { name: 'oprn_date', meaning: '手术操作日期', type: 'date', required: false },
              { name: 'anst_way', meaning: '麻醉方式', type: 'string', maxLength: 30, required: false, codeTable: 'anst_way' },
              { name: 'oper_dr_name', meaning: '术者医师姓名', type: 'string', maxLength: 50, required: false },
              { name: 'oper_dr_code', meaning: '术者医师代码', type: 'string', maxLength: 30, required: false },
              { name: 'anst_dr_name', meaning: '麻醉医师姓名', type: 'string', maxLength: 50, required: false },
              { name: 'anst_dr_code', meaning: '麻醉医师代码', type: 'string', maxLength: 30, required: false },
            ] },
          ] },
        ] },
        { name: 'rule_ids', meaning: '规则标识集合', type: 'list', required: false },
        { name: 'trig_scen', meaning: '触发场景', type: 'string', required: true },
      ],
    },
  },
  output: {
    result: {
      cardinality: '0..n',
      fields: [
        { name: 'jr_id', meaning: '违规标识', type: 'string', maxLength: 50, required: false },
        { name: 'rule_id', meaning: '规则ID', type: 'string', maxLength: 50, required: false },
        { name: 'rule_name', meaning: '规则名称', type: 'string', maxLength: 200, required: false },
        { name: 'vola_cont', meaning: '违规内容', type: 'string', maxLength: 500, required: false },
        { name: 'patn_id', meaning: '参保人ID', type: 'string', maxLength: 50, required: false },
        { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 50, required: false },
        { name: 'vola_amt', meaning: '违规金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'vola_amt_stas', meaning: '违规金额计算状态', type: 'string', maxLength: 3, required: false },
        { name: 'sev_deg', meaning: '严重程度', type: 'string', maxLength: 3, required: false },
        { name: 'vola_evid', meaning: '违规依据', type: 'string', maxLength: 500, required: false },
        { name: 'vola_bhvr_type', meaning: '违规行为分类', type: 'string', maxLength: 3, required: false },
        { name: 'task_id', meaning: '任务ID', type: 'string', required: false },
        { name: 'judge_result_detail_dtos', meaning: '违规明细集合', type: 'list', required: false, fields: [
          { name: 'jrd_id', meaning: '违规明细标识', type: 'string', maxLength: 50, required: false },
          { name: 'patn_id', meaning: '参保人标识', type: 'string', maxLength: 50, required: false },
          { name: 'mdtrt_id', meaning: '就诊ID', type: 'string', maxLength: 50, required: false },
          { name: 'rx_id', meaning: '处方(医嘱)标识', type: 'string', maxLength: 50, required: false },
          { name: 'vola_item_type', meaning: '违规明细类型', type: 'string', maxLength: 3, required: false },
          { name: 'vola_amt', meaning: '违规金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        ] },
      ],
    },
  },
};
