// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Fen } from '../../../domain/money';
import type { Transaction } from '../types';

/** A row of 诊断列表 */
export interface Input6201DataDiseinfoList {
  /** 诊断类别 */ readonly diagType: string;
  /** 诊断排序号 */ readonly diagSrtNo: number;
  /** 诊断代码 */ readonly diagCode: string;
  /** 诊断名称 */ readonly diagName: string;
  /** 诊断科室 */ readonly diagDept?: string;
  /** 诊断医生编码 */ readonly diseDorNo?: string;
  /** 诊断医生姓名 */ readonly diseDorName?: string;
  /** 诊断时间 */ readonly diagTime: string;
  /** 有效标志 */ readonly valiFlag: string;
}

/** A row of 费用明细列表 */
export interface Input6201DataFeedetailList {
  /** 费用明细流水号 */ readonly feedetlSn: string;
  /** 就诊ID */ readonly mdtrtId?: string;
  /** 人员编号 */ readonly psnNo: string;
  /** 收费批次号 */ readonly chrgBchno: string;
  /** 病种编码 */ readonly diseCodg?: string;
  /** 处方号 */ readonly rxno?: string;
  /** 电子处方流转标志 */ readonly rxCircFlag?: string;
  /** 费用发生时间 */ readonly feeOcurTime: string;
  /** 医疗目录编码 */ readonly medListCodg: string;
  /** 医药机构目录编码 */ readonly medinsListCodg: string;
  /** 明细项目费用总额(分) */ readonly detItemFeeSumamt: Fen;
  /** 数量 */ readonly cnt: string;
  /** 单价 */ readonly pric: string;
  /** 单次剂量描述 */ readonly sinDosDscr?: string;
  /** 使用频次描述 */ readonly usedFrquDscr?: string;
  /** 周期天数 */ readonly prdDays?: string;
  /** 用药途径描述 */ readonly medcWayDscr?: string;
  /** 开单科室编码 */ readonly bilgDeptCodg: string;
  /** 开单科室名称 */ readonly bilgDeptName: string;
  /** 开单医生编码 */ readonly bilgDrCodg: string;
  /** 开单医师姓名 */ readonly bilgDrName: string;
  /** 受单科室编码 */ readonly acordDeptCodg?: string;
  /** 受单科室名称 */ readonly acordDeptName?: string;
  /** 受单医生编码 */ readonly ordersDrCode?: string;
  /** 受单医生姓名 */ readonly ordersDrName?: string;
  /** 医院审批标志 */ readonly hospApprFlag?: string;
  /** 中药使用方式 */ readonly tcmdrugUsedWay?: string;
  /** 外检标志 */ readonly etipFlag?: string;
  /** 外检医院编码 */ readonly etipHospCode?: string;
  /** 出院带药标志 */ readonly dscgTkdrugFlag?: string;
  /** 生育费用标志 */ readonly matnFeeFlag?: string;
  /** 原费用流水号 */ readonly initFeedetlSn?: string;
  /** 医嘱号 */ readonly drordNo?: string;
  /** 医疗类别 */ readonly medType?: string;
  /** 备注 */ readonly memo?: string;
  /** 医疗目录名称 */ readonly medListName?: string;
  /** 医疗目录规格 */ readonly medListSpc?: string;
  /** 扩展数据 */ readonly extData?: Readonly<Record<string, unknown>>;
}

/** 费用明细上传 6201, 输入, node `data` */
export interface Input6201Data {
  /** 定点机构编码 */ readonly orgCodg: string;
  /** 人员编号 */ readonly psnNo: string;
  /** 险种类型 */ readonly insutype: string;
  /** 医疗机构订单号 */ readonly medOrgOrd: string;
  /** 要续方的原处方流水 */ readonly initRxOrd?: string;
  /** 电子处方流转标志 */ readonly rxCircFlag?: string;
  /** 开始时间 */ readonly begntime: string;
  /** 结束时间 */ readonly endtime?: string;
  /** 证件号码 */ readonly idNo: string;
  /** 用户姓名 */ readonly userName: string;
  /** 证件类别 */ readonly idType: string;
  /** 电子凭证授权Token – exactly one of ecToken / payAuthNo */ readonly ecToken?: string;
  /** 支付授权码 – exactly one of ecToken / payAuthNo */ readonly payAuthNo?: string;
  /** 参保地医保区划 */ readonly insuCode: string;
  /** 住院/门诊号 */ readonly iptOtpNo: string;
  /** 医师编码 */ readonly atddrNo?: string;
  /** 医师姓名 */ readonly drName?: string;
  /** 科室编码 */ readonly deptCode: string;
  /** 科室名称 */ readonly deptName: string;
  /** 科别 */ readonly caty: string;
  /** 就诊ID – required when no ecToken is given (one contract) */ readonly mdtrtId?: string;
  /** 医疗类别 */ readonly medType: string;
  /** 费用类别 */ readonly feeType: string;
  /** 医疗费总额(分) */ readonly medfeeSumamt: Fen;
  /** 个人账户使用标志 */ readonly acctUsedFlag?: string;
  /** 主要病情描述 */ readonly mainCondDscr?: string;
  /** 病种编码 */ readonly diseCodg?: string;
  /** 病种名称 */ readonly diseName?: string;
  /** 个人结算方式 */ readonly psnSetlway: string;
  /** 收费批次号 */ readonly chrgBchno: string;
  /** 公立医院改革标志 */ readonly pubHospRfomFlag: string;
  /** 发票号 */ readonly invono?: string;
  /** 全自费金额(分) */ readonly fulamtOwnpayAmt?: Fen;
  /** 超限价金额(分) */ readonly overlmtSelfpay?: Fen;
  /** 先行自付金额(分) */ readonly preselfpayAmt?: Fen;
  /** 符合政策范围金额(分) */ readonly inscpScpAmt?: Fen;
  /** 经纬度 */ readonly uldLatlnt?: string;
  /** 就诊凭证类型 */ readonly mdtrtCertType?: string;
  /** 中途结算标志 */ readonly midSetlFlag?: string;
  /** 扩展数据 */ readonly extData?: Readonly<Record<string, unknown>>;
  /** 诊断列表 */ readonly diseinfoList: readonly Input6201DataDiseinfoList[];
  /** 费用明细列表 */ readonly feedetailList: readonly Input6201DataFeedetailList[];
}

/** 费用明细上传 6201, 输入 */
export interface Input6201 {
  readonly data: Input6201Data;
}

/** 费用明细上传 6201, 输出, node `data` */
export interface Output6201Data {
  /** 支付订单号 */ readonly payOrdId: string;
  /** 支付订单Token */ readonly payToken: string;
  /** 扩展数据 */ readonly extData?: Readonly<Record<string, unknown>>;
}

/** 费用明细上传 6201, 输出 */
export interface Output6201 {
  readonly data: Output6201Data;
}

export const transaction6201: Transaction = {
  infno: '6201',
  name: '费用明细上传',
  nameEn: 'Mobile: upload fees, open order',
  effect: 'write',
  path: '/org/local/api/hos/uldFeeInfo',
  undo: '6401',
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'orgCodg', meaning: '定点机构编码', type: 'string', maxLength: 30, required: true },
        { name: 'psnNo', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
        { name: 'insutype', meaning: '险种类型', type: 'string', maxLength: 6, required: true, codeTable: 'insutype' },
        { name: 'medOrgOrd', meaning: '医疗机构订单号', type: 'string', required: true },
        { name: 'initRxOrd', meaning: '要续方的原处方流水', type: 'string', required: false },
        { name: 'rxCircFlag', meaning: '电子处方流转标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'begntime', meaning: '开始时间', type: 'datetime', required: true },
        { name: 'endtime', meaning: '结束时间', type: 'datetime', required: false },
        { name: 'idNo', meaning: '证件号码', type: 'string', maxLength: 64, required: true },
        { name: 'userName', meaning: '用户姓名', type: 'string', maxLength: 50, required: true },
        { name: 'idType', meaning: '证件类别', type: 'string', required: true },
        { name: 'ecToken', meaning: '电子凭证授权Token', type: 'string', required: false, condition: 'exactly one of ecToken / payAuthNo' },
        { name: 'payAuthNo', meaning: '支付授权码', type: 'string', required: false, condition: 'exactly one of ecToken / payAuthNo' },
        { name: 'insuCode', meaning: '参保地医保区划', type: 'string', maxLength: 6, required: true },
        { name: 'iptOtpNo', meaning: '住院/门诊号', type: 'string', maxLength: 30, required: true },
        { name: 'atddrNo', meaning: '医师编码', type: 'string', maxLength: 30, required: false },
        { name: 'drName', meaning: '医师姓名', type: 'string', maxLength: 50, required: false },
        { name: 'deptCode', meaning: '科室编码', type: 'string', maxLength: 30, required: true },
        { name: 'deptName', meaning: '科室名称', type: 'string', maxLength: 100, required: true },
        { name: 'caty', meaning: '科别', type: 'string', maxLength: 6, required: true, codeTable: 'dept' },
        { name: 'mdtrtId', meaning: '就诊ID', type: 'string', maxLength: 30, required: false, condition: 'required when no ecToken is given (one contract)' },
        { name: 'medType', meaning: '医疗类别', type: 'string', maxLength: 6, required: true, codeTable: 'med_type' },
        { name: 'feeType', meaning: '费用类别', type: 'string', required: true },
        { name: 'medfeeSumamt', meaning: '医疗费总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
        { name: 'acctUsedFlag', meaning: '个人账户使用标志', type: 'string', maxLength: 1, required: false, codeTable: 'flag01' },
        { name: 'mainCondDscr', meaning: '主要病情描述', type: 'string', maxLength: 1000, required: false },
        { name: 'diseCodg', meaning: '病种编码', type: 'string', maxLength: 30, required: false },
        { name: 'diseName', meaning: '病种名称', type: 'string', maxLength: 500, required: false },
        { name: 'psnSetlway', meaning: '个人结算方式', type: 'string', maxLength: 6, required: true, codeTable: 'psn_setlway' },
        { name: 'chrgBchno', meaning: '收费批次号', type: 'string', maxLength: 30, required: true },
        { name: 'pubHospRfomFlag', meaning: '公立医院改革标志', type: 'string', required: true },
        { name: 'invono', meaning: '发票号', type: 'string', maxLength: 20, required: false },
        { name: 'fulamtOwnpayAmt', meaning: '全自费金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'overlmtSelfpay', meaning: '超限价金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'preselfpayAmt', meaning: '先行自付金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'inscpScpAmt', meaning: '符合政策范围金额', type: 'decimal', precision: 16, scale: 2, required: false, money: true },
        { name: 'uldLatlnt', meaning: '经纬度', type: 'string', required: false },
        { name: 'mdtrtCertType', meaning: '就诊凭证类型', type: 'string', maxLength: 3, required: false, codeTable: 'mdtrt_cert_type' },
        { name: 'midSetlFlag', meaning: '中途结算标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'extData', meaning: '扩展数据', type: 'object', required: false },
        { name: 'diseinfoList', meaning: '诊断列表', type: 'list', required: true, fields: [
          { name: 'diagType', meaning: '诊断类别', type: 'string', maxLength: 3, required: true, codeTable: 'diag_type' },
          { name: 'diagSrtNo', meaning: '诊断排序号', type: 'integer', precision: 2, required: true },
          { name: 'diagCode', meaning: '诊断代码', type: 'string', maxLength: 20, required: true },
          { name: 'diagName', meaning: '诊断名称', type: 'string', maxLength: 100, required: true },
          { name: 'diagDept', meaning: '诊断科室', type: 'string', maxLength: 50, required: false },
          { name: 'diseDorNo', meaning: '诊断医生编码', type: 'string', maxLength: 30, required: false },
          { name: 'diseDorName', meaning: '诊断医生姓名', type: 'string', maxLength: 50, required: false },
          { name: 'diagTime', meaning: '诊断时间', type: 'datetime', required: true },
          { name: 'valiFlag', meaning: '有效标志', type: 'string', maxLength: 3, required: true, codeTable: 'flag01' },
        ] },
        { name: 'feedetailList', meaning: '费用明细列表', type: 'list', required: true, fields: [
          { name: 'feedetlSn', meaning: '费用明细流水号', type: 'string', maxLength: 30, required: true },
          { name: 'mdtrtId', meaning: '就诊ID', type: 'string', maxLength: 30, required: false },
          { name: 'psnNo', meaning: '人员编号', type: 'string', maxLength: 30, required: true },
          { name: 'chrgBchno', meaning: '收费批次号', type: 'string', maxLength: 30, required: true },
          { name: 'diseCodg', meaning: '病种编码', type: 'string', maxLength: 30, required: false },
          { name: 'rxno', meaning: '处方号', type: 'string', maxLength: 30, required: false },
          { name: 'rxCircFlag', meaning: '电子处方流转标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
          { name: 'feeOcurTime', meaning: '费用发生时间', type: 'datetime', required: true },
          { name: 'medListCodg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: true },
          { name: 'medinsListCodg', meaning: '医药机构目录编码', type: 'string', maxLength: 150, required: true },
          { name: 'detItemFeeSumamt', meaning: '明细项目费用总额', type: 'decimal', precision: 16, scale: 2, required: true, money: true },
          { name: 'cnt', meaning: '数量', type: 'decimal', precision: 16, scale: 4, required: true },
          { name: 'pric', meaning: '单价', type: 'decimal', precision: 16, scale: 6, required: true },
          { name: 'sinDosDscr', meaning: '单次剂量描述', type: 'string', maxLength: 200, required: false },
          { name: 'usedFrquDscr', meaning: '使用频次描述', type: 'string', maxLength: 200, required: false },
          { name: 'prdDays', meaning: '周期天数', type: 'decimal', precision: 4, scale: 2, required: false },
          { name: 'medcWayDscr', meaning: '用药途径描述', type: 'string', maxLength: 200, required: false },
          { name: 'bilgDeptCodg', meaning: '开单科室编码', type: 'string', maxLength: 30, required: true },
          { name: 'bilgDeptName', meaning: '开单科室名称', type: 'string', maxLength: 100, required: true },
          { name: 'bilgDrCodg', meaning: '开单医生编码', type: 'string', maxLength: 30, required: true },
          { name: 'bilgDrName', meaning: '开单医师姓名', type: 'string', maxLength: 50, required: true },
          { name: 'acordDeptCodg', meaning: '受单科室编码', type: 'string', maxLength: 30, required: false },
          { name: 'acordDeptName', meaning: '受单科室名称', type: 'string', maxLength: 100, required: false },
          { name: 'ordersDrCode', meaning: '受单医生编码', type: 'string', maxLength: 30, required: false },
          { name: 'ordersDrName', meaning: '受单医生姓名', type: 'string', maxLength: 50, required: false },
          { name: 'hospApprFlag', meaning: '医院审批标志', type: 'string', maxLength: 3, required: false, codeTable: 'hosp_appr_flag' },
          { name: 'tcmdrugUsedWay', meaning: '中药使用方式', type: 'string', maxLength: 6, required: false, codeTable: 'tcmdrug_used_way' },
          { name: 'etipFlag', meaning: '外检标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
          { name: 'etipHospCode', meaning: '外检医院编码', type: 'string', maxLength: 30, required: false },
          { name: 'dscgTkdrugFlag', meaning: '出院带药标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
          { name: 'matnFeeFlag', meaning: '生育费用标志', type: 'string', maxLength: 6, required: false, codeTable: 'flag01' },
          { name: 'initFeedetlSn', meaning: '原费用流水号', type: 'string', maxLength: 30, required: false },
          { name: 'drordNo', meaning: '医嘱号', type: 'string', maxLength: 30, required: false },
          { name: 'medType', meaning: '医疗类别', type: 'string', maxLength: 6, required: false, codeTable: 'med_type' },
          { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
          { name: 'medListName', meaning: '医疗目录名称', type: 'string', required: false },
          { name: 'medListSpc', meaning: '医疗目录规格', type: 'string', required: false },
          { name: 'extData', meaning: '扩展数据', type: 'object', required: false },
        ] },
      ],
    },
  },
  output: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'payOrdId', meaning: '支付订单号', type: 'string', required: true },
        { name: 'payToken', meaning: '支付订单Token', type: 'string', required: true },
        { name: 'extData', meaning: '扩展数据', type: 'object', required: false },
      ],
    },
  },
};
