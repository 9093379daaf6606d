/** Members of the request header (请求头), in the printed order; `input` follows them. */
import type { Field } from './types';

const text = (name: string, meaning: string, maxLength: number, required: boolean, codeTable?: string): Field => ({
  name,
  meaning,
  type: 'string',
  maxLength,
  required,
  ...(codeTable ? { codeTable } : {}),
});

export const headerFields: readonly Field[] = [
  text('infno', '交易编号', 6, true),
  text('msgid', '发送方报文ID', 30, true),
  text('mdtrtarea_admvs', '就医地医保区划', 6, true),
  text('insuplc_admdvs', '参保地医保区划', 6, false),
  text('recer_sys_code', '接收方系统代码', 10, true),
  text('dev_no', '设备编号', 100, false),
  text('dev_safe_info', '设备安全信息', 2000, false),
  text('cainfo', '数字签名信息', 1024, false),
  text('signtype', '签名类型', 10, false),
  text('infver', '接口版本号', 6, true),
  text('opter_type', '经办人类别', 3, true, 'opter_type'),
  text('opter', '经办人', 30, true),
  text('opter_name', '经办人姓名', 50, true),
  { name: 'inf_time', meaning: '交易时间', type: 'datetime', required: true },
  text('fixmedins_code', '定点医药机构编号', 12, true),
  text('fixmedins_name', '定点医药机构名称', 200, true),
  text('sign_no', '交易签到流水号', 30, false),
];
