// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 商品销售信息查询 3511, 输入, node `data` */
export interface Input3511Data {
  /** 定点医药机构编号 */ readonly fixmedins_code: string;
  /** 医药机构目录编码 – at least one of the catalogue / batch keys */ readonly medins_list_codg?: string;
  /** 定点医药机构批次流水号 – at least one of the catalogue / batch keys */ readonly fixmedins_bchno?: string;
  /** 开始日期 */ readonly begndate: string;
  /** 结束日期 */ readonly enddate: string;
  /** 定点医药机构商品销售流水号 */ readonly medins_prod_sel_no?: string;
  /** 医疗目录编码 */ readonly med_list_codg?: string;
  /** 医药机构目录名称 */ readonly medins_list_name?: string;
  /** 开单医师证件类型 */ readonly prsc_dr_cert_type?: string;
  /** 开单医师证件号码 */ readonly prsc_dr_certno?: string;
  /** 开单医师姓名 */ readonly bilg_dr_name?: string;
  /** 药师证件类型 */ readonly phar_cert_type?: string;
  /** 药师证件号码 */ readonly phar_certno?: string;
  /** 药师姓名 */ readonly phar_name?: string;
  /** 药师执业资格证号 */ readonly phar_prac_cert_no?: string;
  /** 医保费用结算类型 */ readonly hi_feesetl_type?: string;
  /** 结算ID */ readonly setl_id?: string;
  /** 人员编号 */ readonly psn_no?: string;
  /** 人员证件类型 */ readonly psn_cert_type?: string;
  /** 证件号码 */ readonly certno?: string;
  /** 人员姓名 */ readonly psn_name?: string;
  /** 生产批号 */ readonly manu_lotnum?: string;
  /** 生产日期 */ readonly manu_date?: string;
  /** 有效期止 */ readonly expy_end?: string;
  /** 电子监管编码 */ readonly elec_supn_codg?: string;
  /** 处方药标志 */ readonly rx_flag?: string;
  /** 目录特项标志 */ readonly list_sp_item_flag?: string;
  /** 拆零标志 */ readonly trdn_flag?: string;
  /** 销售/退货时间 */ readonly sel_retn_time?: string;
  /** 销售/退货经办人姓名 */ readonly sel_retn_opter_name?: string;
  /** 备注 */ readonly memo?: string;
  /** 有效标志 */ readonly vali_flag?: string;
  /** 数据唯一记录号 */ readonly rid?: string;
  /** 创建人ID */ readonly crter_id?: string;
  /** 创建人姓名 */ readonly crter_name?: string;
  /** 创建机构编号 */ readonly crte_optins_no?: string;
  /** 经办人ID */ readonly opter_id?: string;
  /** 经办人姓名 */ readonly opter_name?: string;
  /** 经办机构编号 */ readonly optins_no?: string;
  /** 统筹区编号 */ readonly poolarea_no?: string;
}

/** 商品销售信息查询 3511, 输入 */
export interface Input3511 {
  readonly data: Input3511Data;
}

/** 商品销售信息查询 3511, 输出, node `(list)` */
export interface Output3511List {
  /** 有效期止 */ readonly expyEnd?: string;
  /** 药师证件类型 */ readonly pharCertType?: string;
  /** 销售/退货经办人姓名 */ readonly selRetnOpterName?: string;
  /** 医疗目录编码 */ readonly medListCodg?: string;
  /** 统筹区编号 */ readonly poolareaNo?: string;
  /** 结算ID */ readonly setlId?: string;
  /** 创建机构编号 */ readonly crteOptinsNo?: string;
  /** 医药机构目录编码 */ readonly medinsListCodg?: string;
  /** 备注 */ readonly memo?: string;
  /** 数据更新时间 */ readonly updtTime?: string;
  /** 医保费用结算类型 */ readonly hiFeesetlType?: string;
  /** 生产日期 */ readonly manuDate?: string;
  /** 经办人姓名 */ readonly opterName?: string;
  /** 人员编号 */ readonly psnNo?: string;
  /** 数据唯一记录号 */ readonly rid?: string;
  /** 数据创建时间 */ readonly crteTime?: string;
  /** 药师证件号码 */ readonly pharCertno?: string;
  /** 有效标志 */ readonly valiFlag?: string;
  /** 证件号码 */ readonly certno?: string;
  /** 定点医药机构编号 */ readonly fixmedinsCode?: string;
  /** 处方药标志 */ readonly rxFlag?: string;
  /** 药师执业资格证号 */ readonly pharPracCertNo?: string;
  /** 目录特项标志 */ readonly listSpItemFlag?: string;
  /** 定点医药机构批次流水号 */ readonly fixmedinsBchno?: string;
  /** 经办时间 */ readonly optTime?: string;
  /** 人员姓名 */ readonly psnName?: string;
  /** 电子监管编码 */ readonly elecSupnCodg?: string;
  /** 开单医师姓名 */ readonly bilgDrName?: string;
  /** 经办人ID */ readonly opterId?: string;
  /** 生产批号 */ readonly manuLotnum?: string;
  /** 医药机构目录名称 */ readonly medinsListName?: string;
  /** 人员证件类型 */ readonly psnCertType?: string;
  /** 销售/退货时间 */ readonly selRetnTime?: string;
  /** 销售/退货数量 */ readonly selRetnCnt?: string;
  /** 创建人姓名 */ readonly crterName?: string;
  /** 药师姓名 */ readonly pharName?: string;
  /** 开单医师证件类型 */ readonly prscDrCertType?: string;
  /** 创建人ID */ readonly crterId?: string;
  /** 开单医师证件号码 */ readonly prscDrCertno?: string;
  /** 经办机构编号 */ readonly optinsNo?: string;
  /** 拆零标志 */ readonly trdnFlag?: string;
  /** 最终成交单价 */ readonly finlTrnsPric?: string;
  /** 定点医药机构商品销售流水号 */ readonly medinsProdSelNo?: string;
}

/** 商品销售信息查询 3511, 输出 */
export interface Output3511 {
  readonly list: readonly Output3511List[];
}

export const transaction3511: Transaction = {
  infno: '3511',
  name: '商品销售信息查询',
  nameEn: 'Query sales',
  effect: 'read',
  path: null,
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'fixmedins_code', meaning: '定点医药机构编号', type: 'string', maxLength: 30, required: true },
        { name: 'medins_list_codg', meaning: '医药机构目录编码', type: 'string', maxLength: 150, required: false, condition: 'at least one of the catalogue / batch keys' },
        { name: 'fixmedins_bchno', meaning: '定点医药机构批次流水号', type: 'string', maxLength: 30, required: false, condition: 'at least one of the catalogue / batch keys' },
        { name: 'begndate', meaning: '开始日期', type: 'date', required: true },
        { name: 'enddate', meaning: '结束日期', type: 'date', required: true },
        { name: 'medins_prod_sel_no', meaning: '定点医药机构商品销售流水号', type: 'string', maxLength: 30, required: false },
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: false },
        { name: 'medins_list_name', meaning: '医药机构目录名称', type: 'string', maxLength: 100, required: false },
        { name: 'prsc_dr_cert_type', meaning: '开单医师证件类型', type: 'string', maxLength: 3, required: false },
        { name: 'prsc_dr_certno', meaning: '开单医师证件号码', type: 'string', maxLength: 50, required: false },
        { name: 'bilg_dr_name', meaning: '开单医师姓名', type: 'string', maxLength: 50, required: false },
        { name: 'phar_cert_type', meaning: '药师证件类型', type: 'string', maxLength: 3, required: false },
        { name: 'phar_certno', meaning: '药师证件号码', type: 'string', maxLength: 50, required: false },
        { name: 'phar_name', meaning: '药师姓名', type: 'string', maxLength: 50, required: false },
        { name: 'phar_prac_cert_no', meaning: '药师执业资格证号', type: 'string', maxLength: 50, required: false },
        { name: 'hi_feesetl_type', meaning: '医保费用结算类型', type: 'string', maxLength: 6, required: false, codeTable: 'hi_feesetl_type' },
        { name: 'setl_id', meaning: '结算ID', type: 'string', maxLength: 30, required: false },
        { name: 'psn_no', meaning: '人员编号', type: 'string', maxLength: 30, required: false },
        { name: 'psn_cert_type', meaning: '人员证件类型', type: 'string', maxLength: 6, required: false, codeTable: 'psn_cert_type' },
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 600, required: false },
        { name: 'psn_name', meaning: '人员姓名', type: 'string', maxLength: 50, required: false },
        { name: 'manu_lotnum', meaning: '生产批号', type: 'string', maxLength: 30, required: false },
        { name: 'manu_date', meaning: '生产日期', type: 'date', required: false },
        { name: 'expy_end', meaning: '有效期止', type: 'date', required: false },
        { name: 'elec_supn_codg', meaning: '电子监管编码', type: 'string', maxLength: 20, required: false },
        { name: 'rx_flag', meaning: '处方药标志', type: 'string', maxLength: 3, required: false, codeTable: 'rx_flag' },
        { name: 'list_sp_item_flag', meaning: '目录特项标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'trdn_flag', meaning: '拆零标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'sel_retn_time', meaning: '销售/退货时间', type: 'datetime', required: false },
        { name: 'sel_retn_opter_name', meaning: '销售/退货经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'vali_flag', meaning: '有效标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'rid', meaning: '数据唯一记录号', type: 'string', maxLength: 40, required: false },
        { name: 'crter_id', meaning: '创建人ID', type: 'string', maxLength: 20, required: false },
        { name: 'crter_name', meaning: '创建人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'crte_optins_no', meaning: '创建机构编号', type: 'string', maxLength: 20, required: false },
        { name: 'opter_id', meaning: '经办人ID', type: 'string', maxLength: 20, required: false },
        { name: 'opter_name', meaning: '经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'optins_no', meaning: '经办机构编号', type: 'string', maxLength: 20, required: false },
        { name: 'poolarea_no', meaning: '统筹区编号', type: 'string', maxLength: 6, required: false },
      ],
    },
  },
  output: {
    '(list)': {
      cardinality: '0..n',
      fields: [
        { name: 'expyEnd', meaning: '有效期止', type: 'date', required: false },
        { name: 'pharCertType', meaning: '药师证件类型', type: 'string', maxLength: 3, required: false },
        { name: 'selRetnOpterName', meaning: '销售/退货经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'medListCodg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: false },
        { name: 'poolareaNo', meaning: '统筹区编号', type: 'string', maxLength: 6, required: false },
        { name: 'setlId', meaning: '结算ID', type: 'string', maxLength: 30, required: false },
        { name: 'crteOptinsNo', meaning: '创建机构编号', type: 'string', maxLength: 20, required: false },
        { name: 'medinsListCodg', meaning: '医药机构目录编码', type: 'string', maxLength: 150, required: false },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'updtTime', meaning: '数据更新时间', type: 'datetime', required: false },
        { name: 'hiFeesetlType', meaning: '医保费用结算类型', type: 'string', maxLength: 6, required: false },
        { name: 'manuDate', meaning: '生产日期', type: 'date', required: false },
        { name: 'opterName', meaning: '经办人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'psnNo', meaning: '人员编号', type: 'string', maxLength: 30, required: false },
        { name: 'rid', meaning: '数据唯一记录号', type: 'string', maxLength: 40, required: false },
        { name: 'crteTime', meaning: '数据创建时间', type: 'datetime', required: false },
        { name: 'pharCertno', meaning: '药师证件号码', type: 'string', maxLength: 50, required: false },
        { name: 'valiFlag', meaning: '有效标志', type: 'string', maxLength: 3, required: false },
        { name: 'certno', meaning: '证件号码', type: 'string', maxLength: 600, required: false },
        { name: 'fixmedinsCode', meaning: '定点医药机构编号', type: 'string', maxLength: 30, required: false },
        { name: 'rxFlag', meaning: '处方药标志', type: 'string', maxLength: 3, required: false },
        { name: 'pharPracCertNo', meaning: '药师执业资格证号', type: 'string', maxLength: 50, required: false },
        { name: 'listSpItemFlag', meaning: '目录特项标志', type: 'string', maxLength: 3, required: false },
        { name: 'fixmedinsBchno', meaning: '定点医药机构批次流水号', type: 'string', maxLength: 30, required: false },
        { name: 'optTime', meaning: '经办时间', type: 'datetime', required: false },
        { name: 'psnName', meaning: '人员姓名', type: 'string', maxLength: 50, required: false },
        { name: 'elecSupnCodg', meaning: '电子监管编码', type: 'string', maxLength: 20, required: false },
        { name: 'bilgDrName', meaning: '开单医师姓名', type: 'string', maxLength: 50, required: false },
        { name: 'opterId', meaning: '经办人ID', type: 'string', maxLength: 20, required: false },
        { name: 'manuLotnum', meaning: '生产批号', type: 'string', maxLength: 30, required: false },
        { name: 'medinsListName', meaning: '医药机构目录名称', type: 'string', maxLength: 100, required: false },
        { name: 'psnCertType', meaning: '人员证件类型', type: 'string', maxLength: 6, required: false },
        { name: 'selRetnTime', meaning: '销售/退货时间', type: 'datetime', required: false },
        { name: 'selRetnCnt', meaning: '销售/退货数量', type: 'decimal', precision: 16, scale: 2, required: false },
        { name: 'crterName', meaning: '创建人姓名', type: 'string', maxLength: 50, required: false },
        { name: 'pharName', meaning: '药师姓名', type: 'string', maxLength: 50, required: false },
        { name: 'prscDrCertType', meaning: '开单医师证件类型', type: 'string', maxLength: 3, required: false },
        { name: 'crterId', meaning: '创建人ID', type: 'string', maxLength: 20, required: false },
        { name: 'prscDrCertno', meaning: '开单医师证件号码', type: 'string', maxLength: 50, required: false },
        { name: 'optinsNo', meaning: '经办机构编号', type: 'string', maxLength: 20, required: false },
        { name: 'trdnFlag', meaning: '拆零标志', type: 'string', maxLength: 3, required: false },
        { name: 'finlTrnsPric', meaning: '最终成交单价', type: 'decimal', precision: 16, scale: 6, required: false },
        { name: 'medinsProdSelNo', meaning: '定点医药机构商品销售流水号', type: 'string', maxLength: 30, required: false },
      ],
    },
  },
};
