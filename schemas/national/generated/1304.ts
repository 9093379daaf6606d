// Generated from schemas/national/source/interfaces.json by schemas/national/generate.ts; do not edit.

import type { Transaction } from '../types';

/** 民族药品目录查询 1304, 输入, node `data` */
export interface Input1304Data {
  /** 医疗目录编码 */ readonly med_list_codg?: string;
  /** 通用名编号 */ readonly genname_codg?: string;
  /** 药品通用名 */ readonly drug_genname?: string;
  /** 药品商品名 */ readonly drug_prodname?: string;
  /** 注册名称 */ readonly reg_name?: string;
  /** 中草药名称 */ readonly tcmherb_name?: string;
  /** 药材名称 */ readonly mlms_name?: string;
  /** 有效标志 */ readonly vali_flag?: string;
  /** 唯一记录号 */ readonly rid?: string;
  /** 版本号 */ readonly ver?: string;
  /** 版本名称 */ readonly ver_name?: string;
  /** 经办开始时间 */ readonly opt_begn_time?: string;
  /** 经办结束时间 */ readonly opt_end_time?: string;
  /** 更新时间 */ readonly updt_time: string;
  /** 当前页数 */ readonly page_num: number;
  /** 本页数据量 */ readonly page_size: number;
}

/** 民族药品目录查询 1304, 输入 */
export interface Input1304 {
  readonly data: Input1304Data;
}

/** 民族药品目录查询 1304, 输出, members without a node */
export interface Output1304Root {
  /** 总记录数 */ readonly recordCounts: number;
  /** 总页数 */ readonly pages: number;
  /** 页号 */ readonly pageNum: number;
  /** 页大小 */ readonly pageSize: number;
  /** 起始行 */ readonly startRow?: number;
  /** 本页行数 */ readonly size?: number;
  /** 是否首页 */ readonly firstPage?: boolean;
  /** 是否末页 */ readonly lastPage?: boolean;
}

/** 民族药品目录查询 1304, 输出, node `data` */
export interface Output1304Data {
  /** 医疗目录编码 */ readonly med_list_codg: string;
  /** 药品商品名 */ readonly drug_prodname?: string;
  /** 通用名编号 */ readonly genname_codg?: string;
  /** 药品通用名 */ readonly drug_genname?: string;
  /** 民族药种类 */ readonly ethdrug_type?: string;
  /** 化学名称 */ readonly chemname?: string;
  /** 别名 */ readonly alis?: string;
  /** 英文名称 */ readonly eng_name?: string;
  /** 剂型 */ readonly dosform?: string;
  /** 每次用量 */ readonly each_dos?: string;
  /** 使用频次 */ readonly used_frqu?: string;
  /** 国家药品编号 */ readonly nat_drug_no?: string;
  /** 用法 */ readonly used_mtd?: string;
  /** 成分 */ readonly ing?: string;
  /** 性状 */ readonly chrt?: string;
  /** 不良反应 */ readonly defs?: string;
  /** 禁忌 */ readonly tabo?: string;
  /** 注意事项 */ readonly mnan?: string;
  /** 贮藏 */ readonly stog?: string;
  /** 药品规格 */ readonly drug_spec?: string;
  /** 计价单位类型 */ readonly prcunt_type?: string;
  /** 非处方药标志 */ readonly otc_flag?: string;
  /** 包装材质 */ readonly pacmatl?: string;
  /** 包装规格 */ readonly pacspec?: string;
  /** 最小使用单位 */ readonly min_useunt?: string;
  /** 最小销售单位 */ readonly min_salunt?: string;
  /** 说明书 */ readonly manl?: string;
  /** 给药途径 */ readonly rute?: string;
  /** 开始日期 */ readonly begndate?: string;
  /** 结束日期 */ readonly enddate?: string;
  /** 药理分类 */ readonly pham_type?: string;
  /** 备注 */ readonly memo?: string;
  /** 包装数量 */ readonly pac_cnt?: string;
  /** 最小计量单位 */ readonly min_unt?: string;
  /** 最小包装数量 */ readonly min_pac_cnt?: number;
  /** 最小包装单位 */ readonly min_pacunt?: string;
  /** 最小制剂单位 */ readonly min_prepunt?: string;
  /** 药品有效期 */ readonly drug_expy?: string;
  /** 功能主治 */ readonly efcc_atd?: string;
  /** 最小计价单位 */ readonly min_prcunt?: string;
  /** 五笔助记码 */ readonly wubi?: string;
  /** 拼音助记码 */ readonly pinyin?: string;
  /** 有效标志 */ readonly vali_flag: string;
  /** 唯一记录号 */ readonly rid: string;
  /** 创建时间 */ readonly crte_time: string;
  /** 更新时间 */ readonly updt_time: string;
  /** 创建人 */ readonly crter_id: string;
  /** 创建人姓名 */ readonly crter_name: string;
  /** 创建机构 */ readonly crte_optins_no: string;
  /** 经办人 */ readonly opter_id: string;
  /** 经办人姓名 */ readonly opter_name: string;
  /** 经办时间 */ readonly opt_time: string;
  /** 经办机构 */ readonly optins_no: string;
  /** 版本号 */ readonly ver: string;
}

/** 民族药品目录查询 1304, 输出 */
export interface Output1304 extends Output1304Root {
  readonly data: readonly Output1304Data[];
}

export const transaction1304: Transaction = {
  infno: '1304',
  name: '民族药品目录查询',
  nameEn: 'Ethnic drugs query',
  effect: 'read',
  path: '/fsi/api/catalogqueryservice/queryNatyPreparedByPage',
  undo: null,
  reversibleBy2601: false,
  input: {
    data: {
      cardinality: '1',
      fields: [
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 20, required: false },
        { name: 'genname_codg', meaning: '通用名编号', type: 'string', maxLength: 100, required: false },
        { name: 'drug_genname', meaning: '药品通用名', type: 'string', maxLength: 20, required: false },
        { name: 'drug_prodname', meaning: '药品商品名', type: 'string', maxLength: 500, required: false },
        { name: 'reg_name', meaning: '注册名称', type: 'string', maxLength: 500, required: false },
        { name: 'tcmherb_name', meaning: '中草药名称', type: 'string', maxLength: 30, required: false },
        { name: 'mlms_name', meaning: '药材名称', type: 'string', maxLength: 255, required: false },
        { name: 'vali_flag', meaning: '有效标志', type: 'string', maxLength: 3, required: false, codeTable: 'flag01' },
        { name: 'rid', meaning: '唯一记录号', type: 'string', maxLength: 30, required: false },
        { name: 'ver', meaning: '版本号', type: 'string', maxLength: 30, required: false },
        { name: 'ver_name', meaning: '版本名称', type: 'string', maxLength: 30, required: false },
        { name: 'opt_begn_time', meaning: '经办开始时间', type: 'date', required: false },
        { name: 'opt_end_time', meaning: '经办结束时间', type: 'date', required: false },
        { name: 'updt_time', meaning: '更新时间', type: 'date', required: true },
        { name: 'page_num', meaning: '当前页数', type: 'integer', precision: 4, required: true },
        { name: 'page_size', meaning: '本页数据量', type: 'integer', precision: 4, required: true },
      ],
    },
  },
  output: {
    '(page)': {
      cardinality: '1',
      fields: [
        { name: 'recordCounts', meaning: '总记录数', type: 'integer', required: true },
        { name: 'pages', meaning: '总页数', type: 'integer', required: true },
        { name: 'pageNum', meaning: '页号', type: 'integer', required: true },
        { name: 'pageSize', meaning: '页大小', type: 'integer', required: true },
        { name: 'startRow', meaning: '起始行', type: 'integer', required: false },
        { name: 'size', meaning: '本页行数', type: 'integer', required: false },
        { name: 'firstPage', meaning: '是否首页', type: 'boolean', required: false },
        { name: 'lastPage', meaning: '是否末页', type: 'boolean', required: false },
      ],
    },
    data: {
      cardinality: '0..n',
      fields: [
        { name: 'med_list_codg', meaning: '医疗目录编码', type: 'string', maxLength: 50, required: true },
        { name: 'drug_prodname', meaning: '药品商品名', type: 'string', maxLength: 500, required: false },
        { name: 'genname_codg', meaning: '通用名编号', type: 'string', maxLength: 20, required: false },
        { name: 'drug_genname', meaning: '药品通用名', type: 'string', maxLength: 500, required: false },
        { name: 'ethdrug_type', meaning: '民族药种类', type: 'string', maxLength: 3, required: false },
        { name: 'chemname', meaning: '化学名称', type: 'string', maxLength: 100, required: false },
        { name: 'alis', meaning: '别名', type: 'string', maxLength: 100, required: false },
        { name: 'eng_name', meaning: '英文名称', type: 'string', maxLength: 500, required: false },
        { name: 'dosform', meaning: '剂型', type: 'string', maxLength: 500, required: false },
        { name: 'each_dos', meaning: '每次用量', type: 'string', maxLength: 10, required: false },
        { name: 'used_frqu', meaning: '使用频次', type: 'string', maxLength: 30, required: false },
        { name: 'nat_drug_no', meaning: '国家药品编号', type: 'string', maxLength: 20, required: false },
        { name: 'used_mtd', meaning: '用法', type: 'string', maxLength: 13, required: false },
        { name: 'ing', meaning: '成分', type: 'string', maxLength: 500, required: false },
        { name: 'chrt', meaning: '性状', type: 'string', maxLength: 500, required: false },
        { name: 'defs', meaning: '不良反应', type: 'string', maxLength: 1000, required: false },
        { name: 'tabo', meaning: '禁忌', type: 'string', maxLength: 500, required: false },
        { name: 'mnan', meaning: '注意事项', type: 'string', maxLength: 500, required: false },
        { name: 'stog', meaning: '贮藏', type: 'string', maxLength: 500, required: false },
        { name: 'drug_spec', meaning: '药品规格', type: 'string', maxLength: 500, required: false },
        { name: 'prcunt_type', meaning: '计价单位类型', type: 'string', maxLength: 3, required: false },
        { name: 'otc_flag', meaning: '非处方药标志', type: 'string', maxLength: 3, required: false },
        { name: 'pacmatl', meaning: '包装材质', type: 'string', maxLength: 500, required: false },
        { name: 'pacspec', meaning: '包装规格', type: 'string', required: false },
        { name: 'min_useunt', meaning: '最小使用单位', type: 'string', maxLength: 30, required: false },
        { name: 'min_salunt', meaning: '最小销售单位', type: 'string', maxLength: 30, required: false },
        { name: 'manl', meaning: '说明书', type: 'string', maxLength: 2000, required: false },
        { name: 'rute', meaning: '给药途径', type: 'string', maxLength: 30, required: false },
        { name: 'begndate', meaning: '开始日期', type: 'date', required: false },
        { name: 'enddate', meaning: '结束日期', type: 'date', required: false },
        { name: 'pham_type', meaning: '药理分类', type: 'string', maxLength: 40, required: false },
        { name: 'memo', meaning: '备注', type: 'string', maxLength: 500, required: false },
        { name: 'pac_cnt', meaning: '包装数量', type: 'string', maxLength: 20, required: false },
        { name: 'min_unt', meaning: '最小计量单位', type: 'string', maxLength: 30, required: false },
        { name: 'min_pac_cnt', meaning: '最小包装数量', type: 'integer', precision: 20, required: false },
        { name: 'min_pacunt', meaning: '最小包装单位', type: 'string', maxLength: 30, required: false },
        { name: 'min_prepunt', meaning: '最小制剂单位', type: 'string', maxLength: 30, required: false },
        { name: 'drug_expy', meaning: '药品有效期', type: 'string', maxLength: 100, required: false },
        { name: 'efcc_atd', meaning: '功能主治', type: 'string', maxLength: 39, required: false },
        { name: 'min_prcunt', meaning: '最小计价单位', type: 'string', maxLength: 50, required: false },
        { name: 'wubi', meaning: '五笔助记码', type: 'string', maxLength: 30, required: false },
        { name: 'pinyin', meaning: '拼音助记码', type: 'string', maxLength: 30, required: false },
        { name: 'vali_flag', meaning: '有效标志', type: 'string', maxLength: 3, required: true, codeTable: 'flag01' },
        { name: 'rid', meaning: '唯一记录号', type: 'string', maxLength: 40, required: true },
        { name: 'crte_time', meaning: '创建时间', type: 'date', required: true },
        { name: 'updt_time', meaning: '更新时间', type: 'date', required: true },
        { name: 'crter_id', meaning: '创建人', type: 'string', maxLength: 20, required: true },
        { name: 'crter_name', meaning: '创建人姓名', type: 'string', maxLength: 50, required: true },
        { name: 'crte_optins_no', meaning: '创建机构', type: 'string', maxLength: 20, required: true },
        { name: 'opter_id', meaning: '经办人', type: 'string', maxLength: 20, required: true },
        { name: 'opter_name', meaning: '经办人姓名', type: 'string', maxLength: 50, required: true },
        { name: 'opt_time', meaning: '经办时间', type: 'date', required: true },
        { name: 'optins_no', meaning: '经办机构', type: 'string', maxLength: 20, required: true },
        { name: 'ver', meaning: '版本号', type: 'string', maxLength: 30, required: true },
      ],
    },
  },
};
